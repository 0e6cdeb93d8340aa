"""Settings are documented, read with plain errors, and refused in production where unsafe."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import production
from bot.contacts import Contacts, read_contacts
from bot.errors import PlainError
from bot.settings import HOME, Settings

DOCUMENT = (HOME / "docs" / "settings.md").read_text("utf-8")
SHIPPED = read_contacts(HOME / "data" / "contacts.yaml")
SAFE = {"mode": "production", "public_url": "https://principles.example"}


def real_contacts() -> Contacts:
    local = {
        role: each.model_copy(update={"example": False}) for role, each in SHIPPED.local.items()
    }
    return SHIPPED.model_copy(update={"local": local})


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`FP_{name.upper()}`" in DOCUMENT


def test_what_cannot_be_read_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FP_PORT", "s3cret-port")
    monkeypatch.setenv("FP_CLIENT_LIMIT", "s3cret-often")
    with pytest.raises(PlainError) as refused:
        Settings.read()
    assert "FP_PORT" in str(refused.value)
    assert "FP_CLIENT_LIMIT" in str(refused.value)
    assert "60/minute" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "fp_metrics_token").write_text("from a file\n")
    settings = Settings(_secrets_dir=tmp_path)
    assert settings.metrics_token
    assert settings.metrics_token.get_secret_value() == "from a file"
    assert "from a file" not in repr(settings)


def test_half_of_sign_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FP_OIDC_ISSUER", "https://login.example")
    with pytest.raises(PlainError, match="FP_SESSION_SECRET"):
        Settings.read()


@pytest.mark.parametrize(
    ("unsafe", "named"),
    [
        ({"public_url": "http://principles.example"}, "FP_PUBLIC_URL"),
        ({"allowed_origins": ("*",)}, "FP_ALLOWED_ORIGINS"),
        ({"frame_ancestors": ("http://intranet.example",)}, "FP_FRAME_ANCESTORS"),
        ({"host": "0.0.0.0"}, "FP_TRUSTED_PROXIES"),
        ({"trusted_proxies": ("*",)}, "FP_TRUSTED_PROXIES"),
        ({"log_level": "debug"}, "FP_LOG_LEVEL"),
    ],
)
def test_production_names_what_it_refuses(unsafe: dict[str, object], named: str) -> None:
    with pytest.raises(PlainError, match=named):
        production.check(Settings.model_validate(SAFE | unsafe), real_contacts())
    production.check(Settings.model_validate(unsafe), real_contacts())


def test_production_refuses_shipped_contacts_and_open_teams(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = Settings.model_validate(SAFE)
    production.check(settings, real_contacts())
    with pytest.raises(PlainError, match="safeguarding_lead"):
        production.check(settings, SHIPPED)
    monkeypatch.setenv(production.TEAMS_UNSAFE, "true")
    with pytest.raises(PlainError, match=production.TEAMS_UNSAFE):
        production.check(settings, real_contacts())
