"""The content that a result depends on, as one key: if nothing in it changed, the result stands."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import platform
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studydl.verification.claim import Claim

__all__ = ["fingerprint"]

_ENGINE = "studydl.verification.judge"
"""The verifiers do not import what runs them, yet their results depend on it."""


def fingerprint(claim: Claim, *, seed: int) -> str:
    """Return a hash of everything that the result of a claim depends on.

    That is: the claim's own data, the source of its verifier, of its implementation and of its
    misconceptions with all that they import of first-party code, the versions of Python and of the
    numerical packages, the machine and the seed. File times play no part.
    """
    functions = [claim.verifier, *_functions(claim.implementation)]
    functions += [f for wrong in claim.misconceptions for f in _functions(wrong.implementation)]
    modules = {function.__module__ for function in functions} | {_ENGINE}
    first_party = {name.partition(".")[0] for name in modules}
    content = {
        "claim": [claim.id, claim.statement, claim.notes, claim.sources],
        "misconceptions": [[each.name, each.why, each.notes] for each in claim.misconceptions],
        "modules": {name: _digest(name) for name in sorted(_closure(modules, first_party))},
        "environment": _environment(),
        "seed": seed,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _functions(implementation: Any) -> Iterator[Any]:
    """Yield the functions of an implementation, which is one function or a tuple of them."""
    if isinstance(implementation, tuple):
        for part in implementation:
            yield from _functions(part)
    elif hasattr(implementation, "__module__"):
        yield implementation


@cache
def _environment() -> dict[str, str]:
    packages = {name: _version_of(name) for name in ("numpy", "sympy", "mpmath")}
    import numpy as np

    build: Any = np.show_config(mode="dicts")
    blas = build["Build Dependencies"]["blas"]
    blas_name = f"{blas.get('name')} {blas.get('version')}"
    return packages | {"python": sys.version, "machine": platform.machine(), "blas": blas_name}


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _closure(names: Iterable[str], first_party: set[str]) -> set[str]:
    """Return the modules and everything first-party that they import, directly or not."""
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached and name.partition(".")[0] in first_party:
            reached.add(name)
            waiting.extend(_imports(name))
    return {name for name in reached if _source(name)}


@cache
def _imports(module: str) -> frozenset[str]:
    """Return the absolute names that a module's source imports, anywhere in it."""
    found = {module.rpartition(".")[0]} - {""}
    for node in ast.walk(ast.parse(_source(module))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            # `from a import b` may name the module a.b or something in a.
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


@cache
def _source(module: str) -> bytes:
    """Return a module's source, empty if the name is no module that has one."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return b""
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return b""
    return Path(spec.origin).read_bytes()


@cache
def _digest(module: str) -> str:
    return hashlib.sha256(_source(module)).hexdigest()
