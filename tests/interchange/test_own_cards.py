from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studydl.cards.reader import read_text
from studydl.errors import StudyError
from studydl.interchange.html_text import text_of
from studydl.interchange.learner_deck import updated_deck
from studydl.interchange.own_cards import OwnCard, gap_numbers, own_card, own_cloze, own_id
from studydl.interchange.templates import sides
from studydl.interchange.text_table import read_table


def deck(cards, before=""):
    return updated_deck(before, "my-cards", "Mine", cards)


def cards_of(text, tmp_path):
    reading = read_text(text, tmp_path / "deck.yaml")
    assert reading.problems == ()
    return reading.deck.cards


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (r"a<br>b<div>c</div>", "a\nb\nc"),
        (r"\(x^2\) and \[y\]", "$x^2$ and $$y$$"),
        (r"[$]x_1[/$] [latex]$z$[/latex]", "$x_1$ $z$"),
        (r"\(\nosuchmacro{x}\)", r"\nosuchmacro{x}"),
        ("5 $ &lt; 6 $ [[1]]", r"5 \$ < 6 \$ [ [1] ]"),
        ("<style>p {}</style><b>x</b><img src='a.png'>", "x(image: a.png)"),
    ],
)
def test_html_becomes_prose_with_formulas_that_can_be_drawn(html, text):
    assert text_of(html) == text


def test_each_number_of_a_cloze_asks_for_its_own_gaps():
    text = r"{{c1::Adam}} has {{c2::two::how many}} moments, \(m_1\) and {{c2::\(v\)}}."
    assert gap_numbers(text) == [1, 2]
    card = own_cloze("a", text, 2, "", ["Deep::Learning"])
    assert card.ask == "Adam has [[1]] moments, $m_1$ and [[2]]."
    assert (card.gaps, card.tags) == (("two", "$v$"), ("deep-learning",))


def test_more_gaps_than_a_card_takes_are_to_be_recalled():
    card = own_cloze("a", " ".join(f"{{{{c1::w{n}}}}}" for n in range(6)), 1, "", ())
    assert (card.gaps, card.answer) == ((), "w0\nw1\nw2\nw3\nw4\nw5")


def test_a_card_is_told_by_its_template_without_repeating_the_question():
    template = ("{{#A}}<b>{{A}}</b>{{/A}}{{^A}}none{{/A}}", "{{FrontSide}}<hr id=answer>{{text:B}}")
    assert sides(template, {"A": "x", "B": "y"}) == ("<b>x</b>", "y")
    assert sides(template, {"A": "", "B": "y"})[0] == "none"


def test_importing_again_updates_what_was_not_edited_and_keeps_what_was(tmp_path):
    one, two = (own_card(own_id(name, 0), (name, "answer", ""), ()) for name in "ab")
    first = deck([one, two])
    assert (first.added, first.changed, first.kept) == (2, 0, 0)
    assert deck([one, two], first.text) == first._replace(added=0)
    edited = first.text.replace("      a\n", "      mine\n")
    newer = [card._replace(answer="newer") for card in (one, two)]
    again = deck(newer, edited)
    assert (again.added, again.changed, again.kept) == (0, 1, 1)
    assert [card.ask.en for card in cards_of(again.text, tmp_path)] == ["mine", "b"]
    assert deck([], edited).text == edited


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
def test_whatever_a_note_says_the_deck_can_be_read(tmp_path_factory, ask, answer, explain):
    made = own_card("anki-1", (ask, answer, explain), ["a b"], is_html=False)
    done = deck([made, own_cloze("anki-2", f"{ask} {{{{c1::{answer}}}}}", 1, explain, ())])
    if done.ids:
        read = cards_of(done.text, tmp_path_factory.getbasetemp())
        assert {card.id for card in read} == done.ids
        assert {card.claim for card in read} == {None}


@pytest.mark.parametrize(
    "table",
    [
        "#separator:Comma\n#tags column:3\nQ,A,one two\n",
        "#tags:one two\nQ\tA\n",
        "#separator:;\n#tags:one two\nQ;A\n",
        "﻿#tags:one two\r\nQ\tA\r\n",
    ],
)
def test_a_table_is_read_with_ankis_headers(table):
    [card] = read_table(io.BytesIO(table.encode()), "a.txt")
    assert card == OwnCard(own_id("table Q", 0), "Q", "A", (), "", ("one", "two"))


def test_a_row_of_ours_is_not_taken_in_as_somebody_elses():
    table = b"#separator:Comma\n#guid column:1\nstudydl-a,Q,A\nother,Q2,A2\n"
    assert [card.ask for card in read_table(io.BytesIO(table), "a.csv")] == ["Q2"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\xff\xfe", "not UTF-8"), (b"a\0b", "no table"), (b"a\t" * 2000, "fields")],
)
def test_what_is_no_table_is_refused(content, sentence):
    with pytest.raises(StudyError, match=sentence):
        read_table(io.BytesIO(content), "a.txt")
