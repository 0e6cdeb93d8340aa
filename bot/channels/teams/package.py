"""The app package that a Teams administrator uploads: a manifest and two icons in a zip."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

from bot import __version__
from bot.content.phrases import TeamsPhrases

STATIC = Path(__file__).parent / "static"
ICONS = {"color": "color.png", "outline": "outline.png"}
"""As Teams asks for them: 192 pixels square in full colour, and 32 square in white on nothing."""

MANIFEST_VERSION = "1.19"
SCHEMA = (
    "https://developer.microsoft.com/en-us/json-schemas/teams/"
    f"v{MANIFEST_VERSION}/MicrosoftTeams.schema.json"
)
NAME = "First Principles"
COMMANDS = (
    ("help", "What this can do, and the questions it can walk you through"),
    ("Can I share without consent?", "Go through the consent questions step by step"),
)
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The same package for the same input, byte for byte."""

HOST_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


def app_package(app_id: UUID, domain: str, phrases: TeamsPhrases) -> bytes:
    """The zip. `domain` is the public host name of the gateway. Raises ValueError."""
    if not HOST_NAME.fullmatch(domain):
        raise ValueError(
            f"{domain!r} is not a host name. Give the gateway's public name alone, "
            "such as guidance.example.gov.uk, without https:// and without a path."
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("manifest.json", json.dumps(manifest(app_id, domain, phrases), indent=2).encode()),
            *((icon, (STATIC / icon).read_bytes()) for icon in ICONS.values()),
        ):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def manifest(app_id: UUID, domain: str, phrases: TeamsPhrases) -> dict[str, Any]:
    site = f"https://{domain}/"
    scopes = ["personal", "team", "groupChat"]
    commands = [{"title": title, "description": what} for title, what in COMMANDS]
    return {
        "$schema": SCHEMA,
        "manifestVersion": MANIFEST_VERSION,
        "version": __version__,
        "id": str(app_id),
        "developer": {
            "name": NAME,
            "websiteUrl": site,
            "privacyUrl": site,
            "termsOfUseUrl": site,
        },
        "name": {"short": NAME, "full": "First Principles: safeguarding guidance"},
        "description": {"short": phrases.app_short, "full": phrases.app_full},
        "icons": dict(ICONS),
        "accentColor": "#1D3A66",
        "bots": [
            {
                "botId": str(app_id),
                "scopes": scopes,
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [{"scopes": scopes, "commands": commands}],
            }
        ],
        "validDomains": [domain],
    }
