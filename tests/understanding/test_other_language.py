from __future__ import annotations

import pytest

from bot.understanding.other_language import is_other_language


@pytest.mark.parametrize(
    "text",
    [
        "Mae angen yr heddlu arnom ar unwaith",
        "ma dad yn waldio mrawd bach efo belt",
        "pomóżcie mi, on zamknął dzieci w domu",
        "Babam kardeşimi dövüyor, ne yapayım",
        "mi esposo me amenazó con un cuchillo",
        "كيف يمكنني مساعدة طفلي",
        "他要杀了我",
    ],
)
def test_what_is_not_english_is_told_by_its_words_or_letters(text: str) -> None:
    assert is_other_language(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "asdf",
        "who is Anjali Krishnamurthy",
        "Chukwuemeka Okonkwo-Adeyemi, Oluwaseun Adebayo",
        "can I share this with the école",
        "may a father interpret for his wife",
        "shud i tell them b4 the strat meeting",
        "MAY I SHARE THIS WITHOUT CONSENT",
    ],
)
def test_english_is_told_however_it_is_written(text: str) -> None:
    assert not is_other_language(text)
