"""What the claims of a chapter came out as when they were last measured; nothing is measured."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studydl.cards import Library

__all__ = ["Badge", "badges"]

_BREATH = 20
"""After so many reports the screen may draw and keys are heard."""


class Badge(NamedTuple):
    """How many claims there are, and how many of them held or were refuted."""

    claims: int
    verified: int
    refuted: int


async def badges(library: Library, chapters: Mapping[str, Sequence[str]]) -> dict[str, Badge]:
    """Return the badge of each chapter that has claims.

    Args:
        library: Knows which claim a card stands on.
        chapters: The cards of each chapter.
    """
    from studydl.places import cache_folder
    from studydl.verification.cache import ReportCache
    from studydl.verification.evidence import Verdict

    kept, found = ReportCache(cache_folder() / "evidence"), {}
    for chapter, ids in chapters.items():
        claims = sorted({tie.claim for tie in library.ties(ids).values() if tie.claim})
        verdicts = []
        for place, claim in enumerate(claims):
            report = kept.last(claim)
            verdicts.append(None if report is None else report.verdict)
            if place % _BREATH == _BREATH - 1:
                await asyncio.sleep(0)
        await asyncio.sleep(0)
        if claims:
            held, refuted = verdicts.count(Verdict.VERIFIED), verdicts.count(Verdict.REFUTED)
            found[chapter] = Badge(len(claims), held, refuted)
    return found
