from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from knowledge.importing.html_table import html_rows, is_layout


def table_of(rows: str, attributes: str = "") -> Any:
    html = f"<table {attributes}>{rows}</table>"
    return etree.fromstring(html, etree.HTMLParser()).find("body")[0]


def cells(rows: str) -> list[tuple[str, ...]]:
    return [row.cells for row in html_rows(table_of(rows))]


def test_a_cell_that_spans_rows_stands_in_each_of_them() -> None:
    spanning = "<td rowspan='2'>One</td><td>None</td><td rowspan='3'>Nothing</td>"
    assert cells(f"<tr>{spanning}</tr><tr><td>Few</td></tr><tr><td>Two</td><td>Many</td></tr>") == [
        ("One", "None", "Nothing"),
        ("One", "Few", "Nothing"),
        ("Two", "Many", "Nothing"),
    ]


def test_a_cell_that_spans_columns_leaves_the_others_empty() -> None:
    assert cells("<tr><td colspan='3'>Universal</td></tr>") == [("Universal", "", "")]


def test_a_row_of_heads_or_in_a_head_heads_the_table() -> None:
    heads = "<tr><th>Level</th><th>Act</th></tr><tr><th>One</th><td>Nothing</td></tr>"
    assert [row.heads for row in html_rows(table_of(heads))] == [True, False]
    in_head = "<thead><tr><td>Level</td></tr></thead><tr><td>One</td></tr>"
    assert [row.heads for row in html_rows(table_of(in_head))] == [True, False]


def test_the_rows_of_a_table_inside_are_its_own() -> None:
    inside = "<table><tr><td>b</td></tr></table>"
    assert cells(f"<tr><td>a {inside}</td></tr>") == [("a b",)]


@pytest.mark.parametrize(
    ("rows", "attributes", "layout"),
    [
        ("<tr><td>a</td><td>b</td></tr>", "", False),
        ("<tr><td>a</td></tr><tr><td>b</td></tr>", "", False),
        ("<tr><td>a</td></tr>", "", True),
        ("<tr><td>a</td><td>b</td></tr>", "role='presentation'", True),
        ("<tr><td><h2>a</h2></td><td>b</td></tr>", "", True),
    ],
)
def test_a_table_that_only_places_things(rows: str, attributes: str, layout: bool) -> None:
    assert is_layout(table_of(rows, attributes)) is layout


@pytest.mark.parametrize("span", ["²", "9" * 5000, "-4", "999999999"])
def test_a_span_that_is_made_to_do_harm(span: str) -> None:
    [row] = cells(f"<tr><td colspan='{span}'>One</td><td rowspan='{span}'>Two</td></tr>")
    assert len(row) < 60
