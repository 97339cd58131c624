"""How low a cross-entropy can get: the entropy of the targets, log k without a clue, below 0."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.losses import oracle
from studydl.claims.losses._experiments import loss_of_random_logits, smallest_loss
from studydl.claims.losses._wrong_values import distributions
from studydl.nn import losses as nn
from studydl.nn.losses import log_softmax, softmax
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import at_least, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["cross_entropy_minimum", "density_cross_entropy", "equal_logits"]

_GOODFELLOW = "Goodfellow, Bengio & Courville 2016, section 3.13"


@misconception(
    "minimum-is-zero",
    en="The divergence alone is taken for the cross-entropy, so that a perfect prediction costs 0.",
    zh="把 KL 散度当成交叉熵，于是以为预测完美时代价为 0。",
)
def minimum_is_zero(z: Any, y: Any) -> Any:
    rows = distributions(z, y)
    entropies = -np.sum(rows * np.log(np.where(rows > 0, rows, 1.0)), axis=1)
    return nn.cross_entropy(z, y) - np.mean(entropies)


@misconception(
    "reverses-the-roles",
    en="Target and prediction change places: -Σ p log y.",
    zh="目标与预测的位置写反了：-Σ p log y。",
)
def reverses_the_roles(z: Any, y: Any) -> Any:
    rows = np.maximum(distributions(z, y), 1e-300)
    return -np.mean(np.sum(softmax(z) * np.log(rows), axis=1))


@misconception(
    "entropy-of-the-prediction",
    en="The prediction's own entropy is minimised, without a look at the target.",
    zh="最小化的是预测自身的熵，根本没有看目标。",
)
def entropy_of_the_prediction(z: Any, _y: Any) -> Any:
    return -np.mean(np.sum(softmax(z) * log_softmax(z), axis=1))


@misconception(
    "rounds-the-target",
    en="Only the likeliest class of the target is thought to count.",
    zh="以为目标分布中只有概率最大的那一类起作用。",
)
def rounds_the_target(z: Any, y: Any) -> Any:
    return nn.cross_entropy(z, np.argmax(distributions(z, y), axis=1))


@claim(
    "losses.cross-entropy-minimum",
    en="The cross-entropy is the entropy of the target plus the Kullback-Leibler divergence of the"
    " prediction from it, so it is least where the prediction is the target, and least means the"
    " target's entropy: 0.562 for the target (0.25, 0.75), and 0 for a certain target only.",
    zh="交叉熵等于目标分布的熵加上目标与预测之间的 KL 散度，因此预测等于目标时最小，"
    "最小值就是目标的熵：目标为 (0.25, 0.75) 时是 0.562，只有目标确定无疑时才是 0。",
    notes="Z.5",
    on=nn.cross_entropy,
    misconceptions=[
        minimum_is_zero,
        reverses_the_roles,
        entropy_of_the_prediction,
        rounds_the_target,
    ],
    sources=[_GOODFELLOW, "Cover & Thomas 2006, theorems 2.6.3 and 5.4.3"],
    experiments=[smallest_loss],
)
def cross_entropy_minimum(loss: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the sum, the least value at the target, and that no other prediction gets below."""
    targets = np.array([0.25, 0.75])
    at_target = loss(np.log(targets)[None], targets[None])
    yield equals("C at p = (0.25, 0.75) = y", at_target, oracle.entropy(targets), ROUNDING)
    certain = loss(np.array([[0.0, 1000.0]]), np.array([[0.0, 1.0]]))
    yield equals("C at p = (0, 1) = y", certain, 0.0, EXACT)
    z, y = rng.normal(scale=2, size=(5, 4)), rng.dirichlet(np.ones(4), size=5)
    p = [oracle.softmax(row) for row in z]
    entropies = [oracle.entropy(row) for row in y]
    divergences = [
        math.fsum(t * math.log(t / s) for t, s in zip(*pair, strict=True))
        for pair in zip(y, p, strict=True)
    ]
    total = math.fsum(entropies) / 5 + math.fsum(divergences) / 5
    yield equals("C = H(y) + KL(y, p), n = 5", loss(z, y), total, ROUNDING)
    each = [loss(z[i : i + 1], y[i : i + 1]) for i in range(5)]
    yield at_least("C ≥ H(y)", each, entropies, ROUNDING)


@misconception(
    "chance-of-a-mistake",
    en="The share of wrong guesses, 1 - 1/k, is taken for the loss.",
    zh="把猜错的比例 1 - 1/k 当成损失。",
)
def chance_of_a_mistake(z: Any, y: Any) -> Any:
    return 1 - np.mean(np.sum(distributions(z, y) * softmax(z), axis=1))


@misconception(
    "averages-over-classes",
    en="The mean is taken over examples and classes, as a loss of independent classes would.",
    zh="对样本和类别一起取平均，就像各类别相互独立时那样。",
)
def averages_over_classes(z: Any, y: Any) -> Any:
    return nn.cross_entropy(z, y) / np.shape(z)[1]


@misconception(
    "counts-in-bits",
    en="Information is counted in bits, with logarithms to base two.",
    zh="按信息论的习惯用以二为底的对数，以比特计。",
)
def counts_in_bits(z: Any, y: Any) -> Any:
    return nn.cross_entropy(z, y) / np.log(2)


