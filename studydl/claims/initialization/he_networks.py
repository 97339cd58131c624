"""What He initialisation makes up for, and what it keeps through a deep network (notes 4.4)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.initialization._experiments import relu_signal_by_he
from studydl.claims.initialization._networks import System, drawn, profile
from studydl.claims.initialization._wrong_schemes import scheme, xavier_for_relu
from studydl.language import Text
from studydl.nn import activations
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement, Series

__all__ = ["he_depth", "he_mean_square", "he_one_direction"]

_HE = "He, Zhang, Ren & Sun 2015, section 2.2"

_LEFT = (1 - 1 / math.pi) / 2
"""The variance of relu(z) for a standard normal z: 1/2 - 1/(2π)."""


_keeps_the_variance = Misconception(
    "keeps-the-variance",
    scheme(lambda m, _: 1 / (_LEFT * m)),
    Text(
        "He is thought to keep the variance of the activations: 2.93/fan_in would do that once.",
        "以为He保持的是激活值的方差；若要保持一次方差，需要的是2.93/fan_in。",
    ),
    notes="4.4",
)
_both_directions = Misconception(
    "both-directions",
    scheme(lambda m, n: 4 / (m + n)),
    Text(
        "He is thought to average both fans, on the same principle as Xavier.",
        "以为He与Xavier原理一样，对两个fan取平均，同时照顾两个方向。",
    ),
    notes="4.4",
)


def _run(system: System, rng: Generator, widths: list[int], x: Any) -> tuple[Any, list[Any]]:
    weights = drawn(system, rng, widths)
    return system.forward(x, weights, activations.relu).activations, weights


@claim(
    "initialization.he-depth",
    en="In a ReLU network of equally wide layers He initialisation keeps the activations' mean"
    " square: the factor is 1 per layer. Xavier's weights, which are 1/√2 times He's, halve it"
    " in each layer, by 0.5, and leave 9.31e-10 of it after 30.",
    zh="在各层等宽的ReLU网络中，He初始化保持激活值的均方值：每层的因子是1。"
    "Xavier的权重是He的1/√2，每层都使它减半（0.5），30层之后只剩9.31e-10。",
    notes="4.4",
    on=System(nn.he_uniform),
    misconceptions=[
        xavier_for_relu,
        _keeps_the_variance,
        Misconception(
            "two-on-the-weights",
            scheme(lambda m, _: 4 / m),
            Text(
                "The weights, instead of their variance, are doubled.",
                "把权重本身（而不是方差）加倍。",
            ),
        ),
    ],
    sources=[f"{_HE}, equations 9 to 14"],
)
def he_depth(system: System, rng: Generator) -> Iterator[Measurement | Series]:
    """Average the factors of 30 layers: given its input, a layer's are independent over units."""
    layers, width = 30, 256
    x = rng.normal(size=(4, width))
    widths = [width] * (layers + 1)
    outputs, weights = _run(system, rng, widths, x)
    squares = np.array([np.asarray(system.moments([h[:1]]).mean_square)[0] for h in outputs])
    factors = squares[1:] / np.maximum(squares[:-1], 1e-300)
    # E[relu(s)^4] / E[relu(s)^2]^2 = 6, so that a layer's factor has the relative variance 5/width.
    error = math.sqrt(5 / width / layers)
    yield equals("E[h(l+1)²] / E[h(l)²]", np.mean(factors), 1.0, five_standard_errors(error))
    smaller = [w / math.sqrt(2) for w in weights]
    fewer = system.forward(x, smaller, activations.relu).activations
    halved = np.sum(fewer[1] ** 2) / np.sum(outputs[1] ** 2)
    yield equals("E[h₁²], W/√2 over W", halved, 0.5, ROUNDING)
    ratio = np.sum(fewer[-1] ** 2) / np.sum(outputs[-1] ** 2)
    yield equals("E[h²], W/√2 over W, 30 layers, / 9.31e-10", ratio / 2.0**-30, 1.0, ROUNDING)
    yield equals("E[h²], W/√2 over W, 30 layers", ratio, 2.0**-30, ROUNDING)
    mean_squares = np.asarray(system.moments(outputs).mean_square)
    name = "log₁₀ E[h²]"
    y = np.log10(mean_squares + 1e-300)
    yield curve(name, np.arange(layers + 1), y, x_label="l", y_label=name)


