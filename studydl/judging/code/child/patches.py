"""Notices when an answer replaces what everything here is computed with, such as ``numpy.exp``."""

from __future__ import annotations

import sys

from studydl.judging.code.child.fault import Fault
from studydl.judging.code.rung import Rung

__all__ = ["Originals"]

_WATCHED = ("builtins", "math", "numpy", "numpy.linalg", "numpy.random")


class Originals:
    """What the names of NumPy, of `math` and the built-in names stood for at one moment."""

    def __init__(self) -> None:
        """Remember it now."""
        self._names = {name: dict(vars(sys.modules[name])) for name in _WATCHED}

    def check(self) -> None:
        """Look whether a name stands for something else now; a new name is none of our concern.

        Raises:
            Fault: If one does.
        """
        for module, names in self._names.items():
            current = vars(sys.modules[module])
            for name, value in names.items():
                # `_` is what an interactive Python last printed.
                if name != "_" and current.get(name) is not value:
                    raise Fault(Rung.PATCHES, name=f"{module}.{name}")
