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
from bot.understanding.safety.classifier import (
    SURE_IN_A_WINDOW,
    UNREADABLE,
    WINDOWS_READ,
    Alert,
    DangerClassifier,
)
from bot.understanding.safety.head import REASONS, DangerHead
from knowledge.costs import Costs
from knowledge.encoder import EncoderFailed
from knowledge.errors import ContentError
from tests.api.standins import no_encoder
from tests.shipped import SAFETY
from tests.understanding.safety.made_head import Make, alike, logit

SAID = "what is the policy. the baby is not breathing"
LONG = " ".join(["we met and talked of the plan"] * 20)


def classifier(
    read: Callable[[Sequence[str]], NDArray[np.float32]], data: Path = SAFETY
) -> DangerClassifier:
    return DangerClassifier(read, Costs.read(), data)


def not_numbers(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.full((len(texts), 384), np.nan, np.float32)


def fails(texts: Sequence[str]) -> NDArray[np.float32]:
    raise EncoderFailed("not a number")


def none_at_all(texts: Sequence[str]) -> NDArray[np.float32]:
    return alike(texts)[:0]


@pytest.mark.parametrize("read", [no_encoder, fails, not_numbers, none_at_all])
@pytest.mark.parametrize("said", [SAID, "What does partnership mean?", LONG])
def test_whoever_cannot_read_a_message_says_999_first(
    read: Callable[[Sequence[str]], NDArray[np.float32]], said: str
) -> None:
    assert classifier(read).alert(said, said) == UNREADABLE
    assert not UNREADABLE.certain


def test_a_cry_in_another_language_needs_no_encoder() -> None:
    said = "au secours, il a un couteau"
    assert classifier(no_encoder).alert(said, said) == Alert("immediate_danger", certain=True)


def test_a_cry_in_another_language_is_heard_though_it_was_taken_out() -> None:
    assert classifier(alike).alert("chcę umrzeć", "[name]") == Alert("self_harm", certain=True)


def test_the_encoder_is_given_redacted_words_only() -> None:
    given: list[str] = []

    def noting(texts: Sequence[str]) -> NDArray[np.float32]:
        given.extend(texts)
        return alike(texts)

    own = "Kieran is not breathing, ring 07700 900123. Kieran is blue. " + "he is not moving " * 200
    redacted = own.replace("Kieran", "[name]").replace("07700 900123", "[phone number]")
    classifier(noting).alert(own, redacted)
    assert given
    assert not re.search("Kieran|07700", " ".join(given))


@pytest.mark.parametrize(("said", "texts"), [(SAID, 1), (LONG, 1 + WINDOWS_READ)])
def test_little_is_given_to_the_encoder_however_long_the_text(said: str, texts: int) -> None:
    given: list[str] = []

    def noting(read: Sequence[str]) -> NDArray[np.float32]:
        given.extend(read)
        return alike(read)

    classifier(noting).alert(said, said)
    assert given[0] == said
    assert len(given) == texts


# The costs that are shipped interrupt from .8 on, and caution from .03 on.
@pytest.mark.parametrize(
    ("share", "found"),
    [
        (0.99, Alert("immediate_danger", certain=True)),
        (0.65, Alert("immediate_danger", certain=False)),
        (0.02, None),
    ],
)
def test_costs_decide_what_comes_of_a_chance(make: Make, share: float, found: Alert | None) -> None:
    text = "Red is what we talked of."
    assert make(logit(share)).alert(text, text) == found


def alarmed(texts: Sequence[str]) -> NDArray[np.float32]:
    raise AssertionError(f"read for danger: {texts}")


@pytest.mark.parametrize("text", ["I want to stop", "[name]", "[name] [name]", " ... "])
def test_a_command_or_a_name_alone_is_not_read(text: str) -> None:
    commands = frozenset({"i want to stop"})
    reader = DangerClassifier(alarmed, Costs.read(), SAFETY, commands)
    assert reader.alert(text, text) is None


def test_more_than_a_command_is_read() -> None:
    reader = DangerClassifier(alarmed, Costs.read(), SAFETY, frozenset({"i want to stop"}))
    text = "I want to stop hurting"
    assert reader.alert(text, text) == UNREADABLE


def test_a_window_cautions_and_makes_nothing_certain(make: Make) -> None:
    """The whole of it is calm to this head, which hears a colour only near the beginning."""
    text = f"{LONG} Red is what we talked of. {LONG}"
    surely = make(logit((1 + SURE_IN_A_WINDOW) / 2), only_windows=True)
    assert surely.alert(text, text) == Alert("immediate_danger", certain=False)
    hardly = make(logit(SURE_IN_A_WINDOW - 0.05), only_windows=True)
    assert hardly.alert(text, text) is None


@pytest.mark.parametrize("name", ["head.npz", "prefilter.npz", "lexicon.yaml"])
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
        arrays["top" if name == "head.npz" else "weights"].flat[5] = np.nan
        np.savez(path, **arrays)
    else:
        path.write_bytes(b"\xff" * 100)
    with pytest.raises((ContentError, UserFacingError), match=name):
        classifier(alike, data)


def test_a_head_of_other_reasons_is_refused(tmp_path: Path) -> None:
    data = Path(copytree(SAFETY, tmp_path / "safety"))
    with np.load(data / "head.npz") as stored:
        arrays = dict(stored)
    np.savez(data / "head.npz", **{**arrays, "reasons": np.array(REASONS[::-1])})
    with pytest.raises(UserFacingError, match=r"head\.npz was made for another version"):
        DangerHead.read(data / "head.npz")


@pytest.mark.parametrize("text", ["", " ", "?", "\n", "\U0001f600" * 50, "[name]", "' ' '"])
def test_no_text_is_too_odd(text: str) -> None:
    classifier(alike).alert(text, text)


@pytest.fixture(scope="module")
def by_meaning() -> DangerClassifier:
    from bot.settings import Settings
    from knowledge.encoder import Encoder

    return classifier(Encoder.open(Settings().models_dir).read)


@pytest.mark.encoder
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("the baby is not breathing", "immediate_danger"),
        ("i want to kill myself", "self_harm"),
        ("im 9 and my dad hits me", "child_user"),
        ("a pupil says the teaching assistant slapped him", "allegation"),
        ("social services have taken my kids", "public_user"),
        # Letters that stand apart, run together or look alike.
        ("i want to k i l l m y s e l f", "self_harm"),
        ("i want to k.i.l.l m.y.s.e.l.f", "self_harm"),
        ("i w a n t t o d i e", "self_harm"),
        ("\u0456 want to k\u0456ll mys\u0435lf", "self_harm"),
        # Mark-up.
        ("<td>the baby is not breathing</td>", "immediate_danger"),
        ("| the | baby | is | not | breathing |", "immediate_danger"),
        ("**the** baby is ~not~ breathing", "immediate_danger"),
        # Slips.
        ("the baby isnt breatheing", "immediate_danger"),
    ],
)
def test_each_reason_is_heard_however_it_is_written(
    by_meaning: DangerClassifier, text: str, reason: SafetyReason
) -> None:
    assert by_meaning.alert(text, text) == Alert(reason, certain=True)


@pytest.mark.encoder
@pytest.mark.parametrize(
    "text",
    [
        "what is the definition of significant harm",
        "this paperwork is killing me",
        "a baby was shaken in 2019, does it go in the chronology",
        "could we kill two birds with one stone",
        "what's the court test for an emergency protection order",
        "is unconscious bias training mandatory",
        "a course on choking",
    ],
)
def test_alarming_words_alone_raise_no_alarm(by_meaning: DangerClassifier, text: str) -> None:
    assert by_meaning.alert(text, text) is None
