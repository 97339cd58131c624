"""Early stopping (notes 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization._exact import Array, fitted, orthogonal_columns, spread
from studydl.claims.regularization._experiments import best_time_to_stop
from studydl.claims.regularization._quantities import share_of_the_way
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["early_stopping_error", "early_stopping_path", "early_stopping_rule"]

CURVATURES = np.array([4.0, 1.0, 0.25])


def _inputs() -> Array:
    """Return eight examples whose three curvatures do not lie along the features."""
    turned = np.array([[2.0, -2.0, 1.0], [1.0, 2.0, 2.0], [2.0, 1.0, -2.0]]) / 3
    columns: Array = (orthogonal_columns()[:, :3] * np.sqrt(CURVATURES)) @ turned
    return columns


def _directions() -> Array:
    return np.array([[2.0, -2.0, 1.0], [1.0, 2.0, 2.0], [2.0, 1.0, -2.0]]) / 3


class _Fits(NamedTuple):
    descend: Callable[..., Any]
    ridge: Callable[..., Any]


def _path_of(name: str, descend: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, _Fits(descend, nn.ridge), Text(en, zh), notes)


def _all_alike(x: Any, y: Any, *, learning_rate: float, steps: int) -> Any:
    final = nn.least_squares(x, y)
    return np.array([(1 - (1 - learning_rate) ** t) * final for t in range(steps + 1)])


def _as_ridge(x: Any, y: Any, *, learning_rate: float, steps: int) -> Any:
    start = np.zeros_like(nn.least_squares(x, y))
    later = [nn.ridge(x, y, penalty=1 / (learning_rate * t)) for t in range(1, steps + 1)]
    return np.array([start, *later])


def _flat_first(x: Any, y: Any, *, learning_rate: float, steps: int) -> Any:
    inverse = fitted(x.T @ x / len(x), np.eye(x.shape[1]))
    final = nn.least_squares(x, y)
    shrink = np.eye(len(inverse)) - learning_rate * inverse
    path = [final - np.linalg.matrix_power(shrink, t) @ final for t in range(steps + 1)]
    return np.array(path)


@claim(
    "regularization.early-stopping-path",
    en="Early stopping cuts a path on which gradient descent, at rate 0.1, has gone the share"
    " 1 - (1 - 0.1 h)^t of the way along a direction of curvature h: after 10 steps 0.994 at h = 4,"
    " 0.651 at h = 1, 0.224 at h = 0.25. Ridge at λ = 1/(0.1 t) = 1 has 0.8, 0.5 and 0.2: akin, not"
    " equal.",
    zh="早停截断了梯度下降的路径。学习率为 0.1 时，沿曲率为 h 的方向，走完的比例为 "
    "1 - (1 - 0.1 h)^t：10 步之后，h = 4 为 0.994，h = 1 为 0.651，h = 0.25 为 0.224。"
    "λ = 1/(0.1 t) = 1 的岭回归则是 0.8、0.5、0.2：相似，但不相等。",
    notes="3.3",
    on=_Fits(nn.descend, nn.ridge),
    misconceptions=[
        _path_of(
            "all-directions-alike",
            _all_alike,
            "Stopping is thought to shrink every direction by the same share.",
            "以为早停把每个方向都按同样的比例缩小。",
        ),
        _path_of(
            "equals-ridge",
            _as_ridge,
            "Early stopping is said to equal L2, and is taken to equal it exactly.",
            "听说早停等价于 L2，就以为两者完全相等。",
        ),
        _path_of(
            "flat-directions-first",
            _flat_first,
            "Directions of small curvature are thought to be learnt first.",
            "以为曲率小的方向先学会。",
        ),
    ],
    sources=["Goodfellow, Bengio & Courville 2016, section 7.8", "Sjöberg & Ljung 1995"],
    quantities=[share_of_the_way],
)
def early_stopping_path(fits: _Fits, rng: Generator) -> Iterator[Measurement | Series]:
    """Follow the path in the directions of the curvatures, which are not the features'."""
    x, truth, turned = _inputs(), rng.uniform(1, 2, size=3), _directions()
    y = x @ (turned.T @ truth)
    path = fits.descend(x, y, learning_rate=0.1, steps=10)
    by_ridge = turned @ fits.ridge(x, y, penalty=1.0) / truth
    for i, h in enumerate(CURVATURES):
        share = path @ turned[i] / truth[i]
        expected = [1 - (1 - 0.1 * h) ** t for t in range(11)]
        yield equals(f"share of w, h = {h:g}, t = 10, η = 0.1", share[-1], expected[-1], ROUNDING)
        yield equals(f"share of w, h = {h:g}, t ≤ 10", 1 + share, np.add(1, expected), ROUNDING)
        yield equals(f"share of ridge, h = {h:g}, λ = 1", by_ridge[i], h / (h + 1), ROUNDING)
        yield curve(f"share of w, h = {h:g}", np.arange(len(share)), share, x_label="t", y_label="")


