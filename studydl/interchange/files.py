"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["folder_made", "written"]


@contextmanager
def written(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream to write to; the file appears in its place when all of it is on disk.

    Raises:
        StudyError: It cannot be written; a file that was there before is untouched.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            with beside.open("xb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StudyError(
            f"this file cannot be written: {error.strerror}",
            where=str(path),
            hint="name a file in a folder that exists and can be written",
        ) from error


def folder_made(folder: Path) -> None:
    """Make a folder and those above it, unless they are there.

    Raises:
        StudyError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyError(
            f"this folder cannot be made: {error.strerror}",
            where=str(folder),
            hint="make it yourself, or set STUDYDL_HOME to a folder that can be written",
        ) from error
