"""What an administrator may set, by environment variable (`FP_…`) or a file of that name."""

from __future__ import annotations

import hashlib
import os
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from limits import parse
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.errors import UserFacingError
from bot.operations import ports

HOME = Path(__file__).resolve().parent.parent
"""The checkout that the code is in; FP_HOME names another folder for the content."""

DATABASES = ("postgresql", "sqlite")
WEB_ADDRESS = re.compile(r"https?://[^/?#\s]+(?:/[A-Za-z0-9_-]+)*/?")
BESIDE_RASA_S = 4.0
"""What a turn may take beside its wait for Rasa: 1.5 s for the turn before it, reading, keeping."""
REDIS = ("redis", "rediss", "unix")
RENAMED = {"FP_LIMITS_URL": "FP_REDIS_URL"}
"""Settings that an earlier release had by another name."""

Listed = Annotated[tuple[str, ...], NoDecode]


class OneSource(BaseSettings):
    """Settings from the environment and from files of those names in `FP_SECRETS_DIR`.

    Each stands in one of the two: in both, nobody could say which one counts.
    """

    model_config = SettingsConfigDict(extra="ignore", hide_input_in_errors=True)

    @classmethod
    def read(cls) -> Self:
        """Raises UserFacingError for a setting that cannot be read, naming it and not its value."""
        folder = secrets_folder()
        _refuse_renamed(folder)
        try:
            return cls(_secrets_dir=folder)
        except ValidationError as error:
            raise unusable(error, cls._prefix()) from None
        except OSError as error:
            raise UserFacingError(
                f"A file in {folder} (FP_SECRETS_DIR) cannot be read: {error.strerror}."
                " Let the account that runs the assistant read it."
            ) from None

    @classmethod
    def _prefix(cls) -> str:
        return cls.model_config["env_prefix"].removesuffix("_")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        if twice := env_settings().keys() & file_secret_settings().keys():
            named = ", ".join(sorted(f"{cls._prefix()}_{name}".upper() for name in twice))
            raise UserFacingError(
                f"{named}: set both in the environment and by a file in FP_SECRETS_DIR."
                " Remove one of the two."
            )
        return init_settings, env_settings, file_secret_settings


