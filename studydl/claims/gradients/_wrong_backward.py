"""Wrong backward passes, made of a wrong rule for one layer, for chains and for networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.nn.gradients import ChainGradients, Gradients
from studydl.verification.claim import Misconception, misconception

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "activation_at_every_layer",
    "averages_the_examples",
    "chain_rule",
    "forgets_the_slope",
    "network_rule",
    "next_activation",
    "not_transposed",
    "slope_after_the_matrix",
    "slope_at_the_output",
    "three_factors",
    "weight_for_activation",
    "weights_do_not_count",
]


def chain_rule(rule: Callable[..., Any]) -> Callable[..., ChainGradients]:
    """Make a chain's backward pass of a rule for one unit.

    The rule takes (g, w, a, h, h_next, slope) and returns the derivatives for h and for w.
    """

    def backward(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> ChainGradients:
        g, for_activations, for_weights = output_gradient, [output_gradient], []
        a, h = signals.pre_activations, signals.activations
        for i in reversed(range(len(weights))):
            g, for_weight = rule(g, weights[i], a[i], h[i], h[i + 1], slope)
            for_activations.append(g)
            for_weights.append(for_weight)
        return ChainGradients(np.array(for_activations[::-1]), np.array(for_weights[::-1]))

    return backward


def network_rule(rule: Callable[..., Any]) -> Callable[..., Gradients]:
    """Make a network's backward pass of a rule for one layer, as `chain_rule` does."""

    def backward(output_gradient: Any, weights: Any, signals: Any, slope: Any) -> Gradients:
        g, for_activations, for_weights = output_gradient, [output_gradient], []
        a, h = signals.pre_activations, signals.activations
        for i in reversed(range(len(weights))):
            g, for_weight = rule(g, weights[i], a[i], h[i], h[i + 1], slope)
            for_activations.append(g)
            for_weights.append(for_weight)
        return Gradients(tuple(for_activations[::-1]), tuple(for_weights[::-1]))

    return backward


@misconception(
    "forgets-the-slope",
    en="The gradient is passed through the weight alone, as though there were no activation.",
    zh="梯度只乘以权重就往回传，好像没有激活函数。",
)
@chain_rule
def forgets_the_slope(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Leave f' out."""
    del a, h_next, slope
    return g * w, g * h


@misconception(
    "slope-at-the-output",
    en="The slope is taken at the output h of the activation instead of at its input a.",
    zh="在激活函数的输出 h 处求导，而不是在它的输入 a 处。",
)
@chain_rule
def slope_at_the_output(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Take f'(h) for f'(a)."""
    del a
    delta = g * slope(h_next)
    return delta * w, delta * h


@misconception(
    "weight-for-activation",
    en="Both derivatives are given the factor w, although only h stands beside w in w h.",
    zh="两个导数都乘了 w；其实对 w 求导时剩下的是与它相乘的 h。",
)
@chain_rule
def weight_for_activation(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Multiply by w twice."""
    del h, h_next
    delta = g * slope(a)
    return delta * w, delta * w


@misconception(
    "next-activation",
    en="The weight's derivative is given the activation that comes out of its layer, not the one"
    " that goes in.",
    zh="求权重的导数时，乘了本层输出的激活值，而不是输入的激活值。",
)
@chain_rule
def next_activation(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Take h_(i+1) for h_i."""
    del h
    delta = g * slope(a)
    return delta * w, delta * h_next


@misconception(
    "three-factors-a-layer",
    en="Slope, activation and weight are all said to multiply once for every layer passed.",
    zh="以为每经过一层，激活函数导数、激活值、参数值三项都要各乘一次。",
    notes="O.1",
)
@chain_rule
def three_factors(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Multiply all three into what is passed on."""
    del h_next
    delta = g * slope(a)
    return delta * w * h, delta * h


@misconception(
    "weights-do-not-count",
    en="Only the slopes are multiplied: a slope below 1 is thought to settle the matter.",
    zh="只把导数连乘起来：以为导数小于 1 就一定消失。",
    notes="O.1",
)
@chain_rule
def weights_do_not_count(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Leave the weight out."""
    del w, h_next
    delta = g * slope(a)
    return delta, delta * h


@misconception(
    "not-transposed",
    en="The formula for numbers, slope and then w, is used with a matrix as it stands.",
    zh="把标量公式里的 w 直接换成矩阵，没有转置。",
    notes="O.1",
)
@network_rule
def not_transposed(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Multiply by W instead of its transpose."""
    del h_next
    delta = g * slope(a)
    return delta @ w.T, delta.T @ h


@misconception(
    "slope-after-the-matrix",
    en="With numbers the order is free, so the slope is multiplied after the matrix.",
    zh="标量相乘与顺序无关，于是先乘矩阵、后乘导数。",
)
@network_rule
def slope_after_the_matrix(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Exchange slope and matrix."""
    del h_next
    return (g @ w) * slope(a), (g * slope(a)).T @ h


@misconception(
    "averages-the-examples",
    en="The examples' weight gradients are averaged here, though the loss's own mean has done so.",
    zh="在这里又对样本求了平均，而损失函数里的平均已经做过一次。",
)
@network_rule
def averages_the_examples(g: Any, w: Any, a: Any, h: Any, h_next: Any, slope: Any) -> Any:
    """Divide by the number of examples."""
    del h_next
    delta = g * slope(a)
    return delta @ w, delta.T @ h / len(h)


activation_at_every_layer: Misconception = misconception(
    "activation-at-every-layer",
    en="Each layer is thought to multiply the gradient by its activation as well, so that large"
    " activations explode through depth.",
    zh="以为每一层还会把梯度乘以激活值，激活值一大，梯度就逐层爆炸。",
    notes="O.1",
)(
    network_rule(
        lambda g, w, a, h, _, slope: (((g * slope(a)) @ w) * h, (g * slope(a)).T @ h),
    )
)
