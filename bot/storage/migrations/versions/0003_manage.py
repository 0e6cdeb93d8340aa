"""Who may look after the content: accounts, sign-ins and what was done by whom."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "manage_accounts",
        Column("name", String(64), primary_key=True),
        Column("display_name", String(120), nullable=False),
        Column("role", String(20), nullable=False),
        Column("password_hash", String(200), nullable=False),
        Column("must_change", Boolean, nullable=False, comment="the password was given by another"),
        Column("disabled", Boolean, nullable=False),
        Column("created_at", Integer, nullable=False),
        Column("signed_in_at", Integer),
    )
    op.create_table(
        "manage_sign_ins",
        Column("id_hash", String(64), primary_key=True),
        Column("account", String(64), ForeignKey("manage_accounts.name", ondelete="CASCADE")),
        Column("person", String(120), nullable=False),
        Column("role", String(20), nullable=False),
        Column("since", Integer, nullable=False),
        Column("seen_at", Integer, nullable=False),
    )
    op.create_index("ix_manage_sign_ins_since", "manage_sign_ins", ["since"])
    op.create_table(
        "manage_audit",
        Column("number", Integer, primary_key=True),
        Column("at", Integer, nullable=False),
        Column("who", String(120), nullable=False),
        Column("event", String(40), nullable=False),
        Column("detail", Text, nullable=False),
    )
    op.create_index("ix_manage_audit_at", "manage_audit", ["at"])