def _at_once(x: Any, y: Any, *, learning_rate: float, steps: int) -> Any:
    path = nn.descend(x, y, learning_rate=learning_rate, steps=steps)
    path[1:] = nn.least_squares(x, y)
    return path


@claim(
    "regularization.early-stopping-error",
    en="The expected excess error falls and rises again along the path of gradient descent: from"
    " 8.06 at the start, with noise of variance 8, to 1.92 after 14 steps at rate 0.1, and towards"
    " 3 at the end: stopping where a validation set has its minimum prevents overfitting.",
    zh="沿着梯度下降的路径，超额误差的期望先降后升：噪声方差为 8、学习率为 0.1 时，"
    "从开始的 8.06 降到 14 步之后的 1.92，最终升向 3；"
    "在验证集误差最小处停下，就能防止过拟合。",
    notes="3.3",
    on=nn.descend,
    misconceptions=[
        Misconception(
            "all-directions-alike",
            _all_alike,
            Text(
                "Stopping is thought to shrink every direction by the same share.",
                "以为早停把每个方向都按同样的比例缩小。",
            ),
        ),
        Misconception(
            "learns-at-once",
            _at_once,
            Text(
                "The descent is thought to be at the least-squares fit after its first step.",
                "以为第一步之后就已经到达最小二乘解。",
            ),
        ),
        Misconception(
            "flat-directions-first",
            _flat_first,
            Text(
                "Directions of small curvature are thought to be learnt first.",
                "以为曲率小的方向先学会。",
            ),
        ),
    ],
    sources=["Goodfellow, Bengio & Courville 2016, section 7.8", "Prechelt 1998"],
    experiments=[best_time_to_stop],
)
def early_stopping_error(
    descend: Callable[..., Any], _rng: Generator
) -> Iterator[Measurement | Series]:
    """Take bias and variance exactly, from what the path answers to unit labels."""
    x, steps = _inputs(), 200
    truth = _directions().T @ np.array([1.0, 2.0, 0.5])
    answers = descend(x, np.eye(8), learning_rate=0.1, steps=steps)
    errors = []
    for answer in answers:
        bias = spread(x @ (answer @ (x @ truth) - truth)) / 8
        errors.append(bias + 8 * spread(x @ answer) / 8)
    for t, expected in enumerate(expected_errors(steps)):
        if t in (0, 1, 14, 40, steps):
            yield equals(f"excess error, t = {t}, η = 0.1, σ² = 8", errors[t], expected, ROUNDING)
    best = float(np.argmin(errors)) if np.all(np.isfinite(errors)) else -1.0
    yield equals("t of the smallest excess error", best, 14.0, EXACT)
    at_the_end = spread(x @ descend(x, np.eye(8), learning_rate=0.4, steps=900)[-1])
    yield equals("excess error at the end, 3 weights", at_the_end, 3.0, ROUNDING)
    yield curve("excess error", np.arange(steps + 1), errors, x_label="t", y_label="E")


def expected_errors(steps: int) -> list[float]:
    """Return the closed form: Σ h w² (1 - 0.1 h)^2t + (σ²/N) Σ (1 - (1 - 0.1 h)^t)²."""
    weights = (1.0, 4.0, 0.25)
    return [
        sum(
            h * w * (1 - 0.1 * h) ** (2 * t) for h, w in zip((4.0, 1.0, 0.25), weights, strict=True)
        )
        + sum((1 - (1 - 0.1 * h) ** t) ** 2 for h in (4.0, 1.0, 0.25))
        for t in range(steps + 1)
    ]


