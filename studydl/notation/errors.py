"""The one exception of this package: a formula that cannot be read, and where."""

from __future__ import annotations

__all__ = ["NotationError"]


class NotationError(ValueError):
    """A formula that is refused.

    Attributes:
        message: What is wrong, in one sentence.
        offset: Where, as an index into the source (for `check`, into the whole text).
        hint: How to mend it, or the empty string.
    """

    def __init__(self, message: str, offset: int, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.message = message
        self.offset = offset
        self.hint = hint

    def moved(self, by: int) -> NotationError:
        """The same error for a source that starts `by` characters into a longer text."""
        return NotationError(self.message, self.offset + by, self.hint)
