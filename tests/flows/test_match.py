from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows import Flows, match
from tests.shipped import FLOWS

STEP = "share_without_consent/s4"
DANGER = "share_without_consent/s1"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("yes I would think so, he is not to know where they are", "yes"),
        ("well yeah obviously", "yes"),
        ("yesterday it was bad", None),
        ("no, yes", None),
        ("not sure", None),
    ],
)
def test_a_text_that_begins_with_a_yes_means_no_other_option(text: str, option: str | None) -> None:
    step = FLOWS.step(DANGER)
    found = match.yes_first(text, step)
    assert (found.id if found else None) == option
    sure_of_no = match.meant(text, step, lambda _, __, labels: [float(x == "No") for x in labels])
    assert (sure_of_no is None) is (option is not None)


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


def reading(**chances: float) -> match.ReadsOptions:
    """Gives the option of each id its chance, and the others none."""
    by_label = {
        option.label: chances.get(option.id, 0.0)
        for flow in FLOWS.values()
        for step in flow.steps.values()
        for option in step.options
    }
    return lambda asked, reply, options: [by_label[each] for each in options]


def test_a_reply_is_taken_where_it_clearly_means_one_option(flows: Flows) -> None:
    step = flows.step(STEP)
    taken = match.meant("mum is against it", step, reading(refused=0.95))
    assert taken
    assert taken.id == "refused"
    assert match.meant("mum is against it", step, reading(refused=match.TAKEN - 0.01)) is None
    both = reading(refused=0.95, given=match.RIVAL)
    assert match.meant("mum is against it", step, both) is None


def test_the_first_clause_may_answer_where_the_whole_means_nothing_else_more(flows: Flows) -> None:
    step = flows.step(STEP)

    def in_the_clause(refused: float) -> match.ReadsOptions:
        whole, clause = reading(refused=refused, given=0.2), reading(refused=0.95)
        return lambda asked, reply, labels: (whole if "," in reply else clause)(
            asked, reply, labels
        )

    taken = match.meant("she is dead against, poor love", step, in_the_clause(0.3))
    assert taken
    assert taken.id == "refused"
    assert match.meant("she is dead against, poor love", step, in_the_clause(0.1)) is None


def test_what_may_be_meant_is_asked_about(flows: Flows) -> None:
    step = flows.step(STEP)
    likely = match.guessed("mum is against it", step, reading(refused=0.5, given=0.4))
    assert likely
    assert likely.id == "refused"
    unlikely = reading(refused=match.GUESSED - 0.01)
    assert match.guessed("mum is against it", step, unlikely) is None


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
        ("no, she is at school", "no"),
        ("no hes safe at school", "no"),
        ("Good heavens, no. The children are out on the green", "no"),
        ("I said yes. yes", "yes"),
        ("yes - he is outside with a knife", "yes"),
        ("not sure, because of dad", "unsure"),
        ("no one saw it", None),
        ("no idea where he is", None),
        ("she is at school, no", None),
        ("no", None),
    ],
)
def test_an_answer_may_be_explained(flows: Flows, text: str, option: str | None) -> None:
    found = match.said_and_explained(text, flows.step("share_without_consent/s1"))
    assert (found.id if found else None) == option


def test_an_answer_that_is_explained_counts_where_the_whole_means_it_most(flows: Flows) -> None:
    step = flows.step("share_without_consent/s1")
    assert match.meant("no, she is at school", step, reading(no=0.4, yes=0.3))
    assert match.meant("no, she is in danger", step, reading(no=0.3, yes=0.4)) is None


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("sigh. 3", "no"),
        ("3, he is with me", "no"),
        ("1, 2", None),
        ("thats not it. i dont understand all that. 3", "no"),
        ("It is the parents, so the third one please", "no"),
        ("i think 2, 3", None),
        ("two marks, 3", None),
        ("2. 3", None),
        ("the first or the second one", None),
        ("the second visit", None),
    ],
)
def test_a_number_may_come_last(flows: Flows, text: str, option: str | None) -> None:
    found = match.meant(text, flows.step("new_concern/s1"), reading())
    assert (found.id if found else None) == option


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
    ("text", "torn"),
    [
        ("No I don't mean no!! YES. He's been violent to her", True),
        ("yes. no, wait", True),
        ("yes, no one else was there", False),
        ("yes, there is no consent", False),
        ("no, he said yes", False),
        ("no", False),
    ],
)
def test_a_yes_beside_a_no_says_neither(text: str, torn: bool) -> None:
    assert match.torn(text) is torn


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
