"""The off switch of every server of the database."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, String, Text

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "off_switch",
        Column("since", Integer, primary_key=True, autoincrement=False),
        Column("reason", Text, nullable=False),
        Column("who", String(120), nullable=False),
    )
