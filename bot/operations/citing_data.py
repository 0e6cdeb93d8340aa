"""What cites passages in `data`: flows and their cards, modules, and notices that are spoken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import shorten

from bot.content.data_files import DataFiles
from bot.content.notices import SpokenNoticesFile, quoted
from bot.flows import Flows, Outcome, read_flows
from bot.flows.check import quoted as quoted_in_flows
from bot.flows.citation_rules import FILE as RULES
from bot.flows.reader import SHARED
from bot.induction.check import named
from bot.induction.reader import ModuleFile, read_files
from knowledge.errors import KeyPath, Location
from knowledge.notices import notice_name
from knowledge.revision.citing_place import CitingPlace
from knowledge.schema import validated
from knowledge.yaml_source import YamlSource

OPENING = 70
"""Characters of its own words by which a place is known."""


def _opening(words: str) -> str:
    return shorten(words, OPENING, placeholder=" …")


def cited_in_data(data: DataFiles) -> Iterator[CitingPlace]:
    """Raises ContentError."""
    flows = read_flows(data.flows)
    yield from _in_flows(data.flows, flows)
    yield from _in_rules(data.flows.with_name(RULES), flows)
    for file in read_files(data.induction):
        for way, passage in named(file):
            yield _in_module(file, way, passage)
    yield from _in_spoken_notices(data.notices)


def _in_flows(folder: Path, flows: Flows) -> Iterator[CitingPlace]:
    for part, quote in quoted_in_flows(flows):
        at = part.quotes.index(quote)
        if isinstance(part, Outcome):
            yield _in_outcome(folder, flows, part, quote, at)
        else:
            yield CitingPlace(
                quote,
                "card",
                f"card/{part.id}",
                f"Advice that decisions share: “{_opening(part.text)}”",
                part.place,
                part.text,
                folder.with_name(SHARED),
                ("cards", part.id, "quotes", at),
            )


def _in_outcome(folder: Path, flows: Flows, outcome: Outcome, quote: str, at: int) -> CitingPlace:
    words = _opening(outcome.say or outcome.fixed or outcome.kind)
    return CitingPlace(
        quote,
        "outcome",
        f"flow/{outcome.flow}/{outcome.id}",
        f"What “{flows[outcome.flow].title}” ends with: “{words}”",
        outcome.place,
        " ".join(filter(None, (outcome.kind, outcome.say, outcome.fixed))),
        folder / f"{outcome.flow}.yaml",
        ("outcomes", outcome.id, "quotes", at),
    )


def _in_rules(file: Path, flows: Flows) -> Iterator[CitingPlace]:
    """What the rules take a passage to say: where it says something else, they are wrong."""
    for number, rule in enumerate(flows.citation_rules.outcomes, start=1):
        for passage in dict.fromkeys((*rule.case.quotes, *rule.quotes, *rule.never_quotes)):
            name = f"Rule {number} of what may be cited for what"
            place, key = Location.of(file), f"rule/{number}"
            yield CitingPlace(passage, "rule", key, name, place, rule.because, file)


def _in_module(file: ModuleFile, way: KeyPath, passage: str) -> CitingPlace:
    module, path = file.module, file.path
    part, number = way[0], int(way[1])
    if part == "read":
        reading = module.read[number]
        key = f"reading/{module.id}/{passage}"
        name = f"Reading {number + 1} of the lesson “{module.title}”"
        text = reading.notice
        return CitingPlace(passage, "reading", key, name, file.place(*way), text, path, way)
    question = module.quiz[number]
    said = [question.ask, *(f"{each.label} {each.why}" for each in question.options)]
    key = f"quiz/{module.id}/{question.id}"
    name = f"A question of the quiz of “{module.title}”: “{_opening(question.ask)}”"
    return CitingPlace(passage, "quiz", key, name, file.place(*way), " ".join(said), path, way)


def _in_spoken_notices(path: Path) -> Iterator[CitingPlace]:
    source = YamlSource.read(path)
    file = validated(source, SpokenNoticesFile)
    for key, way, passage in quoted(file.notice):
        notice = file.notice[key]
        yield CitingPlace(
            passage,
            "spoken_notice",
            f"spoken/{key}",
            f"The notice “{notice_name(key)}”, which is said before an answer",
            source.place_of(way),
            " ".join((notice.says, *notice.again)),
            path,
            way,
        )
