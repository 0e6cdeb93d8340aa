"""What an activity asks of us, read with Microsoft's own models."""

from __future__ import annotations

import hashlib
import hmac
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from microsoft_teams.api.activities import MessageActivity, MessageUpdateActivity
from microsoft_teams.api.activities.invoke import AdaptiveCardInvokeActivity
from microsoft_teams.api.models import Account, ActivityBase, MentionEntity
from pydantic import ValidationError

from bot.channels.teams.tokens import CHANNEL
from bot.understanding.normalisation import excerpt

COLLEAGUE = "[name]"
"""Stands for a mentioned person: Teams itself says that it is a name."""

MENTION = re.compile(r"<at\b[^<>]*>[^<]*</at>")
NO_CHARACTER = re.compile(r"&#\d{8,};?")
"""Python turns no number of thousands of digits into an integer."""

MOST_ENTRIES = 100
"""Of each list in an activity; those of Teams hold a mention or two."""

LONGEST_TEXT = 40_000
"""Characters that are read; Teams itself lets people send about 28 kB."""


NEEDLESS = frozenset({"entities", "timestamp", "localTimestamp", "localTimezone", "locale"})
"""Fields without which an activity can be read, and answered."""


class BadActivity(Exception):
    """The body is not an activity of Teams that we can read."""


class ForeignTenant(Exception):
    """The activity comes from an organisation that is not on the list."""


@dataclass(frozen=True)
class Typed:
    text: str
    edited: bool = False


@dataclass(frozen=True)
class Clicked:
    """A button of one of our cards: its verb and what it carries."""

    verb: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Installed:
    pass


@dataclass(frozen=True)
class Removed:
    pass


Event = Typed | Clicked | Installed | Removed


@dataclass(frozen=True)
class Activity:
    """One activity: where it came from, and its event, or None where nothing is asked of us.

    `conversation` is Teams' id of the chat; in a channel it names the thread too.
    `id` of an edit is that of the message edited, and `at` when Teams says that it was edited.
    `card_id`: the card that was clicked.
    """

    id: str
    tenant: str
    service_url: str
    conversation: str
    bot: Account
    event: Event | None
    card_id: str | None = None
    at: datetime | None = None

    @property
    def is_edit(self) -> bool:
        return isinstance(self.event, Typed) and self.event.edited

    @property
    def retry_key(self) -> str:
        """The same for every delivery of one activity; each edit is another one, also back."""
        if isinstance(self.event, Typed) and self.event.edited:
            edit = f"{self.at}\n{self.event.text}"
            return f"{self.id}:{hashlib.sha256(edit.encode()).hexdigest()[:16]}"
        return self.id

    def key(self, secret: str) -> str:
        """The conversation's key. Everyone in a group chat or a thread shares one."""
        place = f"{self.tenant}\n{self.conversation}"
        return hmac.new(secret.encode(), place.encode(), hashlib.sha256).hexdigest()


def read(body: object, tenants: frozenset[str]) -> Activity:
    """Raises BadActivity or ForeignTenant."""
    if not isinstance(body, dict) or not isinstance(body.get("type"), str):
        raise BadActivity("an activity is a JSON object with a type")
    body = {
        key: value[:MOST_ENTRIES] if isinstance(value, list) else value
        for key, value in body.items()
    }
    try:
        body, base = _readable(body)
        if base.channel_id != CHANNEL or not base.service_url or not base.conversation.id:
            raise BadActivity("not an activity of Microsoft Teams")
        tenant = _tenant(base)
        if tenant not in tenants:
            raise ForeignTenant
        event = _event(body)
    except ValidationError as error:
        wrong = ", ".join(".".join(map(str, each["loc"])) for each in error.errors())
        raise BadActivity(f"cannot be read: {wrong[:200]}") from None
    return Activity(
        base.id,
        tenant,
        base.service_url,
        base.conversation.id,
        base.recipient,
        event,
        base.reply_to_id,
        base.timestamp,
    )


def _readable(body: dict[str, Any]) -> tuple[dict[str, Any], ActivityBase]:
    """Danger is not turned away because of a broken field that nobody needs.

    Raises ValidationError for any other that is broken.
    """
    try:
        return body, ActivityBase.model_validate(body)
    except ValidationError as error:
        broken = NEEDLESS.intersection(each["loc"][0] for each in error.errors())
    kept = {name: value for name, value in body.items() if name not in broken}
    return kept, ActivityBase.model_validate(kept)


def _tenant(base: ActivityBase) -> str:
    """Where both places name a tenant they must agree; empty where none can be told."""
    data = base.channel_data
    named = {data.tenant.id if data and data.tenant else None, base.conversation.tenant_id}
    tenants = {each.lower() for each in named if each}
    return tenants.pop() if len(tenants) == 1 else ""


def _event(body: dict[str, Any]) -> Event | None:
    match body["type"], body.get("action"), body.get("name"):
        case "message", _, _:
            return Typed(_text(MessageActivity.model_validate(body)))
        case "messageUpdate", _, _:
            update = MessageUpdateActivity.model_validate(body)
            is_edit = update.channel_data and update.channel_data.event_type == "editMessage"
            return Typed(_text(update), edited=True) if is_edit else None
        case "invoke", _, "adaptiveCard/action":
            clicked = AdaptiveCardInvokeActivity.model_validate(body).value.action
            return Clicked(clicked.verb or "", clicked.data)
        case "installationUpdate", "add", _:
            return Installed()
        case "installationUpdate", "remove", _:
            return Removed()
    return None


def _text(activity: MessageActivity | MessageUpdateActivity) -> str:
    """What was typed, without the mention of the bot and without other people's names."""
    bots = {
        entity.text or f"<at>{entity.mentioned.name}</at>"
        for entity in activity.entities or []
        if isinstance(entity, MentionEntity) and entity.mentioned.id == activity.recipient.id
    }
    text = excerpt(activity.text, LONGEST_TEXT)
    named = MENTION.sub(lambda mention: "" if mention[0] in bots else COLLEAGUE, text)
    return html.unescape(NO_CHARACTER.sub("\ufffd", named)).strip()
