"""The engine of search that finds candidates in Postgres: vectors by pgvector, words by full text.

Each store of a content has a table of its own, named after both, which is filled in one transaction
by whichever server opens the content first. So a table that is there is whole, every server of one
database shares it, and another edition has tables of its own beside it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import accumulate
from typing import Any

import numpy as np
import psycopg
from pgvector import HalfVector
from pgvector.psycopg import register_vector
from pgvector.sqlalchemy import HALFVEC
from psycopg import sql
from sqlalchemy import (
    ARRAY,
    REAL,
    Column,
    Connection,
    DateTime,
    Double,
    Engine,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    any_,
    cast,
    delete,
    event,
    func,
    insert,
    inspect,
    literal,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.exc import DBAPIError

from bot.errors import UserFacingError
from bot.storage.engine import connected
from knowledge.encoder import Vectors
from knowledge.memory_engine import K1, B
from knowledge.search_engine import OpensEngine, Terms
from knowledge.vector_rows import Numbers, VectorRows

TABLES = 1
"""Raised when what stands in the tables of a content is another for the same content."""
CONNECTIONS = 4
"""A candidate is found in milliseconds, and two cores ask no more at once."""
EXACT_BELOW = 2_000
"""Fewer vectors are read one by one: an index would be looked at no faster."""
LOOKED_AT = 400
"""`hnsw.ef_search`: twice as many as are fetched at most (`knowledge.ranking.QUESTIONS_FETCHED`);
with fewer than these the last of them would be missing altogether."""
LINKS, LINKED_FROM = 16, 64
"""`m` and `ef_construction` of pgvector, as it has them by itself."""
BATCH = 5_000
MOST_MATCHED = 5_000
"""So many texts are ranked by their words. Beyond that the commonest words of a question are left
out, which tell least: what holds "child" is most of a library."""
RANKED_BEFORE = 2
"""For every text that is wanted so many are taken by Postgres's own ranking, and of these the best
by BM25."""
LABELS = "DCBA"
"""How rare a word is, from common to rare. Postgres's ranking knows no rarity of its own, but words
may have one of four labels, and each label its weight."""
LABEL_WEIGHTS = (0.125, 0.375, 0.625, 0.875)
"""In the middle of each quarter of what BM25 gives the rarest word."""
MOST_TIMES = 255
"""So many places of a word are kept in a `tsvector`."""
KEPT = 3
SPARED = timedelta(days=1)
"""The tables of a content go when KEPT others were opened after it, and this is longer ago: a
server that goes over to the newest edition a little later than the others still needs its own."""

NO_EXTENSION = (
    "FP_SEARCH_ENGINE=postgres: the database has no pgvector from 0.7 on, and this account may not"
    " add it. Let an administrator of the database run: CREATE EXTENSION vector"
)

HAS_HALF_VECTORS = select(func.to_regtype("halfvec").is_not(None))

metadata = MetaData()
contents = Table(
    "search_contents",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("opened_at", DateTime(timezone=True), nullable=False),
)
word_stores = Table(
    "search_word_stores",
    metadata,
    Column("table_name", String(63), primary_key=True),
    Column("texts", Integer, nullable=False),
    Column("mean_length", Double, nullable=False, comment="in words"),
)


@cache
def in_postgres(url: str) -> OpensEngine:
    """Opens engines in that database; they share its connections. Opening one raises
    UserFacingError where the database has no pgvector, and SQLAlchemyError where it fails."""
    pool = connections_to(url)
    return lambda key: PostgresEngine(pool, key)


def connections_to(url: str) -> Engine:
    pool = connected(url, CONNECTIONS)
    event.listen(pool, "connect", _look_at_enough)
    return pool


def _look_at_enough(connection: Any, _: object) -> None:
    connection.execute(f"SET hnsw.ef_search = {LOOKED_AT}")
    connection.commit()


class PostgresEngine:
    """Of one content. Safe to share between threads."""

    def __init__(self, engine: Engine, key: str) -> None:
        """`engine`: what `connections_to` gives. `key`: of the content."""
        self._engine = engine
        self._prefix = f"search_{TABLES}_{key}_"
        with _opening(engine) as connection:
            _prepare(connection)
            opened = {"opened_at": func.now()}
            again = update(contents).where(contents.c.key == self._prefix).values(opened)
            if not connection.execute(again).rowcount:
                connection.execute(insert(contents).values(key=self._prefix, **opened))
                # Only whoever brings a new content has to be allowed to drop tables.
                _drop_old(connection)

    def vectors(self, name: str, rows: VectorRows) -> PgvectorStore:
        table = Table(
            self._prefix + name,
            MetaData(),
            Column("number", Integer, primary_key=True, autoincrement=False),
            Column("vector", HALFVEC(rows.width), nullable=False),
        )
        with _opening(self._engine) as connection:
            if not inspect(connection).has_table(table.name):
                table.create(connection)
                _copy_vectors(connection, table, rows)
                if len(rows) >= EXACT_BELOW:
                    _nearest_index(table).create(connection)
                _count(connection, table)
        return PgvectorStore(self._engine, table, rows)

    def words(self, name: str, documents: Callable[[], Terms], found: Numbers) -> FullTextStore:
        table = Table(
            self._prefix + name,
            MetaData(),
            Column("number", Integer, primary_key=True, autoincrement=False),
            Column("terms", TSVECTOR, nullable=False),
            Column("length", Integer, nullable=False, comment="in words"),
            Index(f"{self._prefix}{name}_gin", "terms", postgresql_using="gin"),
        )
        rarity = Table(
            f"{table.name}_rarity",
            MetaData(),
            Column("term", Text, primary_key=True),
            Column("texts", Integer, nullable=False),
        )
        with _opening(self._engine) as connection:
            if not inspect(connection).has_table(table.name):
                table.create(connection)
                rarity.create(connection)
                _copy_words(connection, table, rarity, documents(), found)
                _count(connection, table)
            return FullTextStore(self._engine, table, Statistics.read(connection, table, rarity))


@contextmanager
def _opening(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other server which opens a content is in, and that may take its
    time."""
    with engine.begin() as connection:
        for limit in ("statement", "lock", "idle_in_transaction_session"):
            connection.execute(text(f"SET LOCAL {limit}_timeout = 0"))
        name = func.hashtext("first-principles search")
        connection.execute(select(func.pg_advisory_xact_lock(name)))
        yield connection


