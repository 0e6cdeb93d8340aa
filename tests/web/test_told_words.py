"""Which words of a change practitioners read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.operations.difference import ContentDifference
from bot.operations.passage_differences import PassageDifferences
from bot.web import told_words
from bot.web.told_words import ToldDifference
from knowledge.documents import DOCUMENTS, NotQuoted, PassageEntry, read_entries
from knowledge.library import FOLDER, Library
from tests.shipped import LIBRARY

KEY = LIBRARY.documents["003"]
CUT = read_entries(FOLDER / DOCUMENTS / KEY.id)[2]


def told(changed: list[PassageEntry], library: Library = LIBRARY) -> ToldDifference:
    found = PassageDifferences.of(KEY.id, CUT, changed)
    difference = ContentDifference(KEY.id, KEY.title, (), reworded=found.reworded)
    return ToldDifference.of(difference, library)


def reworded(count: int) -> list[PassageEntry]:
    other = [each.model_copy(update={"text": f"{each.text} And more."}) for each in CUT[:count]]
    return [*other, *CUT[count:]]


def test_of_very_many_the_first_are_shown_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(told_words, "SHOWN", 3)
    found = told(reworded(5))
    assert (len(found.rows), found.more, found.withheld) == (3, 2, False)
    assert told([*CUT]) == ToldDifference(replace(found.difference, reworded=()))


def test_another_lead_in_is_shown_and_one_that_is_not_quotable_is_not() -> None:
    first, *others = CUT
    line = KEY.text.split("\n")[CUT[9].lines[0] - 1]
    led = told([first.model_copy(update={"lead_in": line}), *others])
    (row,) = led.rows
    assert row.after
    assert row.after.lead_in == line
    withheld = replace(KEY, not_quoted=(NotQuoted(lines=CUT[9].lines, why="A slip"),))
    library = Library({**LIBRARY.documents, KEY.id: withheld}, LIBRARY.passages, LIBRARY.notices)
    hidden = told([first.model_copy(update={"lead_in": line}), *others], library)
    assert (hidden.rows, hidden.withheld) == ((), True)


def test_of_a_document_that_is_gone_nothing_is_shown() -> None:
    documents = {key: each for key, each in LIBRARY.documents.items() if key != KEY.id}
    passages = {key: p for key, p in LIBRARY.passages.items() if p.document_id != KEY.id}
    found = told(reworded(2), Library(documents, passages, LIBRARY.notices))
    assert (found.rows, found.withheld) == ((), True)
