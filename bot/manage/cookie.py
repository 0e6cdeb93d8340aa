"""The cookie of `/manage`, and the token that every form there carries."""

from __future__ import annotations

import hashlib
import os
import secrets
from hmac import compare_digest

from itsdangerous import BadSignature, Signer
from starlette.responses import Response

from bot.conversation.tokens import new_token
from bot.manage.sign_ins import LIFE_S
from bot.settings import Settings

NAME = "principles_manage"
PATH = "/manage"
SECRET_FILE = "manage-secret"  # noqa: S105 # its name
SECRET_BYTES = 32


class ManageCookie:
    """Holds a random token and nothing else, signed. Before signing in it belongs to nobody."""

    def __init__(self, secret: str, *, https_only: bool) -> None:
        self._signer = _signer(secret, "cookie")
        self._forms = _signer(secret, "csrf")
        self._https_only = https_only

    @classmethod
    def of(cls, settings: Settings) -> ManageCookie:
        """Raises OSError where the state folder cannot be written."""
        https_only = settings.public_url.startswith("https://")
        return cls(secret_of(settings), https_only=https_only)

    def token(self, value: str | None) -> str | None:
        """What stands in a cookie that was signed here."""
        try:
            return self._signer.unsign(value).decode() if value else None
        except (BadSignature, UnicodeError):
            return None

    def set(self, response: Response, token: str) -> None:
        response.set_cookie(
            NAME,
            self._signer.sign(token).decode(),
            max_age=LIFE_S,
            path=PATH,
            secure=self._https_only,
            httponly=True,
            samesite="strict",
        )

    def csrf(self, token: str) -> str:
        """What a form carries that was drawn for this cookie."""
        return self._forms.get_signature(token).decode()

    def is_csrf(self, token: str, given: object) -> bool:
        return isinstance(given, str) and compare_digest(
            given.encode("utf-8", "replace"), self.csrf(token).encode()
        )


def fresh_token() -> str:
    """For a browser that has none yet."""
    return new_token()


def _signer(secret: str, use: str) -> Signer:
    return Signer(
        secret, salt=f"principles.manage.{use}", key_derivation="hmac", digest_method=hashlib.sha256
    )


def secret_of(settings: Settings) -> str:
    """FP_SESSION_SECRET, or one that is made once and kept in the state folder."""
    if settings.session_secret:
        return settings.session_secret.get_secret_value()
    file = settings.state_dir / SECRET_FILE
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("ascii")
    with os.fdopen(made, "w") as kept:
        secret = secrets.token_hex(SECRET_BYTES)
        kept.write(secret)
    return secret
