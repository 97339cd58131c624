"""Why something that was typed cannot be understood."""

from __future__ import annotations

from studydl.language import Text

__all__ = ["TypedFault"]


class TypedFault(Exception):  # noqa: N818 - a fault of the text, which its reader always handles
    """A typed text is not what was asked for; says where and what to write instead."""

    def __init__(self, at: int, what: Text, hint: Text) -> None:
        """Place the fault.

        Args:
            at: Index of the offending character in the text as it was typed.
            what: What is wrong.
            hint: What to write instead.
        """
        super().__init__(what.en)
        self.at = at
        self.what = what
        self.hint = hint

    @property
    def sentence(self) -> Text:
        """What is wrong and how to mend it, in one sentence."""
        return Text(f"{self.what.en} ({self.hint.en})", f"{self.what.zh}（{self.hint.zh}）")

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.sentence.en
