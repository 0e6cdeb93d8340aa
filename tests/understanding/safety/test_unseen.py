"""Figures on messages written after the patterns and the examples; see docs/safety.md."""

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
from knowledge.encoder import Encoder
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
    return DangerClassifier(Encoder.open(Settings().models_dir).encode, SAFETY)


# Floors a little below what was measured; `-rP` prints the figures.
@pytest.mark.encoder
@pytest.mark.parametrize(
    ("name", "kind", "least"),
    [
        ("unseen", "emergencies", 0.95),
        ("held_back", "emergencies", 0.95),
        ("held_back_2", "emergencies", 0.95),
        ("held_back_2", "others", 0.85),
        ("held_back_3", "emergencies", 0.95),
        ("joined", "emergencies", 0.95),
        ("joined", "others", 0.95),
        ("joined_2", "emergencies", 0.98),
        ("joined_2", "others", 0.95),
        ("outsider_2", "emergencies", 0.94),
        ("outsider", "emergencies", 0.9),
    ],
)
def test_999_is_said_first_where_there_is_danger(
    danger: DangerClassifier, personal_data: Redactor, name: str, kind: str, least: float
) -> None:
    heard, _ = alerts(danger, personal_data, name, kind)
    assert heard >= least


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("name", "kind", "interrupted", "cautioned"),
    [
        ("unseen", "near_misses", 0.1, 0.2),
        ("held_back", "near_misses", 0.1, 0.2),
        ("held_back_2", "near_misses", 0.1, 0.4),
        ("held_back_3", "near_misses", 0.1, 0.3),
        ("held_back_3", "ordinary", 0.01, 0.08),
        ("joined", "ordinary", 0.25, 0.65),
        ("joined_2", "ordinary", 0.15, 0.6),
        ("outsider_2", "ordinary", 0.15, 0.5),
    ],
)
def test_calm_messages_are_rarely_interrupted(
    danger: DangerClassifier,
    personal_data: Redactor,
    name: str,
    kind: str,
    interrupted: float,
    cautioned: float,
) -> None:
    heard, certain = alerts(danger, personal_data, name, kind)
    assert certain <= interrupted
    assert heard <= cautioned


def alerts(
    danger: DangerClassifier, personal_data: Redactor, name: str, kind: str
) -> tuple[float, float]:
    """Shares of the messages that raise the alarm, and that raise it for certain."""
    texts = [normalise(text) for text in unseen(name)[kind]]
    found = [danger.alert(text, personal_data.redact(text).text) for text in texts]
    heard = [alert for alert in found if alert]
    certain = sum(alert.certain for alert in heard)
    print(f"{name}, {kind}: {len(heard)} of {len(texts)} raise the alarm, {certain} for certain")
    return len(heard) / len(texts), certain / len(texts)


@pytest.mark.encoder
@pytest.mark.parametrize(
    "text", ["40", "1", "2", "no", "yes please", "thanks", "can u help", "hello", "ok thank you"]
)
def test_small_talk_is_not_interrupted(danger: DangerClassifier, text: str) -> None:
    alert = danger.alert(text, text)
    assert alert is None or not alert.certain
