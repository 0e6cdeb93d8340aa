"""The way of a document through the pages: sent, looked at, cut anew, published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import httpx
import pytest

from bot.app import create_app
from bot.manage.draft_pages import CHECKING
from bot.manage.roles import Role
from bot.operations.content_folder import open_editions
from bot.operations.previews import Previews
from bot.operations.replay.checks import AnswerChecks
from bot.settings import Settings
from tests.api.listener import listening
from tests.api.standins import Make, StandIn
from tests.manage.people import accounts_in, add, csrf, sign_in
from tests.manage.shelved import shelved
from tests.manage.waiting import is_over, until

BODY = {
    "4 Consent": [
        "4.1 Ask the parents first. Write down what they say.",
        "4.2 Without consent, say why.",
        "4.3 Keep a record. Dr Jane Sample decides.",
    ],
    "5 Records": ["5.1 A record is kept for ten years."],
}


def policy() -> bytes:
    """A Word document as a partnership sends it."""
    document = docx.Document()
    document.add_heading("Sharing information in Exampleshire", 0)
    for heading, paragraphs in BODY.items():
        document.add_heading(heading, 1)
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


class Editor:
    """Somebody who has signed in, and presses buttons."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path, follow_redirects=True)

    def send(self, path: str, files: Any = None, **fields: str | list[str]) -> httpx.Response:
        own = csrf(self.get("/manage"))
        return self.client.post(
            path, data={"csrf": own, **fields}, files=files, follow_redirects=True
        )

    def seen(self, path: str = "/manage/changes") -> str:
        found = re.search(r'name="seen" value="(\w+)"', self.get(path).text)
        assert found
        return found.group(1)

    def describe(self, document_id: str, **facts: str) -> httpx.Response:
        """Changes what is known of a document."""
        page = f"/manage/documents/{document_id}"
        return self.send(f"{page}/facts", **{"seen": self.seen(page), **facts})

    def checked(self) -> str:
        """The changes, once the draft's answers are checked."""
        page = self.get("/manage/changes?check=true")
        return (page if is_over(page) else until(lambda: self.get(CHECKING), is_over)).text

    def take_in(self, name: str = "Policy.docx", content: bytes | None = None) -> httpx.Response:
        """Until it is read or refused."""
        content = policy() if content is None else content
        page = self.send(
            "/manage/documents/import",
            files={"file": (name, content)},
            publisher="Exampleshire SCP",
            area="Exampleshire",
            version="March 2026",
        )
        return page if is_over(page) else until(lambda: self.get(page.url.path), is_over)


Signs = Callable[[Role], Editor]


@pytest.fixture
def signs_in(
    make_container: Make, rasa: StandIn, tmp_path: Path, previews: Previews
) -> Iterator[Signs]:
    app, accounts = create_app(make_container(state_dir=tmp_path)), accounts_in(tmp_path)
    app.state.previews = previews
    app.state.answer_checks = AnswerChecks(Previews(shelved))
    with ExitStack() as opened:
        address = opened.enter_context(listening(app))

        def sign(role: Role) -> Editor:
            own = opened.enter_context(httpx.Client(base_url=address, timeout=60))
            assert not sign_in(own, add(accounts, role)).is_error
            return Editor(own)

        yield sign


@pytest.fixture
def editor(signs_in: Signs) -> Editor:
    return signs_in(Role.EDITOR)


@pytest.fixture
def approver(signs_in: Signs) -> Editor:
    return signs_in(Role.APPROVER)


@pytest.fixture
def administrator(signs_in: Signs) -> Editor:
    return signs_in(Role.ADMINISTRATOR)


def test_every_document_is_listed_with_what_is_known_of_it(editor: Editor) -> None:
    page = editor.get("/manage/documents").text
    assert "Key Principles" in page
    assert "knowsley" in page
    assert editor.get("/manage/documents/none").status_code == 404
    assert editor.get("/manage/documents/none/review").status_code == 404


