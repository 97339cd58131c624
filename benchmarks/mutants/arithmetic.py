"""Faults of arithmetic and logic: signs, terms, factors, exponents, constants, comparisons."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .table import Operator, call_of, is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ARITHMETIC"]

_COUNTERS = frozenset({"t", "step", "epoch", "iteration"})
_SHARES = re.compile(r"(drop|keep|rate|p|probability|share|decay|alpha|beta[12]?|b[12])")
_OPPOSITES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_NEIGHBOURS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}


def _negated(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), node)


def _sign(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, ast.Add(), right):
            yield ast.BinOp(left, ast.Sub(), right)
            yield ast.BinOp(_negated(left), ast.Add(), right)
        case ast.BinOp(left, ast.Sub(), right):
            yield ast.BinOp(left, ast.Add(), right)
            yield ast.BinOp(_negated(left), ast.Sub(), right)
        case ast.UnaryOp(ast.USub(), operand):
            yield operand
        case ast.AugAssign(target, ast.Add() | ast.Sub() as operator, value):
            other = ast.Sub() if isinstance(operator, ast.Add) else ast.Add()
            yield ast.AugAssign(target, other, value)


def _summand(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, ast.Add(), right):
            yield left
            yield right
        case ast.BinOp(left, ast.Sub(), right):
            yield left
            yield _negated(right)
        case ast.AugAssign(target, ast.Add() | ast.Sub(), value):
            yield ast.Assign([target], value)


def _factor(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, ast.Mult(), right):
            yield left
            yield right
        case ast.BinOp(left, ast.Div() | ast.FloorDiv() as operator, right):
            yield left
            if not (is_number(left) and ast.unparse(left) in {"1", "1.0"}):
                yield ast.BinOp(ast.Constant(1.0), operator, right)


def _quotient(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, ast.Mult(), right):
            yield ast.BinOp(left, ast.Div(), right)
        case ast.BinOp(left, ast.Div(), right):
            yield ast.BinOp(left, ast.Mult(), right)
        case ast.BinOp(left, ast.FloorDiv(), right):
            yield ast.BinOp(left, ast.Div(), right)
        case ast.BinOp(left, ast.Mod(), right):
            yield ast.BinOp(left, ast.FloorDiv(), right)


def _exponent(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(base, ast.Pow(), exponent):
            yield base
            if not is_number(exponent):
                for operator in (ast.Add(), ast.Sub()):
                    shifted = ast.BinOp(exponent, operator, ast.Constant(1))
                    yield ast.BinOp(base, ast.Pow(), shifted)


def _counter(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Name(id=name, ctx=ast.Load()) if name in _COUNTERS:
            for operator in (ast.Add(), ast.Sub()):
                yield ast.BinOp(node, operator, ast.Constant(1))


def _complement(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(ast.Constant(1 | 1.0), ast.Sub(), share):
            yield share
        case ast.Name(id=name, ctx=ast.Load()) if _SHARES.fullmatch(name):
            yield ast.BinOp(ast.Constant(1), ast.Sub(), node)


def _constant(node: ast.AST) -> Iterator[ast.AST]:
    if not (isinstance(node, ast.Constant) and is_number(node)):
        return
    value = node.value
    if not isinstance(value, int | float):
        return
    if value == 0:
        yield ast.Constant(type(value)(1))
        return
    yield ast.Constant(value * 2)
    half = value // 2 if isinstance(value, int) else value / 2
    if half:
        yield ast.Constant(half)
    if value == 1:
        yield ast.Constant(type(value)(0))


def _comparison(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Compare):
        return
    for place, operator in enumerate(node.ops):
        for table in (_NEIGHBOURS, _OPPOSITES):
            if type(operator) in table:
                ops = [*node.ops[:place], table[type(operator)](), *node.ops[place + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)


def _logic(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.UnaryOp(ast.Not() | ast.Invert(), operand):
            yield operand
        case ast.BoolOp(ast.And(), values):
            yield ast.BoolOp(ast.Or(), values)
        case ast.BoolOp(ast.Or(), values):
            yield ast.BoolOp(ast.And(), values)
        case ast.BinOp(left, ast.BitAnd(), right):
            yield ast.BinOp(left, ast.BitOr(), right)
        case ast.BinOp(left, ast.BitOr(), right):
            yield ast.BinOp(left, ast.BitAnd(), right)
        case ast.IfExp(test, body, orelse) if not isinstance(test, ast.Compare):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.If(test, body, orelse) if not isinstance(test, ast.Compare | ast.UnaryOp):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)


def _order(node: ast.AST) -> Iterator[ast.AST]:
    call = call_of(node, "reversed")
    if call and call.args:
        yield call.args[0]
    match node:
        case ast.Subscript(value, ast.Slice(None, None, ast.UnaryOp(ast.USub(), ast.Constant(1)))):
            yield value


ARITHMETIC = (
    Operator(
        "sign",
        "the sign of a term flipped",
        _sign,
        (
            ("a + b", "a - b", "-a + b"),
            ("a - b", "a + b", "-a - b"),
            ("-a", "a"),
            ("a += b", "a -= b"),
        ),
    ),
    Operator(
        "summand",
        "a summand dropped",
        _summand,
        (("a + b", "a", "b"), ("a - b", "a", "-b"), ("a += b", "a = b")),
    ),
    Operator(
        "factor",
        "a factor or divisor dropped",
        _factor,
        (
            ("a * b", "a", "b"),
            ("a / b", "a", "1.0 / b"),
            ("1 / b", "1"),
            ("a // b", "a", "1.0 // b"),
        ),
    ),
    Operator(
        "quotient",
        "product for quotient",
        _quotient,
        (("a * b", "a / b"), ("a / b", "a * b"), ("a // b", "a / b"), ("a % b", "a // b")),
    ),
    Operator(
        "exponent",
        "an exponent dropped, or one step off",
        _exponent,
        (("x ** 2", "x"), ("b ** t", "b", "b ** (t + 1)", "b ** (t - 1)")),
    ),
    Operator("counter", "a step earlier or later", _counter, (("f(t)", "f(t + 1)", "f(t - 1)"),)),
    Operator(
        "complement",
        "p for 1 - p",
        _complement,
        (("1 - x", "x"), ("drop * x", "(1 - drop) * x"), ("2 - x",)),
    ),
    Operator(
        "constant",
        "a constant doubled, halved, or 0 and 1 exchanged",
        _constant,
        (("0", "1"), ("1", "2", "0"), ("2", "4", "1"), ("0.5", "1.0", "0.25"), ("True",)),
    ),
    Operator(
        "comparison",
        "a comparison with the other boundary, or its opposite",
        _comparison,
        (("a < b", "a <= b", "a >= b"), ("a == b", "a != b"), ("a in b", "a not in b")),
    ),
    Operator(
        "logic",
        "and for or, or a condition turned round",
        _logic,
        (
            ("not a", "a"),
            ("~a", "a"),
            ("a and b", "a or b"),
            ("a or b", "a and b"),
            ("a & b", "a | b"),
            ("a | b", "a & b"),
            ("x if a else y", "x if not a else y"),
            ("x if a < b else y",),
            ("if a:\n    x = y", "if not a:\n    x = y"),
        ),
    ),
    Operator(
        "order",
        "a reversal left out",
        _order,
        (("reversed(x)", "x"), ("x[::-1]", "x"), ("x[::2]",)),
    ),
)
