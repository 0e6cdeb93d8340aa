"""What is learnt from use holds nothing of a person: not in the tables, and not on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from bot.messages import NotCoveredMessage
from bot.storage.tables import asked_questions, settled_questions, usage_counts
from tests.api.standins import Serve, StandIn, Talk
from tests.privacy.marks import CODE, LOWER, MARKS, NAME, PHONE, everywhere
from tests.privacy.test_nothing_kept import SAID

MISSING = NotCoveredMessage(text="n", reason="not_in_sources", edition="shipped")
PLAIN = "who signs the marmalade protocol"
TOLD = [
    f"What do I do about {NAME}?",
    f"can i ring {PHONE}?",
    f"is {LOWER}@example.org the lado?",
    f"what does {CODE} mean?",
    "what if he has a knife and he is outside now?",
    "my mate's lad, the one with the red bike, what should i do about his black eye and his dad,"
    " who drinks, and who lost the job at the fish market last spring?",
]


def rows(state: Path) -> list[str]:
    """Every row of the tables of what is learnt from use."""
    engine = create_engine(f"sqlite:///{state / 'conversations.db'}")
    with engine.connect() as connection:
        return [
            repr(row)
            for table in (asked_questions, settled_questions, usage_counts)
            for row in connection.execute(select(table)).all()
        ]


def questions(state: Path) -> list[str]:
    engine = create_engine(f"sqlite:///{state / 'conversations.db'}")
    with engine.connect() as connection:
        return list(connection.scalars(select(asked_questions.c.text)))


def say_all(serve: Serve, rasa: StandIn, *, keep: bool) -> Talk:
    """Everything personal that one can say, and one plain question, to which nothing is found."""
    rasa.reply = lambda _: [{"custom": MISSING.model_dump(mode="json")}]
    client = serve(keep_asked=keep, conversation_limit="60000/minute")
    talk = Talk(client)
    for said in (*SAID, *TOLD, f"{PLAIN}?"):
        number = talk.say(said).json().get("turn", 0)
        client.post(
            "/api/v1/feedback",
            json={"conversation_id": talk.id, "turn": number, "rating": "not_useful"},
            headers=talk.headers,
        )
    return talk


@pytest.mark.encoder
def test_only_the_plain_question_is_kept_and_by_nothing_that_tells_whose_it_is(
    serve: Serve, rasa: StandIn, tmp_path: Path
) -> None:
    talk = say_all(serve, rasa, keep=True)
    kept = rows(tmp_path)
    assert questions(tmp_path) == [PLAIN]
    for mark in (*MARKS, "knife", "black eye", "[", talk.id):
        assert not [row for row in kept if mark.lower() in row.lower()], mark
    assert everywhere(tmp_path) == []


@pytest.mark.encoder
def test_switched_off_no_word_is_kept(serve: Serve, rasa: StandIn, tmp_path: Path) -> None:
    say_all(serve, rasa, keep=False)
    assert questions(tmp_path) == []


@pytest.mark.encoder
def test_of_a_deleted_conversation_no_question_lies_on_the_disk(
    serve: Serve, rasa: StandIn, tmp_path: Path
) -> None:
    talk = say_all(serve, rasa, keep=True)
    assert everywhere(tmp_path, ("marmalade",))
    gone = talk.client.delete(f"/api/v1/conversations/{talk.id}", headers=talk.headers)
    assert gone.status_code == 204
    assert everywhere(tmp_path, ("marmalade", talk.id)) == []


def test_the_privacy_page_tells_of_it_while_it_is_on(serve: Serve) -> None:
    assert (
        "for at most 45 days"
        in serve(keep_asked=True, asked_retention_days=45).get("/privacy").text
    )


def test_the_privacy_page_does_not_tell_of_it_while_it_is_off(serve: Serve) -> None:
    page = serve().get("/privacy").text
    assert "Short questions" not in page
    assert "numbers only" in page