@misconception(
    "softmax-twice",
    en="Softmax is put before a loss that has it inside already.",
    zh="损失函数里已经有 softmax，前面又加了一次。",
)
def softmax_twice(z: Any, y: Any) -> Any:
    return nn.cross_entropy(softmax(z), y)


@claim(
    "losses.equal-logits",
    en="A classifier whose logits are equal has a cross-entropy of log k, whatever the labels are:"
    " 0.693 for 2 classes, 2.303 for 10, 6.908 for 1000. Where all classes are equally frequent,"
    " nothing that ignores the input does better.",
    zh="各类 logit 都相等的分类器，交叉熵是 log k，与标签无关："
    "2 类时为 0.693，10 类时为 2.303，1000 类时为 6.908。"
    "若各类出现的频率相同，不看输入的预测都不会比它更好。",
    notes="Z.5",
    on=nn.cross_entropy,
    misconceptions=[chance_of_a_mistake, averages_over_classes, counts_in_bits, softmax_twice],
    sources=["Cover & Thomas 2006, theorem 2.6.4", _GOODFELLOW],
    experiments=[loss_of_random_logits],
)
def equal_logits(loss: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure three numbers of classes, then other constant predictions on balanced labels."""
    for classes in (2, 10, 1000):
        labels, level = rng.integers(0, classes, size=3), rng.normal()
        measured = loss(np.full((3, classes), level), labels)
        yield equals(f"C of equal logits, k = {classes}", measured, math.log(classes), ROUNDING)
    constant = rng.normal(size=(6, 10))
    others = [loss(np.tile(row, (10, 1)), np.arange(10)) for row in constant]
    yield at_least("C of constant logits, k = 10", others, math.log(10), ROUNDING)
    row = [oracle.softmax(each) for each in constant]
    exact = [-math.fsum(map(math.log, p)) / 10 for p in row]
    yield equals("C = -Σ log p / k", others, exact, ROUNDING)


@misconception(
    "never-negative",
    en="“Cross-entropy is not negative” is taken to hold of every cross-entropy.",
    zh="把“交叉熵非负”当成对一切交叉熵都成立。",
    notes="Z.5",
)
def never_negative(means: Any, targets: Any, *, standard_deviation: float) -> Any:
    loss = nn.gaussian_negative_log_likelihood(
        means, targets, standard_deviation=standard_deviation
    )
    return np.maximum(loss, 0.0)


@misconception(
    "drops-the-normaliser",
    en="Of the density only the exponent is kept, which is a squared error and never negative.",
    zh="只保留密度的指数部分，那就是平方误差，永远不会为负。",
)
def drops_the_normaliser(means: Any, targets: Any, *, standard_deviation: float) -> Any:
    return nn.squared_error(means, targets) / standard_deviation**2


@misconception(
    "variance-for-deviation",
    en="The standard deviation is put where the variance belongs.",
    zh="在该用方差的地方用了标准差。",
)
def variance_for_deviation(means: Any, targets: Any, *, standard_deviation: float) -> Any:
    return nn.gaussian_negative_log_likelihood(
        means, targets, standard_deviation=standard_deviation**0.5
    )


@claim(
    "losses.density-cross-entropy",
    en="The cross-entropy of a density can be negative: a normal prediction that is exactly right"
    " costs 0.919 at standard deviation 1 and minus 1.38 at standard deviation 0.1. It changes"
    " sign at 0.399, and as the standard deviation goes to 0 it has no lower limit.",
    zh="概率密度的交叉熵可以为负：预测恰好准确的正态分布，标准差为 1 时代价为 0.919，"
    "标准差为 0.1 时代价为负的 1.38。它在标准差 0.399 处变号；标准差趋于 0 时没有下限。",
    notes="Z.5",
    on=nn.gaussian_negative_log_likelihood,
    misconceptions=[never_negative, drops_the_normaliser, variance_for_deviation],
    sources=[
        "Goodfellow, Bengio & Courville 2016, section 6.2.1.1",
        "Cover & Thomas 2006, section 8.1",
    ],
)
def density_cross_entropy(loss: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure right predictions of several spreads, then wrong ones by their densities."""
    right = rng.normal(size=3)
    half = math.log(2 * math.pi) / 2
    for s in (1.0, 0.1):
        name = f"C at μ = y, s = {s:g}"
        measured = loss(right, right, standard_deviation=s)
        yield equals(name, measured, half + math.log(s), ROUNDING)
    root = 1 / math.sqrt(2 * math.pi)
    at_root = loss(right, right, standard_deviation=root)
    yield equals("C at μ = y, s = 0.399", at_root, 0.0, ROUNDING)
    narrow = loss(right, right, standard_deviation=1e-100)
    expected = half - 100 * math.log(10)
    yield equals("C at μ = y, s = 1e-100", narrow, expected, ROUNDING)
    means, targets = rng.normal(size=7), rng.normal(size=7)
    densities = [
        math.exp(-(((a - y) / 1.5) ** 2) / 2) / math.sqrt(2 * math.pi * 1.5**2)
        for a, y in zip(means, targets, strict=True)
    ]
    exact = -math.fsum(map(math.log, densities)) / 7
    yield equals(
        "C = -Σ log N(y; μ, s)/n", loss(means, targets, standard_deviation=1.5), exact, ROUNDING
    )
