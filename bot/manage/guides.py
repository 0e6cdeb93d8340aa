"""The policy officer's guides, `docs/guides`, as pages: one text, read there or here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

GUIDES = Path("docs", "guides")
"""In the folder that the assistant is run from, as FILES are."""
INDEX = "README"
FILES = (GUIDES / "examples", Path("docs", "images", "guides"))
"""What the guides link to and show. Nothing else is handed out."""


@dataclass(frozen=True)
class Guide:
    """`html` is safe: Markdown of ours, in which HTML is not let through."""

    title: str
    html: str


@cache
def guide(home: Path, name: str, path: str) -> Guide | None:
    """`path` is where the pages are, such as /manage/help. None where there is no such guide."""
    found = next((each for each in (home / GUIDES).glob("*.md") if each.stem == name), None)
    if found is None:
        return None
    renderer = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = renderer.parse(found.read_text("utf-8"))
    for token in _all(tokens):
        for attribute in ("href", "src"):
            if attribute in token.attrs:
                token.attrs[attribute] = _address(str(token.attrs[attribute]), path)
    _anchor(tokens)
    title = next(each.content for each in tokens if each.type == "inline")
    return Guide(title, renderer.renderer.render(tokens, renderer.options, {}))


@cache
def file_of_guides(home: Path, name: str) -> Path | None:
    """A picture or an example document of that name."""
    found = (each for folder in FILES for each in (home / folder).glob("*"))
    return next((each for each in found if each.name == name), None)


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _address(link: str, path: str) -> str:
    file, mark, anchor = link.partition("#")
    target = Path(file)
    if "://" in link or not file:
        return link
    if target.suffix != ".md":
        return f"{path}/files/{target.name}"
    return path + ("" if target.stem == INDEX else f"/{target.stem}") + mark + anchor


def _anchor(tokens: list[Token]) -> None:
    """Gives headings the names by which links of Markdown call them."""
    for opening, words in pairwise(tokens):
        if opening.type == "heading_open":
            kept = "".join(each for each in words.content.lower() if each.isalnum() or each in " -")
            opening.attrs["id"] = kept.replace(" ", "-")
