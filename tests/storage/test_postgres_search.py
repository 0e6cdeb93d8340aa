"""The engine of search in Postgres: what it finds, and who shares what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import URL, Engine, func, inspect, text, update

from bot.errors import UserFacingError
from bot.storage import postgres_search
from bot.storage.postgres_search import (
    KEPT,
    LOOKED_AT,
    PostgresEngine,
    connections_to,
    contents,
    in_postgres,
)
from knowledge.encoder import Vectors
from knowledge.memory_engine import MemoryEngine
from knowledge.search_engine import Terms
from knowledge.vector_rows import VectorRows
from tests.needs import schema_of_ones_own
from tests.vector_database import database_of_ones_own, server_with_pgvector

KEY = "0123456789ab"
WIDTH = 16
WORDS = ("consent", "child", "bruise", "s&g", "7", "school", "share", "record")
MANY = 3_000


@pytest.fixture(scope="module")
def server() -> Iterator[URL]:
    with server_with_pgvector() as url:
        yield url


@pytest.fixture
def url(server: URL) -> Iterator[URL]:
    with database_of_ones_own(server) as url:
        yield url


@pytest.fixture
def database(url: URL) -> Iterator[Engine]:
    engine = connections_to(url.render_as_string(False))
    yield engine
    engine.dispose()


def drawn(count: int) -> Vectors:
    vectors = np.random.default_rng(5).standard_normal((count, WIDTH), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def documents(count: int = 200) -> list[list[str]]:
    """The first words of WORDS are commoner."""
    rng = np.random.default_rng(6)
    chances = 1 / np.arange(2, len(WORDS) + 2)
    lengths = rng.integers(1, 12, size=count)
    return [rng.choice(WORDS, n, p=chances / chances.sum()).tolist() for n in lengths]


def not_called() -> Terms:
    raise AssertionError("what is held already was made again")


def test_the_nearest_come_first_with_the_likeness_of_the_vectors_themselves(
    database: Engine,
) -> None:
    vectors = drawn(500)
    store = PostgresEngine(database, KEY).vectors("any", VectorRows.all_of(vectors))
    near, likeness = store.nearest(vectors[3], 20)
    right = np.argsort(-(vectors @ vectors[3]))[:20]
    assert near[0] == 3
    # In half precision two that are as near may change places.
    assert len(np.intersect1d(near, right)) >= 19
    assert likeness == pytest.approx(vectors[near] @ vectors[3], abs=1e-6)
    assert likeness.tolist() == sorted(likeness, reverse=True)


def test_many_are_found_by_an_index_and_nearly_all_of_the_nearest(database: Engine) -> None:
    vectors = drawn(MANY)
    store = PostgresEngine(database, KEY).vectors("any", VectorRows.all_of(vectors))
    found = [store.nearest(vector, LOOKED_AT // 2)[0] for vector in vectors[:20]]
    right = np.argsort(-(vectors[:20] @ vectors.T), axis=1)[:, : LOOKED_AT // 2]
    both = [len(np.intersect1d(*each)) for each in zip(found, right, strict=True)]
    assert {len(each) for each in found} == {LOOKED_AT // 2}
    assert sum(both) >= 0.95 * right.size
    with database.connect() as connection:
        connection.execute(text("ANALYZE"))
        (name,) = (n for n in inspect(connection).get_table_names() if n.endswith("_any"))
        asked = text(
            f"EXPLAIN SELECT number FROM {name} ORDER BY vector <#>"
            f" (SELECT vector FROM {name} LIMIT 1) LIMIT 200"
        )
        connection.execute(text("SET enable_seqscan = off"))
        assert any("_hnsw" in line for line in connection.scalars(asked))


def test_in_nothing_nothing_is_found(database: Engine) -> None:
    engine = PostgresEngine(database, KEY)
    near, likeness = engine.vectors("any", VectorRows.all_of(drawn(0))).nearest(drawn(1)[0], 5)
    assert (near.tolist(), likeness.tolist()) == ([], [])
    matches = engine.words("words", list, np.arange(0)).matches(("child",))
    assert matches.best(5).tolist() == []


@pytest.mark.parametrize(
    "asked", [("bruise",), ("s&g", "7", "child"), ("child", "child", "record"), ("unheard",), ()]
)
def test_a_word_tells_what_it_does_in_memory(database: Engine, asked: tuple[str, ...]) -> None:
    every = np.arange(len(documents()))
    matches, same = (
        engine.words("words", documents, every).matches(asked)
        for engine in (PostgresEngine(database, KEY), MemoryEngine())
    )
    assert matches.scores(every) == pytest.approx(same.scores(every), abs=1e-5)


@pytest.mark.parametrize("asked", [("bruise", "child"), ("s&g", "consent", "record")])
def test_what_holds_the_rarest_words_is_found(database: Engine, asked: tuple[str, ...]) -> None:
    every = np.arange(len(documents()))
    matches = PostgresEngine(database, KEY).words("words", documents, every).matches(asked)
    scores = matches.scores(every)
    best = matches.best(10)
    # Of equals any is as good.
    assert np.sort(scores[best]) == pytest.approx(np.sort(scores)[-10:], rel=0.05)


def test_only_what_is_to_be_found_is_but_rarity_counts_in_all(database: Engine) -> None:
    engine, few = PostgresEngine(database, KEY), np.array([2, 5, 9])
    every = np.arange(len(documents()))
    matches = engine.words("few", documents, few).matches(WORDS)
    assert set(matches.best(99).tolist()) <= set(few.tolist())
    whole = engine.words("every", documents, every).matches(WORDS)
    assert matches.scores(few) == pytest.approx(whole.scores(few))


def test_the_commonest_words_are_left_out_where_too_many_texts_hold_them(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_search, "MOST_MATCHED", 60)
    every = np.arange(len(documents()))
    store = PostgresEngine(database, KEY).words("words", documents, every)
    holds = {n for n, terms in enumerate(documents()) if "record" in terms}
    assert 0 < len(holds) <= 60
    assert set(store.matches(("record", "consent")).best(200).tolist()) == holds
    assert store.matches(("consent",)).best(200).tolist() == []


def test_another_server_finds_what_the_first_has_filled(database: Engine) -> None:
    vectors, every = drawn(50), np.arange(200)
    first = PostgresEngine(database, KEY)
    first.vectors("any", VectorRows.all_of(vectors))
    first.words("words", documents, every)
    second = PostgresEngine(database, KEY)
    store = second.vectors("any", VectorRows.all_of(vectors))
    assert store.nearest(vectors[7], 1)[0].tolist() == [7]
    assert len(second.words("words", not_called, every).matches(("child",)).best(5)) == 5


def test_what_could_not_be_filled_is_not_there(database: Engine) -> None:
    engine = PostgresEngine(database, KEY)
    with pytest.raises(AssertionError):
        engine.words("words", not_called, np.arange(200))
    assert len(engine.words("words", documents, np.arange(200)).matches(("child",)).best(5)) == 5


def test_another_content_has_tables_of_its_own(database: Engine) -> None:
    before = PostgresEngine(database, KEY).vectors("any", VectorRows.all_of(drawn(9)))
    after = PostgresEngine(database, "another00000").vectors("any", VectorRows.all_of(drawn(4)))
    assert len(before.nearest(drawn(1)[0], 99)[0]) == 9
    assert len(after.nearest(drawn(1)[0], 99)[0]) == 4


def test_of_contents_that_nobody_has_opened_for_long_the_last_stay(database: Engine) -> None:
    keys = [f"{number:012}" for number in range(KEPT + 2)]
    for age, key in enumerate(reversed(keys)):
        engine = PostgresEngine(database, key)
        engine.vectors("any", VectorRows.all_of(drawn(3)))
        engine.words("words", documents, np.arange(3))
        opened(database, key, timedelta(hours=10 * age))
    PostgresEngine(database, "new")
    # Each was opened ten hours before the next: two are older than a day, and beyond KEPT.
    assert those_there(database, keys) == set(keys[2:])


def test_a_content_that_was_opened_a_moment_ago_stays_however_many_follow(database: Engine) -> None:
    keys = [f"{number:012}" for number in range(KEPT + 2)]
    for key in keys:
        PostgresEngine(database, key).vectors("any", VectorRows.all_of(drawn(3)))
    assert those_there(database, keys) == set(keys)


def opened(database: Engine, key: str, ago: timedelta) -> None:
    with database.begin() as connection:
        of_key = contents.c.key.contains(key)
        connection.execute(update(contents).where(of_key).values(opened_at=func.now() - ago))


def those_there(database: Engine, keys: Sequence[str]) -> set[str]:
    names = inspect(database).get_table_names()
    return {key for key in keys if any(key in name for name in names)}


def test_one_process_has_its_connections_to_a_database_once(url: URL) -> None:
    address = url.render_as_string(False)
    assert in_postgres(address) is in_postgres(address)


def test_whoever_only_answers_needs_no_right_to_make_tables(database: Engine, url: URL) -> None:
    """What `principles index` has made as another account is enough."""
    vectors, every = drawn(50), np.arange(200)
    made = PostgresEngine(database, KEY)
    made.vectors("any", VectorRows.all_of(vectors))
    made.words("words", documents, every)
    with database.begin() as connection:
        connection.execute(text(f"CREATE ROLE {url.database} LOGIN"))
        connection.execute(text(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {url.database}"))
        connection.execute(text(f"GRANT UPDATE ON search_contents TO {url.database}"))
    account = connections_to(url.set(username=url.database).render_as_string(False))
    answering = PostgresEngine(account, KEY)
    store = answering.vectors("any", VectorRows.all_of(vectors))
    assert store.nearest(vectors[7], 1)[0].tolist() == [7]
    assert len(answering.words("words", not_called, every).matches(("child",)).best(5)) == 5
    account.dispose()


def test_a_database_without_pgvector_is_refused_with_what_to_do() -> None:
    with schema_of_ones_own() as url:
        engine = connections_to(url.render_as_string(False))
        with pytest.raises(UserFacingError, match="CREATE EXTENSION vector"):
            PostgresEngine(engine, KEY)
        engine.dispose()
