"""Every table of the gateway. A change here needs a migration: `upgrade` says how."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()


def _conversation_id() -> Column[str]:
    return Column(
        "conversation_id",
        String(40),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    )


def _mark() -> Column[str]:
    """So that it can be told whether several asked. Empty for what was counted before there was
    one."""
    return Column("mark", String(16), primary_key=True, comment="of a conversation, one way")


conversations = Table(
    "conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("area", String(80)),
    Column("mode", String(20), nullable=False),
    Column("expires_at", Integer, nullable=False),
    Column("seen_at", Integer, nullable=False, index=True),
    Column("turns", Integer, nullable=False),
    Column("held", Text, comment="redacted text that a safety message held back"),
    Column(
        "stop", Integer, nullable=False, comment="the turn that wants the open flow stopped, or 0"
    ),
)
turns = Table(
    "turns",
    metadata,
    _conversation_id(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("said", Text, comment="redacted"),
    Column("choice", String(200)),
    Column("messages", Text, nullable=False, comment="JSON, as the contract has them"),
    Column("offers", Text, nullable=False, comment="choice ids on offer, one a line"),
    Column("key_hash", String(64)),
    Column("at", Integer, nullable=False),
)
one_turn_a_key = Index("one_turn_a_key", turns.c.conversation_id, turns.c.key_hash, unique=True)
feedback = Table(
    "feedback",
    metadata,
    _conversation_id(),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    Column("rating", String(20), nullable=False),
    Column("reason", String(40)),
    Column("at", Integer, nullable=False),
)
ended_sessions = Table(
    "ended_sessions",
    metadata,
    Column("id_hash", String(64), primary_key=True),
    Column("until", Integer, nullable=False, index=True, comment="when it would be over anyway"),
)
off_switch = Table(
    "off_switch",
    metadata,
    Column("since", Integer, primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
    Column("who", String(120), nullable=False),
)
learners = Table(
    "learners",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("last_used", DateTime(timezone=True), nullable=False),
)
learner_results = Table(
    "learner_results",
    metadata,
    Column("learner", ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True),
    Column("module", String(64), primary_key=True),
    Column("finished", Date, nullable=False),
    Column("score", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("missed", String(512), nullable=False),
    Column("version", String(12), nullable=False),
    Column("answered", Date, comment="none before there were two days: it is that of `finished`"),
)
asked_questions = Table(
    "asked_questions",
    metadata,
    Column("day", Date, primary_key=True),
    Column("text", String(120), primary_key=True, comment="redacted and normalised"),
    Column("kind", String(20), primary_key=True),
    Column("area", String(80), primary_key=True),
    Column("edition", String(20), primary_key=True),
    _mark(),
    Column("passages", Text, nullable=False, comment="ids of those shown last"),
    Column("times", Integer, nullable=False),
)
settled_questions = Table(
    "settled_questions",
    metadata,
    Column("text", String(120), primary_key=True, comment="redacted and normalised"),
    Column("how", String(20), nullable=False),
    Column("settled_on", Date, nullable=False),
)
usage_counts = Table(
    "usage_counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("area", String(80), primary_key=True),
    Column("edition", String(20), primary_key=True),
    Column("event", String(20), primary_key=True),
    Column("flow", String(80), primary_key=True),
    _mark(),
    Column("times", Integer, nullable=False),
)
manage_accounts = Table(
    "manage_accounts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("display_name", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("must_change", Boolean, nullable=False, comment="the password was given by another"),
    Column("disabled", Boolean, nullable=False),
    Column("created_at", Integer, nullable=False),
    Column("signed_in_at", Integer),
)
manage_sign_ins = Table(
    "manage_sign_ins",
    metadata,
    Column("id_hash", String(64), primary_key=True),
    Column("account", ForeignKey("manage_accounts.name", ondelete="CASCADE")),
    Column("person", String(120), nullable=False),
    Column("role", String(20), nullable=False),
    Column("since", Integer, nullable=False, index=True),
    Column("seen_at", Integer, nullable=False),
)
manage_audit = Table(
    "manage_audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", Integer, nullable=False, index=True),
    Column("who", String(120), nullable=False),
    Column("event", String(40), nullable=False),
    Column("detail", Text, nullable=False),
)