class Settings(OneSource):
    """Every setting of the assistant; each is listed in `docs/settings.md`."""

    model_config = SettingsConfigDict(env_prefix="FP_")

    mode: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    actions_port: int = Field(default=8001, ge=1, le=65535)
    rasa_port: int = Field(default=8002, ge=1, le=65535)
    actions_host: str = "127.0.0.1"
    rasa_host: str = "127.0.0.1"
    actions_url: str | None = None
    rasa_url: str | None = None
    # As many as `openssl rand -hex 16` gives.
    rasa_secret: SecretStr | None = Field(default=None, min_length=32)
    home: Path = Field(default=HOME, validate_default=True)
    state_dir: Path = Path()
    content_dir: Path = Path()
    built_dir: Path | None = None
    area: str | None = None
    run_by: str = "Ask your safeguarding lead or your IT service desk how to reach them."
    rasa_timeout_s: float = Field(default=8.0, gt=0, le=9)

    database_url: SecretStr | None = None
    # Rasa has as many again as it needs at once, one or two; Postgres allows a hundred in all.
    database_connections: int = Field(default=20, ge=4, le=1000)
    search_engine: Literal["memory", "postgres"] = "memory"
    redis_url: SecretStr | None = None
    tracker_db: SecretStr | None = None
    retention_days: int = Field(default=30, ge=1)
    learner_retention_days: int = Field(default=400, ge=1)
    learners_overview: bool = False
    keep_asked: bool = False
    asked_retention_days: int = Field(default=90, ge=1)
    conversation_hours: int = Field(default=12, ge=1)

    public_url: str = "http://127.0.0.1:8000"
    trusted_proxies: Listed = ()
    allowed_origins: Listed = ()
    frame_ancestors: Listed = ()
    # Of a text 20,000 characters are read; JSON may need twelve bytes for each.
    max_body_bytes: int = Field(default=256 * 1024, ge=64 * 1024)
    conversation_limit: str = "120/minute"
    client_limit: str = "3000/minute"
    metrics_token: SecretStr | None = None
    reviews_token: SecretStr | None = Field(default=None, min_length=32)
    traces_url: str | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    session_secret: SecretStr | None = None
    manage_role_claim: str = Field(default="roles", min_length=1)

    @field_validator("trusted_proxies", "allowed_origins", "frame_ancestors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """A list is written with commas."""
        if isinstance(value, str):
            return tuple(filter(None, (part.strip() for part in value.split(","))))
        return value

    @field_validator("traces_url")
    @classmethod
    def _is_collector(cls, value: str | None) -> str | None:
        if value and urlsplit(value).scheme not in ("http", "https"):
            raise ValueError("write it like http://collector:4318/v1/traces")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        """Its path stands in every page."""
        if not WEB_ADDRESS.fullmatch(value):
            raise ValueError(
                "write it like https://principles.example.gov.uk, or with a path of letters,"
                " digits, - and _ like https://intranet.example.gov.uk/principles"
            )
        return value

    @field_validator("conversation_limit", "client_limit")
    @classmethod
    def _is_limit(cls, value: str) -> str:
        try:
            parse(value)
        except ValueError:
            raise ValueError("write it like 60/minute") from None
        return value

    @field_validator("database_url", "tracker_db")
    @classmethod
    def _is_database(cls, value: SecretStr | None) -> SecretStr | None:
        """Refused here, where no error repeats it, and not by a library's that would."""
        if value and _backend(value.get_secret_value()) not in DATABASES:
            raise ValueError("write it like postgresql://user:password@host/name")
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not _is_address(value.get_secret_value(), REDIS):
            raise ValueError("write it like redis://host:6379")
        return value

    @field_validator("actions_url", "rasa_url")
    @classmethod
    def _is_http(cls, value: str | None) -> str | None:
        if value and not _is_address(value, ("http", "https")):
            raise ValueError("write it like http://rasa.internal:8002")
        return value and value.rstrip("/")

    @field_validator("home")
    @classmethod
    def _holds_content(cls, value: Path) -> Path:
        if not (value / "data").is_dir():
            raise ValueError(
                f"{value} has no folder `data`. Name the folder that holds data, knowledge and"
                " config.yml: a checkout, or a copy of them"
            )
        return value.absolute()

    @model_validator(mode="before")
    @classmethod
    def _folders_beside_each_other(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        state_dir = values.get("state_dir") or Path(values.get("home") or HOME) / "var"
        content_dir = values.get("content_dir") or Path(state_dir) / "content"
        return {**values, "state_dir": state_dir, "content_dir": content_dir}

    @field_validator("state_dir", "content_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        """Rasa runs in a folder of its own choice and must find the same one."""
        return value.absolute()

    @field_validator("built_dir")
    @classmethod
    def _is_folder(cls, value: Path | None) -> Path | None:
        if value and not value.is_dir():
            raise ValueError(f"there is no folder {value}")
        return value and value.absolute()

    @model_validator(mode="after")
    def _sign_in_is_whole(self) -> Settings:
        needed = (self.oidc_client_id, self.oidc_client_secret, self.session_secret)
        if self.oidc_issuer and not all(needed):
            raise ValueError(
                "FP_OIDC_ISSUER needs FP_OIDC_CLIENT_ID, FP_OIDC_CLIENT_SECRET"
                " and FP_SESSION_SECRET beside it"
            )
        return self

    @model_validator(mode="after")
    def _search_has_its_database(self) -> Settings:
        if self.search_engine == "postgres" and _backend(self.store_url) != "postgresql":
            raise ValueError("FP_SEARCH_ENGINE=postgres needs FP_DATABASE_URL of a Postgres")
        return self

    @cached_property
    def path_prefix(self) -> str:
        """`/principles` of `https://intranet.example/principles/`; empty at a host of its own."""
        return urlsplit(self.public_url).path.rstrip("/")

    @cached_property
    def actions_address(self) -> str:
        """Where Rasa finds the actions."""
        return self.actions_url or ports.found_at(self.actions_host, self.actions_port)

    @cached_property
    def rasa_address(self) -> str:
        """Where the gateway finds Rasa."""
        return self.rasa_url or ports.found_at(self.rasa_host, self.rasa_port)

    @property
    def longest_turn_s(self) -> float:
        return self.rasa_timeout_s + BESIDE_RASA_S

    @cached_property
    def data_dir(self) -> Path:
        return self.home / "data"

    @cached_property
    def phrases_file(self) -> Path:
        return self.data_dir / "phrases.yaml"

    @cached_property
    def safety_dir(self) -> Path:
        return self.data_dir / "safety"

    @cached_property
    def knowledge_dir(self) -> Path:
        """The content as shipped: the first edition, and the only one until something changes."""
        return self.home / "knowledge"

    @cached_property
    def editions_dir(self) -> Path:
        """Copies of editions, to read from."""
        return self.state_dir / "editions"

    @cached_property
    def models_dir(self) -> Path:
        return self.state_dir / "models"

    @cached_property
    def off_file(self) -> Path:
        """While this file exists the assistant is switched off; its text says why."""
        return self.state_dir / "OFF"

    @cached_property
    def store_url(self) -> str:
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.state_dir / 'conversations.db'}"

    @cached_property
    def namespace(self) -> str:
        """Begins what is this partnership's in a Redis that others use too. It comes from the
        database that is named, without its password."""
        return f"principles:{_identity(self.store_url)}"

    @cached_property
    def limits_url(self) -> str:
        """Where the limits are counted, as the library `limits` has it."""
        if self.redis_url is None:
            return "async+memory://"
        url = self.redis_url.get_secret_value()
        # `limits` knows a socket by another scheme.
        return f"async+{'redis+' if url.startswith('unix:') else ''}{url}"

    @cached_property
    def tracker_url(self) -> str:
        """Where Rasa keeps its memory: beside the conversations where those are in Postgres."""
        if self.tracker_db:
            return self.tracker_db.get_secret_value()
        if _backend(self.store_url) == "postgresql":
            return self.store_url
        return f"sqlite:///{self.state_dir / 'rasa.db'}"


def secrets_folder() -> Path | None:
    """The folder that FP_SECRETS_DIR names. Raises UserFacingError when there is no such one."""
    named = os.environ.get("FP_SECRETS_DIR")
    if named and not Path(named).is_dir():
        raise UserFacingError(f"FP_SECRETS_DIR names {named}, and there is no such folder.")
    return Path(named) if named else None


def _refuse_renamed(folder: Path | None) -> None:
    """What is set by a name of before would go unheard."""
    for before, now in RENAMED.items():
        if before in os.environ or (folder and (folder / before.lower()).exists()):
            raise UserFacingError(
                f"{before} is called {now} now. Set that, and remove {before}."
                " docs/settings.md says how it is written."
            )


def _backend(url: str) -> str | None:
    """Which kind of database; None for what cannot be read."""
    # Imported late: it takes a fifth of a second, which most commands need not wait for.
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).get_backend_name()
    except (ArgumentError, ValueError):
        return None


def _identity(url: str) -> str:
    """The same for every server of a database, schema and account."""
    from sqlalchemy.engine import make_url

    address = make_url(url).set(drivername="database", password=None)
    whole = address.render_as_string(hide_password=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


def _is_address(url: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
        # A password with a slash in it would be read as a port.
        return parts.scheme in schemes and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def unusable(error: ValidationError, prefix: str) -> UserFacingError:
    """Names each setting that is wrong, and how, without its value."""
    wrong = "\n".join(
        f"- {'_'.join([prefix, *map(str, each['loc'])]).upper()}: {_in_words(each)}"
        for each in error.errors(include_input=False)
    )
    return UserFacingError(f"These settings cannot be used:\n{wrong}")


def _in_words(error: ErrorDetails) -> str:
    """Ours as they were written: Pydantic puts "Value error" before them."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return error["msg"]
