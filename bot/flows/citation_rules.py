"""What `data/citation_rules.yaml` says of quotations, cards and wording in flows.

The file says itself what each key means. The standard library and a YAML reader alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from bot.flows.model import OutcomeKind
from knowledge.yaml_source import YamlSource, text_or_none, texts_or_none

FILE = "citation_rules.yaml"
KINDS: tuple[str, ...] = get_args(OutcomeKind)
DEMANDS = "kinds quotes never_quotes cards never_cards says"
OF_WORDING = "says never_says"
NAME = "{name}"
"""In a rule's `because` it becomes the passage, card or words that are wrong or missing."""


@dataclass(frozen=True)
class AnswerGiven:
    """The first of these steps that a walk has answered, and the option that it took."""

    steps: tuple[str, ...]
    option: str


@dataclass(frozen=True)
class Case:
    """Which outcomes a rule is about: those to which all that is given applies.

    `quotes`: it quotes one of them. `ends`: a walk ends with it. `answered` and `not_answered`: on
    some walk of `flow`.
    """

    flow: str | None = None
    outside_flow: str | None = None
    outcomes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    ends: bool = False
    answered: AnswerGiven | None = None
    not_answered: AnswerGiven | None = None

    @property
    def is_of_walks(self) -> bool:
        return bool(self.answered or self.not_answered)


@dataclass(frozen=True)
class CitationRule:
    """`kinds`: it is one of them. `quotes`, `cards` and `says`: it has every one."""

    case: Case
    because: str
    kinds: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    never_quotes: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    never_cards: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class WordingRule:
    """Of what stands after every outcome of `kinds` (`decides`), in whatever flow."""

    kinds: tuple[str, ...]
    because: str
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()


@dataclass(frozen=True)
class CitationRules:
    outcomes: tuple[CitationRule, ...] = ()
    decides: tuple[WordingRule, ...] = ()


def read_citation_rules(path: Path) -> CitationRules:
    """Raises ContentError, with file and line, for what is no rule."""
    fields = YamlSource.read(path).fields("outcomes decides")
    return CitationRules(
        outcomes=tuple(map(_read_rule, fields["outcomes"].items())),
        decides=tuple(map(_read_wording, fields["decides"].items())),
    )


def _read_rule(source: YamlSource) -> CitationRule:
    fields = source.fields("because", f"where {DEMANDS}")
    _demands_something(source, fields, DEMANDS)
    return CitationRule(
        case=_read_case(fields["where"]) if "where" in fields else Case(),
        because=fields["because"].text(),
        kinds=_kinds(fields),
        quotes=texts_or_none(fields, "quotes"),
        never_quotes=texts_or_none(fields, "never_quotes"),
        cards=texts_or_none(fields, "cards"),
        never_cards=texts_or_none(fields, "never_cards"),
        says=texts_or_none(fields, "says"),
    )


def _read_case(source: YamlSource) -> Case:
    fields = source.fields("", "flow outside_flow outcomes kinds quotes ends answered not_answered")
    case = Case(
        flow=text_or_none(fields, "flow"),
        outside_flow=text_or_none(fields, "outside_flow"),
        outcomes=texts_or_none(fields, "outcomes"),
        kinds=_kinds(fields),
        quotes=texts_or_none(fields, "quotes"),
        ends=text_or_none(fields, "ends") == "true",
        answered=_answered(fields, "answered"),
        not_answered=_answered(fields, "not_answered"),
    )
    if case.flow is None and (case.is_of_walks or case.outcomes):
        raise source.error("name the `flow` whose steps or outcomes these are")
    return case


def _answered(fields: Mapping[str, YamlSource], name: str) -> AnswerGiven | None:
    if name not in fields:
        return None
    given = fields[name].fields("steps option")
    return AnswerGiven(given["steps"].texts(), given["option"].text())


def _read_wording(source: YamlSource) -> WordingRule:
    fields = source.fields("because", f"kinds {OF_WORDING}")
    _demands_something(source, fields, OF_WORDING)
    return WordingRule(
        kinds=_kinds(fields) or KINDS,
        because=fields["because"].text(),
        says=texts_or_none(fields, "says"),
        never_says=texts_or_none(fields, "never_says"),
    )


def _kinds(fields: Mapping[str, YamlSource]) -> tuple[str, ...]:
    kinds = tuple(fields["kinds"].items()) if "kinds" in fields else ()
    for kind in kinds:
        if kind.text() not in KINDS:
            raise kind.error(f"unknown kind '{kind.text()}'; known: {', '.join(KINDS)}")
    return tuple(kind.text() for kind in kinds)


def _demands_something(source: YamlSource, fields: Mapping[str, YamlSource], demands: str) -> None:
    if not fields.keys() & set(demands.split()):
        raise source.error(f"this rule demands nothing; give one of: {', '.join(demands.split())}")
