"""A mark beside each question and count, to tell several that asked from one that asked often."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date, Integer, String, Text, column, literal, select, table

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """What is there has no mark: nobody knows whose it was."""
    _remade(
        "asked_questions",
        Column("day", Date, primary_key=True),
        Column("text", String(120), primary_key=True, comment="redacted and normalised"),
        Column("kind", String(20), primary_key=True),
        Column("area", String(80), primary_key=True),
        Column("edition", String(20), primary_key=True),
        Column("mark", String(16), primary_key=True, comment="of a conversation, one way"),
        Column("passages", Text, nullable=False, comment="ids of those shown last"),
        Column("times", Integer, nullable=False),
    )
    _remade(
        "usage_counts",
        Column("day", Date, primary_key=True),
        Column("area", String(80), primary_key=True),
        Column("edition", String(20), primary_key=True),
        Column("event", String(20), primary_key=True),
        Column("flow", String(80), primary_key=True),
        Column("mark", String(16), primary_key=True, comment="of a conversation, one way"),
        Column("times", Integer, nullable=False),
    )


def _remade(name: str, *columns: Column[object]) -> None:
    """SQLite cannot change what a row is known by."""
    before = f"{name}_before_marks"
    op.rename_table(name, before)
    made = op.create_table(name, *columns)
    names = [each.name for each in columns]
    kept = [literal("") if each == "mark" else column(each) for each in names]
    op.execute(made.insert().from_select(names, select(*kept).select_from(table(before))))
    op.drop_table(before)
