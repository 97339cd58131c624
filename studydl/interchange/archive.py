"""A package of Anki, unpacked with care: it may come from anybody."""

from __future__ import annotations

import stat
import zipfile
import zlib
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NoReturn

from studydl.errors import StudyError
from studydl.interchange.zstandard_stream import unpacked

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["unpack_collection"]

_NEWEST, _LEGACY = "collection.anki21b", ("collection.anki21", "collection.anki2")
_META = "meta"
_KNOWN_META = (b"\x08\x01", b"\x08\x02", b"\x08\x03")
"""A message of one field, the version: what is known of are 1, 2 and, packed by Zstandard, 3."""
_MOST_ENTRIES = 100_000
_MOST_BYTES = 1 << 29
_MOST_TOTAL = 1 << 33
_HIGHEST_RATIO = 200
"""Databases of notes shrink to a twentieth; what shrinks further than this is a bomb."""
_SMALL = 1 << 20
_CHUNK = 1 << 20


def unpack_collection(package: Path, folder: Path) -> Path:
    """Unpack the database of a package, and nothing else of it.

    Args:
        package: An ``.apkg``.
        folder: Where to put the database, under a name of ours.

    Raises:
        StudyError: It is no package, or one that only somebody with bad intent would make.
    """
    where = str(package)
    try:
        with zipfile.ZipFile(package) as archive:
            entries = _checked(archive.infolist(), where)
            _require_known_version(archive, entries, where)
            return _unpacked(archive, _database(entries, where), folder, where)
    except OSError as error:
        what = f"this file cannot be read: {error.strerror or 'it is damaged'}"
        raise StudyError(what, where=where) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise StudyError(
            "this is no package of Anki, or a damaged one",
            where=where,
            hint="was it cut off? copy it again or export it anew; nothing was taken in",
        ) from error
    except (NotImplementedError, RuntimeError) as error:
        raise StudyError("this package is packed in an unknown way", where=where) from error


def _checked(entries: list[zipfile.ZipInfo], where: str) -> dict[str, zipfile.ZipInfo]:
    """Return the entries by name; refuse archives that no honest program makes."""
    if len(entries) > _MOST_ENTRIES:
        _refuse(f"this package has {len(entries)} entries", where)
    named = {entry.filename: entry for entry in entries}
    if len(named) < len(entries):
        _refuse("this package has two entries of one name", where)
    for name, entry in named.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name:
            _refuse(f"an entry of this package would be put elsewhere: {name[:60]!r}", where)
        if stat.S_ISLNK(entry.external_attr >> 16):
            _refuse(f"an entry of this package is a link: {name[:60]!r}", where)
        if entry.flag_bits & 1:
            _refuse("this package is encrypted", where)
        is_large = entry.file_size > _SMALL
        if is_large and entry.file_size > _HIGHEST_RATIO * max(entry.compress_size, 1):
            _refuse("this package would unpack to far more than it holds", where)
    if sum(entry.file_size for entry in entries) > _MOST_TOTAL:
        _refuse("this package would unpack to more than 8 GB", where)
    return named


def _require_known_version(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], where: str
) -> None:
    if _META not in entries:
        return
    with archive.open(entries[_META]) as meta:
        if meta.read(_SMALL) not in _KNOWN_META:
            raise StudyError(
                "this package is in a format of Anki that is not known here",
                where=where,
                hint="export it again with `Support older Anki versions` ticked",
            )


def _database(entries: dict[str, zipfile.ZipInfo], where: str) -> zipfile.ZipInfo:
    # What lies beside the newest under an old name is a stub for programs that are too old.
    for name in (_NEWEST, *_LEGACY):
        if name in entries:
            return entries[name]
    raise StudyError("this package holds no collection of Anki", where=where)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, where: str) -> Path:
    target, size = folder / "collection.db", 0
    is_newest = entry.filename == _NEWEST
    with archive.open(entry) as raw, target.open("xb") as collection:
        plain = iter(partial(raw.read, _CHUNK), b"")
        # The header of an entry may lie about its size: what counts is what comes out.
        for chunk in unpacked(raw, where) if is_newest else plain:
            size += len(chunk)
            if size > _MOST_BYTES:
                _refuse("the collection in this package is larger than 512 MB", where)
            collection.write(chunk)
    return target


def _refuse(what: str, where: str) -> NoReturn:
    raise StudyError(what, where=where, hint="nothing was taken in")