def test_a_document_goes_from_a_file_into_the_draft_and_is_published(
    editor: Editor, approver: Editor
) -> None:
    read = editor.take_in()
    assert "Policy.docx is in the draft as “Sharing information in Exampleshire”" in read.text
    assert "Jane Sample" in read.text
    found = re.search(r"/manage/documents/(\w+)/review", read.text)
    assert found
    path = f"/manage/documents/{found.group(1)}"
    review = editor.get(f"{path}/review").text
    assert "Nothing citable is left out" in review
    assert "Merge 4.1 with 4.2" in review
    assert "Nothing waits" not in editor.get("/manage/changes").text
    merged = editor.send(f"{path}/review/passages/{found.group(1)}.4.1", do="merge")
    assert "Merged." in merged.text
    assert "Merge 4.1 with 4.3" in merged.text
    assert "Check the draft</a> first" in approver.get("/manage/changes").text
    changes = editor.checked()
    assert "Everything in the draft can be answered from" in changes
    assert "No answer got worse" in changes
    assert "An approver publishes it" in changes
    refused = editor.send("/manage/changes/publish", seen=editor.seen(), why="agreed")
    assert refused.status_code == 403
    assert "Say why" in approver.send("/manage/changes/publish", seen=approver.seen()).text
    published = approver.send("/manage/changes/publish", seen=approver.seen(), why="agreed")
    assert "goes over to it within seconds" in published.text
    assert "Nothing waits" in approver.get("/manage/changes").text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("policy.exe", b"MZ", "files that are read end in"),
        ("policy.docx", b"not a document", "is not a Word document at all"),
        ("policy.txt", b"\x00\x01\x02", "this is not a text"),
        ("policy.pdf", b"%PDF-1.7 nothing else", "damaged"),
        ("../../secret.txt", b" ", "this file is empty"),
    ],
)
def test_what_is_not_taken_in_says_why_and_leaves_no_draft(
    editor: Editor, name: str, content: bytes, told: str
) -> None:
    page = editor.take_in(name, content)
    assert told in page.text
    assert "The document was not taken in" in page.text
    assert "Nothing waits" in editor.get("/manage/changes").text


def test_a_file_larger_than_other_bodies_is_taken_and_one_too_large_says_so(
    editor: Editor,
) -> None:
    assert "is in the draft" in editor.take_in("long.txt", b"A line of text.\n" * 40_000).text
    assert "larger than 50 MB" in editor.take_in("huge.pdf", b"%PDF-" + bytes(51 << 20)).text
    elsewhere = editor.send("/manage/documents/000/facts", title="x" * (1 << 20))
    assert elsewhere.status_code == 413


def test_an_editor_says_that_a_text_holds_everywhere(editor: Editor) -> None:
    facts = {"title": "A title", "publisher": "SCP", "area": "Bath & NES", "version": "v2"}
    editor.describe("002", **facts)
    assert "Bath Nes only: whoever reads it is told so" in editor.get("/manage/documents/002").text
    passage = "/manage/documents/002/passages/002.P1"
    assert "This is Bath Nes&#39;s text" in editor.get(passage).text
    editor.describe("002", holds_everywhere="true", **facts)
    assert "whoever reads it is told so" not in editor.get("/manage/documents/002").text
    assert "text. Another area" not in editor.get(passage).text
    editor.describe("002", **facts)
    assert "whoever reads it is told so" in editor.get("/manage/documents/002").text


def test_facts_are_changed_in_the_draft(editor: Editor) -> None:
    facts = {"title": "A title", "publisher": "SCP", "area": "Bath & NES", "version": "v2"}
    page = editor.describe("001", owner="Policy officer", **facts)
    assert "Kept in the draft" in page.text
    assert "bath-nes" in editor.get("/manage/documents/001").text
    changes = editor.get("/manage/changes").text
    assert "becomes “A title”" in changes
    assert "becomes “Policy officer”" in changes
    wrong = editor.describe("001", review_on="soon", **facts)
    assert wrong.status_code == 409
    assert "is no date" in wrong.text


def test_who_saves_over_a_change_of_somebody_else_is_told(editor: Editor) -> None:
    facts = {"publisher": "Example SCP", "version": "2026"}
    opened_before = editor.seen("/manage/documents/001")
    assert editor.describe("001", title="Hers", **facts).status_code == 200
    refused = editor.describe("001", title="His", seen=opened_before, **facts)
    assert refused.status_code == 409
    assert "somebody changed what is known of this document" in refused.text
    assert "Hers" in editor.get("/manage/documents/001").text


def test_retiring_says_what_still_cites_a_document_and_is_not_published_so(
    editor: Editor, approver: Editor
) -> None:
    asked = editor.get("/manage/documents/001/retire").text
    assert "It is still cited" in asked
    assert "Can I share this information without consent?" in asked
    assert ".yaml" not in asked
    assert "Retired in the draft" in editor.send("/manage/documents/001/retire").text
    assert editor.get("/manage/documents/001").status_code == 404
    refused = approver.send("/manage/changes/publish", seen=approver.seen(), why="old")
    assert refused.status_code == 409
    assert "Can I share this information without consent?" in refused.text
    assert "is undone" in editor.send("/manage/changes/undo", seen=editor.seen()).text
    assert editor.get("/manage/documents/001").status_code == 200


