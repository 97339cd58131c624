"""The tool that tries small faults: its operators, its surgery, its verdicts and its reviews."""

import ast
import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from textwrap import dedent

import pytest

from benchmarks.mutants.apply import applied, live_function
from benchmarks.mutants.child import DiedError, TimedOutError, in_child, server
from benchmarks.mutants.generate import Source, mutants_of
from benchmarks.mutants.operators import OPERATORS
from benchmarks.mutants.report import Tally, table
from benchmarks.mutants.review import read_reviews, stale_reviews
from benchmarks.mutants.run import Result, find_mutants, run
from benchmarks.mutants.sites import Site, functions_of, sites_of
from benchmarks.mutants.subject import Subject, chapters
from benchmarks.mutants.trial import Outcome, Status
from studydl.errors import StudyError
from studydl.nn.activations import sigmoid

ROOT = Path(__file__).parents[2]
EXAMPLES = [
    pytest.param(operator, *example[:1], list(example[1:]), id=f"{operator.name}: {example[0]}")
    for operator in OPERATORS
    for example in operator.examples
]


def source_of(tmp_path: Path, text: str, name: str = "toy") -> Source:
    path = tmp_path / f"{name}.py"
    path.write_text(dedent(text), "utf-8")
    return Source.read(name, path)


def changes(tmp_path: Path, text: str) -> list[str]:
    return [mutant.after for mutant in mutants_of(source_of(tmp_path, text))]


@pytest.mark.parametrize(("operator", "before", "after"), EXAMPLES)
def test_the_operator_makes_of_its_example_exactly_what_it_says(operator, before, after) -> None:
    function = ast.parse("def f():\n    pass").body[0]
    function.body = ast.parse(before).body
    made = []
    for site in list(sites_of(function)):
        for replacement in operator.rewrite(site.node):
            site.put(replacement)
            ast.fix_missing_locations(function)
            made.append(ast.unparse(function.body[0]))
            site.put(site.node)

    assert made == after
    assert ast.unparse(function.body[0]) == before


def test_every_operator_has_a_name_of_its_own_and_an_example_that_changes_something() -> None:
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS)
    assert all(any(len(each) > 1 for each in operator.examples) for operator in OPERATORS)


def test_validation_is_no_place_for_a_fault(tmp_path) -> None:
    text = """
        def f(x: tuple[1, 2], y: "1 + 2") -> 3 * 4:
            '''Return 1 + 1.'''
            limit = 2 * x.size
            shapes, other = x.shape, 5
            if x > limit or shapes[0] != other:
                raise ValueError(f"{x + 1} above {limit * 2}")
            check_size(x, 1 + 2)
            if isinstance(x, int | float):
                return y
            return x

        def check_size(x, size) -> None:
            if x - 1 > size:
                raise ValueError("too large")
    """

    assert changes(tmp_path, text) == ["if not isinstance(x, int | float):"]


def test_what_is_validated_and_then_used_stays_a_place_for_a_fault(tmp_path) -> None:
    text = """
        def f(x):
            half = x / 2
            if half < 0:
                raise ValueError("below 0")
            return half
    """

    assert "half = x * 2" in changes(tmp_path, text)
    assert not any(each.startswith("if") for each in changes(tmp_path, text))


def test_what_only_a_refusal_reads_is_no_place_for_a_fault(tmp_path) -> None:
    text = """
        def f(xs, most=2.0, *, unit: float = 1.0, base=3.0):
            limit = most / unit
            for place, x in enumerate(xs, start=1):
                if x > limit:
                    raise ValueError(f"{x} at {place}")
            for count, x in enumerate(xs, start=5):
                return count
            return base
    """

    assert changes(tmp_path, text) == [
        "def ...base=6.0",
        "def ...base=1.5",
        "for count, x in enumerate(xs, start=10):",
        "for count, x in enumerate(xs, start=2):",
    ]


def test_an_alternative_beside_a_refusal_is_a_place_for_a_fault(tmp_path) -> None:
    text = """
        def f(x):
            if x < 0:
                raise ValueError("below 0")
            elif x < 1:
                return -x
    """

    assert changes(tmp_path, text)[:2] == ["if x <= 1:", "if x >= 1:"]


def test_two_operators_that_make_the_same_function_make_one_mutant(tmp_path) -> None:
    made = changes(tmp_path, "def f(x):\n    return 1 - x\n")

    assert made.count("return x") == 1
    assert len(set(made)) == len(made)


