from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows import Flows, match

STEP = "share_without_consent/s4"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("1", "given"),
        ("3.", "refused"),
        ("option 3", "refused"),
        ("three", "refused"),
        ("the third one", "refused"),
        ("Number three, please", "refused"),
        ("3 then", "refused"),
        ("3 then. and do I have to write minutes?", "refused"),
        ("3. and 4 really", None),
        ("seven", None),
        ("one of them", None),
        ("Refused, or withdrawn", "refused"),
        ("refused or withdrawn", "refused"),
        ("No, she said no!", "refused"),
        ("She DID consent", "given"),
        ("can’t get hold of them", "cannot_ask"),
        ("she didn’t answer", None),
        ("no dad refused", "refused"),
        ("yes she consented", "given"),
        ("no consent given", None),
        ("0", None),
        ("6", None),
        ("99", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("???", None),
        ("yes", None),
        ("maybe", None),
        ("step:share_without_consent/s4/given", None),
    ],
)
def test_a_reply_is_a_number_a_label_or_a_declared_wording(
    flows: Flows, text: str, option: str | None
) -> None:
    found = match.said(text, flows.step(STEP))
    assert (found.id if found else None) == option


@given(st.text(max_size=40))
def test_other_words_are_never_taken_for_an_option(flows: Flows, text: str) -> None:
    step = flows.step(STEP)
    found = match.said(text, step)
    if found:
        known = {match.folded(each) for each in (found.label, *found.also)}
        assert match.folded(text) in known or match.number(text) == step.options.index(found) + 1


def near(**scores: float) -> match.Similarity:
    return lambda text, phrases: [scores.get(phrase.replace(" ", "_"), 0.0) for phrase in phrases]


def test_a_paraphrase_needs_to_be_close_and_clear_of_the_next(flows: Flows) -> None:
    step = flows.step(STEP)
    taken = match.meant("mum is against it", step, near(she_refused=0.9))
    assert taken
    assert taken.id == "refused"
    assert match.meant("mum is against it", step, near(she_refused=match.CLEAR - 0.01)) is None
    both = near(she_refused=0.9, she_agreed=0.9 - match.MARGIN / 2)
    assert match.meant("mum is against it", step, both) is None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [("she did not consent", "she_did_consent"), ("she has agreed now", "not_asked")],
)
def test_a_paraphrase_that_differs_by_a_not_is_not_taken(
    flows: Flows, text: str, phrase: str
) -> None:
    assert match.meant(text, flows.step(STEP), near(**{phrase: 0.95})) is None


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("no everyone is safe", "no"),
        ("yes everyone is safe", None),
        ("no not sure", None),
        ("No one's in danger", None),
        ("nobody’s in danger", None),
        ("I’m not sure", "unsure"),
        ("it's not", None),
    ],
)
def test_a_yes_or_a_no_may_come_first_and_words_may_be_shortened(
    flows: Flows, text: str, option: str | None
) -> None:
    found = match.said(text, flows.step("share_without_consent/s1"))
    assert (found.id if found else None) == option


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("no hes safe at school", "no"),
        ("no, he is not safe", None),
        ("no he is not safe", None),
        ("no one saw it", None),
        ("no idea where he is", None),
    ],
)
def test_what_follows_a_no_must_lean_the_same_way(
    flows: Flows, text: str, option: str | None
) -> None:
    leaning = near(everyone_is_safe=match.LEANING)
    found = match.meant(text, flows.step("share_without_consent/s1"), leaning)
    assert (found.id if found else None) == option
    assert match.meant(text, flows.step("share_without_consent/s1"), near()) is None


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("no, she is at school", "no"),
        ("Good heavens, no. The children are out on the green", "no"),
        ("I said yes. yes", "yes"),
        ("No!! just want to know where to go", "no"),
        ("no. well not that I know of", "no"),
        ("no i dont think so. he's in maths. he was laughing about it", "no"),
        ("yes - he is outside with a knife", "yes"),
        ("Yes. It is happening now", "yes"),
        ("no, but dad is on his way", None),
        ("no, I do not know", None),
        ("no, yes", None),
        ("yes, maybe", None),
        ("3, I think", None),
        ("she is at school, no", None),
    ],
)
def test_an_answer_may_be_explained_but_not_taken_back(
    flows: Flows, text: str, option: str | None
) -> None:
    found = match.meant(text, flows.step("share_without_consent/s1"), near())
    assert (found.id if found else None) == option


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("its marks on her legs, mum said dog, put not sure", "unsure"),
        ("where were we, the answer is not sure", "unsure"),
        ("its fine, the child is safe", "no"),
        ("no, I do not think she is safe", None),
        ("not sure, yes it is happening now", None),
        ("Well not sure is the honest answer. He flinches, but no bruises that I saw", "unsure"),
        ("sigh. 3", "no"),
        ("i think 2, 3", None),
        ("he went to his nans, no", None),
        ("she has marks, but not sure", None),
        ("two marks, 3", None),
    ],
)
def test_a_part_of_a_longer_reply_may_answer(flows: Flows, text: str, option: str | None) -> None:
    found = match.meant(text, flows.step("new_concern/s1"), near())
    assert (found.id if found else None) == option


def test_who_is_not_sure_may_lean_to_either_side(flows: Flows) -> None:
    leaning = near(everyone_is_safe=match.LEANING)
    found = match.meant("not sure, because of dad", flows.step("new_concern/s1"), leaning)
    assert found
    assert found.id == "unsure"


@pytest.mark.parametrize(
    ("text", "count", "where"),
    [
        ("2", 3, 2),
        ("number two", 3, 2),
        ("the second one please", 3, 2),
        ("I'd like the first one", 2, 1),
        ("option one", 2, 1),
        ("the last one", 3, 3),
        ("not that one, the other", 2, 2),
        ("the other one", 3, None),
        ("4", 3, None),
        ("the second visit", 3, None),
        ("yes", 2, None),
        ("", 2, None),
    ],
)
def test_a_place_in_a_list(text: str, count: int, where: int | None) -> None:
    assert match.place(text, count) == where
    assert match.place_first(text, count) == where


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("ok ill do the first one, worried about a child", 1),
        ("go with the second one, the one about parents please", 2),
        ("one, they are late", None),
        ("the first visit, on Monday", None),
    ],
)
def test_a_place_may_be_explained(text: str, where: int | None) -> None:
    assert match.place_first(text, 2) == where


@pytest.mark.parametrize(
    ("text", "more_than_one"),
    [("2. and 3 really", True), ("1 or 2", True), ("3", False), ("2 of 15", False), ("", False)],
)
def test_several_numbers_do_not_say_which(text: str, more_than_one: bool) -> None:
    assert match.several(text) is more_than_one


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("well dad has offered, he will be sat there", True),
        ("I just answered that", True),
        ("I want to know about consent", False),
        ("I asked what happens", False),
        ("consent and fathers", False),
    ],
)
def test_who_tells_of_the_case_asks_nothing(text: str, telling: bool) -> None:
    assert match.tells(text) is telling


@pytest.mark.parametrize(
    ("text", "no"),
    [
        ("well no, hes here with us doing playdough, though she does drive him home", True),
        ("Good grief, nope", True),
        ("I did say no. Never mind", True),
        ("i dont think so", True),
        ("nobody saw it", False),
        ("not sure", False),
        ("he is here. no", False),
    ],
)
def test_who_begins_with_a_no_denies(text: str, no: bool) -> None:
    assert match.denies(text) is no
