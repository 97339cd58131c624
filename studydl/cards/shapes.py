"""The shapes that values of a deck may have. Each reads a node, and tells its JSON Schema.

Reader and published schema come from the same tables of shapes, so that they cannot disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from studydl.cards.arithmetic import ArithmeticFault, calculate
from studydl.cards.prose import read_prose
from studydl.cards.tree import Broken, Items, Node, Pairs, Scalar
from studydl.language import Language, Text

if TYPE_CHECKING:
    from studydl.cards.arithmetic import Value
    from studydl.cards.problems import Findings, Spot

__all__ = [
    "Amount",
    "BothLanguages",
    "Constant",
    "Count",
    "Desk",
    "Flag",
    "Program",
    "Shape",
    "Word",
    "is_a",
]

_LANGUAGES = [language.value for language in Language]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Desk:
    """What reading leaves behind besides its result.

    Attributes:
        findings: The problems.
        unverified: Whether the deck says that its cards need no claim; then a text may be in one
            language.
        spots: Where each value stands, by its path: ``answer.distractors.0.text.en``.
    """

    findings: Findings
    unverified: bool = False
    spots: dict[str, Spot] = field(default_factory=dict)


class Shape(Protocol[T_co]):
    """What a value must be."""

    def read(self, node: Node, desk: Desk, path: str) -> T_co | None:
        """Return the value of a node, or None after noting what is wrong with it."""

    def schema(self) -> dict[str, object]:
        """Return the same as JSON Schema."""


def is_a(node: Node, kind: type[T], expected: str, desk: Desk) -> T | None:
    """Return a node if it is of a kind, else None after noting what was expected."""
    if isinstance(node, kind):
        return node
    if not isinstance(node, Broken):
        found = {Scalar: "one text", Items: "a list", Pairs: "a mapping"}[type(node)]
        if isinstance(node, Scalar) and not node.text:
            found = "nothing"
        desk.findings.add(node.spot, f"{found} stands where {expected} belongs", rule="type")
    return None


@dataclass(frozen=True, slots=True)
class Word:
    """A text in one language: an id, a tag, a source.

    Attributes:
        expected: What it is, for the problem and the schema's description.
        pattern: What it must look like as a whole; empty for any text.
        example: One that is right.
    """

    expected: str
    pattern: str = ""
    example: str = ""

    def read(self, node: Node, desk: Desk, path: str) -> str | None:  # noqa: ARG002 - of the protocol
        """Return the text."""
        scalar = is_a(node, Scalar, self.expected, desk)
        if scalar is None:
            return None
        text = read_prose(scalar, desk.findings)
        if text is None or not self.pattern or re.fullmatch(self.pattern, text):
            return text
        message = f"{text[:60]!r} is not {self.expected}"
        desk.findings.add(scalar.spot, message, f"such as {self.example}", rule="type")
        return None

    def schema(self) -> dict[str, object]:
        """Return the pattern."""
        pattern = f"^(?:{self.pattern})$" if self.pattern else r"\S"
        return {"type": "string", "pattern": pattern, "description": self.expected}


@dataclass(frozen=True, slots=True)
class BothLanguages:
    """A text in English and Chinese; in a deck of unverified cards, one is enough."""

    def read(self, node: Node, desk: Desk, path: str) -> Text | None:
        """Return the text."""
        if desk.unverified and isinstance(node, Scalar):
            desk.spots.update({f"{path}.{language}": node.spot for language in Language})
            said = read_prose(node, desk.findings)
            return Text(said, said) if said else None
        pairs = is_a(node, Pairs, "a text in both languages, {en: ..., zh: ...},", desk)
        if pairs is None:
            return None
        found: dict[str, str | None] = {}
        for key, value in pairs.pairs:
            if key.text not in _LANGUAGES:
                self._refuse(key, value, pairs, desk)
                continue
            desk.spots[f"{path}.{key.text}"] = value.spot
            scalar = is_a(value, Scalar, "one text", desk)
            found[key.text] = None if scalar is None else read_prose(scalar, desk.findings)
        for language in Language:
            if language not in found:
                message = f"the text has no {language}:"
                desk.findings.add(pairs.spot, message, "write it in both languages", rule="key")
        en, zh = found.get(Language.ENGLISH), found.get(Language.CHINESE)
        return Text(en, zh) if en and zh else None

    def schema(self) -> dict[str, object]:
        """Refer to the one definition."""
        return {"$ref": "#/$defs/text"}

    def _refuse(self, key: Scalar, value: Node, pairs: Pairs, desk: Desk) -> None:
        hint = "the languages are en and zh"
        if pairs.flow and isinstance(value, Scalar) and not value.text:
            hint = "a comma ends a text without quotes: put the text in quotes"
        message = f"{key.text[:60]!r} is not a language"
        desk.findings.add(key.spot, message, hint, rule="key")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number: 0.25, 1e-3, or arithmetic such as "1/4" and "1 - 1/e".

    Attributes:
        width: Whether it is a tolerance: rational and more than zero.
    """

    width: bool = False

    def read(self, node: Node, desk: Desk, path: str) -> tuple[str, Value] | None:  # noqa: ARG002 - of the protocol
        """Return the number as it was written, and its value."""
        scalar = is_a(node, Scalar, "a number", desk)
        if scalar is None:
            return None
        text = scalar.text.strip()
        if problem := self._problem(text):
            hint = 'such as 0.25, 1e-3 or "1/4"'
            desk.findings.add(scalar.spot, f"{text[:60]!r} {problem}", hint, rule="type")
            return None
        return text, calculate(text).value

    def schema(self) -> dict[str, object]:
        """Return a number, or a text that holds arithmetic."""
        least: dict[str, object] = {"exclusiveMinimum": 0} if self.width else {}
        # What YAML 1.1 reads as text, such as 1e-3, is allowed as text.
        return {"anyOf": [{"type": "number", **least}, {"type": "string", "pattern": r"[0-9πe]"}]}

    def _problem(self, text: str) -> str:
        if re.match(r"[-+]?0[0-9]", text):
            return "starts with a zero, which some readers take for octal"
        try:
            value = calculate(text).value
        except ArithmeticFault as fault:
            return f"is not a number: {fault.what.en}"
        if self.width and isinstance(value, float):
            return "is not rational"
        return "is not more than zero" if self.width and value <= 0 else ""


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number from 1.

    Attributes:
        expected: What it counts.
    """

    expected: str

    def read(self, node: Node, desk: Desk, path: str) -> int | None:  # noqa: ARG002 - of the protocol
        """Return the number."""
        scalar = is_a(node, Scalar, self.expected, desk)
        if scalar is None:
            return None
        if re.fullmatch("[1-9][0-9]{0,2}", scalar.text):
            return int(scalar.text)
        message = f"{scalar.text[:60]!r} is not {self.expected}"
        desk.findings.add(scalar.spot, message, "such as 1", rule="type")
        return None

    def schema(self) -> dict[str, object]:
        """Return an integer."""
        return {"type": "integer", "minimum": 1, "description": self.expected}


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that is said or not: true, or nothing at all."""

    def read(self, node: Node, desk: Desk, path: str) -> bool | None:  # noqa: ARG002 - of the protocol
        """Return true."""
        scalar = is_a(node, Scalar, "true", desk)
        if scalar is None or (scalar.text == "true" and not scalar.style):
            return None if scalar is None else True
        message = f"{scalar.text[:60]!r} stands where true belongs"
        desk.findings.add(scalar.spot, message, "write true, or leave the key out", rule="type")
        return None

    def schema(self) -> dict[str, object]:
        """Return true."""
        return {"const": True}


@dataclass(frozen=True, slots=True)
class Program:
    """Python code, kept to the last space, under ``|``; reading it runs nothing."""

    def read(self, node: Node, desk: Desk, path: str) -> str | None:  # noqa: ARG002 - of the protocol
        """Return the code, which ends in a line break."""
        scalar = is_a(node, Scalar, "Python code", desk)
        if scalar is None:
            return None
        if scalar.style != "|":
            message, hint = "code does not stand under |", "write | behind the key, code below it"
            desk.findings.add(scalar.spot, message, hint, rule="type")
            return None
        return scalar.text.rstrip() + "\n"

    def schema(self) -> dict[str, object]:
        """Return any text."""
        return {"type": "string", "pattern": r"\S"}


@dataclass(frozen=True, slots=True)
class Constant:
    """The one text that may stand there."""

    text: str

    def read(self, node: Node, desk: Desk, path: str) -> str | None:  # noqa: ARG002 - of the protocol
        """Return the text; whoever chose the record by it has compared it already."""
        return self.text

    def schema(self) -> dict[str, object]:
        """Return the text."""
        return {"const": self.text}
