"""Softmax by itself: what does not change it, what does, and its logarithm far out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.losses import oracle
from studydl.claims.losses._experiments import confidence_by_temperature
from studydl.claims.losses._quantities import first_of_two, sharpened
from studydl.nn import losses as nn
from studydl.nn.activations import sigmoid
from studydl.verification.claim import claim, misconception
from studydl.verification.measure import at_most, equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["log_softmax_far", "softmax_scale", "softmax_shift"]

_SOFTMAX = "Goodfellow, Bengio & Courville 2016, section 6.2.2.3"
_NUMERICS = "Goodfellow, Bengio & Courville 2016, section 4.1"


@misconception(
    "without-the-shift",
    en="e^z over its sum is right on paper; in a computer e^1000 is infinite.",
    zh="e^z 除以总和在纸面上是对的；但在计算机里 e^1000 是无穷大。",
)
def without_the_shift(z: Any) -> Any:
    e = np.exp(z)
    return e / np.sum(e, axis=-1, keepdims=True)


@misconception(
    "shifts-by-the-minimum",
    en="Any shift leaves softmax as it is, so the minimum is thought to do as well.",
    zh="平移多少都不改变 softmax，于是以为减去最小值也行。",
)
def shifts_by_the_minimum(z: Any) -> Any:
    e = np.exp(z - np.min(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@misconception(
    "divides-by-the-sum",
    en="The logits themselves are divided by their sum, without exponentials.",
    zh="没有取指数，直接用 logit 除以它们的和。",
)
def divides_by_the_sum(z: Any) -> Any:
    return np.asarray(z) / np.sum(z, axis=-1, keepdims=True)


@misconception(
    "over-the-whole-batch",
    en="The sum is taken over all rows together.",
    zh="对所有行一起求和。",
)
def over_the_whole_batch(z: Any) -> Any:
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


@misconception(
    "divides-by-the-maximum",
    en="Large logits are tamed by dividing them by the largest instead of subtracting it.",
    zh="为了避免溢出，用除以最大值代替减去最大值。",
)
def divides_by_the_maximum(z: Any) -> Any:
    return nn.softmax(z / np.max(np.abs(z), axis=-1, keepdims=True))


@claim(
    "losses.softmax-shift",
    en="A constant added to all logits changes no probability; with their maximum subtracted,"
    " softmax is exact for large logits too: 1000 and 999 give 0.731 and 0.269, as 1 and 0 do, and"
    " so do -999 and -1000. Each row sums to 1.",
    zh="所有 logit 加上同一个常数，概率不变；先减去最大值再计算，logit 很大时 softmax 也精确："
    "1000 和 999 得到 0.731 和 0.269，与 1 和 0 的结果相同，-999 和 -1000 也一样。每行之和为 1。",
    notes="Z.5",
    on=nn.softmax,
    misconceptions=[
        without_the_shift,
        shifts_by_the_minimum,
        divides_by_the_sum,
        over_the_whole_batch,
        divides_by_the_maximum,
    ],
    sources=[_NUMERICS, _SOFTMAX],
    quantities=[first_of_two],
)
def softmax_shift(softmax: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure three shifts of two logits, then rows of several against fifty digits."""
    p = 1 / (1 + math.exp(-1))
    for high, low in ((1.0, 0.0), (1000.0, 999.0), (-999.0, -1000.0)):
        first, second = softmax(np.array([high, low]))
        yield equals(f"softmax({high:g}, {low:g})₁", first, p, ROUNDING)
        yield equals(f"softmax({high:g}, {low:g})₂", second, 1 - p, ROUNDING)
    z = rng.normal(scale=3, size=(4, 5))
    exact = [oracle.softmax(row) for row in z]
    yield equals("softmax(z)", softmax(z), exact, ROUNDING, at=z)
    wide = np.array([[-1000.0, 0.0, 1000.0], [1000.0, 1000.0, -1000.0], [-800.0, -801.0, 3.0]])
    exact = [oracle.softmax(row) for row in wide]
    yield equals("softmax(z), z to ±1000", softmax(wide), exact, ROUNDING, at=wide)
    yield equals("Σₖ softmax(z)ₖ", np.sum(softmax(z), axis=1), 1.0, ROUNDING)
    largest = np.finfo(np.float64).max
    ends = softmax(np.array([[-largest, largest, 0.0], [-largest, -largest, -largest / 2]]))
    yield equals("softmax(z), z to ±1.8e308", ends, [[0, 1, 0], [0, 0, 1]], EXACT)


@misconception(
    "scale-does-not-matter",
    en="Only the order of the logits, or their shares of the sum, are thought to count.",
    zh="以为只有 logit 的大小次序或相对比例起作用。",
)
def scale_does_not_matter(z: Any) -> Any:
    return nn.softmax(z / np.max(np.abs(z), axis=-1, keepdims=True))


@misconception(
    "one-sigmoid-each",
    en="A sigmoid of each logit by itself is thought to do the same.",
    zh="以为对每个 logit 单独取 Sigmoid 效果相同。",
)
def one_sigmoid_each(z: Any) -> Any:
    return sigmoid(z)


