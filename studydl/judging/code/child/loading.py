"""Makes a function of the learner's text, or says why that cannot be done."""

from __future__ import annotations

import difflib
import importlib.util
import sys
from importlib.abc import InspectLoader
from typing import TYPE_CHECKING, Any

from studydl.judging.code.child.fault import ANSWER, Fault, fault_of
from studydl.judging.code.child.patches import Originals
from studydl.judging.code.child.signature import check_signature
from studydl.judging.code.rung import Rung

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, ModuleType

__all__ = ["load_function"]

_MODULE = "answer"


class _Answer(InspectLoader):
    """The learner's text as a module."""

    def __init__(self, source: str) -> None:
        self._source = source

    def get_source(self, fullname: str) -> str:
        """Return the text, for tracebacks that the learner prints."""
        del fullname
        return self._source

    def get_code(self, fullname: str) -> CodeType:
        """Compile the text, without the future of this module."""
        del fullname
        return compile(self._source, ANSWER, "exec", dont_inherit=True)


def load_function(source: str, name: str, reference: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function that the learner's text defines.

    Args:
        source: The text.
        name: What the function has to be called.
        reference: Whose parameters it has to take.

    Raises:
        Fault: If the text does not compile or load, or defines no such function.
    """
    loader = _Answer(source)
    _check_syntax(loader)
    originals = Originals()
    module = _loaded(loader)
    originals.check()
    function = _defined(module, name)
    if not callable(function):
        raise Fault(Rung.NOT_A_FUNCTION, name=name, got=type(function).__name__)
    check_signature(function, reference, name)
    own: Callable[..., Any] = function
    return own


def _check_syntax(loader: _Answer) -> None:
    try:
        loader.get_code(_MODULE)
    except SyntaxError as error:
        line, column = error.lineno or 0, error.offset or 0
        raise Fault(Rung.SYNTAX, error=error.msg, line=line, column=column) from None
    except (ValueError, RecursionError, MemoryError) as error:
        # Beyond a depth of a few hundred brackets the compiler itself gives up.
        raise Fault(Rung.SYNTAX, error=str(error) or "it is nested too deeply", line=0) from None


def _loaded(loader: _Answer) -> ModuleType:
    spec = importlib.util.spec_from_loader(_MODULE, loader, origin=ANSWER)
    assert spec is not None  # noqa: S101 - a loader was given
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look up the module that they are defined in.
    sys.modules[_MODULE] = module
    try:
        loader.exec_module(module)
    except BaseException as error:
        raise fault_of(error, Rung.IMPORT) from error
    return module


def _defined(module: ModuleType, name: str) -> Any:
    names = vars(module)
    if name in names:
        return names[name]
    own = [each for each in names if not each.startswith("__")]
    functions = [each for each in own if getattr(names[each], "__module__", "") == _MODULE]
    near = difflib.get_close_matches(name, functions or own, n=1, cutoff=0.5)
    raise Fault(
        Rung.UNDEFINED, name=name, near=near[0] if near else "", defined=", ".join(functions)
    )
