from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importing import ImportedDocument
from tests.knowledge.importing.making import imported, lines_of


def page(folder: Path, body: str) -> ImportedDocument:
    return imported(folder, "policy.html", f"<html><body>{body}</body></html>")


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("", "utf-8"),
        ("", "cp1252"),
        ("windows-1252", "cp1252"),
        ("", "utf-16"),
        ("iso-8859-1", "cp1252"),
    ],
)
def test_letters_in_any_code(tmp_path: Path, declared: str, code: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    text = f"<html><head>{meta}</head><body><p>The child’s own words – “café”.</p></body></html>"
    document = imported(tmp_path, "policy.html", text.encode(code))
    assert lines_of(document) == ["The child’s own words – “café”."]


def test_what_surrounds_the_page_is_not_quotable(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<div class='site-menu'><a href='/'>Home</a></div><h1>Neglect</h1>"
        "<p>Neglect is the persistent failure to meet a child's basic needs.</p>"
        "<p><a href='/x'>Thresholds guide</a></p><p>See also the Graded Care Profile guidance.</p>"
        "<p>See the child alone.</p><p>Telephone: 01632 960123</p><footer>Cookies</footer>",
    )
    assert [p.text for p in document.passages] == [
        "Neglect is the persistent failure to meet a child's basic needs.",
        "See the child alone.",
    ]
    assert [f.why for f in document.furniture] == [
        "navigation of the page",
        "points to another document or page",
        "contact details, which change",
        "head or foot of the page",
    ]


def test_numbers_typed_into_paragraphs_nest(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<p>3.1 The lead practitioner must:</p><p>(a) see the child;</p>"
        "<p>(b) record, without delay:</p><p>(i) what was said;</p><p>(ii) by whom;</p>"
        "<p>(c) tell the manager.</p>",
    )
    assert [(p.under, p.number) for p in document.passages] == [
        ("3.1", "(a)"),
        ("3.1", "(b)"),
        ("3.1 (b)", "(i)"),
        ("3.1 (b)", "(ii)"),
        ("3.1", "(c)"),
    ]


def test_a_cell_that_spans_rows_and_a_heading_in_a_table(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<table><tr><th>Level</th><th>Sign</th><th>Act</th></tr>"
        "<tr><td colspan='3'>Universal</td></tr>"
        "<tr><td rowspan='2'>One</td><td>None</td><td>Nothing</td></tr>"
        "<tr><td>Few</td><td>Early help</td></tr></table><p>Review the level each month.</p>",
    )
    assert [(p.text, p.heading) for p in document.passages] == [
        ("One | None | Nothing", "Universal"),
        ("One | Few | Early help", "Universal"),
        ("Review the level each month.", None),
    ]


def test_scripts_are_no_words(tmp_path: Path) -> None:
    document = page(tmp_path, "<script>alert(1)</script><p>Listen <b>to</b> the&nbsp;child.</p>")
    assert document.text == "Listen to the child.\n"


def test_a_caption_and_a_button_in_a_heading_are_kept(tmp_path: Path) -> None:
    document = page(
        tmp_path,
        "<h2><button>Out of hours</button></h2><button>Print</button>"
        "<table><caption>Response times apply to all.</caption>"
        "<tr><th>Level</th><th>Act</th></tr><tr><td>One</td><td>Nothing</td></tr></table>",
    )
    assert lines_of(document) == [
        *("Out of hours", "Response times apply to all.", "Level | Act", "One | Nothing")
    ]


@pytest.mark.parametrize("start", ["²", "9" * 5000, "-4", "999999999"])
def test_a_count_that_is_made_to_do_harm(tmp_path: Path, start: str) -> None:
    body = f"<ol type='i' start='{start}'><li value='{start}'>Listen to her.</li></ol>"
    body += f"<table><tr><td colspan='{start}'>One</td><td rowspan='{start}'>Two</td></tr></table>"
    assert len(page(tmp_path, body).text) < 1000


@pytest.mark.parametrize("how", ["hidden", "style='display: none'", "aria-hidden='true' hidden=''"])
def test_what_is_hidden_is_not_quotable(tmp_path: Path, how: str) -> None:
    document = page(tmp_path, f"<p>Listen to her.</p><div {how}><p>Tell nobody at all.</p></div>")
    assert [p.text for p in document.passages] == ["Listen to her."]
    assert [f.why for f in document.furniture] == ["hidden on the page"]


def test_a_page_of_styled_lines_has_headings_and_a_title(tmp_path: Path) -> None:
    body = (
        '<div><span style="font-weight:700">Young carers</span></div>'
        '<div style="font-weight: bold">1. Time limits</div><div>Staff act in 5 days.</div>'
        '<div class="foot"><div>Dale Hub</div></div>'
    )
    html = f"<head><title>Young carers | Dale</title></head><body>{body}</body>"
    document = imported(tmp_path, "carers.html", f"<html>{html}</html>")
    assert document.title == "Young carers"
    assert [(p.heading, p.text) for p in document.passages] == [
        ("1. Time limits", "Staff act in 5 days.")
    ]