@misconception(
    "takes-the-maximum",
    en="By its name, softmax is expected to give everything to the largest logit.",
    zh="顾名思义，以为 softmax 把全部概率都给最大的 logit。",
)
def takes_the_maximum(z: Any) -> Any:
    rows = np.asarray(z)
    return np.eye(rows.shape[-1])[np.argmax(rows, axis=-1)]


@claim(
    "losses.softmax-scale",
    en="Softmax of two logits is the sigmoid of their difference, and it depends on their scale:"
    " logits log 3 and 0 give the probability 0.75, twice as large ones 0.9, for doubling the"
    " logits squares the ratio of the probabilities, 3 to 9.",
    zh="两个 logit 的 softmax 就是其差值的 Sigmoid；它确实取决于 logit 的尺度："
    "log 3 与 0 得到概率 0.75，都加倍后得到 0.9，因为 logit 加倍会使概率之比平方，从 3 变成 9。",
    notes="Z.5",
    on=nn.softmax,
    misconceptions=[scale_does_not_matter, one_sigmoid_each, takes_the_maximum],
    sources=[_SOFTMAX, "Hinton, Vinyals & Dean 2015, section 2"],
    quantities=[sharpened],
    experiments=[confidence_by_temperature],
)
def softmax_scale(softmax: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure the pair before and after doubling, then pairs against the sigmoid."""
    z = np.array([math.log(3), 0.0])
    for factor, p, ratio in ((1, 0.75, 3.0), (2, 0.9, 9.0)):
        first, second = softmax(factor * z)
        name = f"{factor} z, z = (log 3, 0)"
        yield equals(f"p₁ of {name}", first, p, ROUNDING)
        # A wrong p₂ of 0 has no ratio: it counts as the smallest number.
        yield equals(f"p₁/p₂ of {name}", first / (second or 1e-300), ratio, ROUNDING)
    rows = rng.normal(scale=4, size=(9, 2))
    exact = [oracle.logistic(a - b) for a, b in rows]
    yield equals("softmax(a, b)₁ = σ(a - b)", softmax(rows)[:, 0], exact, ROUNDING)


@misconception(
    "logarithm-second",
    en="log(softmax(z)) in two steps is right on paper; in a computer it is log(0).",
    zh="分两步计算 log(softmax(z))，在纸面上是对的；但在计算机里会变成 log(0)。",
)
def logarithm_second(z: Any) -> Any:
    return np.log(nn.softmax(z))


@misconception(
    "adds-a-floor",
    en="A floor of 1e-15 under the probability keeps the logarithm finite and is thought harmless.",
    zh="给概率加一个下限 1e-15，对数就有限了，于是以为没有影响。",
)
def adds_a_floor(z: Any) -> Any:
    return np.log(nn.softmax(z) + 1e-15)


@misconception(
    "only-shifts",
    en="The logits less their maximum are taken for the logarithms.",
    zh="把减去最大值之后的 logit 当成对数概率。",
)
def only_shifts(z: Any) -> Any:
    return z - np.max(z, axis=-1, keepdims=True)


@misconception(
    "over-the-whole-batch",
    en="The sum is taken over all rows together.",
    zh="对所有行一起求和。",
)
def logarithm_over_the_batch(z: Any) -> Any:
    shifted = z - np.max(z)
    return shifted - np.log(np.sum(np.exp(shifted)))


@claim(
    "losses.log-softmax",
    en="Log-softmax is the logit minus the logarithm of the sum of exponentials; computed as one"
    " step it stays finite where the probability underflows: logits 1000, 0 and -1000 give 0,"
    " -1000 and -2000.",
    zh="log-softmax 等于 logit 减去“指数之和的对数”；合成一步计算时，即使概率下溢也保持有限："
    "logit 为 1000、0 和 -1000 时，结果是 0、-1000 和 -2000。",
    notes="Z.5",
    on=nn.log_softmax,
    misconceptions=[logarithm_second, adds_a_floor, only_shifts, logarithm_over_the_batch],
    sources=[_SOFTMAX, _NUMERICS],
)
def log_softmax_far(log_softmax: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Measure three far logits, then rows against logarithms of fifty digits."""
    far = np.array([1000.0, 0.0, -1000.0])
    for logit, value, expected in zip(far, log_softmax(far), (0, -1000, -2000), strict=True):
        yield equals(f"log softmax(1000, 0, -1000) at {logit:g}", value, expected, EXACT)
    z = rng.normal(scale=4, size=(4, 5))
    exact = [list(map(math.log, oracle.softmax(row))) for row in z]
    yield equals("log softmax(z)", log_softmax(z), exact, ROUNDING, at=z)
    largest = np.finfo(np.float64).max
    ends = log_softmax(np.array([[-largest, largest, 0.0], [-largest, -1.0, 2.0]]))
    yield equals("P(finite), z to ±1.8e308", np.mean(np.isfinite(ends)), 1.0, EXACT)
    yield at_most("log softmax(z), z to ±1.8e308", ends, 0.0, EXACT)
    sums = np.sum(np.exp(log_softmax(z)), axis=1)
    yield equals("Σₖ e^(log softmax(z)ₖ)", sums, 1.0, ROUNDING)
