"""What the gateway is made of, put together by whoever starts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.contacts import Contacts
from bot.conversations import Conversations
from bot.enquiry import Enquiry
from bot.flows.model import Flows
from bot.induction.tutor import Tutor
from bot.limits import Limits
from bot.messenger import Messenger
from bot.off import OffSwitch
from bot.readiness import Readiness
from bot.records import Records
from bot.settings import Settings
from bot.store import open_store
from bot.turn import Danger, PersonalData, Turns
from knowledge import Knowledge


@dataclass(frozen=True)
class Parts:
    settings: Settings
    knowledge: Knowledge
    flows: Flows
    contacts: Contacts
    messenger: Messenger
    readiness: Readiness
    conversations: Conversations
    limits: Limits
    off: OffSwitch
    turns: Turns
    tutor: Tutor
    enquiry: Enquiry
    records: Records


def gather(
    settings: Settings,
    *,
    knowledge: Knowledge,
    flows: Flows,
    contacts: Contacts,
    danger: Danger,
    personal_data: PersonalData,
    messenger: Messenger,
    readiness: Readiness,
    tutor: Tutor,
) -> Parts:
    """The given parts, and those that the gateway makes from its settings."""
    conversations = Conversations(
        open_store(settings.store_url), life=timedelta(hours=settings.conversation_hours)
    )
    limits = Limits(
        settings.limits_url.get_secret_value(), settings.conversation_limit, settings.client_limit
    )
    off = OffSwitch(settings.off_file, contacts)
    turns = Turns(
        conversations=conversations,
        messenger=messenger,
        danger=danger,
        personal_data=personal_data,
        contacts=contacts,
        limits=limits,
        off=off,
        patience_s=settings.rasa_timeout_s,
    )
    return Parts(
        settings=settings,
        knowledge=knowledge,
        flows=flows,
        contacts=contacts,
        messenger=messenger,
        readiness=readiness,
        conversations=conversations,
        limits=limits,
        off=off,
        turns=turns,
        tutor=tutor,
        enquiry=Enquiry(knowledge, turns, contacts, limits, off),
        records=Records(conversations, knowledge.library),
    )
