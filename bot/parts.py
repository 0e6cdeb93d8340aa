"""What the gateway is made of, put together by whoever starts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.contacts import Contacts
from bot.conversations import Conversations
from bot.enquiry import Enquiry
from bot.examination import Danger, Examiner, PersonalData
from bot.flows.danger import danger_choices
from bot.flows.model import Flows
from bot.induction.tutor import Tutor
from bot.limits import Limits
from bot.messenger import Messenger
from bot.off import OffSwitch
from bot.readiness import Probe, Readiness, in_a_thread
from bot.records import Records
from bot.safety.messages import check_wording
from bot.settings import Settings
from bot.store import open_store
from bot.turn import Turns
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
    examiner: Examiner
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
    probes: Mapping[str, Probe],
    tutor: Tutor,
) -> Parts:
    """The given parts, and those that the gateway makes from its settings.

    Raises WordingError, so that no safety message is found wanting when it is needed.
    """
    check_wording(contacts)
    conversations = Conversations(
        open_store(settings.store_url), life=timedelta(hours=settings.conversation_hours)
    )
    limits = Limits(
        settings.limits_url.get_secret_value(), settings.conversation_limit, settings.client_limit
    )
    off = OffSwitch(settings.off_file, contacts)
    examiner = Examiner(danger, personal_data, limits)
    turns = Turns(
        conversations=conversations,
        messenger=messenger,
        contacts=contacts,
        limits=limits,
        off=off,
        danger_choices=danger_choices(flows),
        patience_s=settings.rasa_timeout_s,
    )
    return Parts(
        settings=settings,
        knowledge=knowledge,
        flows=flows,
        contacts=contacts,
        messenger=messenger,
        readiness=Readiness({**probes, "database": in_a_thread(conversations.answers)}),
        conversations=conversations,
        limits=limits,
        off=off,
        examiner=examiner,
        turns=turns,
        tutor=tutor,
        enquiry=Enquiry(knowledge, examiner, contacts, off),
        records=Records(conversations, knowledge.library),
    )
