r"""Plain delimiters that match become fences, so that `(a)` and `\left(a\right)` are one tree."""

from __future__ import annotations

from studydl.notation.tree import Fenced, Kind, Node, Scripts, Symbol, row_of

__all__ = ["paired"]

_DELIMITERS = frozenset({Kind.OPENING, Kind.CLOSING, Kind.BAR})


def paired(items: list[Node]) -> list[Node]:
    """`items` with every matched pair of delimiters, and what is between, made one `Fenced`.

    A closing delimiter takes the nearest opening one, whatever its shape: `[0, 1)` is a pair.
    A bar closes the nearest bar of its kind, else it opens; what finds no partner stays a symbol.
    """
    done: list[Node] = []
    opened: list[tuple[int, Symbol]] = []  # places in `done`
    for item in items:
        mark = _delimiter(item)
        if mark is None:
            done.append(item)
        elif (found := _partner(mark, opened)) is not None:
            start, left = opened[found]
            fenced = Fenced(left.text, row_of(done[start + 1 :]), mark.text)
            del opened[found:], done[start:]
            done.append(_on(item, fenced))
        else:
            if item is mark and mark.kind in (Kind.OPENING, Kind.BAR):
                opened.append((len(done), mark))
            done.append(item)
    return done


def _partner(mark: Symbol, opened: list[tuple[int, Symbol]]) -> int | None:
    """Which of the `opened` delimiters `mark` closes."""
    for place in reversed(range(len(opened))):
        opener = opened[place][1]
        if mark.kind is Kind.BAR and opener == mark:
            return place
        if opener.kind is Kind.OPENING:
            return place if mark.kind is Kind.CLOSING else None
    return None


def _delimiter(item: Node) -> Symbol | None:
    """The symbol that could open or close here: the item, or what its scripts stand on."""
    base = item.base if isinstance(item, Scripts) else item
    return base if isinstance(base, Symbol) and base.kind in _DELIMITERS else None


def _on(item: Node, base: Node) -> Node:
    """`base` with the scripts of `item`, if it has any."""
    return Scripts(base, item.sub, item.sup) if isinstance(item, Scripts) else base
