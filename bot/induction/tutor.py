"""Leads a learner through the programme: takes what they chose or said, gives messages back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from itertools import groupby

from bot.choices import Choice
from bot.induction.codes import learner_id
from bot.induction.course import Course, CourseCommand, QuizAnswer
from bot.induction.lessons import Lessons
from bot.induction.model import QuizQuestion
from bot.induction.progress import ModuleResult, Progress
from bot.induction.refresher import due, next_due, version
from bot.messages import Message

# Short words that mean something else outside a module, so they are no intents.
COMMANDS = {
    "continue": "on",
    "go on": "on",
    "next": "on",
    "skip": "skip",
    "skip this": "skip",
    "where am i": "where",
    "where was i": "where",
    "stop": "leave",
    "exit": "leave",
}
GOING_ON = ("reading", "scenario")
READY = ("yes", "ok", "okay", "ready", "i am ready", "i'm ready", "done")
NUMBERS = re.compile(r"(option |number )?\d( ?(,|and|then|&)? ?\d)*")

CourseReply = tuple[Course, list[Message]]


class Tutor:
    """Stateless: a `Course` goes in with every call and comes out changed."""

    def __init__(
        self, lessons: Lessons, progress: Progress, today: Callable[[], date] = date.today
    ) -> None:
        self.lessons = lessons
        self.programme = lessons.programme
        self.flow_titles = lessons.flow_titles
        self.quote = lessons.quote
        self.progress = progress
        self.today = today
        self.versions = {
            module.id: version(module, lambda passage: lessons.quote(passage).text)
            for module in lessons.programme.modules
        }

    def welcome(self, course: Course) -> CourseReply:
        return course, [self.lessons.menu(self._results(course), course)]

    def choose(self, course: Course, choice: Choice) -> CourseReply:
        """A click on an option of the programme, old ones included."""
        if choice.verb == "quiz":
            return self._answer(course, choice.argument)
        command, _, argument = choice.argument.partition("/")
        if command == "open":
            return self._open(course, argument)
        if command == "role":
            return self.welcome(course.with_role(argument))
        if command == "join":
            return self._join(course)
        return self.command(course, command)

    def command(self, course: Course, command: str) -> CourseReply:
        """Does what a `CourseCommand` of that name asks for."""
        if command == "on":
            return self._show(course.on(self.programme))
        if command == "skip":
            return self._show(self.save(course.skip(self.programme)))
        if command == "retake":
            return self._show(course.retake(self.programme))
        if command == "again":
            return self._refresh(course)
        if command == "leave":
            return Course(role=course.role, learner=course.learner), [self.lessons.left()]
        if command == "where" and course.stage != "menu":
            return self._show(course)
        return self.welcome(course)

    def quiz_on(self, course: Course, text: str) -> CourseReply:
        """The quiz of the module that `text` names, without its reading; else the menu."""
        said = set(words(text))
        module = max(self.programme.modules, key=lambda m: len(said & set(words(m.title))))
        if not said & set(words(module.title)):
            return self.welcome(course)
        opened = course.open(module).on(self.programme)
        return self._show(opened.on(self.programme))

    def resume(self, course: Course, learner: str) -> CourseReply:
        """Goes on with what is kept under the `learner_id`, if anything is."""
        if not self.progress.knows(learner):
            return course, [self.lessons.unknown_code()]
        return self.welcome(course.model_copy(update={"learner": learner}))

    def read(self, course: Course, text: str) -> CourseCommand | QuizAnswer | None:
        """An answer to the open question in words, or a short command; None for anything else."""
        said = lowered(text)
        command = "on" if said in READY and course.stage in GOING_ON else COMMANDS.get(said)
        if command and course.stage != "menu":
            return CourseCommand(command)
        question = course.question(self.programme)
        if question is None:
            return None
        picked = spoken(question, text)
        return QuizAnswer(picked) if picked or NUMBERS.fullmatch(said) else None

    def take(self, course: Course, reading: CourseCommand | QuizAnswer) -> CourseReply:
        """Does what was read."""
        if isinstance(reading, CourseCommand):
            return self.command(course, reading.name)
        question = course.question(self.programme)
        if question is None:
            return self._show(course)
        if not reading.picked:
            asked = self.lessons.question(question, course)
            return course, [self.lessons.out_of_range(question), asked]
        return self._mark(course.model_copy(update={"picked": reading.picked}), question)

    def ask_again(self, course: Course) -> list[Message]:
        """Where the learner is, in short, to be shown after something in between."""
        question = course.question(self.programme)
        if question:
            return [self.lessons.question(question, course)]
        module = self.programme.module(course.module or "")
        return (
            [self.lessons.reminder(module, course)] if module and course.stage in GOING_ON else []
        )

    def _open(self, course: Course, module_id: str) -> CourseReply:
        module = self.programme.module(module_id)
        return self._show(course.open(module)) if module else self.welcome(course)

    def _answer(self, course: Course, argument: str) -> CourseReply:
        question = course.question(self.programme)
        path = f"{course.waiting[0].module}/{course.waiting[0].question}" if question else ""
        if question is None or not f"{argument}/".startswith(f"{path}/"):
            return course, [self.lessons.closed(), *self.ask_again(course)]
        if argument == path:
            answered = question.is_answered(course.picked)
            return self._mark(course, question) if answered else self._show(course)
        option = argument[len(path) + 1 :]
        if question.option(option) is None:
            return self._show(course)
        course = course.pick(option, question)
        if question.kind != "multiple" and question.is_answered(course.picked):
            return self._mark(course, question)
        return self._show(course)

    def _mark(self, course: Course, question: QuizQuestion) -> CourseReply:
        marked = [self.lessons.marked(question, course.picked)]
        course, following = self._show(self.save(course.mark(question)))
        return course, [*marked, *following]

    def _show(self, course: Course) -> CourseReply:
        return course, self._stage(course)

    def _stage(self, course: Course) -> list[Message]:
        question = course.question(self.programme)
        if question:
            return [self.lessons.question(question, course)]
        module = self.programme.module(course.module or "")
        if course.stage == "reading" and module:
            return self.lessons.reading(module)
        if course.stage == "scenario" and module:
            return [self.lessons.scenario(module, course.role)]
        if course.stage == "done":
            return [self.lessons.done(course)]
        return [self.lessons.menu(self._results(course), course)]

    def _join(self, course: Course) -> CourseReply:
        code = self.progress.join()
        course = course.model_copy(update={"learner": learner_id(code)})
        if course.stage == "done":
            self.save(course)
        return course, [self.lessons.code(code)]

    def _refresh(self, course: Course) -> CourseReply:
        results = self._results(course)
        questions = due(self.programme, results, self.versions, self.today())
        if not questions:
            return course, [
                self.lessons.nothing_due(next_due(results), has_code=bool(course.learner))
            ]
        return self._show(course.quiz(questions, refreshing=True))

    def _results(self, course: Course) -> Mapping[str, ModuleResult]:
        return self.progress.of(course.learner) if course.learner else {}

    def save(self, course: Course) -> Course:
        """Keep the results of a quiz that has just ended, if the learner has a code.

        Of the same content the better score stays. A quiz taken again and answered worse changes
        nothing; a refresher also says what to ask again, and when.
        """
        if course.stage != "done" or not course.learner:
            return course
        earlier = self._results(course)
        by_module = sorted(course.results, key=lambda result: result.module)
        for module_id, group in groupby(by_module, key=lambda result: result.module):
            module = self.programme.module(module_id)
            if module is None:
                continue
            now = {result.question: result.right for result in group}
            before = earlier.get(module_id)
            open_before = set(module.questions)
            if course.refreshing and before:
                open_before = set(before.missed)
            wrong = {question for question, right in now.items() if not right}
            missed = (open_before - now.keys()) | wrong
            score, finished = len(module.quiz) - len(missed), self.today()
            if before and before.version == self.versions[module_id] and before.score >= score:
                if not course.refreshing and before.score > score:
                    continue
                score, finished = before.score, before.finished
            result = ModuleResult(
                module=module_id,
                finished=finished,
                score=score,
                asked=len(module.quiz),
                missed=tuple(sorted(missed)),
                version=self.versions[module_id],
                answered=self.today(),
            )
            self.progress.save(course.learner, result)
        return course


def lowered(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .?")


def words(text: str) -> list[str]:
    """Lower-case words of four letters and more, which leaves out "and", "the", "me"."""
    return [w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in ("about", "with", "quiz")]


def spoken(question: QuizQuestion, text: str) -> tuple[str, ...]:
    """Option ids that the text names by number or by label, in the order named."""
    said = lowered(text)
    by_label = {option.label.lower().strip(" ."): option.id for option in question.shown}
    if said in by_label:
        return (by_label[said],)
    if not NUMBERS.fullmatch(said):
        return ()
    numbers = [int(digit) for digit in re.findall(r"\d", said)]
    if any(not 1 <= number <= len(question.shown) for number in numbers):
        return ()
    if question.kind in ("single", "source") and len(numbers) > 1:
        return ()
    if question.kind == "order" and len(set(numbers)) != len(question.options):
        return ()
    return tuple(dict.fromkeys(question.shown[number - 1].id for number in numbers))
