"""What a place says is found in its file, whatever its kind, and can be put otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.operations.citations import CitationGraph
from bot.operations.place_words import has_words, place_words, reword
from knowledge.errors import ContentError
from knowledge.library import FOLDER
from tests.shipped import DATA

GRAPH = CitationGraph.read(FOLDER, DATA)
WITH_WORDS = {each.key: each for each in GRAPH.citations if has_words(each)}
CHANGED = "Other words than before."


@pytest.mark.parametrize("kind", sorted({each.kind for each in WITH_WORDS.values()}))
def test_each_kind_says_all_that_the_graph_knows_of_it(kind: str) -> None:
    """Of an outcome but its kind and what is fixed for all of a kind."""
    for each in WITH_WORDS.values():
        if each.kind != kind:
            continue
        said = [words.words for words in place_words(each)]
        assert said, each.key
        assert all(said)
        shown = " ".join(each.text.split())
        assert kind == "relation" or any(words in shown for words in said), each.key
        assert kind not in {"card", "notice", "reading"} or said == [shown]


@pytest.mark.parametrize("kind", sorted({each.kind for each in WITH_WORDS.values()}))
def test_any_of_them_is_put_otherwise_and_nothing_else_is(
    content: Path, data: Path, kind: str
) -> None:
    graph = CitationGraph.read(content, data)
    place = next(each for each in graph.citations if each.kind == kind and has_words(each))
    before = [each.words for each in place_words(place)]
    reword(graph, place.key, [CHANGED, *before[1:]])
    again = CitationGraph.read(content, data)
    now = next(each for each in again.citations if each.path == place.path and each.kind == kind)
    assert [each.words for each in place_words(now)] == [CHANGED, *before[1:]]
    assert len(again.citations) == len(graph.citations)


def test_every_line_of_a_reading_has_a_place_of_its_own(content: Path, data: Path) -> None:
    graph = CitationGraph.read(content, data)
    readings = [each for each in graph.citations if each.key.startswith("reading/child_first/")]
    assert len(readings) == len({each.key for each in readings}) > 1
    reword(graph, "reading/child_first/004.i", [CHANGED])
    again = CitationGraph.read(content, data)
    assert [each.key for each in again.citations if each.text == CHANGED] == [
        "reading/child_first/004.i"
    ]


@pytest.mark.parametrize(
    ("key", "words", "problem"),
    [
        ("reading/child_first/004.i", [" "], "something is empty"),
        ("reading/child_first/004.i", [], "changed since you looked"),
        ("reading/child_first/none", ["Words."], "not changed here"),
        ("rule/1", ["Words."], "not changed here"),
    ],
)
def test_what_cannot_be_put_so_is_refused(
    content: Path, data: Path, key: str, words: list[str], problem: str
) -> None:
    with pytest.raises(ContentError, match=problem):
        reword(CitationGraph.read(content, data), key, words)
