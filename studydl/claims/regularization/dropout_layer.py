"""The dropout layer: which mask, which scale, which noise (notes 3.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization._exact import Array, masks
from studydl.claims.regularization._experiments import noise_of_an_average
from studydl.claims.regularization._quantities import kept_by_dropout, variance_of_dropout
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = [
    "SRIVASTAVA",
    "dropout_backward",
    "dropout_expectation",
    "dropout_noise",
    "dropout_thins",
    "dropout_two_scales",
    "scales_all",
    "unscaled",
]

SRIVASTAVA = "Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov 2014"


@misconception(
    "unscaled",
    en="Dropping is thought to be all there is to dropout: no scale in training.",
    zh="以为 dropout 只是丢弃，训练时不做任何缩放。",
)
def unscaled(x: Any, mask: Any, *, drop: float) -> Any:  # noqa: ARG001 - the scale is what it forgets
    """Only drop."""
    return x * mask


@misconception(
    "divides-by-the-drop-rate",
    en="p is read as the probability of keeping in 1/p while it is handed in as that of dropping.",
    zh="公式 1/p 里的 p 是保留概率，传进来的却是丢弃概率。",
)
def divides_by_drop(x: Any, mask: Any, *, drop: float) -> Any:
    """Mistake the one probability for the other."""
    return x * mask / drop


@misconception(
    "scales-all-units",
    en="The scale is applied, but the mask is forgotten.",
    zh="做了缩放，却忘了乘掩码。",
)
def scales_all(x: Any, mask: Any, *, drop: float) -> Any:  # noqa: ARG001 - the mask is what it forgets
    """Scale without dropping."""
    return x / (1 - drop)


@misconception(
    "multiplies-by-the-keep-rate",
    en="The factor of test time, 1 - p, is applied in training.",
    zh="把测试时才用的因子 1 - p 用在了训练时。",
)
def multiplies(x: Any, mask: Any, *, drop: float) -> Any:
    """Scale the wrong way."""
    return x * mask * (1 - drop)


@misconception(
    "noise-of-the-bare-mask",
    en="The variance p(1 - p) of the mask is taken for that of the scaled output.",
    zh="把掩码本身的方差 p(1 - p) 当成缩放后输出的方差。",
)
def bare_noise(x: Any, mask: Any, *, drop: float) -> Any:
    """Keep the mean and the mask's own variance."""
    return x * (1 + mask - (1 - drop))


def moments(layer: Callable[..., Any], x: Array, drop: float) -> tuple[Array, Array]:
    """Return mean and variance of each output over all masks."""
    outputs = [(layer(x, mask, drop=drop), chance) for mask, chance in masks(len(x), drop)]
    mean = np.sum([chance * output for output, chance in outputs], axis=0)
    variance = np.sum([chance * (output - mean) ** 2 for output, chance in outputs], axis=0)
    return mean, variance


