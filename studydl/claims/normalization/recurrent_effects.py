"""What each way of normalising a recurrent layer keeps: the state, the gradient, a lone example."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.normalization.oracle import Array, array
from studydl.claims.normalization.recurrent import Passes
from studydl.language import Text
from studydl.nn.normalization import (
    Placement,
    RecurrentWeights,
    batch_norm_at,
    layer_norm_at,
    recurrent_backward,
    recurrent_forward,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals, exceeds, stays_below
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["gradient_through_time", "layer_norm_serves", "terms_of_unlike_size"]

_COOIJMANS = "Cooijmans et al. 2017, section 3"
_COOIJMANS_GAIN = "Cooijmans et al. 2017, section 4"
_LAURENT = "Laurent et al. 2016, section 3"


def _sum_only(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
    found = norms.total or norms.input
    return recurrent_forward(x, start, weights, Placement(total=found))


def _plain(x: Array, start: Array, weights: Any, _norms: Placement) -> Any:
    return recurrent_forward(x, start, weights, Placement())


def _both(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
    found = norms.total or norms.input
    return recurrent_forward(x, start, weights, Placement(hidden=found, input=found))


@claim(
    "normalization.recurrent-unlike-terms",
    en="Normalising the sum keeps the proportion of its terms: with an input term 1000 times the"
    " hidden one, another starting state changes the next by less than 0.1. Normalising both terms"
    " makes them equals, and the change is above 0.2.",
    zh="对和做归一化会保留两项的比例：输入项是隐藏项的 1000 倍时，换一个初始状态，"
    "下一状态的变化小于 0.1。对两项分别归一化则使它们势均力敌，变化大于 0.2。",
    notes="2.3",
    on=recurrent_forward,
    misconceptions=[
        Misconception(
            "the-sum-will-do",
            _sum_only,
            Text(
                "One normalisation behind the sum is thought to do for both terms.",
                "以为在和之后做一次归一化就顾及了两项。",
            ),
        ),
        Misconception(
            "the-sum-balances-its-terms",
            _both,
            Text(
                "Normalising the sum is thought to balance its terms.",
                "以为对和做归一化会平衡其中两项。",
            ),
        ),
        Misconception(
            "without-normalisation",
            _plain,
            Text("The recurrence is left as it is.", "不做归一化的普通循环层。"),
        ),
    ],
    sources=[_COOIJMANS, _LAURENT],
)
def terms_of_unlike_size(layer: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Swap the first state, and see how much of that one step keeps."""
    batch, width = 32, 8
    x, norm = rng.normal(size=(batch, 1, width)), batch_norm_at(np.ones(width), np.zeros(width))
    root = 1 / math.sqrt(width)
    weights = RecurrentWeights(
        rng.normal(size=(width, width)) * root, 1000 * rng.normal(size=(width, width)) * root
    )
    first, second = rng.normal(size=(2, batch, width))
    for name, norms, check, threshold in (
        ("BN(W_h h + W_x x)", Placement(total=norm), stays_below, 0.1),
        ("BN(W_h h) + BN(W_x x)", Placement(hidden=norm, input=norm), exceeds, 0.2),
    ):
        states = [layer(x, start, weights, norms)[0] for start in (first, second)]
        change = float(np.sqrt(np.mean((states[0] - states[1]) ** 2)))
        yield check(f"rms change of h_1, {name}, W_x times 1000", change, threshold)


