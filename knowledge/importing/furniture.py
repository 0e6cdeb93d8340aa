"""What stands in a document and is not for quoting: pointers, contents, contacts, page feet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.importing.block import Block
from knowledge.importing.markers import numbers_a_paragraph, split_marker

CONTENTS = "table of contents"
POINTER = "points to another document or page"
CONTACT = "contact details, which change"
AMENDMENT = "note on amendments"
NAVIGATION = "navigation of the page"
OUTSIDE = "outside the main part of the page"
PAGE = "head or foot of the page"
ADDRESS = "a web address"
ATTRIBUTION = "says whose the words above are"
FOOTNOTE = "a footnote"
FLOWCHART = "a part of a flowchart, which says nothing without its arrows"

SHORT, LIST_ENTRY, CONTACT_ENTRY, SOURCE_NAMED, BOX = 30, 25, 20, 12, 15
LONGEST_TITLE = 80
LONG = 2000
"""A block of so many letters is text, and is not searched for what is short."""


@dataclass(frozen=True)
class Section:
    """What follows a heading such as "Contents", up to the next heading.

    `words`: a block with more of them is quotable all the same.
    """

    title: re.Pattern[str]
    why: str
    words: int


def _title(words: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:[\d.]+\s+)?(?:{words})\W*", re.IGNORECASE)


SECTIONS = (
    Section(_title("(?:table of )?contents|(?:in|on) this (?:chapter|page)"), CONTENTS, LIST_ENTRY),
    Section(
        _title(
            "(?:related|relevant|linked|associated|supporting|external|useful)"
            " (?:chapters?|documents?|guidance|polic(?:y|ies)|procedures?|links?|information"
            "|pages?|legislation|resources|websites?)(?: and \\w+)?"
            "|further (?:reading|guidance|information)|see also|references|bibliography"
        ),
        POINTER,
        SHORT,
    ),
    Section(
        _title(
            "amendments?|(?:version|document|revision|amendment) (?:history|control)"
            "|change (?:log|history)"
        ),
        AMENDMENT,
        200,
    ),
    Section(
        _title("(?:key |useful |local |important )?contacts?(?: details| numbers| list| us)?"),
        CONTACT,
        CONTACT_ENTRY,
    ),
    Section(
        _title(
            r"(?:(?:appendix|annex|figure)\W+\w+\W+)?(?:[\w’'-]+ ){0,6}?"
            r"flow[ -]?chart(?: [\w’'-]+){0,6}"
        ),
        FLOWCHART,
        BOX,
    ),
    Section(
        _title("comments|labels|tags|attachments|page (?:history|information)"), OUTSIDE, SHORT
    ),
)

REACHED = re.compile(
    r"(?:\+44|\(?\b0)[\d ()-]{8,}\d"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.]+"
    r"|\[(?:phone|telephone|e-?mail)\]",
    re.IGNORECASE,
)
MASKED = re.compile(r"\[[\w -]+\]")
REACHED_BY = re.compile(
    r"(?:tel(?:ephone)?|phone|mobile|e-?mail|fax|address)\b[^.]*:", re.IGNORECASE
)
CONTACT_HEAD = re.compile(
    r"\b(?:tel(?:ephone)?|phone|e-?mail|contact) ?(?:number|address)?\b", re.I
)
AMENDED = re.compile(
    r"this (?:chapter|procedure|policy|protocol|page|guidance|section|document) (?:was|has been)"
    r" (?:\w+ )?(?:updated|amended|revised|re-?written|added|refreshed|reviewed)\b",
    re.IGNORECASE,
)
NAMED = (
    r"(?:polic(?:y|ies)|procedures?|protocols?|guidance|guides?|chapters?|sections?|appendi\w+"
    r"|websites?|web ?pages?|links?|leaflets?|documents?|programme|reports?|www\.|https?:)"
)
POINTS = re.compile(
    r"\W*(?:please )?(?:also )?(?:see|refer to|click here|read more|visit|video:"
    r"|for (?:more|further|full) [^.]*\b(?:see|visit|refer|go to|contact))(?!\w)",
    re.IGNORECASE,
)
NAMES_A_DOCUMENT = re.compile(NAMED, re.IGNORECASE)
WHERE_YOU_ARE = re.compile(
    r"you are here\b|home\s*/\s*\S|(?:home|[\w ]+?)\s*(?:>|»|›|-+>)\s*\S", re.IGNORECASE
)
PAGE_FOOT = re.compile(
    r"(?:this page is correct as printed|uncontrolled when printed|printed (?:copies|on)|©"
    r"|copyright\b|all rights reserved|back to top|skip to|page \d+(?: of \d+)?$|cookies\b"
    r"|(?:end|top)\.?$)",
    re.IGNORECASE,
)
PAGE_TAIL = re.compile(r"\bpage \d+ of \d+\W*$", re.IGNORECASE)
_OF_SITES = r"""
accessibility|accessibility statement|cookies?|cookie policy|privacy|privacy (?:policy|notice)
|terms(?: (?:of use|and conditions))?|site ?map|print(?: this page)?|share(?: this page)?
|back to (?:the )?top|contact us|skip to .*|was this page useful\W.*|printed copies .*|home
|disclaimer|copyright .*|©.*|page [\d.]+(?: of \d+)?|last (?:updated|reviewed) .*
"""
OF_SITES = re.compile(_OF_SITES.replace("\n", ""), re.IGNORECASE)
BETWEEN_LINKS = re.compile(r"\s*[|•·]\s*|(?<=[.?])\s+")
LINKS_OF_SITES = 2
"""A line with so many pieces such as "Privacy" and "Back to top" is the foot of a site."""

FILED = re.compile(r"(?:labels|tags|categories|keywords)\s*:", re.IGNORECASE)
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d+$|…{2,}\s*\d+$")
WEB_ADDRESS = re.compile(
    r"(?:[\w ]{0,20}:\s*)?<?(?:https?://|www\.)\S+>?(?:\s+\S*https?://\S+)*\W*"
)


def marked(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those that are not quotable with the reason why."""
    section: Section | None = None
    entries: set[str] = set()
    contacts_below = led_in = False
    for block in blocks:
        if block.kind != "item":
            led_in = block.text.endswith(":")
        if block.kind == "head":
            contacts_below = CONTACT_HEAD.search(block.text) is not None
        if block.why:
            yield block
        elif block.kind == "heading" or _opens_section(section, block):
            section, entries = _section(block.text), set()
            yield replace(block, why=section.why if section else alone(block, block.only_links))
        elif section is not None and _continues(section, block, entries):
            yield replace(block, why=section.why)
        else:
            section = section if section and section.why != CONTENTS else None
            contact = contacts_below and block.kind in ("head", "row")
            linked = block.only_links and not (led_in and block.kind == "item")
            yield replace(block, why=CONTACT if contact else alone(block, linked))


