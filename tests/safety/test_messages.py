from __future__ import annotations

from typing import get_args

import pytest

from bot.contacts import read_contacts
from bot.messages import SafetyReason
from bot.safety.messages import CARRY_ON, privacy_message, privacy_wording, safety_message
from bot.safety.personal_data import PLACEHOLDERS, Redaction
from bot.settings import HOME

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
