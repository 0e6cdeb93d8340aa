"""What the chat in a page says of its own accord, and the pages around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from bot.content.phrase import Phrase, PhraseGroup, blanks
from bot.messages import FeedbackReason


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
