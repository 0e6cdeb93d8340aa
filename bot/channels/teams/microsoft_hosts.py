"""The hosts of Microsoft that the channel talks to, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from microsoft_teams.api.auth.cloud_environment import PUBLIC

from bot.channels.teams.settings import TeamsSettings

CONNECTOR_HOST = "smba.trafficmanager.net"


@dataclass(frozen=True)
class Microsoft:
    """Where tokens are checked, where the bot's own token comes from, where replies may go."""

    issuer: str
    keys_url: str
    token_url: str
    scope: str
    stub_url: str | None = None

    @classmethod
    def of(cls, settings: TeamsSettings) -> Microsoft:
        stub = settings.stub_url
        login = stub or PUBLIC.login_endpoint
        return cls(
            issuer=PUBLIC.token_issuer,
            keys_url=f"{stub}/keys"
            if stub
            else PUBLIC.openid_metadata_url.replace("/openidconfiguration", "/keys"),
            token_url=f"{login}/{settings.tenant_id}/oauth2/v2.0/token",
            scope=PUBLIC.bot_scope,
            stub_url=stub,
        )

    def may_reply_to(self, service_url: str) -> bool:
        if self.stub_url and service_url.startswith(self.stub_url + "/"):
            return True
        try:
            address = urlsplit(service_url)
            port = address.port
        except ValueError:
            return False
        return (
            address.scheme == "https"
            and address.hostname == CONNECTOR_HOST
            and port in {None, 443}
            and address.username is None
        )
