from __future__ import annotations

from knowledge.importing import ProposedPassage
from knowledge.revision.references import new_references
from tests.knowledge.revision.making import new, old

LIST = [
    old("1", "Tell someone", reference="§1.1"),
    old("1.b1", "the lead", reference="§1.1 bullet 1", lead_in="Tell:"),
    old("1.b2", "the manager", reference="§1.1 bullet 2", lead_in="Tell:"),
]


def items(*said: str, lead_in: str = "Tell:") -> list[ProposedPassage]:
    return [new("2.1", "Tell someone"), *(new(None, each, lead_in=lead_in) for each in said)]


def test_a_persons_name_for_an_item_follows_the_number_above_it() -> None:
    found = new_references(LIST, items("the lead", "the manager"), {0: 0, 1: 1, 2: 2})
    assert found == ("§2.1", "§2.1 bullet 1", "§2.1 bullet 2")
    other = items("the lead", "the manager", lead_in="You must tell:")
    assert new_references(LIST, other, {0: 0, 1: 1, 2: 2}) == found


def test_where_an_item_was_put_in_the_place_is_shown_as_the_names_may_be_wrong() -> None:
    found = new_references(LIST, items("the police", "the lead", "the manager"), {0: 0, 1: 2, 2: 3})
    assert found == ("§2.1", "¶ 2", "¶ 3", "¶ 4")


def test_a_name_with_a_number_that_nothing_tells_of_is_not_kept_where_numbers_change() -> None:
    was = [LIST[0], old("note", "Important", reference="§1 Note")]
    now = [new("2.1", "Tell someone"), new(None, "Important")]
    assert new_references(was, now, {0: 0, 1: 1}) == ("§2.1", "¶ 2")
    now = [new("1.1", "Tell someone"), new(None, "Important")]
    assert new_references(was, now, {0: 0, 1: 1}) == ("§1.1", "§1 Note")
