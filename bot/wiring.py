"""The two applications of the assistant, each put together from its parts."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.applications import Starlette

from actions.registry import every_action
from actions.server import ActionServer
from bot.app import create_app
from bot.container import gather
from bot.content.contacts import read_contacts
from bot.content.errors import ContentError
from bot.conversation.rasa_client import RasaClient
from bot.flows import Flows, read_flows
from bot.flows.check import unquotable
from bot.induction import sound_programme
from bot.induction.progress import Progress
from bot.induction.tutor import Tutor
from bot.operations.readiness import probes
from bot.settings import HOME, Settings
from bot.storage.engine import open_store
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.safety.classifier import DangerClassifier
from knowledge import Knowledge

DATA = HOME / "data"


def open_flows(knowledge: Knowledge) -> Flows:
    """Raises ContentError for a flow that cannot be walked to its end, with every quotation."""
    flows = read_flows(DATA / "flows")
    for problem in unquotable(flows, knowledge.library.passages):
        raise ContentError(problem.place, problem.text)
    return flows


def create_tutor(settings: Settings, knowledge: Knowledge) -> Tutor:
    """Leads through induction, for the actions and for the pages. Raises ProgrammeError."""
    flows = open_flows(knowledge)
    programme = sound_programme(DATA / "induction", knowledge.library, flows)
    return Tutor(
        programme,
        {flow.id: flow.title for flow in flows.values()},
        knowledge.quote,
        Progress(open_store(settings.store_url)),
    )


def create_actions(settings: Settings, knowledge: Knowledge, secret: str) -> Starlette:
    """What Rasa asks, over loopback."""
    actions = every_action(knowledge, DATA, create_tutor(settings, knowledge))
    return ActionServer(knowledge.encoder, actions, secret).app()


def create_gateway(settings: Settings, knowledge: Knowledge, secret: str) -> FastAPI:
    """What people and channels ask."""
    rasa = f"http://127.0.0.1:{settings.rasa_port}"
    rasa_client = RasaClient(rasa, secret, knowledge.encoder.query)
    parts = gather(
        settings,
        knowledge=knowledge,
        flows=open_flows(knowledge),
        contacts=read_contacts(DATA / "contacts.yaml"),
        danger=DangerClassifier(knowledge.encoder.encode),
        personal_data=Redactor(),
        tutor=create_tutor(settings, knowledge),
        rasa_client=rasa_client,
        probes=probes(knowledge, rasa_client, settings.actions_port, secret),
    )
    return create_app(parts)
