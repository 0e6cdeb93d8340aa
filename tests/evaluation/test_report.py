from __future__ import annotations

import pytest

from bot.errors import UserFacingError
from bot.evaluation.report import BEGIN, END, filled_in, miss_lines, report
from tests.evaluation.made_up import DANGER, GAP, HELLO, RIGHT, WRONG, answer, judged

REPLIES = [
    judged("answer", answer(RIGHT), style="terse", q=" ".join(["word"] * 11)),
    judged("answer", answer(WRONG), style="terse", author="s2", q=" ".join(["word"] * 12)),
    judged("abstain", GAP, style="formal", q=" ".join(["word"] * 39)),
    judged("smalltalk", HELLO, q=" ".join(["word"] * 40)),
]


def rows(title: str, text: str) -> list[list[str]]:
    """The cells of the table under a heading."""
    table = text.partition(f"### {title}\n\n")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()]


@pytest.mark.parametrize(
    ("title", "groups"),
    [
        ("The whole and each author", ["all", "s1", "s2"]),
        ("By kind", ["answer", "abstain", "smalltalk"]),
        ("By style", ["formal", "none given", "terse"]),
        ("By length in words", ["under 12", "12 to 39", "40 and more"]),
    ],
)
def test_every_group_has_a_column(title: str, groups: list[str]) -> None:
    assert rows(title, report(REPLIES))[0] == ["", *groups]


def test_a_figure_stands_with_its_interval_under_its_group() -> None:
    right = rows("The whole and each author", report(REPLIES))[2]
    assert right == [
        "**Right**",
        "0.667 (0.21 to 0.94, 2 of 3)",
        "1.000 (0.34 to 1.00, 2 of 2)",
        "0.000 (0.00 to 0.79, 0 of 1)",
    ]


def test_what_no_message_is_about_has_no_row() -> None:
    labels = [row[0] for row in rows("By kind", report(REPLIES))]
    assert "Answerable: right passage first" in labels
    assert "Emergencies: 999 first" not in labels


def test_one_author_is_the_whole() -> None:
    assert rows("The whole and each author", report(REPLIES[2:]))[0] == ["", "all"]


def test_the_figures_go_between_the_marks_and_replace_those_before() -> None:
    page = f"# Page\n\n{BEGIN}\n\nold\n\n{END}\n\nMore.\n"
    assert filled_in(page, "new\n") == f"# Page\n\n{BEGIN}\n\nnew\n\n{END}\n\nMore.\n"


@pytest.mark.parametrize("page", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_page_without_its_marks_is_left_alone(page: str) -> None:
    with pytest.raises(UserFacingError, match="Nothing was written"):
        filled_in(page, "new")


def test_a_miss_is_told_with_what_it_was_lost_to() -> None:
    found = [judged("answer", DANGER, q="two\nlines"), judged("answer", answer(WRONG)), REPLIES[0]]
    assert miss_lines(found) == (
        f"x\tanswer\talarm\ttwo lines\t\nx\tanswer\tpassages\t…\t{WRONG}\n"
    )
