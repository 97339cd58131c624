"""Numbers whose parameters are drawn: what is computed, and whether every variant stands."""

import math
from fractions import Fraction
from pathlib import Path

import pytest

from studydl.cards import Card, Number, Origin, Parameter
from studydl.cards.variants import with_parameters
from studydl.judging import Verdict, judge, variants_standing
from studydl.judging.variants_standing import variants_stand
from studydl.judging.varied import Wrong, arguments_of, computed_card
from studydl.language import Language, Text
from studydl.verification.claim import claim, misconception, quantity

WHY = Text("Because.", "因为。")


def varied(value="", vary=None, tolerance=None, computed="terminal-factor"):
    vary = vary or {"alpha": ("0.5", "0.75", "0.9")}
    parameters = tuple(Parameter(name, values) for name, values in vary.items())
    return Card(
        id="a-card",
        chapter="optimizers",
        notes="5.1",
        ask=Text("At $[[alpha]]$?", "若 $[[alpha]]$？"),
        answer=Number(value, Fraction(0), tolerance, None, parameters, computed),
        explain=Text("So [[answer]].", "如此 [[answer]]。"),
        claim="optimizers.for-this-test",
        derivation=None,
        requires=(),
        sources=("A 2000",),
        tags=(),
        origin=Origin(Path("x.yaml"), 1),
    )


@misconception("one-minus", en="It is forgotten to divide.", zh="忘了除。")
def _one_minus(alpha):
    return 1 - alpha


@misconception("no-momentum", en="It does nothing.", zh="没有作用。")
def _nothing(alpha):
    return 1.0


@quantity("terminal-factor")
def _terminal_factor(implementation, *, alpha):
    return implementation(alpha)


@quantity("constant")
def _constant(implementation, *, alpha):
    return implementation(0.5)


@quantity("trap-free")
def _trap_free(implementation, *, alpha):
    return 2 * alpha


@quantity("infinite")
def _infinite(implementation, *, alpha):
    return math.inf


@claim(
    "optimizers.for-this-test",
    en="A test.",
    zh="测试。",
    notes="5.1",
    on=lambda alpha: 1 / (1 - alpha),
    misconceptions=[_one_minus, _nothing],
    sources=["A 2000"],
    quantities=[_terminal_factor, _constant, _trap_free, _infinite],
)
def momentum(_implementation, _rng):
    yield from ()


@pytest.fixture(autouse=True)
def _the_claim(monkeypatch):
    monkeypatch.setattr(variants_standing, "find_claim", {momentum.id: momentum}.__getitem__)


def complaints(card):
    return [(each.path, each.message) for each in variants_stand(card)]


def test_variants_that_stand_have_no_complaints():
    assert complaints(varied()) == []
    assert complaints(varied("1/(1 - alpha)")) == []


def test_a_value_by_hand_that_is_not_what_is_computed_is_told_for_its_variant():
    told = complaints(varied("2", {"alpha": ("0.5", "0.75")}))

    assert told == [("answer.value", "for alpha = 0.75 the value is 2, computed 4")]


def test_variants_that_all_have_one_answer_are_told():
    told = complaints(varied(computed="constant"))

    assert told == [("answer.vary", "every variant has the same answer, 2")]


def test_a_variant_without_a_trap_is_told():
    told = complaints(varied(computed="trap-free", vary={"alpha": ("0.5", "0.75")}))

    assert [message for _, message in told] == [
        f"for alpha = {alpha} no misconception computes another answer" for alpha in (0.5, 0.75)
    ]


def test_a_variant_whose_traps_lie_within_the_tolerance_is_told():
    told = complaints(varied(tolerance=Fraction(2), vary={"alpha": ("0.5", "0.9")}))

    assert told == [
        ("answer.vary", "for alpha = 0.5 no misconception computes another answer"),
    ]


@pytest.mark.parametrize(
    ("computed", "told"), [("infinite", "is inf"), ("nothing", "no quantity 'nothing'")]
)
def test_an_answer_that_cannot_be_computed_is_told_once(computed, told):
    (found,) = variants_stand(varied(computed=computed))

    assert found.path == "answer.computed"
    assert "for alpha = 0.5" in found.message
    assert told in found.hint


def test_arithmetic_that_cannot_be_read_is_left_to_the_linter():
    assert complaints(varied("1/(1 - ")) == []


def test_whole_numbers_are_handed_over_as_integers():
    asked = arguments_of({"t": "10", "beta": "0.9", "p": "1/4"})

    assert asked == {"t": 10, "beta": 0.9, "p": 0.25}
    assert isinstance(asked["t"], int)


def test_the_computed_answer_is_right_and_every_known_mistake_is_wrong_with_its_reason():
    card = with_parameters(varied("1/(1 - alpha)"), {"alpha": "0.75"})
    wrong = [
        Wrong("one-minus", 0.25, WHY),
        Wrong("nearly", 4.0 + 1e-12, WHY),
        Wrong("none", 1.0, WHY),
    ]

    known = computed_card(card, 4.000000000001, wrong)

    assert known.answer.source == "1/(1 - (0.75))"
    assert "4" in known.explain.en
    assert judge(known, "4", seed=0, language=Language.ENGLISH).verdict is Verdict.CORRECT
    assert [each.misconception for each in known.answer.mistakes] == ["one-minus", "none"]
    for mistake in known.answer.mistakes:
        judgement = judge(known, mistake.source, seed=0, language=Language.ENGLISH)
        assert (judgement.verdict, judgement.misconception) == (
            Verdict.WRONG,
            mistake.misconception,
        )


def test_the_first_of_misconceptions_that_compute_one_number_is_told_even_if_it_looks_rough():
    card = with_parameters(varied(), {"alpha": "0.9"})
    second = Text("It is another.", "那是另一个。")
    wrong = [Wrong("nothing", 3.0, WHY), Wrong("also-nothing", 3.0, second)]

    known = computed_card(card, math.pi, wrong)
    judgement = judge(known, "3", seed=0, language=Language.ENGLISH)

    assert [each.misconception for each in known.answer.mistakes] == ["nothing", "also-nothing"]
    assert (judgement.verdict, judgement.misconception) == (Verdict.WRONG, "nothing")
    assert WHY.en in judgement.feedback.en


def test_a_computed_answer_is_explained_with_six_digits():
    known = computed_card(with_parameters(varied(), {"alpha": "0.7"}), 0.9330127018922, ())

    assert known.answer.source == "0.933012701892"
    assert known.explain == Text("So ≈ 0.933013.", "如此 ≈ 0.933013。")


def test_a_computed_value_shows_no_rounding_of_its_last_digits():
    card = with_parameters(varied(), {"alpha": "0.7"})

    assert computed_card(card, 0.1 + 0.2, ()).answer.source == "0.3"
    assert computed_card(card, 1e-5, ()).answer.source == "1e-5"
