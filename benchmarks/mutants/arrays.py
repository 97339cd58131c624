"""Faults of array code: reductions, axes, roots, places of eps, transposes."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .table import Operator, call_of, is_number, renamed, with_keywords, without_call

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ARRAYS"]

_UNARY = ("sqrt", "exp", "log", "log1p", "expm1", "tanh", "square", "sign")
_AXES = {0: (1,), 1: (0, -1), -1: (0, 1)}
_EXTREMES = {"max": "min", "maximum": "minimum", "fmax": "fmin", "argmax": "argmin"}
_EXTREMES |= {low: high for high, low in _EXTREMES.items()}
_AVERAGES = {"mean": "sum", "sum": "mean"}
_SPREADS = {"var": "std", "std": "var"}
_OFFSET = re.compile(r"eps|epsilon|ε|offset|\w+\.epsilon")


def _identity(node: ast.AST) -> Iterator[ast.AST]:
    call = call_of(node, *_UNARY)
    inner = without_call(call) if call else None
    if inner is not None:
        yield inner


def _absolute(node: ast.AST) -> Iterator[ast.AST]:
    call = call_of(node, "abs")
    inner = without_call(call) if call else None
    if inner is not None:
        yield inner


def _literal(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None


def _axis(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Call):
        return
    for keyword in node.keywords:
        if keyword.arg not in {"axis", "axes"}:
            continue
        axis = _literal(keyword.value)
        if isinstance(axis, int):
            for other in _AXES.get(axis, ()):
                yield with_keywords(node, keyword.arg, ast.parse(str(other), mode="eval").body)
        elif isinstance(axis, tuple) and len(axis) > 1:
            for place in range(len(axis)):
                rest = axis[:place] + axis[place + 1 :]
                yield with_keywords(node, keyword.arg, ast.parse(str(rest), mode="eval").body)


def _swapped(node: ast.AST, names: dict[str, str]) -> Iterator[ast.AST]:
    call = call_of(node, *names)
    if call is None:
        return
    old = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    # There is no built-in mean.
    if not (isinstance(call.func, ast.Name) and names[old] == "mean"):
        yield renamed(call, names[old])


def _average(node: ast.AST) -> Iterator[ast.AST]:
    return _swapped(node, _AVERAGES)


def _extreme(node: ast.AST) -> Iterator[ast.AST]:
    return _swapped(node, _EXTREMES)


def _spread(node: ast.AST) -> Iterator[ast.AST]:
    return _swapped(node, _SPREADS)


def _freedom(node: ast.AST) -> Iterator[ast.AST]:
    call = call_of(node, "var", "std")
    if call is None:
        return
    stated = [_literal(each.value) for each in call.keywords if each.arg == "ddof"]
    if stated == [1]:
        yield with_keywords(call, "ddof", ast.Constant(0))
    elif stated in ([], [0]):
        yield with_keywords(call, "ddof", ast.Constant(1))


def _offset_place(node: ast.AST) -> Iterator[ast.AST]:
    call = call_of(node, "sqrt")
    if call and len(call.args) == 1:
        match call.args[0]:
            case ast.BinOp(inner, ast.Add(), offset) if _OFFSET.fullmatch(ast.unparse(offset)):
                root = ast.Call(call.func, [inner], call.keywords)
                yield ast.BinOp(root, ast.Add(), offset)
    match node:
        case ast.BinOp(left, ast.Add(), offset) if _OFFSET.fullmatch(ast.unparse(offset)):
            call = call_of(left, "sqrt")
            if call and len(call.args) == 1:
                inside = ast.BinOp(call.args[0], ast.Add(), offset)
                yield ast.Call(call.func, [inside], call.keywords)


def _keepdims(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call) and any(each.arg == "keepdims" for each in node.keywords):
        yield with_keywords(node, "keepdims", None)


def _transpose(node: ast.AST) -> Iterator[ast.AST]:
    call = call_of(node, "transpose", "swapaxes", "moveaxis")
    inner = without_call(call) if call else None
    if inner is not None:
        yield inner
    match node:
        case ast.Attribute(value, "T" | "mT"):
            yield value


def _clip(node: ast.AST) -> Iterator[ast.AST]:
    """Drop a bound, and with it the clipping on that side."""
    call = call_of(node, "clip", "maximum", "minimum")
    if call is None:
        return
    if call_of(call, "clip") is None and len(call.args) == 2:
        yield from (each for each in call.args if not is_number(each))
    elif len(call.args) == 3:
        x, low, high = call.args
        yield ast.Call(call.func, [x, ast.Constant(None), high], call.keywords)
        yield ast.Call(call.func, [x, low, ast.Constant(None)], call.keywords)


ARRAYS = (
    Operator(
        "identity",
        "a root or another function left out",
        _identity,
        (("np.sqrt(x)", "x"), ("math.exp(x)", "x"), ("np.cos(x)",)),
    ),
    Operator(
        "absolute",
        "an absolute value left out",
        _absolute,
        (("np.abs(x)", "x"), ("abs(x)", "x")),
    ),
    Operator(
        "axis",
        "another axis",
        _axis,
        (
            ("np.sum(x, axis=0)", "np.sum(x, axis=1)"),
            ("np.max(x, axis=1)", "np.max(x, axis=0)", "np.max(x, axis=-1)"),
            ("x.mean(axis=-1)", "x.mean(axis=0)", "x.mean(axis=1)"),
            ("np.mean(x, axis=(0, 2))", "np.mean(x, axis=(2,))", "np.mean(x, axis=(0,))"),
            ("np.mean(x, axis=axes)",),
        ),
    ),
    Operator(
        "average",
        "sum for mean",
        _average,
        (("np.mean(x)", "np.sum(x)"), ("x.sum()", "x.mean()"), ("sum(x)",)),
    ),
    Operator(
        "extreme",
        "minimum for maximum",
        _extreme,
        (
            ("np.maximum(x, 0.0)", "np.minimum(x, 0.0)"),
            ("max(a, b)", "min(a, b)"),
            ("np.argmin(x)", "np.argmax(x)"),
        ),
    ),
    Operator("spread", "deviation for variance", _spread, (("np.var(x)", "np.std(x)"),)),
    Operator(
        "freedom",
        "n - 1 for n",
        _freedom,
        (
            ("np.var(x)", "np.var(x, ddof=1)"),
            ("np.std(x, ddof=1)", "np.std(x, ddof=0)"),
            ("x.var(ddof=0)", "x.var(ddof=1)"),
        ),
    ),
    Operator(
        "offset",
        "eps at the other side of the root",
        _offset_place,
        (
            ("np.sqrt(v + epsilon)", "np.sqrt(v) + epsilon"),
            ("np.sqrt(v) + eps", "np.sqrt(v + eps)"),
            ("np.sqrt(v + w)",),
        ),
    ),
    Operator(
        "keepdims",
        "keepdims left out",
        _keepdims,
        (("np.sum(x, axis=1, keepdims=True)", "np.sum(x, axis=1)"),),
    ),
    Operator(
        "transpose",
        "a transpose left out",
        _transpose,
        (("x.T", "x"), ("np.transpose(x, p)", "x"), ("x.swapaxes(1, 2)", "x")),
    ),
    Operator(
        "clip",
        "a bound left out",
        _clip,
        (
            ("np.maximum(x, 0.0)", "x"),
            ("np.minimum(a, b)", "a", "b"),
            ("np.clip(x, a, b)", "np.clip(x, None, b)", "np.clip(x, a, None)"),
        ),
    ),
)
