"""What a new edition means for what cites it, worked through on the pages until it is sound."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from tests.manage.editions import send_edition
from tests.manage.test_documents import Editor, approver, editor, signs_in
from tests.manage.test_new_editions import EDITION

__all__ = ["approver", "editor", "signs_in"]

PATH = "/manage/documents/000/impact"
PLACE = "/manage/documents/000/place"


@pytest.fixture
def sent(editor: Editor) -> Editor:
    assert "as the new edition of “" in send_edition(editor, "000", EDITION).text
    return editor


def progress(page: str) -> tuple[int, int]:
    found = re.search(r"(\d+) of (\d+) places looked at", page)
    assert found, page
    return int(found.group(1)), int(found.group(2))


def links(page: str) -> list[str]:
    """Of the forms of places, in their order."""
    return [
        unescape(each) for each in re.findall(r'href="(/manage/documents/000/place[^"]+)"', page)
    ]


def lost(page: str) -> list[str]:
    """The same, of those that have lost their source."""
    return links(page.partition("<h2>Has lost its source</h2>")[2])


def test_what_names_the_document_as_it_was_comes_before_what_has_lost_its_source(
    sent: Editor,
) -> None:
    page = sent.get(PATH).text
    order = (
        "<h2>Names the document as it was before",
        "<h2>Has lost",
        "<h2>What decisions end with",
    )
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    assert "It names the document as it was before:</strong> “1995”." in unescape(page)


def test_what_has_lost_its_source_comes_early_and_is_edited(sent: Editor, approver: Editor) -> None:
    page = sent.get(PATH).text
    _, total = progress(page)
    broken = int(re.findall(r"(\d+) places have lost", page)[0])
    assert page.index("Has lost its source") < page.index("<h2>What decisions end with")
    waits = approver.get("/manage/changes").text
    assert f"{broken} places have lost their source" in waits
    assert lost(page)[0] in links(waits)
    for link in lost(page)[:2]:
        place = sent.get(link).text
        key = re.search(r'name="key" value="([^"]+)"', place)
        assert key
        if "Take this source out" in place or "Take the whole entry out" in place:
            kept = sent.send(PLACE, do="remove", key=unescape(key.group(1)), cited="000.p9")
        else:
            new = re.findall(r'name="passage" value="([^"]+)"', place)
            kept = sent.send(
                PLACE, do="replace", key=unescape(key.group(1)), cited="000.p9", passage=new[0]
            )
        assert kept.status_code == 200, kept.text
    page = sent.get(PATH).text
    assert f"{broken - 2} places have lost" in page
    assert progress(page) == (2, total)


def test_places_are_accepted_and_assigned(sent: Editor) -> None:
    done, total = progress(sent.get(PATH).text)
    assert done == 0
    assert total > 10
    keys = re.findall(r'name="key" value="(flow/[^"]+)" id="tick', sent.get(PATH).text)
    page = sent.send(PATH, do="assign", key=keys[0], to="Bo Example").text
    assert "given to Bo Example" in page
    page = sent.send(PATH, do="accept", key=keys[0]).text
    assert "Accepted." in page
    assert progress(page) == (1, total)
    assert "Accepted by Editor Example (editor)" in sent.get(f"{PATH}?show=all").text
    again = sent.send(PATH, do="accept", key=keys[0])
    assert again.status_code == 409
    assert "Write who is to look at them" in sent.send(PATH, do="assign", key=keys[1]).text


def test_new_words_of_an_outcome_are_kept_and_accepted(sent: Editor) -> None:
    keys = re.findall(r'name="key" value="(flow/[^"]+)" id="tick', sent.get(PATH).text)
    address = f"{PLACE}?{urlencode({'key': keys[0]})}"
    assert "What it says" in sent.get(address).text
    page = sent.send(PLACE, do="say", key=keys[0], words="Be kind and respectful to everybody.")
    assert "Changed in the draft" in page.text
    assert progress(page.text)[0] == 1
    assert "Be kind and respectful to everybody." in sent.get(f"{PATH}?show=all").text
    assert sent.send(PLACE, do="say", key=keys[0], words=" ").status_code == 409


def test_a_passage_is_looked_for_by_words_and_a_slip_in_its_id_is_refused(sent: Editor) -> None:
    link = lost(sent.get(PATH).text)[0]
    page = sent.get(f"{link}&{urlencode({'find': '003.2.3.4'})}").text
    assert re.search(r'name="passage" value="003.2.3.4"', page)
    key = re.search(r'name="key" value="([^"]+)"', page)
    assert key
    wrong = sent.send(
        PLACE, do="replace", key=unescape(key.group(1)), cited="000.p9", passage="000.none"
    )
    assert wrong.status_code == 409
    assert "here is no passage" in wrong.text


def test_a_document_that_was_never_changed_has_nothing_to_look_at(editor: Editor) -> None:
    assert "was ever changed" in editor.get(PATH).text
    assert editor.get("/manage/documents/none/impact").status_code == 404


def test_a_removed_passage_is_changed_in_all_places_at_once(sent: Editor) -> None:
    assert "/removed?passage=000.p9" in sent.get(PATH).text
    path = "/manage/documents/000/removed"
    page = sent.get(f"{path}?passage=000.p9").text
    assert "Take it out" in page
    instead = re.findall(r'name="instead" value="([^"]+)"', page)[0]
    sent.send(path, do="remove", passage="000.p9")
    page = sent.get(f"{path}?passage=000.p9").text
    if "No place cites it any more" not in page:
        assert "Put it in all" in page
        sent.send(path, do="replace", passage="000.p9", instead=instead)
    assert "No place has lost its source" in sent.get(PATH).text
    assert sent.send(path, do="remove", passage="000.p9").status_code == 409
    checked = sent.get("/manage/changes?check=true").text
    assert "000.p9" not in checked.partition('id="check"')[2]
