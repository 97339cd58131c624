"""The grader is graded: what every shipped card says of its own answer, and of what is wrong.

Code has a contract of its own, for it takes a process an answer.
"""

import asyncio
import itertools
import re
import tempfile
from functools import cache
from pathlib import Path

import pytest

from studydl.cards import Choice, Cloze, Code, Formula, Library, Number, Recall
from studydl.cards.stored import card_to_data
from studydl.cards.variants import variants, with_parameters
from studydl.judging import Verdict, options
from studydl.judging.examiner import SERVICE, Examiner
from studydl.language import Language
from studydl.places import shipped_decks
from studydl.verification.client import VERIFICATION, Worker

LETTERS = "abcdefghi"


@cache
def library() -> Library:
    """The shipped decks, compiled for these tests only."""
    return Library.open([shipped_decks()], Path(tempfile.mkdtemp()))


CARDS = [library().card(id_) for id_ in library().ids()]


def of_kind(kind):
    found = [card for card in CARDS if isinstance(card.answer, kind)]
    return pytest.mark.parametrize("card", found, ids=lambda card: card.id)


ROUNDED = {
    "to two digits": "#.2g",
    "to three digits": "#.3g",
    "to one decimal": ".1f",
    "to two decimals": ".2f",
    "to three decimals": ".3f",
    "to four decimals": ".4f",
}
ROUNDED_CARDS = [
    (card, asked)
    for card in CARDS
    if isinstance(card.answer, Number)
    and (asked := re.search(r"\bto \w+ (?:digits|decimals?)\b", card.ask.en))
]

BY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


class Room:
    """One warm worker, and what it says."""

    def __init__(self, runner, worker):
        self._runner = runner
        self._worker = worker
        self._examiner = Examiner(worker)

    def judged(self, card, answer, *, seed=0, language=Language.ENGLISH):
        judging = self._examiner.judge(card, answer, seed=seed, language=language)
        return self._runner.run(judging)

    def resolved(self, card):
        """Every variant of a number, with its answer."""
        if not card.answer.vary:
            return [card]
        return [
            self._runner.run(self._examiner.resolve(with_parameters(card, each), each))
            for each in variants(card)
        ]

    def complaints(self, card):
        return self._runner.run(self._worker.call("stands", {"card": card_to_data(card)}))


@pytest.fixture(scope="module")
def room():
    worker = Worker((*VERIFICATION, SERVICE))
    with asyncio.Runner() as runner:
        yield Room(runner, worker)
        runner.run(worker.close())


def test_there_are_answers_to_grade():
    kinds = {card.kind for card in CARDS}

    assert {"recall", "choice", "number"} <= kinds
    assert kinds <= {"recall", "choice", "cloze", "number", "formula", "code"}


@of_kind(Recall)
@BY_LANGUAGE
def test_a_recalled_answer_is_never_graded_by_the_machine(room, card, language):
    judgement = room.judged(card, card.answer.text.said_in(language), language=language)

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.UNDECIDED, None)


@of_kind(Choice)
@BY_LANGUAGE
@pytest.mark.parametrize("seed", [0, 3])
def test_the_right_options_are_correct_by_their_letters(room, card, language, seed):
    shown = options(card, seed)
    picked = " ".join(LETTERS[shown.index(right)] for right in card.answer.right)

    assert room.judged(card, picked, seed=seed, language=language).verdict is Verdict.CORRECT


@of_kind(Choice)
def test_every_distractor_is_wrong_and_names_its_misconception(room, card):
    shown = options(card, 3)
    right = [LETTERS[shown.index(each)] for each in card.answer.right]
    for distractor in card.answer.distractors:
        letter = LETTERS[shown.index(distractor.text)]
        picks = [letter] if len(right) == 1 else [letter, " ".join([*right, letter])]
        for picked in picks:
            judgement = room.judged(card, picked, seed=3)

            assert judgement.verdict is Verdict.WRONG
            assert judgement.misconception == distractor.misconception


@of_kind(Choice)
def test_a_part_of_several_right_options_is_wrong(room, card):
    shown = options(card, 0)
    for size in range(1, len(card.answer.right)):
        for some in itertools.combinations(card.answer.right, size):
            picked = " ".join(LETTERS[shown.index(each)] for each in some)
            assert room.judged(card, picked).verdict is Verdict.WRONG


