"""A quiz has a day of its better result, and one of its last answers: its refresher counts from it.

Of a result from before there were two, both are the one that was kept.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Date

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    comment = "none before there were two days: it is that of `finished`"
    op.add_column("learner_results", Column("answered", Date, comment=comment))
