"""Makes the mutants of a module's source, each with an id that survives edits elsewhere."""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .operators import OPERATORS
from .sites import functions_of, sites_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import CodeType

    from .sites import Function, Site
    from .table import Operator

__all__ = ["Mutant", "Source", "mutants_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed module.

    Attributes:
        name: Its name below the package under study, such as ``optimizers.adam``.
        path: Where it was read.
        tree: Its syntax tree, which mutants change for a moment.
        lines: Its lines.
    """

    name: str
    path: Path
    tree: ast.Module
    lines: tuple[str, ...]

    @classmethod
    def read(cls, name: str, path: Path) -> Source:
        """Parse a file."""
        text = path.read_text("utf-8")
        return cls(name, path, ast.parse(text), tuple(text.splitlines()))


@dataclass(frozen=True, slots=True)
class Mutant:
    """One small fault at one place.

    Attributes:
        id: ``module:function:operator:hash of the line:number``; stable as long as the line is.
        source: The module.
        function: The qualified name of the function.
        line: The line in the file.
        fault: What was done, in a few words.
        before: The statement as it stands, in one line.
        after: The statement with the fault.
    """

    id: str
    source: Source
    function: str
    line: int
    fault: str
    before: str
    after: str
    _definition: Function
    _site: Site
    _replacement: ast.AST

    @property
    def change(self) -> str:
        """Both statements in one line, as a review quotes them."""
        return f"{self.before} → {self.after}"

    def code(self) -> CodeType:
        """Compile the module with the fault in it, and return the code of the function."""
        with self._in_place():
            module = compile(self.source.tree, str(self.source.path), "exec", dont_inherit=True)
        first = min([self._definition.lineno, *(d.lineno for d in self._definition.decorator_list)])
        (code,) = (
            each
            for each in _codes(module)
            if (each.co_qualname, each.co_firstlineno) == (self.function, first)
        )
        return code

    def defaults(self) -> tuple[list[ast.expr], list[ast.expr | None]]:
        """Return the expressions of the positional and the keyword-only defaults."""
        with self._in_place():
            arguments = self._definition.args
            return list(arguments.defaults), list(arguments.kw_defaults)

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        self._site.put(self._replacement)
        try:
            ast.fix_missing_locations(self.source.tree)
            yield
        finally:
            self._site.put(self._site.node)


def mutants_of(source: Source) -> Iterator[Mutant]:
    """Yield every mutant of a module; of two that make the same function only the first."""
    for name, function in functions_of(source.tree):
        seen = {ast.unparse(function)}
        numbers: Counter[str] = Counter()
        for site in sites_of(function):
            for operator in OPERATORS:
                for replacement in operator.rewrite(site.node):
                    mutant = _mutant(source, name, function, site, operator, replacement, numbers)
                    with mutant._in_place():  # noqa: SLF001 - of the class beside it
                        made = ast.unparse(function)
                    if made not in seen:
                        seen.add(made)
                        yield mutant


def _mutant(
    source: Source,
    name: str,
    function: Function,
    site: Site,
    operator: Operator,
    replacement: ast.AST,
    numbers: Counter[str],
) -> Mutant:
    line: int = getattr(site.node, "lineno", site.statement.lineno)
    ast.copy_location(replacement, site.node)
    statement = site.statement
    before = _shown(statement)
    site.put(replacement)
    after = _shown(replacement if isinstance(replacement, ast.stmt) else statement)
    site.put(site.node)
    if isinstance(statement, ast.FunctionDef):
        before, after = _changed_parameter(before, after)
    hashed = hashlib.sha256(source.lines[line - 1].strip().encode()).hexdigest()[:6]
    stem = f"{source.name}:{name}:{operator.name}:{hashed}"
    numbers[stem] += 1
    id_ = f"{stem}:{numbers[stem]}"
    return Mutant(
        id_, source, name, line, operator.fault, before, after, function, site, replacement
    )


def _shown(statement: ast.stmt) -> str:
    """Return a statement in one line; of a compound one its head."""
    text = ast.unparse(statement)
    if isinstance(statement, ast.FunctionDef):
        return ast.unparse(statement.args)
    if isinstance(statement, ast.For | ast.If | ast.While | ast.With):
        return text.splitlines()[0]
    return " ".join(text.split())


def _changed_parameter(before: str, after: str) -> tuple[str, str]:
    """Return of two lists of parameters the one parameter in which they differ."""
    pairs = zip(before.split(", "), after.split(", "), strict=True)
    old, new = next(pair for pair in pairs if pair[0] != pair[1])
    return f"def ...{old}", f"def ...{new}"


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if hasattr(constant, "co_consts"):
            yield from _codes(constant)
