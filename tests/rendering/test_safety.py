from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.content.safety_wording import read_privacy_wording, read_safety_wording
from bot.messages import SafetyReason
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.carry_on import CARRY_ON
from bot.understanding.safety.classifier import Alert
from knowledge.errors import ContentError
from tests.shipped import CONTACTS, SAFETY, SAFETY_RENDERER

REASONS = get_args(SafetyReason)


def read_all(folder: Path) -> None:
    read_safety_wording(folder, CONTACTS)
    read_privacy_wording(folder, PLACEHOLDERS)


@pytest.mark.parametrize("reason", REASONS)
def test_the_first_line_names_999_and_the_text_is_complete(reason: SafetyReason) -> None:
    message = SAFETY_RENDERER.certain(reason)
    assert "999" in message.text.splitlines()[0]
    assert all(contact.detail in message.text for contact in message.contacts)
    assert message.text.startswith(message.lead)
    assert message.text.endswith(message.after)


@pytest.mark.parametrize("reason", REASONS)
def test_nobody_is_led_to_think_that_help_is_coming(reason: SafetyReason) -> None:
    said = SAFETY_RENDERER.certain(reason).text
    assert "nobody is watching" in said or "No one is reading" in said


@pytest.mark.parametrize("reason", REASONS)
def test_who_may_carry_on(reason: SafetyReason) -> None:
    options = [option.id for option in SAFETY_RENDERER.certain(reason).options]
    assert options == ([] if reason in {"self_harm", "child_user"} else [CARRY_ON])


def test_every_kind_of_personal_data_has_a_name() -> None:
    assert set(read_privacy_wording(SAFETY, PLACEHOLDERS).kinds) == set(PLACEHOLDERS)


def test_a_privacy_message_names_the_kinds_and_shows_what_was_read() -> None:
    redaction = Redaction("[name] rang, [phone number]", ("name", "phone"))
    message = SAFETY_RENDERER.privacy(redaction)
    assert message.found == ["name", "phone"]
    assert "a name and a phone number" in message.text
    assert redaction.text in message.text
    assert "delete" not in message.text
    assert (
        "delete your message" in SAFETY_RENDERER.privacy(redaction, channel_keeps_a_copy=True).text
    )


@pytest.mark.parametrize(
    ("file", "was", "becomes", "told"),
    [
        ("messages.yaml", "self_harm:", "selfharm:", "selfharm"),
        ("messages.yaml", "lado]", "nobody]", "nobody"),
        ("messages.yaml", "lead:", "lede:", "lead"),
        ("messages.yaml", "\n", "\n{", "not YAML"),
        ("privacy.yaml", "({kinds})", "({kind})", "{kinds}"),
        ("privacy.yaml", "  upn:", "  nup:", "upn"),
    ],
)
def test_a_wording_that_is_missing_is_told_before_anybody_needs_it(
    tmp_path: Path, file: str, was: str, becomes: str, told: str
) -> None:
    for name in ("messages.yaml", "privacy.yaml"):
        (tmp_path / name).write_text((SAFETY / name).read_text("utf-8"), "utf-8")
    read_all(tmp_path)
    changed = (tmp_path / file).read_text("utf-8").replace(was, becomes, 1)
    (tmp_path / file).write_text(changed, "utf-8")
    with pytest.raises(ContentError, match=re.escape(told)):
        read_all(tmp_path)
    (tmp_path / file).unlink()
    with pytest.raises(ContentError, match="no such file"):
        read_all(tmp_path)


@pytest.mark.parametrize("reason", REASONS)
def test_possible_danger_names_999_first_too(reason: SafetyReason) -> None:
    possible = SAFETY_RENDERER.first(Alert(reason, certain=False))
    assert "999" in possible.text.splitlines()[0]
    assert not possible.interrupts
    assert SAFETY_RENDERER.first(Alert(reason, certain=True)) == SAFETY_RENDERER.certain(reason)


@pytest.mark.parametrize("reason", REASONS)
def test_danger_is_spoken_of_in_welsh_with_the_same_numbers(reason: SafetyReason) -> None:
    for certain in (True, False):
        english = SAFETY_RENDERER.first(Alert(reason, certain=certain))
        welsh = SAFETY_RENDERER.first(Alert(reason, certain=certain), "cy")
        assert (english.language, welsh.language) == ("en-GB", "cy")
        assert "999" in welsh.text.splitlines()[0]
        assert welsh.lead != english.lead
        assert welsh.contacts == english.contacts
        assert [each.id for each in welsh.options] == [each.id for each in english.options]


def test_in_a_language_that_is_not_known_danger_is_spoken_of_in_english() -> None:
    alert = Alert("immediate_danger", certain=True)
    assert SAFETY_RENDERER.first(alert, "xx") == SAFETY_RENDERER.first(alert)


def test_the_way_on_may_be_typed_in_every_language() -> None:
    labels = set(SAFETY_RENDERER.carry_on_labels)
    assert {"This is not an emergency", "Nid yw hyn yn argyfwng"} <= labels
