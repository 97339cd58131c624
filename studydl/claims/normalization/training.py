"""Small networks trained side by side: when batch norm speeds training up, and when it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.normalization._network import (
    BATCH,
    PLAIN,
    Normalizer,
    Problem,
    draw,
    train,
)
from studydl.claims.normalization.depth import NOTHING, ONLY_CENTRES
from studydl.language import Text
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import curve, equals, exceeds, stays_below
from studydl.verification.tolerance import ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.normalization.oracle import Array
    from studydl.verification.evidence import Measurement, Series

__all__ = ["faster", "initial_scale", "larger_steps", "trains_in_spite_of_shift"]

_IOFFE = "Ioffe & Szegedy 2015, section 3.3"
_SANTURKAR = "Santurkar et al. 2018, section 2"


def _drawn(rng: Generator, scale: float = 1.0, networks: int = 8) -> Problem:
    return draw(rng, networks=networks, width=16, hidden=3, examples=32, scale=scale)


def _learnt(losses: Array) -> float:
    """Return the median share of the target that was learnt, never so small that it divides ill."""
    return max(1.0 - float(np.median(losses[-1])), 1e-3)


def _advantage(norm: Normalizer) -> Callable[[Problem, float, int], float]:
    """Measure how many times as much a network with the norm learns as a plain one."""

    def advantage(problem: Problem, rate: float, steps: int) -> float:
        with_norm = _learnt(train(norm, problem, rate=rate, steps=steps))
        return with_norm / _learnt(train(PLAIN, problem, rate=rate, steps=steps))

    return advantage


def _always(problem: Problem, rate: float, steps: int) -> float:
    """Say of every setting what is true of small weights."""
    smaller = [0.3 * w / (np.std(w) * np.sqrt(w.shape[1])) for w in problem.weights]
    return _advantage(BATCH)(problem._replace(weights=smaller), rate, steps)


def _never(problem: Problem, rate: float, steps: int) -> float:
    del problem, rate, steps
    return 1.0


@claim(
    "normalization.converges-faster",
    en="Batch norm speeds training up where plain training starts badly: with initial weights 0.3"
    " of their usual size, networks of 3 hidden layers learn in 60 steps more than 5 times the"
    " share of the target that plain ones learn. With weights 3 times the usual size, which suit"
    " plain networks here, it is less than 5 times, in fact about the same.",
    zh="在普通网络起步困难的地方，Batch Norm 能加速训练：初始权重只有通常的 0.3 时，"
    "3 个隐藏层的网络 60 步学到的部分是普通网络的 5 倍以上。"
    "权重取通常的 3 倍（此处适合普通网络）时，则不到 5 倍，实际上相差无几。",
    notes="2.7",
    on=_advantage(BATCH),
    misconceptions=[
        Misconception(
            "always-much-faster",
            _always,
            Text(
                "The notes say without condition that normalisation speeds up convergence.",
                "笔记无条件地说归一化加速网络收敛。",
            ),
            notes="2.7",
        ),
        Misconception("only-centres", _advantage(ONLY_CENTRES.implementation), ONLY_CENTRES.why),
        Misconception(
            "makes-no-difference",
            _never,
            Text(
                "As gain and shift can undo it, it is thought to change nothing.",
                "缩放与平移可以还原它，就以为它不起作用。",
            ),
        ),
    ],
    sources=["Ioffe & Szegedy 2015, section 4.2", "Santurkar et al. 2018, section 1"],
)
def faster(advantage: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Train eight networks of each kind, with both sizes of weights."""
    small = advantage(_drawn(rng, scale=0.3), 0.1, 60)
    yield exceeds("learnt / plain, weights times 0.3, 60 steps", float(small), 5.0)
    large = advantage(_drawn(rng, scale=3.0), 0.1, 60)
    yield stays_below("learnt / plain, weights times 3, 3 layers", float(large), 5.0)
    yield exceeds("the same, from below", float(large), 0.2)


