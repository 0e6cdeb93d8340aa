"""Known gaps that a new document may answer, decided on the pages."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from bot.container import Container
from bot.manage.roles import Role
from bot.operations.content_folder import open_drafts
from bot.operations.previews import Preview, Previews
from bot.settings import Settings
from bot.web.templating import FOLDER
from knowledge.editions import WaitingDraft
from knowledge.known_gaps import read_gaps
from knowledge.passage_questions import questions_of
from tests.manage.test_documents import Editor, Signs, editor, signs_in
from tests.manage.waiting import until
from tests.operations.leading import Leading

__all__ = ["editor", "signs_in"]

PATH = "/manage/documents/005/impact"
GAP = "private_fostering"
LOOK_AGAIN = re.compile(r'<a href="([^"]*)">Look again')
TO = {GAP: "005.4.1", "allegations_lado": "005.4.2", "missing_children": "000.p1"}


@pytest.fixture
def opened() -> list[str]:
    """The drafts that were opened to be asked."""
    return []


@pytest.fixture
def previews(opened: list[str]) -> Previews:
    def opens(container: Container, draft: WaitingDraft, folder: Path) -> Preview:
        opened.append(draft.id)
        return Preview(Leading(folder, TO), container.pipeline)

    return Previews(opens)


@pytest.fixture
def sent(editor: Editor) -> Editor:
    assert "Look at the known gaps" in editor.take_in().text
    return editor


def asked(editor: Editor, path: str = PATH) -> httpx.Response:
    """The page, once the gaps are asked."""
    return until(lambda: editor.get(path), lambda page: "Look again" not in page.text)


def content(tmp_path: Path) -> Path:
    drafts = open_drafts(Settings(state_dir=tmp_path))
    draft = drafts.open()
    assert draft
    return drafts.folder(draft)


def value(page: httpx.Response, gap: str = GAP) -> str:
    found = re.search(rf'name="gap" value="({gap} [^"]+)"', page.text)
    assert found
    return unescape(found.group(1))


def test_they_are_shown_with_the_passages_and_stay_by_a_decision(
    sent: Editor, tmp_path: Path, opened: list[str]
) -> None:
    page = asked(sent)
    assert "It is new, so nothing that was there before cites it." in page.text
    assert "0 of 2 known gaps decided" in page.text
    assert page.text.index("Private fostering") < page.text.index("Allegations against people")
    assert "Missing and absent children" not in page.text
    assert "Ask the parents first. Write down what they say." in page.text
    assert "“what is private fostering” <strong>seems to be answered by it</strong>" in page.text
    assert "1 would be answered from the document" in page.text
    page = sent.send("/manage/documents/005/gaps", do="keep", gap=value(page))
    assert "The gap stays." in page.text
    assert "1 of 2 known gaps decided" in page.text
    assert "It stays, decided by Editor Example (editor)" in asked(sent, f"{PATH}?show=all").text
    assert "005.4.1" in read_gaps(content(tmp_path))[GAP].near
    assert "stays beside Sharing information" in sent.get("/manage/changes").text
    assert len(opened) == 1


def test_one_is_given_to_somebody(sent: Editor) -> None:
    gaps = "/manage/documents/005/gaps"
    page = asked(sent)
    assert sent.send(gaps, do="assign", gap=value(page)).status_code == 409
    assert sent.send(gaps, do="keep").status_code == 409
    page = sent.send(gaps, do="assign", gap=value(page), to="Bo Example")
    assert "Nobody has decided, given to Bo Example." in page.text
    assert "0 of 2 known gaps decided" in page.text


def test_one_is_worded_anew_on_its_own_page(sent: Editor, tmp_path: Path) -> None:
    asked(sent)
    page = sent.get(f"/manage/documents/005/gap?gap={GAP}")
    assert 'name="ask" value="childrens_social_care" checked' in page.text
    fields = {"gap": value(page), "topic": "Private fostering", "says": "Only its first step."}
    wrong = sent.send("/manage/documents/005/gap", do="reword", **fields, ask="bursar")
    assert "There is no contact" in wrong.text
    page = sent.send("/manage/documents/005/gap", do="reword", **fields, ask="lado")
    assert "1 of 2 known gaps decided" in page.text
    gap = read_gaps(content(tmp_path))[GAP]
    assert (gap.why_not, gap.ask) == ("Only its first step.", ("lado",))
    gone = sent.send("/manage/documents/005/gap", do="reword", gap="nothing 005.4.1", ask="lado")
    assert gone.status_code == 409
    assert sent.get("/manage/documents/005/gap?gap=nothing").status_code == 404


def test_one_goes_and_a_question_of_it_is_written_for_the_passage(
    sent: Editor, tmp_path: Path
) -> None:
    asked(sent)
    page = sent.get(f"/manage/documents/005/gap?gap={GAP}")
    write = re.search(r'name="write" value="([^"]+)" checked', page.text)
    assert write
    page = sent.send(
        "/manage/documents/005/gap", do="give_up", gap=value(page), write=unescape(write.group(1))
    )
    assert "The gap is taken out in the draft." in page.text
    assert "0 of 1 known gap decided" in page.text
    folder = content(tmp_path)
    assert GAP not in read_gaps(folder)
    assert questions_of(folder, "005.4.1") == ("what is private fostering",)
    changes = sent.get("/manage/changes").text
    assert "taken out, as Sharing information in Exampleshire answers it" in changes
    assert f'href="{PATH}#gaps"' in changes


def test_its_questions_are_written_for_a_passage_that_was_looked_for(
    sent: Editor, tmp_path: Path
) -> None:
    asked(sent)
    path = "/manage/documents/005/gap"
    page = sent.get(f"{path}?gap={GAP}&find=ten+years")
    assert "What is likest to “ten years”" in page.text
    assert 'name="instead" value="005.5.1"' in page.text
    write = re.search(r'name="write" value="([^"]+)" checked', page.text)
    assert write
    ticked = unescape(write.group(1))
    sent.send(path, do="give_up", gap=value(page), write=ticked, instead="005.5.1")
    assert questions_of(content(tmp_path), "005.5.1") == ("what is private fostering",)


def test_a_reader_looks_and_decides_nothing(sent: Editor, signs_in: Signs) -> None:
    reader = signs_in(Role.READER)
    page = asked(reader)
    assert "0 of 2 known gaps decided" in page.text
    assert "The gap stays" not in page.text
    assert "An editor decides" in reader.get(f"/manage/documents/005/gap?gap={GAP}").text
    sent_by = reader.send("/manage/documents/005/gaps", do="keep", gap=f"{GAP} 005.4.1")
    assert sent_by.status_code == 403


def test_looking_again_asks_for_the_page_anew() -> None:
    """An address that ends in a place on the page leads a browser there, and asks for nothing."""
    pages = (FOLDER / "templates" / "manage").glob("*.html")
    leads = [to for page in pages for to in LOOK_AGAIN.findall(page.read_text("utf-8"))]
    assert leads
    assert [to for to in leads if "#" in to] == []
