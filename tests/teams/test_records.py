"""Links to a decision record: good for their time, and for nobody else's signature."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from itsdangerous import BadSignature

from bot.channels.teams.records import RecordLinks

NOW = 1_780_000_000
LINKS = RecordLinks("a secret", "https://guidance.example.gov.uk/", minutes=60)


def at(monkeypatch: pytest.MonkeyPatch, second: int) -> None:
    monkeypatch.setattr("itsdangerous.timed.time", SimpleNamespace(time=lambda: second))


def signed(monkeypatch: pytest.MonkeyPatch) -> str:
    at(monkeypatch, NOW)
    base, _, name = LINKS.link("a conversation", 7).rpartition("/")
    assert base == "https://guidance.example.gov.uk/teams/records"
    return name


def test_a_link_is_good_for_its_minutes_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    name = signed(monkeypatch)
    at(monkeypatch, NOW + 60 * 60)
    assert LINKS.read(name) == ("a conversation", 7)
    at(monkeypatch, NOW + 60 * 60 + 1)
    with pytest.raises(BadSignature):
        LINKS.read(name)


def test_a_link_that_was_changed_or_signed_by_others_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = signed(monkeypatch)
    others = RecordLinks("another secret", "https://guidance.example.gov.uk/", minutes=60)
    for links, given in ((others, name), (LINKS, name[1:])):
        with pytest.raises(BadSignature):
            links.read(given)
