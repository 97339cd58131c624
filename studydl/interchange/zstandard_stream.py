"""Streams packed by Zstandard, as Anki's newest packages are; another library reads them."""

from __future__ import annotations

import importlib
from typing import IO, TYPE_CHECKING, Any

from studydl.errors import StudyError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["unpacked"]

_WIDEST = 1 << 27
"""The most bytes that unpacking may look back on."""
_AT_ONCE = 1 << 10
"""Packed bytes: what comes of them is at most some 32 MB, whoever packed them."""


def unpacked(packed: IO[bytes], where: str) -> Iterator[bytes]:
    """Yield what is packed, piece by piece, to its very end.

    Args:
        packed: The stream as it is.
        where: What to call it in a sentence.

    Raises:
        StudyError: It is damaged or cut off, or nothing is installed that can read it.
    """
    library = _library(where)
    unpacker = library.ZstdDecompressor(max_window_size=_WIDEST)
    frame = unpacker.decompressobj()
    try:
        while some := packed.read(_AT_ONCE):
            while some:
                # What follows a frame is the next one.
                frame = unpacker.decompressobj() if frame.eof else frame
                yield frame.decompress(some)
                some = frame.unused_data
    except library.ZstdError as error:
        raise StudyError(
            "this is no package of Anki, or a damaged one",
            where=where,
            hint="export it anew; nothing was taken in",
        ) from error
    if not frame.eof:
        # Without this a cut database would be read as far as it goes.
        raise StudyError(
            "the collection in this package ends too early",
            where=where,
            hint="was it cut off? copy it again or export it anew; nothing was taken in",
        )


def _library(where: str) -> Any:
    try:
        return importlib.import_module("zstandard")
    except ModuleNotFoundError as error:
        raise StudyError(
            "this package is in Anki's newest format, which takes a library to be read",
            where=where,
            hint="pip install 'studydl[anki]', or tick `Support older Anki versions` in Anki",
        ) from error
