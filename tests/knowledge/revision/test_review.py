"""What was accepted, assigned and signed, and what opens it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.errors import ContentError, Location
from knowledge.revision import CitingPlace
from knowledge.revision.open_places import (
    OpenPlace,
    chosen,
    open_places,
    with_accepted,
    with_assigned,
    with_opened,
)
from knowledge.revision.review import Acceptance, Assignment, Review, read_review, write_review
from knowledge.revision.sign_off import sign_off, with_signature

TODAY = date(2026, 11, 30)
ANN = Acceptance(by="ann", role="policy officer", on=TODAY)
BO = Acceptance(by="bo", role="safeguarding lead", on=TODAY)
SUMS = {"900.1": "a" * 64, "900.2": "b" * 64}
OTHER_WORDS = SUMS | {"900.1": "c" * 64}


def citation(
    cited: str = "900.1", key: str = "flow/f/o", text: str = "You may share."
) -> CitingPlace:
    return CitingPlace(
        cited, "outcome", key, "An outcome", Location("f.yaml", 1), text, Path("f.yaml")
    )


PLACE = citation()


def kinds(found: tuple[OpenPlace, ...]) -> list[str]:
    return [each.kind for each in found]


def test_a_place_is_open_until_it_is_accepted() -> None:
    review = with_opened(Review(), [PLACE], SUMS)
    assert kinds(open_places(review, [PLACE], SUMS)) == ["open"]
    assert open_places(Review(), [PLACE], SUMS) == ()
    accepted = with_accepted(review, [PLACE], SUMS, ANN)
    assert open_places(accepted, [PLACE], SUMS) == ()
    assert accepted.places[0].accepted == ANN


@pytest.mark.parametrize(
    ("place", "sums"), [(PLACE, OTHER_WORDS), (citation(text="You may not share."), SUMS)]
)
def test_a_change_of_either_text_opens_it_again(place: CitingPlace, sums: dict[str, str]) -> None:
    accepted = with_accepted(Review(), [PLACE], SUMS, ANN)
    assert kinds(open_places(accepted, [place], sums)) == ["reopened"]
    assert open_places(with_accepted(accepted, [place], sums, BO), [place], sums) == ()


def test_another_quotation_mark_opens_nothing() -> None:
    accepted = with_accepted(Review(), [PLACE], SUMS, ANN)
    assert open_places(accepted, [citation(text="You may — share")], SUMS) == ()


def test_an_edited_place_stays_open_and_says_so() -> None:
    review = with_opened(Review(), [PLACE], SUMS)
    assert kinds(open_places(review, [citation(text="Ask first.")], SUMS)) == ["edited"]


def test_a_place_that_no_longer_cites_the_passage_is_settled() -> None:
    review = with_opened(Review(), [PLACE], SUMS)
    assert open_places(review, [citation("900.2")], SUMS) == ()
    assert open_places(review, [], SUMS) == ()


def test_opening_again_keeps_who_it_was_given_to_and_what_was_accepted_for_these_words() -> None:
    given = Assignment(to="cy", by="ann", on=TODAY)
    review = with_assigned(with_opened(Review(), [PLACE], SUMS), [PLACE], SUMS, given)
    review = with_accepted(review, [citation("900.2")], SUMS, ANN)
    again = with_opened(review, [PLACE, citation("900.2")], OTHER_WORDS)
    (found,) = open_places(again, [PLACE, citation("900.2")], OTHER_WORDS)
    assert (found.kind, found.assigned) == ("open", given)


def test_places_are_chosen_by_name() -> None:
    other = citation(key="card/c")
    assert chosen([PLACE, other], ["card/c"]) == (other,)
    with pytest.raises(ContentError, match="card/x: there is no such place"):
        chosen([PLACE, other], ["card/c", "card/x"])


def test_a_review_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "documents" / "900").mkdir(parents=True)
    assert read_review(tmp_path, "900") == Review()
    review = with_assigned(
        with_accepted(Review(), [PLACE], SUMS, ANN),
        [citation("900.2")],
        SUMS,
        Assignment(to="cy", by="ann", on=TODAY),
    )
    review = with_signature(review, DOCUMENT, BO)
    write_review(tmp_path, "900", review)
    assert read_review(tmp_path, "900") == review


DOCUMENT = Document(
    id="900",
    title="A policy",
    publisher="p",
    certainty="A",
    area=None,
    version="1",
    year=None,
    sha256="d" * 64,
    text="text",
)


def test_a_change_of_the_text_asks_for_a_new_signature() -> None:
    assert sign_off(Review(), DOCUMENT).kind == "missing"
    signed = with_signature(Review(), DOCUMENT, ANN)
    assert sign_off(signed, DOCUMENT).kind == "signed"
    changed = replace(DOCUMENT, sha256="e" * 64)
    assert sign_off(signed, changed).kind == "reopened"
    assert sign_off(with_signature(signed, changed, ANN), changed).kind == "signed"


def test_two_different_people_sign_what_needs_two() -> None:
    document = replace(DOCUMENT, needs_two=True)
    once = with_signature(Review(), document, ANN)
    assert sign_off(once, document).kind == "needs_another"
    with pytest.raises(ContentError, match="Ann has signed this text already; it needs a second"):
        with_signature(once, document, ANN.model_copy(update={"by": "Ann", "role": "other"}))
    assert sign_off(with_signature(once, document, BO), document).kind == "signed"
