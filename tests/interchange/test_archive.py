from __future__ import annotations

import stat
import sys
import zipfile
import zlib
from random import Random

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.errors import StudyError
from studydl.interchange.archive import unpack_collection
from tests.interchange.packing import package

GOOD = {"collection.anki2": b"old", "media": b"{}"}


def refused(path, folder, sentence):
    target = folder / "unpacked"
    target.mkdir()
    with pytest.raises(StudyError, match=sentence) as caught:
        unpack_collection(path, target)
    assert str(path) in str(caught.value)
    assert {each.name for each in folder.iterdir()} == {path.name, "unpacked"}
    assert {each.name for each in target.iterdir()} <= {"collection.db"}


def test_the_newest_database_that_can_be_read_is_unpacked(tmp_path):
    path = package(tmp_path / "a.apkg", GOOD | {"collection.anki21": b"new"})
    assert unpack_collection(path, tmp_path).read_bytes() == b"new"


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil", "C:evil"])
def test_an_entry_that_would_be_put_elsewhere_is_refused(tmp_path, name):
    refused(package(tmp_path / "a.apkg", GOOD | {name: b""}), tmp_path, "put elsewhere")


def test_a_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("0")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.apkg", "w") as archive:
        archive.writestr("collection.anki2", b"")
        archive.writestr(link, "/etc/passwd")
    refused(tmp_path / "a.apkg", tmp_path, "a link")


@pytest.mark.parametrize("name", ["collection.anki2", "0"])
def test_what_unpacks_to_far_more_than_it_holds_is_refused(tmp_path, name):
    refused(package(tmp_path / "a.apkg", GOOD | {name: bytes(30_000_000)}), tmp_path, "far more")


def test_two_entries_of_one_name_are_refused(tmp_path):
    path = package(tmp_path / "a.apkg", GOOD | {"collection.ankiX": b"other"})
    path.write_bytes(path.read_bytes().replace(b"collection.ankiX", b"collection.anki2"))
    refused(path, tmp_path, "two entries of one name")


def test_too_many_entries_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("studydl.interchange.archive._MOST_ENTRIES", 1)
    refused(package(tmp_path / "a.apkg", GOOD), tmp_path, "has 2 entries")


def test_a_size_in_the_header_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr("studydl.interchange.archive._MOST_BYTES", 2)
    refused(package(tmp_path / "a.apkg", GOOD), tmp_path, "larger than")


def test_an_encrypted_package_is_refused(tmp_path):
    path = package(tmp_path / "a.apkg", GOOD)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    refused(path, tmp_path, "encrypted")


def test_a_damaged_entry_is_refused(tmp_path):
    path = package(tmp_path / "a.apkg", GOOD)
    path.write_bytes(
        path.read_bytes().replace(b"collection.anki2" + b"\xcb", b"collection.anki2\0")
    )
    refused(path, tmp_path, "damaged")


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip" * 99, b"PK\x05\x06" + bytes(17)])
def test_what_is_no_archive_is_refused(tmp_path, content):
    (tmp_path / "a.apkg").write_bytes(content)
    refused(tmp_path / "a.apkg", tmp_path, "no package of Anki")


def test_a_package_without_a_collection_is_refused(tmp_path):
    refused(package(tmp_path / "a.apkg", {"media": b"{}"}), tmp_path, "no collection")


def zstd(content):
    return zstandard.ZstdCompressor(level=19).compress(content)


def test_the_newest_format_is_unpacked_and_not_its_stub(tmp_path):
    newest = GOOD | {"collection.anki21b": zstd(b"newest"), "meta": b"\x08\x03"}
    path = package(tmp_path / "a.apkg", newest)
    assert unpack_collection(path, tmp_path).read_bytes() == b"newest"


def test_the_newest_format_without_its_library_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    entries = GOOD | {"collection.anki21b": zstd(b"newest")}
    refused(package(tmp_path / "a.apkg", entries), tmp_path, "Support older Anki versions")


@pytest.mark.parametrize(
    ("packed", "sentence"),
    [
        (zstd(bytes(1 << 30)), "larger than 512 MB"),
        (b"not packed at all", "damaged"),
    ],
    ids=["a bomb", "something else"],
)
def test_hostile_or_damaged_packing_is_refused(tmp_path, packed, sentence):
    entries = GOOD | {"collection.anki21b": packed}
    refused(package(tmp_path / "a.apkg", entries), tmp_path, sentence)


@pytest.mark.parametrize("meta", [b"\x08\x04", b"", b"\xff" * 99])
def test_a_version_that_is_not_known_is_refused(tmp_path, meta):
    refused(package(tmp_path / "a.apkg", GOOD | {"meta": meta}), tmp_path, "not known here")


CONTENT = Random(1).randbytes(5000) + bytes(5000)
anywhere = st.floats(0, 1, exclude_max=True)
often = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def without_end(content, share):
    return content[: int(len(content) * share)]


def refused_anew(path, sentence):
    (path.parent / "collection.db").unlink(missing_ok=True)
    with pytest.raises(StudyError, match=sentence) as caught:
        unpack_collection(path, path.parent)
    assert str(path) in str(caught.value)
    assert "nothing was taken in" in str(caught.value)


@often
@given(anywhere, st.sampled_from([1, 3, 19]), st.booleans())
def test_newest_packing_that_is_cut_anywhere_is_refused_before_it_is_read(
    tmp_path, share, level, frames
):
    whole = zstandard.ZstdCompressor(level=level, write_checksum=True).compress(CONTENT)
    packed = (whole if frames else b"") + without_end(whole, share)
    if not frames or packed != whole:
        entries = GOOD | {"collection.anki21b": packed}
        refused_anew(package(tmp_path / "a.apkg", entries), "ends too early|damaged")


def test_packing_in_several_frames_is_unpacked_whole(tmp_path):
    entries = GOOD | {"collection.anki21b": zstd(b"one") + zstd(CONTENT) + zstd(b"two")}
    path = package(tmp_path / "a.apkg", entries)
    assert unpack_collection(path, tmp_path).read_bytes() == b"one" + CONTENT + b"two"


@often
@given(anywhere)
def test_a_package_that_is_cut_anywhere_is_refused(tmp_path, share):
    path = package(tmp_path / "a.apkg", {"collection.anki21": CONTENT, "media": b"{}"})
    path.write_bytes(without_end(path.read_bytes(), share))
    refused_anew(path, "no package of Anki, or a damaged one")


@often
@given(anywhere)
def test_an_entry_that_is_cut_anywhere_is_refused(tmp_path, share):
    squeezed = zlib.compressobj(wbits=-15)
    whole = squeezed.compress(CONTENT) + squeezed.flush()
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("collection.anki21", without_end(whole, share))
    data = bytearray(path.read_bytes())
    # Both headers are made to tell of the whole content, squeezed.
    for begin, method in ((0, 8), (data.index(b"PK\x01\x02"), 10)):
        at = begin + method
        data[at : at + 2] = zipfile.ZIP_DEFLATED.to_bytes(2, "little")
        data[at + 6 : at + 10] = zlib.crc32(CONTENT).to_bytes(4, "little")
        data[at + 14 : at + 18] = len(CONTENT).to_bytes(4, "little")
    path.write_bytes(data)
    if zlib.decompressobj(wbits=-15).decompress(without_end(whole, share)) != CONTENT:
        refused_anew(path, "no package of Anki, or a damaged one")
