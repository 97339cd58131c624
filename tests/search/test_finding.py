"""What a query finds, where it looks, and what it says of a query that it cannot understand."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studydl.language import Text
from studydl.memory import Grade
from studydl.search import QueryError, Searcher
from studydl.verification.cache import ReportCache
from studydl.verification.evidence import Evidence, Measurement, Report

NUMBER = "{kind: number, value: 0.25}"
ALL = ["relu-zero", "adam-eps", "three", "four"]


@pytest.fixture
def sources(write, card, opened, memory):
    write(
        "a",
        card("relu-zero", ask="Where is ReLU flat?", zh="ReLU 在哪里是平的？", tags="dead"),
        card("adam-eps", ask="What is $\\epsilon$ for, 100% sure?", tags="relu, dead-end"),
    )
    write(
        "b",
        card("three", ask="A loss?", chapter="losses", notes="5.1", claim="two", answer=NUMBER),
        card("four", ask="Flat (or) not? a_b", chapter="losses", notes="5.10", claim="three"),
        chapter="losses",
    )
    return opened(), memory


@pytest.fixture
def find(sources):
    return Searcher(*sources).find


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("  ", ALL),
        ("relu", ["relu-zero", "adam-eps"]),
        ("RELU flat", ["relu-zero"]),
        ("relu and flat", ["relu-zero"]),
        ("ＲｅＬＵ", ["relu-zero", "adam-eps"]),
        ("-relu", ["three", "four"]),
        ("- relu", ["three", "four"]),
        ("relu or loss", ["relu-zero", "adam-eps", "three"]),
        ("(relu OR three) -flat", ["adam-eps", "three"]),
        ("（relu or three） -flat", ["adam-eps", "three"]),
        ("--relu", ["relu-zero", "adam-eps"]),
        ("-(relu flat)", ["adam-eps", "three", "four"]),
        ('"is relu flat"', ["relu-zero"]),
        ('"flat is"', []),
        ('"(or)"', ["four"]),
        (r"\(or\)", ["four"]),
        ("平的", ["relu-zero"]),
        ("fl*?", ["relu-zero", "four"]),
        ("re_u", ["relu-zero", "adam-eps"]),
        (r"a\_b", ["four"]),
        ("%", ["adam-eps"]),
        ("100%", ["adam-eps"]),
        (r"\*", []),
        ("tag:relu", ["adam-eps"]),
        ("tag:rel", []),
        ("tag:dead", ["relu-zero"]),
        ("tag:dead*", ["relu-zero", "adam-eps"]),
        ("tag：d_ad", ["relu-zero"]),
        ("chapter:losses", ["three", "four"]),
        ("deck:l*", ["three", "four"]),
        ('"deck:losses"', ["three", "four"]),
        ("losses", ["three", "four"]),
        ("id:adam-eps", ["adam-eps"]),
        ("id:adam", []),
        ("id:adam*", ["adam-eps"]),
        ("kind:number", ["three"]),
        ("kind:recall flat", ["relu-zero", "four"]),
        ("claim:losses.two", ["three"]),
        ("claim:activations", ["relu-zero", "adam-eps"]),
        ("notes:5", ["three", "four"]),
        ("notes:5.1", ["three"]),
        ("notes:5.1*", ["three", "four"]),
        (r"re:^what\s", ["adam-eps"]),
        (r're:"is \w+ flat"', ["relu-zero"]),
        ("(re:(eps|flat))", ["relu-zero", "adam-eps", "four"]),
        ("RE:X*three", ["three"]),
        ("relu losses", []),
    ],
)
def test_a_query_finds_what_it_says(find, query, found):
    assert find(query) == found


def answered(searcher, query):
    """Return what was found, or what was told instead, and where."""
    try:
        return searcher.find(query)
    except QueryError as fault:
        return fault.what, fault.place


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(a|a)*$", r"^([\w\s]+)+!$", "(?:a?){40}a{40}$"])
def test_a_pattern_that_goes_astray_is_answered_or_told_with_its_place(
    write, card, opened, memory, pattern
):
    write("long", card("long", ask="a" * 60 + "b"))
    searcher = Searcher(opened(), memory)
    late = ("this pattern takes too long", 8)
    assert answered(searcher, f"long re:{pattern}") in ([], late)
    assert searcher.find("re:a{60}b") == ["long"]


def test_wild_signs_of_a_tag_never_go_astray(write, card, opened, memory):
    write("long", card("long", tags="a" * 60 + "b"))
    late = ("this pattern takes too long", 0)
    assert answered(Searcher(opened(), memory), "tag:" + "*a" * 25 + "*c") in ([], late)


@pytest.fixture
def studied(sources, clock):
    _, memory = sources
    memory.record("relu-zero", Grade.EASY, duration_ms=1)
    clock.advance(timedelta(days=3))
    memory.record("adam-eps", Grade.AGAIN, duration_ms=1)
    memory.record("three", Grade.EASY, duration_ms=1)
    memory.record("gone", Grade.AGAIN, duration_ms=1)
    memory.suspend(["three"])
    memory.flag("four", "A typo, I think")
    clock.advance(timedelta(minutes=5))
    return memory


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is:new", ["four"]),
        ("-is:new", ["relu-zero", "adam-eps", "three"]),
        ("is:learn", ["adam-eps"]),
        ("is:review", ["relu-zero", "three"]),
        ("is:due", ["adam-eps"]),
        ("is:suspended", ["three"]),
        ("is:buried", []),
        ("is:leech", []),
        ("is:flagged", ["four"]),
        ("flag:", ["four"]),
        ("flag:typo", ["four"]),
        ('flag:"typo, I"', ["four"]),
        ("flag:i*nk", ["four"]),
        ("flag:wrong", []),
        ("is:new or is:due", ["adam-eps", "four"]),
        ("is:new or relu", ["relu-zero", "adam-eps", "four"]),
        ("-is:new -relu", ["three"]),
        ("is:review relu", ["relu-zero"]),
        ("rated:1", ["adam-eps", "three"]),
        ("rated:4", ["relu-zero", "adam-eps", "three"]),
        ("rated:4:4", ["relu-zero", "three"]),
        ("introduced:3", ["adam-eps", "three"]),
        ("prop:reps=1", ["relu-zero", "adam-eps", "three"]),
        ("prop:reps!=1", []),
        ("prop:lapses>0", []),
        ("prop:s>1", ["relu-zero", "three"]),
        ("prop:s<=1", ["adam-eps"]),
        ("prop:due=0", ["adam-eps"]),
        ("prop:due>0", ["relu-zero", "three"]),
        ("prop:r>1", []),
        ("prop:r=1.000", ["adam-eps", "three"]),
        ("prop:r<0.99", ["relu-zero"]),
        ("verdict:unknown", ALL),
        ("verdict:verified", []),
    ],
)
@pytest.mark.usefixtures("studied")
def test_a_query_asks_memory(find, query, found):
    assert find(query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tag:exam", ["three", "four"]),
        ("TAG:ＥＸＡＭ", ["three", "four"]),
        ("tag:exam::hard", ["four"]),
        ("tag:ex*", ["three", "four"]),
        ("tag:ex_m", ["three", "four"]),
        ("tag:exa", []),
        ("tag:h*d", []),
        ("tag:*rd", ["four"]),
        ("tag:难", ["relu-zero"]),
        ("tag:[a]?", ["relu-zero"]),
        ("tag:*a*a*a*a*a*a*a*a*b", []),
        ("tag:relu", ["adam-eps", "four"]),
        ("-tag:relu", ["relu-zero", "three"]),
        ("exam", ["three", "four"]),
        ("exam or 难", ["relu-zero", "three", "four"]),
        ("tag:exam is:new -tag:exam::hard", ["three"]),
        ("hard", []),
    ],
)
def test_the_learners_own_tags_are_found_like_those_of_the_decks(find, sources, query, found):
    _, memory = sources
    memory.tag(["three"], ["Exam"])
    memory.tag(["four"], ["Exam::Hard", "relu"])
    memory.tag(["relu-zero"], ["难", "[a]?", "a" * 60])
    memory.tag(["gone"], ["exam"])
    assert find(query) == found


def test_a_buried_card_is_found_as_buried_until_tomorrow(find, sources, clock):
    sources[1].bury(["four"])

    assert find("is:buried") == ["four"]
    clock.advance(timedelta(days=1))
    assert find("is:buried") == []


def test_a_verdict_is_what_was_last_measured(sources, tmp_path):

    library, memory = sources
    folder = tmp_path / "evidence"
    folder.mkdir()
    fails = Measurement("m", 1.0, "=", 0.0, 0.1, "EXACT", 0.1, 3.0)
    report = Report("losses.two", Text("s", "s"), Evidence((fails,)), (), (), 0.1, 0)
    ReportCache(folder).put("key", report)
    find = Searcher(library, memory, ReportCache(folder)).find

    assert find("verdict:refuted") == ["three"]
    assert find("-verdict:unknown") == ["three"]
    (folder / "losses.two.json").write_text("{")
    assert find("verdict:unknown") == ALL


@pytest.mark.parametrize(
    ("query", "sentence", "place"),
    [
        ('relu "open', "these quotes are not closed", 5),
        ("relu (or flat)", "stands before no word", 6),
        ("or relu", "`or` stands before no word", 0),
        ("relu or", "a word is missing", 7),
        ("(relu", "this is not closed", 0),
        ("relu )", "nothing was opened", 5),
        ("()", "a word is missing", 1),
        ("' or 1 --", "a word is missing", 9),
        ("relu -", "a word is missing", 6),
        ("relu tagg:x", "there is no field `tagg` .did you mean `tag`?", 5),
        ("is:du", "a card cannot be `du` .did you mean `due`?", 3),
        ("is:", "nothing stands behind `is:`", 3),
        ("prop:stability>1", "there is no property `stability`", 5),
        ("prop:s", "a comparison with a number is missing", 6),
        ("prop:s>much", "a comparison with a number is missing", 6),
        ("rated:x", "`x` is no number of days", 6),
        ("rated:7:5", "`7:5` is no number of days", 6),
        ("introduced:7:1", "by days", 11),
        ("verdict:verifyed", "did you mean `verified`", 8),
        ("kind:nummer", "did you mean `number`", 5),
        ("re:(", "no regular expression: missing", 4),
        ("a\\", "a backslash stands before nothing", 1),
        ("-" * 60 + "a", "too deep", 50),
        ("a" * 1001, "too long", 40),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_place(find, query, sentence, place):
    with pytest.raises(QueryError, match=sentence) as told:
        find(query)
    assert told.value.place == place
    _, shown, caret = str(told.value).split("\n")
    assert shown == f"  {query[:40] if len(query) > 1000 else query}"
    assert caret == " " * (place + 2) + "^"


def test_the_caret_stands_below_characters_of_double_width(find):
    with pytest.raises(QueryError) as told:
        find("梯度 is:x")
    assert str(told.value).endswith(f"\n  梯度 is:x\n{' ' * 10}^")


@given(query=st.text() | st.text(alphabet='()-*_:" \\ab<>=0rels'))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_any_query_is_answered_or_refused_in_a_sentence(find, query):
    try:
        assert set(find(query)) <= set(ALL)
    except QueryError as error:
        refused = error
        assert 0 <= refused.place <= len(query)


LEAVES = ["relu", "flat", "is:new", "is:due", "tag:dead", "kind:number", "prop:s>1", "rated:1:1"]
QUERIES = st.recursive(
    st.sampled_from(LEAVES),
    lambda parts: st.one_of(
        parts.map(lambda part: ("not", part)),
        st.tuples(st.sampled_from(["and", "or"]), parts, parts),
    ),
    max_leaves=8,
)


def written(query):
    match query:
        case str():
            return query
        case ("not", part):
            return f"-({written(part)})"
        case (word, left, right):
            return f"({written(left)} {word} {written(right)})"


def by_sets(query, find):
    match query:
        case str():
            return set(find(query))
        case ("not", part):
            return set(ALL) - by_sets(part, find)
        case ("and", left, right):
            return by_sets(left, find) & by_sets(right, find)
        case ("or", left, right):
            return by_sets(left, find) | by_sets(right, find)


@given(query=QUERIES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("studied")
def test_joined_terms_find_what_sets_would(find, query):
    found = find(written(query))

    assert set(found) == by_sets(query, find)
    assert found == [id_ for id_ in ALL if id_ in found]


def test_a_long_query_is_answered(find):
    assert find(" or ".join(["z"] * 200)) == ["relu-zero"]
