"""The one exception that a person sees."""

from __future__ import annotations

__all__ = ["StudyError"]


class StudyError(Exception):
    """A call or a file that cannot be used, told in one sentence.

    The command line prints the sentence on stderr and exits with 2; the application shows it.
    Anything else that is raised is a defect of studydl itself.
    """

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        """Say what is wrong, where (file and line, card, option) and how to mend it."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """Return ``where: what: hint`` with the parts that are known."""
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return f"{sentence} ({self.hint})" if self.hint else sentence
