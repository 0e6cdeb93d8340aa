from __future__ import annotations

import pytest

from knowledge.importing.block import Block
from knowledge.importing.furniture import (
    FLOWCHART,
    LONG,
    has_leaders,
    heads_furniture,
    marked,
    why_of_footnote,
)


def why(*texts: str) -> list[str | None]:
    return [block.why for block in marked(Block("paragraph", text) for text in texts)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3. When to use it ........ 12", "table of contents"),
        ("Please see the Neglect guidance.", "points to another document or page"),
        ("Tel: 01632 960123", "contact details, which change"),
        ("mash@example.org", "contact details, which change"),
        ("This chapter was updated in May 2026.", "note on amendments"),
        ("You are here: Home > Neglect", "navigation of the page"),
        ("Page 3 of 12", "head or foot of the page"),
        ("https://www.example.org/neglect", "a web address"),
        ("-- Working Together", "says whose the words above are"),
        ("See the child alone.", None),
        ("Ring 01632 960123 at once, and tell the manager what was said.", None),
        ("Copyright is a right. " * 20, None),
    ],
)
def test_what_is_not_quotable_by_its_own_words(text: str, reason: str | None) -> None:
    assert why(text) == [reason]


def test_contents_end_where_their_first_entry_comes_again() -> None:
    assert why("Contents", "1 Aims", "2 Duties", "1 Aims", "We protect children.") == [
        *["table of contents"] * 3,
        None,
        None,
    ]


def test_a_section_of_pointers_ends_with_the_next_heading() -> None:
    blocks = [
        Block("heading", "Related guidance", 2),
        Block("item", "Neglect", marker="•"),
        Block("heading", "Duties", 2),
        Block("item", "Listen", marker="•"),
    ]
    pointer = "points to another document or page"
    assert [block.why for block in marked(blocks)] == [pointer, pointer, None, None]


def test_the_rows_below_a_head_that_names_telephones_are_contacts() -> None:
    rows = [Block("head", "Agency | Telephone number"), Block("row", "MASH | 01632 960123")]
    assert {block.why for block in marked(rows)} == {"contact details, which change"}


def test_a_link_that_a_sentence_leads_in_is_no_pointer() -> None:
    link = Block("item", "Early help", marker="•", only_links=True)
    lead = Block("paragraph", "There are three kinds of help:")
    assert [block.why for block in marked([lead, link])] == [None, None]
    assert [block.why for block in marked([link])] == ["points to another document or page"]


def test_what_a_reader_marked_stays_so() -> None:
    assert [b.why for b in marked([Block("paragraph", "Tel: 01632 960123", why="said")])] == [
        "said"
    ]


@pytest.mark.parametrize(
    ("opening", "more", "closing"),
    [
        ("Aims ", ".", " 12"),
        ("mash@example.org", "g", ""),
        ("https://www.example.org/", "a", ""),
        ("[phone", "e", "]"),
        ("-- Working", "g", ""),
    ],
)
def test_a_long_text_is_not_searched_for_what_is_short(
    opening: str, more: str, closing: str
) -> None:
    """Such a search would take as long as somebody likes to make it."""
    assert why(f"{opening}{4 * more}{closing}") != [None]
    long = f"{opening}{LONG * more}{closing}"
    assert why("Contents", "Contact us", long)[-1] is None
    assert not has_leaders(long)


def test_a_short_footnote_names_a_source() -> None:
    assert why_of_footnote("Children Act 1989, section 47") == "a footnote"
    assert why_of_footnote("Tell the police. " * 5) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Page 4.7 | Dale SCP | Printed copies may be old | Cookies | Back to top", "foot"),
        ("Dale Procedures. Was this page useful? Yes / No. Terms of use. Privacy.", "foot"),
        ("Version 3.1 Printed copies are uncontrolled Page 8 of 8", "foot"),
        ("Home / Children / Young carers", "navigation"),
        ("Labels: fostering, private", "outside"),
        ("Age | Privacy | What staff do at home", None),
    ],
)
def test_the_foot_of_a_site_or_a_printed_page(text: str, reason: str | None) -> None:
    (found,) = why(text)
    assert found is None if reason is None else reason in (found or "")


def test_a_numbered_paragraph_or_an_entry_of_the_contents_opens_no_section() -> None:
    numbered = Block("paragraph", "In this chapter:", marker="1.3")
    assert [block.why for block in marked([numbered])] == [None]
    entries = [Block("item", text, marker="1.") for text in ("Contacts", "Review")]
    assert {b.why for b in marked([Block("heading", "Contents", 2), *entries])} == {
        "table of contents"
    }


def test_the_boxes_of_a_flowchart_are_parts_of_it_and_its_sentences_are_not() -> None:
    blocks = [
        Block("heading", "Appendix A: Flowchart", 1),
        Block("row", "Baby unwell? YES: 999"),
        Block("paragraph", "Telephone Children’s Social Care now"),
        Block("paragraph", "Whoever is not sure telephones all the same."),
        Block("heading", "Recording", 1),
        Block("row", "Joint decision recorded"),
    ]
    assert [each.why for each in marked(blocks)] == [FLOWCHART] * 3 + [None] * 3


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [
        ("Flow chart for referrals", True),
        ("Annex 2 – Referral flowchart", True),
        ("7. Using the flowchart", True),
        ("What the flowchart is for and how it is read by each of the agencies", False),
    ],
)
def test_a_heading_names_a_flowchart(heading: str, is_one: bool) -> None:
    assert heads_furniture(heading) is is_one
