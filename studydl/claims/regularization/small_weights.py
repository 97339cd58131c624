"""Small weights, small changes; correlated features (notes 3.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization._exact import orthogonal_columns
from studydl.claims.regularization.penalties import Fits, by_each_feature
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "correlated_features",
    "correlated_variance",
    "norms_multiply",
    "small_weights_small_change",
]


@misconception(
    "swapped-norms",
    en="The change is bounded by the norm of the same name: lengths by |w|₁, boxes by |w|₂.",
    zh="把两种范数弄反：按长度的扰动用 |w|₁，按分量的扰动用 |w|₂。",
)
def swapped_norms(weights: Any, *, size: float, norm: str) -> Any:
    """Swap the two."""
    other: Any = "largest" if norm == "euclidean" else "euclidean"
    return nn.worst_perturbation(weights, size=size, norm=other)


@misconception(
    "largest-weight-only",
    en="The input of the largest weight is thought to be the only one worth changing.",
    zh="以为只有权重最大的那个输入才值得改动。",
)
def largest_weight_only(weights: Any, *, size: float, norm: str) -> Any:  # noqa: ARG001 - it forgets the norm
    """Change one coordinate."""
    return np.where(np.abs(weights) == np.max(np.abs(weights)), size * np.sign(weights), 0.0)


@misconception(
    "evenly-in-all",
    en="A perturbation is thought of as the same small shift of every input.",
    zh="以为扰动就是把所有输入都平移同样的一点点。",
)
def evenly(weights: Any, *, size: float, norm: str) -> Any:
    """Shift every coordinate alike, whatever the sign of its weight."""
    shift = np.full_like(weights, size)
    return shift if norm == "largest" else shift / np.sqrt(len(weights))


@claim(
    "regularization.small-weights-small-change",
    en="A linear output moves by at most ε|w|₂ if its input moves by a length of ε, and by at most"
    " ε|w|₁ if each coordinate moves by at most ε: for w = (3, -4, 0) and ε = 0.5 by 2.5 and 3.5,"
    " and for half the weights by half, 0.5 times, of it.",
    zh="输入移动的长度为 ε 时，线性输出最多变化 ε|w|₂；每个分量最多移动 ε 时，最多变化 ε|w|₁："
    "w = (3, -4, 0)、ε = 0.5 时分别为 2.5 和 3.5；权重减半，变化也减半，为原来的 0.5 倍。",
    notes="3.2.1",
    on=nn.worst_perturbation,
    misconceptions=[swapped_norms, largest_weight_only, evenly],
    sources=["Goodfellow, Shlens & Szegedy 2015, section 3", "Bishop 1995"],
)
def small_weights_small_change(worst: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the size and effect of the worst perturbation, and that no other exceeds it."""
    w = np.array([3.0, -4.0, 0.0])
    ball = worst(w, size=0.5, norm="euclidean")
    box = worst(w, size=0.5, norm="largest")
    yield equals("w·δ, |δ|₂ = 0.5, w = (3, -4, 0)", ball @ w, 2.5, ROUNDING)
    yield equals("|δ|₂", np.sqrt(np.sum(ball**2)), 0.5, ROUNDING)
    yield equals("w·δ, max |δᵢ| = 0.5", box @ w, 3.5, ROUNDING)
    yield equals("max |δᵢ|", np.max(np.abs(box)), 0.5, ROUNDING)
    yield equals("δ of a weight of 0", [ball[2], box[2]], 0.0, EXACT)
    short = worst(w / 16, size=0.5, norm="euclidean")
    yield equals("δ of w/16 = δ of w", short, ball, ROUNDING)
    yield equals("δ, w = 0", worst(0 * w, size=0.5, norm="euclidean"), 0.0, EXACT)
    half = worst(w / 2, size=0.5, norm="euclidean") @ (w / 2)
    yield equals("w·δ of half the weights / w·δ", half / (ball @ w), 0.5, ROUNDING)
    w = rng.normal(size=6)
    others = rng.normal(size=(200, 6))
    lengths = np.sqrt(np.sum(others**2, axis=1))
    bound = worst(w, size=1.0, norm="euclidean") @ w
    yield at_most("w·δ of others, |δ|₂ = 1", others @ w / lengths, bound, ROUNDING)
    boxes = others / np.max(np.abs(others), axis=1, keepdims=True)
    yield at_most(
        "w·δ of others, max |δᵢ| = 1", boxes @ w, worst(w, size=1.0, norm="largest") @ w, ROUNDING
    )


