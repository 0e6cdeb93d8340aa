"""Questions that were not answered, what became of each, and counts by the day."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, Integer, String, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "asked_questions",
        Column("day", Date, primary_key=True),
        Column("text", String(120), primary_key=True, comment="redacted and normalised"),
        Column("kind", String(20), primary_key=True),
        Column("area", String(80), primary_key=True),
        Column("edition", String(20), primary_key=True),
        Column("passages", Text, nullable=False, comment="ids of those shown last"),
        Column("times", Integer, nullable=False),
    )
    op.create_table(
        "settled_questions",
        Column("text", String(120), primary_key=True, comment="redacted and normalised"),
        Column("how", String(20), nullable=False),
        Column("settled_on", Date, nullable=False),
    )
    op.create_table(
        "usage_counts",
        Column("day", Date, primary_key=True),
        Column("area", String(80), primary_key=True),
        Column("edition", String(20), primary_key=True),
        Column("event", String(20), primary_key=True),
        Column("flow", String(80), primary_key=True),
        Column("times", Integer, nullable=False),
    )
