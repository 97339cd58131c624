"""What L1 and L2 do to weights (notes 3.2.1)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization._exact import orthogonal_columns
from studydl.claims.regularization._experiments import share_of_zeros
from studydl.claims.regularization._quantities import (
    kept_by_ridge,
    kept_by_shrinking,
    thresholded,
)
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_least, at_most, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["l1_soft_threshold", "l2_shrinks", "penalty_and_truth", "ridge_directions", "sparse_fit"]

_TIBSHIRANI = "Tibshirani 1996, section 2.2"
_ESL_RIDGE = "Hastie, Tibshirani & Friedman 2009, section 3.4.1"


@misconception(
    "keeps-what-is-large",
    en="Hard thresholding: small weights become 0, large ones keep their full size.",
    zh="硬阈值：小权重变成 0，大权重原样保留。",
)
def hard_threshold(weights: Any, *, threshold: float) -> Any:
    """Cut off."""
    return np.where(np.abs(weights) > threshold, weights, 0.0)


@misconception(
    "shrinks-in-proportion",
    en="L1 is thought to shrink like L2: every weight by the same factor.",
    zh="以为 L1 与 L2 一样，把每个权重都按同一比例缩小。",
)
def proportional(weights: Any, *, threshold: float) -> Any:
    """Divide."""
    return weights / (1 + threshold)


@misconception(
    "steps-over-zero",
    en="The threshold is subtracted in the weight's direction even if the weight is smaller.",
    zh="权重比阈值还小时，仍然减去整个阈值，于是越过了零。",
)
def steps_over_zero(weights: Any, *, threshold: float) -> Any:
    """Take one subgradient step."""
    return weights - threshold * np.sign(weights)


@claim(
    "regularization.l1-soft-threshold",
    en="The minimum of ½(w - v)² + λ|w| lies λ nearer to 0 than v, and at exactly 0 where |v| ≤ λ:"
    " at λ = 0.75, v = 2 becomes 1.25 and v = 0.5 becomes 0.",
    zh="½(w - v)² + λ|w| 的最小点比 v 向 0 靠近 λ；当 |v| ≤ λ 时恰好为 0："
    "λ = 0.75 时，v = 2 变为 1.25，v = 0.5 变为 0。",
    notes="3.2.1",
    on=nn.soft_threshold,
    misconceptions=[hard_threshold, proportional, steps_over_zero],
    sources=[_TIBSHIRANI, "Donoho & Johnstone 1994, section 2.3"],
    quantities=[thresholded],
    experiments=[share_of_zeros],
)
def l1_soft_threshold(prox: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure exact values, and the condition of a minimum: v - w is a subgradient of λ|w|."""
    for value, expected in ((2.0, 1.25), (0.5, 0.0), (-0.5, 0.0), (0.75, 0.0), (-2.0, -1.25)):
        got = prox(np.array([value]), threshold=0.75)
        yield equals(f"w for v = {value:g}, λ = 0.75", got, expected, EXACT)
    v = rng.normal(scale=2, size=60)
    w = prox(v, threshold=0.5)
    yield at_most("|v - w|, λ = 0.5", np.abs(v - w), 0.5, ROUNDING, at=v)
    pull = np.where(w == 0, 0.5, (v - w) * np.sign(w))
    yield equals("(v - w) sign w where w ≠ 0", pull, 0.5, ROUNDING, at=v)


@misconception(
    "subtracts",
    en="L2 is thought to act like L1, which subtracts a fixed amount from each weight.",
    zh="以为 L2 像 L1 那样，从每个权重中减去固定的量。",
)
def subtracts(weights: Any, *, penalty: float) -> Any:
    """Take L1's minimum for L2's."""
    return np.sign(weights) * np.maximum(np.abs(weights) - penalty, 0.0)


@misconception(
    "one-minus-the-penalty",
    en="The factor 1 - λ of a small step of weight decay is taken for the minimum itself.",
    zh="把权重衰减一小步的因子 1 - λ 当成最小点本身。",
)
def one_minus(weights: Any, *, penalty: float) -> Any:
    """Decay once."""
    return weights * (1 - penalty)


