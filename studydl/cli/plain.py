"""A whole session in plain lines: for pipes, screen readers and terminals that cannot draw."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

import click

from studydl.cli.plain_words import PlainWords, words_in
from studydl.judging import Verdict
from studydl.memory import Grade
from studydl.notation import plain
from studydl.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studydl.cards import Library
    from studydl.judging import Judgement
    from studydl.language import Language, Text
    from studydl.memory import Memory
    from studydl.session import Shown

__all__ = ["hold"]

_LETTERS = "abcdefghij"


class _QuitError(Exception):
    """The learner left."""


def hold(library: Library, memory: Memory, ids: Sequence[str] | None, language: Language) -> None:
    """Hold a session on standard input and output until it is over or the input ends."""
    gc.enable()
    for problem in library.problems:
        click.echo(f"studydl: {problem}", err=True)
    session = Session(
        library, memory, ids, new_limit=None if ids is not None else memory.new_left()
    )
    talk = _Talk(session, language)
    try:
        while session.shown is not None:
            talk.one_card()
    except (_QuitError, EOFError):
        click.echo()
    talk.report()


class _Talk:
    """Asks and answers about one card after another."""

    def __init__(self, session: Session, language: Language) -> None:
        self._session = session
        self._language = language
        self._words: PlainWords = words_in(language)

    def one_card(self) -> None:
        """Show the card on the table, take an answer, take a grade."""
        self._ask()
        while not self._session.revealed:
            line = self._line(self._words.answer_prompt)
            if line.startswith(":"):
                if self._command(line[1:]):
                    return
            elif line:
                self._judge(line)
            else:
                self._session.reveal()
        self._show_answer()
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
        card = shown.card
        click.echo(
            f"\n[{card.chapter} · {card.id} · {self._words.left}: {self._session.remaining}]"
        )
        click.echo(self._said(card.ask))
        for letter, option in zip(_LETTERS, shown.options, strict=False):
            click.echo(f"  {letter}) {self._said(option)}")

    def _judge(self, line: str) -> None:
        judgement = self._session.judge(line, self._language)
        if judgement.verdict is Verdict.INVALID and judgement.caret is not None:
            click.echo(f"  {line}\n  {' ' * judgement.caret}^")
        self._say_verdict(judgement)

    def _say_verdict(self, judgement: Judgement) -> None:
        if judgement.verdict is not Verdict.UNDECIDED:
            click.echo(
                f"{self._words.verdicts[judgement.verdict]} {self._said(judgement.feedback)}"
            )

    def _show_answer(self) -> None:
        card = self._on_the_table().card
        click.echo(f"{self._words.answer}: {self._said(self._session.on_the_table().answer)}")
        click.echo(self._said(card.explain))
        click.echo(f"({'; '.join(card.sources)})")

    def _grade(self) -> None:
        intervals = self._session.intervals()
        offered = "  ".join(
            f"{grade.value} {self._words.grades[grade]} {interval.label()}"
            for grade, interval in intervals.items()
        )
        proposed = self._session.proposed_grade
        while True:
            line = self._line(f"{offered}  [{proposed.value}] ")
            if line.startswith(":"):
                if self._command(line[1:]):
                    return
            elif line in {"", "1", "2", "3", "4"}:
                self._session.grade(Grade(int(line or proposed)))
                return
            else:
                click.echo(self._words.grade_help)

    def _command(self, name: str) -> bool:
        """Carry out a command; return whether another card is now on the table."""
        if name in {"q", "quit"}:
            raise _QuitError
        if name in {"u", "undo"}:
            undone = self._session.undo()
            click.echo(self._words.undone.format(card=undone) if undone else self._words.no_undo)
            return undone is not None
        if name in {"v", "verify", "d", "derive"} and not self._session.revealed:
            click.echo(self._words.reveal_first)
        elif name in {"v", "verify"}:
            self._measure()
        elif name in {"d", "derive"}:
            self._derive()
        else:
            click.echo(self._words.help)
        return False

    def _measure(self) -> None:
        from studydl.cli.verify import measured
        from studydl.cli.verify_output import show_evidence

        claim = self._on_the_table().card.claim
        (report,) = asyncio.run(measured((), only=[claim], jobs=1))
        show_evidence(report, self._language)

    def _derive(self) -> None:
        from studydl.cli.derive import checked
        from studydl.cli.derive_output import Style, show

        derivation = self._on_the_table().card.derivation
        if derivation is None:
            click.echo(self._words.no_derivation)
        else:
            (report,) = asyncio.run(checked([derivation]))
            show(report, self._language, Style.UNICODE)

    def _on_the_table(self) -> Shown:
        return self._session.on_the_table()

    def _said(self, text: Text) -> str:
        return plain(text.said_in(self._language))

    def _line(self, prompt: str) -> str:
        click.echo(prompt, nl=False)
        try:
            line = input()
        except EOFError:
            click.echo()
            raise
        return line.strip()
