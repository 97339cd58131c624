"""YAML as a tree in which every node knows its place. Refuses what a deck has no use for.

Built from parse events and not from PyYAML's objects: those resolve ``no`` to False, ``1.10`` to
1.1 and ``012`` to 10, keep the last of two equal keys, and forget where anything stood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from studydl.cards.problems import Spot
from studydl.cards.syntax import syntax_hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.cards.problems import Findings

__all__ = ["Broken", "Items", "Node", "Pairs", "Scalar", "read_tree"]

MAX_DEPTH = 12
"""A deck is nine levels deep; a file of brackets is not a deck."""

# libyaml is some eight times faster; a PyYAML without it reads the same.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text, with the quotes it stood in: empty, ``'``, ``"``, ``|`` or ``>``."""

    spot: Spot
    end: Spot
    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    spot: Spot
    end: Spot
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping, its keys as they were written; ``flow`` tells whether it stood in braces."""

    spot: Spot
    end: Spot
    pairs: tuple[tuple[Scalar, Node], ...]
    flow: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A node whose problem has been told already."""

    spot: Spot
    end: Spot


Node = Scalar | Items | Pairs | Broken


class _StopReading(Exception):  # noqa: N818 - ends one reading, is no error by itself
    """The rest of the file cannot be read."""


def read_tree(text: str, findings: Findings) -> Node | None:
    """Read the one document of a file.

    Args:
        text: The file.
        findings: Where problems go.

    Returns:
        The tree, or None if the file as a whole cannot be used.
    """
    try:
        return _Builder(yaml.parse(text, Loader=_LOADER), findings).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)
        problem = error.problem or "the file cannot be read"
        findings.add(spot, f"not valid YAML: {problem}", syntax_hint(problem), rule="yaml")
    except yaml.YAMLError as error:
        findings.add(Spot(1, 1), f"not valid YAML: {error}", rule="yaml")
    except _StopReading:
        pass
    return None


def _start(event: Any) -> Spot:
    return Spot(event.start_mark.line + 1, event.start_mark.column + 1)


def _end(event: Any) -> Spot:
    return Spot(event.end_mark.line + 1, event.end_mark.column + 1)


class _Builder:
    def __init__(self, events: Iterator[Any], findings: Findings) -> None:
        self._events = events
        self._findings = findings

    def document(self) -> Node | None:
        next(self._events)  # the start of the stream
        first = next(self._events)
        if isinstance(first, yaml.StreamEndEvent):
            self._add(Spot(1, 1), "the file is empty", "write chapter:, title: and cards:")
            return None
        root = self._node(next(self._events), 0)
        next(self._events)  # the end of the document
        following = next(self._events)
        if not isinstance(following, yaml.StreamEndEvent):
            self._add(
                _start(following), "a second document", "keep one deck in a file, without ---"
            )
            return None
        return root

    def _node(self, event: Any, depth: int) -> Node:
        if depth > MAX_DEPTH:
            self._add(_start(event), "nested too deeply", "a deck has nine levels")
            raise _StopReading
        plain = self._is_plain_data(event)
        if isinstance(event, yaml.AliasEvent):
            return Broken(_start(event), _end(event))
        if isinstance(event, yaml.ScalarEvent):
            node: Node = Scalar(_start(event), _end(event), event.value, event.style or "")
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._items(event, depth)
        else:
            node = self._pairs(event, depth)
        return node if plain else Broken(node.spot, node.end)

    def _is_plain_data(self, event: Any) -> bool:
        """Report references and types, which a deck has no use for."""
        hint = "write the text out; in quotes if it starts with"
        if isinstance(event, yaml.AliasEvent):
            self._add(_start(event), f"a reference *{event.anchor}", f"{hint} *")
            return False
        if event.anchor is not None:
            self._add(_start(event), f"an anchor &{event.anchor}", f"{hint} &")
            return False
        if event.tag is not None:
            self._add(_start(event), f"a type {event.tag}", f"{hint} !")
            return False
        return True

    def _items(self, start: Any, depth: int) -> Items:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Items(_start(start), _end(event), tuple(items))

    def _pairs(self, start: Any, depth: int) -> Pairs:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Spot] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if self._is_new_key(key, seen) and isinstance(key, Scalar):
                pairs.append((key, value))
        return Pairs(_start(start), _end(event), tuple(pairs), bool(start.flow_style))

    def _is_new_key(self, key: Node, seen: dict[str, Spot]) -> bool:
        if isinstance(key, Broken):
            return False
        if not isinstance(key, Scalar):
            self._add(key.spot, "a key that is not a word", "braces at the start need quotes")
            return False
        if key.text == "<<" and not key.style:
            self._add(key.spot, "a merge key <<", "write the entries out")
            return False
        if first := seen.get(key.text):
            message = f"the key {key.text!r} stands here twice"
            self._add(key.spot, message, f"keep one; the first is on line {first.line}")
            return False
        seen[key.text] = key.spot
        return True

    def _add(self, spot: Spot, message: str, hint: str) -> None:
        self._findings.add(spot, message, hint, rule="yaml")
