"""What is learnt from: every message that is written down here, with what is right about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import yaml

from bot import choices
from bot.flows import read_flows
from bot.flows.danger import danger_choices
from bot.flows.model import Step
from bot.messages import SafetyReason
from bot.understanding.normalisation import normalise
from bot.understanding.safety.head import NONE, REASONS, Danger
from knowledge.files import read_json_lines
from knowledge.heads import KINDS, Kind
from knowledge.library import Library
from knowledge.questions import Questions
from knowledge.schema import Strict, validated
from knowledge.text_pairs import with_asked, with_earlier, with_option

Redact = Callable[[str], str]

OF_REPLIES = 5
"""How often a reply is learnt from beside each option. Of an author's replies that were held back
and mean an option .09 were taken rightly and .01 wrongly, at a chance of .8, when the others were
learnt from once; .41 and .03 when four times."""
OF_AUTHORS = 3
"""How often a message of `data/messages` is learnt from, against once for every other: these are by
people who had not seen the project, and there are fewer of them."""
KIND_OF_INTENT: dict[str, Kind] = {
    "greet": "smalltalk",
    "goodbye": "smalltalk",
    "thanks": "smalltalk",
    "about": "assistant",
}
"""Of the intents of `data/nlu`; every other one there is a command."""


@dataclass(frozen=True)
class Labelled:
    """A redacted message. What is not known of it is None, and teaches nothing.

    `passages` are those that answer it. `means`: of a reply beside an option, whether it means
    that one. `weight`: how often it is learnt from.
    """

    text: str
    danger: Danger | None = None
    kind: Kind | None = None
    flow: str | None = None
    passages: frozenset[str] = frozenset()
    means: bool | None = None
    weight: int = 1


class AuthorsLine(Strict):
    """A line of `data/messages`; `docs/evaluation.md` says what each field means."""

    q: str
    kind: str
    author: str
    context: tuple[str, ...] = ()
    asked: str = ""
    options: tuple[str, ...] = ()
    option: str | None = None
    passages: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    flow: str | None = None
    alt_flow: str | None = None
    reason: SafetyReason | Literal["accused", "caller", "grief", "lead_missing"] | None = None
    certain: bool | None = None
    pii: tuple[str, ...] = ()
    persona: str = ""
    style: str = ""
    note: str = ""

    @property
    def danger(self) -> Danger:
        if self.kind == "emergency":
            return self.reason if self.reason in REASONS else "immediate_danger"
        told = self.kind in ("role", "reply")
        return self.reason if told and self.reason in REASONS else NONE

    @property
    def text(self) -> str:
        """With the same person's words before it."""
        return with_earlier(self.context, self.q)


@dataclass
class Collection:
    """Messages by their text, so that what is known of one from two places is known together."""

    redact: Redact
    messages: dict[str, Labelled] = field(default_factory=dict)

    def add(self, text: str, danger: Danger = NONE, asked: str = "", **known: object) -> None:
        """`asked`: what the assistant had said, where it is a reply."""
        said = self.redact(normalise(text))
        if not said.strip():
            return
        if asked:
            said = with_asked(normalise(asked), said)
        before = self.messages.get(said, Labelled(said, danger))
        more = {name: value for name, value in known.items() if value}
        self.messages[said] = replace(before, **more)  # type: ignore[arg-type]

    def add_reply(
        self, reply: str, asked: str, options: Iterable[str], meant: str | None, weight: int = 1
    ) -> None:
        """Beside each of the options; `meant` is None where it means none of them."""
        said = self.redact(normalise(reply))
        for option in options if said.strip() else ():
            text = with_option(normalise(asked), said, normalise(option))
            self.messages[text] = Labelled(text, means=option == meant, weight=weight)


def read_messages(home: Path, redact: Redact) -> list[Labelled]:
    """`home` is the folder that holds the content. Raises ContentError for a broken file."""
    found = Collection(redact)
    for reason in REASONS:
        for text in lines(home / "data" / "safety" / "examples" / f"{reason}.txt"):
            found.add(text, reason)
    for name in ("near_misses", "calm_stories"):
        for text in lines(home / "data" / "safety" / "examples" / f"{name}.txt"):
            found.add(text)
    _add_questions(found, home / "knowledge")
    _add_flows(found, home / "data" / "flows")
    _add_commands(found, home / "data" / "nlu")
    for line in authors_lines(home):
        _add_authors_line(found, line)
    return list(found.messages.values())


def lines(path: Path) -> list[str]:
    written = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in written if line and not line.startswith("#")]


def authors_lines(home: Path) -> Iterator[AuthorsLine]:
    for path in sorted((home / "data" / "messages").glob("*.jsonl")):
        for source in read_json_lines(path):
            yield validated(source, AuthorsLine)


def _add_questions(found: Collection, folder: Path) -> None:
    questions = Questions.read(Library.read(folder), folder)
    for passage, asked in questions.answered.items():
        for text in asked:
            found.add(text, kind="answer", passages=frozenset({passage}))
    for topic in questions.gaps.values():
        for text in topic.questions:
            found.add(text, kind="abstain")
    for topic in questions.out_of_scope.values():
        for text in topic.questions:
            found.add(text, kind="out_of_scope")


def _add_flows(found: Collection, folder: Path) -> None:
    flows = read_flows(folder)
    for flow in flows.values():
        for text in flow.learnt_from:
            found.add(text, kind="flow", flow=flow.id)
    dangers = danger_choices(flows)
    for flow in flows.values():
        for step in flow.steps.values():
            for option in step.options:
                grave = choices.step(flow.id, step.id, option.id) in dangers
                for text in (option.label, *option.also):
                    found.add(text, "immediate_danger" if grave else NONE, step.ask)
                    found.add_reply(text, step.ask, _labels(step), option.label)
                    # Alone it is calm, and nothing else is known of it.
                    found.add(text)


def _labels(step: Step) -> list[str]:
    return [option.label for option in step.options]


def _add_commands(found: Collection, folder: Path) -> None:
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            base = entry["intent"].partition("/")[0]
            kind = base if base in KINDS else KIND_OF_INTENT.get(base, "command")
            for text in entry["examples"].splitlines():
                said = text.strip().removeprefix("- ")
                if base == "question":
                    found.add(said)
                else:
                    found.add(said, kind=kind)


def _add_authors_line(found: Collection, line: AuthorsLine) -> None:
    found.add_reply(line.q, line.asked, line.options, line.option, OF_REPLIES)
    if line.options and line.option is None:
        # Whether it tells of danger nobody has said.
        return
    kind: object = line.kind if line.kind in KINDS else None
    if line.kind == "pii" and line.passages:
        kind = "answer"
    known = {
        "kind": kind,
        "flow": line.flow if line.kind == "flow" else None,
        "passages": frozenset(line.passages),
        "weight": OF_AUTHORS,
    }
    found.add(line.text, line.danger, line.asked, **known)
    if line.danger == NONE and (line.asked or line.context):
        found.add(line.q)