def test_an_id_survives_edits_elsewhere_and_ends_with_its_line(tmp_path) -> None:
    text = "def f(x, y):\n    z = x + y\n    return z * 2\n"
    ids = [each.id for each in mutants_of(source_of(tmp_path, text))]
    moved = "import math\n\n\n" + text.replace("x + y", "x - y")
    after = [each.id for each in mutants_of(source_of(tmp_path, moved))]

    assert len(set(ids)) == len(ids)
    kept = set(ids) & set(after)
    product = {each for each in ids if ":factor:" in each or ":quotient:" in each}
    assert product <= kept
    assert not any(":sign:" in each for each in kept)


def test_ids_are_unique_and_generating_leaves_the_tree_as_it_was() -> None:
    for chapter in chapters():
        for source in Subject.of(chapter).sources():
            before = ast.unparse(source.tree)
            ids = [mutant.id for mutant in mutants_of(source)]

            assert len(set(ids)) == len(ids)
            assert ast.unparse(source.tree) == before


def test_a_parameter_is_shown_by_itself(tmp_path) -> None:
    (first, *_) = mutants_of(source_of(tmp_path, "def f(*, rate: float = 0.5):\n    return rate\n"))

    assert (first.before, first.after) == ("def ...rate: float=0.5", "def ...rate: float=1.0")


TOY = """
    import functools
    from dataclasses import dataclass

    def double(x, *, by=2.0):
        return x * by

    def keeper(function):
        @functools.wraps(function)
        def wrapped(x):
            return function(x)
        return wrapped

    @keeper
    def kept(x):
        return x + 1

    @dataclass(frozen=True, slots=True)
    class Pair:
        left: float
        right: float

        @property
        def total(self):
            return self.left + self.right

        @classmethod
        def of(cls, x):
            return cls(x, 3 * x)

        @staticmethod
        def half(x):
            return x / 2

        def scaled(self, by=2):
            return self.left * by

    table = [double]
    made = eval("lambda x: x + 1")
"""