def test_citations_go_where_others_remain_and_the_rest_is_changed_by_hand(editor: Editor) -> None:
    path = "/manage/documents/000/retire"
    page = editor.get(path).text
    assert "Places that cite nothing else" in page
    page = editor.send(f"{path}/citations").text
    assert "The citations were taken out where others remain" in page
    assert "Places that cite something else, too" not in page
    rest = [unescape(each) for each in re.findall(r'href="([^"]+/place[^"]+)"', page)]
    rest = [each for each in rest if "retiring=true" in each]
    for link in rest[-2:]:  # Each of them cites one passage of it.
        place = editor.get(link).text
        fields = {
            name: unescape(re.findall(rf'name="{name}" value="([^"]+)"', place)[0])
            for name in ("key", "cited", "passage")
        }
        assert not fields["passage"].startswith("000.")
        sent = {"retiring": "true", "do": "replace", **fields}
        kept = editor.send("/manage/documents/000/place", **sent)
        assert "Changed in the draft" in kept.text
    assert editor.get(path).text.count("Change it") == len(rest) - 2


def test_the_words_around_citations_that_went_are_listed_until_somebody_has_read_them(
    editor: Editor,
) -> None:
    page = editor.send("/manage/documents/000/retire/citations").text
    left = unescape(page).partition('<h2 id="reread">Still to be read</h2>')[2]
    count = int(re.findall(r"(\d+) places cited it before", left)[0])
    keys = re.findall(r'type="checkbox" name="key" value="([^"]+)"', left)
    assert len(keys) == count > 2
    page = editor.send("/manage/documents/000/reread", key=keys[0], back="retire").text
    assert f"{count - 1} places cited it before" in page
    assert editor.send("/manage/documents/000/reread").status_code == 409
    places = re.findall(r'href="(/manage/documents/00[1-4]/place[^"]+)"', left)
    place = next(unescape(each) for each in places if f"key={quote(keys[1])}" in each)
    shown = unescape(editor.get(place).text)
    assert "was cited here before" in shown
    asked = re.findall(r'<textarea id="words-\d+" name="words"[^>]*>([^<]*)</textarea>', shown)
    words = [f"{each.strip()} In all cases." for each in asked]
    came = {"once": "000", "back": "retire"}
    kept = editor.send(place.partition("?")[0], do="say", key=keys[1], words=words, **came)
    assert "Changed in the draft" in kept.text
    assert kept.url.path == "/manage/documents/000/retire"
    assert f"{count - 2} places cited it before" in editor.get("/manage/documents/000/retire").text
    editor.send("/manage/documents/000/retire")
    waits = editor.get("/manage/changes").text
    assert re.search(r"\d+ of them still to be read", waits)
    gone = editor.get("/manage/documents/000/impact").text
    assert "Still to be read" in gone
    keys = re.findall(r'type="checkbox" name="key" value="([^"]+)"', gone)
    assert "Accepted." in editor.send("/manage/documents/000/reread", key=keys).text
    assert "still to be read" not in editor.get("/manage/changes").text


def test_each_line_of_a_reading_is_changed_beside_its_passage(editor: Editor) -> None:
    path = "/manage/documents/004/place?retiring=true&key=reading%2Fchild_first%2F004.i"
    page = unescape(editor.get(path).text)
    assert '<label for="words-1">Look for</label>' in page
    assert "Who should see the child, and what some of the worst failures had in common." in page
    assert "cannot be overstated" in page


def test_what_goes_with_a_document_is_named_before_and_in_the_record(editor: Editor) -> None:
    page = unescape(editor.get("/manage/documents/000/retire").text)
    question, topic = "how old is the fifteen-point list", "Known gaps that are no longer taken"
    for each in (question, topic, "Its 16 passages"):
        assert each in page.partition("<h2>Take it out</h2>")[2]
    editor.send("/manage/documents/000/retire")
    record = unescape(editor.get("/manage/changes").text).partition("The changes, the last")[2]
    assert question in record.partition("With it went:")[2]


def test_a_quiz_question_about_a_document_that_is_retired_is_reworded_or_taken_out(
    editor: Editor,
) -> None:
    place = "/manage/documents/002/place"
    key = "quiz/child_first/which_source"
    page = unescape(editor.get(f"{place}?retiring=true&key={key}").text)
    assert "Reword the question" in page
    assert "Take it out whole" in page
    words = re.findall(r'<textarea id="words-\d+" name="words"[^>]*>([^<]*)</textarea>', page)
    assert words[0].startswith("Which source says that children's wishes")
    words[0] = "Which source asks you to listen?"
    sent: dict[str, Any] = {"retiring": "true", "key": key}
    kept = editor.send(place, do="say", words=words, **sent)
    assert "Changed in the draft" in kept.text
    again = unescape(editor.get(f"{place}?retiring=true&key={key}").text)
    assert "Which source asks you to listen?" in again
    assert words[1] in again
    assert editor.send(place, do="say", words=["" for _ in words], **sent).status_code == 409
    assert "write why it is taken out" in editor.send(place, do="entry", **sent).text
    gone = editor.send(place, do="entry", why="Its document is retired", **sent)
    assert "Changed in the draft" in gone.text
    assert "which_source' of the quiz of 'The child first'" not in unescape(gone.text)
    waits = unescape(editor.get("/manage/changes").text)
    assert ": Its document is retired" in waits


