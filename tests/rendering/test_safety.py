from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from bot.content.contacts import read_contacts
from bot.messages import SafetyReason
from bot.rendering.safety import (
    CARRY_ON,
    WORDING,
    check_wording,
    first_message,
    privacy_message,
    privacy_wording,
    safety_message,
    safety_wording,
)
from bot.settings import HOME
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.redactor import Redaction
from bot.understanding.safety.classifier import Alert
from knowledge.errors import ContentError

CONTACTS = read_contacts(HOME / "data" / "contacts.yaml")
REASONS = get_args(SafetyReason)


@pytest.mark.parametrize("reason", REASONS)
def test_the_first_line_names_999_and_the_text_is_complete(reason: SafetyReason) -> None:
    message = safety_message(reason, CONTACTS)
    assert "999" in message.text.splitlines()[0]
    assert all(contact.detail in message.text for contact in message.contacts)
    assert message.text.startswith(message.lead)
    assert message.text.endswith(message.after)


@pytest.mark.parametrize("reason", REASONS)
def test_nobody_is_led_to_think_that_help_is_coming(reason: SafetyReason) -> None:
    said = safety_message(reason, CONTACTS).text
    assert "nobody is watching" in said or "No one is reading" in said


@pytest.mark.parametrize("reason", REASONS)
def test_who_may_carry_on(reason: SafetyReason) -> None:
    options = [option.id for option in safety_message(reason, CONTACTS).options]
    assert options == ([] if reason in {"self_harm", "child_user"} else [CARRY_ON])


def test_every_kind_of_personal_data_has_a_name() -> None:
    assert set(privacy_wording().kinds) == set(PLACEHOLDERS)


def test_a_privacy_message_names_the_kinds_and_shows_what_was_read() -> None:
    redaction = Redaction("[name] rang, [phone number]", ("name", "phone"))
    message = privacy_message(redaction)
    assert message.found == ["name", "phone"]
    assert "a name and a phone number" in message.text
    assert redaction.text in message.text
    assert "delete" not in message.text
    assert "delete your message" in privacy_message(redaction, channel_keeps_a_copy=True).text


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
        (tmp_path / name).write_text((WORDING / name).read_text("utf-8"), "utf-8")
    check_wording(CONTACTS, tmp_path)
    safety_wording.cache_clear()
    privacy_wording.cache_clear()
    changed = (tmp_path / file).read_text("utf-8").replace(was, becomes, 1)
    (tmp_path / file).write_text(changed, "utf-8")
    with pytest.raises(ContentError, match=re.escape(told)):
        check_wording(CONTACTS, tmp_path)
    safety_wording.cache_clear()
    privacy_wording.cache_clear()
    (tmp_path / file).unlink()
    with pytest.raises(ContentError, match="no such file"):
        check_wording(CONTACTS, tmp_path)


@pytest.mark.parametrize("reason", REASONS)
def test_possible_danger_names_999_first_too(reason: SafetyReason) -> None:
    possible = first_message(Alert(reason, certain=False), CONTACTS)
    assert "999" in possible.text.splitlines()[0]
    assert not possible.interrupts
    assert first_message(Alert(reason, certain=True), CONTACTS) == safety_message(reason, CONTACTS)