class _Steepness(NamedTuple):
    network: Callable[..., Any]
    bound: Callable[..., Any]


def _as_bound(name: str, bound: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, _Steepness(nn.relu_network, bound), Text(en, zh), notes)


def _largest_singular_values(layers: Any) -> Any:
    return np.array([np.linalg.norm(np.asarray(weights), 2) for weights, _ in layers])


def _no_activation(x: Any, layers: Any) -> Any:
    for weights, biases in layers:
        x = x @ weights + biases
    return x


@claim(
    "regularization.norms-multiply",
    en="What bounds a ReLU network's answer to a small change is the product of its layers' norms,"
    " not the sum of squares that L2 penalises: multiplying one layer by 10 and dividing the next"
    " by 10 leaves every output and the bound 1 times what they were, and makes the sum of"
    " squares 50.005 times as large.",
    zh="限制 ReLU 网络对微小扰动的反应的，是各层范数之积，而不是 L2 所惩罚的平方和："
    "把一层乘以 10、下一层除以 10，每个输出和这个上界都是原来的 1 倍，"
    "平方和却变成原来的 50.005 倍。",
    notes="3.2.1",
    on=_Steepness(nn.relu_network, nn.lipschitz_bound),
    misconceptions=[
        _as_bound(
            "sum-of-squares",
            lambda layers: np.sum([np.sum(np.square(weights)) for weights, _ in layers]),
            "Small weights are taken to be what keeps outputs from changing, layer by layer.",
            "以为让输出不剧烈变化的，就是各层权重本身小。",
            notes="3.2.1",
        ),
        _as_bound(
            "norms-add",
            lambda layers: np.sum(_largest_singular_values(layers)),
            "The layers' norms are added instead of multiplied.",
            "把各层的范数相加而不是相乘。",
        ),
        _as_bound(
            "the-largest-layer",
            lambda layers: np.max(_largest_singular_values(layers)),
            "The layer of the largest norm is thought to decide alone.",
            "以为只由范数最大的那一层决定。",
        ),
        Misconception(
            "no-activation",
            _Steepness(_no_activation, nn.lipschitz_bound),
            Text(
                "The network is taken for its product of matrices.",
                "把网络当成矩阵的乘积。",
            ),
        ),
    ],
    sources=["Szegedy et al. 2014, section 4.3", "Neyshabur et al. 2015, section 2"],
)
def norms_multiply(steepness: _Steepness, rng: Generator) -> Iterator[Measurement]:
    """Move the scale between two layers of equal size; then attain the bound in one direction."""
    first, second = (
        rng.permutation([3.0, -2.0, 1.0, 0.5, -1.0, 2.0]).reshape(2, 3),
        np.array([[3.0], [-0.5], [1.0]]),
    )
    second = second * np.sqrt(np.sum(first**2) / np.sum(second**2))
    zero, one = np.array([0.5, -1.0, 0.25]), np.zeros(1)
    layers = [(first, zero), (second, one)]
    moved = [(10 * first, 10 * zero), (second / 10, one)]
    x = rng.normal(size=(20, 2))
    before, after = (steepness.network(x, each) for each in (layers, moved))
    yield equals("f(x), a layer times 10, the next / 10", after, before, ROUNDING)
    bounds = [steepness.bound(each) for each in (layers, moved)]
    yield equals("bound moved / bound", bounds[1] / bounds[0], 1.0, ROUNDING)
    squares = [sum(np.sum(w**2) for w, _ in each) for each in (layers, moved)]
    yield equals("Σw² moved / Σw²", squares[1] / squares[0], 50.005, ROUNDING)
    steps = 1e-3 * rng.normal(size=(20, 2))
    change = np.abs(steepness.network(x + steps, layers) - before)[:, 0]
    lengths = np.sqrt(np.sum(steps**2, axis=1))
    yield at_most("|f(x + δ) - f(x)|/|δ|", change / lengths, bounds[0], ROUNDING)
    chain = [
        (3 * np.array([[0.6, 0.8], [-0.8, 0.6]]), np.zeros(2)),
        (4 * np.array([[0.6], [0.8]]), np.zeros(1)),
    ]
    values = steepness.network(np.array([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]), chain)[:, 0]
    yield equals("f(-1), f(0), f(1) of 4 max(0, 3x)", values, [0.0, 0.0, 12.0], ROUNDING)
    yield equals("bound of 4 max(0, 3x)", steepness.bound(chain), 12.0, ROUNDING)


