"""The words of a line of Markdown or reStructuredText, without the marks around them."""

from __future__ import annotations

import re

from knowledge.importing.block import one_line
from knowledge.importing.limits import MAX_MARKUP

TAGS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|details|div|em|font|h[1-6]|hr|i|img|ins|kbd|li"
    "|mark|ol|p|q|s|small|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul"
)
"""Others are words: whoever writes "<name of child>" means a blank."""

ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>-])")
KEPT_APART = 0xF0000
"""Where letters are private: signs that mean themselves wait there until all others are gone."""

THEMSELVES = {KEPT_APART + ord(sign): sign for sign in r"\`*_{}[]()#+.!|<>-"}
PLAIN_FORMS = (
    (re.compile(r"<br\s*/?>", re.IGNORECASE), " "),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),  # a picture
    (re.compile(r"\[([^\]]+)\]\((?:[^()]|\([^)]*\))*\)"), r"\1"),  # a Markdown link
    (re.compile(r"(\[[^\]]+\])\[[^\]]*\](?!\()"), r"\1"),  # a link that is resolved below
    (re.compile(r"\[\^[^\]]+\](?!:)|\s?\[#[^\]]*\]_"), ""),  # a footnote's mark
    (re.compile(r":[a-z]+:`([^`<]+?)\s*(?:<[^>]*>)?`"), r"\1"),  # a role
    (re.compile(r"`([^`<]+?)\s*<[^>]*>`__?"), r"\1"),  # a reStructuredText link
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"<([\w.+-]+@[\w.-]+)>"), r"\1"),
    (re.compile(rf"</?(?:{TAGS})(?:\s[^>]*)?/?>", re.IGNORECASE), ""),
    (re.compile(r"``?([^`]+)``?_{0,2}"), r"\1"),
    (re.compile(r"\*\*\*(?=\S)(.+?)(?<=\S)\*\*\*"), r"\1"),
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"\1"),
    (re.compile(r"(?<![\w_])__(?=\S)(.+?)(?<=\S)__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])(.+?)(?<=[^\s_])_(?![\w_])"), r"\1"),
)
ONLY_LINKS = re.compile(
    r"(?:\*\*|[\s,])*(?:!?\[[^\]]+\]\([^)]*\)|`[^`<]+<[^>]*>`__?)"
    r"(?:[\s,*]*(?:!?\[[^\]]+\]\([^)]*\)|`[^`<]+<[^>]*>`__?))*[\s.*]*"
)
ALL_BOLD = re.compile(r"(\*\*\*?|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1:?")


def plain(text: str) -> str:
    if len(text) > MAX_MARKUP:
        return one_line(text)
    text = ESCAPED.sub(lambda sign: chr(KEPT_APART + ord(sign[1])), text)
    for pattern, words in PLAIN_FORMS:
        text = pattern.sub(words, text)
    return one_line(text.translate(THEMSELVES))


def is_only_links(text: str) -> bool:
    return len(text) <= MAX_MARKUP and ONLY_LINKS.fullmatch(text) is not None


def is_all_bold(text: str) -> bool:
    return len(text) <= MAX_MARKUP and ALL_BOLD.fullmatch(text.strip()) is not None
