"""Reads the audit of the notes: one file a chapter, strict, every problem with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studydl.audit.format import AUDIT, STATEMENT
from studydl.audit.model import Statement
from studydl.cards.model import Origin
from studydl.cards.problems import Findings, TooManyProblemsError
from studydl.cards.shapes import Desk, is_a
from studydl.cards.tree import Pairs, read_tree
from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studydl.cards.problems import Problem
    from studydl.cards.tree import Node

__all__ = ["read_audit", "read_file"]

_NOTHING: dict[str, Any] = {
    "holds": (),
    "refuted": (),
    "correction": None,
    "sources": (),
    "unmeasurable": None,
    "related": (),
}


def read_audit(folder: Path) -> list[Statement]:
    """Read every file of a folder, in the order of the notes' sections.

    Raises:
        StudyError: If a file cannot be used; the sentence names the first place to mend.
    """
    statements: list[Statement] = []
    for file in sorted(folder.glob("*.yaml")):
        found, problems = read_file(file)
        if problems:
            more = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
            raise StudyError(f"{problems[0]}{more}")
        statements += found
    return sorted(statements, key=lambda each: _order(each.section))


def read_file(file: Path) -> tuple[list[Statement], list[Problem]]:
    """Read one file; return its statements and everything that is wrong with it.

    Raises:
        StudyError: If it cannot be opened, or is no text.
    """
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StudyError(f"the audit cannot be read: {error}", where=str(file)) from error
    findings = Findings(file)
    statements: list[Statement] = []
    try:
        root = read_tree(text, findings)
        if root is not None:
            statements = list(_statements(root, findings))
    except TooManyProblemsError:
        pass
    return statements, findings.problems


def _statements(root: Node, findings: Findings) -> Iterator[Statement]:
    desk = Desk(findings)
    pairs = is_a(root, Pairs, "the audit, with chapter: and statements:,", desk)
    values = {} if pairs is None else AUDIT.values(pairs, desk, "")
    for node in values.get("statements", ()):
        read = STATEMENT.read(node, desk, "")
        if read is None or _is_contradictory(read, node, findings):
            continue
        text = read.pop("statement")
        origin = Origin(findings.file, node.spot.line)
        chapter = values.get("chapter", "")
        yield Statement(chapter=chapter, text=text, origin=origin, **_NOTHING | read)


def _is_contradictory(read: dict[str, Any], node: Node, findings: Findings) -> bool:
    """Report what a single key cannot show: what needs what, and what excludes what."""
    measured = bool(read.get("holds") or read.get("refuted"))
    complaints = [
        (
            measured == ("unmeasurable" in read),
            "a statement either holds: or is refuted: by claims, or is unmeasurable:",
        ),
        (
            bool(read.get("refuted")) and not ("correction" in read and "sources" in read),
            "what is refuted needs a correction: and its sources:",
        ),
        (
            "unmeasurable" in read and "related" not in read,
            "what is unmeasurable names the nearest claims as related:",
        ),
    ]
    for is_wrong, message in complaints:
        if is_wrong:
            findings.add(node.spot, message, rule="type")
    return any(is_wrong for is_wrong, _ in complaints)


def _order(section: str) -> tuple[tuple[int, int, str], ...]:
    """Order sections as the notes do: numbers, then O.1 and O.2, then what stands at the end."""
    parts = section.split(".")
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)
