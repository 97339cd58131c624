"""The judgement on a typed formula: the worker's half, which may load SymPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards.expressions import ExpressionFault, Variable, parse, to_latex
from studydl.errors import StudyError
from studydl.judging.formula.decision import Comparison, Room
from studydl.judging.formula.form import complaint
from studydl.judging.formula.slips import slip
from studydl.judging.formula.text import formula_text
from studydl.judging.formula.understanding import understand, vocabulary_of
from studydl.judging.judgement import AGAIN, GOOD, HARD, Judgement, Verdict
from studydl.language import Text

if TYPE_CHECKING:
    from studydl.cards import Formula, Mistake
    from studydl.judging.formula.decision import Difference
    from studydl.judging.formula.points import Point
    from studydl.judging.formula.understanding import Understood

__all__ = ["judge_formula"]


def judge_formula(formula: Formula, typed: str, *, seed: str) -> Judgement:
    """Judge a typed formula.

    Args:
        formula: The card's answer.
        typed: What was typed.
        seed: The card's id: the same answer to the same card is judged at the same points.

    Raises:
        StudyError: If the card's own formula cannot be used.
    """
    understood = understand(formula, typed)
    if isinstance(understood, Judgement):
        return understood
    vocabulary = vocabulary_of(formula)
    try:
        room = Room(formula, seed)
        expected = parse(formula.source, vocabulary)
        mistakes = [(each, parse(each.source, vocabulary)) for each in formula.mistakes]
    except ExpressionFault as fault:
        raise StudyError("the card's own formula cannot be read", hint=str(fault)) from fault
    decision = room.decide(understood.expression, expected)
    if decision.found is Comparison.EQUAL:
        return _right(formula, understood, decision.difference)
    for mistake, wrong in mistakes:
        if room.decide(understood.expression, wrong).found is Comparison.EQUAL:
            return _known(formula, understood, mistake, decision.difference)
    if decision.found is Comparison.UNDECIDED:
        return _unknown(formula, understood)
    told = decision.difference
    has_values = told is None or None not in (told.yours, told.expected)
    why = slip(room, understood.expression, expected) if has_values else None
    parts = [_where(told), why, _own(formula)]
    return Judgement(Verdict.WRONG, _sentences(parts), AGAIN, understood.drawn)


def _told(point: Point) -> str:
    r"""Write a point as ``$x = 1.3$, $\beta_1 = 0.9$``."""
    return ", ".join(
        f"${to_latex(Variable(name))} = {float(value):.10g}$" for name, value in point.items()
    )


def _right(formula: Formula, understood: Understood, lone: Difference | None) -> Judgement:
    if asked := complaint(formula.form, understood.expression):
        feedback = _sentences([asked, _own(formula)])
        return Judgement(Verdict.WRONG, feedback, HARD, understood.drawn)
    own = formula_text(formula)
    feedback = Text(f"Correct: {own.en}.", f"正确：{own.zh}。")
    if lone is not None and lone.yours is None:
        at = _told(lone.at)
        gap = Text(f"Only at {at} yours has no value.", f"只是在 {at} 处你的式子没有值。")
        feedback = _sentences([feedback, gap])
    return Judgement(Verdict.CORRECT, feedback, GOOD, understood.drawn)


def _known(
    formula: Formula, understood: Understood, mistake: Mistake, told: Difference | None
) -> Judgement:
    feedback = _sentences([mistake.because, _where(told), _own(formula)])
    return Judgement(
        Verdict.WRONG, feedback, AGAIN, understood.drawn, misconception=mistake.misconception
    )


def _unknown(formula: Formula, understood: Understood) -> Judgement:
    feedback = Text(
        "Whether yours is equal could not be decided; compare it yourself.",
        "无法判定你的式子是否相等，请自行对照。",
    )
    return Judgement(
        Verdict.UNDECIDED, _sentences([feedback, _own(formula)]), understood=understood.drawn
    )


def _own(formula: Formula) -> Text:
    own = formula_text(formula)
    return Text(f"The answer: {own.en}", f"答案：{own.zh}")


def _where(told: Difference | None) -> Text | None:
    """Say what both come to at the point where they differ."""
    if told is None:
        return None
    at = _told(told.at)
    begin, begin_zh = (f"At {at} yours", f"在 {at} 处，你的式子") if at else ("Yours", "你的式子")
    if told.yours is None:
        return Text(
            f"{begin} has no value, expected {told.expected}.",
            f"{begin_zh}没有值，应为 {told.expected}。",
        )
    if told.expected is None:
        return Text(
            f"{begin} gives {told.yours}, where the expected formula has no value.",
            f"{begin_zh}的值为 {told.yours}，而正确的式子在那里没有值。",
        )
    return Text(
        f"{begin} gives {told.yours}, expected {told.expected}.",
        f"{begin_zh}的值为 {told.yours}，应为 {told.expected}。",
    )


def _sentences(parts: list[Text | None]) -> Text:
    said = [part for part in parts if part is not None]
    return Text(" ".join(each.en for each in said), "".join(each.zh for each in said))
