"""One sitting: shows a card, takes an answer, judges it, records a grade, goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studydl.cards import Cloze, Number, Recall
from studydl.cards.variants import drawn, filled, with_parameters
from studydl.errors import StudyError
from studydl.judging import Verdict, answer_text, is_judged_here, judge, options
from studydl.memory import Grade, Review
from studydl.session.queue import Queue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studydl.cards import Card, Library
    from studydl.judging import Judgement
    from studydl.judging.code import CodeJudgement
    from studydl.language import Language, Text
    from studydl.memory import Interval, Memory
    from studydl.session.panel import Outcome

__all__ = ["NEW_PER_DAY", "NotRevealedError", "Report", "Session", "Shown", "shown_card"]

NEW_PER_DAY = 20
"""How many new cards a day brings, unless the sitting was chosen by the learner."""


class NotRevealedError(Exception):
    """A grade was given before the answer had been seen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The card on the table.

    Attributes:
        card: What is asked, with what was drawn in its places.
        seed: Fixes what is drawn and the order of the options; is kept with the review.
        options: The options of a choice in the order in which they are shown, else none.
        parameters: What was drawn for this review; empty if nothing is.
    """

    card: Card
    seed: int
    options: tuple[Text, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def passage(self) -> Text | None:
        """The text with its gaps that a cloze asks to be filled; other kinds have none."""
        if not isinstance(self.card.answer, Cloze):
            return None
        from studydl.judging.cloze import cloze_question

        return cloze_question(self.card.answer)

    @property
    def answer(self) -> Text:
        """The card's own answer, to be seen when it is revealed and known."""
        return answer_text(self.card)

    @property
    def explanation(self) -> Text:
        """Why the answer is so; where it is not known, a question mark stands for it."""
        if self.is_known:
            return self.card.explain
        return filled(self.card.explain, {"answer": "?"})

    @property
    def is_known(self) -> bool:
        """Whether the answer is known; with drawn parameters only once an examiner told it."""
        return not (isinstance(self.card.answer, Number) and self.card.answer.vary)


@dataclass(slots=True)
class Report:
    """What came of a sitting.

    Attributes:
        answered: The grades that were given, in order, with their cards; undone ones left out.
        milliseconds: The time that the answers took.
    """

    answered: list[tuple[str, Grade]] = field(default_factory=list)
    milliseconds: int = 0

    @property
    def recalled(self) -> int:
        """How many answers were not graded ``Again``."""
        return sum(grade > 1 for _, grade in self.answered)

    @property
    def missed(self) -> list[str]:
        """The cards that were graded ``Again`` at least once, in order."""
        return list(dict.fromkeys(card for card, grade in self.answered if grade == 1))


def shown_card(card: Card, seed: int) -> Shown:
    """Return a card as it is asked with a seed."""
    parameters = drawn(card, seed)
    return Shown(with_parameters(card, parameters), seed, options(card, seed), parameters)


