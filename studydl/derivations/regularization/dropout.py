"""Inverted dropout: its expectation, its variance, and what it does to a linear unit's error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import IndexedBase, Symbol

from studydl.derivations.regularization._terms import error, goodfellow, i, n, w, x, y
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import regularization
from studydl.verification.definitions import EXPECTATION, VARIANCE
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import REALS, UNIT, Domain, Integers, Sequence
from studydl.verification.randomness import Bernoulli

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studydl.verification.randomness import Outcomes

__all__ = ["dropout_expectation", "dropout_ridge", "dropout_variance"]

_p = Symbol("p", positive=True)
_value = Symbol("x", real=True)
_m = Symbol("m", real=True)
_masks = IndexedBase("m")

_srivastava = "Srivastava et al. 2014, Dropout, Journal of Machine Learning Research 15, section"


def _outputs(m: Outcomes, p: float, x: float) -> NDArray[np.floating[Any]]:
    """Return what dropout makes of a unit in each outcome of its mask."""
    return regularization.dropout(np.full_like(m.values, x), m.values, drop=p)


def _mean(m: Outcomes, p: float, x: float) -> float:
    return m.mean(_outputs(m, p, x))


def _variance(m: Outcomes, p: float, x: float) -> float:
    return m.variance(_outputs(m, p, x))


def _expected_error(
    m: Outcomes,
    n: int,
    p: float,
    w: NDArray[np.float64],
    x: NDArray[np.float64],
    y: float,
) -> float:
    masks = m.joint(n)
    inputs = np.broadcast_to(x[:n], masks.values.shape)
    outputs = regularization.dropout(inputs, masks.values, drop=p) @ w[:n]
    return masks.mean((y - outputs) ** 2)


with as_written():
    _keep = 1 - _p
    _unit = _m * _value / _keep
    _scaled = _value / _keep
    _one = Domain({_p: UNIT, _value: REALS, _m: Bernoulli(_keep)})

    dropout_expectation = Derivation(
        "regularization.dropout-expectation",
        title=Text(
            "Dividing by 1 - p in training, dropout keeps a unit's expectation",
            "训练时除以 1 - p，Dropout 就不改变单元输出的期望",
        ),
        notes="3.2.2",
        domain=_one,
        steps=(
            Step(
                EXPECTATION(_unit),
                Text(
                    "The mask m is 0 with probability p: the unit is dropped. Otherwise m is 1.",
                    "掩码 m 以概率 p 为 0，即丢弃该单元；否则为 1。",
                ),
            ),
            Step(
                _scaled * EXPECTATION(_m),
                Text(
                    "Only the mask is random; the expectation is linear.",
                    "只有掩码是随机的；期望是线性的。",
                ),
            ),
            Step(
                _scaled * _keep,
                Text(
                    "The mean of a number that is 0 or 1 is the probability of 1.",
                    "只取 0 或 1 的数，其期望就是取 1 的概率。",
                ),
            ),
            Step(
                _value,
                Text(
                    "1 - p cancels; it is not 0. At test nothing has to be scaled.",
                    "约去 1 - p，它不为 0；所以测试时无需再缩放。",
                ),
            ),
        ),
        comparisons=(Comparison("mean of nn.regularization.dropout over both masks", _mean),),
        sources=(f"{_srivastava} 10",),
    )

    dropout_variance = Derivation(
        "regularization.dropout-variance",
        title=Text(
            "Dropout gives a unit the variance p/(1 - p) times its square",
            "Dropout 使单元输出的方差为其平方的 p/(1 - p) 倍",
        ),
        notes="3.2.2",
        domain=_one,
        steps=(
            Step(
                VARIANCE(_unit),
                Text(
                    "The variance over masks m; x itself is given.",
                    "对掩码 m 求方差；x 本身是给定的。",
                ),
            ),
            Step(
                _scaled**2 * VARIANCE(_m),
                Text(
                    "A constant factor leaves a variance as its square.",
                    "常数因子提到方差之外要平方。",
                ),
            ),
            Step(
                _scaled**2 * (EXPECTATION(_m**2) - EXPECTATION(_m) ** 2),
                Text(
                    "A variance is the mean square minus the squared mean.",
                    "方差等于平方的期望减去期望的平方。",
                ),
            ),
            Step(
                _scaled**2 * (_keep - _keep**2),
                Text(
                    "m is 0 or 1, so m² = m, and both have the mean 1 - p.",
                    "m 只取 0 或 1，所以 m² = m，两者的期望都是 1 - p。",
                ),
            ),
            Step(
                _scaled**2 * (_p * _keep),
                Text(
                    "Take out 1 - p; what is left in the bracket is p.",
                    "提出 1 - p，括号里剩下 p。",
                ),
            ),
            Step(
                _p / _keep * _value**2,
                Text(
                    "One factor 1 - p cancels. The variance grows beyond bounds as p nears 1.",
                    "约去一个 1 - p。p 趋于 1 时方差无限增大。",
                ),
            ),
        ),
        comparisons=(
            Comparison("variance of nn.regularization.dropout over both masks", _variance),
        ),
        sources=(f"{_srivastava} 10", "Wager, Wang & Liang 2013, Dropout Training, section 2"),
    )

    _input = _masks[i] * x[i] / _keep
    _output = total(w[i] * _input, i, 1, n)

    dropout_ridge = Derivation(
        "regularization.dropout-ridge",
        title=Text(
            "Dropout on the inputs of a linear unit is an L2 penalty, weighted by their squares",
            "对线性单元的输入做 Dropout，就是按输入平方加权的 L2 惩罚",
        ),
        notes="3.2.2",
        domain=Domain(
            {
                n: Integers(1, 4),
                _p: UNIT,
                w: Sequence(),
                x: Sequence(),
                y: REALS,
                _masks: Bernoulli(_keep),
            }
        ),
        steps=(
            Step(
                EXPECTATION((y - _output) ** 2),
                Text(
                    "The squared error of one example, in expectation over all masks.",
                    "一个样本的平方误差，对所有掩码取期望。",
                ),
            ),
            Step(
                EXPECTATION(y - _output) ** 2 + VARIANCE(_output),
                Text(
                    "A mean square is the squared mean plus the variance; y does not vary.",
                    "平方的期望等于期望的平方加方差；y 没有方差。",
                ),
            ),
            Step(
                error**2 + VARIANCE(_output),
                Text(
                    "Dropout keeps the expectation of each input, as in dropout-expectation.",
                    "Dropout 不改变各输入的期望，见 dropout-expectation。",
                ),
            ),
            Step(
                error**2 + total(w[i] ** 2 * VARIANCE(_input), i, 1, n),
                Text(
                    "The masks are independent: variances add up, weights leave as squares.",
                    "各掩码相互独立：方差可以相加，权重提出来要平方。",
                ),
            ),
            Step(
                error**2 + _p / _keep * total(w[i] ** 2 * x[i] ** 2, i, 1, n),
                Text(
                    "Insert the variance of dropout, derived in dropout-variance.",
                    "代入 Dropout 的方差，推导见 dropout-variance。",
                ),
            ),
        ),
        comparisons=(
            Comparison(
                "squared error over all masks of nn.regularization.dropout", _expected_error
            ),
        ),
        sources=(
            f"{_srivastava} 9.1",
            "Wager, Wang & Liang 2013, Dropout Training, section 2",
            f"{goodfellow} 7.12",
        ),
    )
