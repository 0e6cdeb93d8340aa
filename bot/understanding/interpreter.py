"""What a message means: the one place where that is decided.

Readings are tried in order, from words that can mean one thing only to what has to be looked up.
Nothing here has an effect: a meaning is a value, and `actions.effects` does what it says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from bot.choices import Choice
from bot.content.notices import SpokenNotice
from bot.content.replies import AssistantReply
from bot.flows import Flows
from bot.flows.match import (
    CHANGE_CUE,
    FIRST_SENTENCE,
    ReadsOptions,
    denies,
    folded,
    several,
    tells,
)
from bot.induction.course import Course, CourseCommand, QuizAnswer
from bot.understanding.clicks import FLOW_COMMANDS, ChoiceReader
from bot.understanding.documents import KINDS
from bot.understanding.follow_ups import FollowUpReader, ReadsDocuments
from bot.understanding.meaning import (
    AboutAssistant,
    AndAnswer,
    Beside,
    ContactQuestion,
    CourseChoice,
    DocumentQuestion,
    FlowMove,
    LearnerCode,
    LearnerWords,
    Lookup,
    Meaning,
    Noticed,
    QuizRequest,
    SmallTalk,
)
from bot.understanding.notices import SAID_BEFORE, FindsNotices, called_for
from bot.understanding.places import Places
from bot.understanding.question_form import asks_to_be_led, goes_on
from bot.understanding.questions import AnswersQuestions, QuestionReader
from bot.understanding.turn import TurnInput
from bot.understanding.walks import WalkReader
from knowledge.asking import asking_sentences, asks

# What Rasa may take words for that begin with "actually" and correct an answer.
CORRECTING = ("action_question", "action_start_flow", "action_notice", "action_assistant")
# From here on a question about the documents, the assistant or whom to ring is taken for nothing
# else. Below, what the sources answer follows. Of 150 messages of the development set that the
# sources answer, eleven were taken for one of these, and three of them from here on: two ask for a
# whole list and one for a point of one. Of 450 short questions of a stranger five and one.
BESIDE_SURE = 0.9
# Whoever is less surely leaving or thanking goes on: two strangers were told goodbye who stayed, at
# 0.52 and 0.4.
TALK_SURE = 0.6
# Words that take an offer: a yes or the steps, and what may stand beside them.
YESES = frozenset({"yes", "yeah", "yep", "yup"})
STEPS = frozenset({"step", "steps"})
TAKING = frozenset(
    {"the", "that", "one", "please", "do", "go", "on", "lets", "let", "us", "it", "then", "start"}
    | {"take", "me", "through", "by", "show", "just", "ok", "for"}
)
# However else a message is taken, who asks this is told.
WHOM_TO_RING = re.compile(r"\bwhom? (?:do|can|should|to|would) (?:i |we )?(?:ring|phone|call)\b")
COURSE_COMMANDS = {
    "start_induction": "list",
    "continue_induction": "on",
    "skip_module": "skip",
    "my_progress": "where",
}


class ReadsQuizzes(Protocol):
    def read(self, course: Course, text: str) -> CourseCommand | QuizAnswer | None:
        """What the words are to a learner in the middle of a module; None for anything else."""


class NamesContacts(Protocol):
    def named(self, text: str) -> tuple[str, ...]:
        """The roles that the words name, in their order."""


class Interpreter:
    """`reads_options` says which options of a question a reply may mean. `assistant` is what it can
    say about itself, by key, and `places` are those whose sources people may ask for."""

    def __init__(
        self,
        flows: Flows,
        reads_options: ReadsOptions,
        knowledge: AnswersQuestions,
        notices: FindsNotices,
        tutor: ReadsQuizzes,
        documents: ReadsDocuments,
        contacts: NamesContacts,
        assistant: Mapping[str, AssistantReply],
        places: Places | None = None,
    ) -> None:
        self._flows = flows
        self._knowledge = knowledge
        self._notices = notices
        self._tutor = tutor
        self._documents = documents
        self._contacts = contacts
        self._assistant = assistant
        self._walks = WalkReader(flows, reads_options)
        self._questions = QuestionReader(flows, self._walks, knowledge, places or Places())
        self._clicks = ChoiceReader(flows, self._walks, self._questions)
        self._follow_ups = FollowUpReader(
            flows, self._walks, self._clicks, self._questions, knowledge, documents
        )

    def understand(self, turn: TurnInput) -> Meaning:
        """The first reading that fits; then what Rasa took the message for."""
        turn = self._after_earlier(turn)
        for reading in (
            self._code,
            self._quiz_answer,
            self._quick_reply,
            self._stop_first,
            self._no_emergency,
            self._option,
            self._named_offer,
            self._correction,
            self._meant,
            self._own_words,
            self._narration,
        ):
            if meaning := reading(turn):
                return meaning
        return self._noticed(turn)

    def _after_earlier(self, turn: TurnInput) -> TurnInput:
        """With what the words before make of these: Rasa ranks the flows by the message alone."""
        looked_up = turn.action in ("action_question", "action_start_flow")
        if turn.choice or not turn.topic or not looked_up or self._walks.is_open(turn):
            return turn
        return turn.ranked_with(self._knowledge.tasks(turn.text, turn.topic))

    # Words that can mean one thing only

    def _code(self, turn: TurnInput) -> Meaning | None:
        """A code answers nobody's question, so it is taken wherever it is typed."""
        return LearnerCode(turn.learner) if turn.learner else None

    def _quiz_answer(self, turn: TurnInput) -> Meaning | None:
        """An open flow comes before induction: its questions are never taken for the quiz's."""
        reading = None if self._walks.is_open(turn) else self._tutor.read(turn.course, turn.text)
        return LearnerWords(reading) if reading else None

    def _quick_reply(self, turn: TurnInput) -> Meaning | None:
        """A choice shown last, typed by its number, its label, a yes or a no."""
        if turn.choice:
            return None
        if chosen := turn.dialogue.quick_reply(turn.text, self._flows):
            return self._clicks.read(replace(turn, text=""), Choice.parse(chosen))
        if turn.dialogue.agrees(turn.text, self._flows) or takes_the_steps(turn):
            return self._follow_ups.accepted(turn)
        return (
            self._follow_ups.declined(turn)
            if turn.dialogue.declines(turn.text, self._flows)
            else None
        )

    def _stop_first(self, turn: TurnInput) -> Meaning | None:
        """ "Stop. Can they sack me for it?" leaves the walk, and answers what follows."""
        first, *rest = FIRST_SENTENCE.split(turn.text, maxsplit=1)
        if not rest or folded(first) != "stop" or not self._walks.is_open(turn):
            return None
        if is_asked(rest[0]):
            return self._follow_ups.instead(turn, rest[0])
        return FlowMove(turn.dialogue.stop(self._flows))

    def _no_emergency(self, turn: TurnInput) -> Meaning | None:
        """A "no" to 999 says nothing of the question that was open before, unless that asks of
        danger too: "no it is not happening now, it could go wrong if he finds out"."""
        if not turn.after_999 or not denies(turn.text) or not self._walks.is_open(turn):
            return None
        if self._walks.asks_of_danger(turn):
            return None
        return self._noticed(turn) if asks(turn.text) else self._walks.asked_again(turn)

    def _option(self, turn: TurnInput) -> Meaning | None:
        """The answer to the open question that the words typed are, exactly."""
        move = None if turn.choice else turn.dialogue.say(turn.text, self._flows)
        if move is None:
            return None
        answer = self._questions.beside_a_move(turn)
        return AndAnswer(FlowMove(move), answer) if answer else FlowMove(move)

    def _named_offer(self, turn: TurnInput) -> Meaning | None:
        """A flow asked for by a word of its title, as one of a list."""
        if turn.choice or self._walks.is_open(turn):
            return None
        flow = self._walks.asked_for(turn)
        return self._walks.started(turn, flow) if flow else None

    def _correction(self, turn: TurnInput) -> Meaning | None:
        """Words that begin with "actually" change an answer, unless they are a command."""
        if turn.choice or turn.action not in CORRECTING:
            return None
        rest = turn.dialogue.taken_back(turn.text)
        if not rest or asks(rest):
            return None
        return self._walks.amendment(turn)

    def _meant(self, turn: TurnInput) -> Meaning | None:
        """What follows "no, I meant" is asked after the last question, if no answer can be what is
        corrected."""
        if turn.action not in ("action_question", "action_change_answer") or not turn.topic:
            return None
        rest = after_cue(turn.text)
        if not rest or turn.choice or (turn.dialogue.walk and turn.dialogue.walk.answers):
            return None
        return self._questions.read(replace(turn, text=rest))

    def _own_words(self, turn: TurnInput) -> Meaning | None:
        """The answer to the open question, put in other words than those on offer."""
        if not self._walks.is_open(turn) or not may_answer(turn):
            return None
        if task := self._questions.task(turn):
            return task
        move = self._walks.paraphrase(turn)
        answer = self._questions.beside_a_move(turn) if move else None
        return AndAnswer(move, answer) if move and answer else move

    def _narration(self, turn: TurnInput) -> Meaning | None:
        """Words that tell of the case answer the open question or nothing: they are not looked
        up."""
        if turn.choice or not self._walks.is_open(turn):
            return None
        if several(turn.text):
            return self._walks.unclear(turn)
        if turn.action != "action_question":
            return None
        asked = asks(turn.text) or asks_to_be_led(turn.text)
        if not tells(turn.text) or asked or self._walks.triggered(turn):
            return None
        return self._walks.unclear(turn)

    # What comes first

    def _noticed(self, turn: TurnInput) -> Meaning:
        """The notice that the message calls for, and then what else it gets."""
        notice = called_for(turn, self._notices)
        if notice is None:
            return self._unless_noticed(turn)
        times = turn.noticed.count(notice.key)
        if not notice.again or not times:
            said = Noticed(notice, self._after(notice, turn))
            whole = notice.within
            if whole is None or whole in turn.noticed:
                return said
            return Noticed(self._notices[whole], said)
        if notice.gives_way and is_asked(turn.text):
            return self._intended(turn)
        return self._after(notice, turn) or Noticed(notice.said_again(times), None)

    def _unless_noticed(self, turn: TurnInput) -> Meaning:
        """What Rasa took the message for; a notice that stays in place of what is only nearest."""
        meant = self._intended(turn)
        if is_answered(meant):
            return meant
        said = (self._notices[key] for key in turn.noticed if key in self._notices)
        staying = next((notice for notice in said if notice.stays), None)
        if staying is None or self._walks.is_open(turn):
            return meant
        return Noticed(staying.said_again(turn.noticed.count(staying.key)), None)

    def _after(self, notice: SpokenNotice, turn: TurnInput) -> Meaning | None:
        """Nothing where the sources say nothing, nobody has written these words for what they are
        to be told, and the notice has said whom to turn to."""
        if notice.followed == "never":
            return None
        then = self._intended(turn)
        is_told = is_answered(then) or self._questions.is_written(turn)
        if notice.followed == "if_asked":
            return then if is_asked(turn.text) and is_told else None
        if is_told or not notice.contacts or not isinstance(then, Lookup):
            return then
        # The notice has said what comes first and whom to turn to: of the rest only the way on.
        if not then.flows:
            return None
        return FlowMove(turn.dialogue.suggest(then.flows, "fits", self._flows))

    # What Rasa took the message for

    def _intended(self, turn: TurnInput) -> Meaning:
        name = turn.action.removeprefix("action_")
        if turn.choice is None and self._documents.stands_in_source(turn.text):
            return self._questions.quoted(turn)
        if name in ("question", "start_flow") and (both := self._with_the_words_before(turn)):
            return _asked(both.text, self._intended(both))
        if name in ("question", "start_flow") and WHOM_TO_RING.search(folded(turn.text)):
            return self._whom_to_ring(turn)
        match name:
            case "choose":
                return self._clicks.read(turn, turn.choice)
            case "start_flow":
                return self._start_flow(turn)
            case "change_answer" if not is_asked(turn.text):
                return self._walks.amendment(turn)
            case "induction":
                return self._induction(turn)
            case "follow_up":
                return self._follow_ups.read(turn)
            case "goodbye" | "thanks" if goes_on_talking(turn):
                return self._questions.read(turn)
            case "greet" | "goodbye" | "thanks" | "about":
                return SmallTalk(name)
            case "documents" | "assistant" | "contact":
                return self._aside(turn, name)
            case "why" if turn.topic and not self._walks.is_open(turn):
                return self._follow_ups.why(turn)
            case "resume" if turn.dialogue.quick_replies and not turn.dialogue.aside:
                return self._follow_ups.accepted(turn)
            case _ if name in FLOW_COMMANDS:
                return FlowMove(FLOW_COMMANDS[name](turn.dialogue, self._flows))
        return self._questions.read(turn)

    def _aside(self, turn: TurnInput, intent: str) -> Meaning:
        """What is no matter of the sources; what they say follows where Rasa is not certain."""
        first = self._beside_sources(turn, intent)
        if isinstance(first, AboutAssistant) and self._assistant[first.key].alone:
            return self._questions.asked_in(turn) if is_asked(turn.text) else first
        if first is None:
            return self._questions.read(turn)
        is_written = self._questions.is_written(turn)
        if turn.sure >= BESIDE_SURE and not is_written:
            return first
        answer = self._questions.read(turn)
        if isinstance(answer, Lookup) and (is_written or answer.found.verdict == "answerable"):
            return AndAnswer(first, answer)
        return first

    def _whom_to_ring(self, turn: TurnInput) -> Meaning:
        """The contacts at once, whatever else is said; and what the sources answer."""
        first, answer = self._contact(turn), self._questions.read(turn)
        is_told = is_answered(answer) or self._questions.is_written(turn)
        return AndAnswer(first, answer) if isinstance(answer, Lookup) and is_told else first

    def _contact(self, turn: TurnInput) -> ContactQuestion:
        flows = self._questions.not_open(turn, self._questions.likely(turn))
        other = tuple(Choice("start", flow) for flow in flows)
        return ContactQuestion(self._contacts.named(turn.text), other)

    def _beside_sources(self, turn: TurnInput, intent: str) -> Beside | None:
        """The documents, the assistant, or whom to ring. None for a key that there is not."""
        if intent == "contact":
            return self._contact(turn)
        if intent == "assistant":
            return AboutAssistant(turn.key) if turn.key in self._assistant else None
        kind = next((each for each in KINDS if each == turn.key), None)
        if kind is None:
            return None
        named = self._questions.named_in(turn.text, turn)
        return DocumentQuestion(self._documents.read(kind, turn.text, turn.shown, turn.area, named))

    def _with_the_words_before(self, turn: TurnInput) -> TurnInput | None:
        """The turn of both, where the words before were looked up and these go on with them."""
        *earlier, last = turn.topic or ("",)
        if not turn.before or not last.endswith(turn.before) or self._walks.is_open(turn):
            return None
        if not goes_on(turn.text, last):
            return None
        documents = tuple(dict.fromkeys([*turn.taken_out_of(last), *turn.documents]))
        return replace(
            turn,
            text=f"{last} {turn.text}",
            documents=documents,
            topic=tuple(earlier),
            before=None,
        )

    def _start_flow(self, turn: TurnInput) -> Meaning:
        """Starts the flow that the words fit, where they ask to be led through it.

        Whatever else they say is answered, with the flow as the first offer.
        """
        if not asks_to_be_led(turn.text):
            return self._questions.read(turn)
        named = turn.intent.removeprefix("start_")
        flow = (
            next((each.flow for each in turn.ranking if each.flow), named) if turn.topic else named
        )
        return self._walks.started(turn, flow if flow in self._flows else named)

    def _induction(self, turn: TurnInput) -> Meaning:
        if turn.choice:
            return CourseChoice(turn.choice)
        if turn.intent == "quiz_me":
            return QuizRequest(turn.text)
        return CourseCommand(COURSE_COMMANDS.get(turn.intent, "list"))