@claim(
    "regularization.dropout-expectation",
    en="Inverted dropout that drops with p = 0.2 multiplies what it keeps by 1/(1 - p) = 1.25 and"
    " the rest by 0; the expectation of each output over all masks is then 1 times its input.",
    zh="丢弃概率 p = 0.2 的反向（inverted）dropout 把保留的单元乘以 1/(1 - p) = 1.25，"
    "其余乘以 0；于是每个输出对所有掩码的期望是输入的 1 倍。",
    notes="3.2.2",
    on=nn.dropout,
    misconceptions=[unscaled, divides_by_drop, scales_all, multiplies],
    sources=[f"{SRIVASTAVA}, section 10"],
    quantities=[kept_by_dropout],
)
def dropout_expectation(layer: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Enumerate the masks over three units."""
    x = rng.uniform(0.5, 2, size=3) * np.array([1.0, -1.0, 3.0])
    kept = layer(x, np.ones(3), drop=0.2)
    yield equals("kept y/x = 1/(1 - p), p = 0.2", kept / x, 1.25, ROUNDING)
    yield equals("dropped y", layer(x, np.zeros(3), drop=0.2), 0.0, EXACT)
    for drop in (0.2, 0.7):
        mean, _ = moments(layer, x, drop)
        yield equals(f"E[y]/x, p = {drop}", mean / x, 1.0, ROUNDING)


@claim(
    "regularization.dropout-noise",
    en="Dropout adds noise of variance x² p/(1 - p) to its input x, p being the probability of"
    " dropping: 0.111 x² at p = 0.1, 0.25 x² at p = 0.2, but 9 x² at p = 0.9.",
    zh="设 p 为丢弃概率，dropout 给输入 x 加上方差为 x² p/(1 - p) 的噪声："
    "p = 0.1 时为 0.111 x²，p = 0.2 时为 0.25 x²，p = 0.9 时则高达 9 x²。",
    notes="3.2.2",
    on=nn.dropout,
    misconceptions=[
        unscaled,
        bare_noise,
        Misconception(
            "keeps-with-p",
            lambda x, mask, *, drop: x * (1 + (mask - (1 - drop)) / drop),
            Text(
                "An input dropout is given a p close to 1, which is gentle only if p is the"
                " probability of keeping.",
                "输入层 dropout 取接近 1 的 p，只有当 p 是保留概率时才是轻微的扰动。",
            ),
            notes="3.2.2",
        ),
    ],
    sources=[f"{SRIVASTAVA}, section 10", "Wager, Wang & Liang 2013, section 2"],
    quantities=[variance_of_dropout],
    experiments=[noise_of_an_average],
)
def dropout_noise(layer: Callable[..., Any], rng: Generator) -> Iterator[Measurement]:
    """Enumerate the masks, and divide the variance by the square of the input."""
    x = rng.uniform(0.5, 2, size=2) * np.array([1.0, -3.0])
    for drop in (0.1, 0.2, 0.9):
        mean, variance = moments(layer, x, drop)
        yield equals(f"E[y]/x, p = {drop}", mean / x, 1.0, ROUNDING)
        yield equals(f"Var y/x², p = {drop}", variance / x**2, drop / (1 - drop), ROUNDING)


class _Conventions(NamedTuple):
    train: Callable[..., Any]
    test: Callable[..., Any]


def _as_test(name: str, test: Any, en: str, zh: str, notes: str = "") -> Misconception:
    return Misconception(name, _Conventions(nn.dropout, test), Text(en, zh), notes)


_BY_P = _as_test(
    "test-by-the-drop-rate",
    lambda x, *, drop: drop * x,
    "One p is used for both scales: 1/(1 - p) in training has p for dropping, p at test has p for"
    " keeping.",
    "两处用了同一个 p：训练时的 1/(1 - p) 里 p 是丢弃概率，测试时乘的 p 却是保留概率。",
    notes="3.2.2",
)


@claim(
    "regularization.dropout-two-scales",
    en="With p for the probability of dropping, both conventions have 1 - p: at p = 0.2 either"
    " training divides by 0.8 or the test multiplies by 0.8. Multiplying by p at test would leave"
    " 0.25 of the expected output.",
    zh="若 p 是丢弃概率，两种约定用的都是 1 - p：p = 0.2 时，要么训练时除以 0.8，"
    "要么测试时乘以 0.8。测试时若乘以 p，输出就只剩期望值的 0.25。",
    notes="3.2.2",
    on=_Conventions(nn.dropout, nn.scale_for_test),
    misconceptions=[
        _BY_P,
        _as_test(
            "test-divides",
            lambda x, *, drop: x / (1 - drop),
            "The training factor is applied at test.",
            "把训练时的因子用在了测试时。",
        ),
        Misconception(
            "training-unscaled-too",
            _Conventions(unscaled.implementation, nn.scale_for_test),
            Text(
                "Training of the inverted form is left without its scale.",
                "反向 dropout 训练时没有缩放。",
            ),
        ),
    ],
    sources=[
        f"{SRIVASTAVA}, section 1 (figure 2) and section 10",
        "PyTorch documentation, Dropout",
    ],
)
def dropout_two_scales(conventions: _Conventions, rng: Generator) -> Iterator[Measurement]:
    """Average the bare masks, and compare each convention with that average."""
    x = rng.uniform(0.5, 2, size=3)
    mean = np.sum([chance * mask * x for mask, chance in masks(3, 0.2)], axis=0)
    test = conventions.test(x, drop=0.2)
    yield equals("y at test/x, p = 0.2", test / x, 0.8, ROUNDING)
    yield equals("y at test/E[m x]", test / mean, 1.0, ROUNDING)
    yield equals("p x/E[m x], p = 0.2", (x - test) / mean, 0.25, ROUNDING)
    inverted, _ = moments(conventions.train, x, 0.2)
    yield equals("E[y in training]/x", inverted / x, 1.0, ROUNDING)


class _Layer(NamedTuple):
    forward: Callable[..., Any]
    backward: Callable[..., Any]


def _as_backward(name: str, backward: Any, en: str, zh: str) -> Misconception:
    return Misconception(name, _Layer(nn.dropout, backward), Text(en, zh))


@claim(
    "regularization.dropout-backward",
    en="The gradient goes back through the mask and scale of the forward pass: at p = 0.2 it is"
    " multiplied by 1.25 at a kept unit and by 0 at a dropped one.",
    zh="梯度按前向时的同一个掩码和缩放返回：p = 0.2 时，在保留的单元处乘以 1.25，"
    "在丢弃的单元处乘以 0。",
    notes="3.2.2",
    on=_Layer(nn.dropout, nn.dropout_gradient),
    misconceptions=[
        _as_backward(
            "passes-all",
            lambda g, mask, *, drop: g / (1 - drop) + 0 * mask,
            "Dropped units are thought to learn as well, since they come back later.",
            "以为被丢弃的单元之后还会回来，所以也参与学习。",
        ),
        _as_backward(
            "unscaled-gradient",
            lambda g, mask, *, drop: g * mask + 0 * drop,
            "The scale is taken for a matter of the forward pass only.",
            "以为缩放只是前向传播的事。",
        ),
        _as_backward(
            "scaled-twice",
            lambda g, mask, *, drop: g * mask / (1 - drop) ** 2,
            "The scale is applied to the gradient once more.",
            "对梯度又多做了一次缩放。",
        ),
    ],
    sources=[f"{SRIVASTAVA}, section 5.1"],
)
def dropout_backward(layer: _Layer, rng: Generator) -> Iterator[Measurement]:
    """Measure both factors; a linear layer's backward pass has <g, f(v)> = <b(g), v>."""
    g, v = rng.normal(size=(2, 6))
    mask = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 1.0])
    back = layer.backward(g, mask, drop=0.2)
    yield equals("∂L/∂x / ∂L/∂y, kept, p = 0.2", (back / g)[mask == 1], 1.25, ROUNDING)
    yield equals("∂L/∂x, dropped", back[mask == 0], 0.0, EXACT)
    forward = layer.forward(v, mask, drop=0.2)
    yield equals("1 + g f(v) = 1 + b(g) v", 1 + g * forward, 1 + back * v, ROUNDING)