@misconception(
    "forgot-the-half",
    en="The penalty is λw² where the notation has ½λw², which doubles its derivative.",
    zh="惩罚写成 λw² 而不是 ½λw²，导数就大了一倍。",
)
def forgot_the_half(weights: Any, *, penalty: float) -> Any:
    """Shrink twice as much."""
    return weights / (1 + 2 * penalty)


@claim(
    "regularization.l2-shrinks",
    en="The minimum of ½(w - v)² + ½λw² is v/(1 + λ): at λ = 3 each weight keeps the share 0.25 of"
    " itself, large or small, and after any number of repetitions the share of exact zeros is 0.",
    zh="½(w - v)² + ½λw² 的最小点是 v/(1 + λ)：λ = 3 时，权重无论大小都保留自身的 0.25；"
    "重复任意多次，恰好为零的权重所占比例仍是 0。",
    notes="3.2.1",
    on=nn.shrink,
    misconceptions=[subtracts, one_minus, forgot_the_half],
    sources=[_TIBSHIRANI, _ESL_RIDGE],
    quantities=[kept_by_shrinking],
)
def l2_shrinks(prox: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the share that is kept, and count zeros after fifty repetitions."""
    v = rng.normal(scale=2, size=40)
    yield equals("w/v = 1/(1 + λ), λ = 3", prox(v, penalty=3.0) / v, 0.25, ROUNDING, at=v)
    yield equals("w/v, λ = 0.25", prox(v, penalty=0.25) / v, 0.8, ROUNDING, at=v)
    w = v
    for _ in range(50):
        w = prox(w, penalty=3.0)
    yield equals("share of w = 0 after 50 times", np.mean(w == 0), 0.0, EXACT)
    yield equals("w/v after 50 times", w / v, 4.0**-50, ROUNDING, at=v)


class Fits(NamedTuple):
    """A fit with an L1 and one with an L2 penalty."""

    lasso: Callable[..., Any]
    ridge: Callable[..., Any]


def _fits(name: str, lasso: Any, ridge: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, Fits(lasso, ridge), Text(en, zh), notes)


def _cut_off(x: Any, y: Any, *, penalty: float) -> Any:
    weights = nn.ridge(x, y, penalty=penalty)
    return np.where(np.abs(weights) < penalty, 0.0, weights)


@claim(
    "regularization.sparse-fit",
    en="L1 makes weights sparse, L2 does not: with uncorrelated features of least-squares weights"
    " 3, -2, 1, 0.5, -0.25 and 0.125 and λ = 0.75, L1 sets 3 of the 6 to exactly 0 and takes 0.75"
    " off the rest; L2 sets none to 0 and multiplies all by 0.571.",
    zh="L1 使权重稀疏，L2 不会：特征互不相关，最小二乘权重为 3、-2、1、0.5、-0.25、0.125，"
    "取 λ = 0.75，L1 把 6 个权重中的 3 个变成恰好为 0，其余的绝对值减去 0.75；"
    "L2 变成 0 的一个也没有，全部乘以 0.571。",
    notes="3.2.1",
    on=Fits(nn.lasso, nn.ridge),
    misconceptions=[
        _fits(
            "both-sparse",
            nn.lasso,
            nn.lasso,
            "Both penalties prefer small weights, so both are thought to reach 0.",
            "两种惩罚都偏好小权重，于是以为都会得到 0。",
        ),
        _fits(
            "both-only-shrink",
            nn.ridge,
            nn.ridge,
            "A penalty is thought only to shrink; exact zeros would need a decision.",
            "以为惩罚只会缩小权重，恰好为零需要另外的取舍。",
        ),
        _fits(
            "small-weights-are-cut",
            nn.lasso,
            _cut_off,
            "Weights that L2 has made small are counted as zeros.",
            "把被 L2 缩得很小的权重当成零。",
        ),
    ],
    sources=[_TIBSHIRANI, "Hastie, Tibshirani & Friedman 2009, table 3.4"],
)
def sparse_fit(fits: Fits, rng: Generator) -> Iterator[Measurement]:
    """Fit targets that have exactly these least-squares weights."""
    x = orthogonal_columns()
    truth = np.array([3.0, -2.0, 1.0, 0.5, -0.25, 0.125])
    y = x[:, :6] @ truth + float(rng.integers(1, 4)) * x[:, 6]
    by_l1, by_l2 = (fit(x[:, :6], y, penalty=0.75) for fit in fits)
    yield equals("zeros of L1, 6 weights", np.sum(by_l1 == 0), 3.0, EXACT)
    yield equals("zeros of L2, 6 weights", np.sum(by_l2 == 0), 0.0, EXACT)
    taken = (truth - by_l1)[:3] * np.sign(truth[:3])
    yield equals("|w| - |w of L1|, 3 largest: 3, -2, 1", taken, 0.75, ROUNDING)
    share = float(1 / (1 + Fraction(3, 4)))
    yield equals("w of L2 / w: 0.5, -0.25, 0.125, ...", by_l2 / truth, share, ROUNDING)


@misconception(
    "same-for-all-directions",
    en="L2 is thought to shrink by the factor 1/(1 + λ) whatever the inputs are.",
    zh="以为不管输入如何，L2 都按 1/(1 + λ) 缩小。",
)
def same_share(x: Any, y: Any, *, penalty: float) -> Any:
    """Shrink all of the least-squares fit alike."""
    return nn.least_squares(x, y) / (1 + penalty)


@misconception(
    "penalty-of-a-sum",
    en="The penalty of a loss that is a sum over the examples is put beside one that is a mean.",
    zh="损失对样本取平均，惩罚却按损失求和的约定来取。",
)
def penalty_of_a_sum(x: Any, y: Any, *, penalty: float) -> Any:
    """Divide the penalty by the number of examples."""
    return nn.ridge(x, y, penalty=penalty / len(x))


@misconception(
    "by-each-feature",
    en="Each weight is shrunk on its own, as if the features were uncorrelated.",
    zh="对每个权重单独缩小，好像特征之间互不相关。",
)
def by_each_feature(x: Any, y: Any, *, penalty: float) -> Any:
    """Ignore the correlations."""
    curvature = np.mean(x**2, axis=0).reshape(-1, *[1] * (y.ndim - 1))
    return x.T @ y / len(x) / (curvature + penalty)


@claim(
    "regularization.ridge-directions",
    en="Ridge keeps the share h/(h + λ) of the least-squares weight along a direction in which the"
    " inputs have the mean square h: at λ = 1, 0.8 for h = 4, 0.5 for h = 1, but 0.2 for h = 0.25."
    " It takes most where the data say least.",
    zh="沿着输入均方为 h 的方向，岭回归保留最小二乘权重的 h/(h + λ)："
    "λ = 1 时，h = 4 保留 0.8，h = 1 保留 0.5，而 h = 0.25 只保留 0.2。"
    "数据提供的信息越少，缩得越多。",
    notes="3.2.1",
    on=nn.ridge,
    misconceptions=[same_share, penalty_of_a_sum, by_each_feature],
    sources=[_ESL_RIDGE, "Goodfellow, Bengio & Courville 2016, section 7.1.1"],
    quantities=[kept_by_ridge],
)
def ridge_directions(ridge: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Turn inputs of three mean squares, so that no feature is itself such a direction."""
    sizes = np.array([4.0, 1.0, 0.25])
    turned = np.array([[2.0, -2.0, 1.0], [1.0, 2.0, 2.0], [2.0, 1.0, -2.0]]) / 3
    x = (orthogonal_columns()[:, :3] * np.sqrt(sizes)) @ turned
    truth = rng.uniform(1, 2, size=3)
    weights = ridge(x, x @ (turned.T @ truth), penalty=1.0)
    for h, along, true in zip(sizes, turned @ weights, truth, strict=True):
        yield equals(f"w/w of least squares, h = {h:g}, λ = 1", along / true, h / (h + 1), ROUNDING)


class _Penalties(NamedTuple):
    soft_threshold: Callable[..., Any]
    shrink: Callable[..., Any]


def risk(rule: Callable[[Any], Any], weight: float) -> float:
    """Return E (rule(weight + z) - weight)² for standard normal z, by the trapezoidal rule."""
    step = 0.02
    z = step * np.arange(-500.0, 501.0)
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    return float(np.sum(step * density * (rule(weight + z) - weight) ** 2))


def best_risks(penalties: _Penalties, truth: dict[float, int]) -> tuple[float, float]:
    """Return the smallest risk of each penalty over its strength; ``truth`` counts the weights."""

    def total(prox: Callable[..., Any], **strength: float) -> float:
        return sum(
            count * risk(lambda v: prox(v, **strength), weight) for weight, count in truth.items()
        )

    by_l1 = [total(penalties.soft_threshold, threshold=t / 4) for t in range(21)]
    strengths = [k / 9 for k in range(0, 91, 5)]
    by_l2 = [total(penalties.shrink, penalty=strength) for strength in strengths]
    return min(by_l1), min(by_l2)


@claim(
    "regularization.penalty-and-truth",
    en="Both penalties reduce overfitting, and the truth decides which does so more. Of 100"
    " weights observed with unit noise, unpenalised risk 100: if one weight of 6 holds everything,"
    " the best L1 has a risk below 8, the best L2 26.5; if all are 0.6, L2 has 26.5 again and L1"
    " no less than 30.",
    zh="两种惩罚都能减轻过拟合，哪种更有效取决于真实情况。"
    "100 个权重各带单位噪声，不加惩罚时风险为 100："
    "若只有一个权重不为零且等于 6，最好的 L1 风险低于 8，最好的 L2 为 26.5；"
    "若所有权重都是 0.6，L2 仍为 26.5，而 L1 不低于 30。",
    notes="3.2.1",
    on=_Penalties(nn.soft_threshold, nn.shrink),
    misconceptions=[
        Misconception(
            "l2-prevents-more",
            _Penalties(proportional.implementation, nn.shrink),
            Text(
                "L1 is credited with sparsity alone and L2 with preventing overfitting, so L1 is"
                " thought to gain no more than L2 does.",
                "以为 L1 只管稀疏、L2 才管防止过拟合，所以 L1 的收益不会超过 L2。",
            ),
            notes="3.2.1",
        ),
        Misconception(
            "both-act-alike",
            _Penalties(
                nn.soft_threshold, lambda v, *, penalty: nn.soft_threshold(v, threshold=penalty)
            ),
            Text(
                "Both prefer small weights, so the same risk is expected of both.",
                "两者都偏好小权重，于是以为风险相同。",
            ),
        ),
        Misconception(
            "falls-in-a-line",
            _Penalties(nn.soft_threshold, lambda v, *, penalty: v * (1 - penalty / 10)),
            Text(
                "The shrinking factor is thought to fall in a straight line with the penalty.",
                "以为缩小因子随惩罚强度线性下降。",
            ),
        ),
    ],
    sources=["Tibshirani 1996, section 11", "Hoerl & Kennard 1970, theorem 4.3"],
)
def penalty_and_truth(penalties: _Penalties, _rng: Generator) -> Iterator[Measurement]:
    """Integrate the squared error over the noise, and take the best strength of each."""
    none = 100 * risk(lambda v: penalties.shrink(v, penalty=0.0), 0.6)
    yield equals("risk of 100 weights, no penalty", none, 100.0, ROUNDING)
    best_l2 = 36 * 100 / (36 + 100)
    for name, truth in (("one is 6", {6.0: 1, 0.0: 99}), ("all are 0.6", {0.6: 100})):
        by_l1, by_l2 = best_risks(penalties, truth)
        # The strengths tried contain the best one, 100/36.
        yield equals(f"risk of the best L2, {name}", by_l2, best_l2, ROUNDING)
        if 6.0 in truth:
            yield at_most(f"risk of the best L1, {name}", by_l1, 8.0, EXACT)
        else:
            yield at_least(f"risk of the best L1, {name}", by_l1, 30.0, EXACT)
            yield at_most(f"risk of the best L1 / none, {name}", by_l1 / 100, 1.0, EXACT)
