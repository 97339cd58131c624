"""BFGS: the new estimate of the inverse Hessian explains the step that was just taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Function, IndexedBase, Symbol

from studydl.derivations.writing import as_written, total
from studydl.language import Text
from studydl.nn import optimizers
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import UNIT, Domain, Index, Integers, Interval, Matrix, Sequence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["bfgs_secant"]

_n = Symbol("n", integer=True, positive=True)
_i, _j, _k, _l = (Symbol(name, integer=True, positive=True) for name in "ijkl")
_H, _s, _y = (IndexedBase(name) for name in "Hsy")
_rho, _sigma, _kappa = (Symbol(name, real=True) for name in ("rho", "sigma", "kappa"))
_q = Function("q", real=True)
_new = Function("K", real=True)


def _explained_step(
    H: NDArray[np.float64],  # noqa: N803 - the matrix's name in the formula
    i: int,
    n: int,
    s: NDArray[np.float64],
    y: NDArray[np.float64],
) -> float:
    """Return coordinate i of the new estimate times the change of the gradient."""
    new = optimizers.bfgs_inverse(H[:n, :n], s[:n], y[:n])
    return float((new @ y[:n])[i - 1])


with as_written():
    bfgs_secant = Derivation(
        "optimizers.bfgs-secant",
        title=Text(
            "BFGS's new estimate K of the inverse Hessian satisfies the secant condition K y = s",
            "BFGS 对逆海森矩阵的新估计 K 满足割线条件 K y = s",
        ),
        notes="5.6",
        domain=Domain(
            {
                _n: Integers(high=4),
                _i: Index(_n),
                _H: Matrix(Interval(-1, 1)),
                _s: Sequence(UNIT),
                _y: Sequence(UNIT),
            }
        ),
        definitions={
            _sigma: total(_s[_l] * _y[_l], _l, 1, _n),
            _rho: 1 / _sigma,
            _q(_i): total(_H[_i, _j] * _y[_j], _j, 1, _n),
            _kappa: total(_y[_l] * _q(_l), _l, 1, _n),
            _new(_i, _k): _H[_i, _k]
            - _rho * _q(_i) * _s[_k]
            - _rho * _s[_i] * total(_y[_l] * _H[_l, _k], _l, 1, _n)
            + (_rho**2 * _kappa + _rho) * _s[_i] * _s[_k],
        },
        steps=(
            Step(
                total(_new(_i, _k) * _y[_k], _k, 1, _n),
                Text(
                    "Row i of K y; K is (I - ρ s yᵀ) H (I - ρ y sᵀ) + ρ s sᵀ, multiplied out.",
                    "K y 的第 i 行；K 是 (I - ρ s yᵀ) H (I - ρ y sᵀ) + ρ s sᵀ 的展开。",
                ),
            ),
            Step(
                _q(_i)
                - _rho * _s[_i] * _kappa
                - _rho * _q(_i) * _sigma
                + (_rho**2 * _kappa + _rho) * _s[_i] * _sigma,
                Text(
                    "Sum each term: H y = q, sᵀ y = σ and yᵀ H y = κ.",
                    "逐项求和：H y = q，sᵀ y = σ，yᵀ H y = κ。",
                ),
            ),
            Step(
                _q(_i) - _rho * _s[_i] * _kappa - _q(_i) + (_rho * _kappa + 1) * _s[_i],
                Text(
                    "ρ σ = 1, because ρ is 1/σ; the curvature σ is above 0.",
                    "ρ 就是 1/σ，所以 ρ σ = 1；曲率 σ 大于 0。",
                ),
            ),
            Step(
                _s[_i],
                Text(
                    "All that came from H cancels along y: there only the last step counts.",
                    "沿 y 方向，来自 H 的各项全部抵消，只剩最近的一步。",
                ),
            ),
        ),
        comparisons=(
            Comparison("row i of nn.optimizers.bfgs_inverse(H, s, y) times y", _explained_step),
        ),
        sources=("Nocedal & Wright 2006, Numerical Optimization, section 6.1, equation 6.17",),
    )
