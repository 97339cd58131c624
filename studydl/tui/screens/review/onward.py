"""A screen from which a card leads on: to its claim, its section, what it builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.cards import Code
from studydl.tui.actions.action import Place
from studydl.tui.screens.navigation import PlaceWanted
from studydl.tui.screens.review import words
from studydl.tui.screens.review.marking import Marking

if TYPE_CHECKING:
    from studydl.session import Shown

__all__ = ["Onward"]


class Onward(Marking):
    """Leads on from the card on the table, but not before it is revealed: it would give it away."""

    def is_legal(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Return whether the card leads there now."""
        leech = self.session.leech
        match action:
            case "break_it" | "what_if" | "notes" | "copy":
                revealed = self.session.shown is not None and self.session.revealed
                return revealed and not self.is_asking and self._has_place(action)
            case "derive_leech" | "leech_requires" if leech is None or self.is_asking:
                return False
            case "derive_leech":
                return leech is not None and leech.derivation is not None and not self.is_typing
            case "leech_requires":
                return leech is not None and bool(leech.requires) and not self.is_typing
        return super().is_legal(action, parameters)

    def _has_place(self, action: str) -> bool:
        """Return whether the card names what a place shows; an unverified card may not."""
        card = self.session.on_the_table().card
        named = {"break_it": card.claim, "what_if": card.claim, "notes": card.notes}
        return bool(named.get(action, True))

    def action_break_it(self) -> None:
        """See the claim's misconceptions, the one that the answer shows first."""
        judgement, claim = self.session.judgement, self.session.on_the_table().card.claim
        chosen = None if judgement is None else judgement.misconception
        if claim is None:
            return
        subject = claim if chosen is None else f"{claim}#{chosen}"
        self.post_message(PlaceWanted(Place.BREAK_IT, subject))

    def action_what_if(self) -> None:
        """Turn the parameters of what the card stands on."""
        self.post_message(PlaceWanted(Place.WHAT_IF, self.session.on_the_table().card.id))

    def action_notes(self) -> None:
        """See the card's section of the notes."""
        self.post_message(PlaceWanted(Place.NOTES, self.session.on_the_table().card.notes))

    def action_copy(self) -> None:
        """Copy the card's own answer as it is written."""
        shown = self.session.on_the_table()
        self.app.copy_to_clipboard(self._written(shown))
        self.say(words.COPIED)

    async def action_derive_leech(self) -> None:
        """Walk through the derivation of the card that is forgotten again and again."""
        leech = self.session.leech
        if leech is not None and leech.derivation is not None:
            self.set_focus(None)
            await self.walk(leech.derivation)

    def action_leech_requires(self) -> None:
        """See the cards that it builds on."""
        leech = self.session.leech
        if leech is not None:
            query = " or ".join(f"id:{card}" for card in leech.requires)
            self.post_message(PlaceWanted(Place.BROWSE, query))

    def _written(self, shown: Shown) -> str:
        answer = shown.card.answer
        if isinstance(answer, Code):
            return answer.solution
        return shown.answer.said_in(self.desk.language)
