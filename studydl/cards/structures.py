"""The shapes that hold other shapes: lists, records, and records told apart by their kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from studydl.cards.shapes import is_a
from studydl.cards.tree import Items, Node, Pairs, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studydl.cards.shapes import Desk, Shape, Word

__all__ = ["Field", "Kinds", "Later", "Many", "Named", "Record"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Later:
    """A value that is read by itself afterwards, so that a broken one costs only itself."""

    shape: Shape[object]

    def read(self, node: Node, desk: Desk, path: str) -> Node | None:  # noqa: ARG002 - of the protocol
        """Return the node as it is."""
        return node

    def schema(self) -> dict[str, object]:
        """Return the shape's own."""
        return self.shape.schema()


@dataclass(frozen=True, slots=True)
class Many(Generic[T]):
    """A list.

    Attributes:
        shape: What each item must be.
        expected: What they are together.
        least: How many there must be.
        most: How many there may be; None for any number.
        distinct: Whether an item may stand only once.
    """

    shape: Shape[T]
    expected: str
    least: int = 0
    most: int | None = None
    distinct: bool = False

    def read(self, node: Node, desk: Desk, path: str) -> tuple[T, ...] | None:
        """Return the items, or None if one of them is broken."""
        items = is_a(node, Items, f"a list of {self.expected}", desk)
        if items is None or not self._fits(items, desk):
            return None
        read: list[T] = []
        for index, item in enumerate(items.items):
            inner = f"{path}.{index}"
            desk.spots[inner] = item.spot
            value = self.shape.read(item, desk, inner)
            if value is None:
                continue
            if self.distinct and value in read:
                desk.findings.add(item.spot, f"{value!r} stands here twice", rule="type")
            read.append(value)
        return tuple(read) if len(read) == len(items.items) else None

    def schema(self) -> dict[str, object]:
        """Return the list."""
        schema: dict[str, object] = {"type": "array", "items": self.shape.schema()}
        if self.least:
            schema["minItems"] = self.least
        if self.most is not None:
            schema["maxItems"] = self.most
        if self.distinct:
            schema["uniqueItems"] = True
        return schema

    def _fits(self, items: Items, desk: Desk) -> bool:
        count = len(items.items)
        if count >= self.least and (self.most is None or count <= self.most):
            return True
        bounds = f"at least {self.least}" if self.most is None else f"{self.least} to {self.most}"
        message = f"{count} {self.expected} where {bounds} belong"
        desk.findings.add(items.spot, message, rule="type")
        return False


