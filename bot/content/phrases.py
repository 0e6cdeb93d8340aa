"""Every sentence that the assistant says of its own accord, read from `data/phrases.yaml`.

A group is a class and a phrase is a field, so that a missing, unknown or empty one stops the start,
and not a conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, ConfigDict

from bot.errors import RefusalReason
from bot.flows.model import OutcomeKind
from bot.messages import FeedbackReason
from knowledge.errors import KeyPath, Location
from knowledge.quotes import NoticeKind
from knowledge.schema import Strict, validated
from knowledge.yaml_source import YamlSource

IN_DANGER = "in_danger"


def blanks_of(phrase: str) -> set[str]:
    """Raises ValueError where a brace is open."""
    try:
        return {name for _, name, _, _ in Formatter().parse(phrase) if name is not None}
    except ValueError:
        raise ValueError("a brace is open; write { } only around a name") from None


def blanks(*names: str) -> AfterValidator:
    """The words in braces that a phrase may have, which `str.format` fills in."""

    def check(phrase: str) -> str:
        if unknown := blanks_of(phrase) - set(names):
            allowed = ", ".join(f"{{{name}}}" for name in names) or "nothing"
            raise ValueError(f"{{{unknown.pop()}}} cannot be filled in; {allowed} can")
        return phrase

    return AfterValidator(check)


def complete(literal: Any) -> AfterValidator:
    """Every one of the literal's values has a phrase."""

    def check(phrases: Mapping[str, Any]) -> Mapping[str, Any]:
        if missing := sorted(set(get_args(literal)) - phrases.keys()):
            raise ValueError(f"add {', '.join(missing)}")
        return phrases

    return AfterValidator(check)


Phrase = Annotated[str, blanks()]


class PhraseGroup(Strict):
    model_config = ConfigDict(str_min_length=1)


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


class PackagePhrases(PhraseGroup):
    """What a module says in somebody else's learning platform."""

    flow: Annotated[str, blanks("title")]
    scripts_off: Phrase
    result: Annotated[str, blanks("asked", "right")]
    passed_in_title: Phrase
    not_passed_in_title: Phrase
    so_far: Annotated[str, blanks("asked", "right")]
    better: Annotated[str, blanks("asked", "right")]
    reported: Phrase
    not_reported: Phrase
    edition: Annotated[str, blanks("edition", "version")]


class InductionPagePhrases(PhraseGroup):
    """What the pages of the induction and its record say beside what the chat says too."""

    error: Phrase
    all_modules: Phrase
    introduction: Annotated[str, blanks("count")]
    passed_so_far: Annotated[str, blanks("count", "passed")]
    all_passed: Phrase
    begin: Annotated[str, blanks("title")]
    go_on: Annotated[str, blanks("title")]
    see_certificate: Phrase
    modules: Phrase
    state_passed: Annotated[str, blanks("asked", "day", "score")]
    state_not_passed: Annotated[str, blanks("asked", "score")]
    refresher: Phrase
    refresher_order: Phrase
    ask_one_again: Phrase
    ask_more_again: Annotated[str, blanks("count")]
    needs_code: Annotated[str, blanks("link")]
    enter_code: Phrase
    your_progress: Phrase
    what_is_kept: Phrase
    your_code: Phrase
    write_it_down: Phrase
    this_browser: Phrase
    to_modules: Phrase
    record_link: Phrase
    as_word: Phrase
    certificate_link: Phrase
    delete_link: Phrase
    leave: Phrase
    keep_title: Phrase
    why_a_code: Phrase
    give_code: Phrase
    i_have_code: Phrase
    go_on_with_code: Phrase
    unknown_title: Phrase
    unknown: Phrase
    check_letters: Phrase
    go_on_without: Phrase
    forget_title: Phrase
    forget_one: Phrase
    forget_more: Annotated[str, blanks("count")]
    forget_nothing: Phrase
    code_stops: Phrase
    print_first: Annotated[str, blanks("link")]
    print_record: Phrase
    forget_yes: Phrase
    forget_no: Phrase
    where: Annotated[str, blanks("count", "minutes", "number")]
    this_module: Phrase
    read: Phrase
    passage: Annotated[str, blanks("count", "number")]
    look_for: Phrase
    situation: Phrase
    examples: Phrase
    come_back: Phrase
    open_flow: Annotated[str, blanks("title")]
    example_for: Phrase
    everybody: Phrase
    show: Phrase
    quiz: Phrase
    needed: Annotated[str, blanks("asked", "needed")]
    no_code: Annotated[str, blanks("link")]
    code_first: Phrase
    result_not_kept: Annotated[str, blanks("link")]
    code_for_next: Phrase
    give_numbers: Phrase
    choose_all: Phrase
    check_answers: Phrase
    right: Annotated[str, blanks("asked", "right")]
    better: Annotated[str, blanks("asked", "day", "score")]
    no_certificate: Phrase
    to_pass: Phrase
    results_under_code: Annotated[str, blanks("link")]
    ask_or_enter: Phrase
    certificate: Phrase
    name: Phrase
    completed_on: Phrase
    all_were_passed: Phrase
    passed_on: Phrase
    printed: Annotated[str, blanks("day", "version")]
    no_name: Phrase
    dates_in_record: Annotated[str, blanks("record")]
    completion_record: Phrase
    record_title: Phrase
    made: Annotated[str, blanks("day", "version")]
    not_stored: Annotated[str, blanks("link")]
    take_as_word: Phrase
    by_hand: Phrase
    module: Phrase
    result: Phrase
    date: Phrase
    score: Phrase
    version: Phrase
    passed: Phrase
    not_passed: Phrase
    not_started: Phrase
    of_all: Annotated[str, blanks("asked", "score")]
    completion_title: Phrase
    completion: Annotated[str, blanks("count")]
    too_few: Phrase
    nobody: Phrase


