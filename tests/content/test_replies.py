from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.content.examples import lines, read_examples
from bot.content.replies import read_assistant, read_document_wording
from bot.understanding.clicks import known_choices
from bot.understanding.documents import KINDS
from knowledge.errors import ContentError
from tests.shipped import DATA, FLOWS

FILES = {"documents.yaml": "documents", "assistant.yaml": "assistant", "notices.yaml": "notice"}
FEWEST = 20
"""So many examples has every key, varied in length, spelling and mood."""


def test_examples_are_lines_with_or_without_a_dash() -> None:
    assert lines("- who sees this\n\n  is it private \n") == ("who sees this", "is it private")


def test_every_key_has_enough_examples_and_no_two_share_one() -> None:
    learnt = [
        each for file, intent in FILES.items() for each in read_examples(DATA / file, [intent])
    ]
    counts = Counter(each.key for each in learnt)
    assert {key: count for key, count in counts.items() if count < FEWEST} == {}
    texts = Counter(each.text.casefold() for each in learnt)
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_kind_of_question_about_documents_has_its_words() -> None:
    wording = read_document_wording(DATA / "documents.yaml")
    assert set(type(wording.documents).model_fields) == set(KINDS)


def test_what_is_read_for_rasa_has_only_the_keys_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("lead: x\nassistant:\n  who:\n    examples: |\n      - who\n", "utf-8")
    assert [(each.key, each.text) for each in read_examples(path, ["assistant"])] == [
        ("assistant/who", "who")
    ]
    path.write_text("assistant:\n  who:\n    says: me\n", "utf-8")
    with pytest.raises(ContentError, match="'examples' is missing"):
        list(read_examples(path, ["assistant"]))


def test_a_button_does_what_there_is(tmp_path: Path) -> None:
    path = tmp_path / "assistant.yaml"
    shipped = (DATA / "assistant.yaml").read_text("utf-8")
    path.write_text(shipped.replace("choice: do:menu", "choice: do:everything", 1), "utf-8")
    with pytest.raises(ContentError, match="unknown 'do:everything'"):
        read_assistant(path, known_choices(FLOWS))
