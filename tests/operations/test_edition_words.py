"""An edition is called by what the person wrote who published it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.operations.edition_words import NAMELESS, TITLE, EditionWords
from bot.operations.published_draft import MEANT
from knowledge.editions import Edition

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NOTED = "20 November 2026, 09:30 UTC, Ann Lee: Took in Missing children"


def words(why: str, summary: str = "Took in Missing children") -> EditionWords:
    return EditionWords.of(Edition("0123456789ab", AT, "Ann Lee", why, summary))


def test_the_title_is_the_reason_and_the_changes_stand_below() -> None:
    meant = f"{MEANT}\nWhat is x?\n  Written for y."
    found = words(f"Ofsted asked for it.\n\n{NOTED}\n\n{meant}")
    assert found == EditionWords(
        "Ofsted asked for it.", "", "Took in Missing children", f"{NOTED}\n\n{meant}"
    )


def test_without_a_reason_it_is_what_changed() -> None:
    assert words(NOTED) == EditionWords("Took in Missing children", "", "", NOTED)
    assert words("") == EditionWords("Took in Missing children", "", "", "")
    assert words("", "").title == NAMELESS


def test_of_a_long_reason_the_title_is_the_beginning_and_nothing_is_lost() -> None:
    found = words("Two things.\nThe first.\n\nThe second.")
    assert (found.title, found.more) == ("Two things.", "The first.\n\nThe second.")
    long = "because of this " * 20
    found = words(long)
    assert (len(found.title) <= TITLE, found.title[-1], found.more) == (True, "…", long.strip())
