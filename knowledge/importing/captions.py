"""The captions of tables: they head the rows and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from knowledge.importing.block import TABLE_HEADING, Block

CAPTION = re.compile(r"table\s+[A-Z]?\d+(?:\.\d+)*\b", re.IGNORECASE)
MOST_WORDS = 25
NAMES_TABLE = "names the table above; it says nothing alone"


def with_captions(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each caption as a heading that ends with its table."""
    read = list(blocks)
    in_table = [block.kind in ("head", "row") for block in read]
    for block, above, below in zip(read, [False, *in_table], [*in_table[1:], False], strict=False):
        if not _may_be_caption(block):
            yield block
        elif below:
            yield replace(block, kind="heading", level=TABLE_HEADING)
        else:
            yield replace(block, why=NAMES_TABLE) if above else block


def _may_be_caption(block: Block) -> bool:
    typed = block.kind == "paragraph" or (block.kind == "heading" and block.level >= 3)
    return typed and not block.why and block.words <= MOST_WORDS and bool(CAPTION.match(block.text))
