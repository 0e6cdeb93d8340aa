"""A quiz has a day of its better result, and one of its last answers: its refresher counts from it.

Of a result from before there were two, both are the one that was kept.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("learner_results", sa.Column("answered", sa.Date, nullable=True))
