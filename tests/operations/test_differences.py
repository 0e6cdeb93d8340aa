"""What changed between two states of the content, for those who edit and for those who read."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.operations.difference import ContentDifference
from bot.operations.differences import differences
from bot.operations.document_differences import NOTED
from knowledge.editions.contents import copy_content
from knowledge.known_gaps import GapReply, NewGap, add_gap, name_near, remove_gap, reword_gap
from knowledge.library import FOLDER
from knowledge.retiring import take_out
from knowledge.revision.review import Acceptance, PlaceReview, Review, write_review
from knowledge.written_questions import add_question
from tests.shipped import DATA, LIBRARY

DATED = "consent-default-dated"
KEY = LIBRARY.documents["003"].title


@pytest.fixture
def before(tmp_path: Path) -> Path:
    copy_content(FOLDER, tmp_path / "before", DATA)
    return tmp_path / "before"


@pytest.fixture
def after(before: Path) -> Path:
    return shutil.copytree(before, before.with_name("after"))


def replaced(file: Path, was: str, becomes: str) -> None:
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, becomes, 1), "utf-8")


def only(before: Path, after: Path) -> ContentDifference:
    (found,) = differences(before, after)
    return found


def test_a_document_is_new_or_gone_or_another_edition(before: Path, after: Path) -> None:
    entry = after / "documents" / "003" / "document.yaml"
    replaced(entry, "version: ", "version: The new ")
    replaced(entry, "area: knowsley", "area: null")
    entry.write_text(f"{entry.read_text()}owner: Policy officer\nreview_on: 2027-05-30\n")
    shutil.rmtree(after / "documents" / "004")
    gone, changed = sorted(differences(before, after), key=lambda each: each.page)[:2]
    assert (gone.id, gone.page, gone.told) == ("004", "", ("Retired: it is no longer quoted.",))
    assert (changed.id, changed.title, changed.page) == ("003", KEY, "documents/003")
    version = LIBRARY.documents["003"].version
    assert changed.told == (
        f"New edition: “The new {version}”, in place of “{version}”.",
        "It is for every area now.",
    )
    assert "Owner: “none” becomes “Policy officer”." in changed.said
    assert "Review date: “none” becomes “30 May 2027”." in changed.said
    assert (changed.sort, changed.became) == ("document", "new_edition")
    assert (gone.sort, gone.became) == ("document", "gone")
    new = next(each for each in differences(after, before) if each.id == "004")
    assert new.told[0].startswith(f"It can be quoted now: {LIBRARY.documents['004'].publisher}, ")
    assert new.told[0].endswith(" passages.")


Cut = list[dict[str, Any]]


def recut(folder: Path, change: Callable[[Cut], None], document_id: str = "003") -> None:
    file = folder / "documents" / document_id / "passages.json"
    entries = json.loads(file.read_text("utf-8"))
    change(entries)
    file.write_text(json.dumps(entries), "utf-8")


def test_a_new_edition_is_counted_as_a_person_counts_it(before: Path, after: Path) -> None:
    """As an import cuts it: every line further down, and no text with its own number before it."""

    def change(entries: Cut) -> None:
        for each in entries:
            each["lines"] = [line + 1 for line in each["lines"]]
            number = each["reference"].removeprefix("§")
            each["text"] = each["text"].removeprefix(f"{number} ")
        by_number = {each["reference"]: each for each in entries}
        by_number["§2.1.4"]["text"] = "Plans rest on a thorough assessment of the child's needs."
        by_number["§2.4.4"]["heading"] = "Candour"
        by_number["§2.5.2"]["text"] = by_number["§2.5.2"]["text"].replace(
            "multi-racial", "multi racial"
        )
        entries.remove(by_number["§2.3.4"])
        last = by_number["§2.1.5"]
        last["reference"] = "§2.1.6"
        new = {"id": "003.new", "reference": "§2.1.5", "text": "Each agency has a named lead."}
        entries.insert(entries.index(last), {**last, **new})

    recut(after, change)
    replaced(
        after / "documents" / "003" / "text.txt", "2.1.5 Anyone", "2.1.5 One line.\n2.1.6 Anyone"
    )
    found = only(before, after)
    assert found.said == (
        *("§2.1.4 has other words.", "§2.1.5 is new.", "§2.1.5 is §2.1.6 now, in the same words."),
        *("§2.3.4 is removed.", "§2.4.4 stands under another heading."),
        "§2.5.2 has the same words, with other signs or spaces.",
    )
    assert found.counted == (
        "Passages: 1 with other words, 1 under another heading, 1 new, 1 removed,"
        " 1 in another place or with another number, 1 with other signs or spaces."
    )
    assert found.told == (
        *("Other words: §2.1.4.", "The same words under another heading: §2.4.4."),
        *("New: §2.1.5.", "No longer quoted: §2.3.4."),
        "The same words in another place or with another number: §2.1.5, now §2.1.6.",
        "The same words with other punctuation or spaces: §2.5.2.",
    )
    shown = {each.after: each.sides for each in found.reworded}
    assert list(shown) == ["§2.1.4", "§2.1.5"]
    assert shown["§2.1.5"].before is None
    now, was = shown["§2.1.4"].after, shown["§2.1.4"].before
    assert now
    assert was
    assert "".join(each.words for each in now.words).startswith("Plans rest on a thorough")
    assert [each.words for each in now.words if each.kind == "added"]
    assert "".join(each.words for each in was.words) in LIBRARY.documents["003"].text
    back = only(after, before)
    assert "New: §2.3.4." in back.told
    assert "No longer quoted: §2.1.5." in back.told


def test_what_only_stands_in_other_lines_is_no_difference(before: Path, after: Path) -> None:
    def down(entries: Cut) -> None:
        for each in entries:
            each["lines"] = [line + 1 for line in each["lines"]]

    recut(after, down)
    assert differences(before, after) == []
    replaced(after / "documents" / "003" / "text.txt", "View Working", "\nView Working")
    outside = only(before, after)
    assert outside.said == ("Words that no passage holds have changed.",)
    assert (outside.told, outside.counted) == ((), "")


def test_many_passages_of_a_kind_are_named_as_far_as_a_person_reads_on(
    before: Path, after: Path
) -> None:
    def reword(entries: Cut) -> None:
        for each in entries[:30]:
            each["text"] = f"Nothing of it is as it was in {each['id']}."
        entries[-2]["label"] = "Another name"

    recut(after, reword)
    found = only(before, after)
    assert found.told[0].startswith("Other words: §2.1.1, §2.1.2, ")
    assert found.told[0].endswith(", and 10 more.")
    assert len(found.said) == 31
    assert found.said[-1].endswith(" is named otherwise.")


def test_what_is_asked_and_what_people_have_signed_is_for_those_who_edit(
    before: Path, after: Path
) -> None:
    add_question(after, "003.2.3.2", "what on earth is owed")
    (after / "documents" / "003" / "review.yaml").write_text("places: []\n")
    entry = after / "documents" / "003" / "document.yaml"
    entry.write_text(f"{entry.read_text()}owner: Policy officer\n")
    found = only(before, after)
    assert (found.sort, found.told) == ("document", ())
    back = only(after, before)
    assert back.told == ()
    assert "No more: 1 written question." in back.said
    assert "New: 1 written question." in found.said
    assert "Question added: “what on earth is owed”." in found.said
    assert "What people have looked at" in " ".join(found.said)


def test_known_gaps_are_named_by_their_topics(before: Path, after: Path) -> None:
    reply = GapReply("Duty rota", "No rota.", ("manager",))
    add_gap(after, NewGap(reply, ("which rota",)), date(2026, 11, 21))
    remove_gap(after, "private_fostering")
    reword_gap(after, "allegations_lado", GapReply("LADO", "Nothing.", ("lado",)))
    name_near(after, "missing_children", ["000.p1"])
    found = {each.title: each for each in differences(before, after)}
    rota = found["Known gap: Duty rota"]
    assert (rota.called, rota.said) == ("Duty rota", ("New.",))
    assert rota.told[0].endswith("The assistant says so now, and whom to ask.")
    gone = found["Known gap: Private fostering: definition, notification, visits"]
    assert gone.told[0].startswith("The assistant no longer says")
    assert found["Known gap: LADO"].told[0].endswith("has changed.")
    missing = found["Known gap: Missing and absent children: reporting, return interviews"]
    assert missing.told == ()
    assert missing.said == ("Its questions or its passages have changed.",)


def test_upkeep_of_many_known_gaps_is_counted(before: Path, after: Path) -> None:
    take_out(after, "004")
    found = {each.title: each for each in differences(before, after)}
    assert [title for title in found if title.startswith("Known gap: ")] == []
    assert re.fullmatch(r"\d+ have other questions or passages\.", found["Known gaps"].said[0])


def test_readers_are_told_what_is_said_to_be_outside_the_field(before: Path, after: Path) -> None:
    replaced(after / "out_of_scope.jsonl", '["a weather service"]', '["the Met Office"]')
    replaced(after / "out_of_scope.jsonl", "recipe for banana bread", "recipe for bread")
    weather, recipes = differences(before, after)
    assert (weather.called, weather.told[0]) == (
        *("Outside the field: Weather", "What the assistant says of it has changed."),
    )
    assert (recipes.said, recipes.told) == (("Its questions have changed.",), ())


def test_notices_are_named_by_their_names_and_by_what_they_stand_beside(
    before: Path, after: Path
) -> None:
    replaced(after / "notices.yaml", "Older than current national", "Much older than the national")
    found = only(before, after)
    assert (found.title, found.page) == ("Notice: Consent default dated", f"notices/{DATED}")
    assert found.called.startswith("Notice beside ")
    assert KEY in found.called
    assert found.said[0].startswith("Wording: “Older than")
    assert "becomes “Much older than the national" in found.said[0]
    assert found.said[-1] == "Nobody has signed it."
    assert found.told[0].startswith("Changed: “Much older than the national")
    assert found.told[0].endswith("with your safeguarding lead.”")
    for side in (before, after):
        shutil.rmtree(side / "documents")
    (named,) = differences(before, after, {each: f"The {each}" for each in LIBRARY.documents})
    assert "The 003" in named.called


def test_readers_are_told_what_else_of_a_notice_they_see(before: Path, after: Path) -> None:
    replaced(after / "notices.yaml", "  kind: superseded", "  kind: local")
    assert only(before, after).told[0].startswith("It is drawn otherwise now: “")


def test_whom_to_ring_first_is_told_by_name(before: Path, after: Path) -> None:
    order = "[safeguarding_lead, childrens_social_care, nspcc]"
    replaced(after / "data" / "contacts.yaml", order, "[manager, nspcc]")
    (told,) = only(before, after).told
    assert told.startswith("Whom to ring first: “Safeguarding lead, Children's social care, ")
    assert "becomes “Manager, " in told


def test_readers_are_told_of_a_notice_that_is_new_or_gone_and_never_of_its_upkeep(
    before: Path, after: Path
) -> None:
    replaced(after / "notices.yaml", "review_by: 2027-02-21", "review_by: 2027-03-01")
    upkeep = only(before, after)
    assert upkeep.said[0] == "Review by: “21 February 2027” becomes “1 March 2027”."
    assert upkeep.told == ()
    replaced(after / "notices.yaml", f"id: {DATED}", "id: another")
    new, gone = differences(before, after)
    assert (new.page, gone.page) == ("notices/another", "")
    assert new.told[0].startswith("New: “Older than current national")
    assert gone.told[0].startswith("No longer shown: “Older than current national")
    assert gone.said[0].startswith("Taken out: “Older than current national")
    assert (gone.became, new.became) == ("gone", "new")
    (after / "notices.yaml").unlink()
    told = [each.told[0] for each in differences(before, after)]
    assert told
    assert all(each.startswith("No longer shown: ") for each in told)


def test_contacts_flows_lessons_and_meanings_are_named(before: Path, after: Path) -> None:
    data = after / "data"
    replaced(data / "contacts.yaml", "01632 960006", "01632 960999")
    replaced(data / "contacts.yaml", "checked_on: null", "checked_on: 2026-11-30")
    replaced(data / "contacts.yaml", 'since: "09:00"', 'since: "08:00"')
    replaced(data / "flows" / "record_keeping.yaml", "What do you need to record?", "What?")
    (data / "induction" / "1-child-first.yaml").unlink()
    replaced(after / "glossary.yaml", "term: MASH", "term: The MASH")
    replaced(data / "notices.yaml", "followed: never", "followed: always")
    found = {each.title: each for each in differences(before, after)}
    (told,) = found["Contact: Legal team"].told
    assert "01632 960999" in told
    assert "in place of “Example Council legal services, 01632 960006" in told
    assert found["Contact: Police, when it is not an emergency"].told == ()
    assert "becomes “" in found["Contact: Legal team"].said[0]
    assert found["Contact: Legal team"].page == "contacts/legal"
    hours = found["Office hours"]
    assert (hours.called, hours.page) == ("Contacts", "contacts/hours")
    assert hours.told == hours.said
    assert "09:00 to 17:00" in hours.said[0]
    assert "08:00 to 17:00" in hours.said[0]
    assert found["Lesson of the induction: The child first"].told == ("Taken out.",)
    assert found["Meaning of “The MASH”"].told == ("New.",)
    assert found["Meaning of “MASH”"].told == ("Taken out.",)
    (flow,) = [each for title, each in found.items() if title.startswith("Decision to talk")]
    assert flow.told == ("What it asks or advises has changed.",)
    (spoken,) = [each for title, each in found.items() if title.startswith("Notice that is said")]
    assert spoken.told == ("What the assistant says first to some messages has changed.",)


def test_what_only_rests_on_something_else_still_says_the_same(before: Path, after: Path) -> None:
    data = after / "data"
    replaced(data / "flows" / "assess_plan_review.yaml", "[004.x, 004.ix, ", "[004.x, ")
    lesson = data / "induction" / "1-child-first.yaml"
    replaced(lesson, "quote: 000.p7, ", "")
    replaced(lesson, "settled_by: [001.CF]", "settled_by: [001.FO]")
    replaced(lesson, "passage: 001.CF", "passage: 001.FO")
    replaced(data / "induction" / "4-partnership.yaml", ", from 1995.", ", from March 2026.")
    replaced(data / "flows_shared.yaml", "quotes: [", "quotes: [001.CF, ")
    found = differences(before, after)
    assert {each.sort for each in found} == {"rests"}
    dated = "A date that it names has changed. What it says is the same otherwise."
    rests = "What it rests on has changed. What it says is the same."
    assert {each.title: each.told for each in found} == {
        "Decision to talk through: Assessment, plan and review": (rests,),
        "Lesson of the induction: The child first": (rests,),
        "Lesson of the induction: Partnership with families": (dated,),
        "Advice that decisions share": (rests,),
    }
    replaced(lesson, "Three verbs.", "Four verbs.")
    (first,) = [each for each in differences(before, after) if "The child first" in each.title]
    assert (first.sort, first.told) == ("walk", ("What it teaches or asks has changed.",))


def test_spoken_notices_that_only_rest_on_something_else_say_the_same(
    before: Path, after: Path
) -> None:
    file = after / "data" / "notices.yaml"
    passages = re.search(r"passages: \[.*\]", file.read_text("utf-8"))
    assert passages
    replaced(file, passages.group(), "passages: [001.CF, 001.FO]")
    found = only(before, after)
    assert found.sort == "rests"
    assert found.told == found.said == ("What it rests on has changed. What it says is the same.",)


def test_what_leads_to_a_decision_is_for_those_who_edit(before: Path, after: Path) -> None:
    flow = after / "data" / "flows" / "assess_plan_review.yaml"
    replaced(flow, "  - what goes in the plan\n", "")
    flow.write_text(f"{flow.read_text('utf-8')}review_by: 2027-05-30\n", "utf-8")
    found = only(before, after)
    assert found.said == (
        "What leads to it, who looks after it, or its day of review has changed.",
    )
    assert found.told == ()


def test_a_document_of_which_a_citing_place_is_to_be_read_again_says_only_that(
    before: Path, after: Path
) -> None:
    """Nobody has looked at anything, or signed it."""
    opened = PlaceReview(
        place="flow/x/o_y",
        cited="003.2.1.4",
        passage_sha256="0" * 64,
        citing_sha256="0" * 64,
        once_cited=("000.p1",),
    )
    write_review(after, "003", Review(places=(opened,)))
    found = only(before, after)
    one = "1 place that cites it is to be read again: it cited something else before."
    assert (found.said, found.told) == ((one,), ())
    other = opened.model_copy(update={"place": "flow/x/o_z"})
    write_review(after, "003", Review(places=(opened, other)))
    assert only(before, after).said[0].startswith("2 places that cite it are to be read again")
    by = Acceptance(by="Ann", role="lead", on=date(2026, 11, 30))
    read = other.model_copy(update={"accepted": by})
    write_review(after, "003", Review(places=(opened, read)))
    assert only(before, after).said == (one, NOTED)


def test_what_cannot_be_read_is_named_by_its_file(before: Path, after: Path) -> None:
    (after / "notices.yaml").write_text("notices: none\n")
    (after / "data" / "contacts.yaml").write_text("local: none\n")
    (after / "evaluation.jsonl").write_text("{}\n")
    (after / "words.yaml").write_text("# Other words\n")
    found = {each.title: each for each in differences(before, after)}
    for name in ("The notices beside passages", "The contacts"):
        assert found[name].said == ("Changed.",)
        assert found[name].told == ()
    assert found["The questions of your own to judge a publication by"].told == ()
    assert found["Words that mean the same"].told[0].startswith("Which words")
