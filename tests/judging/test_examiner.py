"""Every kind of card judged through one door; a process of ours that fails harms nobody."""

import asyncio
from fractions import Fraction
from pathlib import Path

import pytest

from studydl.cards import Card, Choice, Distractor, Number, Origin, Parameter, Recall
from studydl.cards.variants import drawn, with_parameters
from studydl.errors import StudyError
from studydl.judging import Verdict, examiner
from studydl.judging.examiner import SERVICE, Examiner
from studydl.language import Language, Text
from studydl.verification.client import VERIFICATION, Worker, WorkerError
from tests.judging.formula.cases import CASES, formula_of

FOLDER = Path(__file__).parent
HARMLESS = {"correct", "wrong", "undecided", "invalid"}


def card_of(answer, id_="a-card", claim="activations.sigmoid-gradient-peak"):
    return Card(
        id=id_,
        chapter="activations",
        notes="1.3",
        ask=Text("At [[alpha]]?", "若 [[alpha]]？"),
        answer=answer,
        explain=Text("So [[answer]].", "如此 [[answer]]。"),
        claim=claim,
        derivation=None,
        requires=(),
        sources=("A 2000",),
        tags=(),
        origin=Origin(Path("x.yaml"), 1),
    )


def varied(value="1/(1 - alpha)", values=("0.5", "0.75", "0.9")):
    alpha = Parameter("alpha", values)
    return card_of(Number(value, Fraction(0), None, None, (alpha,), "factor"))


class Process:
    """Answers every call with what it was told to."""

    def __init__(self, answer):
        self.answer = answer
        self.calls = []

    async def call(self, name, arguments=None, *, time_limit=None, on_progress=None):
        self.calls.append((name, arguments))
        assert time_limit is not None
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


COMPUTED = {
    "value": 4.0,
    "wrong": [
        {"misconception": "one-minus", "value": 0.25, "why": {"en": "No.", "zh": "不。"}},
        {"misconception": "nearly", "value": 4.0 + 1e-13, "why": {"en": "No.", "zh": "不。"}},
    ],
}


async def say(examined, card, answer):
    return await examined.judge(card, answer, seed=0, language=Language.ENGLISH)


async def test_what_is_judged_here_asks_no_process():
    process = Process(None)
    wrong = (Distractor(Text("b", "乙"), "m-1"), Distractor(Text("c", "丙"), "m-2"))
    cards = [
        card_of(Recall(Text("Yes.", "是。"))),
        card_of(Number("1/4", Fraction(1, 4))),
        card_of(Choice(Text("a", "甲"), wrong)),
    ]

    for card in cards:
        assert (await say(Examiner(process), card, "0.25")).verdict in HARMLESS
    assert process.calls == []


async def test_a_card_without_parameters_is_resolved_already():
    process = Process(None)
    card = card_of(Number("1/4", Fraction(1, 4)))

    assert await Examiner(process).resolve(card, {}) is card
    assert process.calls == []


async def test_drawn_parameters_are_resolved_with_what_the_implementation_computes():
    process = Process(COMPUTED)
    card = varied()
    parameters = {"alpha": "0.75"}

    known = await Examiner(process).resolve(with_parameters(card, parameters), parameters)

    asked = {"claim": card.claim, "quantity": "factor", "with": {"alpha": 0.75}}
    assert process.calls == [("compute", asked)]
    assert known.answer.value == 4
    assert known.ask.en == "At 0.75?"
    assert "4" in known.explain.en
    assert [each.misconception for each in known.answer.mistakes] == ["one-minus"]


async def test_a_resolved_card_is_judged_with_its_known_mistakes():
    examined = Examiner(Process(COMPUTED))
    parameters = {"alpha": "0.75"}
    known = await examined.resolve(with_parameters(varied(), parameters), parameters)

    assert (await say(examined, known, "4")).verdict is Verdict.CORRECT
    judgement = await say(examined, known, "1/4")
    assert (judgement.verdict, judgement.misconception) == (Verdict.WRONG, "one-minus")


async def test_a_variant_is_asked_for_once_however_often_it_is_drawn():
    process = Process(COMPUTED)
    examined = Examiner(process)
    card = varied("", ("0.75",))

    for seed in range(5):
        parameters = drawn(card, seed)
        known = await examined.resolve(with_parameters(card, parameters), parameters)
        assert known.answer.value == 4
        assert await examined.resolve(known, parameters) is known
    assert len(process.calls) == 1


