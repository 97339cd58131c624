"""``studydl ask``: shows one card, or judges one answer to it, without a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studydl.errors import StudyError
from studydl.language import Language, preferred_language

if TYPE_CHECKING:
    from studydl.cards import Card
    from studydl.judging import Judgement

__all__ = ["ask"]

_LARGEST_ANSWER = 1_000_000
_EXIT_CODES = {"correct": 0, "undecided": 0, "wrong": 1, "invalid": 2}


@click.command(short_help="Show one card, or judge one answer to it.")
@click.argument("card")
@click.option("--answer", help="The answer to judge.")
@click.option("--file", type=click.Path(path_type=Path), help="A file that holds the answer.")
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Of the variant."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
@click.pass_context
def ask(
    ctx: click.Context,
    *,
    card: str,
    answer: str | None,
    file: Path | None,
    seed: int,
    as_json: bool,
    lang: str | None,
) -> None:
    """Show CARD, or judge one answer to it; nothing is recorded.

    Exit code: 0 if the answer is right or left to you, 1 if it is wrong, 2 if it cannot be
    understood.
    """
    from studydl.cli.rooms import open_library
    from studydl.judging import judge

    language = Language(lang) if lang else preferred_language()
    if answer is not None and file is not None:
        raise StudyError("the answer is given twice", hint="use either --answer or --file")
    given = answer if file is None else _contents(file)
    found = open_library().card(card)
    judgement = None if given is None else judge(found, given, seed=seed, language=language)
    if as_json:
        click.echo(json.dumps(_as_data(found, judgement, seed, language), ensure_ascii=False))
    else:
        _show(found, judgement, given, seed, language)
    ctx.exit(0 if judgement is None else _EXIT_CODES[judgement.verdict])


def _contents(file: Path) -> str:
    try:
        if file.stat().st_size > _LARGEST_ANSWER:
            raise StudyError("the answer is larger than 1 MB", where=str(file))
        return file.read_text("utf-8")
    except OSError as error:
        raise StudyError(error.strerror or "cannot be read", where=str(file)) from error
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8"
        raise StudyError("the answer is not UTF-8 text", where=str(file), hint=hint) from error


def _as_data(
    card: Card, judgement: Judgement | None, seed: int, language: Language
) -> dict[str, Any]:
    from studydl.judging import options

    shown = [option.said_in(language) for option in options(card, seed)]
    return {
        "card": card.id,
        "kind": card.kind,
        "prompt": card.ask.said_in(language),
        **({"options": shown} if shown else {}),
        "verdict": None if judgement is None else judgement.verdict,
        "feedback": None if judgement is None else judgement.feedback.said_in(language),
        "proposed_grade": None if judgement is None else judgement.proposed_grade,
        "seed": seed,
        "claim": card.claim,
    }


def _show(
    card: Card, judgement: Judgement | None, given: str | None, seed: int, language: Language
) -> None:
    from studydl.cli.plain_words import words_in
    from studydl.judging import options
    from studydl.notation import plain

    click.echo(plain(card.ask.said_in(language)))
    for letter, option in zip("abcdefghij", options(card, seed), strict=False):
        click.echo(f"  {letter}) {plain(option.said_in(language))}")
    if judgement is None:
        return
    if judgement.caret is not None:
        click.echo(f"  {given}\n  {' ' * judgement.caret}^")
    verdict = words_in(language).verdicts.get(judgement.verdict, "")
    click.echo(f"{verdict} {plain(judgement.feedback.said_in(language))}".strip())
