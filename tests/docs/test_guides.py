"""What the policy officer's guides name is on the pages, and the pages show the guides."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from bot.manage.guides import FILES, GUIDES, file_of_guides, guide
from bot.manage.roles import Role
from bot.settings import HOME
from knowledge.importing import read_document
from tests.api.standins import Serve
from tests.docs.labels import labels
from tests.docs.pages import Page
from tests.manage.people import accounts_in, add, sign_in

PAGES = [Page(path) for path in sorted((HOME / GUIDES).glob("*.md"))]
BOLD = regex.compile(r"\*\*(.+?)\*\*", regex.DOTALL)
SAID = {"Nothing you do is seen by practitioners until somebody publishes it."}
"""In bold because it matters, and on no page."""
PICTURE = regex.compile(r"!\[([^\]]*)\]\(([^)]+)\)")

every_guide = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@every_guide
def test_a_label_that_is_named_stands_on_a_page(page: Page) -> None:
    named = {" ".join(each.split()) for each in BOLD.findall(page.prose)} - SAID
    assert {each for each in named if not labels().fullmatch(each)} == set()


def test_a_label_that_stands_on_no_page_is_noticed() -> None:
    assert labels().fullmatch("Merge 2.2 with ¶ 7")
    assert not labels().fullmatch("Merge them all")
    assert not labels().fullmatch("Publish at once")


@every_guide
def test_a_guide_leads_nowhere_that_its_page_cannot(page: Page) -> None:
    for file, _ in page.links():
        assert file.parent.relative_to(HOME) in (GUIDES, *FILES), file


def test_every_picture_is_described_and_used() -> None:
    shown = [each for page in PAGES for each in PICTURE.findall(page.text)]
    assert all(words for words, _ in shown)
    drawn = {path.name for path in (HOME / FILES[1]).glob("*.png")}
    assert {Path(file).name for _, file in shown} == drawn


def test_a_guide_becomes_a_page_with_its_links_and_pictures() -> None:
    found = guide(HOME, "first-document", "/manage/help")
    assert found
    assert found.title == "Your first document in 15 minutes"
    assert 'href="/manage/help/retiring"' not in found.html
    assert 'href="/manage/help/monthly-routine"' in found.html
    assert 'src="/manage/help/files/import.png"' in found.html
    assert '<h2 id="6-ask-the-draft">' in found.html
    assert guide(HOME, "../manage", "/manage/help") is None
    assert file_of_guides(HOME, "../manage.md") is None


def test_the_help_is_for_whoever_signs_in(serve: Serve, tmp_path: Path) -> None:
    client = serve()
    assert client.get("/manage/help").headers["Location"].startswith("/manage/signin")
    sign_in(client, add(accounts_in(tmp_path), Role.READER))
    assert "Guides for the policy officer" in client.get("/manage/help").text
    assert "Retire" in client.get("/manage/help/retiring").text
    assert client.get("/manage/help/files/missed-visits.docx").content[:2] == b"PK"
    assert client.get("/manage/help/none").status_code == 404
    assert client.get("/manage/help/files/none.png").status_code == 404


def test_the_example_is_cut_as_the_guide_says() -> None:
    file = HOME / FILES[0] / "missed-visits.docx"
    cut = read_document(file)
    assert [each.number for each in cut.passages] == [
        *(None, "1.1", "1.2", "1.3", "2.1", "2.2", None, "3.1", "3.2", "4.1")
    ]
    assert not cut.people