def test_only_what_was_seen_is_undone_discarded_and_published(
    editor: Editor, approver: Editor
) -> None:
    facts = {"publisher": "SCP", "version": "v2"}
    editor.describe("001", title="One", **facts)
    seen = editor.seen()
    editor.describe("001", title="Two", **facts)
    for path in ("undo", "discard"):
        assert editor.send(f"/manage/changes/{path}", seen=seen).status_code == 409
    moved = approver.send("/manage/changes/publish", seen=seen, why="agreed")
    assert moved.status_code == 409
    assert "changed or published meanwhile" in moved.text
    assert "Discard all 2 changes" in editor.get("/manage/changes/discard").text
    assert (
        "Every change was discarded"
        in editor.send("/manage/changes/discard", seen=editor.seen()).text
    )


def test_a_reader_sees_everything_and_changes_nothing(signs_in: Signs) -> None:
    reader = signs_in(Role.READER)
    review = reader.get("/manage/documents/001/review")
    assert "beside its passages" in review.text
    assert "<details><summary>Change" not in review.text
    for path in ("facts", "retire", "review/lines", "review/passages/001.WP.b4"):
        assert reader.send(f"/manage/documents/001/{path}", do="merge").status_code in {403, 422}
    assert "Nothing waits" in reader.get("/manage/changes").text


def test_written_questions_are_kept_and_proposals_only_where_somebody_says_so(
    editor: Editor,
) -> None:
    path = "/manage/documents/000/passages/000.p1"
    page = editor.get(path).text
    assert "What does The Principles of Good Practice in Partnership say about" in page
    kept = editor.send(f"{path}/questions", questions="how to treat them\n\nhow to treat them")
    assert "how to treat them</textarea>" in kept.text
    assert "New: 1 written question" in editor.get("/manage/changes").text
    assert editor.send(f"{path}/questions", questions="x" * 501).status_code == 409
    assert editor.get("/manage/documents/000/passages/000.none").status_code == 404


def test_lines_are_withheld_and_made_quotable_again(editor: Editor) -> None:
    path = "/manage/documents/000/review"
    withheld = editor.send(f"{path}/passages/000.p2", do="withhold", why="out of date").text
    assert "Marked as not quotable" in withheld
    assert "Make line 8 quotable" in withheld
    again = editor.send(f"{path}/lines", first="8", last="8").text
    assert "Quotable again" in again
    assert "Ensure that family members know" in again
    split = editor.send(f"{path}/passages/000.p1", do="split", at="3")
    assert split.status_code == 409
    assert "Choose one of these" in split.text


def test_what_was_published_meanwhile_is_taken_over(
    editor: Editor, approver: Editor, tmp_path: Path
) -> None:
    editor.describe("001", title="Mine", publisher="SCP", version="v2")
    editions = open_editions(Settings(state_dir=tmp_path))
    with editions.draft() as elsewhere:
        entry = elsewhere.folder / "documents" / "001" / "document.yaml"
        entry.write_text(entry.read_text().replace("title: ", "title: Their "))
        editions.publish(elsewhere, "Cy Example", "", "Theirs")
    page = editor.get("/manage/changes").text
    assert "Another edition was published since" in page
    assert "Keep what the draft has" in page
    form = page[page.index("<fieldset>") : page.index("</fieldset>")]
    assert "becomes “Mine”" in form
    assert "becomes “Their " in form
    assert ".yaml" not in re.sub(r"<[^>]*>", "", page)
    assert "Bring the draft up to date first" in approver.get("/manage/changes").text
    name = "documents/001/document.yaml#title"
    assert editor.send("/manage/changes/catch-up").status_code == 409
    met = editor.send("/manage/changes/catch-up", **{f"side:{name}": "mine"})
    assert "The draft is up to date" in met.text
    assert "becomes “Mine”" in met.text


def test_without_a_draft_the_preview_says_so_and_danger_still_comes_first(editor: Editor) -> None:
    assert "Nothing waits to be published" in editor.get("/manage/preview").text
    asked = editor.send("/manage/preview", text="he has a knife and she is not breathing")
    assert "999" in asked.text