def _prepare(connection: Connection) -> None:
    """Raises UserFacingError where there is no pgvector."""
    if not connection.scalar(HAS_HALF_VECTORS):
        try:
            with connection.begin_nested():
                connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
        except DBAPIError:
            raise UserFacingError(NO_EXTENSION) from None
        if not connection.scalar(HAS_HALF_VECTORS):
            raise UserFacingError(NO_EXTENSION)
    metadata.create_all(connection)


def _drop_old(connection: Connection) -> None:
    newest = select(contents.c.key).order_by(contents.c.opened_at.desc()).limit(KEPT)
    is_old = contents.c.opened_at < func.now() - SPARED
    dropped = delete(contents).where(contents.c.key.not_in(newest), is_old)
    names = inspect(connection).get_table_names()
    for prefix in connection.scalars(dropped.returning(contents.c.key)).all():
        for name in (each for each in names if each.startswith(prefix)):
            Table(name, MetaData()).drop(connection)
            connection.execute(delete(word_stores).where(word_stores.c.table_name == name))


def _nearest_index(table: Table) -> Index:
    return Index(
        f"{table.name}_hnsw",
        table.c.vector,
        postgresql_using="hnsw",
        postgresql_with={"m": LINKS, "ef_construction": LINKED_FROM},
        # The vectors are of length one, so that the inner product is the cosine.
        postgresql_ops={"vector": "halfvec_ip_ops"},
    )


def _copy_vectors(connection: Connection, table: Table, rows: VectorRows) -> None:
    driver = _driver(connection)
    register_vector(driver)
    with driver.cursor().copy(_copying(table, binary=True)) as copy:
        copy.set_types(["int4", "halfvec"])
        number = 0
        for batch in rows.batches(BATCH):
            for vector in batch:
                copy.write_row((number, HalfVector(vector)))
                number += 1


def _copy_words(
    connection: Connection, table: Table, rarity: Table, documents: Terms, found: Numbers
) -> None:
    texts = Counter(term for terms in documents for term in set(terms))
    mean_length = sum(map(len, documents)) / max(len(documents), 1)
    statistics = Statistics(len(documents), mean_length, texts)
    driver = _driver(connection)
    with driver.cursor().copy(_copying(rarity)) as copy:
        for held in texts.items():
            copy.write_row(held)
    with driver.cursor().copy(_copying(table)) as copy:
        for number in map(int, found):
            terms = documents[number]
            copy.write_row((number, statistics.tsvector(terms), len(terms)))
    row = {"table_name": table.name, "texts": len(documents), "mean_length": mean_length}
    connection.execute(insert(word_stores).values(row))


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    """What `COPY` needs, which SQLAlchemy does not have."""
    driver: Any = connection.connection.driver_connection
    opened: psycopg.Connection[Any] = driver
    return opened


def _count(connection: Connection, table: Table) -> None:
    """Until Postgres has counted what stands in a new table, it guesses how to read it."""
    name = connection.dialect.identifier_preparer.format_table(table)
    connection.execute(text(f"ANALYZE {name}"))


def _copying(table: Table, *, binary: bool = False) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    form = sql.SQL("binary" if binary else "text")
    return sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT {})").format(
        sql.Identifier(table.name), columns, form
    )


