"""The guides in `docs/guides`, each walked step by step as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from bot.settings import HOME
from demo.policy_officer import PolicyOfficer

EXAMPLES = HOME / "docs" / "guides" / "examples"
FIRST, NEXT = EXAMPLES / "missed-visits.docx", EXAMPLES / "missed-visits-new-edition.docx"
TITLE, PUBLISHER, VERSION = (
    *("Missed Visits", "Exampleshire Safeguarding Children Partnership", "November 2026"),
)
CITED = "The Principles of Good Practice in Partnership"
"""A shipped document, which flows and notices cite."""
QUESTION = "nobody answered the door for a planned home visit, what now"
WRONG = "how many days until I have to go back when a visit was missed"
OFF_TOPIC = "where do I get a parking permit"
LOST = "what do I do when nobody has seen the child for a week"
WRITTEN = """\
nobody in when I visit, what do I do
family not at home for home visit
no answer at the door for a planned visit
what if mum isn't in when we agreed to come
missed home visit first time
do I leave a card if nobody is in"""
NOTICE = (
    "Since January 2027 the partnership asks you to go back within one working day. Check with"
    " your safeguarding lead."
)
PINNED = re.compile(r"\b1\.3\b")
CHECKED_ON, REVIEW_BY = date(2026, 11, 2), date(2027, 11, 2)
DECIDE = "Known gaps that it may answer"


def first_document(officer: PolicyOfficer) -> None:
    officer.go("Documents")
    officer.follow("Take a document in")
    officer.send("File", FIRST)
    officer.fill("Publisher", PUBLISHER)
    officer.fill("Area", "exampleshire")
    officer.fill("Version", VERSION)
    officer.fill("Title", "")
    officer.keep("import.png")
    officer.press("Read the document")
    officer.titled("The document is read")
    officer.follow("Read it beside its passages")
    officer.sees("Nothing citable is left out.")
    officer.keep("review.png", narrow=True)
    officer.press("Merge 2.2 with ¶ 7")
    officer.told("Merged.")
    officer.keep("merged.png", officer.page.locator(".row", has_text="Speak to everybody"))
    officer.unfold("Change 4.1")
    officer.fill("Why it is not quotable", "contact details, which change")
    officer.press("Mark 4.1 as not quotable")
    officer.told("Marked as not quotable.")
    officer.unfold("Change 2.2")
    officer.sees("Split before")
    officer.open("1.1")
    officer.fill("Questions", WRITTEN)
    officer.press("Keep these questions")
    officer.told("The questions are kept in the draft.")
    officer.go("Changes")
    officer.sees("What is different")
    officer.ask_the_draft(QUESTION, f"{TITLE}, 1.1")
    officer.keep("preview.png")
    officer.go("Changes")
    _decide_gaps(officer)
    officer.check()
    officer.say_why("Our procedure, agreed by the board.")
    officer.keep("changes.png", narrow=True)
    officer.publish()
    officer.follow("Ask the assistant")
    officer.ask_live(QUESTION, "If a family is not at home", officer.page)
    officer.keep("live.png", officer.page.get_by_role("group", name="Reply").last)
    officer.page.goto("/manage")
    officer.open_document(TITLE)
    officer.fill("Owner", "Policy office", "Change what is known of it")
    officer.fill_day("Review date", REVIEW_BY)
    officer.press("Keep in the draft")
    officer.told("Kept in the draft.")


def correcting_an_answer(officer: PolicyOfficer) -> None:
    """Somebody has asked, and said that it was no answer."""
    for _ in range(2):
        _rated_unhelpful(officer, WRONG)
    _rated_unhelpful(officer, LOST)
    officer.ask_live(OFF_TOPIC)
    _find_question(officer, WRONG, "rated unhelpful")
    officer.sees("What it gets now")
    pinned = officer.page.get_by_role("radio", name=PINNED)
    pinned.check()
    pinned.scroll_into_view_if_needed()
    officer.fill("Questions, one a line", WRONG)
    officer.press("Add to the draft")
    officer.open_passage(TITLE, "2.1")
    officer.fill("Questions", "missed twice, is it enough to write it down")
    officer.press("Keep these questions")
    _find_question(officer, LOST, "rated unhelpful")
    officer.fill("What it is about", "Children whom nobody has seen for a week")
    officer.fill("What to say", "The procedure says nothing of a week without a visit.")
    officer.sees("Whom to ask")
    officer.fill("Somebody who is none of these, one a line", "the policy office")
    officer.press("Add to the draft", last=True)
    _find_question(officer, OFF_TOPIC, "anything")
    officer.sees("The questions")
    officer.press("Not for us: hide those ticked")
    officer.open_passage(TITLE, "1.3")
    _put_notice(officer)
    officer.go("Changes")
    officer.ask_the_draft(WRONG, f"{TITLE}, 1.3")
    officer.check()
    officer.say_why("Asked often, and answered with doubt")
    officer.publish()


def new_edition(officer: PolicyOfficer) -> None:
    officer.open_document(TITLE)
    officer.follow("New edition")
    officer.send("File of the new edition", NEXT)
    officer.fill("Version", "November 2027")
    officer.fill("Title, where that has changed", "")
    officer.press("Read the new edition")
    officer.titled("The document is read")
    officer.follow("See what is different")
    officer.sees("What is different")
    officer.page.locator("#compared").scroll_into_view_if_needed()
    officer.keep("compare.png", narrow=True)
    officer.press("These are not the same passage")
    officer.told("Parted")
    officer.sees("This new passage goes on with")
    officer.press("Join them")
    officer.told("Joined")
    officer.follow("See what this means for what cites it")
    officer.keep("impact.png")
    officer.press("Still right")
    officer.told("Accepted.")
    _decide_gaps(officer, by_link=False)
    officer.open_document(TITLE)
    officer.sees("Sign-off")
    officer.fill("Your role", "policy officer")
    officer.keep("sign.png")
    officer.press("Sign this text")
    officer.told("Signed. It counts once the draft is published.")
    officer.go("Changes")
    officer.ask_the_draft(LOST, f"{TITLE}, 2.3")
    officer.check()
    officer.say_why("The edition of November 2027")
    officer.publish()


def monthly_routine(officer: PolicyOfficer) -> None:
    officer.go("Reviews due")
    officer.sees("Overdue")
    officer.sees("Coming")
    officer.keep("reviews.png")
    officer.open_document(CITED)
    officer.fill_day("Review date", REVIEW_BY, "Change what is known of it")
    officer.press("Keep in the draft")
    officer.told("Kept in the draft.")
    officer.go("Notices")
    officer.main.get_by_role("listitem").get_by_role("link").first.click()
    officer.fill_day("Checked on", CHECKED_ON, "Change it")
    officer.fill_day("Review by", REVIEW_BY, "Change it")
    officer.press("Keep in the draft")
    officer.told("Kept in the draft.")
    officer.fill("Your role", "policy officer", "Sign-off")
    officer.press("Sign this notice")
    officer.go("Contacts")
    officer.main.get_by_role("heading", level=3).get_by_role("link").first.click()
    officer.sees("How to reach them")
    officer.fill_day("Checked on", CHECKED_ON)
    officer.fill_day("Review by", REVIEW_BY)
    officer.press("Keep in the draft")
    officer.told("Kept in the draft.")
    officer.go("Contacts")
    officer.follow("Change the office hours and whom to ring first")
    officer.fill("Closed on", "2027-12-27\n2027-12-28")
    officer.press("Keep in the draft")
    officer.go("Questions")
    officer.choose("Asked in", "the last 30 days")
    officer.press("Show")
    officer.check()
    officer.say_why("The reviews of this month")
    officer.publish()
    officer.go("Report")
    officer.fill_day("From", date(2026, 8, 1))
    officer.fill_day("to", date(2026, 10, 31))
    officer.press("Show")
    with officer.page.expect_download():
        officer.follow("This report as a Word document")
    officer.keep("report.png")
    officer.go("Accounts")
    officer.sees("Disable")
    officer.go("What was done")
    officer.keep("audit.png")
    officer.go("History")
    officer.open("The content as shipped")
    officer.keep("history.png")
    officer.follow("Go back to this edition")
    officer.fill("Why do you go back?", "A review was kept on the wrong document.")
    officer.press("Go back to this edition")
    officer.page.get_by_role("heading", level=1).wait_for()


def retiring(officer: PolicyOfficer) -> None:
    officer.open_document(CITED)
    officer.follow("Retire this document")
    officer.keep("retire.png")
    officer.sees("Places that cite something else, too")
    officer.unfold("Look at them first")
    officer.press("Take the citations out where others remain")
    officer.sees("Places that cite nothing else")
    officer.follow("Change it")
    officer.sees("Put another passage in its place")
    _look_for(officer, "record")
    officer.page.get_by_role("radio").first.check()
    officer.press("Put it in the place of")
    officer.follow("Back to the list")
    officer.go("Changes")
    officer.press("Undo the last change")
    officer.told("The last change is undone.")
    officer.press("Undo the last change")
    officer.open_document(TITLE)
    officer.follow("Retire this document")
    officer.sees("Nothing else cites it.")
    officer.press("Take it out in the draft")
    officer.go("Changes")
    officer.ask_the_draft(QUESTION)
    officer.check()
    officer.say_why("An example, to try things out with")
    officer.publish()


GUIDES: dict[str, Callable[[PolicyOfficer], None]] = {
    "first-document": first_document,
    "correcting-an-answer": correcting_an_answer,
    "new-edition": new_edition,
    "monthly-routine": monthly_routine,
    "retiring": retiring,
}
"""By the names of their files."""


def _decide_gaps(officer: PolicyOfficer, *, by_link: bool = True) -> None:
    if by_link:
        officer.follow(DECIDE)
    officer.look_again()
    officer.sees(DECIDE)
    officer.press("The gap stays")
    officer.told("The gap stays.")
    officer.look_again()
    officer.follow("Edit it or take it out")
    officer.sees("The gap goes in Exampleshire only")


def _rated_unhelpful(officer: PolicyOfficer, question: str) -> None:
    chat = officer.ask_live(question)
    officer.used.add("No, it did not")
    officer.met.add("No, it did not")
    chat.get_by_role("button", name="No, it did not").click()
    chat.get_by_text("It did not answer my question").click()
    chat.get_by_role("button", name="Send").first.click()
    chat.get_by_text("Your answer is counted").wait_for()


def _find_question(officer: PolicyOfficer, question: str, kind: str) -> None:
    officer.go("Questions")
    officer.choose("What happened", kind)
    officer.press("Show")
    officer.keep("asked.png")
    # However the list puts its capitals.
    officer.main.get_by_role("link", name=question).first.click()


def _look_for(officer: PolicyOfficer, words: str) -> None:
    label = re.compile("^Look for passages by words")
    officer.page.get_by_label(label).locator("visible=true").first.fill(words)
    officer.press("Look")


def _put_notice(officer: PolicyOfficer) -> None:
    page = officer.page
    officer.follow("Put a notice beside it")
    officer.fill("Name", "missed visits one day")
    officer.fill("Wording", NOTICE)
    page.get_by_role("group", name="Kind").get_by_role("radio").first.check()
    page.get_by_role("group", name="How sure").get_by_role("radio").first.check()
    _look_for(officer, "two missed visits in a row")
    page.get_by_role("checkbox", name="2.1 of Missed Visits").check()
    officer.fill_day("Checked on", CHECKED_ON)
    officer.fill_day("Review by", REVIEW_BY)
    officer.fill("Owner", "Policy office")
    officer.press("Add to the draft")
    officer.fill("Your role", "safeguarding lead", "Sign-off")
    officer.press("Sign this notice")