@claim(
    "regularization.dropout-thins",
    en="Dropout makes the network thinner only while it trains: at p = 0.2 a subnetwork has on"
    " average 0.8 of the units, the network at test all, 1; and weights divided by 0.8 undo its"
    " scale, so that no function is out of its reach.",
    zh="dropout 只在训练时让网络变薄：p = 0.2 时，一个子网络平均只有 0.8 的单元，"
    "测试时的网络则用上全部，即 1；而且把权重除以 0.8 就能抵消缩放，所以能表示的函数一个也没有少。",
    notes="3.2.2",
    on=_Conventions(nn.dropout, nn.scale_for_test),
    misconceptions=[
        _as_test(
            "stays-thin",
            lambda x, *, drop: np.where(
                np.argsort(np.argsort(np.abs(x))) < np.ceil(drop * len(x)), 0.0, (1 - drop) * x
            ),
            "Dropped units are thought to stay out, so that the trained network is a simpler one.",
            "以为被丢弃的单元不再回来，训练出的网络因此更简单。",
            notes="3.2.2",
        ),
        _BY_P,
        Misconception(
            "drops-nothing-in-training",
            _Conventions(scales_all.implementation, nn.scale_for_test),
            Text(
                "Training is thought to use the whole network as well, scaled.",
                "以为训练时也用整个网络，只是做了缩放。",
            ),
        ),
    ],
    sources=[f"{SRIVASTAVA}, sections 1 and 2"],
)
def dropout_thins(conventions: _Conventions, rng: Generator) -> Iterator[Measurement]:
    """Count the units that have an output, in training over all masks and at test."""
    x = rng.uniform(0.5, 2, size=4)
    shares = [
        chance * np.mean(conventions.train(x, mask, drop=0.2) != 0)
        for mask, chance in masks(4, 0.2)
    ]
    yield equals("share of units in training, p = 0.2", np.sum(shares), 0.8, ROUNDING)
    test = conventions.test(x, drop=0.2)
    yield equals("share of units at test", np.mean(test != 0), 1.0, EXACT)
    undone = conventions.test(x / 0.8, drop=0.2)
    yield equals("(w/0.8 at test)/w", undone / x, 1.0, ROUNDING)
