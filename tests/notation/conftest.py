"""Random formulas: LaTeX made of every construct, as an author could write it."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

_SYMBOLS = [
    "x", "y", "12", "0.5", r"\alpha", r"\hat{m}", r"\bar{x_i}", r"\mathbb{E}", r"\mathbf{W}",
    r"\mathcal{L}", r"\text{if so}", r"\text{中文}", r"\operatorname{ReLU}", r"\log", r"\infty",
    r"\partial", r"\ldots", "f'", r"\mathrm{Var}", r"\nabla", "!", r"\sum", r"\int", "|", "学",
    "+", "-", "=", r"\cdot", r"\leq", r"\in", r"\to", ",", r"\quad", r"\,", r"\mid", "/", "(", "]",
    r"\|", r"\vec{\mathbf{v}}", r"\not\in", r"\theta", "{}", "{-}", "{,}", r"\bigl(", r"\rangle",
]  # fmt: skip


def _rows(inner):
    return st.lists(inner, min_size=1, max_size=5).map(" ".join)


def _with_structure(inner):
    row = _rows(inner)
    return st.one_of(
        st.builds(r"\frac{{{}}}{{{}}}".format, row, row),
        st.builds(r"\binom{{{}}}{{{}}}".format, row, row),
        st.builds(r"\sqrt{{{}}}".format, row),
        st.builds(r"\sqrt[{{{}}}]{{{}}}".format, row, row),
        st.builds(r"{{{}}}_{{{}}}".format, row, row),
        st.builds(r"{{{}}}^{{{}}}".format, row, row),
        st.builds(r"x_{{{}}}^{{{}}}".format, row, row),
        st.builds(r"\sum_{{{}}}^{{{}}}".format, row, row),
        st.builds(r"\max_{{{}}}".format, row),
        st.builds("({})".format, row),
        st.builds("|{}|".format, row),
        st.builds(
            r"\left{} {} \right{}".format,
            st.sampled_from(["(", "[", r"\{", "|", r"\|", r"\lfloor", r"\langle", "."]),
            row,
            st.sampled_from([")", "]", r"\}", "|", r"\|", r"\rceil", r"\rangle", "."]),
        ),
        st.builds(r"\left( {} \middle| {} \right)".format, row, row),
        st.builds(
            r"\{}{{{}}}".format,
            st.sampled_from(["hat", "overline", "underline", "vec", "underbrace", "overbrace"]),
            row,
        ),
        st.builds(r"\overset{{{}}}{{{}}}".format, row, row),
        st.builds(r"\underset{{{}}}{{{}}}".format, row, row),
        st.builds(r"\underbrace{{{}}}_{{{}}}".format, row, row),
        st.builds(
            r"\begin{{{0}}} {1} & {2} \\ {3} \end{{{0}}}".format,
            st.sampled_from(["matrix", "bmatrix", "Bmatrix", "vmatrix", "cases", "aligned"]),
            row, row, row,
        ),
        st.builds(r"\begin{{array}}{{lr}} {} & {} \end{{array}}".format, row, row),
        st.builds(r"\sum_{{\substack{{ {} \\ {} }}}}".format, row, row),
    )  # fmt: skip


@pytest.fixture(scope="session")
def formulas() -> st.SearchStrategy[str]:
    """A strategy of LaTeX formulas that all parse."""
    return _rows(st.recursive(st.sampled_from(_SYMBOLS), _with_structure, max_leaves=12))
