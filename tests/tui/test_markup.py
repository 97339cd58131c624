"""Brackets reach the screen as they are, through every place that shows text."""

import ast
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.command import CommandPalette
from textual.widgets import OptionList

import studydl.tui
from studydl.errors import StudyError
from studydl.judging import Judgement, Verdict
from studydl.language import Language, Text
from studydl.tui.widgets.evidence_pane import EvidencePane
from studydl.tui.widgets.number_input import NumberInput
from studydl.tui.widgets.sheet import Sheet
from studydl.tui.widgets.status_line import StatusLine
from studydl.verification.evidence import Evidence, Rejection, Report
from tests.tui.studio import Studio, measurement, pane, press, seen, settle, words_of

NASTY = "E[X] [/b] [b Var[W] [red]x[i][/] $[a]$ \\[b] [@click=app.quit]q"
brackets = st.lists(
    st.sampled_from(["[", "]", "/", "b", "E[X]", "[/b]", "[b", "x[i]", "[red]", "\\[", " ", "="]),
    min_size=1,
    max_size=8,
).map("".join)

CARD = """
chapter: activations
title: {en: %(text)s, zh: %(text)s}
cards:
  - id: nasty
    notes: "1.3"
    ask: {en: %(ask)s, zh: %(ask)s}
    answer: %(answer)s
    explain: {en: %(text)s, zh: %(text)s}
    claim: activations.sigmoid-gradient
    sources: [%(text)s]
"""
OPTIONS = (
    "{kind: choice, correct: {en: %(text)s, zh: %(text)s}, distractors: ["
    "{text: {en: one, zh: 一}, misconception: one}, {text: {en: two, zh: 二}, misconception: two}]}"
)
NASTY_PROSE = NASTY.replace("$", "").replace("\\", "")


def nasty_studio(folder, text, kind="recall"):
    quoted = json.dumps(text)
    answer = (
        f"{{kind: recall, text: {{en: {quoted}, zh: {quoted}}}}}"
        if kind == "recall"
        else OPTIONS % {"text": quoted}
    )
    values = {"text": quoted, "ask": json.dumps(text + "?"), "answer": answer}
    return Studio(folder, deck=CARD % values)


async def test_a_card_full_of_brackets_is_seen_as_it_is(tmp_path):
    studio = nasty_studio(tmp_path / "studio", NASTY_PROSE)
    async with studio.opened(size=(140, 30)) as (app, pilot):
        assert f"{NASTY_PROSE} · nasty" in seen(app)
        assert f"{NASTY_PROSE}?" in words_of(seen(app))
        await press(pilot, "space")
        text = words_of(seen(app))
        assert text.count(NASTY_PROSE) == 5  # chapter, question, answer, reason, source
        await press(pilot, "h")
        assert NASTY_PROSE[:24] in seen(app)  # a title gives way to its figures


async def test_options_and_feedback_full_of_brackets_are_seen_as_they_are(tmp_path):
    studio = nasty_studio(tmp_path / "studio", NASTY_PROSE, "choice")
    async with studio.opened(size=(140, 30)) as (app, pilot):
        options = [each.en for each in app.desk.session.shown.options]
        assert NASTY_PROSE in seen(app)
        await press(pilot, "abc"[options.index(NASTY_PROSE)])
        assert "✓ Correct." in seen(app)


async def test_the_report_lists_missed_cards_with_their_brackets(tmp_path):
    studio = nasty_studio(tmp_path / "studio", NASTY_PROSE)
    async with studio.opened(size=(140, 30)) as (app, pilot):
        await press(pilot, "space", "1", "space", "4")
        assert f"✗ {NASTY_PROSE}?" in words_of(seen(app))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=brackets)
