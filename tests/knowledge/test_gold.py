from __future__ import annotations

import pytest

from knowledge.gold import Gold, GoldCheck
from knowledge.relations import quoted_whole
from tests.shipped import LIBRARY, RELATIONS

GOLD = GoldCheck(LIBRARY, RELATIONS)
PASSAGE = "000.p1"
WORDS = LIBRARY.quote(PASSAGE).text[:60]


@pytest.mark.parametrize(
    ("gold", "hit"),
    [
        (Gold(doc="000", quote=WORDS), True),
        (Gold(doc="000", quote=WORDS, grade=1), True),
        (Gold(doc="000", quote=WORDS.replace(" ", "\u00a0\n")), True),
        (Gold(doc="000", quote=WORDS.upper()), False),
        (Gold(doc="001", quote=WORDS), False),
    ],
)
def test_words_are_hit_where_the_quotation_and_its_citation_hold_them(
    gold: Gold, hit: bool
) -> None:
    assert GOLD.hit(LIBRARY.quote(PASSAGE), [gold], []) == hit


def test_words_of_the_lead_in_count_and_run_on_into_the_item() -> None:
    quote = next(found for found in map(LIBRARY.quote, LIBRARY.order) if found.lead_in)
    assert quote.lead_in
    words = f"{quote.lead_in[-15:]} {quote.text[:15]}"
    assert GOLD.hit(quote, [Gold(doc=quote.citation.document_id, quote=words)], [])


def test_a_passage_is_hit_by_its_id_also_where_a_part_is_shown() -> None:
    part = LIBRARY.quote(PASSAGE).model_copy(update={"text": WORDS})
    assert GOLD.hit(part, [], ["001.LC", PASSAGE])
    assert not GOLD.hit(part, [], ["001.LC"])


def test_a_passage_is_hit_by_one_that_says_the_same() -> None:
    one, other, *_ = sorted(RELATIONS.same[0])
    assert GOLD.hit(LIBRARY.quote(one), [], [other])


def test_an_item_is_hit_by_its_list_quoted_whole_and_not_by_the_opening_alone() -> None:
    listed = next(
        each for each in RELATIONS.lists if each.passage_id not in each.members and each.items
    )
    item = listed.items[-1]
    assert GOLD.hit(quoted_whole(listed, LIBRARY), [], [item])
    assert not GOLD.hit(LIBRARY.quote(listed.passage_id), [], [item])


def test_what_the_source_does_not_hold_is_not_verbatim() -> None:
    quote = LIBRARY.quote(PASSAGE)
    assert GOLD.verbatim(quote)
    assert not GOLD.verbatim(quote.model_copy(update={"text": f"{quote.text} Indeed."}))
    assert not GOLD.verbatim(quote.model_copy(update={"passage_id": "009.x"}))
