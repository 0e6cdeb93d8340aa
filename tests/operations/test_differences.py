"""What changed between two states of the content, for those who edit and for those who read."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.operations.difference import ContentDifference
from bot.operations.differences import differences
from knowledge.editions.contents import copy_content
from knowledge.known_gaps import GapReply, NewGap, add_gap, name_near, remove_gap, reword_gap
from knowledge.library import FOLDER
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
    entry.write_text(f"{entry.read_text()}owner: Policy officer\n")
    shutil.rmtree(after / "documents" / "004")
    gone, changed = sorted(differences(before, after), key=lambda each: each.page)[:2]
    assert (gone.id, gone.page, gone.told) == ("004", "", ("It is no longer quoted.",))
    assert (changed.id, changed.title, changed.page) == ("003", KEY, "documents/003")
    version = LIBRARY.documents["003"].version
    assert changed.told == (
        f"It is the edition “The new {version}” now, in place of “{version}”.",
        "It is for every area now.",
    )
    assert "Owner: “none” becomes “Policy officer”." in changed.said
    new = next(each for each in differences(after, before) if each.id == "004")
    assert new.told[0].startswith(f"New: {LIBRARY.documents['004'].publisher}, ")
    assert new.told[0].endswith(" passages of it can be quoted.")


def test_passages_are_counted_for_those_who_read(before: Path, after: Path) -> None:
    file = after / "documents" / "000" / "passages.json"
    first, second, *others = json.loads(file.read_text())
    first["text"] = first["text"][:-5]
    others[0]["label"] = "Another name"
    file.write_text(json.dumps([first, *others, {**second, "id": "000.other"}], indent=1))
    found = only(before, after)
    assert found.told == ("1 passage with other words, 1 passage new, 1 passage no longer quoted.",)
    assert f"Passage {second['reference']} is no more." in found.said
    assert f"Passage {others[0]['reference']} is named otherwise." in found.said


def test_more_questions_are_told_and_what_people_have_signed_is_not(
    before: Path, after: Path
) -> None:
    add_question(after, "003.2.3.2", "what on earth is owed")
    (after / "documents" / "003" / "review.yaml").write_text("places: []\n")
    found = only(before, after)
    assert found.told == ("1 more question leads to it.",)
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


def test_notices_are_named_by_their_ids_and_by_what_they_stand_beside(
    before: Path, after: Path
) -> None:
    replaced(after / "notices.yaml", "Older than current national", "Much older than the national")
    found = only(before, after)
    assert (found.title, found.page) == (f"Notice {DATED}", f"notices/{DATED}")
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
    assert (gone.is_gone, new.is_gone) == (True, False)
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
    assert found["Contact: Legal team"].told == ("Changed.",)
    assert found["Contact: Police, when it is not an emergency"].told == ()
    assert "becomes “" in found["Contact: Legal team"].said[0]
    assert found["Contact: Legal team"].page == "contacts/legal"
    hours = found["Office hours"]
    assert (hours.called, hours.page) == ("Contacts", "contacts/hours")
    assert hours.told[0].startswith("The partnership's name, its office hours")
    assert "09:00 to 17:00" in hours.said[0]
    assert "08:00 to 17:00" in hours.said[0]
    assert found["Lesson of the induction: The child first"].told == ("Taken out.",)
    assert found["Meaning of “The MASH”"].told == ("New.",)
    assert found["Meaning of “MASH”"].told == ("Taken out.",)
    (flow,) = [each for title, each in found.items() if title.startswith("Decision to talk")]
    assert flow.told == ("Changed.",)
    (spoken,) = [each for title, each in found.items() if title.startswith("Notice that is said")]
    assert spoken.told == ("What the assistant says first to some messages has changed.",)


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
