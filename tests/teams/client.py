"""A person's Teams: sends activities the way Microsoft does and holds on to what comes back."""

from __future__ import annotations

from itertools import count
from typing import Any

import httpx

from tests.teams.microsoft import BOT, TENANT, Microsoft, actions

numbers = count(1)


class Chat:
    """One chat of its own. In a channel, `thread` is part of Teams' conversation id."""

    def __init__(
        self,
        gateway: httpx.Client,
        microsoft: Microsoft,
        kind: str = "personal",
        thread: str = "",
    ) -> None:
        self.gateway = gateway
        self.microsoft = microsoft
        self.place = f"19:chat-{next(numbers)}@thread.v2{thread}"
        self.kind = kind
        microsoft.chats.add(self.place)

    def activity(self, kind: str, **fields: Any) -> dict[str, Any]:
        return {
            "type": kind,
            "id": f"activity-{next(numbers)}",
            "channelId": "msteams",
            "serviceUrl": self.microsoft.service_url,
            "from": {"id": "29:person", "name": "Alex Practitioner", "aadObjectId": "a"},
            "recipient": BOT,
            "conversation": {
                "id": self.place,
                "conversationType": self.kind,
                "isGroup": self.kind != "personal",
                "tenantId": TENANT,
            },
            "channelData": {"tenant": {"id": TENANT}},
            "timestamp": "2026-11-21T10:00:00Z",
            **fields,
        }

    def post(self, activity: Any, **claims: Any) -> httpx.Response:
        token = self.microsoft.token(**claims)
        return self.gateway.post(
            "/teams/messages", json=activity, headers={"Authorization": f"Bearer {token}"}
        )

    def say(self, text: str, **fields: Any) -> dict[str, Any]:
        """The activity as it was sent, so that a test can send it again."""
        activity = self.activity("message", text=text, **fields)
        assert self.post(activity).status_code == 202
        return activity

    def edit(self, sent: dict[str, Any], text: str) -> dict[str, Any]:
        """Edits a message sent before. Each edit has a time of its own, as Teams gives it."""
        edit = self.activity("messageUpdate", text=text, id=sent["id"])
        edit["channelData"]["eventType"] = "editMessage"
        edit["timestamp"] = f"2026-11-21T10:00:00.{next(numbers):06}Z"
        assert self.post(edit).status_code == 202
        return edit

    def click(self, action: dict[str, Any], card_id: str = "") -> httpx.Response:
        reply = self.post(self.clicked(action, card_id))
        assert reply.status_code == 200
        return reply

    def clicked(self, action: dict[str, Any], card_id: str = "") -> dict[str, Any]:
        """The activity of a click, not yet sent."""
        value = {
            "action": {key: action[key] for key in ("type", "verb", "data")},
            "trigger": "manual",
        }
        reply_to = card_id or f"card-{len(self.microsoft.posted)}"
        return self.activity("invoke", name="adaptiveCard/action", value=value, replyToId=reply_to)

    def choose(self, choice: str, card: int = -1) -> httpx.Response:
        """Clicks the button with that choice, or of that title, on the `card`-th card."""
        cards = self.microsoft.posted
        offered = actions(cards[card]["attachments"][0]["content"])
        found = [
            each
            for each in offered
            if choice in (each["title"], each.get("data", {}).get("choice"))
        ]
        assert found, f"no {choice!r} among {[each['title'] for each in offered]}"
        return self.click(found[0], f"card-{card % len(cards) + 1}")
