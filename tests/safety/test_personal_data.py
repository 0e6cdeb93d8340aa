from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.personal_data import PersonalData, Redaction
from bot.safety.text import normalise

PIECES = [
    *("Mr Okonjo", "tobi's", "child called tegan", "[name]", "[NHS number]", "aged 6", "said"),
    *("07700 900123", "14 Tannery Row", "LN99 4QZ", "dob 3.11.14", "j@example.org", "Section 47"),
]


@pytest.fixture(scope="module")
def personal_data() -> PersonalData:
    return PersonalData()


@pytest.mark.parametrize(
    ("text", "redacted", "found"),
    [
        (
            "NHS no 999 047 3188, can I share?",
            "NHS no [NHS number], can I share?",
            ("nhs_number",),
        ),
        ("ring 07700-900-215", "ring [phone number]", ("phone",)),
        (
            "lives at 14 Tannery Row, LN99 4QZ now",
            "lives at [address], [postcode] now",
            ("address", "postcode"),
        ),
        ("dad is j.pemberley@example.org", "dad is [e-mail]", ("email",)),
        ("case ref 4471932 again", "case ref [case number] again", ("case_number",)),
        ("NI number QQ 12 34 56 C", "NI number [National Insurance number]", None),
    ],
)
def test_identifiers_become_placeholders(
    personal_data: PersonalData, text: str, redacted: str, found: tuple[str, ...] | None
) -> None:
    redaction = personal_data.redact(text)
    assert redaction.text == redacted
    assert redaction.found == (found or ("national_insurance_number",))


@pytest.mark.parametrize(
    "text",
    [
        "What did Lord Laming's Victoria Climbié report raise?",
        "What does section 2.3.4 say, and 003.2.3.3?",
        "Do I ring 999 or 101? Childline is 0800 1111.",
        "Section 47 of the Children Act 1989, and the 2004 Act",
    ],
)
def test_laws_inquiries_and_helplines_stay(personal_data: PersonalData, text: str) -> None:
    assert personal_data.redact(text).text == text


BETWEEN = st.sampled_from(["", " ", ".", "-", "\u200b", "\u00a0"])
FIGURES = st.sampled_from(["0123456789", "０１２３４５６７８９"])


@given(st.text("123456789", min_size=9, max_size=9), BETWEEN, FIGURES)
@settings(deadline=None, max_examples=40)
def test_a_phone_number_does_not_get_by(
    personal_data: PersonalData, digits: str, between: str, figures: str
) -> None:
    typed = between.join(figures[int(digit)] for digit in "07" + digits)
    redaction = personal_data.redact(normalise(f"ring {typed} please"))
    assert regex.sub(r"\D", "", redaction.text) == ""


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join))
@settings(deadline=None, max_examples=60)
def test_redacting_a_redaction_changes_nothing(personal_data: PersonalData, text: str) -> None:
    once = personal_data.redact(normalise(text))
    assert personal_data.redact(once.text) == Redaction(once.text, ())