def _correlated(sine: float, cosine: float) -> Any:
    """Return two features of mean square 1 with the cosine for their correlation, and a third."""
    columns = orthogonal_columns()
    first, second = columns[:, 0], columns[:, 1]
    return np.stack([first, cosine * first + sine * second], axis=1), second


def _closed_form(tip: float, strength: float, cosine: float, sine: float) -> tuple[Any, Any]:
    """Return the lasso and the ridge weights for y = x₁ + x₂ + tip · the second direction."""
    pull = 1 + cosine, 1 + cosine + tip * sine
    alone = max(pull) - strength
    by_l1 = np.array([alone, 0.0] if pull[0] > pull[1] else [0.0, alone])
    mean, half = sum(pull) / 2, (pull[0] - pull[1]) / 2
    together, apart = mean / (1 + cosine + strength), half / (1 - cosine + strength)
    return by_l1, np.array([together + apart, together - apart])


@claim(
    "regularization.correlated-features",
    en="With correlated features it is L1 that is fickle: of two that count alike, at a correlation"
    " of 0.98, it keeps 1 and sets the other to exactly 0, and a noise of 0.3 in the target"
    " decides which. L2 keeps 2, with weights that differ by 0.114 only.",
    zh="特征相关时，不稳定的是 L1：两个作用相同、相关系数为 0.98 的特征，"
    "它只保留 1 个，另一个恰好变为 0，目标里 0.3 的噪声就能决定留下哪一个。"
    "L2 则 2 个都保留，权重只相差 0.114。",
    notes="3.2.1",
    on=Fits(nn.lasso, nn.ridge),
    misconceptions=[
        Misconception(
            "l1-for-correlated",
            Fits(nn.ridge, nn.lasso),
            Text(
                "The notes recommend L1 for correlated features and L2 for the others: the roles"
                " are the other way round.",
                "笔记说 L1 适合相关特征、L2 适合不相关特征，恰好说反了。",
            ),
            notes="3.2.1",
        ),
        Misconception(
            "l2-selects-too",
            Fits(nn.lasso, nn.lasso),
            Text(
                "Any penalty is thought to drop a feature that another one makes redundant.",
                "以为任何惩罚都会丢掉冗余的特征。",
            ),
        ),
        Misconception(
            "l2-ignores-correlation",
            Fits(nn.lasso, by_each_feature.implementation),
            Text(
                "L2 is thought to shrink each weight for itself.",
                "以为 L2 对每个权重各自缩小，与其他特征无关。",
            ),
        ),
    ],
    sources=["Zou & Hastie 2005, sections 1 and 2.3", "Hastie et al. 2009, section 3.4.3"],
)
def correlated_features(fits: Fits, _rng: Generator) -> Iterator[Measurement]:
    """Tip the target slightly towards either of two features of correlation 99/101."""
    sine, cosine = 20 / 101, 99 / 101
    x, other = _correlated(sine, cosine)
    yield equals("correlation: 0.98", np.mean(x[:, 0] * x[:, 1]), cosine, ROUNDING)
    for tip in (-0.3, 0.3):
        y = x[:, 0] + x[:, 1] + tip * other
        by_l1, by_l2 = _closed_form(tip, 0.5, cosine, sine)
        got = fits.lasso(x, y, penalty=0.5)
        yield equals(f"features that L1 keeps, noise {tip}", np.sum(got != 0), 1.0, EXACT)
        yield equals(f"w of L1, noise {tip}", got, by_l1, ROUNDING)
        got = fits.ridge(x, y, penalty=0.5)
        yield equals(f"features that L2 keeps, noise {tip}", np.sum(got != 0), 2.0, EXACT)
        yield equals(f"w of L2, noise {tip}", got, by_l2, ROUNDING)
        apart = abs(by_l2[0] - by_l2[1])
        yield equals(f"|w₁ - w₂| of L2, noise {tip}", abs(got[0] - got[1]), apart, ROUNDING)