@misconception(
    "at-the-first-rise",
    en="Training is thought to stop as soon as the validation result no longer improves.",
    zh="以为验证结果一旦不再提升就停止训练。",
    notes="3.3",
)
def at_the_first_rise(losses: Any, parameters: Any, *, patience: int) -> Any:  # noqa: ARG001 - it has none
    """Have no patience."""
    return nn.stop_early(losses, parameters, patience=1)


@misconception(
    "keeps-the-last",
    en="The parameters with which training ends are kept, not the best that it met.",
    zh="保留训练结束时的参数，而不是中途最好的参数。",
)
def keeps_the_last(losses: Any, parameters: Any, *, patience: int) -> Any:
    """Forget to restore."""
    stopped = nn.stop_early(losses, parameters, patience=patience)
    return stopped._replace(parameters=parameters[stopped.epoch])


@misconception(
    "compares-with-the-epoch-before",
    en="Each epoch is compared with the one before instead of with the best so far.",
    zh="每轮与上一轮比较，而不是与目前最好的一轮比较。",
)
def compares_with_the_one_before(losses: Any, parameters: Any, *, patience: int) -> Any:
    """Reset the count at every fall."""
    waited = 0
    for epoch in range(1, len(losses)):
        waited = waited + 1 if losses[epoch] >= losses[epoch - 1] else 0
        if waited >= patience:
            return nn.Stopped(epoch, epoch - patience, parameters[epoch - patience])
    return nn.Stopped(len(losses) - 1, len(losses) - 1, parameters[-1])


@claim(
    "regularization.early-stopping-rule",
    en="Stopping at the first epoch without an improvement stops at a mere bump: of the validation"
    " losses 5, 4, 4.5, 3, 2, 2.5, 2.4, 2.6 and 1.5 it keeps 4. With a patience of 3 it keeps 2,"
    " the loss of epoch 4, and stops at epoch 7, whose own parameters are not the ones to keep.",
    zh="验证损失第一次不再下降就停，可能只是停在一个小小的起伏上："
    "损失依次为 5、4、4.5、3、2、2.5、2.4、2.6、1.5 时，它保留的是 4。"
    "耐心设为 3，则保留第 4 轮的 2，在第 7 轮停下，而要保留的并不是第 7 轮的参数。",
    notes="3.3",
    on=nn.stop_early,
    misconceptions=[at_the_first_rise, keeps_the_last, compares_with_the_one_before],
    sources=["Goodfellow, Bengio & Courville 2016, algorithm 7.1", "Prechelt 1998, section 2"],
)
def early_stopping_rule(stop: Callable[..., Any], _rng: Generator) -> Iterator[Measurement]:
    """Let each epoch's parameters be its loss and its number."""
    losses = np.array([5.0, 4.0, 4.5, 3.0, 2.0, 2.5, 2.4, 2.6, 1.5])
    parameters = np.stack([losses, np.arange(9.0) + 1], axis=1)
    name = "kept of 5, 4, 4.5, 3, 2, 2.5, 2.4, 2.6, 1.5"
    for patience, loss, epoch, last in ((1, 4.0, 1, 2), (3, 2.0, 4, 7), (9, 1.5, 8, 8)):
        stopped = stop(losses, parameters, patience=patience)
        kept = stopped.parameters
        yield equals(f"loss {name}, patience {patience}", kept[0], loss, EXACT)
        yield equals(f"epoch kept + 1, patience {patience}", kept[1], epoch + 1.0, EXACT)
        yield equals(f"last epoch, patience {patience}", float(stopped.epoch), float(last), EXACT)
        yield equals(f"best epoch, patience {patience}", float(stopped.best_epoch), epoch, EXACT)
    flat = stop(np.full(5, 3.0), np.arange(5.0) + 7, patience=2)
    yield equals("last epoch of equal losses, patience 2", float(flat.epoch), 2.0, EXACT)
    yield equals("kept of equal losses: the first", flat.parameters, 7.0, EXACT)