class InductionPhrases(PhraseGroup):
    """What leads through the induction; its modules are files of their own."""

    introduction: Annotated[str, blanks("count")]
    time_left: Annotated[str, blanks("time")]
    all_finished: Phrase
    choose_role: Phrase
    keep_progress: Phrase
    ask_again_label: Phrase
    join_label: Phrase
    list_label: Phrase
    show_list_label: Phrase
    to_scenario_label: Phrase
    to_quiz_label: Phrase
    skip_label: Phrase
    check_label: Phrase
    next_label: Annotated[str, blanks("title")]
    flow_label: Annotated[str, blanks("title")]
    minutes: Annotated[str, blanks("minutes")]
    finished: Annotated[str, blanks("asked", "day", "score")]
    not_passed_yet: Annotated[str, blanks("asked", "day", "score")]
    module: Annotated[str, blanks("count", "minutes", "number", "title")]
    to_notice: Phrase
    read: Phrase
    scenario: Annotated[str, blanks("text")]
    a_flow: Phrase
    reminder: Annotated[str, blanks("title")]
    put_aside: Phrase
    choose_one: Phrase
    choose_all: Phrase
    choose_order: Phrase
    question: Annotated[str, blanks("ask", "count", "number")]
    chosen: Phrase
    chosen_at: Annotated[str, blanks("place")]
    out_of_range: Annotated[str, blanks("count")]
    right: Phrase
    partly_right: Phrase
    not_right: Phrase
    your_answer: Phrase
    unanswered_single: Phrase
    unanswered_multiple: Phrase
    unanswered_order: Phrase
    place_taken: Annotated[str, blanks("place")]
    in_summary: Annotated[str, blanks("error", "number")]
    refresher_finished: Annotated[str, blanks("asked", "right")]
    module_finished: Annotated[str, blanks("asked", "right", "title")]
    passed: Annotated[str, blanks("asked", "needed")]
    not_passed: Annotated[str, blanks("asked", "needed")]
    retake_label: Phrase
    kept: Phrase
    not_kept: Phrase
    code: Annotated[str, blanks("code")]
    unknown_code: Phrase
    refresher_needs_code: Phrase
    nothing_finished: Phrase
    nothing_due: Annotated[str, blanks("day")]
    closed: Phrase
    pages: InductionPagePhrases
    package: PackagePhrases
    record_blanks: tuple[Phrase, ...]


