"""Every module, every option, through the tutor alone: no Rasa, no encoder."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.choices import Choice
from bot.induction import Course, Programme
from bot.induction.codes import find, learner_id
from bot.induction.model import QuizQuestion
from bot.induction.progress import Progress
from bot.induction.tutor import CourseReply, Tutor, spoken
from bot.messages import AnswerMessage, Message
from knowledge.library import Library
from tests.induction.conftest import Calendar
from tests.shipped import LESSONS


def click(tutor: Tutor, course: Course, choice: str) -> tuple[Course, list[Message]]:
    return tutor.choose(course, Choice.parse(choice))


def at_quiz(tutor: Tutor, module: str) -> Course:
    course, _ = click(tutor, Course(), f"module:open/{module}")
    course, _ = click(tutor, course, "module:on")
    course, _ = click(tutor, course, "module:on")
    return course


def answered(
    tutor: Tutor, course: Course, module: str, question: QuizQuestion, *picked: str
) -> Course:
    for option in picked:
        course, _ = click(tutor, course, f"quiz:{module}/{question.id}/{option}")
    if question.kind == "multiple":
        course, _ = click(tutor, course, f"quiz:{module}/{question.id}")
    return course


def finish(tutor: Tutor, course: Course, module: str) -> Course:
    """Answer every question of the module right."""
    found = tutor.programme.module(module)
    assert found is not None
    course, _ = click(tutor, course, f"module:open/{module}")
    course, _ = click(tutor, course, "module:on")
    course, _ = click(tutor, course, "module:on")
    for question in found.quiz:
        course = answered(tutor, course, module, question, *question.answer)
    return course


def test_every_option_of_every_question_is_explained_from_its_source(
    tutor: Tutor, programme: Programme, library: Library
) -> None:
    for module in programme.modules:
        for question in module.quiz:
            for option in question.options:
                course = at_quiz(tutor, module.id)
                while course.waiting[0].question != question.id:
                    course, _ = click(tutor, course, "module:skip")
                others = [o.id for o in question.options if o is not option]
                rest = others if question.kind == "order" else []
                course = course.model_copy(update={"picked": (option.id, *rest)})
                _, messages = click(tutor, course, f"quiz:{module.id}/{question.id}")
                said = messages[0].text
                assert option.why in said
                if isinstance(messages[0], AnswerMessage):
                    for quote in messages[0].quotes:
                        assert quote.text == library.quote(quote.passage_id).text
                        assert quote.text in said
                else:
                    assert question.fixed in said.splitlines()


def test_a_module_is_walked_to_its_end(tutor: Tutor, programme: Programme) -> None:
    for module in programme.modules:
        course = finish(tutor, Course(), module.id)
        assert course.stage == "done"
        assert all(result.right for result in course.results)
        assert len(course.results) == len(module.quiz)


def test_a_late_click_changes_nothing(tutor: Tutor, programme: Programme) -> None:
    module = programme.modules[0]
    course = at_quiz(tutor, module.id)
    first = module.quiz[0]
    course = answered(tutor, course, module.id, first, *first.answer)
    after, messages = click(tutor, course, f"quiz:{module.id}/{first.id}/{first.options[-1].id}")
    assert after == course
    assert "closed" in messages[0].text


@pytest.mark.parametrize(
    "choice",
    [
        "quiz:x",
        "quiz:x/y/z/w",
        "module:open/nowhere",
        "module:nonsense",
        "quiz:child_first/favour/x",
    ],
)
def test_a_choice_that_means_nothing_is_answered_all_the_same(tutor: Tutor, choice: str) -> None:
    for course in (Course(), at_quiz(tutor, "child_first")):
        after, messages = click(tutor, course, choice)
        assert messages
        assert after.results == course.results


def hear(tutor: Tutor, course: Course, text: str) -> CourseReply | None:
    reading = tutor.read(course, text)
    return tutor.take(course, reading) if reading else None


def test_an_answer_in_words_counts_like_a_click(tutor: Tutor, programme: Programme) -> None:
    module = programme.modules[0]
    question = module.quiz[0]
    course = at_quiz(tutor, module.id)
    number = [o.id for o in question.shown].index(question.answer[0]) + 1
    label = next(o.label for o in question.options if o.id == question.answer[0])
    for text in (str(number), f"Option {number}", label.upper()):
        heard = hear(tutor, course, text)
        assert heard is not None
        assert heard[0].results[0].right
    assert hear(tutor, course, "what does Knowsley say about recording?") is None


def test_a_number_that_no_answer_has_is_asked_for_again(tutor: Tutor) -> None:
    course = at_quiz(tutor, "child_first")
    for text in ("9", "1 and 2", "option 0"):
        heard = hear(tutor, course, text)
        assert heard is not None
        after, (told, asked) = heard
        assert after == course
        assert "1 to 4" in told.text
        assert asked.text.startswith("Question 1 of 4")


def test_part_of_an_answer_is_told_as_such_and_what_was_chosen_is_shown(tutor: Tutor) -> None:
    module = tutor.programme.modules[0]
    course = at_quiz(tutor, module.id)
    course, _ = click(tutor, course, "module:skip")
    course, _ = click(tutor, course, f"quiz:{module.id}/who_sees/lead")
    course, (told, _) = click(tutor, course, f"quiz:{module.id}/who_sees")
    assert told.text.startswith("Part of that is right.")
    assert "The Lead Social Worker (your answer): " in told.text
    assert not course.results[0].right


def test_a_question_that_is_not_answered_whole_is_not_marked(tutor: Tutor) -> None:
    ordered = tutor.programme.modules[3].quiz[4]
    path = f"quiz:partnership/{ordered.id}"
    course = at_quiz(tutor, "partnership")
    while course.waiting[0].question != ordered.id:
        course, _ = click(tutor, course, "module:skip")
    for picked in ((), ordered.answer[:1], ordered.answer[:2]):
        begun = course.model_copy(update={"picked": picked})
        after, (asked,) = click(tutor, begun, path)
        assert after == begun
        assert asked.text.startswith("Question 5 of 5")
        assert path not in [option.id for option in asked.options]


@pytest.mark.parametrize(("wrong", "passes"), [(0, True), (1, True), (2, False)])
def test_the_end_of_a_module_says_whether_it_is_passed(
    tutor: Tutor, wrong: int, passes: bool
) -> None:
    module = tutor.programme.modules[0]
    course = at_quiz(tutor, module.id)
    for question in module.quiz:
        skipped = module.quiz.index(question) < wrong
        if skipped:
            course, _ = click(tutor, course, "module:skip")
        else:
            course = answered(tutor, course, module.id, question, *question.answer)
    _, (end,) = click(tutor, course, "module:where")
    assert ("You have passed this module." in end.text) is passes
    assert ("Not passed yet: 3 of 4 right answers are needed." in end.text) is not passes
    assert ("module:retake" in [option.id for option in end.options]) is not passes


def test_a_quiz_taken_again_begins_at_its_first_question(tutor: Tutor) -> None:
    course = at_quiz(tutor, "child_first")
    for _ in range(4):
        course, _ = click(tutor, course, "module:skip")
    course, (asked,) = click(tutor, course, "module:retake")
    assert asked.text.startswith("Question 1 of 4")
    assert click(tutor, Course(), "module:retake")[0].stage == "menu"


def test_the_better_result_stays(tutor: Tutor, progress: Progress) -> None:
    learner = learner_id(progress.join())
    course = finish(tutor, Course(learner=learner), "child_first")
    best = progress.of(learner)
    answer_wrong(tutor, course, "child_first")
    assert progress.of(learner) == best
    tutor.versions["child_first"] = "changed"
    answer_wrong(tutor, course, "child_first")
    assert progress.of(learner)["child_first"].score == 3


def answer_wrong(tutor: Tutor, course: Course, module_id: str) -> None:
    """The first question of the module wrong, and every other one right."""
    module = tutor.programme.module(module_id)
    assert module is not None
    course, _ = click(tutor, course, f"module:open/{module_id}")
    course, _ = click(tutor, course, "module:on")
    course, _ = click(tutor, course, "module:on")
    first = module.quiz[0]
    wrong = next(option.id for option in first.options if not option.right)
    course = answered(tutor, course, module_id, first, wrong)
    for question in module.quiz[1:]:
        course = answered(tutor, course, module_id, question, *question.answer)


def test_a_refresher_takes_no_pass_away(
    tutor: Tutor, progress: Progress, calendar: Calendar
) -> None:
    learner = learner_id(progress.join())
    passed_on = calendar.today
    course = finish(tutor, Course(learner=learner), "child_first")
    calendar.today += timedelta(days=28)
    course, _ = click(tutor, course, "module:again")
    assert course.refreshing
    for question in tutor.programme.modules[0].quiz:
        wrong = next(option.id for option in question.options if not option.right)
        course = answered(tutor, course, "child_first", question, wrong)
    kept = progress.of(learner)["child_first"]
    assert (kept.score, len(kept.missed)) == (4, 4)
    assert (kept.finished, kept.answered) == (passed_on, calendar.today)
    assert tutor.programme.passed(progress.of(learner))


def test_only_what_is_passed_counts_as_completed(tutor: Tutor, progress: Progress) -> None:
    learner = learner_id(progress.join())
    course = Course(learner=learner)
    for _ in (1, 2):
        course, _ = click(tutor, course, "module:open/child_first")
        course, _ = click(tutor, course, "module:on")
        course, _ = click(tutor, course, "module:on")
        first = tutor.programme.modules[0].quiz[0]
        course = answered(tutor, course, "child_first", first, *first.answer)
        for _ in range(3):
            course, _ = click(tutor, course, "module:skip")
    assert progress.of(learner)["child_first"].score == 1
    assert progress.completion(tutor.programme.passes) == [0]
    _, (menu,) = tutor.welcome(course)
    assert "not passed yet, 1 of 4 right" in menu.text
    assert "1 hour 43 minutes" in menu.text


def test_a_question_passed_over_still_counts_as_asked(tutor: Tutor) -> None:
    module = tutor.programme.modules[0]
    course, (asked,) = click(tutor, at_quiz(tutor, module.id), "module:skip")
    assert asked.text.startswith("Question 2 of 4")
    for question in module.quiz[1:]:
        course = answered(tutor, course, module.id, question, *question.answer)
    _, (end,) = click(tutor, course, "module:where")
    assert "3 of 4 right" in end.text
    course, _ = click(tutor, course, "module:open/records")
    assert course.skipped == 0


@pytest.mark.parametrize(
    ("said", "stage"),
    [("continue", "scenario"), ("Next.", "scenario"), ("yes", "scenario"), ("stop", "menu")],
)
def test_short_words_move_on_inside_a_module_only(tutor: Tutor, said: str, stage: str) -> None:
    assert hear(tutor, Course(), said) is None
    course, _ = click(tutor, Course(), "module:open/records")
    heard = hear(tutor, course, said)
    assert heard is not None
    assert heard[0].stage == stage


def test_several_numbers_answer_a_question_that_wants_several(programme: Programme) -> None:
    multiple = programme.modules[0].quiz[1]
    order = programme.modules[3].quiz[4]
    assert spoken(multiple, "1 and 3") == (multiple.shown[0].id, multiple.shown[2].id)
    assert spoken(order, "3, 1, 2") == tuple(order.shown[i].id for i in (2, 0, 1))
    assert spoken(order, "3, 1") == ()
    assert spoken(programme.modules[0].quiz[0], "1 and 2") == ()


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("quiz me on sharing information", "sharing"),
        ("quiz me about supervision", "supervision"),
        ("can you test me on culture and equality", "culture"),
        ("quiz me on the child first", "child_first"),
    ],
)
def test_a_quiz_can_be_asked_for_by_subject(tutor: Tutor, text: str, module: str) -> None:
    course, messages = tutor.quiz_on(Course(), text)
    assert course.module == module
    assert messages[0].text.startswith("Question 1")


def test_a_quiz_on_nothing_in_particular_shows_the_menu(tutor: Tutor) -> None:
    course, messages = tutor.quiz_on(Course(), "quiz me")
    assert course.stage == "menu"
    assert "8 modules" in messages[0].text


def test_progress_waits_for_a_code_and_then_follows_the_learner(
    tutor: Tutor, progress: Progress, programme: Programme
) -> None:
    course = finish(tutor, Course(), "child_first")
    course, messages = click(tutor, course, "module:join")
    code = find(messages[0].text)
    assert code
    learner = learner_id(code)
    assert progress.of(learner)["child_first"].score == 4

    _, elsewhere = tutor.resume(Course(), learner)
    assert "4 of 4" in elsewhere[0].text
    progress.forget(learner)
    _, again = tutor.resume(Course(), learner)
    assert "not known" in again[0].text


def test_learners_never_see_each_other(tutor: Tutor, progress: Progress) -> None:
    one, two = progress.join(), progress.join()
    assert one != two
    course = Course(learner=learner_id(one))
    finish(tutor, course, "listening")
    assert list(progress.of(learner_id(one))) == ["listening"]
    assert progress.of(learner_id(two)) == {}
    assert progress.completion(tutor.programme.passes) == [1, 0]


def test_a_refresher_asks_first_what_was_missed(
    tutor: Tutor, progress: Progress, calendar: Calendar
) -> None:
    learner = learner_id(progress.join())
    course = Course(learner=learner)
    course, _ = click(tutor, course, "module:open/child_first")
    course, _ = click(tutor, course, "module:on")
    course, _ = click(tutor, course, "module:on")
    course = answered(tutor, course, "child_first", tutor.programme.modules[0].quiz[0], "middle")
    for _ in range(3):
        course, _ = click(tutor, course, "module:skip")
    assert progress.of(learner)["child_first"].score == 0

    _, messages = click(tutor, course, "module:again")
    assert "30 November 2026" in messages[0].text
    calendar.today += timedelta(days=7)
    course, messages = click(tutor, course, "module:again")
    assert "Question 1 of 4" in messages[0].text
    while course.stage == "quiz":
        question = course.question(tutor.programme)
        assert question is not None
        course = answered(tutor, course, "child_first", question, *question.answer)
    assert progress.of(learner)["child_first"].missed == ()
    assert progress.of(learner)["child_first"].score == 4


def test_a_changed_source_is_asked_again_at_once(tutor: Tutor, progress: Progress) -> None:
    learner = learner_id(progress.join())
    course = finish(tutor, Course(learner=learner), "culture")
    tutor.versions["culture"] = "changed"
    course, messages = click(tutor, course, "module:again")
    assert course.refreshing
    assert "Question 1 of 4" in messages[0].text


def test_learners_who_stay_away_are_forgotten(progress: Progress) -> None:
    code = progress.join()
    assert progress.expire(timedelta(days=365)) == 0
    assert progress.expire(timedelta(seconds=-1)) == 1
    assert not progress.knows(learner_id(code))


choices = st.sampled_from(
    ["module:on", "module:skip", "module:list", "module:where", "module:open/sharing",
     "module:role/school", "module:again", "quiz:sharing/less_clear/assessment",
     "quiz:sharing/small_things/blame", "quiz:sharing/small_things", "quiz:sharing/doubt/wait"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(choices, max_size=25))
def test_no_sequence_of_clicks_loses_the_learner(programme: Programme, clicks: list[str]) -> None:
    titles = {module.scenario.flow: module.title for module in programme.modules}
    tutor = Tutor(replace(LESSONS, flow_titles=titles), NoProgress())
    course = Course()
    for choice in clicks:
        course, messages = click(tutor, course, choice)
        assert messages
        assert Course.model_validate_json(course.model_dump_json()) == course
        assert len({(r.module, r.question) for r in course.results}) == len(course.results)


class NoProgress(Progress):
    """For learners without a code: nothing is looked up, nothing is stored."""

    def __init__(self) -> None:
        pass
