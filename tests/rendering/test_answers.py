from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.messages import AnswerMessage
from knowledge import Answer, Gap
from knowledge.glossary import Term
from tests.shipped import ANSWERS, FLOWS, LIBRARY, PHRASES, answered, undated

TODAY = date(2026, 11, 22)


def test_the_lead_says_whose_text_and_how_old() -> None:
    line = ANSWERS.whose([LIBRARY.documents["003"]], TODAY)
    assert "Knowsley Safeguarding Children Board" in line
    assert "December 2016" in line
    assert "10 years old" in line


def test_a_second_publisher_is_named_and_the_oldest_text_counts() -> None:
    line = ANSWERS.whose([LIBRARY.documents["003"], LIBRARY.documents["001"]], TODAY)
    assert "Also quoted: " in line
    assert "The oldest text is about" in line


def test_a_text_without_a_year_is_said_to_be_undated() -> None:
    old, new = (undated("001").documents[each] for each in ("003", "001"))
    assert ANSWERS.whose([new], TODAY).endswith(PHRASES.undated.all_of_it)
    line = ANSWERS.whose([new, old], TODAY)
    assert "The oldest text is about 10 years old" in line
    assert line.endswith(PHRASES.undated.part_of_it)


def test_a_meaning_is_marked_as_ours() -> None:
    term = Term("Section 47", "An enquiry.")
    said = ANSWERS.lead(Answer("not_in_sources", term=term))
    assert said == f"Section 47: An enquiry. {PHRASES.answers.ours}"


def test_where_the_sources_differ_it_says_so_after_whose_words_they_are() -> None:
    found = answered("003.2.3.4")
    differs = Answer(
        "answerable", found.quotes, documents=found.documents, difference="They differ."
    )
    assert ANSWERS.lead(differs, TODAY).endswith("check that it still holds. They differ.")


def test_what_is_not_answered_says_so_and_why() -> None:
    assert ANSWERS.lead(Answer("not_in_sources")) == PHRASES.answers.not_answered
    assert ANSWERS.lead(Answer("out_of_scope")) == PHRASES.answers.outside


def test_a_word_of_art_in_a_question_of_a_gap_is_explained_beside_the_gap() -> None:
    term = Term("Section 47", "An enquiry.")
    said = ANSWERS.lead(Answer("not_in_sources", term=term, gap=GAP))
    assert said == (
        f"Section 47: An enquiry. {PHRASES.answers.ours}\n\n"
        f"{PHRASES.answers.not_answered} {GAP.reason}"
    )


FLOW = "record_keeping"
GAP = Gap("g", "fees", "No source says what it costs.", ("lado",), ("the bursar",))


def shown(found: Answer, asked: str | None = None) -> AnswerMessage:
    message = ANSWERS.message(found, [FLOW], asked, numbers_free=True)
    assert isinstance(message, AnswerMessage)
    return message


def test_what_is_only_nearest_says_so_first_and_whom_to_ask_last() -> None:
    found = replace(answered("003.2.3.4"), confidence="closest", gap=GAP)
    message = shown(found)
    assert message.confidence == "closest"
    assert message.lead.splitlines()[0] == PHRASES.answers.closest
    assert message.text.startswith(message.lead)
    # The gap beside it may be about somebody else.
    assert "The bursar" not in [contact.label for contact in message.where_to_ask]
    parts = (message.quotes[0].text, message.options[0].label, message.where_to_ask[-1].label)
    places = [message.text.index(part) for part in parts]
    assert places == sorted(places)
    # What no source says of the topic that it may be is not said of what it may not be.
    assert GAP.reason not in message.text


def test_without_a_known_gap_what_is_nearest_names_the_usual_people() -> None:
    message = shown(replace(answered("003.2.3.4"), confidence="closest"))
    assert [contact.label for contact in message.where_to_ask] == [
        "Safeguarding lead",
        "Children's social care",
        "Local procedures manual",
    ]


def test_what_answers_claims_so_and_sends_nobody_away() -> None:
    message = shown(answered("003.2.3.4"))
    assert message.confidence == "answers"
    assert message.where_to_ask == []
    assert PHRASES.answers.closest not in message.text


def test_the_words_that_are_answered_are_shown_again_a_line_at_most() -> None:
    words = "can I observe a conference"
    assert shown(answered("003.2.3.4"), words).asked == f"You asked: “{words}”"
    long = shown(answered("003.2.3.4"), "conference " * 20).asked or ""
    assert long == f"You asked: “{' '.join(['conference'] * 7)}…”"
    assert shown(answered("003.2.3.4"), words).text.startswith(f"You asked: “{words}”\n\n")
    left = ANSWERS.message(Answer("not_in_sources"), [], words, numbers_free=True)
    assert left.text.startswith(f"You asked: “{words}”\n\n{PHRASES.answers.not_answered}")


def test_beside_an_offered_flow_stands_what_not_to_wait_with() -> None:
    nearest = replace(answered("003.2.3.4"), confidence="closest")
    message = ANSWERS.message(nearest, ["new_concern", FLOW], numbers_free=True)
    first, second, *_ = message.lead.split("\n\n")
    assert first == PHRASES.answers.closest
    assert second.endswith(f"({PHRASES.quotations.not_from_sources})")
    assert (FLOWS["new_concern"].first or "?") in second
    other = ANSWERS.message(nearest, [FLOW, "new_concern"], numbers_free=True)
    assert PHRASES.quotations.not_from_sources not in other.lead


def test_a_notice_is_said_once_in_a_reply_and_stands_beside_each_quotation() -> None:
    message = shown(answered("003.2.3.2", "003.2.3.3"))
    texts = [notice.text for notice in message.quotes[1].notices]
    assert set(texts) & {notice.text for notice in message.quotes[0].notices}
    assert [message.text.count(each) for each in texts] == [1] * len(texts)


def test_what_one_area_answers_is_told_not_to_be_answered_elsewhere() -> None:
    message = shown(replace(answered("001.WP.b3"), elsewhere=GAP))
    assert message.confidence == "answers"
    area = "That is Lincolnshire's text. For other areas the sources do not answer this."
    assert message.elsewhere == f"{area} {GAP.reason}"
    quoted, told = message.text.index("Lincolnshire"), message.text.index(message.elsewhere)
    assert quoted < told < message.text.index(PHRASES.replies.ask)
    assert [each.label for each in message.where_to_ask]
    nearest = shown(replace(answered("001.WP.b3"), elsewhere=GAP, confidence="closest"))
    assert nearest.where_to_ask == message.where_to_ask


def test_a_place_of_which_nothing_is_held_is_told_before_what_is_found() -> None:
    lead = shown(replace(answered("001.WP.b3"), not_held="Kent")).lead
    assert lead.startswith("No source from Kent is held here.\n\nThese are the words of")
    assert ANSWERS.lead(Answer("out_of_scope", not_held="Kent")).startswith("No source from Kent")
