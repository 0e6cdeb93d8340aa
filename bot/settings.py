"""What an administrator may set, by environment variable (`FP_…`) or a secrets folder."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from limits import parse
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import PlainError

HOME = Path(__file__).resolve().parent.parent

Listed = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """Every setting of the assistant; each is listed in `docs/settings.md`.

    A file named as the variable in the folder `FP_SECRETS_DIR` sets it too; the
    environment wins.
    """

    model_config = SettingsConfigDict(
        env_prefix="FP_",
        extra="ignore",
        hide_input_in_errors=True,
        secrets_dir=os.environ.get("FP_SECRETS_DIR"),
    )

    mode: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    actions_port: int = Field(default=8001, ge=1, le=65535)
    rasa_port: int = Field(default=8002, ge=1, le=65535)
    state_dir: Path = HOME / "var"
    area: str | None = None
    run_by: str = "Whoever runs it says here who they are and how to reach them (FP_RUN_BY)."
    rasa_timeout_s: float = Field(default=8.0, gt=0, le=9)

    database_url: SecretStr | None = None
    retention_days: int = Field(default=30, ge=1)
    learner_retention_days: int = Field(default=400, ge=1)
    learners_overview: bool = False
    conversation_hours: int = Field(default=12, ge=1)

    public_url: str = "http://127.0.0.1:8000"
    trusted_proxies: Listed = ()
    allowed_origins: Listed = ()
    frame_ancestors: Listed = ()
    max_body_bytes: int = Field(default=5 * 1024 * 1024, ge=64 * 1024)
    conversation_limit: str = "120/minute"
    client_limit: str = "3000/minute"
    limits_url: SecretStr = SecretStr("async+memory://")
    metrics_token: SecretStr | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    session_secret: SecretStr | None = None

    @classmethod
    def read(cls) -> Settings:
        """Raises PlainError for a setting that cannot be read, naming it and not its value."""
        try:
            return cls()
        except ValidationError as error:
            raise unusable(error, "FP") from None

    @field_validator("trusted_proxies", "allowed_origins", "frame_ancestors", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """A list is written with commas."""
        if isinstance(value, str):
            return tuple(filter(None, (part.strip() for part in value.split(","))))
        return value

    @field_validator("conversation_limit", "client_limit")
    @classmethod
    def _is_limit(cls, value: str) -> str:
        try:
            parse(value)
        except ValueError:
            raise ValueError("write it like 60/minute") from None
        return value

    @model_validator(mode="after")
    def _sign_in_is_whole(self) -> Settings:
        needed = (self.oidc_client_id, self.oidc_client_secret, self.session_secret)
        if self.oidc_issuer and not all(needed):
            raise ValueError(
                "FP_OIDC_ISSUER needs FP_OIDC_CLIENT_ID, FP_OIDC_CLIENT_SECRET"
                " and FP_SESSION_SECRET beside it"
            )
        return self

    @cached_property
    def index_dir(self) -> Path:
        return self.state_dir / "index"

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


def unusable(error: ValidationError, prefix: str) -> PlainError:
    """Names each setting that is wrong, and how, without its value."""
    wrong = "\n".join(
        f"- {'_'.join([prefix, *map(str, each['loc'])]).upper()}: {each['msg']}"
        for each in error.errors(include_input=False)
    )
    return PlainError(f"These settings cannot be used:\n{wrong}")
