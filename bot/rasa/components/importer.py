"""What Rasa learns besides `data/nlu` and `data/rules`: flows, replies and known questions.

Flows and notices are learnt from the edition that is answered from. The known questions are those
that were shipped, whatever the documents: they show only what a question looks like.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.shared.constants import UTTER_PREFIX
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.content.data_files import in_edition
from bot.content.examples import read_examples
from bot.flows import Flow, read_flows
from bot.rasa import environment
from bot.rasa.intents import intent_of_message, stands_alone
from knowledge.files import read_json_lines


class Additions(TrainingDataImporter):
    """Adds to what Rasa's own importer reads from the files."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        return TrainingData()

    def get_domain(self) -> Domain:
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        return None


class FlowImporter(Additions):
    """Each flow is an intent, the rule that starts it, and what people say who need it."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | None = None,
        flows: str = "data/flows",
    ) -> None:
        self._flows = list(read_flows(learnt(flows)).values())

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        return TrainingData(
            [
                Message.build(text=said, intent=intent_of(flow))
                for flow in self._flows
                for said in flow.learnt_from
            ]
        )

    def get_domain(self) -> Domain:
        return Domain.from_dict({"intents": [intent_of(flow) for flow in self._flows]})

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        rules = [
            {
                "rule": f"start {flow.id}",
                "steps": [{"intent": intent_of(flow)}, {"action": "action_start_flow"}],
            }
            for flow in self._flows
        ]
        reader = YAMLStoryReader(self.get_domain())
        return StoryGraph(reader.read_from_parsed_yaml({"version": "3.1", "rules": rules}))


class ReplyImporter(Additions):
    """Each reply of `files` is a key of a retrieval intent, learnt from the examples beside it.

    `intents` are the keys of the files that hold replies. Which words answer is no matter of
    Rasa's; it only wants to see that there is a response.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | None = None,
        files: Iterable[str] = (),
        intents: Iterable[str] = (),
    ) -> None:
        named = tuple(intents)
        self._examples = [each for file in files for each in read_examples(learnt(file), named)]

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        return TrainingData(
            [Message.build(text=each.text, intent=each.key) for each in self._examples]
        )

    def get_domain(self) -> Domain:
        keys = dict.fromkeys(each.key for each in self._examples)
        return Domain.from_dict(
            {"responses": {f"{UTTER_PREFIX}{key}": [{"text": key}] for key in keys}}
        )


class QuestionImporter(Additions):
    """Known questions, answerable and not, as examples of `question`: one in `every`.

    Those left out are held back: the tests see whether they are taken for commands. What
    starts a flow is no example of a question.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | None = None,
        files: Iterable[str] = (),
        every: int = 1,
        flows: str = "data/flows",
    ) -> None:
        self._triggers = {
            trigger for flow in read_flows(learnt(flows)).values() for trigger in flow.triggers
        }
        self._files = [Path(file) for file in files]
        self._every = every

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        questions = [
            question
            for file in self._files
            for entry in read_json_lines(file)
            for question in entry.value["questions"]
            if question not in self._triggers
        ]
        return TrainingData(
            [Message.build(text=each, intent="question") for each in questions[:: self._every]]
        )


class MessageImporter(Additions):
    """Messages by people who had not seen the project: tasks in hand, each with its flow, all that
    is looked up, whom to ring, and what calls for a notice. What they wrote of the documents and of
    the assistant stands beside the replies that it calls for."""

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | None = None,
        files: Iterable[str] = (),
    ) -> None:
        self._files = [Path(file) for file in files]

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        lines = [each.value for file in self._files for each in read_json_lines(file)]
        return TrainingData(
            [
                Message.build(text=line["q"], intent=intent)
                for line in lines
                if (intent := intent_of_message(line)) and stands_alone(line)
            ]
        )


def learnt(name: str) -> Path:
    """A file or folder below `data`, as the configuration names it: the edition's, if it has it."""
    return in_edition(environment.edition(), Path(name).name) or Path(name)


def intent_of(flow: Flow) -> str:
    return f"start_{flow.id}"
