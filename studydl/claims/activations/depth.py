"""What becomes of a gradient on its way through many layers of ReLU or Leaky ReLU."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.activations._experiments import inactive_half
from studydl.claims.activations._quantities import inactive_factor
from studydl.claims.activations.leaky_relu import upside_down, zero_below
from studydl.claims.activations.relu import grows_with_the_input, one_everywhere
from studydl.claims.activations.sigmoid import forgot_one_minus
from studydl.claims.activations.unit import Rectifier
from studydl.language import Text
from studydl.nn import activations as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import at_most, equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.activations.oracle import Array
    from studydl.verification.evidence import Measurement

__all__ = [
    "leaky_relu_inactive_path",
    "relu_active_path",
    "relu_small_weights",
]

_GLOROT_2011 = "Glorot, Bordes & Bengio 2011, section 3.1"
_HE = "He, Zhang, Ren & Sun 2015, section 2.2"
_PASCANU = "Pascanu, Mikolov & Bengio 2013, section 2.1"
_BENGIO = "Bengio, Simard & Frasconi 1994, section IV"


class _Slopes(NamedTuple):
    relu: Callable[[Any], Any]
    sigmoid: Callable[[Any], Any]


def _slopes(name: str, relu: Any, sigmoid: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, _Slopes(relu, sigmoid), Text(en, zh), notes)


@claim(
    "activations.relu-active-path",
    en="Through twenty active ReLU units the product of the slopes is exactly 1, whatever their"
    " inputs; one inactive unit makes it 0. Through twenty sigmoids it is at most 9.09e-13.",
    zh="穿过二十个激活的 ReLU 单元，斜率的乘积恒等于 1，与输入大小无关；只要有一个未激活，"
    "乘积就是 0。"
    "穿过二十个 Sigmoid，乘积最多只有 9.09e-13。",
    notes="1.1",
    on=_Slopes(nn.relu_gradient, nn.sigmoid_gradient),
    misconceptions=[
        _slopes(
            "survives-an-inactive-unit",
            one_everywhere.implementation,
            nn.sigmoid_gradient,
            "“ReLU's gradient is 1” is taken to hold on every path.",
            "以为“ReLU 的梯度为 1”在任何路径上都成立。",
            notes="1.1",
        ),
        _slopes(
            "grows-through-depth",
            grows_with_the_input.implementation,
            nn.sigmoid_gradient,
            "“The gradient is large” is read as growing with the input.",
            "把“梯度大”理解成梯度随输入增大。",
        ),
        _slopes(
            "halves-per-layer",
            nn.relu_gradient,
            forgot_one_minus.implementation,
            "The sigmoid's slope at 0 is taken to be its value there, 1/2.",
            "把 Sigmoid 在 0 处的函数值 1/2 当成该处的斜率。",
        ),
    ],
    sources=[_GLOROT_2011, _BENGIO],
)
def relu_active_path(slopes: _Slopes, rng: Generator) -> Iterator[Measurement]:
    """Multiply slopes at inputs of very different sizes, and at the sigmoid's best."""
    active = np.exp(rng.uniform(-5, 5, size=20))
    yield equals("∏ relu'(xᵢ), all active", np.prod(slopes.relu(active)), 1.0, EXACT)
    broken = np.where(np.arange(20) == 7, -active, active)
    yield equals("∏ relu'(xᵢ), one inactive", np.prod(slopes.relu(broken)), 0.0, EXACT)
    yield equals("∏ σ'(0)", np.prod(slopes.sigmoid(np.zeros(20))), 2.0**-40, EXACT)
    product = np.prod(slopes.sigmoid(rng.normal(size=20)))
    yield at_most("∏ σ'(xᵢ)", product, 2.0**-40, EXACT)


def _input_gradient(unit: Rectifier, weights: list[Array], x: Array) -> Array:
    """Return the gradient of the last layer's sum with respect to the first layer's input."""
    masks = []
    for w in weights:
        z = x @ w
        masks.append(unit.slope(z))
        x = unit.value(z)
    gradient = np.ones_like(x)
    for w, mask in zip(reversed(weights), reversed(masks), strict=True):
        gradient = (gradient * mask) @ w.T
    return gradient


def _smooth_step(x: Any) -> Any:
    return np.exp(-np.logaddexp(0.0, -x))