@of_kind(Cloze)
@BY_LANGUAGE
def test_every_way_to_fill_the_blanks_is_correct(room, card, language):
    blanks = [getattr(each, language.value) for each in card.answer.blanks]
    longest = max(map(len, blanks))
    for index in range(longest):
        typed = "; ".join(words[min(index, len(words) - 1)] for words in blanks)

        assert room.judged(card, typed, language=language).verdict is Verdict.CORRECT, typed


@of_kind(Cloze)
@BY_LANGUAGE
def test_every_known_slip_is_wrong_with_its_reason(room, card, language):
    blanks = card.answer.blanks
    for place, blank in enumerate(blanks):
        for slip in blank.mistakes:
            for word in slip.words:
                words = [getattr(each, language.value)[0] for each in blanks]
                words[place] = word
                judgement = room.judged(card, "; ".join(words), language=language)

                assert judgement.verdict is Verdict.WRONG, word
                assert slip.because.en in judgement.feedback.en
                assert slip.because.zh in judgement.feedback.zh


@of_kind(Number)
def test_the_number_is_correct_in_every_variant(room, card):
    for variant in room.resolved(card):
        judgement = room.judged(variant, variant.answer.source)

        assert (judgement.verdict, judgement.proposed_grade) == (Verdict.CORRECT, 3)


@of_kind(Number)
def test_every_known_wrong_number_is_wrong_in_every_variant_with_its_reason(room, card):
    for variant in room.resolved(card):
        mistakes = variant.answer.mistakes
        assert mistakes or not card.answer.vary
        for mistake in mistakes:
            judgement = room.judged(variant, mistake.source)

            assert judgement.verdict is Verdict.WRONG
            # What several misconceptions compute tells the first of them.
            told = next(each for each in mistakes if each.source == mistake.source)
            assert told.because.en in judgement.feedback.en
            assert told.because.zh in judgement.feedback.zh
            assert judgement.misconception == told.misconception


@pytest.mark.parametrize(
    ("card", "form"),
    [pytest.param(card, ROUNDED[asked[0]], id=card.id) for card, asked in ROUNDED_CARDS],
)
def test_as_many_digits_as_the_question_asks_for_are_enough(room, card, form):
    for variant in room.resolved(card):
        rounded = f"{float(variant.answer.value):{form}}"

        assert room.judged(variant, rounded).verdict is Verdict.CORRECT, rounded


@of_kind(Formula)
def test_the_formula_is_correct(room, card):
    for typed in (card.answer.source, f"({card.answer.source})*1", f"0+({card.answer.source})"):
        judgement = room.judged(card, typed)

        assert (judgement.verdict, judgement.proposed_grade) == (Verdict.CORRECT, 3), typed


@of_kind(Formula)
def test_every_known_wrong_formula_is_wrong_with_its_reason(room, card):
    for mistake in card.answer.mistakes:
        for typed in (mistake.source, f"0+({mistake.source})"):
            judgement = room.judged(card, typed)

            assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 1)
            assert mistake.because.en in judgement.feedback.en
            assert mistake.because.zh in judgement.feedback.zh
            assert judgement.misconception == mistake.misconception


@of_kind(Formula)
@pytest.mark.parametrize("slip", ["-({})", "2*({})", "1+({})", "({})^2+1/7"])
def test_a_formula_with_something_more_is_wrong(room, card, slip):
    judgement = room.judged(card, slip.format(card.answer.source))

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.WRONG, 1)


@of_kind((Formula, Number))
def test_the_answer_stands(room, card):
    assert room.complaints(card) == []


@pytest.mark.parametrize(
    "card", [each for each in CARDS if not isinstance(each.answer, Code)], ids=lambda card: card.id
)
@pytest.mark.parametrize("answer", ["", "\x00", "__import__('os')", "9**9**9**9", "(" * 9_000])
def test_no_answer_harms(room, card, answer):
    variant = room.resolved(card)[0] if isinstance(card.answer, Number) else card

    assert room.judged(variant, answer).verdict is not Verdict.CORRECT
