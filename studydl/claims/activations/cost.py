"""What an activation costs, counted in operations: seconds would say more about the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.language import Text
from studydl.nn import activations as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["sigmoid_cost"]

_TRANSCENDENTAL = {
    *("exp", "exp2", "expm1", "log", "log1p", "log2", "log10", "logaddexp", "power"),
    *("tanh", "sinh", "cosh", "arctan", "sin", "cos"),
}


class _Counted(np.ndarray[Any, np.dtype[np.float64]]):
    """An array that counts, over all arrays made from it, the transcendental values computed."""

    counter: list[int]

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        plain = [x.view(np.ndarray) if isinstance(x, _Counted) else x for x in inputs]
        result = getattr(ufunc, method)(*plain, **kwargs)
        if ufunc.__name__ in _TRANSCENDENTAL:
            self.counter[0] += np.size(result)
        return _counted(result, self.counter)


def _counted(values: Any, counter: list[int]) -> _Counted:
    array = np.asarray(values).view(_Counted)
    array.counter = counter
    return array


def _transcendentals_per_element(function: Callable[[Any], Any], x: Any) -> float:
    counter = [0]
    function(_counted(x, counter))
    return counter[0] / np.size(x)


class _Pair(NamedTuple):
    relu: Callable[[Any], Any]
    sigmoid: Callable[[Any], Any]


def _softplus(x: Any) -> Any:
    return np.log1p(np.exp(-np.abs(x))) + np.maximum(x, 0.0)


def _one_per_branch(x: Any) -> Any:
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


@claim(
    "activations.sigmoid-cost",
    en="The sigmoid needs 1 exponential per element and ReLU 0: it only compares.",
    zh="每个元素上，Sigmoid 需要 1 次指数运算，ReLU 需要 0 次：它只做比较。",
    notes="1.3",
    on=_Pair(nn.relu, nn.sigmoid),
    misconceptions=[
        Misconception(
            "computes-both-branches",
            _Pair(nn.relu, _one_per_branch),
            Text(
                "A choice between two formulas is expected to compute only the chosen one.",
                "以为在两个公式之间做选择时，只会计算被选中的那个。",
            ),
        ),
        Misconception(
            "relu-by-softplus",
            _Pair(_softplus, nn.sigmoid),
            Text(
                "ReLU is taken for the softplus, which needs a logarithm and an exponential.",
                "把 ReLU 当成 softplus，后者需要一次对数和一次指数。",
            ),
        ),
        Misconception(
            "sigmoid-without-exponential",
            _Pair(nn.relu, lambda x: np.clip(x / 4 + 0.5, 0.0, 1.0)),
            Text(
                "The hard sigmoid is cheap, but it is another function.",
                "硬 Sigmoid 确实便宜，但它是另一个函数。",
            ),
        ),
    ],
    sources=["Glorot, Bordes & Bengio 2011, section 3.1"],
)
def sigmoid_cost(pair: _Pair, rng: Generator) -> Iterator[Measurement]:
    """Count calls of NumPy's transcendental functions, element by element, and anchor values."""
    x = rng.normal(scale=3, size=50)
    for name, function, expected in (("σ", pair.sigmoid, 1.0), ("relu", pair.relu, 0.0)):
        count = _transcendentals_per_element(function, x)
        yield equals(f"exponentials per element, {name}", count, expected, EXACT)
    yield equals("relu(x)", pair.relu(x), [max(0.0, v) for v in x], ROUNDING, at=x)
    yield equals("σ(x)", pair.sigmoid(x), 1 / (1 + np.exp(-x)), ROUNDING, at=x)
