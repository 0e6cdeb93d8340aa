"""The files a browser loads: small, without markup sinks, without another host."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from bot.web.templating import FOLDER
from bot.web.widget_files import STATIC

SCRIPTS = sorted(STATIC.rglob("*.js"))
SINKS = re.compile(
    r"(inner|outer|insertAdjacent)HTML|document\.write|srcdoc|DOMParser|\beval\(|Function\("
)
ELSEWHERE = re.compile(r"https?://(?!www\.bbc\.co\.uk/weather)")


def test_the_widget_is_at_most_40_kb_gzipped() -> None:
    """Each file by itself, as a browser fetches them: and keeps it for good."""
    names = ("tokens", "look", "quotes", "replies", "widget", "launcher")
    styles = [STATIC / "widget" / f"{name}.css" for name in names]
    parts = [each for each in SCRIPTS if each.parent.name != "package"] + styles
    size = sum(len(gzip.compress(part.read_bytes())) for part in parts)
    print(f"widget: {size / 1000:.1f} kB gzipped in {len(parts)} files")
    assert size <= 40_000


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_text_enters_a_page_only_as_text(script: Path) -> None:
    assert not SINKS.search(script.read_text("utf-8"))


@pytest.mark.parametrize(
    "file",
    [each for each in FOLDER.rglob("*.*") if each.suffix in {".js", ".css", ".html"}],
    ids=lambda file: file.name,
)
def test_nothing_is_loaded_from_another_host(file: Path) -> None:
    assert not ELSEWHERE.search(file.read_text("utf-8"))


@pytest.mark.parametrize("template", sorted(FOLDER.glob("templates/*.html")), ids=lambda t: t.name)
def test_no_template_holds_inline_script_or_style(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"<style|style=|<script(?![^>]*src=)|\son\w+=|\|\s*safe", text)