@claim(
    "initialization.he-mean-square",
    en="What He initialisation keeps through ReLU is the mean square, not the variance: for inputs"
    " of mean 0 and variance 1 the first layer's activations have mean square 1, mean 0.564 and"
    " variance 0.682.",
    zh="He初始化经过ReLU保持的是均方值而不是方差：输入均值为0、方差为1时，"
    "第一层激活值的均方值为1，均值为0.564，方差为0.682。",
    notes="4.4",
    on=System(nn.he_normal),
    misconceptions=[
        _keeps_the_variance,
        xavier_for_relu,
        Misconception(
            "centres-the-output",
            System(
                nn.he_normal,
                forward=lambda x, w, f: nn.forward(x, w, lambda s: f(s) - np.mean(f(s))),
            ),
            Text(
                "Activations are taken to have mean 0, as the states have.",
                "以为激活值也像状态值那样均值为0。",
            ),
        ),
    ],
    sources=[f"{_HE}, equations 7 and 8"],
    experiments=[relu_signal_by_he],
)
def he_mean_square(system: System, rng: Generator) -> Iterator[Measurement]:
    """Measure many units on standardised inputs, given which their states are independent."""
    fan_in, units = 100, 8000
    x = rng.normal(size=(4, fan_in))
    # Each example by itself, so that its units' states have variance 2.
    x = (x - np.mean(x, axis=1, keepdims=True)) / np.std(x, axis=1, keepdims=True)
    outputs, _ = _run(system, rng, [fan_in, units], x)
    found = system.moments(outputs)
    mean = 1 / math.sqrt(math.pi)
    error = five_standard_errors(math.sqrt(5 / units))
    yield equals("E[h₁²]", found.mean_square[1], 1.0, error)
    error = five_standard_errors(math.sqrt((1 - mean**2) / units))
    yield equals("E[h₁]", found.mean[1], mean, error)
    # Var(h) = E[h^2] - E[h]^2: both errors, as if they added up.
    error = five_standard_errors(math.sqrt(5 / units))
    yield equals("Var(h₁) = 1 - 1/π", found.variance[1], 1 - mean**2, error)
    rest = np.asarray(found.mean_square) - np.square(found.mean)
    yield equals("Var(h) = E[h²] - E[h]²", found.variance, rest, ROUNDING)
    yield equals("E[h₀]", found.mean[0], 0.0, ROUNDING)
    yield equals("E[h₀²]", found.mean_square[0], 1.0, ROUNDING)


@claim(
    "initialization.he-one-direction",
    en="He initialisation serves one direction at a time: with 2/fan_in the forward factor is 1,"
    " but the backward one is fan_out/fan_in, 4 from 20 units to 80 and 0.25 from 80 to 20. Yet"
    " these ratios cancel over the layers, so that the gradient's size ends up as 1 again.",
    zh="He初始化一次只照顾一个方向：取2/fan_in时前向因子为1，反向因子却是fan_out/fan_in，"
    "从20个单元到80个是4，从80个到20个是0.25。不过这些比值逐层相消，"
    "最终梯度的大小又回到1倍。",
    notes="4.4",
    on=System(nn.he_normal),
    misconceptions=[
        _both_directions,
        xavier_for_relu,
        Misconception(
            "fan-out-for-fan-in",
            System(lambda rng, m, n, **_: nn.he_normal(rng, m, n, fan="out")),
            Text(
                "The forward pass is thought to hang on the number of outputs.",
                "以为前向传播取决于输出个数。",
            ),
        ),
    ],
    sources=[f"{_HE}, equations 10 and 14 and the discussion after them"],
)
def he_one_direction(system: System, rng: Generator) -> Iterator[Measurement]:
    """Average the factors of layers of one shape; small ones, so that there are many."""
    pairs, networks = 30, 8
    widths = [20, 80] * pairs + [20]
    forward, backward = np.zeros((2, networks, 2 * pairs))
    for k in range(networks):
        weights = drawn(system, rng, widths)
        x, c = rng.normal(size=(2, 1, 20))
        found = profile(system, weights, x, c, activations.relu, activations.relu_gradient)
        forward[k] = found.activations[1:] / np.maximum(found.activations[:-1], 1e-300)
        # From the state of one layer to that of the layer before it.
        backward[k, 1:] = found.states[:-1] / np.maximum(found.states[1:], 1e-300)
    # A unit's square has the relative variance 5 both ways, as in `he_depth`.
    error = np.sqrt(5 / np.array([80, 20]) / (pairs * networks - networks))
    means = {}
    # The first layer's own way back ends at the input, not at a state: layers 3, 5, ... remain.
    for name, first, behind in (("20→80", 0, 2), ("80→20", 1, 1)):
        tolerance = five_standard_errors(float(error[first]))
        yield equals(f"E[h²] out / in, {name}", np.mean(forward[:, first::2]), 1.0, tolerance)
        means[name] = float(np.mean(backward[:, behind::2]))
        expected = 80 / 20 if first == 0 else 20 / 80
        tolerance = five_standard_errors(expected * float(error[1 - first]))
        yield equals(f"E[δ²] in / out, {name}", means[name], expected, tolerance)
    tolerance = five_standard_errors(float(np.hypot(*error)))
    yield equals("E[δ²], both shapes", means["20→80"] * means["80→20"], 1.0, tolerance)
    sample = np.square(system.initialize(rng, 200, 400))
    tolerance = five_standard_errors(2 * math.sqrt(2 / 80_000))
    yield equals("fan_in · Var(W), 2/fan_in", 200 * np.mean(sample), 2.0, tolerance)
