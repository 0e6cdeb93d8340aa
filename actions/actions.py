"""The custom actions of `domain.yml`, as Rasa finds them: `python -m rasa_sdk --actions actions`.

Each is one rule's action. What is done is decided by the pipeline, from the message and from the
action's name.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from functools import cache
from typing import Any, Protocol

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.pipeline import Pipeline
from actions.tracker import ActionResult


class RunsActions(Protocol):
    def run(self, action: str, tracker: Tracker) -> ActionResult: ...


class PipelineAction(Action):  # type: ignore[misc]
    """Runs the pipeline off the event loop. Without one of its own it takes the assistant's."""

    def __init__(self, pipeline: RunsActions | None = None) -> None:
        self._pipeline = pipeline

    @abstractmethod
    def name(self) -> str: ...

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        pipeline = self._pipeline
        if pipeline is None:
            pipeline = await asyncio.to_thread(assistants_pipeline)
        result = await asyncio.to_thread(pipeline.run, self.name(), tracker)
        for message in result.messages:
            dispatcher.utter_message(json_message=message.model_dump(mode="json"))
        return [SlotSet(slot, value) for slot, value in result.slots.items()]


@cache
def assistants_pipeline() -> Pipeline:
    """For an action server of `rasa_sdk`: opened once, when the first action runs."""
    from bot.container import open_pipeline
    from bot.settings import Settings

    return open_pipeline(Settings.read())


class ActionQuestion(PipelineAction):
    def name(self) -> str:
        return "action_question"


class ActionChoose(PipelineAction):
    def name(self) -> str:
        return "action_choose"


class ActionStartFlow(PipelineAction):
    def name(self) -> str:
        return "action_start_flow"


class ActionBack(PipelineAction):
    def name(self) -> str:
        return "action_back"


class ActionStop(PipelineAction):
    def name(self) -> str:
        return "action_stop"


class ActionRestart(PipelineAction):
    def name(self) -> str:
        return "action_restart"


class ActionWhy(PipelineAction):
    def name(self) -> str:
        return "action_why"


class ActionWhere(PipelineAction):
    def name(self) -> str:
        return "action_where"


class ActionChangeAnswer(PipelineAction):
    def name(self) -> str:
        return "action_change_answer"


class ActionMenu(PipelineAction):
    def name(self) -> str:
        return "action_menu"


class ActionResume(PipelineAction):
    def name(self) -> str:
        return "action_resume"


class ActionGreet(PipelineAction):
    def name(self) -> str:
        return "action_greet"


class ActionGoodbye(PipelineAction):
    def name(self) -> str:
        return "action_goodbye"


class ActionThanks(PipelineAction):
    def name(self) -> str:
        return "action_thanks"


class ActionAbout(PipelineAction):
    def name(self) -> str:
        return "action_about"


class ActionDocuments(PipelineAction):
    def name(self) -> str:
        return "action_documents"


class ActionAssistant(PipelineAction):
    def name(self) -> str:
        return "action_assistant"


class ActionContact(PipelineAction):
    def name(self) -> str:
        return "action_contact"


class ActionNotice(PipelineAction):
    def name(self) -> str:
        return "action_notice"


class ActionInduction(PipelineAction):
    def name(self) -> str:
        return "action_induction"


class ActionFollowUp(PipelineAction):
    def name(self) -> str:
        return "action_follow_up"


ACTIONS: tuple[type[PipelineAction], ...] = (
    ActionQuestion,
    ActionChoose,
    ActionStartFlow,
    ActionBack,
    ActionStop,
    ActionRestart,
    ActionWhy,
    ActionWhere,
    ActionChangeAnswer,
    ActionMenu,
    ActionResume,
    ActionGreet,
    ActionGoodbye,
    ActionThanks,
    ActionAbout,
    ActionDocuments,
    ActionAssistant,
    ActionContact,
    ActionNotice,
    ActionInduction,
    ActionFollowUp,
)
