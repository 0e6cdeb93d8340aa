from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.settings import HOME
from bot.understanding.notices import SpokenNotices
from knowledge.errors import ContentError
from tests.shipped import CONTACTS, DATA, FLOWS, LIBRARY, NOTICES


@pytest.mark.parametrize(
    "text",
    [
        "czy moje dziecko jest bezpieczne",
        "كيف يمكنني مساعدة طفلي",
        "cum pot ajuta copilul care nu vorbeste",
        "[message]",
        "[message] [name] ok",
    ],
)
def test_another_language_is_told_by_its_words_or_letters(text: str) -> None:
    found = NOTICES.found(text)
    assert found is not None
    assert found.followed == "never"
    assert "English only" in found.says


def test_code_is_an_injection() -> None:
    assert NOTICES.found("<SCRIPT>alert(1)</SCRIPT>") is NOTICES["injection"]


def test_the_characters_of_ordinary_questions_call_for_no_notice() -> None:
    files = ("questions.jsonl", "gaps.jsonl")
    rows = [
        json.loads(line)
        for name in files
        for line in (HOME / "knowledge" / name).read_text("utf-8").splitlines()
    ]
    asked = [question for row in rows for question in row["questions"]]
    found = [text for text in asked if NOTICES.found(text)]
    assert len(found) <= len(asked) * 0.002, found


def read(path: Path) -> SpokenNotices:
    contacts = {*CONTACTS.local, *CONTACTS.fixed}
    return SpokenNotices(path, contacts=contacts, flows=FLOWS, passages=LIBRARY.passages)


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("[legal, data_protection]", "[legal, the_mayor]", "there is no 'the_mayor'"),
        ("[share_without_consent]", "[share_it_all]", "there is no 'share_it_all'"),
        ("[003.2.3.6]", "[003.9.9]", "there is no '003.9.9'"),
        ("[my union rep]", "[union select]", "'union select' is in this message"),
        ('["{{config}}"]', '["config"]', "'{{' is not in this message"),
        ("- Zażółć was his name", "- czy moje dziecko jest", "is taken for another language"),
        ("followed: always", "followed: perhaps", "'perhaps'; known here: 'always', 'if_asked' or"),
    ],
)
def test_what_cannot_be_right_stops_the_start(
    tmp_path: Path, right: str, wrong: str, problem: str
) -> None:
    path = tmp_path / "notices.yaml"
    shipped = (DATA / "notices.yaml").read_text("utf-8")
    assert right in shipped
    path.write_text(shipped.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ContentError, match=problem.replace("{", r"\{")) as error:
        read(path)
    assert all((each.place.line or 0) > 1 for each in error.value.violations)
