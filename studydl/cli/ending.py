"""How the program ends: with an exit code, and one sentence on stderr instead of a traceback."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CANNOT_BE_USED", "end_with"]

CANNOT_BE_USED = 2
"""The exit code of a call or a file that cannot be used."""
_INTERRUPTED = 130


def end_with(call: Callable[[], int | None]) -> NoReturn:
    """Carry out a call and exit with the code that it returns, or with that of its failure."""
    try:
        code = call() or 0
    except StudyError as error:
        sys.stderr.write(f"studydl: {error}\n")
        code = CANNOT_BE_USED
    except KeyboardInterrupt:
        code = _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has left. Python would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code)
