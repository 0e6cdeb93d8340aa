"""What the gateway is made of, put together by whoever starts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.content.contacts import Contacts
from bot.conversation.kill_switch import KillSwitch
from bot.conversation.rasa_client import RasaClient
from bot.conversation.rate_limits import RateLimiter
from bot.conversation.search import ScreenedSearch
from bot.conversation.store import ConversationStore
from bot.conversation.turns import Turns
from bot.flows.danger import danger_choices
from bot.flows.model import Flows
from bot.induction.tutor import Tutor
from bot.operations.readiness import Probe, Readiness, in_a_thread
from bot.record.records import Records
from bot.rendering.safety import check_wording
from bot.settings import Settings
from bot.storage.engine import open_store
from bot.understanding.screening import ReadsDanger, Redacts, Screener
from knowledge import Knowledge


@dataclass(frozen=True)
class Container:
    settings: Settings
    knowledge: Knowledge
    flows: Flows
    contacts: Contacts
    rasa_client: RasaClient
    readiness: Readiness
    conversations: ConversationStore
    limits: RateLimiter
    kill_switch: KillSwitch
    screener: Screener
    turns: Turns
    tutor: Tutor
    search_sources: ScreenedSearch
    records: Records


def gather(
    settings: Settings,
    *,
    knowledge: Knowledge,
    flows: Flows,
    contacts: Contacts,
    danger: ReadsDanger,
    personal_data: Redacts,
    rasa_client: RasaClient,
    probes: Mapping[str, Probe],
    tutor: Tutor,
) -> Container:
    """The given parts, and those that the gateway makes from its settings.

    Raises ContentError, so that no safety message is found wanting when it is needed.
    """
    check_wording(contacts)
    conversations = ConversationStore(
        open_store(settings.store_url), life=timedelta(hours=settings.conversation_hours)
    )
    limits = RateLimiter(
        settings.limits_url.get_secret_value(), settings.conversation_limit, settings.client_limit
    )
    kill_switch = KillSwitch(settings.off_file, contacts)
    screener = Screener(danger, personal_data, limits)
    turns = Turns(
        conversations=conversations,
        rasa_client=rasa_client,
        contacts=contacts,
        limits=limits,
        kill_switch=kill_switch,
        danger_choices=danger_choices(flows),
        patience_s=settings.rasa_timeout_s,
    )
    return Container(
        settings=settings,
        knowledge=knowledge,
        flows=flows,
        contacts=contacts,
        rasa_client=rasa_client,
        readiness=Readiness({**probes, "database": in_a_thread(conversations.answers)}),
        conversations=conversations,
        limits=limits,
        kill_switch=kill_switch,
        screener=screener,
        turns=turns,
        tutor=tutor,
        search_sources=ScreenedSearch(knowledge, screener, contacts, kill_switch),
        records=Records(conversations, knowledge.library),
    )
