from __future__ import annotations

from shutil import copytree

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.normalisation import normalise
from bot.understanding.personal_data import recognisers
from bot.understanding.personal_data.redactor import Redaction, Redactor, Span, _around
from tests.shipped import SAFETY

PIECES = [
    *("Mr Okonjo", "tobi's", "child called tegan", "[name]", "[NHS number]", "aged 6", "said"),
    *("07700 900123", "14 Tannery Row", "LN99 4QZ", "dob 3.11.14", "j@example.org", "Section 47"),
]


@pytest.fixture(scope="module")
def personal_data() -> Redactor:
    return Redactor(SAFETY)


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
    personal_data: Redactor, text: str, redacted: str, found: tuple[str, ...] | None
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
def test_laws_inquiries_and_helplines_stay(personal_data: Redactor, text: str) -> None:
    assert personal_data.redact(text).text == text


BETWEEN = st.sampled_from(["", " ", ".", "-", "\u200b", "\u00a0"])
FIGURES = st.sampled_from(["0123456789", "０１２３４５６７８９"])


@given(st.text("123456789", min_size=9, max_size=9), BETWEEN, FIGURES)
@settings(deadline=None, max_examples=40)
def test_a_phone_number_does_not_get_by(
    personal_data: Redactor, digits: str, between: str, figures: str
) -> None:
    typed = between.join(figures[int(digit)] for digit in "07" + digits)
    redaction = personal_data.redact(normalise(f"ring {typed} please"))
    assert regex.sub(r"\D", "", redaction.text) == ""


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join))
@settings(deadline=None, max_examples=60)
def test_redacting_a_redaction_changes_nothing(personal_data: Redactor, text: str) -> None:
    once = personal_data.redact(normalise(text))
    assert personal_data.redact(once.text) == Redaction(once.text, ())


def test_only_names_can_be_read_where_they_stood(personal_data: Redactor) -> None:
    typed = "Tegan, 9, of LN99 4QZ, saw [name] and Tobi, ring 07700 900123 or j@example.org"
    redaction = personal_data.redact(typed)
    assert redaction.text == (
        "[name], [age], of [postcode], saw [name] and [name], ring [phone number] or [e-mail]"
    )
    assert redaction.with_names == (
        "Tegan, [age], of [postcode], saw [name] and Tobi, ring [phone number] or [e-mail]"
    )
    assert "Tegan" not in repr(redaction)


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join))
@settings(deadline=None, max_examples=40)
def test_with_its_names_it_is_what_was_typed_but_for_the_rest(
    personal_data: Redactor, text: str
) -> None:
    redaction = personal_data.redact(normalise(text))
    assert len(redaction.names) == redaction.text.count("[name]")
    again = personal_data.redact(redaction.with_names)
    assert again.text == redaction.text


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Redactor:
    """With a pattern that takes for ever, as somebody may write one."""
    data = copytree(SAFETY, tmp_path_factory.mktemp("data") / "safety")
    file = data / "recognisers.yaml"
    slow = "exact_case:\n  number:\n    slow: '(?:a|b|ab)+c'\n"
    file.write_text(file.read_text("utf-8").replace("exact_case:\n", slow), "utf-8")
    return Redactor(data)


@pytest.mark.parametrize("text", ["{} c", "my number is 999, {} c", "[name] is 7 {} c"])
def test_of_a_text_that_a_pattern_does_not_finish_nothing_is_left(
    slow: Redactor, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognisers, "PATTERN_WITHIN_S", 0.01)
    redaction = slow.redact(text.format("ab" * 60))
    assert redaction == Redaction("[message]", ("message",))
    assert slow.redact(redaction.text) == Redaction("[message]", ())