def _trainer(norm: Normalizer) -> Callable[..., Array]:
    """Train with a norm, at one rate for the hidden weights and one for the rest."""

    def trainer(problem: Problem, *, rate: float, hidden_rate: float, steps: int) -> Array:
        return train(norm, problem, rate=rate, hidden_rate=hidden_rate, steps=steps)

    return trainer


def _behind_the_norm(problem: Problem, *, rate: float, hidden_rate: float, steps: int) -> Array:
    return train(BATCH, problem, rate=min(rate, 0.1), hidden_rate=hidden_rate, steps=steps)


@claim(
    "normalization.larger-steps",
    en="Weights in front of batch norm stand enormous learning rates: at a rate of 1000 for the"
    " hidden weights and 0.1 for the rest, networks learn more than 4 times what plain ones do. The"
    " last layer, which no norm follows, is not protected: at a rate of 1 for all weights both"
    " diverge to errors beyond 1000.",
    zh="后面接 Batch Norm 的权重经得起巨大的学习率：隐藏层权重的学习率为 1000、其余为 0.1 时，"
    "学到的部分是普通网络的 4 倍以上。最后一层之后没有归一化，因而不受保护："
    "所有权重的学习率都取 1 时，两者的误差都发散到 1000 以上。",
    notes="2.7",
    on=_trainer(BATCH),
    misconceptions=[
        Misconception("without-normalisation", _trainer(PLAIN), NOTHING.why),
        Misconception(
            "every-layer-stands-it",
            _behind_the_norm,
            Text(
                "The notes say that a larger learning rate can be used, without saying where.",
                "笔记说可以使用较大的学习速率，没有说明限于哪些层。",
            ),
            notes="2.7",
        ),
    ],
    sources=[_IOFFE, "Arora, Li & Lyu 2019, section 1"],
)
def larger_steps(trainer: Callable[..., Any], rng: Generator) -> Iterator[Measurement | Series]:
    """Train with a huge rate in front of the norm, then with a large one everywhere."""
    problem = _drawn(rng)
    losses = [
        each(problem, rate=0.1, hidden_rate=1000.0, steps=80) for each in (_trainer(PLAIN), trainer)
    ]
    ratio = _learnt(losses[1]) / _learnt(losses[0])
    yield exceeds("learnt / plain, hidden rate 1000, rate 0.1", ratio, 4.0)
    for name, values in zip(("plain", "normalised"), losses, strict=True):
        medians = np.median(values, axis=1)
        steps = np.arange(len(medians))
        yield curve(f"error, {name}", steps, medians, x_label="step", y_label="error")
    for name, each in (("plain", _trainer(PLAIN)), ("normalised", trainer)):
        left = float(np.median(each(problem, rate=1.0, hidden_rate=1.0, steps=50)[-1]))
        yield exceeds(f"error, rate 1 for all weights, {name}", left, 1000)


@claim(
    "normalization.initial-scale",
    en="Batch norm makes the initial scale a matter of the learning rate, not of indifference:"
    " hidden weights times 3 give the same first error, and the very same training if their"
    " learning rate is taken 9 times as large. At the same rate training differs.",
    zh="有了 Batch Norm，初始尺度变成学习率的问题，而不是毫无影响：隐藏层权重乘以 3，初始误差不变；"
    "把它们的学习率也取 9 倍，训练过程就完全相同。学习率不变，训练过程就不同。",
    notes="2.7",
    on=BATCH,
    misconceptions=[
        NOTHING,
        ONLY_CENTRES,
        Misconception(
            "initial-scale-has-no-influence",
            Normalizer(
                BATCH.forward,
                lambda g, cache: np.asarray(BATCH.backward(g, cache) * cache.deviation**2),
            ),
            Text(
                "The notes say that no suitable initial parameters are needed: the training is"
                " thought to follow from the direction of the weights alone.",
                "笔记说不需要初始化合理的参数：以为训练只取决于权重的方向。",
            ),
            notes="2.7",
        ),
    ],
    sources=[_IOFFE, "van Laarhoven 2017, section 2"],
)
def initial_scale(norm: Normalizer, rng: Generator) -> Iterator[Measurement]:
    """Train from w, from 3w at nine times the rate, and from 3w at the same rate."""
    problem = _drawn(rng, networks=3)
    hidden, last = problem.weights[:-1], problem.weights[-1]
    scaled = problem._replace(weights=[*(3 * w for w in hidden), last])
    losses = train(norm, problem, rate=0.05, steps=6)
    matched = train(norm, scaled, rate=0.05, hidden_rate=0.45, steps=6)
    same = train(norm, scaled, rate=0.05, steps=6)
    yield equals("first error, 3 w / w", same[0] / losses[0], 1.0, ROUNDING)
    yield equals("error by step, 3 w at 9 η / w at η", matched / losses, 1.0, ROUNDING)
    apart = float(np.max(np.abs(same[-1] / losses[-1] - 1)))
    yield exceeds("|error, 3 w at η / w at η - 1|, 6 steps", apart, 1e-3)