class WidgetPhrases(PhraseGroup):
    """What the chat in the browser says."""

    heading: Phrase
    launcher: Phrase
    close: Phrase
    privacy: Phrase
    danger: Phrase
    privacy_link: Phrase
    log: Phrase
    reply: Phrase
    label: Phrase
    hint: Phrase
    send: Phrase
    waiting: Phrase
    you_said: Phrase
    new_tab: Phrase
    read_in_context: Phrase
    whole_passage: Phrase
    answer_only: Phrase
    cut_off: Phrase
    check_title: Phrase
    one_more_check: Phrase
    more_checks: Annotated[str, blanks("count")]
    about: Annotated[str, blanks("places")]
    none_signed: Phrase
    not_all_signed: Phrase
    quotation: Phrase
    lead_in: Phrase
    related_quotes: Phrase
    where_to_ask: Phrase
    related_flows: Phrase
    your_answers: Phrase
    why: Phrase
    change: Phrase
    go_on: Phrase
    cards: Phrase
    grounds: Phrase
    answers_so_far: Phrase
    safety: Phrase
    help_now: Phrase
    help_close: Phrase
    call999: Phrase
    next_question: Phrase
    link_step: Phrase
    link_result: Phrase
    link_copied: Phrase
    link_shown: Phrase
    record: Phrase
    download_record: Phrase
    copy_record: Phrase
    print_record: Phrase
    copied: Phrase
    not_copied: Phrase
    downloaded: Phrase
    helped: Phrase
    did_help: Phrase
    did_not_help: Phrase
    why_not: Phrase
    send_feedback: Phrase
    who_reads: Phrase
    thanks: Phrase
    error_heading: Phrase
    error: Phrase
    nothing_typed: Phrase
    choose_first: Phrase
    offline: Phrase
    unexpected: Phrase
    ended: Phrase
    try_again: Phrase
    start_again: Phrase
    delete: Phrase
    delete_sure: Phrase
    delete_yes: Phrase
    delete_no: Phrase
    deleted: Phrase
    leave: Phrase
    left: Annotated[str, blanks("count")]
    one_left: Annotated[str, blanks("count")]
    too_many: Annotated[str, blanks("count")]
    one_too_many: Annotated[str, blanks("count")]
    one_new_reply: Phrase
    new_replies: Annotated[str, blanks("count")]
    nothing_kept: Phrase
    not_allowed: Phrase
    own_page: Phrase
    sign_in: Phrase
    signed_in: Phrase
    question: Annotated[str, blanks("number")]
    about_more: Annotated[str, blanks("count")]
    one_more: Phrase
    last_question: Phrase
    starters_title: Phrase
    starters: tuple[Phrase, ...]
    area: Phrase
    any_area: Phrase
    your_answer_to: Annotated[str, blanks("question")]
    checked: Annotated[str, blanks("day")]
    reasons: Mapping[FeedbackReason, Phrase]


class PagePhrases(PhraseGroup):
    """Around every page, and the start page with its form for where scripts are off."""

    skip: Phrase
    pages: Phrase
    ask: Phrase
    sources: Phrase
    induction: Phrase
    alerts_nobody: Phrase
    changes: Phrase
    privacy_notice: Phrase
    accessibility: Phrase
    start_title: Phrase
    start_heading: Phrase
    switched_off: Phrase
    your_question: Phrase
    at_most: Annotated[str, blanks("longest")]
    own_tabs: Phrase
    sign_out: Phrase
    back: Phrase
    can_title: Phrase
    can: tuple[Phrase, ...]
    cannot_title: Phrase
    cannot: tuple[Phrase, ...]
    new_title: Phrase
    new_link: Phrase
    new: Annotated[str, blanks("induction")]
    answers_from: Phrase
    run_by: Phrase


class FormPhrases(PhraseGroup):
    """The pages that the form leads to where scripts are off, of a step that is shown to somebody,
    of what is refused, and of the sign-in."""

    your_answer: Phrase
    earlier_reply: Phrase
    show_last: Phrase
    earlier: Phrase
    to_conversation: Phrase
    to_start: Phrase
    one_question: Phrase
    one_result: Phrase
    of_nobody: Phrase
    go_through: Phrase
    do_not_wait: Phrase
    to_assistant: Phrase
    to_sources: Phrase
    to_induction: Phrase


class SourcePhrases(PhraseGroup):
    """The pages of the sources."""

    label: Phrase
    hint: Phrase
    search: Phrase
    also: Annotated[str, blanks("words")]
    at_this_place: Phrase
    in_titles: Annotated[str, blanks("titles")]
    nearest: Phrase
    may_not_answer: Phrase
    side_by_side: Phrase
    documents: Phrase
    to_compare: Phrase
    to_changes: Phrase
    all: Phrase
    compare_title: Phrase
    topic: Phrase
    topic_hint: Phrase
    compare: Phrase
    nearest_of_each: Phrase
    nothing_near: Phrase
    none_near: Phrase
    notices: Phrase
    notice_number: Annotated[str, blanks("number")]
    read_in: Annotated[str, blanks("title")]
    search_all: Phrase
    no_area: Phrase
    publisher: Phrase
    version: Phrase
    area: Phrase
    contents: Phrase
    names_are_ours: Phrase
    to_contents: Phrase
    word_for_word: Phrase


class TranslationPhrases(PhraseGroup):
    """What is said where the assistant's own words stand in another language (`translations`).
    `english` is the way back."""

    english: Phrase
    languages: Phrase
    ask_in_english: Phrase
    sources: Phrase
    unchecked: Phrase


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
