"""What the scale and the arrangement of weights do to a gradient in depth (notes O.1, O.2)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.gradients._experiments import (
    gradient_by_weight_scale,
    one_matrix_again_and_again,
)
from studydl.claims.gradients._networks import (
    Network,
    gaussian_stack,
    norms,
    ones,
    relu,
    relu_slope,
)
from studydl.claims.gradients._wrong_backward import network_rule
from studydl.language import Text
from studydl.nn import gradients as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import at_least, at_most, curve, equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.gradients._networks import Array
    from studydl.verification.evidence import Measurement, Series

__all__ = ["orthogonal_entries", "shared_matrix", "weight_scale"]

_PASCANU = "Pascanu, Mikolov & Bengio 2013, section 2.1"
_SAXE = "Saxe, McClelland & Ganguli 2014, abstract"
_HE = "He, Zhang, Ren & Sun 2015, section 2.2"


def _length_changed(limit: Callable[[Any], Any]) -> Callable[..., Any]:
    """Make a backward pass that holds each layer's lengthening to what ``limit`` allows."""

    def rule(g: Any, w: Any, a: Any, h: Any, _: Any, slope: Any) -> Any:
        delta = g * slope(a)
        back = delta @ w
        factor = norms([back])[0] / norms([g])[0]
        return back * (limit(factor) / factor), delta.T @ h

    return network_rule(rule)


_NETWORK = Network(nn.forward, nn.backward)


@claim(
    "gradients.weight-scale",
    en="The scale of the weights decides in both directions, whatever the activation's slope: in"
    " twenty ReLU layers, doubling He's initial weights multiplies the gradient at the input by"
    " 1048576 and halving them by 9.54e-7; He's own keep it within a factor of 50.",
    zh="权重的尺度在两个方向上都起决定作用，与激活函数导数有多大无关：二十层 ReLU 网络中，"
    "把 He 初始化的权重加倍，输入处的梯度变为 1048576 倍；减半则变为 9.54e-7 倍；"
    "He 初始化本身使梯度变化不超过 50 倍。",
    notes="O.2",
    on=_NETWORK,
    misconceptions=[
        Misconception(
            "slope-of-one-prevents-explosion",
            Network(nn.forward, _length_changed(lambda factor: np.minimum(factor, 1.0))),
            Text(
                "As ReLU's slope is at most 1, no layer is thought to lengthen a gradient.",
                "ReLU 的导数最大也就是 1，于是以为没有哪一层会放大梯度。",
            ),
            "O.1",
        ),
        Misconception(
            "initialisation-only-against-explosion",
            Network(nn.forward, _length_changed(lambda factor: np.maximum(factor, 1.0))),
            Text(
                "Initialisation is listed as a remedy for explosion only, as though weights that"
                " are too small did no harm.",
                "把初始化只列为针对梯度爆炸的办法，好像权重太小没有害处。",
            ),
            "O.2",
        ),
        Misconception(
            "weights-do-not-multiply",
            Network(nn.forward, _length_changed(np.ones_like)),
            Text(
                "The weights are thought to turn a gradient, not to scale it.",
                "以为权重只改变梯度的方向，不改变大小。",
            ),
        ),
    ],
    sources=[_HE, _PASCANU, "Glorot & Bengio 2010, section 4.2.1"],
    experiments=[gradient_by_weight_scale],
)
def weight_scale(network: Network, rng: Generator) -> Iterator[Measurement | Series]:
    """Scale by powers of two, by which a ReLU network is scaled without rounding."""
    depth, width = 20, 64
    he = gaussian_stack(rng, depth, width, math.sqrt(2))
    x, g = rng.normal(size=(2, 1, width))

    def lengths(scale: float) -> tuple[Any, Array]:
        weights = [scale * w for w in he]
        signals = network.forward(x, weights, relu)
        found = network.backward(g, weights, signals, relu_slope).activations
        return found[0], norms(found)

    at_input, kept = lengths(1.0)
    active = at_input != 0
    for scale in (2.0, 0.5):
        scaled, profile = lengths(scale)
        ratio = scaled[active] / at_input[active]
        yield equals(f"∂L/∂h₀ of {scale:g} W / of W", ratio, scale**depth, EXACT)
        layers = np.arange(depth + 1)
        yield curve(f"|∂L/∂hᵢ|, {scale:g} W", layers, profile, x_label="i", y_label="|∂L/∂hᵢ|")
    # Over networks of this width the ratio spreads by a factor of 2 or so.
    yield exceeds("|∂L/∂h₀|/|∂L/∂h₂₀|, W", kept[0] / kept[-1], 1 / 50)
    yield stays_below("|∂L/∂h₀|/|∂L/∂h₂₀|, W, at most", kept[0] / kept[-1], 50.0)
    yield curve("|∂L/∂hᵢ|, W", layers, kept, x_label="i", y_label="|∂L/∂hᵢ|")


