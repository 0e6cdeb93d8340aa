from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import pytest

from bot.cli.evaluate import evaluate
from bot.errors import UserFacingError
from bot.evaluation.report import BEGIN, END
from bot.messages import Message
from tests.evaluation.made_up import GAP, RIGHT, answer

SET = f"""\
{{"q": "how do I speak to them", "kind": "answer", "passages": ["{RIGHT}"], "context": ["hello"]}}
{{"q": "what is the deadline", "kind": "abstain"}}
{{"q": "too long", "kind": "abstain"}}
"""


class Talk:
    """Answers as told, and keeps what was typed."""

    def __init__(self) -> None:
        self.typed: list[str] = []

    def type(self, text: str) -> Sequence[Message]:
        self.typed.append(text)
        if text == "too long":
            raise UserFacingError("That is too long.")
        return [GAP] if text == "what is the deadline" else [answer(RIGHT)]


@pytest.fixture
def talks(monkeypatch: pytest.MonkeyPatch) -> list[Talk]:
    """Every conversation that was opened."""
    opened: list[Talk] = []

    @contextmanager
    def conversation(url: str, *, in_danger: str) -> Iterator[Talk]:
        opened.append(Talk())
        yield opened[-1]

    # By its name in full: `bot.cli.evaluate` is the command.
    monkeypatch.setattr(import_module("bot.cli.evaluate"), "conversation", conversation)
    return opened


@pytest.fixture
def made(tmp_path: Path) -> Path:
    file = tmp_path / "s1.jsonl"
    file.write_text(SET, encoding="utf-8")
    return file


def test_every_message_has_a_conversation_of_its_own(talks: list[Talk], made: Path) -> None:
    evaluate([made])
    assert [talk.typed for talk in talks] == [
        ["hello", "how do I speak to them"],
        ["what is the deadline"],
        ["too long"],
    ]


def test_a_refusal_is_a_miss_and_is_told(
    talks: list[Talk], made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate([made], misses=tmp_path / "misses.tsv")
    said = capsys.readouterr()
    assert "| **Right** | 0.667 (0.21 to 0.94, 2 of 3) |" in said.out
    assert "s1-3: That is too long." in said.err
    assert (tmp_path / "misses.tsv").read_text() == "s1-3\tabstain\tother\ttoo long\t\n"


def test_the_figures_are_written_between_the_marks(
    talks: list[Talk], made: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"# Page\n{BEGIN}\n{END}\n", encoding="utf-8")
    evaluate([made], write=page)
    assert "3 messages by s1." in page.read_text("utf-8")


def test_nothing_is_asked_where_the_page_has_no_marks(
    talks: list[Talk], made: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Page\n", encoding="utf-8")
    with pytest.raises(UserFacingError, match="Nothing was written"):
        evaluate([made], write=page)
    assert talks == []