def test_of_a_text_that_shows_more_at_every_reading_nothing_is_left(
    personal_data: Redactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "child called tegan, dob 3.11.14"
    assert personal_data.redact(text).text == "child called [name], dob [date of birth]"
    monkeypatch.setattr("bot.understanding.personal_data.redactor.MOST_READINGS", 1)
    found = ("name", "date_of_birth", "message")
    assert personal_data.redact(text) == Redaction("[message]", found)


def test_a_finding_leaves_out_what_an_earlier_reading_took_out(
    personal_data: Redactor,
) -> None:
    text = "his nhs [NHS number] [name] 999 047 3188 [age]"
    assert personal_data.redact(text).text == "his nhs [NHS number] [name] [NHS number] [age]"
    assert list(_around(Span(2, 9, "name"), [(0, 1), (4, 6), (7, 8), (9, 12)])) == [
        Span(2, 4, "name"),
        Span(6, 7, "name"),
        Span(8, 9, "name"),
    ]
    assert list(_around(Span(2, 9, "name"), [(0, 3), (8, 12)])) == [Span(3, 8, "name")]
    assert list(_around(Span(2, 9, "name"), [(1, 10)])) == []


@pytest.mark.parametrize(
    "said",
    [
        "the child is NOT SAFE",
        "mum CAN hear him",
        "son HAS a knife",
        "girl ON the roof",
        "dad HIT her",
        "the boy MAY die",
    ],
)
def test_a_word_that_is_stressed_is_no_initials(personal_data: Redactor, said: str) -> None:
    assert personal_data.redact(said).found == ()
    assert personal_data.redact("child JB is 4").found


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("WHITLOCK, Jayden Tyrone (07/09/2012)", "[name], [name] ([date of birth])"),
        ("PC 2281 KHAN attended", "PC [name] attended"),
        ("OIC: DC 1187 Dalgleish", "OIC: DC [name]"),
        ("DOB:07.O9.2O12", "DOB:[date of birth]"),
        ("D O B 0 7 / 0 9 / 2 0 1 2", "D O B [date of birth]"),
        ("dob 7.9.'12", "dob [date of birth]"),
        ("DoB 07 IX 2012", "DoB [date of birth]"),
        ("born 03\u204405\u20442014", "born [date of birth]"),
        ("CRO 34567/12B", "CRO [case number]"),
        ("Mosaic no. 5 512 907", "Mosaic no. [case number]"),
        ("CPOMS entry 883-120-4", "CPOMS entry [case number]"),
        ("prisoner number A1234BC", "prisoner number [case number]"),
        ("NMC PIN 18A2345E", "NMC PIN [case number]"),
        ("sort 20-00-00", "sort [bank details]"),
        ("NHS 943\u2022476\u20225919", "NHS [NHS number]"),
    ],
)
def test_what_an_outsider_got_past(personal_data: Redactor, typed: str, left: str) -> None:
    assert personal_data.redact(normalise(typed)).text == left


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("Dad's prison number A1234BC at HMP", "Dad's prison number [case number] at HMP"),
        ("he is A4471XK now", "he is [case number] now"),
        ("HMP Lincoln NOMS a9923ef", "HMP Lincoln NOMS [case number]"),
        ("driving licence MORGA657054SM9IJ", "driving licence [case number]"),
        ("he drives on okoro 902045 d99xy", "he drives on [case number]"),
        ("CPS URN 05 GX 12345 23", "CPS URN [case number]"),
        ("his URN is 11NM0445521", "his URN is [case number]"),
        ("his UTR is 12345 67890", "his UTR is [case number]"),
        ("blue badge no 44AB18M7", "blue badge no [case number]"),
        ("hospital no RX1 448812", "hospital no [case number]"),
        ("MERLIN 24PAC118832 came in", "MERLIN [case number] came in"),
        ("warrant no. 8812", "warrant no. [case number]"),
        ("tenancy number kt77081b", "tenancy number [case number]"),
        ("car reg P 123 ABC", "car reg [vehicle number]"),
        ("a white van, B 447 XYZ", "a white van, [vehicle number]"),
        ("ext 4471, direct 01522-552222", "ext [phone number], direct [phone number]"),
        ("IP 81.152.33.7 and 2a00:23c7:1::9", "IP [number] and [number]"),
        ("ip address 10.44.2.118", "ip address [number]"),
        ("MAC 00:1B:44:11:3A:B7", "MAC [number]"),
        ("pinged at 53.2307, -0.5406", "pinged at [address]"),
        ("grid ref SK 97652 71433", "grid ref [case number]"),
        ("birthdate June 21st, 2012", "birthdate [date of birth]"),
        ("b. 12/2009", "b. [date of birth]"),
        ("jade.baxter [at] outlook.com", "[e-mail]"),
        ("write to kit99 (at) post (dot) org", "write to [e-mail]"),
        ("https://files.example.gov.uk/cases/Baxter-Lily/plan.docx", "[user name]"),
        ("https://www.gov.uk/search?q=jade", "[user name]"),
        ("contact can you chase @Dean", "contact can you chase [user name]"),
        ("mum at 3 the green, dad at 5 the close", "mum at [address], dad at [address]"),
        ("the old vicarage, main road", "[address]"),
        ("The Old Forge, Main Road", "[address]"),
        ("write to PO Box 1182", "write to [address]"),
        ("caravan 17 golden sands holiday park", "[address]"),
        ("123A, 2nd floor, Ermine House, LN2", "[address], [address]"),
    ],
)
def test_numbers_and_places_that_say_who_it_is(
    personal_data: Redactor, typed: str, left: str
) -> None:
    assert personal_data.redact(normalise(typed)).text == left


