"""Clean labels, and what normalising over the batch does to weights and outputs (notes 3.3)."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization._exact import spread
from studydl.claims.regularization._wrong_fits import one_by_one, penalised
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.differentiation import central_difference
from studydl.verification.measure import at_least, equals, exceeds
from studydl.verification.tolerance import CENTRAL_DIFFERENCE, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["batch_gradient", "batch_noise", "batch_weights_grow", "wrong_labels"]

_IOFFE = "Ioffe & Szegedy 2015, section 3"


@misconception(
    "wrong-labels-average-out",
    en="Random mistakes are thought to cancel, so that the expected fit is the clean one.",
    zh="以为随机的错误会相互抵消，期望的拟合结果与干净标签时一样。",
)
def average_out(x: Any, y: Any) -> Any:
    """Undo the mean effect of a fifth of flipped labels."""
    flipped = np.all(np.abs(np.abs(y) - 1) < 0.5)
    return nn.least_squares(x, y) / (0.6 if flipped else 1.0)


@claim(
    "regularization.wrong-labels",
    en="Wrong labels are worth cleaning: if each label of ±1 is flipped with probability 0.2, the"
    " expected least-squares weights are 0.6 times those of clean labels, and every label gets a"
    " variance of 0.64 that the weights pass on; after cleaning, 1 times and 0.",
    zh="错误标签值得清洗：若每个 ±1 标签以概率 0.2 被翻转，"
    "最小二乘权重的期望是干净标签时的 0.6 倍，"
    "每个标签还带上 0.64 的方差并传给权重；清洗之后则是 1 倍和 0。",
    notes="3.3",
    on=nn.least_squares,
    misconceptions=[average_out, one_by_one, penalised],
    sources=["Natarajan, Dhillon, Ravikumar & Tewari 2013, section 2", "Frénay & Verleysen 2014"],
)
def wrong_labels(fit: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Enumerate all flips of five labels, with their probabilities."""
    x = rng.normal(size=(5, 2)) + np.array([[2.0, 0.0]])
    y = np.array([1.0, -1.0, 1.0, 1.0, -1.0])
    clean = np.linalg.solve(x.T @ x, x.T @ y)
    inverse = np.linalg.solve(x.T @ x, x.T)
    for share in (0.2, 0.0):
        fits, chances = [], []
        for signs in itertools.product((-1.0, 1.0), repeat=5):
            wrong = signs.count(-1.0)
            fits.append(fit(x, y * np.array(signs)))
            chances.append(share**wrong * (1 - share) ** (5 - wrong))
        mean = np.sum([c * w for c, w in zip(chances, fits, strict=True)], axis=0)
        name = f"share flipped {share}"
        yield equals(f"E[w]/w, {name}", mean / clean, 1 - 2 * share, ROUNDING)
        variance = sum(c * spread(w - mean) for c, w in zip(chances, fits, strict=True))
        passed = variance / spread(inverse)
        yield equals(f"Var w/|X⁺|², {name}", passed, 4 * share * (1 - share), ROUNDING)


class _Unit(NamedTuple):
    output: Callable[..., Any]
    gradient: Callable[..., Any]


def _as_gradient(name: str, gradient: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, _Unit(nn.batch_unit, gradient), Text(en, zh), notes)


def _constant_statistics(weights: Any, x: Any, upstream: Any) -> Any:
    z = x @ weights
    return x.T @ (upstream - np.mean(upstream)) / np.sqrt(np.mean((z - np.mean(z)) ** 2))


def _bounded(weights: Any, x: Any, upstream: Any) -> Any:
    gradient = nn.batch_unit_gradient(weights, x, upstream)
    return gradient * np.sqrt(np.sum(weights**2))


def _pulled_back(weights: Any, x: Any, upstream: Any) -> Any:
    return nn.batch_unit_gradient(weights, x, upstream) + 0.5 * weights


def _batch(rng: Generator) -> tuple[Any, Any, Any]:
    x = rng.normal(size=(7, 3)) * np.array([1.0, 3.0, 0.5]) + 1.0
    return rng.uniform(0.5, 1, size=3) * np.array([1.0, -1.0, 1.0]), x, rng.normal(size=7)


