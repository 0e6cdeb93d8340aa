"""Both engines of search find the same on what is shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.engines import agreement
from bench.search import Load, beside, grown, opened, questions_of
from bot.evaluation.items import read_items
from bot.settings import HOME, Settings
from bot.storage.postgres_search import in_postgres
from knowledge import Knowledge
from knowledge.memory_engine import MemoryEngine
from knowledge.search_engine import OpensEngine
from tests.vector_database import server_with_pgvector

pytestmark = pytest.mark.encoder

AGREES = 0.99
"""The tolerance of docs/adr/0017-two-search-engines.md."""


@pytest.fixture(scope="module")
def opens() -> Iterator[OpensEngine]:
    with server_with_pgvector() as url:
        yield in_postgres(url.render_as_string(False))


@pytest.fixture(scope="module")
def in_database(opens: OpensEngine) -> Knowledge:
    return Knowledge.open(Settings.read().state_dir, opens=opens)


@pytest.fixture(scope="module")
def in_memory() -> Knowledge:
    return Knowledge.open(Settings.read().state_dir)


def test_what_is_found_in_postgres_is_what_is_found_in_memory(
    in_memory: Knowledge, in_database: Knowledge
) -> None:
    items = read_items(HOME / "tests" / "eval" / "questions.jsonl", in_memory.library)
    found = agreement(in_memory, in_database, [item.q for item in items[::2]])
    assert found.questions > 90
    assert min(found.first, found.verdict) >= AGREES * found.questions


def test_a_follow_up_is_answered_alike(in_memory: Knowledge, in_database: Knowledge) -> None:
    before = ["can I share information without consent"]
    for asked in ("why", "and if they are 16", "who decides"):
        one, other = (each.search(asked, 1, context=before) for each in (in_memory, in_database))
        assert one.hits[0].passage_id == other.hits[0].passage_id
        assert one.verdict == other.verdict


def test_what_is_found_by_its_own_text_is_found_alike(opens: OpensEngine) -> None:
    """Made-up passages stand beside the content, three questions to each."""
    knowledge, index = opened(Settings.read())
    library, larger = grown(index, knowledge.library, Load(3_000, 3))
    sides = [
        beside(knowledge, library, replace(larger, engine=engine))
        for engine in (MemoryEngine(), opens("made_up"))
    ]
    assert sides[0].searching.scorer.own_text
    found = agreement(sides[0], sides[1], questions_of(knowledge)[:60])
    assert min(found.first, found.verdict) >= AGREES * found.questions
