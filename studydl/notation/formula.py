"""A formula by itself: drawn in two dimensions, or in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.notation.binding import has_one_row
from studydl.notation.breaking import fitted
from studydl.notation.linear import linear
from studydl.notation.parser import parse
from studydl.notation.spacing import Style

if TYPE_CHECKING:
    from studydl.notation.box import Box

__all__ = ["inline", "render"]


def render(latex: str, *, ascii: bool = False, max_width: int | None = None) -> Box:  # noqa: A002 - the option's name everywhere
    """Draws a displayed formula.

    Args:
        latex: The source, without the dollars around it.
        ascii: Whether everything is spelled in ASCII.
        max_width: How many cells there are. A wider formula is broken between equations, before
            relations, then before plus and minus; where that does not help it stays wide.

    Returns:
        The drawing.

    Raises:
        NotationError: The source is not in the subset.
    """
    return fitted(parse(latex), Style(ascii=ascii), max_width)


def inline(latex: str, *, ascii: bool = False) -> str | None:  # noqa: A002 - the option's name everywhere
    """Writes a formula in one row, if that loses nothing.

    Args:
        latex: The source, without the dollars around it.
        ascii: Whether everything is spelled in ASCII.

    Returns:
        The row; None for what needs height, such as a matrix or cases.

    Raises:
        NotationError: The source is not in the subset.
    """
    formula = parse(latex)
    return linear(formula, Style(ascii=ascii)) if has_one_row(formula) else None
