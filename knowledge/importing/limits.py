"""How much a file may ask of this machine."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

MAX_BYTES = 50 * MEGABYTE
"""Of a file, as it was sent."""

MAX_TEXT_BYTES = 10 * MEGABYTE
"""Of a web page or a text, which have no pictures inside."""

MAX_MARKUP = 15_000
"""A paragraph with more letters is kept as it is, with whatever marks stand in it."""

MAX_UNPACKED_BYTES = 200 * MEGABYTE
"""Of all parts of a Word document together."""

MAX_RATIO = 200
"""Unpacked to packed bytes of one part. XML that people wrote stays below 50."""

SMALL_PART_BYTES = MEGABYTE
"""A part up to this size is harmless, whatever its ratio."""

MAX_PARTS = 5000

MAX_PDF_PAGES = 2000
MAX_WORDS_PER_PAGE = 20_000


@dataclass(frozen=True)
class ReadingLimits:
    """How much the process that reads a file may take.

    `memory_bytes` is its address space, `answer_bytes` a proposed document as it hands it on.
    `step_seconds` are for a page of a PDF, for any other file as a whole, and for making passages
    of what was read.
    """

    memory_bytes: int = 1500 * MEGABYTE
    seconds: int = 900
    step_seconds: float = 60
    answer_bytes: int = 64 * MEGABYTE


READING = ReadingLimits()