class _Shrinkage(NamedTuple):
    least_squares: Callable[..., Any]
    ridge: Callable[..., Any]


def _as_ridge(name: str, ridge: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, _Shrinkage(nn.least_squares, ridge), Text(en, zh), notes)


@claim(
    "regularization.correlated-variance",
    en="L2 helps most where features are correlated. At a correlation of 0.96 the variance of two"
    " least-squares weights is 12.8 times that of uncorrelated ones; a penalty of 0.1 brings it"
    " down to 1.25, but uncorrelated ones only from 1 to 0.826.",
    zh="特征相关时 L2 的作用最大。相关系数为 0.96 时，两个最小二乘权重的方差是不相关时的 12.8 倍；"
    "强度为 0.1 的惩罚把它降到 1.25，而对不相关的特征，只是从 1 降到 0.826。",
    notes="3.2.1",
    on=_Shrinkage(nn.least_squares, nn.ridge),
    misconceptions=[
        _as_ridge(
            "l2-for-uncorrelated",
            by_each_feature.implementation,
            "L2 is recommended for unrelated features, as if it treated each weight on its own.",
            "以为 L2 适合互不相关的特征，好像它是对每个权重单独处理的。",
            notes="3.2.1",
        ),
        _as_ridge(
            "same-share-of-all",
            lambda x, y, *, penalty: nn.least_squares(x, y) / (1 + penalty),
            "Every direction is thought to shrink by 1/(1 + λ).",
            "以为每个方向都缩小到 1/(1 + λ)。",
        ),
        _as_ridge(
            "penalty-of-a-sum",
            lambda x, y, *, penalty: nn.ridge(x, y, penalty=penalty / len(x)),
            "The penalty is divided by the number of examples.",
            "惩罚强度多除了一次样本数。",
        ),
    ],
    sources=["Hoerl & Kennard 1970, sections 1 and 3"],
)
def correlated_variance(fits: _Shrinkage, _rng: Generator) -> Iterator[Measurement]:
    """Add up the squares of what each weight answers to unit noise in each label."""
    unit = np.eye(8)
    for cosine, sine in ((0.96, 0.28), (0.0, 1.0)):
        x, _ = _correlated(sine, cosine)
        plain = 8 * np.mean(np.sum(fits.least_squares(x, unit) ** 2, axis=1))
        curvatures = 1 + cosine, 1 - cosine
        expected = sum(1 / h for h in curvatures) / 2
        yield equals(f"N Var w, λ = 0, correlation {cosine:g}", plain, expected, ROUNDING)
        kept = 8 * np.mean(np.sum(fits.ridge(x, unit, penalty=0.1) ** 2, axis=1))
        expected = sum(h / (h + 0.1) ** 2 for h in curvatures) / 2
        yield equals(f"N Var w, λ = 0.1, correlation {cosine:g}", kept, expected, ROUNDING)