@misconception(
    "entries-below-one-shrink",
    en="Each weight is compared with 1, as in a chain of single units.",
    zh="像标量链那样，拿每个权重单独与 1 比较。",
    notes="O.1",
)
@network_rule
def entries_below_one(g: Any, w: Any, a: Any, h: Any, _: Any, slope: Any) -> Any:
    """Multiply by the size of a single entry."""
    delta = g * slope(a)
    return delta * np.mean(np.abs(w)), delta.T @ h


@misconception(
    "rows-add-up",
    en="The absolute weights of a row are summed, which bounds the growth but is not reached.",
    zh="把一行权重的绝对值相加；这只是上界，实际达不到。",
)
@network_rule
def rows_add_up(g: Any, w: Any, a: Any, h: Any, _: Any, slope: Any) -> Any:
    """Multiply by the largest sum of a row."""
    delta = g * slope(a)
    return delta * np.max(np.sum(np.abs(w), axis=1)), delta.T @ h


def _orthogonal_signs(rng: Generator, size: int) -> Array:
    """Return a matrix of ±1 with orthogonal rows (Sylvester's), its rows in a random order."""
    signs = np.ones((1, 1))
    while len(signs) < size:
        signs = np.block([[signs, signs], [signs, -signs]])
    return rng.permutation(signs)


