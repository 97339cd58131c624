"""Judges every kind of card, with the worker process and the sandbox where it takes them.

The process that draws never loads NumPy or SymPy. What needs them is asked of the worker: whether
two formulas are equal, and what the implementation computes with drawn parameters. Code runs in a
fresh process of its own. If one of these processes fails, that is no fault of the learner's: the
answer is left to the learner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from studydl.cards import Code, Formula, Number
from studydl.cards.variants import resolved
from studydl.errors import StudyError
from studydl.judging.judge import answer_text, is_judged_here, judge
from studydl.judging.judgement import Judgement, Verdict, undecided
from studydl.language import Text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from studydl.cards import Card
    from studydl.language import Language

__all__ = ["SERVICE", "Examiner", "Process"]

SERVICE = "studydl.judging.service"
"""The module whose calls the worker has to serve, beside those of verification."""

TIME_LIMIT = 20.0
"""Seconds for one answer, the start of the worker included; a warm one takes milliseconds."""

_UNDECIDED = Text(
    "The machine could not judge this answer; compare it with the card's own:",
    "机器无法判定这个答案，请自行与卡片的答案对照：",
)


class Process(Protocol):
    """The worker process as it is used here: `studydl.verification.client.Worker`."""

    def call(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        *,
        time_limit: float | None = None,
        on_progress: Callable[[Any], None] | None = None,
    ) -> Awaitable[Any]:
        """Carry out a call and return its result."""


class Examiner:
    """Judges answers of every kind."""

    def __init__(self, process: Process) -> None:
        """Work with a worker that serves the calls of verification and of `SERVICE`."""
        self._process = process
        self._resolved: dict[tuple[Card, tuple[tuple[str, str], ...]], Card] = {}

    async def resolve(self, card: Card, parameters: Mapping[str, str]) -> Card:
        """Return a card whose parameters are in place with its answer, as `nn` computes it.

        The implementation is asked once for each variant.

        Args:
            card: What `studydl.cards.variants.with_parameters` returned; others come back as
                they are.
            parameters: What was drawn.

        Raises:
            StudyError: If the implementation could not be asked and the deck does not say the
                value either.
        """
        from studydl.judging.varied import Wrong, arguments_of, computed_card

        number = card.answer
        if not isinstance(number, Number) or not number.vary:
            return card
        variant = (card, tuple(sorted(parameters.items())))
        if variant not in self._resolved:
            numbers = arguments_of(parameters)
            asked = {"claim": card.claim, "quantity": number.computed, "with": numbers}
            try:
                found = await self._call("compute", asked)
            except StudyError:
                if not number.source:
                    raise
                # The deck's own arithmetic, which `studydl check` has compared for every variant.
                return resolved(card, number.source)
            wrong = (
                Wrong(each["misconception"], each["value"], Text(**each["why"]))
                for each in found["wrong"]
            )
            self._resolved[variant] = computed_card(card, found["value"], wrong)
        return self._resolved[variant]

    async def judge(self, card: Card, answer: str, *, seed: int, language: Language) -> Judgement:
        """Judge an answer to a card, whose parameters, if it has any, are resolved.

        Args:
            card: What was asked.
            answer: What was typed.
            seed: What the question was drawn with.
            language: In which the card is shown.
        """
        if is_judged_here(card):
            return judge(card, answer, seed=seed, language=language)
        if not answer.strip():
            return undecided(answer_text(card))
        try:
            match card.answer:
                case Formula() as formula:
                    return await self._judge_formula(card, formula, answer)
                case Code() as code:
                    from studydl.judging.code import judge_code_answer

                    return await judge_code_answer(card, code, answer)
        except StudyError:
            return _left_to_the_learner(card)
        raise TypeError("a card with parameters has to be resolved before it is judged")

    async def _judge_formula(self, card: Card, formula: Formula, typed: str) -> Judgement:
        from studydl.cards.stored import card_to_data
        from studydl.judging.formula import judgement_from_json, understand

        understood = understand(formula, typed)
        if isinstance(understood, Judgement):
            return understood
        found = await self._call("formula", {"card": card_to_data(card), "typed": typed})
        return judgement_from_json(found)

    async def _call(self, name: str, arguments: dict[str, Any]) -> Any:
        from studydl.verification.client import WorkerError

        try:
            return await self._process.call(name, arguments, time_limit=TIME_LIMIT)
        except WorkerError as error:
            raise StudyError(f"the answer could not be judged: {error}") from error


def _left_to_the_learner(card: Card) -> Judgement:
    own = answer_text(card)
    unknown = Text(f"{_UNDECIDED.en} {own.en}", f"{_UNDECIDED.zh}{own.zh}")
    return Judgement(Verdict.UNDECIDED, unknown)
