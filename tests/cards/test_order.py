from hypothesis import given
from hypothesis import strategies as st

from studydl.cards.order import CHAPTERS, chapter_rank, ordered


def test_without_requirements_the_deck_keeps_its_order():
    assert ordered({"c": [], "a": [], "b": []}).ids == ("c", "a", "b")


def test_a_card_waits_for_what_it_requires_and_nothing_else_moves():
    assert ordered({"a": ["c"], "b": [], "c": [], "d": []}).ids == ("b", "c", "a", "d")


def test_a_circle_is_told_and_broken_at_its_first_card():
    ordering = ordered({"x": [], "a": ["b"], "b": ["c"], "c": ["a"], "y": ["c"]})
    assert ordering.cycles == (("a", "b", "c"),)
    assert ordering.ids == ("x", "a", "c", "b", "y")


def test_a_card_that_requires_itself_is_a_circle():
    assert ordered({"a": ["a"]}).cycles == (("a",),)


def test_every_circle_is_told():
    ordering = ordered({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]})
    assert ordering.cycles == (("a", "b"), ("c", "d"))


@st.composite
def graphs(draw):
    names = [f"n{index}" for index in range(draw(st.integers(1, 8)))]
    return {name: draw(st.sets(st.sampled_from(names), max_size=3)) for name in names}


@given(graphs())
def test_every_card_comes_once_behind_what_it_requires(graph):
    ordering = ordered(graph)
    assert sorted(ordering.ids) == sorted(graph)
    freed = {cycle[0] for cycle in ordering.cycles}
    place = {id_: index for index, id_ in enumerate(ordering.ids)}
    for id_, needed in graph.items():
        if id_ not in freed:
            assert all(place[each] < place[id_] for each in needed)
    for cycle in ordering.cycles:
        for here, there in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            assert there in graph[here]


def test_chapters_follow_the_notes_then_their_names():
    names = ["zeta", "losses", "alpha", "activations"]
    assert sorted(names, key=chapter_rank) == ["activations", "losses", "alpha", "zeta"]
    assert CHAPTERS[0] == "activations"
