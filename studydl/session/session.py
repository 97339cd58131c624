"""One sitting: shows a card, takes an answer, judges it, records a grade, goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studydl.cards import Cloze, Number, Recall
from studydl.cards.variants import drawn, filled, with_parameters
from studydl.errors import StudyError
from studydl.judging import Verdict, answer_text, is_judged_here, judge, options
from studydl.memory import Deed, Grade, Interval, Review
from studydl.session.queue import Limits, Queue, Rounds
from studydl.session.report import Leech, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studydl.cards import Card, Library
    from studydl.judging import Judgement
    from studydl.judging.code import CodeJudgement
    from studydl.language import Language, Text
    from studydl.memory import Act, CardState, Memory
    from studydl.session.panel import Outcome

__all__ = ["NotRevealedError", "Session", "Shown", "shown_card"]


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
        new_limit: int | None = None,
        limit: int | None = None,
        cram: bool = False,
    ) -> None:
        """Begin.

        Args:
            library: Where the cards are.
            memory: Where reviews are kept.
            ids: The chosen cards; None for all, with the daily limits.
            new_limit: How many new cards a day may bring, whatever the settings say.
            limit: How many reviews and new cards the sitting may bring together.
            cram: Ask for all of them, due or not, and record nothing.
        """
        self._library = library
        self._memory = memory
        self.is_cram = cram
        limits = _limits(memory, daily=ids is None, new_limit=new_limit)._replace(cards=limit)
        self._queue: Queue | Rounds
        if cram:
            self._queue = Rounds(memory, library.ids() if ids is None else ids, limits)
        else:
            self._queue = Queue(memory, library, ids, limits)
        self.leech: Leech | None = None
        self.notice: Text | None = None
        self.report = Report()
        self._last_milliseconds: list[int] = []
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
        """Return what each grade would give now; nothing is scheduled while cramming."""
        if self.is_cram:
            return {grade: Interval() for grade in Grade}
        return self._memory.intervals(self.on_the_table().card.id)

    def grade(self, grade: Grade) -> Review | None:
        """Record a grade, on disk when it returns, and show the next card.

        What is to be told of it then stands in ``leech`` and ``notice``.

        Returns:
            What was recorded; None while cramming.

        Raises:
            NotRevealedError: If the answer has not been seen.
        """
        shown = self.on_the_table()
        if not self.revealed:
            raise NotRevealedError
        review, milliseconds = None, self._elapsed()
        if isinstance(self._queue, Rounds):
            self._queue.take(shown.card.id, known=grade is not Grade.AGAIN)
        else:
            review = self._record(shown, grade, milliseconds)
            self._queue.take(shown.card.id)
        self.report.answered.append((shown.card.id, grade))
        self.report.milliseconds += milliseconds
        self._last_milliseconds.append(milliseconds)
        self._show_next()
        return review

    def _record(self, shown: Shown, grade: Grade, milliseconds: int) -> Review:
        before = self._memory.state(shown.card.id)
        review = self._memory.record(
            shown.card.id,
            grade,
            duration_ms=milliseconds,
            answer=self.answer,
            verdict=None if self.judgement is None else self.judgement.verdict,
            seed=shown.seed,
        )
        self.notice = self._memory.notice()
        self.leech = self._leech(before, shown.card)
        return review

    def _leech(self, before: CardState | None, card: Card) -> Leech | None:
        """Return the card as a leech if its last lapse was one to speak of."""
        after = self._memory.state(card.id)
        if before is None or after is None or after.lapses == before.lapses:
            return None
        if not self._memory.settings.leech_at(after.lapses):
            return None
        return Leech(card.id, after.lapses, card.derivation, card.requires)

    def suspend(self) -> str:
        """Show the card on the table no more; return its id."""
        return self._put_away(self._memory.suspend)

    def bury(self) -> str:
        """Show the card on the table no more today; return its id."""
        return self._put_away(self._memory.bury)

    def _put_away(self, mark: Callable[[list[str]], Act | None]) -> str:
        id_ = self.on_the_table().card.id
        mark([id_])
        self._queue.drop(id_)
        self._show_next()
        return id_

    def flag(self, reason: str) -> None:
        """Note that the card on the table is to be mended, and why."""
        self._memory.flag(self.on_the_table().card.id, reason)

    def unflag(self) -> None:
        """Take the flag of the card on the table away."""
        self._memory.unflag(self.on_the_table().card.id)

    def undo(self) -> str | None:
        """Take back the last answer, or what was last done to a card, of this sitting or before.

        Its card is shown again. While cramming, only answers of this sitting are taken back.

        Returns:
            The id of the card, or None if there is nothing to undo.
        """
        if self.is_cram:
            if not self.report.answered:
                return None
            return self._back_on_the_table(self._answer_taken_back())
        done = self._memory.undo()
        if not isinstance(done, Review):
            marked = next(iter(done.cards), None) if done else None
            hidden = done is not None and done.deed in (Deed.SUSPEND, Deed.BURY)
            return self._back_on_the_table(marked) if marked and hidden else marked
        if self.report.answered and self.report.answered[-1][0] == done.card:
            self._answer_taken_back()
        return self._back_on_the_table(done.card)

    def _answer_taken_back(self) -> str:
        self.report.milliseconds -= self._last_milliseconds.pop()
        return self.report.answered.pop()[0]

    def _back_on_the_table(self, id_: str) -> str:
        try:
            self._library.card(id_)
        except StudyError:
            # Its deck has gone since. The answer is taken back, but there is no card to show.
            return id_
        self.leech = self.notice = None
        hidden = self._memory.suspended() | self._memory.buried()
        if id_ in hidden:
            # What was taken back is not all that hides it. Nor is a hidden card kept in sight.
            if self.shown is not None and self.shown.card.id in hidden:
                self._show_next()
            return id_
        self._queue.put_back(id_)
        self._show(id_)
        return id_

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


def _limits(memory: Memory, *, daily: bool, new_limit: int | None) -> Limits:
    """Return what a day still allows: of all cards what the settings say, of chosen ones all."""
    new, reviews = (memory.new_left(), memory.reviews_left()) if daily else (None, None)
    if new_limit is not None:
        new = max(new_limit - memory.new_today(), 0)
    return Limits(new, reviews)
