"""Reads `data/flows/*.yaml` and what the flows share (`data/flows_shared.yaml`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from bot.flows.check import broken
from bot.flows.citation_rules import FILE as CITATION_RULES
from bot.flows.citation_rules import read_citation_rules
from bot.flows.model import AdviceCard, Flow, Flows, Offer, Outcome, OutcomeKind, Step, StepOption
from knowledge.errors import ContentError
from knowledge.files import read_each
from knowledge.yaml_source import YamlSource, text_or_none, texts_or_none

SHARED = "flows_shared.yaml"
NOTHING_SAID: Mapping[str, str] = {}
LEADS_HERE = {"triggers", "examples", "first", "offered_if_sure", "owner", "review_by"}


def read_flows(folder: Path, phrases: Mapping[str, str] = NOTHING_SAID) -> Flows:
    """Every flow in `folder`, in the order of the menu.

    `phrases` are said around the questions; whoever only reads the flows needs none.

    Raises ContentError, with file and line, for a file that cannot be read or walked.

    Beside `folder`, `flows_shared.yaml` holds the tasks of the menu, cards and common answers, and
    `citation_rules.yaml` which passage may stand for which case.
    """
    source = YamlSource.read(folder.parent / SHARED)
    shared = source.fields("tasks cards decides answers")
    answers = _read_answers(shared["answers"])
    tasks = shared["tasks"].texts()
    said_by_all = source.to_python()
    flows = read_each(
        sorted(folder.glob("*.yaml")), lambda path: _read_flow(path, said_by_all, answers, tasks)
    )
    flows.sort(key=lambda flow: tasks.index(flow.task))
    read = Flows(
        flows={flow.id: flow for flow in flows},
        cards={name: _read_card(name, card) for name, card in shared["cards"].entries().items()},
        answers=answers,
        decides={kind: said.text() for kind, said in shared["decides"].entries().items()},
        phrases=phrases,
        tasks=tasks,
        citation_rules=read_citation_rules(folder.parent / CITATION_RULES),
    )
    if found := list(broken(read)):
        raise ContentError(*found)
    return read


def _read_flow(
    path: Path, shared: Any, answers: Mapping[str, tuple[str, ...]], tasks: Sequence[str]
) -> Flow:
    source = YamlSource.read(path)
    fields = source.fields(
        "id title task triggers start steps outcomes",
        "answers examples first offered_if_sure owner review_by",
    )
    flow_id = fields["id"].text()
    if flow_id != path.stem:
        raise fields["id"].error(f"the id must be the file's name, '{path.stem}'")
    if fields["task"].text() not in tasks:
        raise fields["task"].error(
            f"unknown task '{fields['task'].text()}'; {SHARED} knows: {', '.join(tasks)}"
        )
    if "answers" in fields:
        answers = _joined(answers, _read_answers(fields["answers"]))
    return Flow(
        id=flow_id,
        title=fields["title"].text(),
        task=fields["task"].text(),
        triggers=fields["triggers"].texts(),
        examples=texts_or_none(fields, "examples"),
        start=fields["start"].text(),
        steps={
            name: _read_step(flow_id, name, step, answers)
            for name, step in fields["steps"].entries().items()
        },
        outcomes={
            name: _read_outcome(flow_id, name, outcome)
            for name, outcome in fields["outcomes"].entries().items()
        },
        version=_version(shared, fields),
        first=text_or_none(fields, "first"),
        offered_if_sure=text_or_none(fields, "offered_if_sure") == "true",
        owner=text_or_none(fields, "owner"),
        review_by=_day(fields["review_by"]) if "review_by" in fields else None,
        place=source.place,
    )


def _day(source: YamlSource) -> date:
    try:
        return date.fromisoformat(source.text())
    except ValueError:
        raise source.error("a date is expected here, such as 2027-11-21") from None


def _version(shared: Any, fields: Mapping[str, YamlSource]) -> str:
    """Of what a person signs for: all that a walk asks, takes and says.

    What leads to the flow, a comment or a line break asks for no new signature.
    """
    signed = {name: part.to_python() for name, part in fields.items() if name not in LEADS_HERE}
    return hashlib.sha256(json.dumps([shared, signed]).encode()).hexdigest()[:12]


def _read_answers(source: YamlSource) -> dict[str, tuple[str, ...]]:
    """Label to other ways to say it, for every option that has that label."""
    return {label: said.texts() for label, said in source.entries().items()}


def _joined(
    shared: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {label: (*shared.get(label, ()), *own.get(label, ())) for label in {**shared, **own}}


def _read_step(
    flow: str, name: str, source: YamlSource, answers: Mapping[str, tuple[str, ...]]
) -> Step:
    fields = source.fields("ask why options")
    options = tuple(_read_option(option, answers) for option in fields["options"].items())
    if len({option.id for option in options}) < len(options):
        raise fields["options"].error("two options have the same id")
    return Step(flow, name, fields["ask"].text(), fields["why"].text(), options, place=source.place)


def _read_option(source: YamlSource, answers: Mapping[str, tuple[str, ...]]) -> StepOption:
    fields = source.fields("id label go", "also")
    label = fields["label"].text()
    return StepOption(
        id=fields["id"].text(),
        label=label,
        go=fields["go"].text(),
        also=(*answers.get(label, ()), *texts_or_none(fields, "also")),
        place=source.place,
    )


def _read_outcome(flow: str, name: str, source: YamlSource) -> Outcome:
    fields = source.fields("kind say", "quotes cards fixed then offer")
    kind = fields["kind"].text()
    if kind not in get_args(OutcomeKind):
        raise fields["kind"].error(
            f"unknown kind '{kind}'; known: {', '.join(get_args(OutcomeKind))}"
        )
    return Outcome(
        flow=flow,
        id=name,
        kind=cast(OutcomeKind, kind),
        say=fields["say"].text(),
        quotes=texts_or_none(fields, "quotes"),
        cards=texts_or_none(fields, "cards"),
        fixed=text_or_none(fields, "fixed"),
        then=text_or_none(fields, "then"),
        offer=_read_offer(fields["offer"]) if "offer" in fields else None,
        place=source.place,
    )


def _read_offer(source: YamlSource) -> Offer:
    fields = source.fields("label step option")
    return Offer(fields["label"].text(), fields["step"].text(), fields["option"].text())


def _read_card(name: str, source: YamlSource) -> AdviceCard:
    fields = source.fields("text", "quotes fixed")
    return AdviceCard(
        id=name,
        text=fields["text"].text(),
        quotes=texts_or_none(fields, "quotes"),
        fixed="fixed" in fields and fields["fixed"].text() == "true",
        place=source.place,
    )
