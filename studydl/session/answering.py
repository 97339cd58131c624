"""Answering the card on the table: judged, tried again, revealed, and the grade that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards import Code, Recall
from studydl.judging import Verdict, is_judged_here, judge
from studydl.memory import Grade
from studydl.session.table import Attempt, Table

if TYPE_CHECKING:
    from studydl.judging import Judgement
    from studydl.language import Language
    from studydl.session.panel import Outcome
    from studydl.session.shown import Shown

__all__ = ["Answering"]


class Answering(Table):
    """Takes answers. What is not understood costs nothing; wrong code may be tried again."""

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

    @property
    def may_try_again(self) -> bool:
        """Whether the last answer was wrong, and the card's own is not revealed yet."""
        return self.attempt is not None and not self.revealed

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
        """Reveal the answer without one of the learner's, or after the last wrong one."""
        self.on_the_table()
        if self.attempt is not None:
            # What was not understood since then is no answer.
            self.answer, self.judgement, self.code = self.attempt
        self.revealed = True

    @property
    def proposed_grade(self) -> Grade:
        """The grade that the machine proposes; the learner has the last word.

        Giving up where an answer could be judged is proposed as forgotten. What only the learner
        can judge is proposed as known. What was right only at a later try was hard, however many
        tries there were.
        """
        if self.judgement is not None and self.judgement.proposed_grade is not None:
            proposed = Grade(self.judgement.proposed_grade)
            return min(proposed, Grade.HARD) if self.attempt is not None else proposed
        gave_up = self.answer is None and not isinstance(self.on_the_table().card.answer, Recall)
        return Grade.AGAIN if gave_up else Grade.GOOD

    def _accept(self, answer: str, judgement: Judgement) -> None:
        """Take an answer with its judgement; reveal the card's own if nothing is left to try.

        An invalid input costs nothing: the card stays as it is and can be answered again. Code is
        wrong more often by a slip than by ignorance, and what was measured says where: so can it.
        """
        self.judgement = judgement
        if judgement.verdict is Verdict.INVALID:
            return
        self.answer = answer
        if judgement.verdict is Verdict.WRONG and isinstance(self.on_the_table().card.answer, Code):
            self.attempt = Attempt(answer, judgement, self.code)
        else:
            self.revealed = True
