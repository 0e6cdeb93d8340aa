"""Passwords: which are strong enough, and their hashes (argon2id)."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import UserFacingError

SHORTEST = 12
"""The UK's National Cyber Security Centre advises length, and no rules about kinds of letters."""
LONGEST = 256
"""Longer than any passphrase: a bound on what a sign-in costs."""
ONE_TIME_BYTES = 12
"""96 random bits, in 16 characters."""
COMMON = frozenset(
    {
        *("password", "passwort", "passw0rd", "letmein", "welcome", "qwertyuiop", "qwerty"),
        *("iloveyou", "administrator", "admin", "changeme", "secret", "football", "liverpool"),
        *("safeguarding", "safeguard", "firstprinciples", "principles", "partnership", "council"),
        *("abcdefghijkl", "monday", "january", "summer", "winter", "spring", "autumn", "sunshine"),
    }
)
"""What is tried first, and what suggests itself here. Digits and marks add nothing to one."""

HASHER = PasswordHasher()
"""With the parameters that RFC 9106 recommends where memory is limited: 64 MiB a hash."""
UNKNOWN = HASHER.hash(secrets.token_urlsafe(ONE_TIME_BYTES))
"""What is verified for a name that nobody has, so that it takes the same work."""


class WeakPassword(UserFacingError):
    """Why it is too easy to guess, and what would do."""


def check_strength(password: str, *names: str) -> None:
    """Raises WeakPassword. `names` are those of the person, which anybody could try."""
    if len(password) < SHORTEST:
        raise WeakPassword(
            f"This password is too short. Use at least {SHORTEST} characters: three words that"
            " have nothing to do with each other are easy to remember."
        )
    if len(password) > LONGEST:
        raise WeakPassword(f"This password is too long. Use at most {LONGEST} characters.")
    letters = "".join(filter(str.isalpha, password)).lower()
    if len(set(password)) < SHORTEST // 2 or letters in _repeated(COMMON):
        raise WeakPassword(
            "This password is among the first that somebody would try. Use three words that have"
            " nothing to do with each other."
        )
    lowered = password.lower()
    if any(len(name) > 2 and name.lower() in lowered for name in names):
        raise WeakPassword("This password has your name in it. Choose one without it.")


def _repeated(words: frozenset[str]) -> frozenset[str]:
    return words | {word * 2 for word in words}


def hashed(password: str) -> str:
    return HASHER.hash(password)


def verified(stored: str | None, password: str) -> bool:
    """Whether it is the password; for None the same work is done, and it is not."""
    try:
        return HASHER.verify(stored or UNKNOWN, password[: LONGEST + 1]) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def one_time_password() -> str:
    return secrets.token_urlsafe(ONE_TIME_BYTES)