def _moved(norm: Normalizer, rng: Generator, by: float) -> Normalizer:
    """Move and stretch each unit's normalised inputs anew at every step."""

    def forward(z: Array) -> tuple[Array, Any]:
        values, cache = norm.forward(z)
        stretch = 1 + rng.uniform(-by, by, size=(len(z), 1, z.shape[2]))
        move = rng.normal(scale=by, size=(len(z), 1, z.shape[2]))
        return values * stretch + move, (cache, stretch)

    return Normalizer(forward, lambda g, kept: norm.backward(g * kept[1], kept[0]))


def _advantage_moved(norm: Normalizer) -> Callable[[Problem, Generator, float], float]:
    """Measure how many times as much is learnt as without norm, if its outputs are moved."""

    def advantage(problem: Problem, rng: Generator, by: float) -> float:
        with_norm = _learnt(train(_moved(norm, rng, by), problem, rate=0.1, steps=60))
        return with_norm / _learnt(train(PLAIN, problem, rate=0.1, steps=60))

    return advantage


def _only_if_stable(problem: Problem, rng: Generator, by: float) -> float:
    return 1.0 if by > 0 else _advantage_moved(BATCH)(problem, rng, by)


@claim(
    "normalization.trains-in-spite-of-shift",
    en="Batch norm does not owe its effect to a stable input distribution: from weights 0.3 of"
    " their usual size its networks learn more than 5 times what plain ones do in 60 steps, and"
    " still do so if the mean of every normalised input is moved at random by 0.1 deviations at"
    " each step.",
    zh="Batch Norm 的效果并不靠稳定的输入分布：初始权重只有通常的 0.3 时，"
    "它的网络 60 步学到的部分是普通网络的 5 倍以上；"
    "即使每一步都把每个归一化输入的均值随机移动 0.1 个标准差，也依然如此。",
    notes="2.7",
    on=_advantage_moved(BATCH),
    misconceptions=[
        Misconception(
            "stability-is-what-helps",
            _only_if_stable,
            Text(
                "The notes credit the steadied distribution of deep layers; then no advantage would"
                " be left once it is moved.",
                "笔记把功劳归于稳定了深层数据的分布；若真如此，一旦移动分布，优势就该消失。",
            ),
            notes="2.7",
        ),
        Misconception("without-normalisation", _advantage_moved(PLAIN), NOTHING.why),
        Misconception(
            "only-centres", _advantage_moved(ONLY_CENTRES.implementation), ONLY_CENTRES.why
        ),
    ],
    sources=[_SANTURKAR],
)
def trains_in_spite_of_shift(
    advantage: Callable[..., Any], rng: Generator
) -> Iterator[Measurement]:
    """Train eight networks of each kind, with inputs left alone and moved at every step."""
    problem = _drawn(rng, scale=0.3)
    for by in (0.0, 0.1):
        ratio = float(advantage(problem, rng, by))
        yield exceeds(f"learnt / plain, moved by {by:g}, weights times 0.3, 60 steps", ratio, 5.0)