class Session:
    """The state of one sitting, for the application and for plain lines alike.

    A card is shown, revealed (with or without an answer), graded; each grade is on disk before
    the next card is shown.
    """

    def __init__(
        self,
        library: Library,
        memory: Memory,
        ids: Sequence[str] | None = None,
        *,
        new_limit: int | None = NEW_PER_DAY,
    ) -> None:
        """Begin.

        Args:
            library: Where the cards are.
            memory: Where reviews are kept.
            ids: The chosen cards; None for all.
            new_limit: How many new cards a day may bring.
        """
        self._library = library
        self._memory = memory
        self._queue = Queue(memory, library.ids() if ids is None else ids, new_limit=new_limit)
        self.report = Report()
        self.shown: Shown | None = None
        self.judgement: Judgement | None = None
        self.code: CodeJudgement | None = None
        self.answer: str | None = None
        self.revealed = False
        self._show_next()

    @property
    def remaining(self) -> int:
        """How many answers are left in this sitting, the card on the table included."""
        return len(self._queue)

    def judge(self, answer: str, language: Language) -> Judgement:
        """Judge an answer that is judged at once, and take it.

        Raises:
            TypeError: If it takes a panel to judge it (`is_judged_here` tells).
        """
        shown = self.on_the_table()
        judgement = judge(shown.card, answer, seed=shown.seed, language=language)
        self._accept(answer, judgement)
        return judgement

    @property
    def is_judged_here(self) -> bool:
        """Whether `judge` can judge the card on the table; else a panel does."""
        return is_judged_here(self.on_the_table().card)

    def _accept(self, answer: str, judgement: Judgement) -> None:
        """Take an answer with its judgement; unless it was not understood, reveal the card's own.

        An invalid input costs nothing: the card stays as it is and can be answered again.
        """
        self.judgement = judgement
        if judgement.verdict is not Verdict.INVALID:
            self.answer = answer
            self.revealed = True

    def take(self, answer: str, outcome: Outcome) -> None:
        """Take an answer with what a panel made of it."""
        self.know(outcome.shown)
        self.code = outcome.code
        self._accept(answer, outcome.judgement)

    def know(self, shown: Shown) -> None:
        """Put the card on the table in the form in which its answer is known."""
        self.on_the_table()
        self.shown = shown

    def reveal(self) -> None:
        """Reveal the answer without one of the learner's."""
        self.on_the_table()
        self.revealed = True

    @property
    def proposed_grade(self) -> Grade:
        """The grade that the machine proposes; the learner has the last word.

        Giving up where an answer could be judged is proposed as forgotten. What only the learner
        can judge is proposed as known.
        """
        if self.judgement is not None and self.judgement.proposed_grade is not None:
            return Grade(self.judgement.proposed_grade)
        gave_up = self.answer is None and not isinstance(self.on_the_table().card.answer, Recall)
        return Grade.AGAIN if gave_up else Grade.GOOD

    def intervals(self) -> dict[Grade, Interval]:
        """Return what each grade would give now."""
        return self._memory.intervals(self.on_the_table().card.id)

    def grade(self, grade: Grade) -> Review:
        """Record a grade, on disk when it returns, and show the next card.

        Raises:
            NotRevealedError: If the answer has not been seen.
        """
        shown = self.on_the_table()
        if not self.revealed:
            raise NotRevealedError
        review = self._memory.record(
            shown.card.id,
            grade,
            duration_ms=self._elapsed(),
            answer=self.answer,
            verdict=None if self.judgement is None else self.judgement.verdict,
            seed=shown.seed,
        )
        self._queue.take(shown.card.id)
        self.report.answered.append((shown.card.id, grade))
        self.report.milliseconds += review.duration_ms
        self._show_next()
        return review

    def undo(self) -> str | None:
        """Take the last answer back, of this sitting or an earlier one, and show its card again.

        Returns:
            The id of the card, or None if there is nothing to undo.
        """
        review = self._memory.undo()
        if not isinstance(review, Review):
            return next(iter(review.cards), None) if review else None
        if self.report.answered and self.report.answered[-1][0] == review.card:
            self.report.answered.pop()
            self.report.milliseconds -= review.duration_ms
        try:
            self._library.card(review.card)
        except StudyError:
            # Its deck has gone since. The answer is taken back, but there is no card to show.
            return review.card
        self._queue.put_back(review.card)
        self._show(review.card)
        return review.card

    def _elapsed(self) -> int:
        elapsed = self._memory.now() - self._shown_at
        return max(round(elapsed.total_seconds() * 1000), 0)

    def on_the_table(self) -> Shown:
        """Return the card that is shown.

        Raises:
            LookupError: If the sitting is over.
        """
        if self.shown is None:
            raise LookupError("the sitting is over: no card is shown")
        return self.shown

    def _show_next(self) -> None:
        following = self._queue.next()
        if following is None:
            self.shown = None
        else:
            self._show(following)

    def _show(self, id_: str) -> None:
        self.shown = shown_card(self._library.card(id_), self._memory.repetitions(id_))
        self.judgement = None
        self.code = None
        self.answer = None
        self.revealed = False
        self._shown_at = self._memory.now()