@dataclass(frozen=True, slots=True)
class Named(Generic[T]):
    """A mapping whose keys the author chooses: names of parameters or of variables.

    Attributes:
        name: What each key must be.
        shape: What each value must be.
        expected: What they are together.
        most: How many there may be.
    """

    name: Word
    shape: Shape[T]
    expected: str
    most: int

    def read(self, node: Node, desk: Desk, path: str) -> tuple[tuple[str, T], ...] | None:
        """Return the names with their values, or None if one of them is broken."""
        pairs = is_a(node, Pairs, self.expected, desk)
        if pairs is None:
            return None
        if not 1 <= len(pairs.pairs) <= self.most:
            message = f"{len(pairs.pairs)} names where 1 to {self.most} belong"
            desk.findings.add(pairs.spot, message, rule="type")
            return None
        read = [self._pair(key, value, desk, path) for key, value in pairs.pairs]
        whole = tuple(each for each in read if each is not None)
        return whole if len(whole) == len(read) else None

    def schema(self) -> dict[str, object]:
        """Return the mapping."""
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{self.name.pattern})$"},
            "additionalProperties": self.shape.schema(),
            "minProperties": 1,
            "maxProperties": self.most,
        }

    def _pair(self, key: Scalar, node: Node, desk: Desk, path: str) -> tuple[str, T] | None:
        name = self.name.read(key, desk, path)
        inner = f"{path}.{key.text}"
        desk.spots[inner] = node.spot
        value = self.shape.read(node, desk, inner)
        return None if name is None or value is None else (name, value)


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record.

    Attributes:
        name: The key.
        shape: What its value must be.
        about: What it is for, in the words of the schema.
        required: Whether a record without it is broken.
        waived: Whether a deck of unverified cards may do without it.
    """

    name: str
    shape: Shape[object]
    about: str
    required: bool = True
    waived: bool = False

    def is_needed(self, desk: Desk) -> bool:
        """Tell whether a record of this deck is broken without it."""
        return self.required and not (self.waived and desk.unverified)


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A mapping with known keys.

    Attributes:
        expected: What it is, for the problems.
        fields: Its keys.
        build: Makes the value of the fields that stand there, by name.
    """

    expected: str
    fields: tuple[Field, ...]
    build: Callable[[dict[str, Any]], T]

    def read(self, node: Node, desk: Desk, path: str) -> T | None:
        """Return what `build` makes, or None if a field is missing or broken."""
        pairs = is_a(node, Pairs, self.expected, desk)
        if pairs is None:
            return None
        values = self.values(pairs, desk, path)
        expected = {key.text for key, _ in pairs.pairs}
        expected.update(field.name for field in self.fields if field.is_needed(desk))
        return self.build(values) if expected == values.keys() else None

    def values(self, pairs: Pairs, desk: Desk, path: str) -> dict[str, Any]:
        """Return the fields that are there and whole; every other one is noted as a problem."""
        by_name = {field.name: field for field in self.fields}
        values: dict[str, Any] = {}
        for key, node in pairs.pairs:
            if key.text not in by_name:
                self._refuse(key, node, pairs, desk)
                continue
            inner = f"{path}.{key.text}" if path else key.text
            desk.spots[inner] = node.spot
            value = by_name[key.text].shape.read(node, desk, inner)
            if value is not None:
                values[key.text] = value
        written = {key.text for key, _ in pairs.pairs}
        for field in self.fields:
            if field.is_needed(desk) and field.name not in written:
                message = f"{self.expected} has no {field.name}:"
                desk.findings.add(pairs.spot, message, field.about, rule="key")
        return values

    def schema(self) -> dict[str, object]:
        """Return the object."""
        properties = {
            field.name: {**field.shape.schema(), "description": field.about}
            for field in self.fields
        }
        required = [field.name for field in self.fields if field.required and not field.waived]
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def _refuse(self, key: Scalar, node: Node, pairs: Pairs, desk: Desk) -> None:
        import difflib

        known = [field.name for field in self.fields]
        near = difflib.get_close_matches(key.text[:60], known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        if pairs.flow and isinstance(node, Scalar) and not node.text:
            hint = "a comma ends a text without quotes: put the text in quotes"
        message = f"{self.expected} knows no key {key.text[:60]!r}"
        desk.findings.add(key.spot, message, hint, rule="key")


@dataclass(frozen=True, slots=True)
class Kinds(Generic[T]):
    """A record whose key ``kind`` tells which one it is.

    Attributes:
        records: By kind.
        variants: Of a kind with a certain key, by both.
    """

    records: Mapping[str, Record[T]]
    variants: Mapping[tuple[str, str], Record[T]]

    def read(self, node: Node, desk: Desk, path: str) -> T | None:
        """Return what the record of that kind reads."""
        pairs = is_a(node, Pairs, "an answer, {kind: ..., ...},", desk)
        if pairs is None:
            return None
        known = f"the kinds are {', '.join(self.records)}"
        for key, value in pairs.pairs:
            if key.text != "kind":
                continue
            if isinstance(value, Scalar) and value.text in self.records:
                return self._record(value.text, pairs).read(node, desk, path)
            found = value.text[:60] if isinstance(value, Scalar) else "this"
            desk.findings.add(value.spot, f"{found!r} is no kind of answer", known, rule="kind")
            return None
        desk.findings.add(pairs.spot, "the answer has no kind:", known, rule="key")
        return None

    def schema(self) -> dict[str, object]:
        """Return the kinds; naming them once more at the top lets editors complete them."""
        records = [*self.records.values(), *self.variants.values()]
        return {
            "type": "object",
            "properties": {"kind": {"enum": list(self.records)}},
            "required": ["kind"],
            "oneOf": [record.schema() for record in records],
        }

    def _record(self, kind: str, pairs: Pairs) -> Record[T]:
        for key, _ in pairs.pairs:
            if (kind, key.text) in self.variants:
                return self.variants[kind, key.text]
        return self.records[kind]
