from __future__ import annotations

import pytest

from studydl.interchange.marked_up import code_html, text_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("$x<y$ & more", r"\(x&lt;y\) &amp; more"),
        ("so\n$$\\frac{1}{2}$$", r"so<br>\[\frac{1}{2}\]"),
        (r"\$5", "$5"),
        ("$e^{x^{2}}$", r"\(e^{x^{2} }\)"),
        ("call `f(x)`", "call <code>f(x)</code>"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_text_becomes_html_with_mathjax(text, html):
    assert text_html(text) == html


def test_a_program_keeps_its_lines():
    assert code_html("if a < b:\n    pass\n") == "<pre><code>if a &lt; b:\n    pass</code></pre>"
