"""A card's text as HTML with MathJax, which is what Anki shows."""

from __future__ import annotations

import html
import re

from studydl.cards.segments import Segment, segments_of

__all__ = ["code_html", "formula_html", "text_html"]

_CODE = re.compile(r"`([^`\n]+)`")
_BRACES = re.compile(r"([{}])(?=\1)")


def text_html(text: str) -> str:
    """Return prose and LaTeX between dollar signs as HTML with MathJax."""
    return "".join(
        formula_html(segment.text, displayed=segment.displayed)
        if segment.formula
        else _prose_html(segment)
        for segment in segments_of(text.strip())
    )


def formula_html(latex: str, *, displayed: bool = False) -> str:
    """Return LaTeX as MathJax."""
    # Two braces in a row mean a gap to Anki; LaTeX does not mind a space between them.
    spaced = html.escape(_BRACES.sub(r"\1 ", latex.strip()), quote=False)
    return rf"\[{spaced}\]" if displayed else rf"\({spaced}\)"


def code_html(source: str) -> str:
    """Return a program as HTML."""
    return f"<pre><code>{html.escape(source.strip(), quote=False)}</code></pre>"


def _prose_html(segment: Segment) -> str:
    escaped = html.escape(segment.text.replace(r"\$", "$"), quote=False)
    return _CODE.sub(r"<code>\1</code>", escaped).replace("\n", "<br>")