@dataclass(frozen=True)
class Statistics:
    """How many texts there are, their mean length in words, and how many hold each term."""

    texts: int
    mean_length: float
    holding: Mapping[str, int]

    @classmethod
    def read(cls, connection: Connection, table: Table, rarity: Table) -> Statistics:
        stored = connection.execute(
            select(word_stores.c.texts, word_stores.c.mean_length).where(
                word_stores.c.table_name == table.name
            )
        ).one()
        held = connection.execute(select(rarity.c.term, rarity.c.texts))
        return cls(stored.texts, stored.mean_length, dict(held.all()))

    def weight(self, term: str) -> float:
        """BM25's for how rare it is, as Lucene has it."""
        holding = self.holding[term]
        return math.log(1 + (self.texts - holding + 0.5) / (holding + 0.5))

    def tsvector(self, terms: Sequence[str]) -> str:
        """Made by hand, for they are stemmed: `to_tsvector` would cut "s&g" in two. Its places only
        say how often a term stands there."""
        return " ".join(
            f"'{term}':" + ",".join(f"{place}{label}" for place in range(1, kept + 1))
            for term, times in Counter(terms).items()
            for kept, label in [(min(times, MOST_TIMES), self._label(term))]
        )

    def _label(self, term: str) -> str:
        rarest = math.log(1 + (self.texts - 0.5) / 1.5)
        quarter = int(len(LABELS) * self.weight(term) / rarest)
        return LABELS[min(quarter, len(LABELS) - 1)]


class PgvectorStore:
    """Which are near Postgres says, of vectors in half precision; how near, the vectors do."""

    def __init__(self, engine: Engine, table: Table, rows: VectorRows) -> None:
        self._engine = _reading(engine)
        self._table = table
        self._rows = rows

    def nearest(self, vector: Vectors, count: int) -> tuple[Numbers, Vectors]:
        distance = self._table.c.vector.max_inner_product(vector)
        query = select(self._table.c.number).order_by(distance).limit(count)
        with self._engine.connect() as connection:
            found = np.array(connection.scalars(query).all(), dtype=np.int64)
        likeness = self._rows[found] @ vector
        order = np.argsort(-likeness, kind="stable")
        return found[order], likeness[order]


class FullTextStore:
    def __init__(self, engine: Engine, table: Table, statistics: Statistics) -> None:
        self._engine = _reading(engine)
        self._table = table
        self._statistics = statistics

    def matches(self, terms: Sequence[str]) -> FullTextMatches:
        """A term that is asked for twice counts twice, as in BM25."""
        known = Counter(term for term in terms if term in self._statistics.holding)
        weights = {term: n * self._statistics.weight(term) for term, n in known.items()}
        return FullTextMatches(self._engine, self._table, self._statistics, weights)


@dataclass(frozen=True)
class FullTextMatches:
    """`weights`: of each term that is asked for and known."""

    engine: Engine
    table: Table
    statistics: Statistics
    weights: Mapping[str, float]

    def best(self, count: int) -> Numbers:
        rare = self._rare()
        if not rare:
            return np.zeros(0, dtype=np.int64)
        query = cast(literal(" | ".join(f"'{term}'" for term in rare)), TSQUERY)
        terms = self.table.c.terms
        rank = func.ts_rank(cast(list(LABEL_WEIGHTS), ARRAY(REAL)), terms, query)
        ranked = (
            select(self.table.c.number)
            .where(terms.bool_op("@@")(query))
            .order_by(rank.desc())
            .limit(RANKED_BEFORE * count)
        )
        scored = self._scored().where(self.table.c.number.in_(ranked))
        with self.engine.connect() as connection:
            found = connection.scalars(scored.order_by(text("score DESC")).limit(count))
            return np.array(found.all(), dtype=np.int64)

    def scores(self, numbers: Numbers) -> Vectors:
        scores = np.zeros(len(numbers), dtype=np.float32)
        if not self.weights or not len(numbers):
            return scores
        asked = self.table.c.number == any_(cast(numbers.tolist(), ARRAY(Integer)))
        with self.engine.connect() as connection:
            for number, score in connection.execute(self._scored().where(asked)):
                scores[numbers == number] = score
        return scores

    def _rare(self) -> list[str]:
        """The rarest of the terms, of which no more than MOST_MATCHED texts hold any."""
        by_rarity = sorted(self.weights, key=self.statistics.holding.__getitem__)
        held = accumulate(self.statistics.holding[term] for term in by_rarity)
        return [
            term for term, so_far in zip(by_rarity, held, strict=True) if so_far <= MOST_MATCHED
        ]

    def _scored(self) -> Select[Any]:
        """The number and the BM25 score of every text that holds any of the terms."""
        held = func.unnest(self.table.c.terms).table_valued("lexeme", "positions").lateral()
        asked = (
            func.unnest(
                cast(list(self.weights), ARRAY(Text)), cast([*self.weights.values()], ARRAY(Double))
            )
            .table_valued(Column("term", Text), Column("weight", Double))
            .render_derived()
        )
        times = func.cardinality(held.c.positions)
        length = self.table.c.length / max(self.statistics.mean_length, 1.0)
        part = asked.c.weight * times / (times + K1 * (1 - B + B * length))
        return (
            select(self.table.c.number, func.sum(part).label("score"))
            .select_from(self.table.join(held, true()).join(asked, asked.c.term == held.c.lexeme))
            .group_by(self.table.c.number)
        )


def _reading(engine: Engine) -> Engine:
    """Each query alone, with no transaction to begin and end."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")
