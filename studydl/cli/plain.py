"""A whole session in plain lines: for pipes, screen readers and terminals that cannot draw."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studydl.cards import Choice, Code, Recall
from studydl.cli.answer_file import answer_in
from studydl.cli.card_lines import answer_lines, judgement_lines, question_lines
from studydl.cli.plain_words import PlainWords, words_in
from studydl.cli.rooms import open_panel
from studydl.errors import StudyError
from studydl.judging.quoting import printable
from studydl.memory import Grade
from studydl.session import Session
from studydl.session.editor import edited

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence

    from studydl.cards import Library
    from studydl.language import Language
    from studydl.memory import Memory
    from studydl.session import Shown
    from studydl.session.panel import Panel

__all__ = ["hold"]


class _QuitError(Exception):
    """The learner left."""


def hold(
    library: Library,
    memory: Memory,
    ids: Sequence[str] | None,
    language: Language,
    *,
    limit: int | None = None,
    cram: bool = False,
) -> None:
    """Hold a session on standard input and output until it is over or the input ends."""
    gc.enable()
    for problem in library.problems:
        click.echo(f"studydl: {problem}", err=True)
    session = Session(library, memory, ids, limit=limit, cram=cram)
    # One event loop and one worker for the whole sitting, so that what judges stays warm.
    with open_panel() as (runner, panel):
        talk = _Talk(session, language, runner, panel)
        try:
            while session.shown is not None:
                talk.one_card()
        except (_QuitError, EOFError):
            click.echo()
        talk.report()
    fitted = memory.optimise_if_due()
    if fitted is not None:
        words = words_in(language)
        told = words.optimised if fitted.kept else words.not_optimised
        click.echo(told.format(before=fitted.before, after=fitted.after, items=fitted.items))


class _Talk:
    """Asks and answers about one card after another."""

    def __init__(
        self, session: Session, language: Language, runner: asyncio.Runner, panel: Panel
    ) -> None:
        self._session = session
        self._language = language
        self._runner = runner
        self._panel = panel
        self._words: PlainWords = words_in(language)
        self._draft = ""

    def one_card(self) -> None:
        """Show the card on the table, take an answer, take a grade."""
        self._ask()
        self._draft = ""
        while not self._session.revealed:
            line = self._line(self._prompt())
            if line.startswith(":"):
                if self._command(line[1:].strip()):
                    return
            elif not line.strip():
                self._reveal()
            elif isinstance(self._on_the_table().card.answer, Code):
                self._take_code(line)
            else:
                self._judge(line.strip())
        judgement = self._session.judgement
        self._print(answer_lines(self._on_the_table(), self._language, judgement))
        self._grade()

    def report(self) -> None:
        """Say what came of the session."""
        report, words = self._session.report, self._words
        if not report.answered:
            click.echo(words.nothing_answered if self._session.shown else words.nothing_due)
            return
        percent = round(100 * report.recalled / len(report.answered))
        minutes = report.milliseconds / 60_000
        click.echo(
            words.report.format(answered=len(report.answered), percent=percent, minutes=minutes)
        )
        if report.missed:
            click.echo(words.missed.format(cards=", ".join(report.missed)))

    def _ask(self) -> None:
        shown = self._on_the_table()
        card, left = shown.card, self._session.remaining
        click.echo(f"\n[{card.chapter} · {card.id} · {self._words.left}: {left}]")
        self._print(question_lines(shown, self._language))

    def _prompt(self) -> str:
        answer = self._on_the_table().card.answer
        kind = "several" if isinstance(answer, Choice) and answer.also else answer.kind
        return self._words.prompts.get(kind, self._words.answer_prompt)

    def _reveal(self) -> None:
        """Reveal the answer; if parameters were drawn, it is computed first."""
        try:
            self._session.know(self._runner.run(self._panel.known(self._on_the_table())))
        except StudyError as error:
            click.echo(f"! {error}")
        self._session.reveal()

    def _judge(self, answer: str) -> None:
        asked = self._on_the_table()
        outcome = self._runner.run(self._panel.judge(asked, answer, self._language))
        self._session.take(answer, outcome)
        # What was recalled is compared with the answer, which comes next in any case.
        if not isinstance(asked.card.answer, Recall):
            self._print(judgement_lines(outcome, answer, self._language))
        if self._session.may_try_again:
            click.echo(self._words.try_again)

    def _take_code(self, line: str) -> None:
        """Judge code: the file that a line names, or the lines up to a single dot."""
        if " " not in line and line.endswith(".py"):
            try:
                self._draft = answer_in(Path(line).expanduser())
            except StudyError as error:
                click.echo(f"! {printable(str(error))}")
            else:
                self._judge(self._draft)
            return
        lines = []
        while line.strip() != ".":
            lines.append(line)
            line = self._line("... ")
        self._draft = "\n".join(lines)
        self._judge(self._draft)

    def _edit(self) -> None:
        """Judge what the learner writes in an editor, which begins with what there is."""
        code = self._on_the_table().card.answer
        if not isinstance(code, Code) or self._session.revealed:
            click.echo(self._words.only_code)
            return
        try:
            self._draft = edited(self._draft or code.starter)
        except StudyError as error:
            click.echo(f"! {error}")
        else:
            self._judge(self._draft)

    def _grade(self) -> None:
        intervals = self._session.intervals()
        offered = "  ".join(
            f"{grade.value} {self._words.grades[grade]} {interval.label()}"
            for grade, interval in intervals.items()
        )
        proposed = self._session.proposed_grade
        while True:
            line = self._line(f"{offered}  [{proposed.value}] ").strip()
            if line.startswith(":"):
                if self._command(line[1:]):
                    return
            elif line in {"", "1", "2", "3", "4"}:
                self._session.grade(Grade(int(line or proposed)))
                self._tell()
                return
            else:
                click.echo(self._words.grade_help)

    def _tell(self) -> None:
        """Tell what the last answer gave occasion to."""
        if self._session.notice is not None:
            click.echo(f"! {self._session.notice.said_in(self._language)}")
        if (leech := self._session.leech) is not None:
            click.echo(self._words.leech.format(card=leech.card, lapses=leech.lapses))
            if leech.derivation is not None:
                click.echo(f"  studydl derive {leech.derivation}")
            for card in leech.requires:
                click.echo(f"  studydl ask {card}")

    def _mark(self, name: str, reason: str) -> bool:
        """Mark the card on the table; return whether another one is there now."""
        session = self._session
        card = self._on_the_table().card.id
        if name in {"suspend", "bury"}:
            (session.suspend if name == "suspend" else session.bury)()
        elif name == "unflag":
            session.unflag()
        elif not reason:
            click.echo(self._words.flag_reason)
            return False
        else:
            session.flag(reason)
        click.echo(self._words.marked[name].format(card=card))
        return name in {"suspend", "bury"}

    def _tag(self, name: str, line: str) -> bool:
        """Give and take tags, or only tell them; return False, for the card stays."""
        from studydl.memory.tags import TagChange, TagError, change_told

        session, words = self._session, self._words
        try:
            change = change_told(line)
        except TagError as error:
            click.echo(f"! {printable(error.told.said_in(self._language))}")
            return False
        if name == "untag":
            change = TagChange((), change.added + change.removed)
        card = self._on_the_table().card
        if any(change) and not session.retag(change):
            click.echo(words.no_tag_changed)
        tags = " ".join(session.tags) or words.no_tags
        click.echo(words.tags.format(card=card.id, tags=tags))
        return False

    def _command(self, name: str) -> bool:
        """Carry out a command; return whether another card is now on the table."""
        if name in {"q", "quit"}:
            raise _QuitError
        if name in {"u", "undo", "redo"}:
            return self._step_back(self._session.redo if name == "redo" else self._session.undo)
        word, _, reason = name.partition(" ")
        if word in {"tag", "untag"}:
            return self._tag(word, reason)
        if word in self._words.marked:
            return self._mark(word, reason.strip())
        if name in {"e", "edit"}:
            self._edit()
        elif name in {"v", "verify", "d", "derive"} and not self._session.revealed:
            click.echo(self._words.reveal_first)
        elif name in {"v", "verify"}:
            self._measure()
        elif name in {"d", "derive"}:
            self._derive()
        else:
            click.echo(self._words.help)
        return False

    def _step_back(self, step: Callable[[], str | None]) -> bool:
        """Undo or redo; return whether the card on the table is to be asked."""
        words, is_undo = self._words, step == self._session.undo
        card = step()
        done, none = (words.undone, words.no_undo) if is_undo else (words.redone, words.no_redo)
        click.echo(done.format(card=card) if card else none)
        return card is not None

    def _measure(self) -> None:
        from studydl.cli.verify import measured
        from studydl.cli.verify_output import show_evidence

        claim = self._on_the_table().card.claim
        if claim is None:
            click.echo(self._words.unverified)
            return
        (report,) = self._runner.run(measured((), only=[claim], jobs=1))
        show_evidence(report, self._language)

    def _derive(self) -> None:
        from studydl.cli.derive import checked
        from studydl.cli.derive_output import Style, show

        derivation = self._on_the_table().card.derivation
        if derivation is None:
            click.echo(self._words.no_derivation)
        else:
            (report,) = self._runner.run(checked([derivation]))
            show(report, self._language, Style.UNICODE)

    def _on_the_table(self) -> Shown:
        return self._session.on_the_table()

    def _line(self, prompt: str) -> str:
        click.echo(prompt, nl=False)
        try:
            return input()
        except EOFError:
            click.echo()
            raise

    @staticmethod
    def _print(lines: list[str]) -> None:
        click.echo("\n".join(lines))