@pytest.fixture
def toy(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    source = source_of(tmp_path, TOY, "toy_to_mutate")
    yield source, importlib.import_module("toy_to_mutate")
    del sys.modules["toy_to_mutate"]


@pytest.mark.parametrize(
    ("after", "call", "right", "wrong"),
    [
        ("return x / by", lambda toy: toy.table[0](8.0), 16.0, 4.0),
        ("def ...by=4.0", lambda toy: toy.table[0](8.0), 16.0, 32.0),
        ("return x - 1", lambda toy: toy.kept(8.0), 9.0, 7.0),
        ("return self.left - self.right", lambda toy: toy.Pair(5, 2).total, 7, 3),
        ("return cls(x, 6 * x)", lambda toy: toy.Pair.of(2).right, 6, 12),
        ("return x * 2", lambda toy: toy.Pair.half(2), 1, 4),
        ("def ...by=4", lambda toy: toy.Pair(5, 2).scaled(), 10, 20),
    ],
)
def test_every_reference_sees_the_mutant_and_then_the_original(
    toy, after, call, right, wrong
) -> None:
    source, module = toy
    (mutant,) = (each for each in mutants_of(source) if each.after == after)

    assert call(module) == right
    with applied(mutant, module):
        assert call(module) == wrong
    assert call(module) == right


def test_the_original_comes_back_after_an_exception() -> None:
    subject = Subject.of("activations")
    source = subject.source("activations")
    mutant = next(each for each in mutants_of(source) if ":sigmoid:factor:" in each.id)
    surgery = applied(mutant, subject.module("activations"))

    surgery.__enter__()
    assert sigmoid(0.0) == 1.0
    with pytest.raises(RuntimeError):
        surgery.gen.throw(RuntimeError("on purpose"))
    assert sigmoid(0.0) == 0.5


def test_a_function_that_was_not_defined_in_the_file_is_told(toy) -> None:
    source, module = toy

    assert live_function(module, "double", str(source.path)) is module.double
    assert live_function(module, "made", str(source.path)) is None
    assert live_function(module, "absent", str(source.path)) is None
    assert live_function(module, "table", str(source.path)) is None


def test_every_mutant_of_a_chapter_compiles_to_the_function_it_names() -> None:
    for mutant in mutants_of(Subject.of("activations").source("activations")):
        assert mutant.code().co_qualname == mutant.function


def test_every_function_under_study_can_be_exchanged() -> None:
    for chapter in chapters():
        assert find_mutants(Subject.of(chapter), [""])[1] == []


def test_a_child_that_is_too_slow_is_killed_and_one_that_dies_is_told() -> None:
    context = server([])

    assert in_child(context, abs, -3, limit=60.0) == 3
    with pytest.raises(TimedOutError):
        in_child(context, time.sleep, 600.0, limit=0.2)
    with pytest.raises(DiedError):
        in_child(context, os._exit, 3, limit=60.0)


NN = """
    import numpy as np

    def total(x):
        return np.sum(x)

    def root(x):
        while x.size > 4:
            x = x[: x.size - 1]
        return np.sqrt(x)

    def unseen(x):
        return -x

    def same(x):
        return np.abs(x) * x / 2
"""
CLAIMS = """
    import numpy as np

    import toynn
    from studydl.verification.claim import claim, misconception
    from studydl.verification.measure import equals
    from studydl.verification.tolerance import ROUNDING


    @misconception("none", en="None.", zh="无。")
    def none(x):
        return 0 * x


    @misconception("all", en="All.", zh="全。")
    def every(x):
        return x


    def made(name, on, verifier):
        return claim(
            name, en="So it is.", zh="如此。", notes="1", on=on, misconceptions=[none, every],
            sources=["Nobody 2000"],
        )(verifier)


    def measure_total(total, rng):
        yield equals("total", total(np.array([1.0, 2.0, 4.0])), 7.0, ROUNDING)


    def measure_root(root, rng):
        got = root(np.arange(6.0))
        if got.shape != (4,):
            raise ValueError("a crash, not a number")
        yield equals("root", got, np.arange(4.0) ** 0.5, ROUNDING)


    def measure_same(same, rng):
        yield equals("same", same(np.array([2.0])), 2.0, ROUNDING)


    total = made("toy.total", toynn.total, measure_total)
    root = made("toy.root", toynn.root, measure_root)
    same = made("toy.same", toynn.same, measure_same)
"""


@pytest.fixture
def results(tmp_path, monkeypatch) -> dict[str, Result]:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "toynn.py").write_text(dedent(NN), "utf-8")
    (tmp_path / "toyclaims.py").write_text(dedent(CLAIMS), "utf-8")
    subject = Subject("toy", "toynn", "toyclaims")
    mutants, skipped = find_mutants(subject, ["toy:"])
    assert skipped == []
    try:
        found = run(
            subject, mutants, context=server([]), jobs=2, progress=lambda _: None, patience=3.0
        )
    finally:
        sys.modules.pop("toynn", None)
        sys.modules.pop("toyclaims", None)
    return {result.mutant.after: result for result in found}


def test_a_run_tells_caught_crashed_late_and_surviving_mutants_apart(results) -> None:
    caught = results["return np.mean(x)"].outcome
    assert caught.status is Status.CAUGHT
    assert (caught.claim, caught.detail) == ("toy.total", "total: 2.33333 instead of = 7")
    assert results["return x"].outcome.status is Status.SURVIVED
    assert results["return x"].claims == 0
    assert results["return np.abs(x) * x / 1"].outcome.status is Status.CAUGHT
    assert results["return x * x / 2"].outcome.status is Status.SURVIVED
    assert results["return x * x / 2"].claims == 1
    # Four elements are left whatever is cut off at a time, but none if nothing is.
    assert results["x = x[:x.size]"].outcome.status is Status.TIMED_OUT
    crashed = results["while x.size > 8:"].outcome
    assert crashed.status is Status.CRASHED
    assert "a crash, not a number" in crashed.detail


def test_a_chapter_that_does_not_hold_unchanged_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "falsenn.py").write_text("def total(x):\n    return 3 * x\n", "utf-8")
    text = dedent(CLAIMS).replace("toynn", "falsenn").split("root = made")[0]
    (tmp_path / "falseclaims.py").write_text(text, "utf-8")
    subject = Subject("toy", "falsenn", "falseclaims")

    with pytest.raises(StudyError, match=r"`toy.total` is refuted before anything is changed"):
        run(subject, [], context=server([]), jobs=1, progress=lambda _: None)


def test_a_chapter_that_cannot_be_imported_is_told_in_a_sentence(tmp_path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "halfclaims.py").write_text("claim = unknown\n", "utf-8")

    with pytest.raises(StudyError, match=r"cannot be imported: NameError: .*unknown"):
        Subject("toy", "toynn", "halfclaims").find_claims()


