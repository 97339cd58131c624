"""A statement's status follows from verdicts, and from nothing that is typed."""

import dataclasses
from pathlib import Path

import pytest

from studydl.audit import Status, find, read_audit
from studydl.audit.model import Refutation, Statement
from studydl.audit.reader import read_file
from studydl.cards import Origin
from studydl.errors import StudyError
from studydl.language import Text
from studydl.verification.evidence import Evidence, Report
from studydl.verification.judge import judge
from tests.verification import examples

CLAIM = examples.doubling.id
TEXT = Text("Doubling adds one.", "翻倍就是加一。")
REPORT = judge(examples.doubling)


def statement(**changes: object) -> Statement:
    plain = Statement(
        chapter="examples",
        section="1.1",
        text=TEXT,
        holds=(),
        refuted=(),
        correction=None,
        sources=(),
        unmeasurable=None,
        related=(),
        origin=Origin(Path("audit.yaml"), 1),
    )
    return dataclasses.replace(plain, **changes)


def status_of(given: Statement, report: Report = REPORT) -> tuple[Status, str]:
    finding = find(given, {report.claim: report})
    return finding.status, finding.trouble


NOTES_VERSION = (Refutation(CLAIM, "increment"),)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (statement(holds=(CLAIM,)), Status.HOLDS),
        (statement(refuted=NOTES_VERSION, correction=TEXT), Status.WRONG),
        (statement(holds=(CLAIM,), refuted=NOTES_VERSION, correction=TEXT), Status.CONDITIONAL),
        (statement(unmeasurable=TEXT, related=(CLAIM,)), Status.UNMEASURABLE),
    ],
)
def test_the_status_follows_from_the_verdicts(given: Statement, status: Status) -> None:
    assert status_of(given) == (status, "")


def test_a_statement_whose_claim_is_not_verified_is_unsettled() -> None:
    failed = dataclasses.replace(REPORT, evidence=Evidence((), "it crashed"))

    assert status_of(statement(holds=(CLAIM,)), failed) == (
        Status.UNSETTLED,
        "examples.doubling is error",
    )


def test_a_statement_that_was_not_refuted_is_not_called_wrong() -> None:
    accepted = dataclasses.replace(REPORT.misconceptions[1], evidence=REPORT.evidence)
    lax = dataclasses.replace(REPORT, misconceptions=(REPORT.misconceptions[0], accepted))

    status, trouble = status_of(statement(refuted=NOTES_VERSION, correction=TEXT), lax)

    assert status is Status.UNSETTLED
    assert "undecided" in trouble


@pytest.mark.parametrize(
    ("given", "trouble"),
    [
        (statement(holds=("examples.unheard-of",)), "there is no claim examples.unheard-of"),
        (
            statement(refuted=(Refutation(CLAIM, "unheard-of"),), correction=TEXT),
            "there is no misconception examples.doubling/unheard-of",
        ),
    ],
)
def test_what_does_not_exist_is_named(given: Statement, trouble: str) -> None:
    assert status_of(given) == (Status.UNSETTLED, trouble)


def test_the_figures_are_those_that_the_status_rests_on() -> None:
    given = statement(holds=(CLAIM,), refuted=NOTES_VERSION, correction=TEXT)

    reference, notes = find(given, {CLAIM: REPORT}).figures

    assert (reference.of, notes.of) == (CLAIM, f"{CLAIM}/increment")
    assert reference.measured == reference.expected
    assert notes.measured != notes.expected


HEAD = "chapter: examples\nstatements:\n"
ENTRY = '  - section: "%s"\n    statement: {en: It is so., zh: 的确如此。}\n    %s\n'
CORRECTED = (
    "refuted: [a.b/c]\n"
    "    correction: {en: It is not., zh: 并非如此。}\n"
    "    sources: [Somebody 1990]"
)


def write(folder: Path, *entries: tuple[str, str]) -> Path:
    file = folder / "examples.yaml"
    file.write_text(HEAD + "".join(ENTRY % entry for entry in entries), "utf-8")
    return file


def test_statements_are_read_in_the_order_of_the_notes(tmp_path: Path) -> None:
    sections = ["Z.3", "10.1", "O.1", "2.10", "2.9"]
    write(tmp_path, *((section, "holds: [a.b]") for section in sections))

    read = [each.section for each in read_audit(tmp_path)]

    assert read == ["2.9", "2.10", "10.1", "O.1", "Z.3"]


def test_a_refuted_statement_is_read_with_its_correction(tmp_path: Path) -> None:
    (read,) = read_audit(write(tmp_path, ("1.1", CORRECTED)).parent)

    assert read.refuted == (Refutation("a.b", "c"),)
    assert read.correction == Text("It is not.", "并非如此。")
    assert read.claims == ("a.b",)


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ("status: wrong", "a statement knows no key 'status'"),
        ("related: [a.b]", "either holds: or is refuted:"),
        ("refuted: [a.b/c]", "needs a correction: and its sources:"),
        ("unmeasurable: {en: Because., zh: 因为。}", "names the nearest claims"),
        (
            "holds: [a.b]\n    unmeasurable: {en: B., zh: 因为。}\n    related: [a.b]",
            "either holds:",
        ),
        ("holds: []", "0 claims where at least 1 belong"),
        ("refuted: [a.b]", "is not claim/misconception"),
        ("holds: [a.b]\n    holds: [a.b]", "stands here twice"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_place(
    tmp_path: Path, keys: str, complaint: str
) -> None:
    file = write(tmp_path, ("1.1", keys))

    _, problems = read_file(file)

    assert complaint in str(problems[0])
    assert str(problems[0]).startswith(f"{file}:")
    with pytest.raises(StudyError, match=r"examples\.yaml:"):
        read_audit(tmp_path)


def test_a_file_that_is_no_text_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "examples.yaml").write_bytes(b"\xff\xfe")

    with pytest.raises(StudyError, match="the audit cannot be read"):
        read_audit(tmp_path)
