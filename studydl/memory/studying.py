"""Recording: reviews are appended, taken back and given again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studydl.language import Text
from studydl.memory.backing_up import BackingUp
from studydl.memory.clock import from_ms
from studydl.memory.events import Deed, Review
from studydl.memory.identity import time_of
from studydl.memory.log import Answered
from studydl.memory.model import Grade

if TYPE_CHECKING:
    from studydl.memory.clock import Moment
    from studydl.memory.events import Act
    from studydl.memory.model import CardState, Interval

__all__ = ["Studying"]

_NOTABLE_MS = 60_000  # below, a clock was corrected, not set back


class Studying(BackingUp):
    """What happens while somebody studies. It is on disk when the call returns."""

    _notice: Text | None = None
    _clock_was_minded = False

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
            before, now = self._basis(card), self._now()
            review = self._log.add(answered, now, scheduler)
            self._states.put(advance(before, review, scheduler))
        self._mind_the_clock(now, time_of(review.id))
        self._back_up_daily(now)
        return review

    def notice(self) -> Text | None:
        """Return what the learner should be told of the last review; once, then None."""
        notice, self._notice = self._notice, None
        return notice or self._backup_notice()

    def _mind_the_clock(self, now: Moment, noted_ms: int) -> None:
        """Note, once, that the clock stands before what the log held already.

        The review is taken all the same, behind what was there: no time has passed since.

        Args:
            now: The time.
            noted_ms: The time in the review's id, which is the log's if that is later.
        """
        if self._clock_was_minded or noted_ms - now.ms < _NOTABLE_MS:
            return
        self._clock_was_minded = True
        shown, ahead = (f"{from_ms(ms):%Y-%m-%d %H:%M}" for ms in (now.ms, noted_ms))
        self._notice = Text(
            f"The clock shows {shown} UTC, but the log goes to {ahead}; until then, days do not "
            "count. Nothing is lost. Is the clock right?",
            f"时钟显示 {shown}（UTC），但记录已到 {ahead}；在此之前不计天数。没有丢失任何内容。"
            "时钟准确吗？",
        )

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
