"""What is in the package for a learning platform: words, answers, and nothing from elsewhere."""

from __future__ import annotations

from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import regex

from bot.induction import Module
from bot.induction.refresher import version
from bot.web.scorm import MANIFEST, SCRIPT, page_of, scorm_package
from tests.cli.test_cli import run
from tests.shipped import LESSONS, PHRASES

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
MODULES = LESSONS.programme.modules


@pytest.fixture(scope="module")
def package() -> dict[str, str]:
    zipped = ZipFile(BytesIO(scorm_package(LESSONS, PHRASES, "an-edition")))
    return {name: zipped.read(name).decode() for name in zipped.namelist()}


def test_the_manifest_names_every_module_every_file_and_the_pass_mark(
    package: dict[str, str],
) -> None:
    manifest = ElementTree.fromstring(package[MANIFEST])
    assert manifest.get("version") == "an-edition"
    assert manifest.findtext(f"{CP}metadata/{CP}schemaversion") == "1.2"
    items = list(manifest.iter(f"{CP}item"))
    assert [item.findtext(f"{CP}title") for item in items] == [each.title for each in MODULES]
    assert {item.findtext(f"{ADL}masteryscore") for item in items} == {"75"}
    resources = {each.get("identifier"): each for each in manifest.iter(f"{CP}resource")}
    pages = [resources[item.get("identifierref")] for item in items]
    assert [each.get("href") for each in pages] == [page_of(each) for each in MODULES]
    assert {each.get(f"{ADL}scormtype") for each in pages} == {"sco"}
    assert all(each.find(f"{CP}dependency") is not None for each in pages)
    files = {each.get("href") for each in manifest.iter(f"{CP}file")}
    assert files == package.keys() - {MANIFEST}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_a_page_has_the_words_of_its_module_and_where_they_stand(
    package: dict[str, str], module: Module
) -> None:
    page = unescape(package[page_of(module)])
    for passage in module.passages:
        quote = LESSONS.quote(passage)
        assert quote.text in page
        assert f"{quote.citation.title}, {quote.citation.reference}" in page
        assert all(notice.text in page for notice in quote.notices)
    for question in module.quiz:
        assert f'data-answer="{" ".join(question.answer)}"' in page
        assert all(option.label in page and option.why in page for option in question.options)
    assert all(situation in page for situation in module.scenario.roles.values())
    assert page.count(PHRASES.in_danger) == 2
    assert "Edition an-edition." in page
    assert version(module, lambda passage: LESSONS.quote(passage).text) in page


def test_a_page_needs_nothing_from_elsewhere_and_has_no_script_of_its_own(
    package: dict[str, str],
) -> None:
    for module in MODULES:
        page = package[page_of(module)]
        links = regex.findall(r'\b(?:src|href|action)="([^"]*)"', page)
        assert {link for link in links if not link.startswith(("#", "data:"))} <= package.keys()
        assert regex.findall(r"<script[^>]*>(.*?)</script>", page, regex.DOTALL) == [""]
        assert not regex.search(r"\son\w+=|\sstyle=", page)
    assert "http" not in package[SCRIPT]


def test_the_same_content_gives_the_same_package() -> None:
    assert scorm_package(LESSONS, PHRASES, "one") == scorm_package(LESSONS, PHRASES, "one")


def test_the_command_writes_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "induction.zip"
    assert run(monkeypatch, "induction", "export", str(file)) == 0
    assert "Wrote 8 modules of edition " in capsys.readouterr().err
    assert MANIFEST in ZipFile(file).namelist()