@pytest.mark.parametrize(
    "text",
    [
        "is there a form number 4 and no 16/17 year olds",
        "HMP and hospital safeguarding 2024 guidance",
        "the driver is 17 and his licence is from 2023",
        "an extension of 26 weeks, section 4.10.2.3",
        "at 10:30 or 11:45:00, ratio 1:2:3",
        "step 3 the close of the case",
        "he left the house, walked down the road",
        "see https://www.gov.uk/government/publications and www.example.gov.uk.",
        "at https://www.legislation.gov.uk/ukpga/1989/41",
        "is the car at 3 pm",
        "thresholds 1.1, 2.2 and 53.2, -0.5",
        "Plan B 12 CIN meetings",
        "they live on the estate and the court, main issue is noise",
    ],
)
def test_what_only_looks_like_such_a_number_or_place_stays(
    personal_data: Redactor, text: str
) -> None:
    assert personal_data.redact(normalise(text)).text == text


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("محمد علي is in my class", "[name] is in my class"),
        ("王小明 came with his aunt", "[name] came with his aunt"),
        ("ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ and फातिमा need help", "[name] and [name] need help"),
        ("mum is ሰላም ገብረ, dad is דוד כהן", "mum is [name], dad is [name]"),
        ("สมชาย said 지우 hit Jade王", "[name] said [name] hit [name]"),
        ("he wrote: أبي ضربني أمس في البيت, what now?", "he wrote: [message], what now?"),
        ("كيف أساعد", "[message]"),
        ("муж бьёт меня", "[message]"),
    ],
)
def test_what_cannot_be_read_is_not_kept(personal_data: Redactor, typed: str, left: str) -> None:
    redaction = personal_data.redact(normalise(typed))
    assert redaction.text == left
    assert personal_data.redact(left).text == left


def test_of_a_list_of_hundreds_of_names_nothing_is_left(personal_data: Redactor) -> None:
    names = ", ".join(f"Kieran Q{letter}q" for letter in "bcdfghjklmnprstvwxz" * 12)
    assert personal_data.redact(names).text == "[message]"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("enacted 29 April 2026", 0),
        ("from April 2026 on", 0),
        ("on 3rd May mum rang", 0),
        ("April said hello to me", 1),
        ("it is when she goes home Im not easy about", 0),
        ("we are in Powys", 0),
    ],
)
def test_a_month_beside_a_number_is_no_name(personal_data: Redactor, text: str, names: int) -> None:
    assert personal_data.redact(text).text.count("[name]") == names
