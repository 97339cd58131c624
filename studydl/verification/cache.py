"""Keeps the last report of each claim, for as long as what it depends on is unchanged."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    # A search names this cache long before it reads a report from it.
    from studydl.verification.evidence import Report

__all__ = ["ReportCache"]


class ReportCache:
    """One file a claim in a folder that can be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which need not exist."""
        self._folder = folder

    def get(self, claim: str, key: str) -> Report | None:
        """Return the report of a claim, marked as cached, if it was kept under this very key."""
        try:
            data: dict[str, Any] = json.loads(self._file(claim).read_text("utf-8"))
            return _kept(data) if data["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def last(self, claim: str) -> Report | None:
        """Return the last report of a claim that was kept, whether or not it would be so now."""
        try:
            data: dict[str, Any] = json.loads(self._file(claim).read_text("utf-8"))
            return _kept(data)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, report: Report) -> None:
        """Keep a report; not being able to only costs time, so that it passes in silence.

        An error or an undecided verdict may be an accident of the moment: they are not kept, and
        measured again each time.
        """
        from studydl.verification.evidence import Verdict

        if report.verdict not in (Verdict.VERIFIED, Verdict.REFUTED):
            return
        text = json.dumps({"key": key, "report": report.to_json()})
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as part:
                part.write(text)
            Path(name).replace(self._file(report.claim))
        except OSError:
            return

    def _file(self, claim: str) -> Path:
        return self._folder / f"{claim}.json"


def _kept(data: dict[str, Any]) -> Report:
    from studydl.verification.evidence import Report

    return dataclasses.replace(Report.from_json(data["report"]), cached=True)
