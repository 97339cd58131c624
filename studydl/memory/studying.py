"""Recording: reviews are appended, taken back and given again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studydl.memory.events import Deed, Review
from studydl.memory.log import Answered
from studydl.memory.model import Grade
from studydl.memory.opened import Opened

if TYPE_CHECKING:
    from studydl.memory.events import Act
    from studydl.memory.model import CardState, Interval

__all__ = ["Studying"]


class Studying(Opened):
    """What happens while somebody studies. It is on disk when the call returns."""

    def record(
        self,
        card: str,
        grade: Grade,
        *,
        duration_ms: int,
        answer: str | None = None,
        verdict: str | None = None,
        seed: int = 0,
    ) -> Review:
        """Append a review and move its card's state on, in one transaction.

        Args:
            card: The card's id.
            grade: The learner's grade.
            duration_ms: How long the answer took; a negative time counts as none.
            answer: What the learner typed.
            verdict: What the machine said of it.
            seed: The seed of the card's fresh parameters.

        Raises:
            StudyError: It could not be recorded; nothing was changed.
        """
        from studydl.memory.fold import advance

        answered = Answered(card, Grade(grade), duration_ms, answer, verdict, seed)
        scheduler = self._schedulers.current
        with self._database.transaction():
            before = self._basis(card)
            review = self._log.add(answered, self._now(), scheduler)
            self._states.put(advance(before, review, scheduler))
        return review

    def undo(self) -> Review | Act | None:
        """Take back what this machine did last and what still counts.

        Returns:
            The review, or the act (a card suspended, say); None if there is nothing to take back.
        """
        with self._database.transaction():
            done = self._log.last_done()
            if done is None:
                return None
            self._log.add_undo(done.id, self._now())
            self._follow(done)
        return replace(done, undone=True)

    def redo(self) -> Review | Act | None:
        """Take back the last undo since something new was done; return what counts again."""
        with self._database.transaction():
            last = self._log.last_undo()
            if last is None:
                return None
            undo, target = last
            self._log.add_undo(undo, self._now())
            self._log.reinstate(target)
            done = self._log.event(target)
            self._follow(done)
        return done

    def _follow(self, changed: Review | Act) -> None:
        """Store what follows from the log after an event began or ceased to count."""
        if isinstance(changed, Review):
            self._refold(changed.card)
        elif changed.deed is Deed.RESCHEDULE:
            self._refold_all()
        else:
            self._refold_marks()

    def reschedule(self) -> Act:
        """Put every card under today's parameters at once, not at its next review.

        It can be undone. Cards whose new day has passed are due today.
        """
        scheduler = self._schedulers.current
        with self._database.transaction():
            self._log.add_parameters(scheduler)
            content = {"parameters": scheduler.parameters}
            act = self._log.add_act(Deed.RESCHEDULE, content, self._now())
            self._refold_all()
        return act

    def intervals(self, card: str) -> dict[Grade, Interval]:
        """Return what each grade would give now: exactly what ``record`` would then give."""
        scheduler, before, day = self._schedulers.current, self._basis(card), self._now().day
        return {grade: scheduler.outcome(card, before, grade, day).interval for grade in Grade}

    def state(self, card: str) -> CardState | None:
        """Return a card's state, or None if it is new."""
        return self._states.get(card)

    def repetitions(self, card: str) -> int:
        """Return how many reviews of a card count: what seeds its fresh parameters."""
        state = self._states.get(card)
        return state.repetitions if state else 0
