"""Figures on messages that nothing was learnt from; see docs/safety.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.safety.classifier import DangerClassifier
from knowledge.costs import Costs
from knowledge.encoder import Encoder
from knowledge.text_pairs import with_asked
from tests.shipped import SAFETY

HERE = Path(__file__).parent


@cache
def unseen(name: str = "unseen") -> dict[str, list[Any]]:
    lists: dict[str, list[Any]] = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return lists


@pytest.fixture(scope="module")
def personal_data() -> Redactor:
    return Redactor(SAFETY)


def left(personal_data: Redactor, text: str, value: str) -> bool:
    return any(part in personal_data.redact(normalise(text)).text for part in value.split())


@pytest.mark.parametrize(("kind", "share"), [("names", 0.92), ("identifiers", 1.0)])
def test_personal_data_is_found(personal_data: Redactor, kind: str, share: float) -> None:
    missed = [text for text, value in unseen()[kind] if left(personal_data, text, value)]
    assert 1 - len(missed) / len(unseen()[kind]) >= share, missed


def test_what_is_not_personal_stays(personal_data: Redactor) -> None:
    taken = [text for text in unseen()["not_personal"] if personal_data.redact(text).found]
    assert len(taken) <= 0.05 * len(unseen()["not_personal"]), taken


@pytest.fixture(scope="module")
def danger() -> DangerClassifier:
    return DangerClassifier(Encoder.open(Settings().models_dir).read, Costs.read(), SAFETY)


# What was measured on 29 November 2026 with the weights and the costs as they are committed: of
# dangers none may be lost that was heard then. Each is printed with `-rP`. Whoever trains again and
# hears more raises the number; whoever hears less has lost somebody. docs/safety.md has the numbers
# of the training before. Of `outsider`, what had got past the patterns before those: six of the
# missed run together, so that the redactor takes them for a name and the reader is never shown
# them; three have digits for letters; the others are headings of a few words.
@pytest.mark.encoder
@pytest.mark.parametrize(
    ("name", "kind", "heard_then", "of"),
    [
        ("unseen", "emergencies", 50, 50),
        ("held_back", "emergencies", 59, 60),
        ("held_back_2", "emergencies", 98, 100),
        ("held_back_2", "others", 34, 35),
        ("held_back_3", "emergencies", 80, 80),
        ("joined", "emergencies", 110, 110),
        ("joined", "others", 88, 90),
        ("joined_2", "emergencies", 175, 176),
        ("joined_2", "others", 44, 44),
        ("outsider_2", "emergencies", 190, 195),
        ("outsider", "emergencies", 53, 68),
        ("short_replies", "emergencies", 56, 60),
        ("few_words", "emergencies", 39, 48),
    ],
)
def test_999_is_said_first_where_there_is_danger(
    danger: DangerClassifier,
    personal_data: Redactor,
    name: str,
    kind: str,
    heard_then: int,
    of: int,
) -> None:
    assert len(unseen(name)[kind]) == of
    heard, _ = alerts(danger, personal_data, name, kind)
    assert heard >= heard_then


# Ceilings: what was measured on that day. `cautioned` counts those that are interrupted too.
@pytest.mark.encoder
@pytest.mark.parametrize(
    ("name", "kind", "interrupted", "cautioned"),
    [
        ("unseen", "near_misses", 1, 2),
        ("held_back", "near_misses", 0, 2),
        ("held_back_2", "near_misses", 1, 5),
        ("held_back_3", "near_misses", 0, 3),
        ("held_back_3", "ordinary", 0, 1),
        ("joined", "ordinary", 11, 43),
        ("joined_2", "ordinary", 12, 32),
        ("outsider_2", "ordinary", 3, 9),
        ("short_replies", "ordinary", 5, 26),
        ("few_words", "ordinary", 7, 10),
    ],
)
def test_calm_messages_are_rarely_interrupted(
    danger: DangerClassifier,
    personal_data: Redactor,
    name: str,
    kind: str,
    interrupted: int,
    cautioned: int,
) -> None:
    heard, certain = alerts(danger, personal_data, name, kind)
    assert certain <= interrupted
    assert heard <= cautioned


def alerts(
    danger: DangerClassifier, personal_data: Redactor, name: str, kind: str
) -> tuple[int, int]:
    """How many of the messages raise the alarm, and how many raise it for certain."""
    texts = [normalise(text) for text in unseen(name)[kind]]
    found = [danger.alert(text, personal_data.redact(text).text) for text in texts]
    heard = [alert for alert in found if alert]
    certain = sum(alert.certain for alert in heard)
    print(f"{name}, {kind}: {len(heard)} of {len(texts)} raise the alarm, {certain} for certain")
    return len(heard), certain


@pytest.mark.encoder
@pytest.mark.parametrize(
    "text", ["40", "1", "2", "no", "yes please", "thanks", "can u help", "hello", "ok thank you"]
)
def test_small_talk_is_not_interrupted(danger: DangerClassifier, text: str) -> None:
    alert = danger.alert(text, text)
    assert alert is None or not alert.certain


@pytest.mark.encoder
def test_a_reply_is_read_with_what_was_asked(
    danger: DangerClassifier, personal_data: Redactor
) -> None:
    """Measured on 29 November 2026: 35 of 39 dangers heard, 9 of 61 calm replies cautioned."""

    def heard(kind: str) -> int:
        read = [
            with_asked(asked, personal_data.redact(normalise(reply)).text)
            for asked, reply in unseen("replies")[kind]
        ]
        return sum(danger.alert(text, text) is not None for text in read)

    assert (len(unseen("replies")["emergencies"]), len(unseen("replies")["ordinary"])) == (39, 61)
    assert heard("emergencies") >= 35
    assert heard("ordinary") <= 9
