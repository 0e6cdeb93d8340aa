from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.errors import UserFacingError
from bot.messages import SafetyReason
from bot.understanding.safety.classifier import READ_BY_HEAD, Alert, DangerClassifier, pieces
from knowledge.encoder import EncoderFailed
from knowledge.errors import ContentError
from tests.api.standins import no_encoder
from tests.shipped import SAFETY

SAID = "what is the policy. the baby is not breathing"


def alike(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.full((len(texts), 384), 384**-0.5, np.float32)


def not_numbers(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.full((len(texts), 384), np.nan, np.float32)


def fails(texts: Sequence[str]) -> NDArray[np.float32]:
    raise EncoderFailed("not a number")


def too_few(texts: Sequence[str]) -> NDArray[np.float32]:
    return alike(texts)[1:]


@pytest.mark.parametrize("encode", [no_encoder, fails, not_numbers, too_few])
@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (SAID, "immediate_danger"),
        ("a course on choking", "immediate_danger"),
        ("how are you. i want to kill myself", "self_harm"),
        ("What does partnership mean? Anyway. Do I need consent?", None),
    ],
)
def test_without_vectors_the_words_answer_alone(
    encode: Callable[[Sequence[str]], NDArray[np.float32]], said: str, reason: SafetyReason | None
) -> None:
    assert DangerClassifier(encode, SAFETY).alert(said, said) == (
        Alert(reason, certain=True) if reason else None
    )


def test_the_encoder_is_given_redacted_words_only() -> None:
    given: list[str] = []

    def noting(texts: Sequence[str]) -> NDArray[np.float32]:
        given.extend(texts)
        return alike(texts)

    own = "Kieran is not breathing, ring 07700 900123. Kieran is blue. " + "he is not moving " * 200
    redacted = own.replace("Kieran", "[name]").replace("07700 900123", "[phone number]")[:400]
    assert DangerClassifier(noting, SAFETY).alert(own, redacted)
    assert given
    assert not re.search("Kieran|07700", " ".join(given))


def test_little_is_given_to_the_encoder_however_long_the_text() -> None:
    given: list[str] = []

    def noting(texts: Sequence[str]) -> NDArray[np.float32]:
        given.extend(texts)
        return alike(texts)

    said = "he said that she is hurt and the baby was found at home. " * 30
    DangerClassifier(noting, SAFETY).alert(said, said)
    assert given
    assert sum(map(pieces, given)) <= READ_BY_HEAD


@pytest.mark.parametrize("name", ["head.npz", "prefilter.npz", "danger.yaml"])
@pytest.mark.parametrize("how", ["missing", "empty", "cut short", "not a number"])
def test_what_danger_is_judged_by_is_found_damaged_at_the_start(
    tmp_path: Path, name: str, how: str
) -> None:
    data = Path(copytree(SAFETY, tmp_path / "safety"))
    path = data / name
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut short":
        path.write_bytes(path.read_bytes()[:3000])
    elif name.endswith(".npz"):
        with np.load(path) as stored:
            arrays = dict(stored)
        arrays["weights"].flat[5] = np.nan
        np.savez(path, **arrays)
    else:
        path.write_bytes(b"\xff" * 100)
    with pytest.raises((ContentError, UserFacingError), match=name):
        DangerClassifier(alike, data)


@pytest.mark.parametrize("text", ["", " ", "?", "\n", "\U0001f600" * 50, "[name]", "' ' '"])
def test_no_text_is_too_odd(text: str) -> None:
    DangerClassifier(no_encoder, SAFETY).alert(text, text)


@pytest.mark.parametrize(
    "text",
    [
        "i want to k i l l m y s e l f",
        "i want to k.i.l.l m.y.s.e.l.f",
        "k-i-l-l-i-n-g m-y-s-e-l-f",
        "i want to k_i_l_l myself",
        "i w a n t t o d i e",
        "\u0456 want to k\u0456ll mys\u0435lf",
    ],
)
def test_spaced_and_foreign_letters_hide_nothing(text: str) -> None:
    assert DangerClassifier(no_encoder, SAFETY).alert(text, text) == Alert(
        "self_harm", certain=True
    )


FILLER = "We met on Tuesday to agree the plan and the chair sent round the minutes. "


@pytest.mark.parametrize("at", [0, 40, 80])
def test_the_likeliest_parts_of_an_over_long_text_hold_its_danger(at: int) -> None:
    text = FILLER * at + "the baby is not breathing. " + FILLER * (80 - at)
    chosen = DangerClassifier(no_encoder, SAFETY).likeliest(text, 2000)
    assert "the baby is not breathing" in chosen
    assert len(chosen) <= 2000


def test_of_a_text_without_a_break_something_is_read() -> None:
    assert DangerClassifier(no_encoder, SAFETY).likeliest("x" * 5000, 2000)


@pytest.mark.parametrize(
    "text",
    [
        '{"notes": "the baby is not breathing", "by": "duty"}',
        "<td>the baby is not breathing</td>",
        "| the | baby | is | not | breathing |",
        "**the** baby is ~not~ breathing",
    ],
)
def test_mark_up_hides_nothing(text: str) -> None:
    assert DangerClassifier(no_encoder, SAFETY).alert(text, text) == Alert(
        "immediate_danger", certain=True
    )


@pytest.mark.parametrize("text", ["she is unconscius", "the baby isnt breatheing"])
def test_a_slip_is_not_taken_apart(text: str) -> None:
    assert DangerClassifier(no_encoder, SAFETY).alert(text, text) == Alert(
        "immediate_danger", certain=True
    )
