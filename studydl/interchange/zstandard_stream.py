"""Streams packed by Zstandard, as Anki's newest packages are; another library reads them."""

from __future__ import annotations

import importlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["zstandard_stream"]

_WIDEST = 1 << 27
"""The most bytes that unpacking may look back on."""


@contextmanager
def zstandard_stream(packed: IO[bytes], where: str) -> Iterator[IO[bytes]]:
    """Give what is packed as a stream, unpacked as far as it is read.

    Args:
        packed: The stream as it is.
        where: What to call it in a sentence.

    Raises:
        StudyError: It is damaged, or nothing is installed that can read it.
    """
    try:
        library: Any = importlib.import_module("zstandard")
    except ModuleNotFoundError as error:
        raise StudyError(
            "this package is in Anki's newest format, which takes a library to be read",
            where=where,
            hint="pip install 'studydl[anki]', or tick `Support older Anki versions` in Anki",
        ) from error
    try:
        unpacker = library.ZstdDecompressor(max_window_size=_WIDEST)
        with unpacker.stream_reader(packed, read_across_frames=True) as stream:
            yield stream
    except library.ZstdError as error:
        raise StudyError("this is no package of Anki, or a damaged one", where=where) from error
