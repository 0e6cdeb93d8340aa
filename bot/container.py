"""What the assistant is made of: every part is made here, once, and passed to whoever needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool

from actions.effects import Actor
from actions.pipeline import Pipeline, PipelineInUse
from actions.render import Renderer
from bot.asked.groups import AlikeQuestions
from bot.asked.recorder import UseRecorder
from bot.asked.store import AskedStore
from bot.content.commands import read_commands
from bot.content.contacts import Contacts, read_contacts
from bot.content.data_files import DataFiles
from bot.content.phrases import Phrases, read_phrases
from bot.content.replies import (
    AssistantReply,
    DocumentWording,
    read_assistant,
    read_document_wording,
)
from bot.content.safety_wording import (
    PrivacyWording,
    SafetyWording,
    read_privacy_wording,
    read_safety_wording,
)
from bot.content.translations import Translation, read_translations
from bot.conversation.danger import ConversationDanger
from bot.conversation.kill_switch import KillSwitch, SharedSwitch
from bot.conversation.locks import ConversationLocks
from bot.conversation.rasa_client import RasaClient
from bot.conversation.rate_limits import RateLimiter
from bot.conversation.recent import RecentMemory
from bot.conversation.search import ScreenedSearch
from bot.conversation.store import ConversationStore
from bot.conversation.turns import Turns
from bot.errors import UserFacingError
from bot.flows import Flows, read_flows
from bot.flows.check import unquotable
from bot.flows.danger import danger_choices
from bot.induction import Programme
from bot.induction.check import problems, superseded
from bot.induction.lessons import Lessons
from bot.induction.progress import Progress
from bot.induction.reader import ModuleFile, programme_of, read_files
from bot.induction.tutor import Tutor
from bot.messages import SafetyReason
from bot.operations import metrics
from bot.operations.content_folder import data_files, live_data, open_editions
from bot.operations.readiness import (
    INDEX,
    Probe,
    Readiness,
    in_a_thread,
    probes,
    searches,
)
from bot.record.contents import RecordDocument
from bot.record.records import Records
from bot.record.render import RecordRenderer
from bot.rendering.answers import AnswerRenderer
from bot.rendering.documents import DocumentRenderer
from bot.rendering.flows import FlowRenderer
from bot.rendering.local_time import local_time
from bot.rendering.notices import Clock, ContactRenderer, NoticeRenderer
from bot.rendering.plain_text import PlainText
from bot.rendering.readings import OtherReadings
from bot.rendering.safety import SafetyRenderer
from bot.settings import Settings
from bot.storage.engine import open_store
from bot.storage.expiring import ExpiringValues, SharedRedis, connect
from bot.storage.rasa_memory import RasaMemory, open_memory
from bot.understanding.clicks import known_choices
from bot.understanding.documents import DocumentReader
from bot.understanding.interpreter import Interpreter
from bot.understanding.notices import SpokenNotices
from bot.understanding.options import OptionReader
from bot.understanding.personal_data.lexicon import read_names
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.places import Places
from bot.understanding.safety.carry_on import CarryOn
from bot.understanding.safety.classifier import DangerClassifier
from bot.understanding.screening import ReadsDanger, Redacts, Screener
from knowledge import Knowledge
from knowledge.editions import SHIPPED, Edition, Editions, as_shipped
from knowledge.errors import ContentError
from knowledge.index import ProgressCallback
from knowledge.library import Library
from knowledge.memory_engine import in_memory
from knowledge.search_engine import OpensEngine


@dataclass(frozen=True)
class Content:
    """What people edit below `data`, read once for an edition."""

    phrases: Phrases
    contacts: Contacts
    flows: Flows
    modules: tuple[ModuleFile, ...]
    programme: Programme
    safety: Mapping[SafetyReason, SafetyWording]
    privacy: PrivacyWording
    notices: SpokenNotices
    assistant: Mapping[str, AssistantReply]
    documents: DocumentWording
    places: Places
    translations: Mapping[str, Translation]

    @classmethod
    def read(cls, data: DataFiles, library: Library) -> Content:
        """Raises ContentError for what cannot be used, walked to its end or quoted."""
        content = cls.parsed(data)
        content.check_quotable(library)
        return content

    @classmethod
    def parsed(cls, data: DataFiles) -> Content:
        """Raises ContentError for what cannot be used or walked to its end, whatever is quoted."""
        phrases = read_phrases(data.phrases)
        contacts = read_contacts(data.contacts, phrases.contacts)
        flows = read_flows(data.flows, phrases.flows.model_dump())
        modules = tuple(read_files(data.induction))
        roles = {*contacts.local, *contacts.fixed}
        return cls(
            phrases=phrases,
            contacts=contacts,
            flows=flows,
            modules=modules,
            programme=programme_of(data.induction, modules),
            safety=read_safety_wording(data.safety, contacts),
            privacy=read_privacy_wording(data.safety, PLACEHOLDERS),
            notices=SpokenNotices(data.notices, contacts=roles, flows=flows.keys()),
            assistant=read_assistant(data.assistant, known_choices(flows)),
            documents=read_document_wording(data.documents),
            places=Places(read_names(data.safety).sorts["place"]),
            translations=read_translations(data),
        )

    def check_quotable(self, library: Library) -> None:
        """Raises ContentError for what is cited and is not in the library or not in force."""
        found = [
            *unquotable(self.flows, library.passages),
            *self.notices.unquotable(library.passages),
            *problems(self.modules, library.passages, superseded(library), self.flows),
        ]
        if found:
            raise ContentError(*found)


@dataclass(frozen=True)
class Container:
    """`pipeline` is that of this container's edition; `pipeline_in_use` runs it for the actions,
    and is the same object in every container of a server."""

    settings: Settings
    editions: Editions
    content: Content
    knowledge: Knowledge
    engine: Engine
    rasa_memory: RasaMemory
    redis: SharedRedis | None
    rasa_client: RasaClient
    readiness: Readiness
    conversations: ConversationStore
    use: UseRecorder
    alike: AlikeQuestions
    rate_limiter: RateLimiter
    switch: SharedSwitch
    kill_switch: KillSwitch
    screener: Screener
    safety: SafetyRenderer
    turns: Turns
    tutor: Tutor
    search: ScreenedSearch
    records: Records
    pipeline: Pipeline
    pipeline_in_use: PipelineInUse

    @property
    def edition(self) -> Edition:
        """The one that is answered from."""
        return self.knowledge.library.edition or as_shipped(
            self.settings.knowledge_dir, self.settings.data_dir
        )

    def take_over(self) -> None:
        """From the next turn on it answers, in the place of the one that it was made from. Turns
        that are under way end as they began."""
        self.pipeline_in_use.exchange(self.pipeline)
        self.readiness.exchange(INDEX, searches(self.knowledge))

    async def close(self) -> None:
        """What it asks over the network, for all that were made of one another."""
        if self.redis:
            await self.redis.client.aclose()
        await self.rasa_client.close()

    @property
    def phrases(self) -> Phrases:
        return self.content.phrases

    @property
    def flows(self) -> Flows:
        return self.content.flows

    @property
    def contacts(self) -> Contacts:
        return self.content.contacts


def edition_id(knowledge: Knowledge) -> str:
    edition = knowledge.library.edition
    return edition.id if edition else SHIPPED


EXPORTS_THE_ENCODER = ("torch", "transformers")
"""Packages of the extra `build`, which an environment that only serves does without."""


def open_knowledge(
    settings: Settings,
    progress: ProgressCallback | None = None,
    edition: Edition | None = None,
    beside: Knowledge | None = None,
) -> Knowledge:
    """What is in the edition, or in the live one. `beside`: what answers meanwhile.

    Raises ContentError, and UserFacingError where the encoder is yet to be exported and what
    exports it is not installed, or where the database lacks what search is to be done with. With
    that it raises SQLAlchemyError where the database fails.
    """
    editions = open_editions(settings)
    edition = edition or editions.live()
    try:
        return Knowledge.open(
            settings.state_dir,
            progress,
            editions.folder(edition.id),
            costs=settings.knowledge_dir,
            edition=edition,
            beside=beside,
            opens=engine_of(settings),
        )
    except ModuleNotFoundError as missing:
        if missing.name not in EXPORTS_THE_ENCODER:
            raise
        raise UserFacingError(
            f"No sound encoder is in {settings.models_dir}, and {missing.name}, which makes it, is"
            " not installed here. Run `python3 scripts/setup.py` in this checkout, or set"
            " FP_BUILT_DIR to a folder in which `principles index` and `principles train` have run."
        ) from None


def engine_of(settings: Settings) -> OpensEngine:
    """What finds the candidates of a search."""
    if settings.search_engine == "memory":
        return in_memory
    # Imported late: without it nothing here needs a driver for Postgres.
    from bot.storage.postgres_search import in_postgres

    return in_postgres(settings.store_url)


def open_container(
    settings: Settings, knowledge: Knowledge, content: Content, secret: str
) -> Container:
    """The whole assistant. Raises ContentError, and UserFacingError for a damaged model."""
    encoder = knowledge.encoder
    engine = open_store(settings.store_url, settings.database_connections)
    memory = open_memory(settings.tracker_url, settings.store_url, engine)
    rasa_client = RasaClient(settings.rasa_address, secret, encoder.described)
    return build(
        settings,
        engine=engine,
        rasa_memory=memory,
        knowledge=knowledge,
        content=content,
        danger=DangerClassifier(
            encoder.read,
            knowledge.costs,
            settings.safety_dir,
            read_commands(settings.data_dir),
        ),
        personal_data=Redactor(settings.safety_dir),
        rasa_client=rasa_client,
        probes=probes(settings, engine, memory, knowledge, rasa_client, secret),
    )


def open_pipeline(settings: Settings) -> Pipeline:
    """The actions alone, for an action server that somebody else runs."""
    knowledge = open_knowledge(settings)
    content = Content.read(live_data(settings), knowledge.library)
    tutor = make_tutor(content, knowledge, open_store(settings.store_url))
    return make_pipeline(content, knowledge, tutor)


def build(
    settings: Settings,
    *,
    engine: Engine,
    rasa_memory: RasaMemory,
    knowledge: Knowledge,
    content: Content,
    danger: ReadsDanger,
    personal_data: Redacts,
    rasa_client: RasaClient,
    probes: Mapping[str, Probe],
) -> Container:
    """The given parts, and those that are made from the settings."""
    phrases, flows = content.phrases, content.flows
    conversations = ConversationStore(engine, life=timedelta(hours=settings.conversation_hours))
    use = UseRecorder(AskedStore(engine), conversations, settings.keep_asked)
    rate_limiter = RateLimiter(
        settings.limits_url,
        settings.conversation_limit,
        settings.client_limit,
        prefix=settings.namespace,
    )
    redis = connect(settings.redis_url, settings.namespace)
    if isinstance(engine.pool, QueuePool):
        metrics.connections.set(engine.pool.size())
        metrics.connections_in_use.set_function(engine.pool.checkedout)
    switch = SharedSwitch(engine)
    switch.look()
    kill_switch = make_kill_switch(settings, switch, content)
    safety = make_safety(content)
    carry_on = CarryOn(safety.carry_on_labels)
    screener = Screener(danger, personal_data, carry_on, rate_limiter)
    tutor = make_tutor(content, knowledge, engine)
    pipeline = make_pipeline(content, knowledge, tutor)
    in_use = PipelineInUse(pipeline)
    return Container(
        settings=settings,
        editions=open_editions(settings),
        content=content,
        knowledge=knowledge,
        engine=engine,
        rasa_memory=rasa_memory,
        redis=redis,
        rasa_client=rasa_client,
        readiness=Readiness({**probes, "database": in_a_thread(conversations.answers)}),
        conversations=conversations,
        use=use,
        alike=AlikeQuestions(lambda texts: knowledge.encoder.retrieval(texts)),
        rate_limiter=rate_limiter,
        switch=switch,
        kill_switch=kill_switch,
        screener=screener,
        safety=safety,
        turns=Turns(
            conversations=conversations,
            use=use,
            rasa_client=rasa_client,
            safety=safety,
            carry_on=carry_on,
            rate_limiter=rate_limiter,
            kill_switch=kill_switch,
            danger=ConversationDanger(safety, danger_choices(flows), screener.danger_in),
            names=knowledge.documents_named,
            is_area=knowledge.library.names.is_area,
            places=content.places,
            no_reply=phrases.replies.no_reply,
            patience_s=settings.rasa_timeout_s,
            recent=RecentMemory(ExpiringValues(redis)),
            # As many are left for what turns read and keep meanwhile.
            locks=ConversationLocks(engine, at_once=settings.database_connections // 2),
            held=in_use.turn,
        ),
        tutor=tutor,
        search=ScreenedSearch(knowledge, screener, safety, kill_switch),
        records=make_records(content, knowledge, conversations),
        pipeline=pipeline,
        pipeline_in_use=in_use,
    )


def over(container: Container, knowledge: Knowledge) -> Container:
    """The same assistant with what depends on the content made again; all that keeps anything of
    a conversation or a learner is shared. Raises ContentError for what cannot be used or quoted.

    What reads danger and personal data rests on no content, and stays.
    """
    settings, turns = container.settings, container.turns
    folder = container.editions.folder(edition_id(knowledge))
    content = Content.read(data_files(settings, folder), knowledge.library)
    tutor = make_tutor(content, knowledge, container.engine)
    safety = make_safety(content)
    kill_switch = make_kill_switch(settings, container.switch, content)
    # Whoever still sees a question of an earlier edition may answer that somebody is in danger.
    choices = turns.danger.choices | danger_choices(content.flows)
    danger = replace(turns.danger, safety=safety, choices=choices)
    return replace(
        container,
        content=content,
        knowledge=knowledge,
        kill_switch=kill_switch,
        safety=safety,
        turns=replace(
            turns,
            safety=safety,
            kill_switch=kill_switch,
            danger=danger,
            names=knowledge.documents_named,
            is_area=knowledge.library.names.is_area,
        ),
        tutor=tutor,
        search=replace(
            container.search, knowledge=knowledge, safety=safety, kill_switch=kill_switch
        ),
        records=make_records(content, knowledge, container.conversations),
        pipeline=make_pipeline(content, knowledge, tutor),
    )


def make_safety(content: Content) -> SafetyRenderer:
    return SafetyRenderer(content.safety, content.privacy, content.contacts, content.translations)


def make_kill_switch(settings: Settings, switch: SharedSwitch, content: Content) -> KillSwitch:
    phrases = content.phrases.kill_switch
    return KillSwitch(settings.off_file, switch, content.contacts, phrases)


def make_records(
    content: Content, knowledge: Knowledge, conversations: ConversationStore
) -> Records:
    phrases = content.phrases
    document = RecordDocument(phrases.record, phrases.outcomes, PlainText(phrases.quotations))
    return Records(conversations, knowledge.library, RecordRenderer(document))


def make_tutor(content: Content, knowledge: Knowledge, engine: Engine) -> Tutor:
    lessons = Lessons.of(content.programme, content.flows, knowledge.quote, content.phrases)
    return Tutor(lessons, Progress(engine))


def make_pipeline(
    content: Content, knowledge: Knowledge, tutor: Tutor, clock: Clock = local_time
) -> Pipeline:
    """Understand, act and render, for Rasa's actions. By `clock` contacts are at work or not."""
    flows, phrases, contacts = content.flows, content.phrases, content.contacts
    plain_text = PlainText(phrases.quotations)
    return Pipeline(
        flows,
        Interpreter(
            flows,
            OptionReader(knowledge.encoder.read, knowledge.heads),
            knowledge,
            content.notices,
            tutor,
            DocumentReader(knowledge.library, knowledge.relations),
            contacts,
            content.assistant,
            content.places,
        ),
        Actor(flows, tutor),
        Renderer(
            FlowRenderer(flows, knowledge.quote, plain_text),
            AnswerRenderer(flows, contacts, phrases, plain_text),
            NoticeRenderer(flows, contacts, knowledge.quote, plain_text),
            DocumentRenderer(knowledge.library, content.documents, phrases.undated, plain_text),
            ContactRenderer(contacts, phrases.contacts, clock),
            content.assistant,
            OtherReadings(flows, phrases.replies.did_you_mean),
            phrases.replies,
            edition_id(knowledge),
        ),
        tutor,
    )
