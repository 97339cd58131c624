"""The operators: each a kind of small fault, with examples that the tests run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arithmetic import ARITHMETIC
from .arrays import ARRAYS

if TYPE_CHECKING:
    from .table import Operator

__all__ = ["OPERATORS"]

OPERATORS: tuple[Operator, ...] = (*ARITHMETIC, *ARRAYS)
