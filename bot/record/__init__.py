"""The decision record: what was asked, answered and quoted, with room for what a person adds.

It is made in memory from the outcome of a finished walk, handed over, and stored nowhere.
"""

from __future__ import annotations

from bot.record.render import Format, Record, RecordRenderer
from bot.record.stamp import Stamp, sources_of, sources_version

__all__ = ["Format", "Record", "RecordRenderer", "Stamp", "sources_of", "sources_version"]
