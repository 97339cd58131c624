"""``studydl ask``: shows one card, or judges one answer to it, without a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studydl.cards import Code
from studydl.errors import StudyError
from studydl.language import Language, preferred_language

if TYPE_CHECKING:
    from studydl.session import Shown
    from studydl.session.panel import Outcome

__all__ = ["ask"]

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
    from studydl.cli.answer_file import answer_in
    from studydl.cli.rooms import open_library
    from studydl.session import shown_card

    language = Language(lang) if lang else preferred_language()
    if answer is not None and file is not None:
        raise StudyError("the answer is given twice", hint="use either --answer or --file")
    given = answer if file is None else answer_in(file)
    shown = shown_card(open_library().card(card), seed)
    outcome = None if given is None else _judged(shown, given, language)
    if as_json:
        click.echo(json.dumps(_as_data(shown, outcome, given or "", language), ensure_ascii=False))
    else:
        _show(shown, outcome, given or "", language)
    ctx.exit(0 if outcome is None else _EXIT_CODES[outcome.judgement.verdict])


def _judged(shown: Shown, given: str, language: Language) -> Outcome:
    from studydl.judging import is_judged_here, judge
    from studydl.session.panel import Outcome

    if is_judged_here(shown.card):
        return Outcome(shown, judge(shown.card, given, seed=shown.seed, language=language))
    from studydl.cli.rooms import open_panel

    with open_panel() as (runner, panel):
        return runner.run(panel.judge(shown, given, language))


def _as_data(
    shown: Shown, outcome: Outcome | None, given: str, language: Language
) -> dict[str, Any]:
    card, options = shown.card, [option.said_in(language) for option in shown.options]
    asked: dict[str, Any] = {
        "card": card.id,
        "kind": card.kind,
        "prompt": card.ask.said_in(language),
        **({"text": shown.passage.said_in(language)} if shown.passage else {}),
        **({"options": options} if options else {}),
        **({"parameters": dict(shown.parameters)} if shown.parameters else {}),
        **({"starter": card.answer.starter} if isinstance(card.answer, Code) else {}),
        "verdict": None,
        "feedback": None,
        "proposed_grade": None,
        "seed": shown.seed,
        "claim": card.claim,
    }
    return asked if outcome is None else asked | _judgement_data(outcome, given, language)


def _judgement_data(outcome: Outcome, given: str, language: Language) -> dict[str, Any]:
    judgement, code = outcome.judgement, outcome.code
    data: dict[str, Any] = {
        "verdict": judgement.verdict,
        "feedback": judgement.feedback.said_in(language),
        "proposed_grade": judgement.proposed_grade,
        "understood": judgement.understood,
        "remarks": [remark.said_in(language) for remark in outcome.remarks(given)],
        "caret": judgement.caret,
        "misconception": judgement.misconception,
    }
    if code is None:
        return data
    rows = [{"claim": row.claim, **row.measurement.to_json()} for row in code.details]
    return data | {
        "rung": code.rung,
        "details": rows,
        "output": code.output,
        "protection": code.protection,
    }


def _show(shown: Shown, outcome: Outcome | None, given: str, language: Language) -> None:
    from studydl.cli.card_lines import judgement_lines, question_lines

    lines = question_lines(shown, language)
    if outcome is not None:
        lines += judgement_lines(outcome, given, language)
    click.echo("\n".join(lines))
