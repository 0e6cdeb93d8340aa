"""How much a file may ask of this machine."""

from __future__ import annotations

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

READ_MEMORY_BYTES = 1500 * MEGABYTE
"""Address space of the process that reads a file."""

READ_SECONDS = 900
STEP_SECONDS = 60
"""For a page of a PDF, for any other file as a whole, and for making passages of what was read."""

MAX_ANSWER_BYTES = 64 * MEGABYTE
"""Of a proposed document, as the process hands it on."""

MAX_PDF_PAGES = 2000
MAX_WORDS_PER_PAGE = 20_000
