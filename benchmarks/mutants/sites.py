"""The places of a function at which a fault can be put: all but validation and annotations."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Function", "Site", "functions_of", "sites_of"]

Function = ast.FunctionDef | ast.AsyncFunctionDef

_UNSEEN_FIELDS = frozenset({"annotation", "returns", "decorator_list", "type_params", "ctx"})
# Faults in these keywords are the business of operators on the whole call.
_UNSEEN_KEYWORDS = frozenset({"axis", "axes", "ddof", "keepdims", "dtype", "copy", "strict"})
_UNSEEN_CALLS = frozenset({"isinstance", "cast"})
_UNSEEN_NODES = (ast.Raise, ast.Assert, ast.JoinedStr, ast.Import, ast.ImportFrom)


@dataclass(frozen=True, slots=True)
class Site:
    """A node and where it hangs, so that another node can be put there.

    Attributes:
        parent: The node above.
        field: The name of the parent's field.
        index: The place in that field if it is a list, otherwise None.
        node: The node itself.
        statement: The statement that it stands in.
    """

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    statement: ast.stmt

    def put(self, node: ast.AST) -> None:
        """Hang a node at this place."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def functions_of(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Yield the functions of a module and of its classes by qualified name."""

    def below(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, Function]]:
        for node in body:
            if isinstance(node, Function):
                yield prefix + node.name, node
            elif isinstance(node, ast.ClassDef):
                yield from below(node.body, f"{prefix}{node.name}.")

    return below(tree.body, "")


def sites_of(function: Function) -> Iterator[Site]:
    """Yield the sites of a function, outermost first, in the order of the source."""
    if _only_checks(function):
        return iter(())
    return _below(function, function, _validation(function))


def _below(parent: ast.AST, statement: ast.stmt, unseen: set[ast.AST]) -> Iterator[Site]:
    for field, value in ast.iter_fields(parent):
        if field in _UNSEEN_FIELDS or _is_bare_callee(parent, field):
            continue
        listed = isinstance(value, list)
        for index, node in enumerate(value if listed else [value]):
            if not isinstance(node, ast.AST) or node in unseen or _is_unseen(node):
                continue
            here = node if isinstance(node, ast.stmt) else statement
            if not (isinstance(node, ast.If) and node.test in unseen):
                yield Site(parent, field, index if listed else None, node, here)
            yield from _below(node, here, unseen)


def _is_bare_callee(parent: ast.AST, field: str) -> bool:
    return isinstance(parent, ast.Call) and field == "func" and isinstance(parent.func, ast.Name)


def _is_unseen(node: ast.AST) -> bool:
    match node:
        case ast.keyword(arg=name) if name in _UNSEEN_KEYWORDS:
            return True
        case ast.Call(ast.Name(id=name)) if name in _UNSEEN_CALLS:
            return True
        case ast.Expr(ast.Call(ast.Name(id=name))) if name.lstrip("_").startswith("check"):
            return True
    return isinstance(node, _UNSEEN_NODES)


def _only_checks(function: Function) -> bool:
    """Whether a function returns nothing and raises: then all of it is validation."""
    returns_nothing = function.returns is not None and ast.unparse(function.returns) == "None"
    return returns_nothing and any(isinstance(node, ast.Raise) for node in ast.walk(function))


def _validation(function: Function) -> set[ast.AST]:
    """Return the nodes that serve only to refuse arguments, for which claims do not answer.

    These are the conditions and bodies of an ``if`` that ends in raising, the handlers of
    exceptions that raise another, and what is bound to names that nothing else reads: assignments,
    defaults and the start of a count.
    """
    unseen: set[ast.AST] = set()
    for node in ast.walk(function):
        match node:
            case ast.If(test, body) if isinstance(body[-1], ast.Raise):
                unseen.update([test, *body])
            case ast.ExceptHandler(body=body) if isinstance(body[-1], ast.Raise):
                unseen.add(node)
    while idle := _idle(function, unseen):
        unseen.update(idle)
    return unseen


def _idle(function: Function, unseen: set[ast.AST]) -> set[ast.AST]:
    """Return what is bound to names that nothing reads but what is unseen already."""
    read: set[str] = set()
    bound: list[tuple[ast.AST, set[str]]] = []

    def look(node: ast.AST) -> None:
        if node in unseen:
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            read.add(node.id)
        bound.extend(_bindings(node))
        for child in ast.iter_child_nodes(node):
            # An annotation is never read when the function runs.
            if not (isinstance(node, ast.AnnAssign) and child is node.annotation):
                look(child)

    look(function)
    return {node for node, names in bound if node not in unseen and not names & read}


def _bindings(node: ast.AST) -> Iterator[tuple[ast.AST, set[str]]]:
    """Yield what a node binds, with the names; nothing where more than names are bound."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield node, {name}
        case ast.Assign(targets=[ast.Tuple(elts=parts)]):
            names = {part.id for part in parts if isinstance(part, ast.Name)}
            if len(names) == len(parts):
                yield node, names
        case ast.For(
            target=ast.Tuple(elts=[ast.Name(id=name), *_]),
            iter=ast.Call(func=ast.Name(id="enumerate"), keywords=[ast.keyword(arg="start") as at]),
        ):
            yield at, {name}
        case ast.arguments(posonlyargs=first, args=positional, kwonlyargs=named):
            places = [*first, *positional]
            defaults = zip(places[len(places) - len(node.defaults) :], node.defaults, strict=True)
            for place, default in (*defaults, *zip(named, node.kw_defaults, strict=True)):
                if default is not None:
                    yield default, {place.arg}
