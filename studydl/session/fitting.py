"""Fitting the scheduler to the log in a process of its own, after a sitting.

It takes seconds of arithmetic that would hold back every key. `python -m` this module on a folder
is that process.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studydl.errors import StudyError
from studydl.memory import Memory, Optimised

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["fitted"]


async def fitted(folder: Path) -> Optimised | None:
    """Fit the weights to the log in a folder if that is due; None if it is not, or cannot be done.

    Cancelling ends the process.
    """
    if not (folder / "reviews.db").exists():
        return None
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "studydl.session.fitting", str(folder)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        # Ctrl-C in the terminal is for the application, which then ends this process in order.
        start_new_session=True,
    )
    try:
        told, _ = await process.communicate()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
        raise
    # Nothing hangs on it: what failed today is tried again after another sitting.
    found = json.loads(told) if process.returncode == 0 else None
    return None if found is None else Optimised(**found)


def _main(arguments: Sequence[str]) -> int:
    (folder,) = arguments
    try:
        with Memory.open(Path(folder)) as memory:
            found = memory.optimise_if_due()
    except StudyError:
        return 1
    print(json.dumps(None if found is None else found._asdict()))  # noqa: T201 - this is the answer
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
