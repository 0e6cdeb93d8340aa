"""Signatures under a text that may change, and whether they still hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.documents import Sha256
from knowledge.errors import ContentError, Location
from knowledge.schema import NonEmptyText, Strict

SignOffKind = Literal["signed", "missing", "needs_another", "reopened"]


class Signature(Strict):
    """Who, in which role, and when. `text_sha256`: of what was signed, as it stood then."""

    by: NonEmptyText
    role: NonEmptyText
    on: date
    text_sha256: Sha256

    def is_by(self, who: str) -> bool:
        return self.by.casefold() == who.casefold()


@dataclass(frozen=True)
class SignOff:
    """Whether something is signed as it stands, and by whom. `reopened`: it has changed since.
    `needs_another`: two people have to sign it, and one has."""

    kind: SignOffKind
    signatures: tuple[Signature, ...]


def sign_off_of(signatures: tuple[Signature, ...], text_sha256: str, *, needs_two: bool) -> SignOff:
    """`text_sha256`: of what is to be signed, as it stands now."""
    holding = tuple(each for each in signatures if each.text_sha256 == text_sha256)
    people = {each.by.casefold() for each in holding}
    if len(people) >= (2 if needs_two else 1):
        return SignOff("signed", holding)
    if holding:
        return SignOff("needs_another", holding)
    return SignOff("reopened" if signatures else "missing", signatures)


def with_new(
    signatures: Sequence[Signature], new: Signature, place: Location, *, needs_two: bool
) -> tuple[Signature, ...]:
    """Raises ContentError, at `place`, where that person has signed the same already."""
    if any(each.is_by(new.by) and each.text_sha256 == new.text_sha256 for each in signatures):
        problem = f"{new.by} has signed this text already"
        if needs_two:
            problem += "; it needs a second person"
        raise ContentError.at(place, problem)
    return (*signatures, new)
