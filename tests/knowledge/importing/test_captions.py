from __future__ import annotations

from knowledge.importing.block import TABLE_HEADING, Block
from knowledge.importing.captions import NAMES_TABLE, with_captions

CAPTION, ROW = Block("paragraph", "Table 2: Time limits"), Block("row", "Visit | 2 days")


def test_a_caption_heads_the_table_below_it_or_names_the_one_above() -> None:
    above, _ = with_captions([CAPTION, ROW])
    assert (above.kind, above.level) == ("heading", TABLE_HEADING)
    _, below = with_captions([ROW, CAPTION])
    assert below.why == NAMES_TABLE


def test_a_sentence_about_a_table_is_quoted() -> None:
    sentence = Block("paragraph", "Table 2 is used. Staff wait.")
    read = list(with_captions([sentence, Block("paragraph", "Stay.")]))
    assert read[0] is sentence
