"""Normalisation in recurrent networks: where it is put, and the gradient back through time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.normalization.oracle import (
    Array,
    array,
    norm_by_groups,
    slopes,
    smooth_norm,
)
from studydl.language import Text
from studydl.nn.normalization import (
    Placement,
    RecurrentWeights,
    batch_norm_at,
    recurrent_backward,
    recurrent_forward,
)
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import COMPLEX_STEP, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["Passes", "Sequences", "draw", "gradient", "placement", "placements", "states_by"]

_COOIJMANS = "Cooijmans et al. 2017, section 3"
_LAURENT = "Laurent et al. 2016, section 3"
_EPSILON = 1e-5

_WAYS: dict[str, tuple[str, ...]] = {
    "BN(W_h h + W_x x)": ("total",),
    "W_h h + BN(W_x x)": ("input",),
    "BN(W_h h) + BN(W_x x)": ("hidden", "input"),
}


class Sequences(NamedTuple):
    """Inputs, a first state, and weights, of (batch, m, d) = (4, 3, 2) and two inputs."""

    x: Array
    start: Array
    weights: RecurrentWeights
    gains: Array
    shifts: Array


def draw(rng: Generator) -> Sequences:
    """Draw sequences whose statistics differ from step to step."""
    x = rng.normal(size=(4, 3, 2)) * array(1, 3, 0.5)[:, None] + array(0, 2, -1)[:, None]
    weights = RecurrentWeights(rng.normal(size=(2, 2)), rng.normal(size=(2, 2)))
    gains, shifts = rng.uniform(0.5, 1, size=(3, 2)), rng.uniform(-0.5, 0.5, size=(3, 2))
    return Sequences(x, rng.normal(size=(4, 2)), weights, gains, shifts)


def placement(names: tuple[str, ...], at: Sequences) -> Placement:
    """Place batch norm where the names say, each with its own row of gains and shifts."""
    rows = {name: row for row, name in enumerate(Placement._fields)}
    norms = {
        name: batch_norm_at(at.gains[rows[name]], at.shifts[rows[name]])
        for name in rows
        if name in names
    }
    return Placement(**norms)


def _standardized_over_the_batch(z: Array) -> Array:
    groups = [[(example, unit) for example in range(len(z))] for unit in range(z.shape[1])]
    return norm_by_groups(z, groups, _EPSILON)


def states_by(
    names: tuple[str, ...], at: Sequences, norm: Callable[[Any], Any], tanh: Callable[[Any], Any]
) -> Any:
    """Return the states of the recurrence, written out with a rule of its own for the norm."""

    def normed(name: str, z: Any) -> Any:
        if name not in names:
            return z
        row = Placement._fields.index(name)
        return norm(z) * at.gains[row] + at.shifts[row]

    h, states = at.start, []
    for t in range(at.x.shape[1]):
        entering = normed("input", at.x[:, t] @ at.weights.input)
        h = tanh(normed("total", normed("hidden", h @ at.weights.hidden) + entering))
        states.append(h)
    return np.stack(states, axis=1)


def _placed(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
    """Put the first norm that there is on the sum, whatever was asked for."""
    found = norms.total or norms.input or norms.hidden
    return recurrent_forward(x, start, weights, Placement(total=found))


def _after_the_activation(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
    _, cache = recurrent_forward(x, start, weights, norms)
    plain, _ = recurrent_forward(x, start, weights, Placement())
    found = norms.total or norms.input or norms.hidden
    assert found is not None  # noqa: S101 - every way places one
    normed = [found.forward(plain[:, t], found.gain, found.shift)[0] for t in range(x.shape[1])]
    return np.stack(normed, axis=1), cache


def _one_state(x: Array, start: Array, weights: Any, norms: Placement) -> Any:
    """Start every step from the first state."""
    parts = [
        recurrent_forward(x[:, t : t + 1], start, weights, norms)[0] for t in range(x.shape[1])
    ]
    _, cache = recurrent_forward(x, start, weights, norms)
    return np.concatenate(parts, axis=1), cache


@claim(
    "normalization.recurrent-placements",
    en="Batch norm enters a recurrent layer in three places before tanh: around the sum of hidden"
    " and input term, around the input term alone, or around each of both; every time step takes"
    " statistics of its own over the batch.",
    zh="Batch Norm 在循环层的 tanh 之前有三种放法：套在隐藏项与输入项之和上，只套在输入项上，"
    "或分别套在两项上；每个时间步都用自己在 batch 上的统计量。",
    notes="2.3",
    on=recurrent_forward,
    misconceptions=[
        Misconception(
            "always-around-the-sum",
            _placed,
            Text(
                "Normalising the terms is taken for normalising their sum.",
                "以为分别归一化与对和归一化是一回事。",
            ),
        ),
        Misconception(
            "after-the-activation",
            _after_the_activation,
            Text(
                "The states are normalised instead of what tanh is given.",
                "对 tanh 的输出做归一化。",
            ),
        ),
        Misconception(
            "forgets-the-state",
            _one_state,
            Text(
                "Every step is normalised as though it stood alone.",
                "把每个时间步当成互不相干的一层。",
            ),
        ),
    ],
    sources=[_COOIJMANS, _LAURENT, "Amodei et al. 2016, section 3.2"],
)
def placements(layer: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Compare the three ways with a recurrence written out in fractions."""
    at = draw(rng)
    for name, names in _WAYS.items():
        states, _ = layer(at.x, at.start, at.weights, placement(names, at))
        expected = states_by(names, at, _standardized_over_the_batch, np.vectorize(math.tanh))
        yield equals(f"3 + h, {name}", 3 + states, 3 + expected, ROUNDING)


