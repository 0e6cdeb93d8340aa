"""A key belongs to one turn of its conversation. Of several turns the first keeps it."""

from __future__ import annotations

from alembic import op
from sqlalchemy import column, exists, table, update

revision = "0002"
down_revision = "0001"

turns = table("turns", column("conversation_id"), column("number"), column("key_hash"))


def upgrade() -> None:
    first = turns.alias()
    is_later = exists().where(
        first.c.conversation_id == turns.c.conversation_id,
        first.c.key_hash == turns.c.key_hash,
        first.c.number < turns.c.number,
    )
    op.execute(update(turns).where(is_later).values(key_hash=None))
    op.create_index(
        "one_turn_a_key",
        "turns",
        ["conversation_id", "key_hash"],
        unique=True,
        # A database from before there were versions may have it.
        if_not_exists=True,
    )
