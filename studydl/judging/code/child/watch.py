"""Watches every call that a verifier makes: the learner's function beside the reference.

The learner's function is called with the verifier's own arguments, so that a generator among them
moves on as it has to; the reference is called with equal copies. Only structure is compared here.
The values are the verifier's matter.
"""

from __future__ import annotations

import copy
import inspect
import time
from typing import TYPE_CHECKING, Any

from studydl.judging.code.child.fault import Fault, OutOfTimeError, fault_of
from studydl.judging.code.child.sameness import same
from studydl.judging.code.child.showing import call_text
from studydl.judging.code.child.structure import conform
from studydl.judging.code.rung import Rung

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.verification.claim import Claim

__all__ = ["Watch"]

_REPEATED = 3
"""How many calls of a claim are made twice, to see whether the same comes out."""

_ROUNDING = 1e-6
"""How far the two results of a call made twice may differ: not at all but for rounding."""

_Arguments = tuple[tuple[Any, ...], dict[str, Any]]


class Watch:
    """Watches an implementation and adds up how long it takes, and how long the reference."""

    def __init__(self, name: str) -> None:
        """Show the learner's function under the name that was asked for."""
        self._name = name
        self.own_seconds = 0.0
        self.reference_seconds = 0.0

    def watched(self, implementation: Any, claim: Claim) -> Any:
        """Return an implementation of a claim, watched where it is not the reference's own."""
        reference = claim.implementation
        if not isinstance(reference, tuple):
            return self._function(implementation, reference)
        pairs = zip(implementation, reference, strict=True)
        parts = (own if own is part else self._function(own, part) for own, part in pairs)
        return type(reference)(*parts)

    def _function(self, own: Callable[..., Any], reference: Callable[..., Any]) -> Any:
        calls = 0

        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal calls
            calls += 1
            before: _Arguments = copy.deepcopy((args, kwargs))
            try:
                return self._call(own, reference, (args, kwargs), before, calls <= _REPEATED)
            except Fault as fault:
                fault.facts["call"] = call_text(self._name, *before)
                raise

        return call

    def _call(
        self,
        own: Callable[..., Any],
        reference: Callable[..., Any],
        arguments: _Arguments,
        before: _Arguments,
        repeat: bool,
    ) -> Any:
        spare = copy.deepcopy(before)
        result = self._own_result(own, reference, arguments, before)
        if changed := _changed(reference, arguments, before):
            raise Fault(Rung.CHANGES_INPUT, name=changed)
        started = time.perf_counter()
        try:
            expected = reference(*copy.deepcopy(before[0]), **copy.deepcopy(before[1]))
        except Exception:  # noqa: BLE001 - what the reference refuses, the verifier has to judge
            return result
        self.reference_seconds += time.perf_counter() - started
        taken = conform(result, expected)
        if repeat and not same(self._again(own, spare), result, rounding=_ROUNDING):
            raise Fault(Rung.NOT_DETERMINISTIC)
        return taken

    def _own_result(
        self,
        own: Callable[..., Any],
        reference: Callable[..., Any],
        arguments: _Arguments,
        before: _Arguments,
    ) -> Any:
        started = time.perf_counter()
        try:
            return own(*arguments[0], **arguments[1])
        except OutOfTimeError:
            raise
        except BaseException as error:
            fault = fault_of(error, Rung.RAISES)
            expects_it = isinstance(error, Exception) and fault.rung is Rung.RAISES
            if expects_it and _raises(reference, copy.deepcopy(before)):
                raise
            raise fault from error
        finally:
            self.own_seconds += time.perf_counter() - started

    @staticmethod
    def _again(own: Callable[..., Any], arguments: _Arguments) -> Any:
        try:
            return own(*arguments[0], **arguments[1])
        except OutOfTimeError:
            raise
        except BaseException as error:
            raise fault_of(error, Rung.RAISES) from error


def _raises(reference: Callable[..., Any], arguments: _Arguments) -> bool:
    try:
        reference(*arguments[0], **arguments[1])
    except Exception:  # noqa: BLE001 - which exception is the verifier's matter
        return True
    return False


def _changed(reference: Callable[..., Any], now: _Arguments, before: _Arguments) -> str:
    """Return the name of the argument that a call changed, or an empty string."""
    bound = inspect.signature(reference).bind(*now[0], **now[1]).arguments
    known = inspect.signature(reference).bind(*before[0], **before[1]).arguments
    return next((name for name in bound if not same(bound[name], known[name])), "")
