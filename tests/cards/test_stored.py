import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.cards import (
    Blank,
    Card,
    Choice,
    Cloze,
    Code,
    Distractor,
    Form,
    Formula,
    Mistake,
    Number,
    Origin,
    Parameter,
    Recall,
    Slip,
    Variable,
)
from studydl.cards.arithmetic import calculate
from studydl.cards.kinds import ANSWER
from studydl.cards.stored import card_from_data, card_to_data
from studydl.language import Text

words = st.text(min_size=1, max_size=12)
slugs = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True)
texts = st.builds(Text, words, words)
sources = st.sampled_from(["0.25", "1/3", "1e-3", "1 - 1/e", "sqrt(2)", "-7"])


def tuples(of, least=0):
    return st.lists(of, min_size=least, max_size=3).map(tuple)


mistakes = tuples(st.builds(Mistake, sources, texts, st.none() | slugs))
blanks = st.builds(
    Blank, tuples(words, 1), tuples(words, 1), tuples(st.builds(Slip, tuples(words, 1), texts))
)
widths = st.none() | st.fractions(min_value=0)
numbers = st.builds(
    lambda source, width, unit, wrong: Number(
        source, calculate(source).value, width, unit, mistakes=wrong
    ),
    sources, widths, st.none() | texts, mistakes,
)  # fmt: skip
varied = st.builds(
    lambda source, width, unit, drawn, computed: Number(
        source, calculate("0").value, width, unit, drawn, computed
    ),
    st.just("") | st.just("1 - beta^t"), widths, st.none() | texts,
    tuples(st.builds(Parameter, slugs, tuples(sources, 1)), 1), slugs,
)  # fmt: skip
ANSWERS = {
    "recall": st.builds(Recall, texts),
    "choice": st.builds(
        Choice, texts, tuples(st.builds(Distractor, texts, slugs), 2), tuples(texts)
    ),
    "cloze": st.builds(Cloze, texts, tuples(blanks, 1)),
    "number": numbers | varied,
    "formula": st.builds(
        Formula, words, tuples(st.builds(Variable, slugs, words, words), 1), tuples(slugs),
        st.none() | st.builds(Form, tuples(slugs), tuples(slugs)), mistakes, st.integers(0, 99),
    ),
    "code": st.builds(Code, slugs, st.none() | slugs, words, words, tuples(slugs)),
}  # fmt: skip


@pytest.mark.parametrize("kind", ANSWER.records)
@given(data=st.data())
def test_what_is_stored_comes_back_as_it_was(kind, data):
    answer = data.draw(ANSWERS[kind])
    origin = Origin(Path("x.yaml"), data.draw(st.integers(1)))
    card = Card(
        *(data.draw(slugs), "optimizers", "1.1", data.draw(texts), answer, data.draw(texts)),
        *("a.b", data.draw(st.none() | slugs), data.draw(tuples(slugs)), ("A 2000",), ("tag",)),
        origin=origin,
    )
    stored = json.loads(json.dumps(card_to_data(card)))
    again = card_from_data(stored, origin)
    assert again == card
    assert again.kind == kind
    assert again.content_hash() == card.content_hash()


def test_every_kind_comes_back_from_a_compiled_deck(every_kind, read):
    for card in read(every_kind).deck.cards:
        stored = json.loads(json.dumps(card_to_data(card)))
        assert card_from_data(stored, card.origin) == card
