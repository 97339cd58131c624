"""Keeps the last report of each claim, for as long as what it depends on is unchanged."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studydl.verification.evidence import Report, Verdict

if TYPE_CHECKING:
    from typing import Any

__all__ = ["ReportCache"]

_LASTING = frozenset({Verdict.VERIFIED, Verdict.REFUTED})
"""An error or an undecided verdict may be an accident of the moment: measured again each time."""


class ReportCache:
    """One file a claim in a folder that can be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which need not exist."""
        self._folder = folder

    def get(self, claim: str, key: str) -> Report | None:
        """Return the report of a claim, marked as cached, if it was kept under this very key."""
        try:
            data: dict[str, Any] = json.loads(self._file(claim).read_text("utf-8"))
            report = Report.from_json(data["report"]) if data["key"] == key else None
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return report and dataclasses.replace(report, cached=True)

    def last(self, claim: str) -> Report | None:
        """Return the last report of a claim that was kept, whether or not it would be so now."""
        try:
            data: dict[str, Any] = json.loads(self._file(claim).read_text("utf-8"))
            return dataclasses.replace(Report.from_json(data["report"]), cached=True)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, report: Report) -> None:
        """Keep a report; not being able to only costs time, so that it passes in silence."""
        if report.verdict not in _LASTING:
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