async def test_a_failing_process_leaves_the_deck_s_own_value_and_is_asked_again():
    process = Process(WorkerError("died"))
    examined = Examiner(process)
    parameters = {"alpha": "0.75"}

    known = await examined.resolve(with_parameters(varied(), parameters), parameters)

    assert known.answer.value == 4
    assert known.answer.mistakes == ()
    process.answer = COMPUTED
    again = await examined.resolve(with_parameters(varied(), parameters), parameters)
    assert again.answer.mistakes


async def test_without_a_value_by_hand_a_failing_process_is_told():
    parameters = {"alpha": "0.75"}
    card = with_parameters(varied(""), parameters)

    with pytest.raises(StudyError, match="could not be judged"):
        await Examiner(Process(WorkerError("died"))).resolve(card, parameters)


@pytest.mark.parametrize("failure", [WorkerError("died"), StudyError("no such call")])
async def test_a_failing_process_leaves_a_formula_to_the_learner(failure):
    card = card_of(formula_of("x^2", "x real"))

    judgement = await say(Examiner(Process(failure)), card, "x*x")

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.UNDECIDED, None)
    assert judgement.feedback.en.endswith("$x^{2}$")


@pytest.mark.parametrize("answer", ["", "  ", "\n"])
async def test_an_empty_answer_reveals_a_formula_without_a_verdict(answer):
    process = Process(None)
    card = card_of(formula_of("x^2", "x real"))

    judgement = await say(Examiner(process), card, answer)

    assert (judgement.verdict, process.calls) == (Verdict.UNDECIDED, [])
    assert judgement.feedback.en == "The answer: $x^{2}$"


async def test_what_cannot_be_understood_never_reaches_the_process():
    process = Process(None)
    card = card_of(formula_of("x^2", "x real"))

    judgement = await say(Examiner(process), card, "__import__('os')")

    assert (judgement.verdict, process.calls) == (Verdict.INVALID, [])
    assert judgement.caret is not None


async def test_an_unresolved_card_is_no_question_yet():
    with pytest.raises(TypeError, match="resolved"):
        await say(Examiner(Process(None)), varied(), "4")


@pytest.fixture
async def worker():
    worker = Worker((*VERIFICATION, SERVICE))
    yield worker
    await worker.close()


async def test_the_whole_table_is_judged_by_one_worker_that_survives_it(worker):
    examined = Examiner(worker)

    for case in CASES:
        card = card_of(formula_of(case.model, case.names))
        wanted = case.verdict if case.answer else "undecided"
        assert (await say(examined, card, case.answer)).verdict == wanted, case
    assert worker.starts == 1


async def test_a_claim_without_the_quantity_leaves_the_deck_s_own_value(worker):
    parameters = {"alpha": "0.75"}

    known = await Examiner(worker).resolve(with_parameters(varied(), parameters), parameters)

    assert known.answer.value == 4


async def test_a_call_for_another_kind_of_card_is_refused_and_a_broken_card_too(worker):
    from studydl.cards.stored import card_to_data

    number = card_to_data(card_of(Number("1/4", Fraction(1, 4))))
    with pytest.raises(StudyError, match="does not ask for a formula"):
        await worker.call("formula", {"card": number, "typed": "x"})

    broken = card_of(formula_of("x", "x real; y = )"))
    judgement = await say(Examiner(worker), broken, "x*1")
    assert judgement.verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("answer", ["1", "2", "3"], ids=["dies", "hangs", "raises"])
async def test_a_worker_that_dies_hangs_or_raises_gives_undecided(monkeypatch, answer):
    monkeypatch.setenv("PYTHONPATH", str(FOLDER))
    monkeypatch.setattr(examiner, "TIME_LIMIT", 5.0)
    worker = Worker(["dying_service"])
    card = card_of(formula_of("x", "x real"))
    try:
        async with asyncio.timeout(30):
            judgement = await say(Examiner(worker), card, answer)
    finally:
        await worker.close()

    assert (judgement.verdict, judgement.proposed_grade) == (Verdict.UNDECIDED, None)
