"""The words that a person sees on the pages: what a guide may print in bold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex
import yaml

from bot.manage.navigation import NAV
from bot.settings import HOME
from bot.web.templating import FOLDER

CHOICE = regex.compile(
    r"\{% if [^%]*%\}((?:(?!\{% (?:if|else)).)*?)(?:\{% else %\}((?:(?!\{% if).)*?))?\{% endif %\}"
)
LITERAL = regex.compile(r'"([^"{}<>]+)"')
JINJA = regex.compile(r"\{[{%].*?[}%]\}", regex.DOTALL)
SEEN = ("button", "a", "label", "summary", "strong", "legend", "p", "dt", "th", "option")
INSIDE = [
    regex.compile(rf"<{tag}\b[^>]*>(.*?)</{tag}>", regex.DOTALL)
    for tag in (*SEEN, *(f"h{level}" for level in range(1, 7)))
]
TAG = regex.compile(r"<[^>]+>")
UNSEEN = regex.compile(r'<span class="unseen">.*?</span>')
WORD = regex.compile(r"[A-Za-z]{2}")


@cache
def labels() -> regex.Pattern[str]:
    return regex.compile("|".join(sorted(set(_pages()) | {regex.escape(each) for each in _told()})))


def _told() -> Iterator[str]:
    """The navigation, and the assistant's own words."""
    yield from (item.title for item in NAV)
    phrases = yaml.safe_load((HOME / "data" / "phrases.yaml").read_text("utf-8"))
    yield from _strings(phrases)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, str):
        yield value


def _pages() -> Iterator[str]:
    for path in (FOLDER / "templates" / "manage").glob("*.html"):
        text = path.read_text("utf-8")
        for said in LITERAL.findall("".join(JINJA.findall(text))):
            yield regex.escape(said)
        shown = UNSEEN.sub("", text)
        for inner in (found for element in INSIDE for found in element.findall(shown)):
            for each in _alternatives(inner):
                words = TAG.sub("", each)
                if WORD.search(JINJA.sub("", words)):
                    yield _pattern(words.strip())


def _alternatives(text: str) -> Iterator[str]:
    """With each side of each choice that the template makes."""
    found = CHOICE.search(text)
    if found is None:
        yield text
        return
    for side in {found[1], found[2] or ""}:
        yield from _alternatives(text[: found.start()] + side + text[found.end() :])


def _pattern(words: str) -> str:
    """What a page fills in may be anything."""
    parts = [regex.escape(each.strip(), literal_spaces=True) for each in JINJA.split(words)]
    return r"\s?.*?\s?".join(parts)