def test_a_claim_that_ends_the_process_is_told_in_a_sentence(tmp_path, monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "deadnn.py").write_text("def total(x):\n    return 3 * x\n", "utf-8")
    text = dedent(CLAIMS).replace("toynn", "deadnn").split("root = made")[0]
    text = text.replace('yield equals("total"', 'yield __import__("os")._exit(3)  # ')
    (tmp_path / "deadclaims.py").write_text(text, "utf-8")
    subject = Subject("toy", "deadnn", "deadclaims")

    with pytest.raises(StudyError, match=r"`toy.total` ends in no verdict"):
        run(subject, [], context=server([]), jobs=1, progress=lambda _: None)


def reviews_of(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "equivalent.yaml"
    path.write_text(dedent(text), "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- because: x\n", "mutants"),
        ("- because: x\n  mutants: {a: b}\n- because: y\n  mutants: {a: b}\n", "listed twice"),
        ("- because: ' '\n  mutants: {a: b}\n", "has no reason"),
        ("- {", "cannot read the reviews"),
    ],
)
def test_reviews_out_of_form_are_refused_in_a_sentence(tmp_path, text, sentence) -> None:
    with pytest.raises(StudyError, match=sentence):
        read_reviews(reviews_of(tmp_path, text))


def test_a_review_that_no_longer_fits_is_stale(tmp_path) -> None:
    source = source_of(tmp_path, "def f(x):\n    return x + 1\n")
    first, second, third, *_ = mutants_of(source)
    found = [
        Result(first, Outcome(first.id, Status.SURVIVED), 1),
        Result(second, Outcome(second.id, Status.CAUGHT, "toy.f"), 1),
        Result(third, Outcome(third.id, Status.SURVIVED), 1),
    ]
    lines = ["- because: they agree", "  mutants:"]
    lines += [f"    {each.id}: '{each.change}'" for each in (first, second)]
    lines += [f"    {third.id}: 'x → y'", "    toy:gone: 'x → y'", "    other:gone: 'x → y'"]
    reviews = read_reviews(reviews_of(tmp_path, "\n".join(lines)))

    assert stale_reviews(reviews, found, ["toy"]) == [
        f"{second.id}: it is caught, not equivalent",
        f"{third.id}: the fault is now {third.change}",
        "toy:gone: there is no such mutant any more",
    ]


def test_every_review_on_file_names_a_mutant_that_exists() -> None:
    changes = {
        mutant.id: mutant.change
        for chapter in chapters()
        for mutant in find_mutants(Subject.of(chapter), [""])[0]
    }
    reviews = read_reviews()

    assert reviews
    assert {id_: changes.get(id_) for id_ in reviews} == {
        id_: review.change for id_, review in reviews.items()
    }


def test_crashes_and_equivalent_mutants_leave_the_share_but_late_ones_do_not() -> None:
    counts = Tally("toy", 30, caught=19, crashed=6, timed_out=1, survived=0, equivalent=4)

    assert counts.share == 0.95
    assert counts.holds
    assert not Tally("toy", 30, 18, 6, 2, 0, 4).holds
    assert not Tally("toy", 130, 119, 6, 0, 1, 4).holds
    assert (
        table([counts])
        .splitlines()[1]
        .endswith("19        6          1         0           4  95.0%")
    )


def cli(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks.mutants", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_tries_the_mutants_that_are_asked_for() -> None:
    done = cli("activations:relu_gradient", "--json")

    data = json.loads(done.stdout)
    assert done.returncode == 0, done.stdout
    assert data["totals"]["mutants"] == data["totals"]["caught"] == len(data["mutants"])
    assert data["mutants"][0]["after"] == "return np.heaviside(_floating(x), 1.0)"
    assert data["mutants"][0]["claim"].startswith("activations.")


def test_the_command_lists_without_trying_and_refuses_what_it_does_not_know() -> None:
    listed = cli("activations:relu_gradient", "--list")
    unknown = cli("activation")
    none = cli("activations:rleu")

    assert listed.returncode == 0
    assert "+ return np.heaviside(_floating(x), 1.0)" in listed.stdout
    assert unknown.returncode == none.returncode == 2
    assert "there is no chapter `activation`" in unknown.stderr
    assert "there are no mutants of activations:rleu" in none.stderr


def test_functions_of_classes_are_found_by_their_qualified_names() -> None:
    tree = ast.parse("class A:\n    class B:\n        def f(self): return 1\ndef g(): return 2\n")
    names = dict(functions_of(tree))

    assert list(names) == ["A.B.f", "g"]
    assert all(isinstance(site, Site) for site in sites_of(names["g"]))