def _with_gain(gain: float) -> Passes:
    """Make a layer whose norms have one gain, whatever was asked for."""

    def replaced(norms: Placement) -> Placement:
        made = (
            None if n is None else batch_norm_at(np.full_like(n.gain, gain), n.shift) for n in norms
        )
        return Placement(*made)

    def forward(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
        return recurrent_forward(x, start, weights, replaced(norms))

    return Passes(forward, recurrent_backward)


def _own_step_only(g: Array, cache: Any) -> Any:
    """Let no gradient pass from a step to the one before."""
    first = np.where(np.arange(g.shape[1])[:, None] > 0, 0.0, g)
    return recurrent_backward(first, cache)


_STEPS = 30


def _sent_back(layer: Passes, start: Array, hidden: Array, norms: Placement, g: Array) -> float:
    """Return how large the gradient at the first state is, sent from the last with size 1."""
    batch, width = start.shape
    weights = RecurrentWeights(hidden, np.zeros((1, width)))
    _, cache = layer.forward(np.zeros((batch, _STEPS, 1)), start, weights, norms)
    last = np.zeros((batch, _STEPS, width))
    last[:, -1] = g / np.sqrt(np.mean(g**2))
    return float(np.sqrt(np.mean(layer.backward(last, cache).start ** 2)))


@claim(
    "normalization.recurrent-small-gain",
    en="Batch norm of the hidden term at a gain of 0.1 carries a gradient back through 30 steps"
    " with its size kept to a factor of 5, even by recurrent weights so small that a plain layer"
    " leaves less than 1e-6 of it. At the usual gain of 1, tanh leaves its linear part: at the"
    " normalised ±1 its slope is 0.420 instead of 0.990.",
    zh="对隐藏项做 Batch Norm 且 γ 取 0.1 时，梯度回传 30 步后大小的变化不超过 5 倍，"
    "即使循环权重小到普通循环层只剩不到 1e-6。γ 取通常的 1 时 tanh 离开线性区："
    "在归一化后的 ±1 处，斜率是 0.420 而不是 0.990。",
    notes="2.3",
    on=Passes(recurrent_forward, recurrent_backward),
    misconceptions=[
        Misconception(
            "batch-norm-fails-in-recurrence",
            Passes(_plain, recurrent_backward),
            Text(
                "The notes say that batch norm does not work well in recurrent networks, so that it"
                " is left out.",
                "笔记说 RNN 中应用 BN 效果并不好，于是不用它。",
            ),
            notes="2.3",
        ),
        Misconception(
            "the-usual-gain-will-do",
            _with_gain(1.0),
            Text(
                "The gain is learnt, so its initial value seems not to matter.",
                "以为 γ 是学到的，初值无关紧要。",
            ),
        ),
        Misconception(
            "gradient-stays-in-its-step",
            Passes(recurrent_forward, _own_step_only),
            Text(
                "Statistics of each step are thought to cut the steps off from each other.",
                "以为各步单独统计会切断步与步之间的联系。",
            ),
        ),
    ],
    sources=[_COOIJMANS_GAIN, _LAURENT],
)
def gradient_through_time(layer: Passes, rng: Generator) -> Iterator[Measurement]:
    """Measure tanh's slope at both gains, then send a gradient back with and without batch norm."""
    batch, width = 48, 16
    pair, one = array(-3, 3)[:, None], RecurrentWeights(np.eye(1) * 100, np.zeros((1, 1)))
    for gain in (0.1, 1.0):
        norms = Placement(hidden=batch_norm_at(array(gain), array(0)))
        states, _ = layer.forward(np.zeros((2, 1, 1)), pair, one, norms)
        slope = 1 - np.asarray(states).ravel() ** 2
        # The norm's own ε of 1e-5 changes ±1 by less than 1e-10 at a deviation of 300.
        at = gain / math.sqrt(1 + 1e-5 / 300**2)
        yield equals(f"tanh' at ±1, γ = {gain:g}", slope, math.cosh(at) ** -2, ROUNDING)
    start, g = rng.normal(size=(2, batch, width)) * array(0.1, 1)[:, None, None]
    hidden = 0.3 * rng.normal(size=(width, width)) / math.sqrt(width)
    small = Placement(hidden=batch_norm_at(np.full(width, 0.1), np.zeros(width)))
    kept = _sent_back(layer, start, hidden, small, g)
    yield exceeds("5 |∂L/∂h₀| / |∂L/∂h₃₀|, γ = 0.1", 5 * kept, 1)
    yield stays_below("|∂L/∂h₀| / |∂L/∂h₃₀|, γ = 0.1, 30 steps", kept, 5)
    plain = _sent_back(layer, start, hidden, Placement(), g)
    yield stays_below("the same of a plain layer, W_h of size 0.3", plain, 1e-6)


def _batch_instead(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
    found = norms.total
    assert found is not None  # noqa: S101 - the verifier places it
    norm = batch_norm_at(found.gain, found.shift)
    return recurrent_forward(x, start, weights, Placement(total=norm))


def _whole_sequence(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
    scale = np.sqrt(np.mean(x**2, axis=(1, 2), keepdims=True))
    return recurrent_forward(x / scale, start, weights, norms)


@claim(
    "normalization.layer-norm-serves-recurrence",
    en="Layer norm in a recurrent layer needs neither a batch nor a fixed length: an example's"
    " states are the same alone and in a batch, and the first 3 of 5 steps are those of a"
    " sequence of 3. Batch norm turns a batch of 1 into tanh(β) at every step.",
    zh="循环层中的 Layer Norm 既不需要 batch，也不需要固定长度："
    "样本单独输入与放在 batch 中状态相同，5 步序列的前 3 步与 3 步序列完全一样。"
    "而 Batch Norm 会把大小为 1 的 batch 在每一步都变成 tanh(β)。",
    notes="2.4",
    on=recurrent_forward,
    misconceptions=[
        Misconception(
            "same-as-batch-norm",
            _batch_instead,
            Text("Layer norm is taken for batch norm.", "把 Layer Norm 当成 Batch Norm。"),
        ),
        Misconception(
            "over-the-whole-sequence",
            _whole_sequence,
            Text(
                "One set of statistics is thought to be taken over the whole sequence.",
                "以为对整个序列只求一组统计量。",
            ),
        ),
        Misconception(
            "without-normalisation",
            _plain,
            Text("The recurrence is left as it is.", "不做归一化的普通循环层。"),
        ),
    ],
    sources=["Ba, Kiros & Hinton 2016, section 3.1"],
)
def layer_norm_serves(layer: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Take an example out of its batch, cut its sequence, and scale all weights."""
    x, start = rng.normal(size=(4, 5, 3)), rng.normal(size=(4, 6))
    weights = RecurrentWeights(rng.normal(size=(6, 6)), rng.normal(size=(3, 6)))
    shift = array(0.5, -1, 0.2, 0, 1, -0.3)
    norms = Placement(total=layer_norm_at(np.ones(6), shift))
    states = layer(x, start, weights, norms)[0]
    alone = layer(x[:1], start[:1], weights, norms)[0]
    yield equals("3 + h alone = 3 + h in a batch", 3 + alone, 3 + states[:1], ROUNDING)
    short = layer(x[:, :3], start, weights, norms)[0]
    yield equals("h of the first 3 of 5 steps", short, states[:, :3], EXACT)
    scaled = RecurrentWeights(1e4 * weights.hidden, 1e4 * weights.input)
    change = float(np.max(np.abs(layer(x, start, scaled, norms)[0] - states)))
    yield stays_below("|change of h by all weights times 10⁴|", change, 1e-3)
    batch = Placement(total=batch_norm_at(np.ones(6), shift))
    lone = layer(x[:1], start[:1], weights, batch)[0]
    expected = np.broadcast_to([math.tanh(each) for each in shift], lone.shape)
    yield equals("h, batch norm of a batch of 1, tanh(β)", lone, expected, ROUNDING)