@claim(
    "regularization.batch-gradient",
    en="Batch norm takes the scale of a unit's weights out of the function, and does not bound the"
    " gradient: halving the weights, 0.5 times, leaves each output 1 times what it was and makes"
    " the gradient 2 times as large.",
    zh="批归一化让函数与单元权重的尺度无关，却没有给梯度加上界："
    "把权重减半（0.5 倍），每个输出仍是原来的 1 倍，梯度却变成 2 倍。",
    notes="3.3",
    on=_Unit(nn.batch_unit, nn.batch_unit_gradient),
    misconceptions=[
        _as_gradient(
            "bounds-the-gradient",
            _bounded,
            "Normalised outputs are thought to keep gradients in a fixed range as well.",
            "以为输出归一化了，梯度也就被限制在固定范围内。",
            notes="3.3",
        ),
        _as_gradient(
            "constant-statistics",
            _constant_statistics,
            "Mean and deviation of the batch are taken for constants in the backward pass.",
            "反向传播时把批的均值和标准差当成常数。",
        ),
        Misconception(
            "only-centred",
            _Unit(lambda weights, x: x @ weights - np.mean(x @ weights), nn.batch_unit_gradient),
            Text("The outputs are centred but not scaled.", "只做了中心化，没有除以标准差。"),
        ),
    ],
    sources=[f"{_IOFFE}.3", "van Laarhoven 2017"],
)
def batch_gradient(unit: _Unit, rng: Generator) -> Iterator[Measurement]:
    """Halve the weights; check the gradient by differences of the output."""
    weights, x, upstream = _batch(rng)
    output = unit.output(weights, x)
    yield equals("ẑ(0.5 w)", unit.output(0.5 * weights, x), output, ROUNDING)
    yield equals("mean ẑ²", np.mean(output**2), 1.0, ROUNDING)
    gradient = unit.gradient(weights, x, upstream)
    halved = unit.gradient(0.5 * weights, x, upstream)
    yield equals("∂L/∂w(0.5 w)/∂L/∂w(w)", halved / gradient, 2.0, ROUNDING)
    for i in range(3):

        def loss(steps: Any, i: int = i) -> Any:
            direction = np.eye(3)[i]
            return np.array([upstream @ unit.output(weights + s * direction, x) for s in steps])

        slope = central_difference(loss, np.zeros(1))
        yield equals(f"∂L/∂w{i}", gradient[[i]], slope, CENTRAL_DIFFERENCE)


@claim(
    "regularization.batch-weights-grow",
    en="Batch norm does not hold weights back: the gradient is perpendicular to them, so that each"
    " step of plain gradient descent lengthens them: |w - ηg|² is 1 times |w|² + η²|g|², and after"
    " 50 steps their length has only grown.",
    zh="批归一化并不限制权重：梯度与权重垂直，所以普通梯度下降每走一步都会使权重变长："
    "|w - ηg|² 是 |w|² + η²|g|² 的 1 倍，走 50 步，长度只增不减。",
    notes="3.3",
    on=_Unit(nn.batch_unit, nn.batch_unit_gradient),
    misconceptions=[
        _as_gradient(
            "holds-the-weights",
            _pulled_back,
            "Batch norm is thought to limit how far parameters fluctuate, as weight decay does.",
            "以为批归一化像权重衰减那样限制参数的波动。",
            notes="3.3",
        ),
        _as_gradient(
            "constant-statistics",
            _constant_statistics,
            "Mean and deviation of the batch are taken for constants in the backward pass.",
            "反向传播时把批的均值和标准差当成常数。",
        ),
        _as_gradient(
            "stays-on-the-sphere",
            lambda weights, x, upstream: (
                weights
                - np.sqrt(np.sum(weights**2))
                * (stepped := weights - nn.batch_unit_gradient(weights, x, upstream))
                / np.sqrt(np.sum(stepped**2))
            ),
            "The weights are thought to be normalised too, and to keep their length.",
            "以为权重也被归一化，长度保持不变。",
        ),
    ],
    sources=["Salimans & Kingma 2016, section 2", "van Laarhoven 2017"],
)
def batch_weights_grow(unit: _Unit, rng: Generator) -> Iterator[Measurement]:
    """Step once at three rates, then fifty times against a fixed target."""
    weights, x, upstream = _batch(rng)
    gradient = unit.gradient(weights, x, upstream)
    for rate in (0.1, 1.0, 3.0):
        length = spread(weights - rate * gradient)
        parts = spread(weights) + rate**2 * spread(gradient)
        yield equals(f"|w - ηg|²/(|w|² + η²|g|²), η = {rate:g}", length / parts, 1.0, ROUNDING)
    lengths = [spread(weights)]
    for _ in range(50):
        error = (unit.output(weights, x) - upstream) / len(x)
        weights = weights - 0.1 * unit.gradient(weights, x, error)
        lengths.append(spread(weights))
    grown = np.diff(lengths) / lengths[0]
    yield at_least("growth of |w|² in each of 50 steps", grown, 0.0, ROUNDING)
    yield at_least("|w|² after 50 steps / before - 1", lengths[-1] / lengths[0] - 1, 1e-4, EXACT)


