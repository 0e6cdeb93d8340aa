"""The tables as they were first.

A database from before there were versions has them already, or those that its settings asked for.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, String, Text

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        Column("id", String(40), primary_key=True),
        Column("token_hash", String(64), nullable=False, unique=True),
        Column("area", String(80)),
        Column("mode", String(20), nullable=False),
        Column("expires_at", Integer, nullable=False),
        Column("seen_at", Integer, nullable=False),
        Column("turns", Integer, nullable=False),
        Column("held", Text, comment="redacted text that a safety message held back"),
        Column(
            "stop",
            Integer,
            nullable=False,
            comment="the turn that wants the open flow stopped, or 0",
        ),
        if_not_exists=True,
    )
    op.create_index("ix_conversations_seen_at", "conversations", ["seen_at"], if_not_exists=True)
    op.create_table(
        "turns",
        _conversation_id(),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("said", Text, comment="redacted"),
        Column("choice", String(200)),
        Column("messages", Text, nullable=False, comment="JSON, as the contract has them"),
        Column("offers", Text, nullable=False, comment="choice ids on offer, one a line"),
        Column("key_hash", String(64)),
        Column("at", Integer, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "feedback",
        _conversation_id(),
        Column("turn", Integer, primary_key=True, autoincrement=False),
        Column("rating", String(20), nullable=False),
        Column("reason", String(40)),
        Column("at", Integer, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "ended_sessions",
        Column("id_hash", String(64), primary_key=True),
        Column("until", Integer, nullable=False, comment="when it would be over anyway"),
        if_not_exists=True,
    )
    op.create_index("ix_ended_sessions_until", "ended_sessions", ["until"], if_not_exists=True)
    op.create_table(
        "learners",
        Column("id", String(64), primary_key=True),
        Column("last_used", DateTime(timezone=True), nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "learner_results",
        Column(
            "learner",
            String(64),
            ForeignKey("learners.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        Column("module", String(64), primary_key=True),
        Column("finished", Date, nullable=False),
        Column("score", Integer, nullable=False),
        Column("asked", Integer, nullable=False),
        Column("missed", String(512), nullable=False),
        Column("version", String(12), nullable=False),
        if_not_exists=True,
    )


def _conversation_id() -> Column[str]:
    return Column(
        "conversation_id",
        String(40),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        primary_key=True,
    )
