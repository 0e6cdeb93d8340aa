"""What the induction says: in the chat, on its pages, and in somebody else's learning platform."""

from __future__ import annotations

from typing import Annotated

from bot.content.phrase import Phrase, PhraseGroup, blanks


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