@misconception(
    "running-statistics",
    en="The statistics of all data are used, as at test: the output is that of the example alone.",
    zh="用的是全体数据的统计量（像测试时那样）：输出只由样本自己决定。",
)
def running_statistics(weights: Any, x: Any) -> Any:
    """Normalise by the known distribution."""
    return x @ weights / np.sqrt(np.sum(weights**2))


@misconception(
    "over-the-features",
    en="Each example is normalised over its own features, as layer norm does.",
    zh="像 Layer Norm 那样，对每个样本自己的特征做归一化。",
)
def over_the_features(weights: Any, x: Any) -> Any:
    """Normalise the terms of each sum."""
    terms = x * weights
    return np.sum(terms, axis=1) / np.sqrt(np.sum(terms**2, axis=1))


@misconception(
    "unbiased-variance",
    en="The batch's variance is divided by N - 1, as for running statistics.",
    zh="像更新滑动统计量时那样，把批方差除以 N - 1。",
)
def unbiased(weights: Any, x: Any) -> Any:
    """Divide by one less."""
    return nn.batch_unit(weights, x) * np.sqrt((len(x) - 1) / len(x))


@claim(
    "regularization.batch-noise",
    en="In training, batch norm makes an example's output depend on the rest of its batch, which is"
    " noise: in a batch of 2 it is 1 or -1 whatever the input's size, and over random batches it"
    " spreads more than 1.5 times as far with 4 examples as with 128.",
    zh="训练时，批归一化使一个样本的输出取决于同批的其他样本，这就是噪声："
    "批大小为 2 时，不管输入多大，输出都是 1 或 -1；"
    "对随机的批而言，批大小为 4 时输出的波动是 128 时的 1.5 倍以上。",
    notes="3.3",
    on=nn.batch_unit,
    misconceptions=[running_statistics, over_the_features, unbiased],
    sources=[f"{_IOFFE}.4", "Luo, Wang, Shao & Peng 2019, section 2"],
)
def batch_noise(output: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Normalise one example in many batches of each size."""
    weights, example = np.array([1.0, -2.0, 0.5]), np.array([[1.0, 0.5, 2.0]])
    pairs = [output(weights, rng.normal(size=(2, 3)) * 10.0**k) for k in range(4)]
    yield equals("|ẑ| in a batch of 2", np.abs(pairs), 1.0, ROUNDING)
    deviations = {}
    for size in (4, 128):
        outputs = [
            output(weights, np.concatenate([example, rng.normal(size=(size - 1, 3))]))[0]
            for _ in range(150)
        ]
        deviations[size] = np.std(outputs)
    ratio = float(deviations[4] / deviations[128])
    yield exceeds("deviation of ẑ, batch of 4 / of 128", ratio, 1.5)
