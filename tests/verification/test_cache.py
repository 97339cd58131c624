"""A result stands exactly as long as what it depends on."""

import dataclasses
import importlib
import sys
import textwrap
from pathlib import Path

import pytest

from studydl.language import Text
from studydl.verification import fingerprint as module_under_test
from studydl.verification.cache import ReportCache
from studydl.verification.evidence import Evidence, Verdict
from studydl.verification.fingerprint import fingerprint
from studydl.verification.judge import judge
from tests.verification import examples


def test_a_kept_report_comes_back_marked_as_cached(tmp_path: Path) -> None:
    report, cache = judge(examples.doubling), ReportCache(tmp_path)

    cache.put("key", report)

    kept = cache.get(report.claim, "key")
    assert kept is not None
    assert kept.to_json() == report.to_json() | {"cached": True}
    assert cache.get(report.claim, "another key") is None
    assert cache.get("examples.unheard-of", "key") is None


def test_errors_and_undecided_verdicts_are_not_kept(tmp_path: Path) -> None:
    report, cache = judge(examples.doubling), ReportCache(tmp_path)
    failed = dataclasses.replace(report, evidence=Evidence((), "raised"))
    undecided = dataclasses.replace(report, evidence=Evidence(()))

    cache.put("key", failed)
    cache.put("key", undecided)

    assert (failed.verdict, undecided.verdict) == (Verdict.ERROR, Verdict.UNDECIDED)
    assert cache.get(report.claim, "key") is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": "key"}', b"\xff\xfe"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    report, cache = judge(examples.doubling), ReportCache(tmp_path)
    cache.put("key", report)
    (tmp_path / f"{report.claim}.json").write_bytes(damage)

    assert cache.get(report.claim, "key") is None
    cache.put("key", report)
    assert cache.get(report.claim, "key") is not None


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = ReportCache(tmp_path / "file" / "folder")

    cache.put("key", judge(examples.doubling))

    assert cache.get("examples.doubling", "key") is None


def test_the_key_changes_with_the_seed_and_with_the_claim() -> None:
    claim = examples.doubling
    changed = dataclasses.replace(claim, statement=Text("Doubling 3 gives 6!", claim.statement.zh))

    assert fingerprint(claim, seed=0) == fingerprint(claim, seed=0)
    assert len({fingerprint(claim, seed=0), fingerprint(claim, seed=1)}) == 2
    assert fingerprint(changed, seed=0) != fingerprint(claim, seed=0)


CLAIM = """
    from fleeting.verifiers import verifier
    from fleeting.functions import double
    from studydl.language import Text
    from studydl.verification.claim import Claim, Misconception
    WRONG = [Misconception(f"wrong-{n}", double, Text("", "")) for n in range(2)]
    CLAIM = Claim("fleeting.doubling", Text("", ""), "1", double, tuple(WRONG), ("",), verifier)
"""
PACKAGE = {
    "__init__": "",
    "claims": CLAIM,
    "verifiers": "def verifier(f, rng): yield",
    "functions": "from fleeting import deep\ndef double(x): return deep.two() * x",
    "deep": "def two(): return 2",
    "unrelated": "x = 1",
}


@pytest.mark.parametrize(
    ("changed", "matters"),
    [("verifiers", True), ("functions", True), ("deep", True), ("unrelated", False)],
)
def test_the_key_changes_with_any_code_that_the_result_depends_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, matters: bool
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    folder = tmp_path / "fleeting"
    folder.mkdir()
    for name, source in PACKAGE.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(source))

    before = _fresh_fingerprint()
    (folder / f"{changed}.py").write_text(textwrap.dedent(PACKAGE[changed]) + "\n# a change\n")
    after = _fresh_fingerprint()

    assert (before != after) is matters


def _fresh_fingerprint() -> str:
    """The key as a new process would compute it, which remembers no source."""
    for name in [name for name in sys.modules if name.startswith("fleeting")]:
        del sys.modules[name]
    for remembering in ("_imports", "_source", "_digest"):
        getattr(module_under_test, remembering).cache_clear()
    importlib.invalidate_caches()
    return fingerprint(importlib.import_module("fleeting.claims").CLAIM, seed=0)
