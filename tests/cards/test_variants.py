from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.cards.variants import drawn, resolved, variants, with_parameters


@pytest.fixture
def cards(every_kind, read):
    return {card.id: card for card in read(every_kind).deck.cards}


@pytest.fixture
def varied(cards):
    return cards["varied-number"]


def test_every_combination_is_a_variant(varied):
    assert len(variants(varied)) == 6
    assert variants(varied)[0] == {"beta": "0.9", "t": "1"}


def test_what_draws_nothing_stays_as_it_is(cards):
    fixed = cards["known-mistakes"]
    assert (variants(fixed), drawn(fixed, 3)) == ([], {})
    assert with_parameters(fixed, {}) is fixed


def test_successive_seeds_go_through_all_variants_and_a_seed_draws_the_same(varied):
    seen = [drawn(varied, seed) for seed in range(6)]
    assert sorted(map(str, seen)) == sorted(map(str, variants(varied)))
    assert [drawn(varied, seed + 6) for seed in range(6)] == seen


def test_texts_and_arithmetic_show_what_was_drawn(varied):
    card = with_parameters(varied, {"beta": "1/2", "t": "3"})
    assert card.ask.en == r"How much of the moment is there after 3 steps with $\beta = 1/2$?"
    assert card.ask.zh.endswith("3 步之后矩达到多少？")
    assert card.explain.en == r"It is $1 - \beta^{3} =$ [[answer]]."
    assert card.answer.source == "1 - (1/2)^(3)"


def test_the_decks_own_arithmetic_is_exact_and_shown(varied):
    card = with_parameters(varied, {"beta": "1/2", "t": "3"})
    known = resolved(card, card.answer.source)
    assert (known.answer.value, known.answer.vary) == (Fraction(7, 8), ())
    assert "= 0.875." in known.explain.en


def test_a_computed_answer_is_a_rounded_number(varied):
    known = resolved(with_parameters(varied, {"beta": "0.9", "t": "2"}), "0.19")
    assert isinstance(known.answer.value, float)
    assert known.explain.zh.endswith("= $0.19。") or known.explain.zh.endswith("$ 0.19。")


def test_only_whole_names_are_substituted(varied):
    answer = varied.answer._replace(source="beta + beta_1 + 1e3 + exp(t)")
    card = with_parameters(varied._replace(answer=answer), {"beta": "2", "t": "-1", "e3": "9"})
    assert card.answer.source == "(2) + beta_1 + 1e3 + exp((-1))"


@given(seed=st.integers(0, 10**6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_seed_leaves_no_place_in_the_question(varied, seed):
    card = with_parameters(varied, drawn(varied, seed))
    assert not any("[[" in text for text in card.ask)
