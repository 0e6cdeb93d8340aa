"""Settings are documented, read with plain errors, and refused in production where unsafe."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.teams.settings import TeamsSettings
from bot.content.contacts import Contacts
from bot.errors import UserFacingError
from bot.operations import production_checks
from bot.settings import HOME, OneSource, Settings
from tests.shipped import CONTACTS

DOCUMENT = (HOME / "docs" / "settings.md").read_text("utf-8")
SHIPPED = CONTACTS
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
    with pytest.raises(UserFacingError) as refused:
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


@pytest.mark.parametrize(
    ("settings", "prefix", "name"),
    [(Settings, "fp", "metrics_token"), (TeamsSettings, "fp_teams", "secret")],
)
def test_a_secret_that_stands_in_two_places_is_refused(
    settings: type[OneSource],
    prefix: str,
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FP_SECRETS_DIR", str(tmp_path))
    monkeypatch.setenv(f"{prefix}_{name}".upper(), "s3cret-one")
    assert getattr(settings.read(), name).get_secret_value() == "s3cret-one"
    (tmp_path / f"{prefix}_{name}").write_text("s3cret-other")
    with pytest.raises(UserFacingError, match=f"{prefix}_{name}".upper()) as refused:
        settings.read()
    assert "s3cret" not in str(refused.value)
    monkeypatch.delenv(f"{prefix}_{name}".upper())
    assert getattr(settings.read(), name).get_secret_value() == "s3cret-other"


def test_a_secrets_folder_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FP_SECRETS_DIR", "/nonexistent/secrets")
    for settings in (Settings, TeamsSettings):
        with pytest.raises(UserFacingError, match="/nonexistent/secrets"):
            settings.read()


@pytest.mark.parametrize("name", ["DATABASE_URL", "TRACKER_DB", "REDIS_URL"])
@pytest.mark.parametrize(
    "address",
    [
        "mysql://u:s3cret@h/n",
        "u:s3cret@h",
        "postgres//u:s3cret@h",
        "postgresql://u:s3cret@h:port/n",
        "async+redis://:s3cret/more@h:6379",
    ],
)
def test_an_address_that_cannot_be_used_is_not_repeated(
    name: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"FP_{name}", address)
    with pytest.raises(UserFacingError, match=f"FP_{name}") as refused:
        Settings.read()
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({}, "sqlite:////state/rasa.db"),
        ({"database_url": "sqlite:////elsewhere/x.db"}, "sqlite:////state/rasa.db"),
        ({"database_url": "postgresql://u:p@h/n"}, "postgresql://u:p@h/n"),
        ({"database_url": "postgresql+psycopg://u:p@h/n"}, "postgresql+psycopg://u:p@h/n"),
        ({"database_url": "postgresql://h/n", "tracker_db": "sqlite:////a.db"}, "sqlite:////a.db"),
    ],
)
def test_rasa_remembers_where_the_conversations_are(given: dict[str, str], where: str) -> None:
    settings = Settings.model_validate({"state_dir": "/state", **given})
    assert settings.tracker_url == where


def test_the_state_folder_is_the_same_for_whoever_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.model_validate({"state_dir": "state"}).state_dir == tmp_path / "state"


def test_half_of_sign_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FP_OIDC_ISSUER", "https://login.example")
    with pytest.raises(UserFacingError, match="FP_SESSION_SECRET"):
        Settings.read()


def test_search_in_postgres_needs_a_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FP_SEARCH_ENGINE", "postgres")
    with pytest.raises(UserFacingError, match="FP_DATABASE_URL"):
        Settings.read()
    monkeypatch.setenv("FP_DATABASE_URL", "postgresql://user@db.example/name")
    assert Settings.read().search_engine == "postgres"


@pytest.mark.parametrize(
    ("unsafe", "named"),
    [
        ({"public_url": "http://principles.example"}, "FP_PUBLIC_URL"),
        ({"allowed_origins": ("*",)}, "FP_ALLOWED_ORIGINS"),
        ({"frame_ancestors": ("http://intranet.example",)}, "FP_FRAME_ANCESTORS"),
        ({"host": "0.0.0.0"}, "FP_TRUSTED_PROXIES"),
        ({"trusted_proxies": ("*",)}, "FP_TRUSTED_PROXIES"),
        ({"log_level": "debug"}, "FP_LOG_LEVEL"),
        ({"actions_host": "0.0.0.0"}, "FP_ACTIONS_HOST"),
        ({"rasa_host": "10.0.0.1"}, "FP_RASA_HOST"),
    ],
)
def test_production_names_what_it_refuses(unsafe: dict[str, object], named: str) -> None:
    with pytest.raises(UserFacingError, match=named):
        production_checks.check(Settings.model_validate(SAFE | unsafe), real_contacts())
    production_checks.check(Settings.model_validate(unsafe), real_contacts())


def test_production_refuses_a_short_session_secret_and_does_not_repeat_it() -> None:
    short = Settings.model_validate({**SAFE, "session_secret": "s3cret" * 5})
    with pytest.raises(UserFacingError, match="FP_SESSION_SECRET") as refused:
        production_checks.check(short, real_contacts())
    assert "s3cret" not in str(refused.value)
    production_checks.check(
        Settings.model_validate({**SAFE, "session_secret": "x" * 32}), real_contacts()
    )


@pytest.mark.parametrize(("mode", "is_open"), [(0o644, True), (0o601, True), (0o640, False)])
def test_production_refuses_a_secret_that_everyone_may_read(
    mode: int, is_open: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FP_SECRETS_DIR", str(tmp_path))
    kept = tmp_path / "..data"
    kept.write_text("x" * 32)
    kept.chmod(mode)
    (tmp_path / "fp_session_secret").symlink_to(kept)
    if is_open:
        with pytest.raises(UserFacingError, match="fp_session_secret"):
            production_checks.check(Settings.model_validate(SAFE), real_contacts())
    else:
        production_checks.check(Settings.model_validate(SAFE), real_contacts())


def test_where_nothing_is_answered_production_asks_for_less() -> None:
    production_checks.check(Settings(mode="production"))
    with pytest.raises(UserFacingError, match="FP_RASA_SECRET"):
        production_checks.check(Settings(mode="production", rasa_host="0.0.0.0"))
    production_checks.check(
        Settings(mode="production", rasa_host="0.0.0.0", rasa_secret=SecretStr("x" * 32))
    )


def test_production_refuses_shipped_contacts_and_open_teams(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = Settings.model_validate(SAFE)
    production_checks.check(settings, real_contacts())
    with pytest.raises(UserFacingError, match="safeguarding_lead"):
        production_checks.check(settings, SHIPPED)
    monkeypatch.setenv(production_checks.TEAMS_UNSAFE, "true")
    with pytest.raises(UserFacingError, match=production_checks.TEAMS_UNSAFE):
        production_checks.check(settings, real_contacts())


def test_the_content_is_kept_below_the_state_unless_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FP_STATE_DIR", raising=False)
    assert Settings().content_dir == HOME / "var" / "content"
    monkeypatch.setenv("FP_STATE_DIR", "state")
    assert Settings.read().content_dir == tmp_path / "state" / "content"
    monkeypatch.setenv("FP_CONTENT_DIR", "shared")
    assert Settings.read().content_dir == tmp_path / "shared"


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("https://principles.example.gov.uk", ""),
        ("https://principles.example.gov.uk/", ""),
        ("https://intranet.example.gov.uk:8443/children/principles/", "/children/principles"),
    ],
)
def test_the_path_of_the_public_address_is_where_a_proxy_shows_it(
    address: str, prefix: str
) -> None:
    assert Settings(public_url=address).path_prefix == prefix


@pytest.mark.parametrize(
    "address",
    [
        "principles.example.gov.uk",
        "ftp://principles.example.gov.uk",
        "https://example.gov.uk/?q=1",
        'https://example.gov.uk/"><script>',
        "https://example.gov.uk//evil.example",
    ],
)
def test_a_public_address_that_cannot_be_used_says_how_to_write_it(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("FP_PUBLIC_URL", address)
    with pytest.raises(UserFacingError, match="FP_PUBLIC_URL: write it like https://"):
        Settings.read()
