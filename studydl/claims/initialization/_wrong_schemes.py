"""Schemes in the place of others, as several claims reject them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from studydl.claims.initialization._draws import normal
from studydl.claims.initialization._networks import System
from studydl.language import Text
from studydl.nn import initialization as nn
from studydl.verification.claim import Misconception

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

__all__ = [
    "bound_as_deviation",
    "he_for_xavier",
    "scheme",
    "standard_for_xavier",
    "xavier_for_relu",
]


def scheme(variance: Callable[[int, int], float]) -> System:
    """Return a network that starts from normal weights of the variance for each pair of fans."""

    def initialize(rng: Generator, fan_in: int, fan_out: int) -> Any:
        return normal(rng, fan_in, fan_out, variance(fan_in, fan_out))

    return System(initialize)


def _bound_for_deviation(rng: Generator, fan_in: int, fan_out: int) -> Any:
    return nn.normal(rng, fan_in, fan_out, standard_deviation=1 / math.sqrt(fan_in))


bound_as_deviation = Misconception(
    "bound-as-deviation",
    System(_bound_for_deviation),
    Text(
        "The bound 1/√n is taken for the standard deviation.",
        "把边界1/√n当成标准差。",
    ),
)
standard_for_xavier = Misconception(
    "standard-for-xavier",
    System(nn.standard),
    Text(
        "Standard initialisation looks alike: uniform, with a root in the bound.",
        "标准初始化看起来很像：同样是均匀分布，边界里同样有根号。",
    ),
)
he_for_xavier = Misconception(
    "he-for-xavier",
    System(nn.he_normal),
    Text(
        "The newer He initialisation is thought to be better for every activation.",
        "以为更新的He初始化对所有激活函数都更好。",
    ),
)
xavier_for_relu = Misconception(
    "xavier-for-relu",
    System(nn.xavier_normal),
    Text(
        "Xavier initialisation is thought to suit every activation.",
        "以为Xavier初始化适用于所有激活函数。",
    ),
)
