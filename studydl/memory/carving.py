"""Rows read out of a database's pages without its trees: what is left when a file is damaged.

Layout: https://www.sqlite.org/fileformat2.html. A page is read as a leaf if it looks like one; what
does not decode is passed over. Whether a row means something is for the caller to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PAGE", "Value", "frames", "rows"]

PAGE = 4096
"""The size of our pages; it is SQLite's default."""

Value: TypeAlias = "int | float | str | bytes | None"

_FILE_HEADER = 100
_TABLE_LEAF, _INDEX_LEAF = 0x0D, 0x0A
_WAL_HEADER, _FRAME_HEADER = 32, 24
_INTEGER_SIZES = (0, 1, 2, 3, 4, 6, 8)
# How much of a row stands on a leaf before it goes on elsewhere, as the format has it.
_MOST = {_TABLE_LEAF: PAGE - 35, _INDEX_LEAF: (PAGE - 12) * 64 // 255 - 23}
_LEAST = (PAGE - 12) * 32 // 255 - 23


def frames(wal: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the content of each page in a write-ahead log, the oldest first."""
    step = _FRAME_HEADER + PAGE
    for start in range(_WAL_HEADER, len(wal) - step + 1, step):
        number = int.from_bytes(wal[start : start + 4], "big")
        yield number, wal[start + _FRAME_HEADER : start + step]


def rows(page: bytes, number: int, pages: dict[int, bytes]) -> Iterator[list[Value]]:
    """Yield each row of a leaf that can be decoded.

    Args:
        page: Its content.
        number: Its number; the first page begins with the file's header.
        pages: All pages by their number: where long rows go on.
    """
    start = _FILE_HEADER if number == 1 else 0
    sort = page[start] if len(page) > start else 0
    if sort not in _MOST:
        return
    cells = int.from_bytes(page[start + 3 : start + 5], "big")
    for index in range(min(cells, PAGE // 4)):
        spot = start + 8 + 2 * index
        place = int.from_bytes(page[spot : spot + 2], "big")
        try:
            yield _record(_payload(page, place, sort, pages))
        except (IndexError, ValueError, KeyError):
            continue


def _payload(page: bytes, place: int, sort: int, pages: dict[int, bytes]) -> bytes:
    """Return the bytes of a row, gathered from all the pages on which it stands."""
    size, place = _varint(page, place)
    if sort == _TABLE_LEAF:
        _, place = _varint(page, place)  # the row's number
    if size <= _MOST[sort]:
        return _slice(page, place, size)
    here = _LEAST + (size - _LEAST) % (PAGE - 4)
    here = here if here <= _MOST[sort] else _LEAST
    gathered = bytearray(_slice(page, place, here))
    following = int.from_bytes(_slice(page, place + here, 4), "big")
    while len(gathered) < size:
        if len(gathered) > PAGE * len(pages):
            raise ValueError
        more = pages[following]
        following = int.from_bytes(more[:4], "big")
        gathered += _slice(more, 4, min(PAGE - 4, size - len(gathered)))
    return bytes(gathered)


def _record(payload: bytes) -> list[Value]:
    """Return the values of a row."""
    end, place = _varint(payload, 0)
    if end > len(payload):
        raise ValueError
    sorts = []
    while place < end:
        sort, place = _varint(payload, place)
        sorts.append(sort)
    values = []
    for sort in sorts:
        value, place = _value(payload, place, sort)
        values.append(value)
    if place != len(payload):
        raise ValueError
    return values


def _value(payload: bytes, place: int, sort: int) -> tuple[Value, int]:
    """Return a value and where the next one begins."""
    if sort == 0:
        return None, place
    if sort in {8, 9}:
        return sort - 8, place
    if sort < len(_INTEGER_SIZES):
        size = _INTEGER_SIZES[sort]
        return int.from_bytes(_slice(payload, place, size), "big", signed=True), place + size
    if sort == 7:
        import struct

        return struct.unpack(">d", _slice(payload, place, 8))[0], place + 8
    if sort < 12:
        raise ValueError
    size = (sort - 12) // 2
    content = _slice(payload, place, size)
    return (content.decode() if sort % 2 else content), place + size


def _slice(content: bytes, place: int, size: int) -> bytes:
    if place + size > len(content):
        raise ValueError
    return content[place : place + size]


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """Return a number of one to nine bytes, and where it ends."""
    number = 0
    for index in range(8):
        byte = content[place + index]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + index + 1
    return number << 8 | content[place + 8], place + 9
