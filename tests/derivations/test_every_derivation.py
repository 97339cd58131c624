"""What holds of every derivation, and what every spoilt twin of it is refuted by."""

import dataclasses
import importlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sympy

from studydl import notation
from studydl.language import Text
from studydl.verification.catalogue import all_derivations
from studydl.verification.derivation import Comparison, Derivation, Step, check
from studydl.verification.derivation_report import DerivationReport, Relation
from studydl.verification.equality import decide
from studydl.verification.evidence import Verdict
from studydl.verification.partial import Partial

DERIVATIONS = all_derivations()
LINES = [
    pytest.param(derivation, line, id=f"{derivation.id}-{line}")
    for derivation in DERIVATIONS.values()
    for line in range(len(derivation.steps))
]
every_derivation = pytest.mark.parametrize("derivation", DERIVATIONS.values(), ids=DERIVATIONS)


class Reports(dict[str, DerivationReport]):
    """Each derivation is checked once, when a test first asks for it."""

    def __missing__(self, id_: str) -> DerivationReport:
        self[id_] = check(DERIVATIONS[id_])
        return self[id_]


@pytest.fixture(scope="module")
def reports() -> Reports:
    return Reports()


@every_derivation
def test_every_line_and_the_code_are_verified(
    derivation: Derivation, reports: dict[str, DerivationReport]
) -> None:
    report = reports[derivation.id]
    assert report.failure == ""
    assert [step.formula.latex for step in report.steps if not step.holds] == []
    assert report.verdict is Verdict.VERIFIED


@every_derivation
def test_the_code_agrees_with_room_to_spare(
    derivation: Derivation, reports: dict[str, DerivationReport]
) -> None:
    measurements = reports[derivation.id].comparison.measurements
    assert len(measurements) == len(derivation.comparisons)
    assert [each.name for each in measurements if each.is_thin] == []


@every_derivation
def test_another_seed_verifies_it_too(derivation: Derivation) -> None:
    assert check(derivation, seed=20_000).verdict is Verdict.VERIFIED


@every_derivation
def test_its_report_survives_json(
    derivation: Derivation, reports: dict[str, DerivationReport]
) -> None:
    report = reports[derivation.id]
    assert DerivationReport.from_json(json.loads(json.dumps(report.to_json()))) == report


@every_derivation
@pytest.mark.parametrize("ascii_only", [False, True], ids=["unicode", "ascii"])
def test_every_formula_can_be_drawn_on_a_narrow_terminal(
    derivation: Derivation, reports: dict[str, DerivationReport], ascii_only: bool
) -> None:
    report = reports[derivation.id]
    formulas = [*report.domain, *report.definitions, *(step.formula for step in report.steps)]
    for formula in formulas:
        drawn = notation.render(formula.latex, ascii=ascii_only, max_width=76)
        assert max(notation.cells(row) for row in drawn.rows) <= 76
        assert formula.plain.isascii()


@every_derivation
def test_it_is_told_in_both_languages_in_short_sentences(derivation: Derivation) -> None:
    for text in (derivation.title, *(step.rule for step in derivation.steps)):
        assert 0 < len(text.en) <= 100
        assert any("一" <= letter <= "鿿" for letter in text.zh)
    for step in derivation.steps:
        assert step.rule.en.endswith(".")
        assert step.rule.zh.endswith("。")


def test_every_derivation_of_a_package_is_among_its_names() -> None:
    for chapter in {derivation.chapter for derivation in DERIVATIONS.values()}:
        package = importlib.import_module(f"studydl.derivations.{chapter}")
        exported = {getattr(package, name).id for name in package.__all__}
        assert exported == {id_ for id_ in DERIVATIONS if id_.startswith(f"{chapter}.")}


@pytest.mark.parametrize(("derivation", "line"), LINES)
def test_the_plain_text_reads_back_as_the_line(derivation: Derivation, line: int) -> None:
    expression = derivation.steps[line].expression
    nodes = set(sympy.preorder_traversal(expression))
    names: dict[str, Any] = {str(node): node for node in nodes if isinstance(node, sympy.Symbol)}
    names |= {str(node): node for node in nodes if isinstance(node, sympy.IndexedBase)}
    names |= {
        node.func.__name__: node.func
        for node in nodes
        if isinstance(node, sympy.core.function.AppliedUndef)
    }
    names["Partial"] = Partial
    read = sympy.sympify(sympy.sstr(expression, order="none"), locals=names)
    found = decide(
        expression,
        read,
        derivation.domain,
        derivation.generator(0, line),
        definitions=derivation.definitions,
    )
    assert found.holds


SPOILS: dict[str, Callable[[Any], Any]] = {
    "doubled": lambda line: sympy.Mul(2, line, evaluate=False),
    "negated": lambda line: sympy.Mul(-1, line, evaluate=False),
    "shifted": lambda line: sympy.Add(line, sympy.Rational(1, 1000), evaluate=False),
}