@claim(
    "activations.relu-small-weights",
    en="ReLU alone does not keep a gradient from vanishing: halving every weight of a twenty-layer"
    " ReLU network of He's initialisation multiplies the gradient at its input by 9.54e-7.",
    zh="仅靠 ReLU 不能阻止梯度消失：把采用 He 初始化的二十层 ReLU 网络的所有权重减半，"
    "输入处的梯度就变为原来的 9.54e-7 倍。",
    notes="1.1",
    on=Rectifier(nn.relu, nn.relu_gradient),
    misconceptions=[
        Misconception(
            "saturates-like-tanh",
            Rectifier(nn.tanh, nn.tanh_gradient),
            Text(
                "Every activation is expected to react to smaller weights as tanh does.",
                "以为所有激活函数对权重变小的反应都与 tanh 相同。",
            ),
        ),
        Misconception(
            "forgets-the-mask",
            Rectifier(nn.relu, one_everywhere.implementation),
            Text(
                "“ReLU's gradient is 1” is applied to the inactive half as well.",
                "把“ReLU 的梯度为 1”也用到未激活的一半单元上。",
            ),
            notes="1.1",
        ),
        Misconception(
            "rounds-the-corner",
            Rectifier(lambda x: np.logaddexp(0.0, x), _smooth_step),
            Text(
                "The softplus is expected to scale as ReLU does.",
                "以为 softplus 与 ReLU 一样随输入等比例缩放。",
            ),
        ),
    ],
    sources=[_HE, _PASCANU],
)
def relu_small_weights(unit: Rectifier, rng: Generator) -> Iterator[Measurement]:
    """Compare elementwise: a power of two scales a ReLU network without any rounding."""
    width, depth = 64, 20
    he = math.sqrt(2 / width)
    weights = [rng.normal(scale=he, size=(width, width)) for _ in range(depth)]
    x = rng.normal(size=width)
    full = _input_gradient(unit, weights, x)
    half = _input_gradient(unit, [w / 2 for w in weights], x)
    yield equals("∂y/∂x of W/2 over ∂y/∂x of W", half / full, 2.0**-depth, EXACT)
    # He's variance keeps the norm of sqrt(width) = 8; over nets it varies by a factor of 2.
    norm = float(np.linalg.norm(full)) / math.sqrt(width)
    yield exceeds("|∂y/∂x| / |∂y/∂y|, W", norm, 0.02)
    yield stays_below("|∂y/∂x| / |∂y/∂y|, W, at most", norm, 50.0)


@claim(
    "activations.leaky-relu-inactive-path",
    en="Leaky ReLU's gradient is never 0, yet it vanishes through inactive units: with slope 0.01,"
    " ten of them leave 1e-20 of it, and five of them 1e-10.",
    zh="Leaky ReLU 的梯度永不为 0，但穿过未激活的单元时仍会消失：斜率为 0.01 时，"
    "经过十个只剩 1e-20，经过五个只剩 1e-10。",
    notes="1.2",
    on=nn.leaky_relu_gradient,
    misconceptions=[
        Misconception(
            "never-vanishes",
            one_everywhere.implementation,
            Text(
                "A repair of ReLU's zero gradient is thought to pass the whole gradient.",
                "以为修正了 ReLU 的零梯度，就能让梯度完整通过。",
            ),
            notes="1.2",
        ),
        zero_below,
        upside_down,
    ],
    sources=["Maas, Hannun & Ng 2013, section 2", _PASCANU],
    quantities=[inactive_factor],
    experiments=[inactive_half],
)
def leaky_relu_inactive_path(slope: Callable[[Any], Any], rng: Generator) -> Iterator[Measurement]:
    """Multiply slopes along paths of ten units."""
    x = rng.uniform(0.1, 9, size=10)
    yield equals("∏ leaky'(xᵢ) / 1e-20", np.prod(slope(-x)) / 1e-20, 1.0, ROUNDING)
    mixed = np.where(np.arange(10) % 2 == 0, x, -x)
    yield equals("∏ leaky'(xᵢ) / 1e-10", np.prod(slope(mixed)) / 1e-10, 1.0, ROUNDING)
    yield equals("∏ leaky'(xᵢ), all active", np.prod(slope(x)), 1.0, EXACT)
    yield equals("leaky'(x), slope 0.01", slope(-x), 0.01, EXACT, at=-x)
    yield equals("P(leaky'(x) = 0)", np.mean(slope(-x) == 0), 0.0, EXACT)
