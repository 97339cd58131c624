"""What the identity path of a residual network carries back, and what it does not (notes O.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.gradients._experiments import residual_gain
from studydl.claims.gradients._networks import Network, linear, ones, tanh_slope
from studydl.claims.gradients._quantities import back_through_two_blocks
from studydl.nn import gradients as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.differentiation import complex_step
from studydl.verification.measure import curve, equals
from studydl.verification.tolerance import COMPLEX_STEP, EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.gradients._networks import Array
    from studydl.verification.evidence import Measurement, Series

__all__ = ["residual_derivative", "residual_not_lossless", "residual_skip_scale"]

_HE = "He, Zhang, Ren & Sun 2016b, section 2"
_HE_SKIP = "He, Zhang, Ren & Sun 2016b, section 3.1"


def residual_rule(rule: Callable[..., Any]) -> Callable[..., nn.Gradients]:
    """Make a backward pass of a rule for one block: what becomes of (g, g through the branch)."""

    def backward(
        output_gradient: Any, weights: Any, signals: Any, slope: Any, *, skip: float = 1.0
    ) -> nn.Gradients:
        g, for_states, for_weights = output_gradient, [output_gradient], []
        for i in reversed(range(len(weights))):
            for_weights.append(g.T @ signals.activations[i])
            through = slope(signals.states[i]) * (g @ weights[i])
            g = rule(g, through, skip)
            for_states.append(g)
        return nn.Gradients(tuple(for_states[::-1]), tuple(for_weights[::-1]))

    return backward


@misconception(
    "only-the-branch",
    en="The skip is forgotten on the way back: the block is differentiated as F alone.",
    zh="反向时忘了跳跃连接，只对 F 求导。",
)
@residual_rule
def only_the_branch(g: Any, through: Any, skip: float) -> Any:
    """Leave the identity out."""
    del g, skip
    return through


@misconception(
    "either-or",
    en="The gradient is thought to take the stronger of both paths instead of their sum.",
    zh="以为梯度只走两条路径中较强的一条，而不是两者相加。",
)
@residual_rule
def either_or(g: Any, through: Any, skip: float) -> Any:
    """Take the larger one."""
    return np.where(np.abs(through) > np.abs(skip * g), through, skip * g)


@misconception(
    "shares-the-gradient",
    en="The gradient is thought to be shared between both paths, one half each.",
    zh="以为梯度被两条路径平分，各得一半。",
)
@residual_rule
def shares_the_gradient(g: Any, through: Any, skip: float) -> Any:
    """Halve both."""
    return (skip * g + through) / 2


@misconception(
    "never-less-than-the-identity",
    en="“Passes back without loss” is taken to mean that what arrives is never less than what was"
    " sent.",
    zh="把“无损传播”理解成传到前面的梯度绝不会变小。",
    notes="O.2",
)
@residual_rule
def never_less(g: Any, through: Any, skip: float) -> Any:
    """Let the branch add, but never take away."""
    return skip * g + np.where(g * through > 0, through, 0.0)


@misconception(
    "passes-exactly-once",
    en="The identity path is thought to fix the size of the gradient, whatever the branches do.",
    zh="以为恒等路径会把梯度的大小固定住，与分支无关。",
)
@residual_rule
def passes_exactly(g: Any, through: Any, skip: float) -> Any:
    """Ignore the branch."""
    del through
    return skip * g


@misconception(
    "any-skip-will-do",
    en="The factor on the skip is thought not to matter as long as there is a skip.",
    zh="以为只要有跳跃连接，上面乘多大的系数都无所谓。",
)
@residual_rule
def any_skip(g: Any, through: Any, skip: float) -> Any:
    """Take the skip for 1."""
    del skip
    return g + through


def _backwards(wrong: Misconception) -> Misconception:
    """Return the misconception of a backward pass as one of a network."""
    return Misconception(
        wrong.name, Network(nn.residual_forward, wrong.implementation), wrong.why, wrong.notes
    )


@claim(
    "gradients.residual-derivative",
    en="A residual block h + F(h) multiplies a gradient by 1 + F', not by F': two blocks with F' of"
    " 0.5 and -0.25 pass 1.125 of it on, and blocks whose F is still 0 pass it on unchanged.",
    zh="残差块 h + F(h) 把梯度乘以 1 + F'，而不是 F'："
    "两个残差块的 F' 分别为 0.5 和 -0.25 时，传回 1.125；F 仍为 0 的残差块让梯度原样通过。",
    notes="O.2",
    on=Network(nn.residual_forward, nn.residual_backward),
    misconceptions=[_backwards(each) for each in (only_the_branch, either_or, shares_the_gradient)],
    sources=[_HE],
    quantities=[back_through_two_blocks],
    experiments=[residual_gain],
)
def residual_derivative(network: Network, rng: Generator) -> Iterator[Measurement]:
    """Measure two scalar blocks, blocks of zeros, and a small network by complex steps."""
    backward = network.backward
    got = _through_scalars(backward, [0.5, -0.25])
    yield equals("∏ (1 + Fᵢ'), F' = 0.5 and -0.25", got[0], 1.125, EXACT)
    x, g = rng.normal(size=(2, 3, 4))
    zeros = [np.zeros((4, 4))] * 6
    back = backward(g, zeros, nn.residual_forward(x, zeros, np.tanh), tanh_slope)
    yield equals("∂L/∂h₀ / ∂L/∂h₆, F = 0", back.activations[0] / g, 1.0, EXACT)

    weights = [rng.normal(scale=0.5, size=(4, 4)) for _ in range(3)]
    by_loop = _signals(x, weights)
    states = network.forward(x, weights, np.tanh).states
    yield equals("h₃ = h₂ + F₂(h₂), by a loop", states[-1], by_loop.states[-1], ROUNDING)
    gradients = backward(g, weights, by_loop, tanh_slope)
    parts = [x, *weights]
    got_parts = [gradients.activations[0], *gradients.weights]
    for index, name in enumerate(("∂L/∂h₀", "∂L/∂W₀", "∂L/∂W₁", "∂L/∂W₂")):
        slopes = _by_complex_step(parts, index, g)
        yield equals(f"{name} = Im L(· + ih)/h", got_parts[index], slopes, COMPLEX_STEP)


def _through_scalars(backward: Callable[..., Any], slopes: list[float], skip: float = 1.0) -> Any:
    """Return the gradients at all states of linear blocks of width one, from a gradient of 1."""
    weights = [np.array([[slope]]) for slope in slopes]
    signals = nn.residual_forward(np.ones((1, 1)), weights, linear, skip=skip)
    back = backward(np.ones((1, 1)), weights, signals, ones, skip=skip)
    return np.ravel(back.activations)


def _signals(x: Array, weights: list[Array]) -> nn.ResidualSignals:
    states, outputs = [x], []
    for w in weights:
        outputs.append(np.tanh(states[-1]))
        states.append(states[-1] + outputs[-1] @ w.T)
    return nn.ResidualSignals(tuple(states), tuple(outputs))


def _by_complex_step(parts: list[Array], index: int, g: Array) -> Array:
    """Differentiate Σ g h_L for one of the input and the weights, element by element."""

    def loss(values: Any) -> Any:
        results = []
        for at, value in zip(np.ndindex(parts[index].shape), values, strict=True):
            changed = parts[index].astype(np.complex128)
            changed[at] = value
            with_change: list[Any] = [*parts[:index], changed, *parts[index + 1 :]]
            h = with_change[0]
            for w in with_change[1:]:
                h = h + np.tanh(h) @ w.T
            results.append(np.sum(g * h))
        return np.array(results)

    return complex_step(loss, parts[index].ravel()).reshape(parts[index].shape)


@claim(
    "gradients.residual-not-lossless",
    en="The identity path bounds nothing by itself: through fifty blocks with F' = 0.1 a gradient"
    " grows 117.4-fold, with F' = -0.5 only 8.88e-16 of it is left, and one block with F' = -1"
    " takes all of it.",
    zh="恒等路径本身并不保证什么：穿过五十个 F' = 0.1 的残差块，梯度放大到 117.4 倍；"
    "F' = -0.5 时只剩 8.88e-16；只要有一个块的 F' = -1，梯度就全部消失。",
    notes="O.2",
    on=nn.residual_backward,
    misconceptions=[never_less, passes_exactly, only_the_branch],
    sources=["Zhang, Dauphin & Ma 2019, section 2", _HE],
)
def residual_not_lossless(
    backward: Callable[..., Any], _: Generator
) -> Iterator[Measurement | Series]:
    """Multiply 1 + F' through linear blocks of width one."""
    for slope in (0.1, -0.5):
        back = _through_scalars(backward, [slope] * 50)
        exact = (1 + slope) ** 50
        yield equals(f"∏ (1 + F'), F' = {slope:g}", back[0], exact, ROUNDING)
        yield equals(f"∏ (1 + F') / exact, F' = {slope:g}", back[0] / exact, 1.0, ROUNDING)
        name = f"∂L/∂hᵢ, F' = {slope:g}"
        yield curve(name, np.arange(51), back, x_label="i", y_label="∂L/∂hᵢ")
    broken = _through_scalars(backward, [0.1] * 20 + [-1.0] + [0.1] * 20)
    yield equals("∂L/∂h₀, one F' = -1", broken[0], 0.0, EXACT)


@claim(
    "gradients.residual-skip-scale",
    en="Only a skip of exactly 1 is harmless in depth: a factor on the skips multiplies layer by"
    " layer, so that twenty skips scaled by a half leave 9.54e-7 of what goes along them, and"
    " twenty scaled by two 1048576.",
    zh="跳跃连接上的系数必须恰好为 1 才不受深度影响，因为它同样逐层连乘："
    "二十个系数为一半的跳跃连接只留下 9.54e-7，系数为两倍则放大到 1048576 倍。",
    notes="O.2",
    on=nn.residual_backward,
    misconceptions=[any_skip, only_the_branch, shares_the_gradient],
    sources=[_HE_SKIP],
)
def residual_skip_scale(backward: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Send gradients along the skips alone, then along a skip and a branch."""
    for skip in (0.5, 1.0, 2.0):
        got = _through_scalars(backward, [0.0] * 20, skip)
        yield equals(f"∂L/∂h₀, F = 0, skip = {skip:g}", got[0], skip**20, EXACT)
    branch = float(rng.uniform(0.1, 0.4))
    got = _through_scalars(backward, [branch], 0.5)
    yield equals("skip + F', skip = 0.5", got[0], 0.5 + branch, ROUNDING)