class Passes(NamedTuple):
    """Both passes of a recurrent layer."""

    forward: Callable[..., Any]
    backward: Callable[..., Any]


def _last_step_only(g: Array, cache: Any) -> Any:
    """Take the gradients for the weights from the last step alone."""
    right = recurrent_backward(g, cache)
    early = g.copy()
    early[:, -1] = 0
    without = recurrent_backward(early, cache)
    weights = RecurrentWeights(
        right.weights.hidden - without.weights.hidden, right.weights.input - without.weights.input
    )
    return right._replace(weights=weights)


def _constants(g: Array, cache: Any) -> Any:
    """Take every step's statistics for constants."""

    def frozen(norm: Any) -> Any:
        if norm is None:
            return None

        def backward(gradient: Array, kept: Any) -> Any:
            found = norm.backward(gradient, kept)
            return found._replace(x=kept.gain * gradient / kept.standardized.deviation)

        return norm._replace(backward=backward)

    norms = Placement(*(frozen(norm) for norm in cache.placement))
    return recurrent_backward(g, cache._replace(placement=norms))


def _forgets_the_past(g: Array, cache: Any) -> Any:
    """Let no gradient pass from a step to the one before."""
    right = recurrent_backward(g, cache)
    for_x = np.zeros_like(right.x)
    for t in range(g.shape[1]):
        alone = np.zeros_like(g)
        alone[:, t] = g[:, t]
        for_x[:, t] = recurrent_backward(alone, cache).x[:, t]
    return right._replace(x=for_x)


def _wrong(name: str, backward: Callable[..., Any], en: str, zh: str) -> Misconception:
    return Misconception(name, Passes(recurrent_forward, backward), Text(en, zh))


@claim(
    "normalization.recurrent-gradient",
    en="Back through time the gradient passes through each step's own statistics; the gradients of"
    " the weights, and of the gain and shift that all steps share, add up over the steps.",
    zh="沿时间反向传播时，梯度要经过每个时间步各自的统计量；"
    "权重以及各步共享的缩放、平移，其梯度在各步上累加。",
    notes="2.3",
    on=Passes(recurrent_forward, recurrent_backward),
    misconceptions=[
        _wrong(
            "constant-statistics",
            _constants,
            "Mean and deviation look like constants.",
            "把均值和标准差看成常数。",
        ),
        _wrong(
            "last-step-only",
            _last_step_only,
            "Only the last step's gradient is thought to reach the weights.",
            "以为只有最后一步的梯度传到权重。",
        ),
        _wrong(
            "forgets-the-past",
            _forgets_the_past,
            "Each step is thought to be a network of its own.",
            "把每个时间步当成独立的网络。",
        ),
    ],
    sources=["Werbos 1990", _COOIJMANS],
)
def gradient(layer: Passes, rng: Generator) -> Iterator[Measurement]:
    """Differentiate the recurrence, written out, by complex steps, for the three ways."""
    at, g = draw(rng), rng.normal(size=(4, 3, 2))

    for name, names in _WAYS.items():

        def loss(moved: Sequences) -> Any:
            states = states_by(
                names,  # noqa: B023 - called within this round
                moved,
                lambda z: smooth_norm(z, (0,), _EPSILON),
                np.tanh,
            )
            return (g * states).sum()

        _, cache = layer.forward(at.x, at.start, at.weights, placement(names, at))
        back = layer.backward(g, cache)
        w_h, w_x = (np.asarray(each, np.float64) for each in at.weights)
        hidden = slopes(
            lambda v: loss(at._replace(weights=at.weights._replace(hidden=v))),
            w_h,
        )
        entering = slopes(
            lambda v: loss(at._replace(weights=at.weights._replace(input=v))),
            w_x,
        )
        for part, got, expected in (
            ("x", back.x, slopes(lambda v: loss(at._replace(x=v)), at.x)),
            ("W_h", back.weights.hidden, hidden),
            ("W_x", back.weights.input, entering),
            ("γ", back.gains, slopes(lambda v: loss(at._replace(gains=v)), at.gains)),
            ("β", back.shifts, slopes(lambda v: loss(at._replace(shifts=v)), at.shifts)),
        ):
            yield equals(f"9 + ∂L/∂{part}, {name}", 9 + got, 9 + expected, COMPLEX_STEP)
