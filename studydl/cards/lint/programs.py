"""Rules of code answers, told from their text alone: nothing of it is run."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from studydl.cards.answers import Code
from studydl.cards.lint.texts import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studydl.cards.model import Card

__all__ = ["program_findings"]


def program_findings(card: Card) -> Iterator[Finding]:
    """Find code that is no Python, or does not define the function that the card asks for."""
    if not isinstance(card.answer, Code):
        return
    code, headers = card.answer, list[str]()
    for name, text in (("starter", code.starter), ("solution", code.solution)):
        path = f"answer.{name}"
        tree = _parsed(text, path)
        if isinstance(tree, Finding):
            yield tree
            continue
        header = _header(tree, code.function)
        if header is None:
            message = f"the {name} defines no {code.function}"
            hint = f"write def {code.function}(...): at the start of a line"
            yield Finding("program", path, message, hint)
        else:
            headers.append(header)
    if len(set(headers)) > 1:
        message = f"the starter defines {headers[0]}, the solution {headers[1]}"
        yield Finding("program", "answer.starter", message, "give both the same parameters")
    if code.starter.strip() == code.solution.strip():
        message = "the starter is the solution"
        yield Finding("program", "answer.starter", message, "leave out what is asked for")


def _parsed(text: str, path: str) -> ast.Module | Finding:
    """Return the tree of a program, or what is wrong with it."""
    try:
        with warnings.catch_warnings():
            # Such as a backslash that escapes nothing: a learner would be warned of it.
            warnings.simplefilter("error")
            return ast.parse(text)
    except SyntaxError as error:
        lines = [*text.split("\n"), ""]
        place = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
        indent = len(lines[place]) - len(lines[place].lstrip())
        at = sum(len(line) + 1 for line in lines[:place]) + indent
        hint = f"line {error.lineno} of the code"
        return Finding("program", path, f"not Python: {error.msg}", hint, text, at)
    except (ValueError, RecursionError, MemoryError) as error:
        return Finding("program", path, f"not Python: {error}", "write it simpler")


def _header(tree: ast.Module, name: str) -> str | None:
    """Return the last top-level definition of a function, without its annotations."""
    header = None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
            header = f"{name}({ast.unparse(node.args)})"
    return header
