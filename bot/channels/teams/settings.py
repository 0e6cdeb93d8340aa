"""What a council sets to switch Teams on. Without an app id the channel does not exist."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from bot.settings import OneSource

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class TeamsSettings(OneSource):
    """Read from `FP_TEAMS_…`, or from files of those names in the folder `FP_SECRETS_DIR`."""

    model_config = SettingsConfigDict(env_prefix="FP_TEAMS_")

    app_id: UUID | None = None
    tenant_id: UUID | None = None
    secret: SecretStr | None = None
    allowed_tenants: Annotated[tuple[UUID, ...], NoDecode] = ()
    record_link_minutes: int = Field(default=60, ge=1, le=24 * 60)
    stub_url: str | None = None

    @field_validator("allowed_tenants", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """A list is written with commas."""
        if isinstance(value, str):
            return tuple(filter(None, (part.strip() for part in value.split(","))))
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.app_id and not (self.tenant_id and self.secret):
            raise ValueError(
                "Teams is switched on by FP_TEAMS_APP_ID, so FP_TEAMS_TENANT_ID and"
                " FP_TEAMS_SECRET are needed too. See docs/teams.md."
            )
        if self.stub_url and urlsplit(self.stub_url).hostname not in LOOPBACK:
            raise ValueError("FP_TEAMS_STUB_URL is for tests and must be a loopback address.")
        return self

    @property
    def is_on(self) -> bool:
        return self.app_id is not None

    @cached_property
    def tenants(self) -> frozenset[str]:
        """Whose messages are answered: by default those of the tenant that owns the bot."""
        allowed = self.allowed_tenants or (self.tenant_id,)
        return frozenset(str(tenant) for tenant in allowed)