@claim(
    "gradients.orthogonal-entries",
    en="In a layer the singular values count, not the single weights: with 64 units and every"
    " weight 0.25 or -0.25 in orthogonal rows, all singular values are 2, and ten such layers"
    " make any gradient 1024 times as long although no weight exceeds 1.",
    zh="对一层神经元来说，起作用的是权重矩阵的奇异值，而不是单个权重的大小："
    "64 个单元的层，每个权重都是 0.25 或 -0.25 且各行正交时，奇异值全为 2；"
    "尽管没有一个权重超过 1，十层就会使任何梯度变长 1024 倍。",
    notes="O.1",
    on=nn.backward,
    misconceptions=[entries_below_one, rows_add_up],
    sources=[_SAXE, _PASCANU],
)
def orthogonal_entries(backward: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Measure lengths through the special layers, and both bounds on random ones."""
    width = 64
    weights = [0.25 * _orthogonal_signs(rng, width) for _ in range(10)]
    g = rng.normal(size=(3, width))
    signals = _linear_signals(weights, rng)
    lengths = np.linalg.norm(backward(g, weights, signals, ones).activations[0], axis=1)
    ratios = lengths / np.linalg.norm(g, axis=1)
    yield equals("|∂L/∂h₀|/|∂L/∂h₁₀|, |w| = 0.25, n = 64", ratios, 1024.0, ROUNDING)
    values = np.linalg.svd(weights[0], compute_uv=False)
    yield equals("singular values, |w| = 0.25 < 1", values, 2.0, ROUNDING)

    weights = gaussian_stack(rng, 4, width, 1.0)
    back = backward(g, weights, _linear_signals(weights, rng), ones).activations
    for i, w in enumerate(weights):
        values = np.linalg.svd(w, compute_uv=False)
        ratio = np.linalg.norm(back[i], axis=1) / np.linalg.norm(back[i + 1], axis=1)
        yield at_most(f"|∂L/∂h{i}|/|∂L/∂h{i + 1}|, σ_max", ratio, values[0], ROUNDING)
        yield at_least(f"|∂L/∂h{i}|/|∂L/∂h{i + 1}|, σ_min", ratio, values[-1], ROUNDING)


def _linear_signals(weights: list[Array], rng: Generator) -> nn.Signals:
    h = rng.normal(size=(3, weights[0].shape[1]))
    outputs = [h]
    for w in weights:
        outputs.append(outputs[-1] @ w.T)
    return nn.Signals(tuple(outputs[1:]), tuple(outputs))


@misconception(
    "grows-by-the-singular-value",
    en="Each step is thought to lengthen the gradient by the largest singular value, although its"
    " direction turns away.",
    zh="以为每一步都按最大奇异值放大，忽略了梯度方向会转开。",
)
@network_rule
def grows_by_the_singular_value(g: Any, w: Any, a: Any, h: Any, _: Any, slope: Any) -> Any:
    """Multiply by the spectral norm."""
    delta = g * slope(a)
    return delta * np.linalg.norm(w, 2), delta.T @ h


@misconception(
    "shrinks-by-the-eigenvalue-at-once",
    en="Eigenvalues below 1 are thought to shorten a gradient from the first step on.",
    zh="以为只要特征值小于 1，梯度从第一步起就会变短。",
)
@network_rule
def shrinks_at_once(g: Any, w: Any, a: Any, h: Any, _: Any, slope: Any) -> Any:
    """Multiply by the spectral radius."""
    delta = g * slope(a)
    return delta * np.max(np.abs(np.linalg.eigvals(w))), delta.T @ h


@claim(
    "gradients.shared-matrix",
    en="Where all layers share one matrix, as the time steps of an RNN do, its eigenvalues decide"
    " in the end, not at first: with both eigenvalues 0.9 but an entry of 5 beside them, a"
    " gradient grows 19.4 times as long in 10 steps, and after 200 steps is 7.84e-7 of it.",
    zh="当各层共用同一个矩阵时（如 RNN 的各个时间步），最终起决定作用的是特征值，开头却未必："
    "两个特征值都是 0.9、另有一个元素为 5 的矩阵，先使梯度在 10 步之内变长到 19.4 倍，"
    "200 步之后却只剩 7.84e-7。",
    notes="O.1",
    on=nn.backward,
    misconceptions=[grows_by_the_singular_value, shrinks_at_once, entries_below_one],
    sources=[_PASCANU, "Bengio, Simard & Frasconi 1994, section IV"],
    experiments=[one_matrix_again_and_again],
)
def shared_matrix(backward: Callable[..., Any], _: Generator) -> Iterator[Measurement | Series]:
    """Send a gradient back through two hundred steps, against the power of a Jordan block."""
    w = np.array([[0.9, 5.0], [0.0, 0.9]])
    steps = 200
    start = np.array([[1.0, 0.0]])
    signals = nn.Signals((start,) * steps, (start,) * (steps + 1))
    back = backward(np.array([[1.0, 0.0]]), [w] * steps, signals, ones).activations
    lengths = norms(back[::-1])
    for step in (10, 200):
        exact = math.hypot(0.9**step, 5 * step * 0.9 ** (step - 1))
        name = f"|(Wᵀ)ᵏg|, k = {step}, λ = 0.9, W₁₂ = 5"
        yield equals(name, lengths[step], exact, ROUNDING)
    yield curve(
        "|(Wᵀ)ᵏg|", np.arange(steps + 1), lengths, x_label="k", y_label="|∂L/∂h|, k steps back"
    )
