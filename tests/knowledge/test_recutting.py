"""Cutting by hand, of a document as an import makes it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from knowledge.documents import DOCUMENTS
from knowledge.errors import ContentError
from knowledge.importing import ImportedDocument
from knowledge.importing.reading import read
from knowledge.importing.source import SourceFile
from knowledge.intake import GivenFacts, take_in
from knowledge.passage_questions import questions_of, write_questions
from knowledge.recutting import (
    Cut,
    cut_points,
    merge,
    quote_again,
    relabel,
    split,
    withhold,
)

TEXT = """# Sharing information

## 4 Consent

4.1 Ask the parents first. Write down what they say. Tell them what happens next.

4.2 Without consent, say why. Your manager decides.

4.3 Keep a record.

## 5 Records

5.1 A record is kept for ten years; nobody alters it. It says who wrote it.
"""
ID = "000"


@pytest.fixture(scope="module")
def imported() -> ImportedDocument:
    return read(SourceFile(Path("sharing.md"), TEXT.encode()), "markdown", lambda *_: None)


def content_of(folder: Path, imported: ImportedDocument) -> Path:
    content = folder / "content"
    (content / DOCUMENTS).mkdir(parents=True)
    for name in ("questions.jsonl", "gaps.jsonl", "out_of_scope.jsonl"):
        (content / name).write_text("")
    file = folder / "sharing.md"
    file.write_text(TEXT)
    with_sum = ImportedDocument(**{**vars(imported), "sha256": SourceFile.read(file).sha256})
    assert take_in(content, file, with_sum, GivenFacts(), date(2026, 11, 29), ()) == ID
    return content


@pytest.fixture
def content(tmp_path: Path, imported: ImportedDocument) -> Path:
    return content_of(tmp_path, imported)


def texts(content: Path) -> dict[str, str]:
    return {each.reference: each.text for each in Cut.read(content, ID).passages}


def test_a_passage_is_split_at_a_sentence(content: Path) -> None:
    first, second = cut_points(texts(content)["4.1"])
    with pytest.raises(ContentError, match="where a sentence or a line begins"):
        split(content, ID, "000.4.1", first + 1)
    split(content, ID, "000.4.1", first)
    assert texts(content)["4.1"] == "Ask the parents first."
    assert texts(content)["4.1 part 2"] == "Write down what they say. Tell them what happens next."
    assert second > first


def test_two_are_merged_with_what_stands_between_and_the_questions_of_both(content: Path) -> None:
    write_questions(content, "000.4.2", ["who decides"])
    write_questions(content, "000.4.3", ["is it written down", "who decides"])
    merge(content, ID, "000.4.2")
    whole = texts(content)["4.2"]
    assert whole.startswith("Without consent")
    assert whole.endswith("Keep a record.")
    assert whole in Cut.read(content, ID).text
    assert questions_of(content, "000.4.2") == ("who decides", "is it written down")
    assert questions_of(content, "000.4.3") == ()


def test_what_stands_under_another_heading_or_last_is_not_merged(content: Path) -> None:
    with pytest.raises(ContentError, match="under different headings"):
        merge(content, ID, "000.4.3")
    with pytest.raises(ContentError, match="the last passage"):
        merge(content, ID, "000.5.1")


def test_what_is_withheld_says_why_and_is_made_quotable_again(content: Path) -> None:
    before = texts(content)
    write_questions(content, "000.4.3", ["is it written down"])
    withhold(content, ID, ["000.4.3"], "  out of  date ")
    cut = Cut.read(content, ID)
    note = next(each for each in cut.entry.not_quoted if each.why == "out of date")
    assert "4.3" not in texts(content)
    assert questions_of(content, "000.4.3") == ()
    quote_again(content, ID, note.lines)
    again = Cut.read(content, ID)
    assert note not in again.entry.not_quoted
    assert any("Keep a record." in each.text for each in again.passages)
    assert len(again.passages) == len(before)
    with pytest.raises(ContentError, match="stands in a passage already"):
        quote_again(content, ID, note.lines)


def test_a_label_and_a_heading_are_changed(content: Path) -> None:
    relabel(content, ID, "000.4.3", " A record ", "", "item")
    passage = Cut.read(content, ID).passages[2]
    assert (passage.label, passage.heading, passage.kind) == ("A record", None, "item")
    with pytest.raises(ContentError, match="needs a label"):
        relabel(content, ID, "000.4.3", " ", "", "item")


def test_what_is_no_longer_there_is_told(content: Path) -> None:
    with pytest.raises(ContentError, match="there is no document '007' any more"):
        merge(content, "007", "007.1")
    with pytest.raises(ContentError, match=r"there is no passage '000\.9' any more"):
        withhold(content, ID, ["000.9"], "why")


Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["split", "merge", "withhold", "again"]),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, imported: ImportedDocument) -> Path:
    return content_of(tmp_path_factory.mktemp("template"), imported)


@given(steps=STEPS)
@examples(max_examples=40)
def test_whatever_is_done_passages_are_words_of_the_source_and_none_is_lost(
    template: Path, steps: list[Step]
) -> None:
    with TemporaryDirectory() as folder:
        content = Path(folder, "content")
        shutil.copytree(template, content)
        for step in steps:
            take(content, *step)
            check(Cut.read(content, ID))


def take(content: Path, step: str, which: int, where: int) -> None:
    cut = Cut.read(content, ID)
    passage = cut.passages[which % len(cut.passages)]
    points = cut_points(passage.text)
    notes = cut.entry.not_quoted
    try:
        if step == "split" and points:
            split(content, ID, passage.id, points[where % len(points)])
        elif step == "merge":
            merge(content, ID, passage.id)
        elif step == "withhold":
            withhold(content, ID, [passage.id], "not now")
        elif step == "again" and notes:
            quote_again(content, ID, notes[where % len(notes)].lines)
    except ContentError:
        assert Cut.read(content, ID) == cut


def check(cut: Cut) -> None:
    held: set[int] = set()
    for passage in cut.passages:
        first, last = passage.lines
        assert passage.text in "".join(cut.lines[first - 1 : last])
        assert passage.text == passage.text.strip()
        held.update(range(first, last + 1))
    assert len({each.id for each in cut.passages}) == len(cut.passages)
    withheld = {n for each in cut.entry.not_quoted for n in range(each.lines[0], each.lines[1] + 1)}
    headings = {each.line for each in cut.entry.headings}
    worded = {number for number, line in enumerate(cut.lines, start=1) if line.strip()}
    assert worded <= held | withheld | headings