def may_answer(turn: TurnInput) -> bool:
    """Whether the words tell of no danger, and Rasa took them for nothing that is done at once,
    such as "stop"."""
    answers = turn.action in SAID_BEFORE or turn.intent in ("affirm", "deny")
    return answers and not turn.doubtful


def takes_the_steps(turn: TurnInput) -> bool:
    """Whether the words take what was offered and say nothing else: "yes the steps please"."""
    offers = turn.dialogue.quick_replies
    words = set(folded(turn.text).split())
    taken = bool(words & YESES or words & STEPS) and words <= YESES | STEPS | TAKING
    led = len(offers) == 1 and offers[0].choice.startswith("start:") and asks_to_be_led(turn.text)
    return bool(offers) and (taken or led)


def goes_on_talking(turn: TurnInput) -> bool:
    """Whether who seems to thank or to leave says more: "thanks, and who writes it down?", or sets
    something right: "no, that was yesterday, keep going"."""
    unsure = bool(turn.ranking) and turn.sure < TALK_SURE
    return unsure or is_asked(turn.text) or denies(turn.text)


def is_asked(text: str) -> bool:
    return asks(text) or bool(asking_sentences(text))


def is_answered(meaning: Meaning) -> bool:
    """Whether something was found that is more than the nearest."""
    found = meaning.found if isinstance(meaning, Lookup) else None
    return found is None or (found.verdict == "answerable" and found.confidence == "answers")


def after_cue(text: str) -> str:
    """What follows "no, I meant" and the like; nothing where the words do not begin so."""
    words = folded(text)
    cue = CHANGE_CUE.match(words)
    return words[cue.end() :] if cue else ""


def _asked(words: str, meaning: Meaning) -> Meaning:
    """With the words that were looked up."""
    match meaning:
        case Lookup():
            return replace(meaning, asked=words)
        case Noticed(_, Lookup() as then) | AndAnswer(_, then):
            return replace(meaning, then=replace(then, asked=words))
    return meaning
