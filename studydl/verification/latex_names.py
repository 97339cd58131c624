"""The names of functions in LaTeX."""

from __future__ import annotations

import sympy

__all__ = ["NAMED"]

NAMED: dict[type, str] = {
    sympy.log: r"\log",
    sympy.sin: r"\sin",
    sympy.cos: r"\cos",
    sympy.tan: r"\tan",
    sympy.sinh: r"\sinh",
    sympy.cosh: r"\cosh",
    sympy.tanh: r"\tanh",
    sympy.asin: r"\arcsin",
    sympy.acos: r"\arccos",
    sympy.atan: r"\arctan",
    sympy.Max: r"\max",
    sympy.Min: r"\min",
    sympy.sign: r"\operatorname{sign}",
    sympy.erf: r"\operatorname{erf}",
}
