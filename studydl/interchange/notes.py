"""Cards as notes that other programs can show: question and answer as HTML, whatever the kind."""

from __future__ import annotations

import html
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from studydl.cards import Choice, Cloze, Formula, Number, Recall
from studydl.cards.arithmetic import calculate
from studydl.cards.expressions import ExpressionFault, Vocabulary, read, to_latex
from studydl.cards.segments import BLANK
from studydl.cards.variants import drawn, resolved, with_parameters
from studydl.interchange.marked_up import code_html, formula_html, text_html
from studydl.interchange.own_tags import note_tags
from studydl.language import Language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studydl.cards import Card

__all__ = ["GUID_PREFIX", "Note", "card_of", "note_of"]

GUID_PREFIX = "studydl-"


class Note(NamedTuple):
    """What a card says, in one language.

    Attributes:
        guid: Follows from the card's id, so that a second import updates.
        card: The card's id.
        chapter: Its chapter.
        kind: How studydl judges its answer.
        question: HTML. Of a cloze, with the gaps as Anki writes them.
        answer: HTML; empty for a cloze, whose gaps hold it.
        explanation: HTML.
        sources: HTML.
        tags: Its chapter, its tags, the learner's own.
    """

    guid: str
    card: str
    chapter: str
    kind: str
    question: str
    answer: str
    explanation: str
    sources: str
    tags: tuple[str, ...]


def card_of(guid: str) -> str | None:
    """Return the card that a guid of ours is of; None if it is not ours."""
    return guid.removeprefix(GUID_PREFIX) if guid.startswith(GUID_PREFIX) else None


def note_of(card: Card, language: Language, own: Iterable[str] = ()) -> Note | None:
    """Return a card as a note; None if only the implementation knows the answer.

    A question with drawn parameters is asked with those of its first variant.

    Args:
        card: The card.
        language: In which language it is told.
        own: The learner's own tags of it.
    """
    if isinstance(card.answer, Number) and card.answer.vary:
        if not card.answer.source:
            return None
        asked = with_parameters(card, drawn(card, 0))
        assert isinstance(asked.answer, Number)  # noqa: S101 - nothing else varies
        card = resolved(asked, asked.answer.source)
    question, answer = _sides(card, language)
    return Note(
        guid=f"{GUID_PREFIX}{card.id}",
        card=card.id,
        chapter=card.chapter,
        kind=card.kind,
        question=question,
        answer=answer,
        explanation=text_html(card.explain.said_in(language)),
        sources=html.escape("; ".join(card.sources), quote=False),
        tags=note_tags(card, own),
    )


def _sides(card: Card, language: Language) -> tuple[str, str]:
    question, answer = text_html(card.ask.said_in(language)), card.answer
    if isinstance(answer, Recall):
        return question, text_html(answer.text.said_in(language))
    if isinstance(answer, Choice):
        right = [text_html(each.said_in(language)) for each in answer.right]
        wrong = [text_html(each.text.said_in(language)) for each in answer.distractors]
        return question + _options(card.id, [*right, *wrong]), "<br>".join(right)
    if isinstance(answer, Cloze):
        return f"{question}<br><br>{_gaps(answer, language)}", ""
    if isinstance(answer, Number):
        unit = f" {text_html(answer.unit.said_in(language))}" if answer.unit else ""
        return question, _number(answer) + unit
    if isinstance(answer, Formula):
        return question, _formula(answer)
    return question + code_html(answer.starter), code_html(answer.solution)


def _options(card: str, options: list[str]) -> str:
    # Drawn by the card's id: the same in every export, so that an update changes nothing.
    Random(card).shuffle(options)
    return "<ul>" + "".join(f"<li>{option}</li>" for option in options) + "</ul>"


def _gaps(cloze: Cloze, language: Language) -> str:
    """Return the text with all its gaps on one card, as studydl asks them."""
    filled = [
        text_html((blank.zh if language is Language.CHINESE else blank.en)[0])
        for blank in cloze.blanks
    ]
    text = text_html(cloze.text.said_in(language))
    return BLANK.sub(lambda gap: f"{{{{c1::{filled[int(gap[1]) - 1]}}}}}", text)


def _number(number: Number) -> str:
    return html.escape(calculate(number.source).understood, quote=False)


def _formula(formula: Formula) -> str:
    names = [each.name for each in formula.variables]
    try:
        reading = read(formula.source, Vocabulary(names, formula.functions))
    except ExpressionFault:
        return html.escape(formula.source, quote=False)
    return formula_html(to_latex(reading.expression))