async def test_random_brackets_are_seen_through_every_sheet_title_and_message(studio, text):
    text = f"<{text}>"
    async with studio.opened("slope-peak", size=(150, 40)) as (app, pilot):
        screen, language = app.screen, Language.ENGLISH
        screen.query_one(StatusLine).tell([text], app.desk.session, language)
        field = screen.query_one(NumberInput)
        field.complain(text, 1)
        field.field.placeholder = text
        field.field.value = text
        screen.query_one("CardView").border_title = studydl.tui.plain.plain(text)
        screen.complain(StudyError(text))
        field.complain(text, 1)
        await settle(pilot)
        title = screen.query_one("CardView")._border_title.plain
        assert title == text
        assert app.screen.query_one("Toast").render().plain == text
        assert words_of(text) in words_of(seen(app))
        assert text in seen(app).splitlines()[0]
        assert field.field.value == text
        complaint = screen.query_one("#complaint", Sheet)
        assert words_of("! " + text) in words_of("\n".join(x.plain for x in complaint.lines(140)))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=brackets)
async def test_random_brackets_are_seen_in_the_evidence(studio, text):
    text = f"<{text}>"
    said = Text(text, text)
    bad = Evidence((measurement(text, 1.0, 0.0, 0.0),))
    crash = Evidence((), text)
    wrong = (Rejection(text, said, bad), Rejection("crash", said, crash))
    report = Report("a.b", said, Evidence((measurement(text, 0, 0),), text), wrong, wrong, 0.1, 0)
    async with studio.opened("slope-by-heart", size=(100, 30)) as (app, pilot):
        await press(pilot, "space", "v")
        evidence = app.screen.query_one(EvidencePane)
        evidence.begin("a.b", text, Language.ENGLISH)
        evidence.finish(report, Language.ENGLISH)
        await settle(pilot)
        assert pane(app).count(words_of(text)) >= 7
        evidence.begin(text, None, Language.ENGLISH)
        evidence.fail(text, Language.ENGLISH)
        await settle(pilot)
        assert pane(app).count(words_of(text)) == 2


async def test_the_palette_shows_brackets_before_and_after_a_search(tmp_path):
    studio = nasty_studio(tmp_path / "studio", NASTY_PROSE)
    async with studio.opened(size=(140, 40)) as (app, pilot):
        await press(pilot, "ctrl+p")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert any(NASTY_PROSE in prompt for prompt in prompts(app))
        await press(pilot, *"Study")
        await app.workers.wait_for_complete()
        await settle(pilot)
        assert any(NASTY_PROSE in prompt for prompt in prompts(app))


def prompts(app):
    assert isinstance(app.screen, CommandPalette)
    options = app.screen.query_one(OptionList)
    return [str(option.prompt) for option in options.options]


async def test_feedback_of_the_judge_is_not_read_as_markup(studio, monkeypatch):
    said = Judgement(Verdict.WRONG, Text(NASTY_PROSE, NASTY_PROSE), 1)
    monkeypatch.setattr("studydl.session.answering.judge", lambda *_, **__: said)
    async with studio.opened("slope-peak", size=(140, 30)) as (app, pilot):
        await press(pilot, "1", "enter")
        assert f"✗ {NASTY_PROSE}" in words_of(seen(app))


async def test_a_formula_that_cannot_be_drawn_is_shown_as_it_was_written(studio):
    async with studio.opened("slope-by-heart") as (app, pilot):
        shown = app.desk.session.shown
        broken = shown.card._replace(ask=Text(r"What is $\nosuchmacro{x}$?", ""))
        app.desk.session.shown = shown._replace(card=broken)
        await app.screen.redraw()
        await settle(pilot)
        assert r"What is $\nosuchmacro{x}$?" in seen(app)
        assert "! the formula cannot be drawn" in seen(app)


def test_no_widget_is_handed_a_string():
    """Textual's own sinks are given content, or told not to read markup."""
    sinks = {"Static", "Label", "Button", "Markdown", "Text", "from_markup", "render_str"}
    for file in Path(studydl.tui.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "notify":
                said = {each.arg: ast.unparse(each.value) for each in node.keywords}
                assert said.get("markup") == "False", (file.name, node.lineno)
            ours = "from studydl.language import" in file.read_text("utf-8")
            allowed = name == "Text" and ours
            assert allowed or name not in sinks, (file.name, node.lineno)


@pytest.mark.parametrize("attribute", ["border_title", "border_subtitle", "tooltip"])
def test_titles_and_tooltips_are_set_to_content(attribute):
    for file in Path(studydl.tui.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Attribute) and target.attr == attribute
                for target in node.targets
            ):
                assert ast.unparse(node.value).startswith("plain("), (file.name, node.lineno)