def alone(block: Block, linked: bool) -> str | None:
    """Why a block is not quotable, by its own words. `linked`: they are a link and no more."""
    text = block.text
    if len(text) > LONG:
        return None
    if has_leaders(text):
        return CONTENTS
    if block.words <= SHORT and (PAGE_FOOT.match(text) or PAGE_TAIL.search(text) or _is_foot(text)):
        return PAGE
    if WEB_ADDRESS.fullmatch(text) or (block.kind == "heading" and "://" in text):
        return ADDRESS
    if block.kind == "heading":
        return POINTER if linked else None
    if block.words <= SHORT and WHERE_YOU_ARE.match(text):
        return NAVIGATION
    if AMENDED.match(text) and block.words <= SHORT * 2:
        return AMENDMENT
    if (linked and block.words <= SHORT) or _points(text):
        return POINTER
    if block.words <= SHORT and FILED.match(text):
        return OUTSIDE
    if text.startswith("-- "):
        return ATTRIBUTION
    return CONTACT if _is_contact(block) else None


def heads_furniture(text: str) -> bool:
    """Whether it is the heading of a part that is not for quoting, such as "Contents"."""
    return _section(text) is not None


def has_leaders(text: str) -> bool:
    """Whether dots lead to the number of a page, as in a table of contents."""
    return len(text) <= LONG and LEADERS.search(text) is not None


def why_of_footnote(text: str) -> str | None:
    """A short one names a source and is not quoted."""
    return FOOTNOTE if len(text.split()) <= SOURCE_NAMED else None


def _opens_section(section: Section | None, block: Block) -> bool:
    """A paragraph with a number of its own, "1.3 In this chapter:", is none; nor is an entry."""
    entry = section is not None and section.why == CONTENTS and block.kind == "item"
    if entry or numbers_a_paragraph(block.marker):
        return False
    return _section(block.text) is not None


def _section(heading: str) -> Section | None:
    if len(heading) > LONGEST_TITLE:
        return None
    return next((section for section in SECTIONS if section.title.fullmatch(heading)), None)


def _continues(section: Section, block: Block, entries: set[str]) -> bool:
    """Contents end where one of their entries comes again: that is the heading itself."""
    if len(block.text) > LONG:
        return False
    if section.why == CONTACT and _is_sentence(block.text) and not REACHED.search(block.text):
        return False
    if section.why == FLOWCHART and block.text.endswith("."):
        return False
    if section.why != CONTENTS:
        return block.words <= section.words
    entry = split_marker(LEADERS.sub("", block.text))[1].casefold().strip()
    known = entry in entries
    entries.add(entry)
    return block.words <= section.words and not known


def _is_foot(text: str) -> bool:
    pieces = [piece.rstrip(". ") for piece in BETWEEN_LINKS.split(text)]
    links = sum(OF_SITES.fullmatch(piece) is not None for piece in pieces)
    return links >= LINKS_OF_SITES and 3 * links >= len(pieces)


def _points(text: str) -> bool:
    """Nothing but "see ...": one sentence that names a document."""
    return (
        POINTS.match(text) is not None
        and len(text.split()) <= SHORT
        and (NAMES_A_DOCUMENT.search(text) is not None or text.lower().startswith("video:"))
        and ". " not in text.strip("()")
    )


def _is_contact(block: Block) -> bool:
    if MASKED.fullmatch(block.text):
        return True
    if block.words > CONTACT_ENTRY or REACHED.search(block.text) is None:
        return False
    return REACHED_BY.match(block.text) is not None or not _is_sentence(block.text)


def _is_sentence(text: str) -> bool:
    return text.rstrip(")”\"'").endswith((".", ";", "?"))