def spoilt(derivation: Derivation, line: int, expression: Any) -> Derivation:
    """The lines around a spoilt one; what the end is compared with plays no part here."""
    first = max(line - 1, 0)
    steps = list(derivation.steps[first : line + 2])
    steps[line - first] = dataclasses.replace(derivation.steps[line], expression=expression)
    if len(steps) == 1:
        steps.append(steps[0])
    nothing = Comparison("nothing", lambda **_: 0.0)
    return dataclasses.replace(derivation, steps=tuple(steps), comparisons=(nothing,))


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS)
@pytest.mark.parametrize(("derivation", "line"), LINES)
def test_a_spoilt_line_is_refuted_where_it_stands(
    derivation: Derivation, line: int, spoil: Callable[[Any], Any]
) -> None:
    step = derivation.steps[line]
    report = check(spoilt(derivation, line, spoil(step.expression)))
    wrong = report.first_false_step
    assert report.verdict is Verdict.REFUTED
    assert wrong is not None
    if line == 0:
        # A definition stands above everything: it is the next line that no longer follows.
        assert wrong == 1
    elif step.relation is Relation.EQUAL:
        assert wrong == 1
    else:
        # A looser bound and another operation are true of the line above; what follows is not.
        assert wrong in {1, 2}
    found = report.steps[wrong].counterexample
    assert found is not None
    assert found.left != found.right


@every_derivation
@pytest.mark.parametrize("line", [1, -1], ids=["second", "last"])
def test_the_whole_derivation_turns_red_with_one_line(derivation: Derivation, line: int) -> None:
    steps = list(derivation.steps)
    steps[line] = dataclasses.replace(steps[line], expression=2 * steps[line].expression)
    report = check(dataclasses.replace(derivation, steps=tuple(steps)))
    assert report.verdict is Verdict.REFUTED
    assert report.first_false_step == line % len(steps)


def slips(expression: Any) -> Iterator[Any]:
    """Every expression with one factor dropped, or the sign of one term flipped."""
    # Constants vanish from derivatives, and terms that tend to 0 from limits: slips there are none.
    if isinstance(expression, sympy.Derivative | Partial | sympy.Limit | sympy.Tuple):
        return
    for i, argument in enumerate(expression.args):
        others = [*expression.args[:i], *expression.args[i + 1 :]]
        if expression.is_Mul:
            yield sympy.Mul(*others, evaluate=False)
        if expression.is_Add:
            yield sympy.Add(-argument, *others, evaluate=False)
        for slip in slips(argument):
            changed = list(expression.args)
            changed[i] = slip
            yield expression.func(*changed)


HARMLESS = {
    # Of max(0, z) and αmin(0, z) one is 0, so that the sign of neither changes a square.
    ("initialization.leaky-relu-mean-square", 0): 2,
    # A step along D leads as far as one against it, because D is orthogonal to v: of the terms
    # v and -ηD, either may change its sign, and so may the -1.
    ("normalization.weight-norm-growth", 0): 3,
    # Distances to the mean sum to 0: any constant may stand for y beside them.
    ("regularization.ensemble-ambiguity", 2): 3,
    # Noise of mean 0 adds to a mean square what noise of the other sign would.
    ("regularization.input-noise", 0): 1,
    ("regularization.input-noise", 1): 3,
}
"""How many slips in a line are none."""


@pytest.mark.parametrize(("derivation", "line"), LINES)
def test_no_dropped_factor_or_flipped_sign_in_a_line_passes(
    derivation: Derivation, line: int
) -> None:
    step = derivation.steps[line]
    accepted = [
        str(slip)
        for slip in slips(step.expression)
        if decide(
            step.expression,
            slip,
            derivation.domain,
            derivation.generator(0, line),
            definitions=derivation.definitions,
        ).holds
    ]
    assert len(accepted) == HARMLESS.get((derivation.id, line), 0), accepted


WRONG_CODE: dict[str, Callable[[float], float]] = {
    "a part in a million more": lambda value: value * (1 + 1e-6),
    "negated": lambda value: -value,
    "zero": lambda value: 0 * value,
    "not a number": lambda _value: float("nan"),
}


@every_derivation
@pytest.mark.parametrize("wrong", WRONG_CODE.values(), ids=WRONG_CODE)
def test_wrong_code_is_refuted_at_the_end(
    derivation: Derivation, wrong: Callable[[float], float]
) -> None:
    for comparison in derivation.comparisons:

        def compute(comparison: Comparison = comparison, **values: Any) -> float:
            return wrong(float(comparison.compute(**values)))

        broken = dataclasses.replace(comparison, compute=compute)
        end = (derivation.steps[-1], Step(derivation.steps[-1].expression, Text("", "")))
        report = check(dataclasses.replace(derivation, steps=end, comparisons=(broken,)))
        assert report.verdict is Verdict.REFUTED
        assert report.first_false_step is None
        assert report.comparison.is_clear_rejection
