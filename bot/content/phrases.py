"""Every sentence that the assistant says of its own accord, read from `data/phrases.yaml`.

A group is a class and a phrase is a field, so that a missing, unknown or empty one stops the start,
and not a conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from bot.content.induction_phrases import InductionPhrases
from bot.content.page_phrases import (
    FormPhrases,
    PagePhrases,
    SourcePhrases,
    TranslationPhrases,
    WidgetPhrases,
)
from bot.content.phrase import Phrase, PhraseGroup, blanks, complete
from bot.errors import RefusalReason
from bot.flows.model import OutcomeKind
from knowledge.errors import KeyPath, Location
from knowledge.quotes import NoticeKind
from knowledge.schema import validated
from knowledge.yaml_source import YamlSource

IN_DANGER = "in_danger"


class ReplyPhrases(PhraseGroup):
    """Small talk, and the few words around an answer. `ask_by_default` names contacts by keys."""

    greet: Phrase
    goodbye: Phrase
    thanks: Phrase
    about: Annotated[str, blanks("decisions")]
    menu_label: Phrase
    ask: Phrase
    related: Phrase
    flows: Phrase
    did_you_mean: Phrase
    ask_by_default: tuple[Phrase, ...]
    no_reply: Phrase


class AnswerPhrases(PhraseGroup):
    """What stands above the quotations of an answer, or in their place."""

    outside: Phrase
    not_answered: Phrase
    closest: Phrase
    elsewhere: Annotated[str, blanks("area", "reason")]
    not_held: Annotated[str, blanks("area")]
    asked: Annotated[str, blanks("words")]
    ours: Phrase
    whose: Annotated[str, blanks("publisher", "version")]
    also_quoted: Annotated[str, blanks("publishers")]
    one_is_old: Annotated[str, blanks("years")]
    oldest_is_old: Annotated[str, blanks("years")]


class UndatedPhrases(PhraseGroup):
    """Of documents without a year. `age` stands where an age would."""

    age: Phrase
    all_of_it: Phrase
    part_of_it: Phrase
    documents: Phrase


class FollowUpPhrases(PhraseGroup):
    """What is said of an answer that was not it, or was not all."""

    misunderstood: Phrase
    reword: Phrase
    nothing_further: Phrase
    go_on: Phrase
    nothing_shown: Phrase
    not_in_document: Phrase


class QuotationPhrases(PhraseGroup):
    """What stands beside a quotation, and never inside it."""

    missing_text: Phrase
    notice: Annotated[str, blanks("text")]
    not_from_sources: Phrase
    from_elsewhere: Annotated[str, blanks("text")]
    notices: Annotated[Mapping[NoticeKind, Phrase], complete(NoticeKind)]


class FlowPhrases(PhraseGroup):
    """Around the questions of a flow: `DialogueStack` names them."""

    began: Annotated[str, blanks("title")]
    already_open: Annotated[str, blanks("title")]
    switch: Annotated[str, blanks("here", "title")]
    switch_label: Annotated[str, blanks("title")]
    stay_label: Annotated[str, blanks("here")]
    resumed: Annotated[str, blanks("title")]
    resume_label: Annotated[str, blanks("title")]
    stopped: Annotated[str, blanks("title")]
    restarted: Annotated[str, blanks("title")]
    nothing_open: Phrase
    menu: Phrase
    menu_label: Phrase
    first_question: Phrase
    went_back: Phrase
    why: Annotated[str, blanks("why")]
    why_label: Phrase
    back_label: Phrase
    stop_label: Phrase
    restart_label: Phrase
    answer_label: Phrase
    where_start: Annotated[str, blanks("title")]
    where_end: Annotated[str, blanks("answers", "title")]
    where: Annotated[str, blanks("answers", "title")]
    reopened: Phrase
    taken_as: Annotated[str, blanks("answer")]
    same_answer: Annotated[str, blanks("answer", "question")]
    corrected: Annotated[str, blanks("answer", "question")]
    which_answer: Phrase
    nothing_to_change: Phrase
    unclear: Phrase
    perhaps: Annotated[str, blanks("answer", "number")]
    way_out: Phrase
    closed: Phrase
    closed_nothing_open: Phrase
    set_aside: Annotated[str, blanks("title")]
    flow_changed: Annotated[str, blanks("title")]
    flow_gone: Phrase
    fits: Phrase
    took_first: Annotated[str, blanks("label")]
    which_one: Phrase
    declined: Phrase


class KillSwitchPhrases(PhraseGroup):
    """While the assistant is switched off."""

    no_reason: Phrase
    message: Annotated[str, blanks("contacts", "reason")]


class ContactPhrases(PhraseGroup):
    """What is said beside a contact, and to whoever asks whom to ring."""

    ring: Phrase
    closed: Phrase
    never_checked: Phrase
    not_checked_since: Annotated[str, blanks("day")]
    unlisted: Phrase


class TeamsPhrases(PhraseGroup):
    """What only Microsoft Teams shows."""

    edited: Phrase
    closed: Phrase
    forgotten: Phrase
    not_forgotten: Phrase
    no_text: Phrase
    wrong: Phrase
    working: Phrase
    thanks: Phrase
    edit_gone: Phrase
    edit_not_changed: Phrase
    edit_not_taken: Phrase
    change: Phrase
    your_answer: Phrase
    your_answers: Phrase
    who_to_ask: Phrase
    related: Phrase
    personal_data: Phrase
    question: Annotated[str, blanks("number")]
    checked: Annotated[str, blanks("day")]
    read_in_source: Phrase
    get_record: Phrase
    open_record: Phrase
    record: Annotated[str, blanks("minutes")]
    forget: Phrase
    useful: Phrase
    not_useful: Phrase
    notification: Phrase
    app_short: Phrase
    app_full: Phrase


class RecordPhrases(PhraseGroup):
    """The decision record, in the order in which it is read."""

    file_name: Annotated[str, blanks("day", "title")]
    title: Annotated[str, blanks("title")]
    about: Annotated[str, blanks("finished")]
    outcome: Phrase
    also: Phrase
    see: Annotated[str, blanks("quotations")]
    behind: Phrase
    before_relying: Annotated[str, blanks("heading")]
    to_complete: Phrase
    to_others: Phrase
    blank: Phrase
    entry: Phrase
    blanks: tuple[Phrase, ...]
    questions_and_answers: Phrase
    question: Phrase
    answer: Phrase
    quotations: Phrase
    quotation: Annotated[str, blanks("number")]
    check: Annotated[str, blanks("notices")]
    check_first: Phrase
    about_notices: Phrase
    unsigned: Annotated[str, blanks("notices")]
    notice: Annotated[str, blanks("number")]
    checked: Annotated[str, blanks("day")]
    signed: Annotated[str, blanks("name")]
    stamp: Phrase
    questions_version: Phrase
    sources_version: Phrase
    about_stamp: Phrase


class RefusalPhrase(PhraseGroup):
    """Of one refusal what is wrong, and what to do next. `title_on_a_page` and `on_a_page` are for
    a person, where `title` and `detail` are for programs."""

    title: Phrase
    detail: Annotated[str, blanks("longest", "missing", "reason", "seconds")]
    title_on_a_page: Phrase | None = None
    on_a_page: Phrase | None = None


class Phrases(PhraseGroup):
    """The whole file. `{in_danger}` is filled in already."""

    in_danger: Phrase
    replies: ReplyPhrases
    answers: AnswerPhrases
    undated: UndatedPhrases
    follow_ups: FollowUpPhrases
    quotations: QuotationPhrases
    outcomes: Annotated[Mapping[OutcomeKind, Phrase], complete(OutcomeKind)]
    flows: FlowPhrases
    kill_switch: KillSwitchPhrases
    contacts: ContactPhrases
    teams: TeamsPhrases
    record: RecordPhrases
    induction: InductionPhrases
    refusals: Annotated[Mapping[RefusalReason, RefusalPhrase], complete(RefusalReason)]
    widget: WidgetPhrases
    pages: PagePhrases
    forms: FormPhrases
    sources: SourcePhrases
    translation: TranslationPhrases


def read_phrases(path: Path) -> Phrases:
    """Raises ContentError, with file and line, for a phrase missing, unknown, empty or with a blank
    that nothing fills in."""
    return validated(WithDanger(YamlSource.read(path)), Phrases)


@dataclass(frozen=True)
class WithDanger:
    """A file in which `{in_danger}` is filled in wherever it stands: it is written once."""

    source: YamlSource

    def to_python(self) -> Any:
        file = self.source.to_python()
        sentence = file.get(IN_DANGER) if isinstance(file, dict) else None
        return with_danger(file, sentence) if isinstance(sentence, str) else file

    def place_of(self, path: KeyPath) -> Location:
        return self.source.place_of(path)


def with_danger(value: Any, sentence: str) -> Any:
    """The phrases, with the sentence about 999 wherever its blank stands."""
    match value:
        case str():
            return value.replace(f"{{{IN_DANGER}}}", sentence)
        case dict():
            return {key: with_danger(each, sentence) for key, each in value.items()}
        case list():
            return [with_danger(each, sentence) for each in value]
    return value
