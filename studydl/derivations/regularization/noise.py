"""Noise on the inputs of a linear unit is an L2 penalty."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from sympy import IndexedBase, Symbol

from studydl.derivations.regularization._terms import error, goodfellow, i, n, w, x, y
from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import regularization
from studydl.verification.definitions import EXPECTATION
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import POSITIVE, REALS, Domain, Integers, Sequence
from studydl.verification.randomness import Standardized

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["input_noise"]

_sigma = Symbol("sigma", positive=True)
_z = IndexedBase("z")


class _AllSigns:
    """Stands in for a random generator: as rows all combinations of 1 and -1.

    Over these rows the numbers have mean 0 and variance 1 and are independent, as normal ones are.
    """

    def normal(self, size: tuple[int, int]) -> NDArray[np.float64]:
        """Return one row for each combination."""
        return np.array(list(product([-1.0, 1.0], repeat=size[1])))


def _expected_error(
    n: int, w: NDArray[np.float64], x: NDArray[np.float64], y: float, sigma: float, **_noise: Any
) -> float:
    inputs, targets = regularization.noisy_copies(
        cast("Any", _AllSigns()), x[None, :n], [y], copies=2**n, noise=sigma
    )
    return float(np.mean((targets - inputs @ w[:n]) ** 2))


with as_written():
    _noise = total(w[i] * _z[i], i, 1, n)

    input_noise = Derivation(
        "regularization.input-noise",
        title=Text(
            "Noise on the inputs of a linear unit adds the penalty σ² Σ wᵢ² to its squared error",
            "给线性单元的输入加噪声，等于在平方误差上加惩罚 σ² Σ wᵢ²",
        ),
        notes="3.3",
        domain=Domain(
            {
                n: Integers(1, 4),
                _sigma: POSITIVE,
                w: Sequence(),
                x: Sequence(),
                y: REALS,
                _z: Standardized(POSITIVE),
            }
        ),
        steps=(
            Step(
                EXPECTATION((y - total(w[i] * (x[i] + _sigma * _z[i]), i, 1, n)) ** 2),
                Text(
                    "The expected squared error; σ is the noise's standard deviation.",
                    "平方误差的期望；σ 是噪声的标准差。",
                ),
            ),
            Step(
                EXPECTATION((error - _sigma * _noise) ** 2),
                Text(
                    "A linear unit passes the noise on as it is, beside the error without noise.",
                    "单元是线性的，噪声与无噪声时的误差可以分开。",
                ),
            ),
            Step(
                error**2 + _sigma**2 * EXPECTATION(_noise**2),
                Text(
                    "Multiply out: the mixed term has mean 0, because the noise has.",
                    "展开平方：噪声均值为 0，交叉项的期望也为 0。",
                ),
            ),
            Step(
                error**2 + _sigma**2 * total(w[i] ** 2, i, 1, n),
                Text(
                    "Independent noise of variance 1: only the squares of the weights are left.",
                    "各噪声独立、方差为 1：只剩下权重的平方。",
                ),
            ),
        ),
        comparisons=(
            Comparison("squared error on nn.regularization.noisy_copies", _expected_error),
        ),
        sources=(
            "Bishop 1995, Training with Noise is Equivalent to Tikhonov Regularization, section 2",
            f"{goodfellow} 7.5",
        ),
    )
