"""The time where the readers are."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/London")


def local_time() -> datetime:
    return datetime.now(LOCAL)
