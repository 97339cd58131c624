"""What a rectifier leaves of a mean square, and He's variance that makes up for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Min, Symbol

from studydl.derivations.initialization._terms import (
    he,
    mean_square,
    mean_square_of_relu,
    n_in,
    relu,
    variance_drawn,
    z,
)
from studydl.derivations.writing import as_written
from studydl.language import Text
from studydl.nn import activations, initialization
from studydl.verification.definitions import EXPECTATION
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.derivation_report import Relation
from studydl.verification.domain import POSITIVE, UNIT, Domain, Integers
from studydl.verification.randomness import Symmetric

if TYPE_CHECKING:
    from studydl.verification.randomness import Outcomes

__all__ = ["he_variance", "leaky_relu_mean_square", "relu_mean_square"]

_alpha = Symbol("alpha", positive=True)


def _relu(z: Outcomes) -> float:
    return z.mean(activations.relu(z.values) ** 2)


def _leaky_relu(z: Outcomes, alpha: float) -> float:
    return z.mean(activations.leaky_relu(z.values, slope=alpha) ** 2)


def _by_gain(z: Outcomes, alpha: float) -> float:
    return z.mean(z.values**2) / initialization.he_gain(alpha) ** 2


def _normal(n_in: int, **_state: Outcomes) -> float:
    return variance_drawn(initialization.he_normal, n_in, 3)


def _uniform(n_in: int, **_state: Outcomes) -> float:
    return variance_drawn(initialization.he_uniform, n_in, 3)


with as_written():
    _other_half = Min(0, z)
    _leaky = relu + _alpha * _other_half

    relu_mean_square = Derivation(
        "initialization.relu-mean-square",
        title=Text(
            "ReLU leaves half of a symmetric state's mean square",
            "状态分布对称时，ReLU 只留下均方的一半",
        ),
        notes="4.4",
        domain=Domain({z: Symmetric(POSITIVE)}),
        steps=(
            Step(
                mean_square_of_relu,
                Text(
                    "The mean square of an activation. The state z is as likely as -z.",
                    "激活值的均方。状态 z 与 -z 的可能性相同。",
                ),
            ),
            Step(
                (mean_square_of_relu + EXPECTATION(_other_half**2)) / 2,
                Text(
                    "By symmetry the negative half has as large a mean square: average both.",
                    "由对称性，负的一半均方相同：取两者的平均。",
                ),
            ),
            Step(
                EXPECTATION(relu**2 + _other_half**2) / 2,
                Text("The expectation is linear.", "期望是线性的。"),
            ),
            Step(
                mean_square / 2,
                Text(
                    "Of max(0, z) and min(0, z) one is z, the other 0: the squares add up to z².",
                    "max(0, z) 与 min(0, z) 一个是 z，另一个是 0：平方和就是 z²。",
                ),
            ),
        ),
        comparisons=(Comparison("mean square of nn.activations.relu", _relu),),
        sources=(f"{he}, section 2.2, below equation 8",),
    )

    leaky_relu_mean_square = Derivation(
        "initialization.leaky-relu-mean-square",
        title=Text(
            "Leaky ReLU leaves (1 + α²)/2 of a symmetric state's mean square",
            "状态分布对称时，Leaky ReLU 留下均方的 (1 + α²)/2",
        ),
        notes="4.4",
        domain=Domain({_alpha: UNIT, z: Symmetric(POSITIVE)}),
        steps=(
            Step(
                EXPECTATION(_leaky**2),
                Text(
                    "The mean square of an activation; negative states keep the slope α.",
                    "激活值的均方；负的状态保留斜率 α。",
                ),
            ),
            Step(
                EXPECTATION(relu**2 + _alpha**2 * _other_half**2),
                Text(
                    "One of the two terms is always 0, so that there is no mixed term.",
                    "两项中总有一项为 0，所以没有交叉项。",
                ),
            ),
            Step(
                mean_square_of_relu + _alpha**2 * EXPECTATION(_other_half**2),
                Text("The expectation is linear.", "期望是线性的。"),
            ),
            Step(
                mean_square / 2 + _alpha**2 * (mean_square / 2),
                Text(
                    "Each half has half of the mean square, derived in relu-mean-square.",
                    "正负两半各占均方的一半，推导见 relu-mean-square。",
                ),
            ),
            Step(
                (1 + _alpha**2) / 2 * mean_square,
                Text("Take half of the mean square out.", "提出均方的一半。"),
            ),
        ),
        comparisons=(
            Comparison("mean square of nn.activations.leaky_relu", _leaky_relu),
            Comparison("mean square over nn.initialization.he_gain squared", _by_gain),
        ),
        sources=(f"{he}, section 2.2, equation 15",),
    )

    he_variance = Derivation(
        "initialization.he-variance",
        title=Text(
            "He: before ReLU, weights of variance 2/n_in keep the variance of the states",
            "He 初始化：配合 ReLU，权重方差取 2/n_in 可保持状态方差不变",
        ),
        notes="4.4",
        domain=Domain({n_in: Integers(), z: Symmetric(POSITIVE)}),
        steps=(
            Step(
                n_in * mean_square_of_relu / mean_square,
                Text(
                    "By forward-variance: how a layer scales the states' variance if Var[w] = 1.",
                    "由 forward-variance：Var[w] = 1 时，一层把状态方差放大的倍数。",
                ),
            ),
            Step(
                n_in * (mean_square / 2) / mean_square,
                Text(
                    "ReLU leaves half of the mean square, derived in relu-mean-square.",
                    "ReLU 只留下均方的一半，推导见 relu-mean-square。",
                ),
            ),
            Step(
                n_in / 2,
                Text(
                    "The mean square cancels; it is not 0.",
                    "约去均方，它不为 0。",
                ),
            ),
            Step(
                1 / (n_in / 2),
                Text(
                    "This factor times Var[w] is to be 1: the variance is its reciprocal.",
                    "这个倍数乘 Var[w] 应当等于 1：方差取它的倒数。",
                ),
                Relation.APPLIED,
            ),
            Step(
                2 / n_in,
                Text(
                    "Dividing by a half is doubling: twice what a linear unit needs.",
                    "除以二分之一等于乘以二：正好是线性单元所需的两倍。",
                ),
            ),
        ),
        comparisons=(
            Comparison("variance of nn.initialization.he_normal", _normal),
            Comparison("variance of nn.initialization.he_uniform", _uniform),
        ),
        sources=(f"{he}, section 2.2, equations 9 and 10",),
    )
