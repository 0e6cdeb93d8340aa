"""What a message means: the one place where that is decided.

Readings are tried in order, from words that can mean one thing only to what has to be looked up.
Nothing here has an effect: a meaning is a value, and `actions.effects` does what it says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import Literal, Protocol

from bot.choices import Choice
from bot.content.notices import SpokenNotice
from bot.flows import DialogueStack, Flows, Move
from bot.flows.match import CHANGE_CUE, Similarity, folded, tells
from bot.induction.course import Course, CourseCommand, QuizAnswer
from bot.understanding.documents import KINDS, DocumentFacts, DocumentKind
from bot.understanding.question_form import asks_to_be_led, goes_on, is_task
from bot.understanding.shown import Shown
from knowledge import Answer
from knowledge.asking import asking_sentences, asks

# A flow this likely is offered beside an answer.
LIKELY = 0.1
# Who asks to be led through something this likely is led.
LED = 0.25
# In a walk, fewer words than this are a reply that fits no option, unless put as a question.
TELLING = 3
FLOWS_OFFERED = 2
# What Rasa may take words for that begin with "actually" and correct an answer.
CORRECTING = ("action_question", "action_start_flow", "action_notice")
# Of each of two answers in one reply.
QUOTES_OF_TWO = 2
# A notice this likely is said before whatever else the message gets: to say one too many costs two
# lines. One that stands alone is said only where Rasa is sure.
NOTICE_LIKELY = 0.3
# From here on a question about the documents, the assistant or whom to ring is taken for nothing
# else. Below, what the sources answer follows. Of 150 messages of the development set that the
# sources answer, eleven were taken for one of these, and three of them from here on: two ask for a
# whole list and one for a point of one. Of 450 short questions of a stranger five and one.
BESIDE_SURE = 0.9
NOTICE = "notice"
# A command, such as "stop", is followed and nothing is said before it.
NOTICED = (
    *("action_question", "action_notice", "action_start_flow"),
    *("action_documents", "action_assistant", "action_contact"),
)
KEY = "/"
# A yes to no more than this takes the first: the flows offered beside an answer, and as many other
# readings of the words. More is a list to choose from, such as the menu.
OFFERS = 2 * FLOWS_OFFERED
# From here on an area asks the last question again. Of ten sentences held back the least sure has
# 0.88; of 1,500 questions that were not learnt two were taken for one, at 0.58 and 0.82.
SURE_OF_AREA = 0.85
# The commands that a yes may mean. It never changes an answer, or starts again and loses them.
OFFERED_COMMANDS = ("answer", "switch", "resume")

Subject = Literal["greet", "goodbye", "thanks", "about"]
SUBJECTS: tuple[Subject, ...] = ("greet", "goodbye", "thanks", "about")

FlowCommand = Callable[[DialogueStack, Flows], Move]
FLOW_COMMANDS: dict[str, FlowCommand] = {
    "back": DialogueStack.back,
    "why": DialogueStack.why,
    "stop": DialogueStack.stop,
    "restart": DialogueStack.restart,
    "where": DialogueStack.where,
    "resume": DialogueStack.resume,
    "switch": DialogueStack.switch,
    "menu": DialogueStack.menu,
}
ANSWER_INSTEAD = Choice("do", "answer")
"""Look up the words that a flow was started for."""


def known_choices(flows: Flows) -> frozenset[str]:
    """The ids of all that a button may do outside a walk."""
    commands = (str(Choice("do", command)) for command in FLOW_COMMANDS)
    starts = (str(Choice("start", flow)) for flow in flows)
    return frozenset([*commands, *starts, str(Choice("module", "list"))])


COURSE_COMMANDS = {
    "start_induction": "list",
    "continue_induction": "on",
    "skip_module": "skip",
    "my_progress": "where",
}


@dataclass(frozen=True)
class RankedIntent:
    """An intent that the message may have, with how sure the classifier is (0 to 1)."""

    intent: str
    confidence: float

    @property
    def flow(self) -> str | None:
        """The flow that the intent starts, if it starts one."""
        return self.intent[len("start_") :] if self.intent.startswith("start_") else None

    def key_of(self, intent: str) -> str | None:
        """Which key of the retrieval intent it is: of `documents/newest` it is `newest`."""
        name, _, key = self.intent.partition(KEY)
        return key if name == intent and key else None


@dataclass(frozen=True)
class TurnInput:
    """What was typed or clicked, what Rasa took it for, and what the conversation remembers.

    `action` is the one that Rasa's rule for the `intent` names. `text` is redacted, and empty for
    a click. `learner` is the id of the code that was typed in it. `before` was typed a moment
    before it. `topic` holds the last questions, oldest first; `shown` is the answer shown last.
    """

    text: str = ""
    choice: Choice | None = None
    action: str = "action_question"
    intent: str = "question"
    ranking: tuple[RankedIntent, ...] = ()
    area: str | None = None
    learner: str | None = None
    before: str | None = None
    dialogue: DialogueStack = field(default_factory=DialogueStack)
    course: Course = field(default_factory=Course)
    topic: tuple[str, ...] = ()
    shown: Shown = field(default_factory=Shown)

    @property
    def key(self) -> str:
        """The likeliest key of the retrieval intent; empty for an intent without keys."""
        keys = (each.key_of(self.intent) for each in self.ranking)
        return next(filter(None, keys), "")

    @property
    def sure(self) -> float:
        """How likely the intent is, all its keys together."""
        shares = (
            each.confidence
            for each in self.ranking
            if each.intent == self.intent or each.key_of(self.intent)
        )
        return sum(shares)


@dataclass(frozen=True)
class FlowMove:
    """A step is answered or corrected, a flow started, left or offered.

    `other`: what the words may have meant instead.
    """

    move: Move
    other: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class LearnerCode:
    """A learner's code was typed; `learner` is its id."""

    learner: str


@dataclass(frozen=True)
class LearnerWords:
    """What a learner in the middle of a module answered, or asked for in a word or two."""

    reading: CourseCommand | QuizAnswer


@dataclass(frozen=True)
class CourseChoice:
    """A click on something of the induction."""

    choice: Choice


@dataclass(frozen=True)
class QuizRequest:
    """The quiz of the module that the words name."""

    words: str


@dataclass(frozen=True)
class SmallTalk:
    subject: Subject


@dataclass(frozen=True)
class Lookup:
    """A question to the sources, with what they say and the flows that go with it.

    `asked`: the words that were looked up, where they are not the message: a part of it, or the
    message with the one before it. `other`: what the words may have meant instead. `documents`: the
    ids of those that were named in place of others.
    """

    found: Answer
    flows: tuple[str, ...] = ()
    asked: str | None = None
    other: tuple[Choice, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lookups:
    """A message that asks more than one thing, each with what the sources say."""

    lookups: tuple[Lookup, ...]


@dataclass(frozen=True)
class Remark:
    """A word on what was asked for: `phrase` names it in `data/phrases.yaml`. `whom`: with whom to
    ask."""

    phrase: Literal[
        "misunderstood", "reword", "nothing_further", "nothing_shown", "not_in_document"
    ]
    whom: bool = False


@dataclass(frozen=True)
class FollowUp:
    """Said of the reply before it. `leaves`: the walk that is open is set aside."""

    parts: tuple[Remark | Lookup, ...]
    leaves: bool = False


@dataclass(frozen=True)
class FirstOffer:
    """A yes to several offers takes the first, and says so by its `label`."""

    label: str
    then: Meaning


@dataclass(frozen=True)
class DocumentQuestion:
    """A question about the documents themselves, with what their data say to it."""

    facts: DocumentFacts


@dataclass(frozen=True)
class AboutAssistant:
    """A question about the assistant; `key` is that of its reply."""

    key: str


@dataclass(frozen=True)
class ContactQuestion:
    """Whom to ring. `roles` are those that the message names, in its order; it may name none."""

    roles: tuple[str, ...]


Beside = DocumentQuestion | AboutAssistant | ContactQuestion
"""What is asked beside the matter of the sources."""


@dataclass(frozen=True)
class AndAnswer:
    """The first is likely meant; `then` is what the sources say to the same words."""

    first: Beside
    then: Lookup


@dataclass(frozen=True)
class Noticed:
    """The notice comes first; `then` follows, unless the notice stands alone."""

    notice: SpokenNotice
    then: Meaning | None


Meaning = (
    FlowMove
    | LearnerCode
    | CourseChoice
    | CourseCommand
    | LearnerWords
    | QuizRequest
    | SmallTalk
    | Lookup
    | Lookups
    | FollowUp
    | FirstOffer
    | DocumentQuestion
    | AboutAssistant
    | ContactQuestion
    | AndAnswer
    | Noticed
)


class AnswersQuestions(Protocol):
    def answer(
        self,
        query: str,
        area: str | None,
        context: Sequence[str],
        documents: Sequence[str] = (),
    ) -> Answer: ...

    def further(
        self,
        query: str,
        seen: Collection[str],
        area: str | None,
        context: Sequence[str],
        documents: Sequence[str] = (),
    ) -> Answer | None: ...

    def documents_named(self, text: str) -> tuple[str, ...]: ...


class ReadsQuizzes(Protocol):
    def read(self, course: Course, text: str) -> CourseCommand | QuizAnswer | None:
        """What the words are to a learner in the middle of a module; None for anything else."""


class ReadsDocuments(Protocol):
    def read(
        self, kind: DocumentKind, text: str, shown: Shown, area: str | None
    ) -> DocumentFacts: ...


class NamesContacts(Protocol):
    def named(self, text: str) -> tuple[str, ...]:
        """The roles that the words name, in their order."""


class FindsNotices(Protocol):
    def __getitem__(self, key: str) -> SpokenNotice: ...

    def __contains__(self, key: object) -> bool: ...

    def found(self, text: str) -> SpokenNotice | None:
        """What the characters of a message call for, whatever it means."""


class Interpreter:
    """`similarity` compares what was typed with the wordings of options. `assistant` holds the keys
    of what it can say about itself."""

    def __init__(
        self,
        flows: Flows,
        similarity: Similarity,
        knowledge: AnswersQuestions,
        notices: FindsNotices,
        tutor: ReadsQuizzes,
        documents: ReadsDocuments,
        contacts: NamesContacts,
        assistant: Container[str],
    ) -> None:
        self._flows = flows
        self._similarity = similarity
        self._knowledge = knowledge
        self._notices = notices
        self._tutor = tutor
        self._documents = documents
        self._contacts = contacts
        self._assistant = assistant
        self._citing = CitingFlows(flows)

    def understand(self, turn: TurnInput) -> Meaning:
        """The first reading that fits; then what Rasa took the message for."""
        for reading in (
            self._code,
            self._quiz_answer,
            self._quick_reply,
            self._option,
            self._correction,
            self._meant,
            self._narration,
        ):
            if meaning := reading(turn):
                return meaning
        return self._noticed(turn)

    # Words that can mean one thing only

    def _code(self, turn: TurnInput) -> Meaning | None:
        """A code answers nobody's question, so it is taken wherever it is typed."""
        return LearnerCode(turn.learner) if turn.learner else None

    def _quiz_answer(self, turn: TurnInput) -> Meaning | None:
        """An open flow comes before induction: its questions are never taken for the quiz's."""
        reading = None if self._is_open(turn) else self._tutor.read(turn.course, turn.text)
        return LearnerWords(reading) if reading else None

    def _quick_reply(self, turn: TurnInput) -> Meaning | None:
        """A choice shown last, typed by its number, its label, a yes or a no."""
        if turn.choice:
            return None
        if chosen := turn.dialogue.quick_reply(turn.text, self._flows):
            return self._chosen(replace(turn, text=""), Choice.parse(chosen))
        if turn.dialogue.agrees(turn.text, self._flows):
            return self._accepted(turn)
        return self._declined(turn) if turn.dialogue.declines(turn.text, self._flows) else None

    def _option(self, turn: TurnInput) -> Meaning | None:
        """The answer to the open question that the words typed are, exactly."""
        move = None if turn.choice else turn.dialogue.say(turn.text, self._flows)
        return FlowMove(move) if move else None

    def _correction(self, turn: TurnInput) -> Meaning | None:
        """Words that begin with "actually" change an answer, unless they are a command."""
        if turn.choice or turn.action not in CORRECTING:
            return None
        rest = turn.dialogue.taken_back(turn.text)
        if not rest or asks(rest):
            return None
        return self._paraphrase(turn) or self._amendment(turn)

    def _meant(self, turn: TurnInput) -> Meaning | None:
        """What follows "no, I meant" is asked after the last question, if no answer can be what is
        corrected."""
        if turn.action not in ("action_question", "action_change_answer") or not turn.topic:
            return None
        rest = after_cue(turn.text)
        if not rest or turn.choice or (turn.dialogue.walk and turn.dialogue.walk.answers):
            return None
        return self._question(replace(turn, text=rest))

    def _narration(self, turn: TurnInput) -> Meaning | None:
        """Words that tell of the case answer the open question or nothing: they are not looked
        up."""
        if turn.choice or turn.action != "action_question" or not self._is_open(turn):
            return None
        asked = asks(turn.text) or asks_to_be_led(turn.text)
        if not tells(turn.text) or asked or self._triggered(turn):
            return None
        return self._paraphrase(turn) or self._unclear(turn)

    # What comes first

    def _noticed(self, turn: TurnInput) -> Meaning:
        """The notice that the message calls for, and then what else it gets."""
        notice = self._notice(turn)
        if notice is None:
            return self._intended(turn)
        if meant := self._paraphrase(turn):
            return self._task(turn) or meant
        return Noticed(notice, None if notice.alone else self._after(notice, turn))

    def _notice(self, turn: TurnInput) -> SpokenNotice | None:
        if turn.choice or turn.action not in NOTICED:
            return None
        if turn.action == "action_notice" and turn.key in self._notices:
            return self._notices[turn.key]
        if turn.action == "action_question" and (found := self._notices.found(turn.text)):
            return found
        likely = (each.key_of(NOTICE) for each in turn.ranking if each.confidence >= NOTICE_LIKELY)
        notices = (self._notices[key] for key in likely if key and key in self._notices)
        return next((notice for notice in notices if not notice.alone), None)

    def _after(self, notice: SpokenNotice, turn: TurnInput) -> Meaning | None:
        """Nothing where the sources say nothing and the notice has said whom to turn to."""
        then = self._intended(turn)
        if not isinstance(then, Lookup) or then.found.verdict == "answerable":
            return then
        return None if notice.contacts and not then.flows else then

    # What Rasa took the message for

    def _intended(self, turn: TurnInput) -> Meaning:
        name = turn.action.removeprefix("action_")
        if name in ("question", "start_flow") and (both := self._with_the_words_before(turn)):
            return _asked(both.text, self._intended(both))
        match name:
            case "choose":
                return self._chosen(turn, turn.choice)
            case "start_flow":
                return self._start_flow(turn)
            case "change_answer":
                return self._amendment(turn)
            case "induction":
                return self._induction(turn)
            case "follow_up":
                return self._follow_up(turn)
            case "greet" | "goodbye" | "thanks" | "about":
                return SmallTalk(name)
            case "documents" | "assistant" | "contact":
                return self._paraphrase(turn) or self._aside(turn, name)
            case "why" if turn.topic and not self._is_open(turn):
                return self._why(turn)
            case "resume" if turn.dialogue.quick_replies and not turn.dialogue.aside:
                return self._accepted(turn)
            case _ if name in FLOW_COMMANDS:
                return FlowMove(FLOW_COMMANDS[name](turn.dialogue, self._flows))
        return self._question(turn)

    def _aside(self, turn: TurnInput, intent: str) -> Meaning:
        """What is no matter of the sources; what they say follows where Rasa is not certain."""
        first = self._beside_sources(turn, intent)
        if first is not None and turn.sure >= BESIDE_SURE:
            return first
        answer = self._question(turn)
        if first is None:
            return answer
        if isinstance(answer, Lookup) and answer.found.verdict == "answerable":
            return AndAnswer(first, answer)
        return first

    def _beside_sources(self, turn: TurnInput, intent: str) -> Beside | None:
        """The documents, the assistant, or whom to ring. None for a key that there is not."""
        if intent == "contact":
            return ContactQuestion(self._contacts.named(turn.text))
        if intent == "assistant":
            return AboutAssistant(turn.key) if turn.key in self._assistant else None
        kind = next((each for each in KINDS if each == turn.key), None)
        if kind is None:
            return None
        return DocumentQuestion(self._documents.read(kind, turn.text, turn.shown, turn.area))

    def _with_the_words_before(self, turn: TurnInput) -> TurnInput | None:
        """The turn of both, where the words before were looked up and these go on with them."""
        *earlier, last = turn.topic or ("",)
        if not turn.before or not last.endswith(turn.before) or self._is_open(turn):
            return None
        if not goes_on(turn.text, last):
            return None
        return replace(turn, text=f"{last} {turn.text}", topic=tuple(earlier), before=None)

    def _chosen(self, turn: TurnInput, choice: Choice | None) -> Meaning:
        if choice is None:
            return self._unclear(turn)
        if choice.verb in ("module", "quiz"):
            return CourseChoice(choice)
        if choice == ANSWER_INSTEAD:
            return self._answered_instead(turn)
        move = self._clicked(turn.dialogue, choice)
        return FlowMove(move) if move else self._unclear(turn)

    def _answered_instead(self, turn: TurnInput) -> Meaning:
        """The last question looked up, of which something else was made."""
        if not turn.topic:
            return self._unclear(turn)
        *earlier, asked = turn.topic
        return Lookup(self._knowledge.answer(asked, turn.area, earlier), asked=asked)

    def _clicked(self, dialogue: DialogueStack, choice: Choice) -> Move | None:
        flows = self._flows
        match choice.verb, choice.argument.split("/"):
            case "step", [flow, step, option]:
                return dialogue.choose(f"{flow}/{step}", option, flows)
            case "change", [flow, step]:
                return dialogue.change(f"{flow}/{step}", flows)
            case "start", [flow] if flow in flows:
                return dialogue.start(flow, flows)
            case "do", [command] if command in FLOW_COMMANDS:
                return FLOW_COMMANDS[command](dialogue, flows)
            case "safety", _:
                return dialogue.where(flows)
        return None

    def _start_flow(self, turn: TurnInput) -> Meaning:
        """Starts the flow that the words fit, where they ask to be led through it.

        Whatever else they say is answered, with the flow as the first offer.
        """
        if meant := self._paraphrase(turn):
            return meant
        if not asks_to_be_led(turn.text):
            return self._question(turn)
        return self._started(turn, turn.intent.removeprefix("start_"))

    def _induction(self, turn: TurnInput) -> Meaning:
        if turn.choice:
            return CourseChoice(turn.choice)
        if turn.intent == "quiz_me":
            return QuizRequest(turn.text)
        return CourseCommand(COURSE_COMMANDS.get(turn.intent, "list"))

    # Said of the reply before it

    def _follow_up(self, turn: TurnInput) -> Meaning:
        match turn.intent:
            case "affirm":
                return self._accepted(turn)
            case "deny":
                return self._declined(turn)
            case "area" if turn.topic and (named := self._other_documents(turn)):
                return self._in_another_document(turn, named)
            case "quote_only" if turn.topic:
                return self._quote_only(turn)
            case "no_flow":
                return self._no_flow(turn)
            case "more" if point := self._next_point(turn):
                return point
            case "more" | "repair" if turn.shown.query:
                return self._further(turn)
            case "repair" if self._is_open(turn):
                # Of which answer it says nothing, so it is never taken for another one.
                return FlowMove(turn.dialogue.amend("", self._flows, self._similarity))
            case "area" | "quote_only":
                return self._question(turn)
        return FollowUp((Remark("nothing_shown"),))

    def _next_point(self, turn: TurnInput) -> DocumentQuestion | None:
        """After a point of a list that was read out, the one after it."""
        if turn.shown.query:
            return None
        facts = self._documents.read("next", turn.text, turn.shown, turn.area)
        return DocumentQuestion(facts) if facts.lists else None

    def _accepted(self, turn: TurnInput) -> Meaning:
        """The only offer, or the first of few."""
        offers = turn.dialogue.quick_replies
        if not offers and self._is_open(turn):
            return self._paraphrase(turn) or self._unclear(turn)
        if not offers:
            return FlowMove(turn.dialogue.nothing_offered(self._flows))
        first = Choice.parse(offers[0].choice)
        if len(offers) > 1 and not (len(offers) <= OFFERS and first and is_offer(first)):
            return FlowMove(turn.dialogue.which())
        taken = self._chosen(replace(turn, text=""), first)
        return taken if len(offers) == 1 else FirstOffer(offers[0].label, taken)

    def _declined(self, turn: TurnInput) -> Meaning:
        if not turn.dialogue.quick_replies and self._is_open(turn):
            return self._paraphrase(turn) or self._unclear(turn)
        return FlowMove(turn.dialogue.decline(self._flows))

    def _other_documents(self, turn: TurnInput) -> tuple[str, ...]:
        sure = turn.ranking[0].confidence >= SURE_OF_AREA if turn.ranking else False
        return self._knowledge.documents_named(turn.text) if sure else ()

    def _in_another_document(self, turn: TurnInput, documents: tuple[str, ...]) -> FollowUp:
        """The last question again, with the documents that are named now first."""
        *earlier, asked = turn.topic
        found = self._nearest(asked, turn.area, earlier, documents)
        unled = self._knowledge.answer(asked, turn.area, earlier)
        if not _ids(replace(found, quotes=found.quotes[:1])) & _ids(unled):
            # Only because it was named does this document come first.
            found = replace(found, confidence="closest")
        lookup = Lookup(found, asked=asked, documents=documents)
        quoted = [quote.citation.document_id for quote in found.quotes]
        if not quoted or quoted[0] in documents:
            return FollowUp((lookup,))
        return FollowUp((Remark("not_in_document"), lookup))

    def _quote_only(self, turn: TurnInput) -> FollowUp:
        """The last question is answered, and the walk that it led to set aside."""
        *earlier, asked = turn.topic
        found = self._knowledge.answer(asked, turn.area, earlier)
        return FollowUp((Lookup(found, asked=asked),), leaves=True)

    def _no_flow(self, turn: TurnInput) -> FollowUp:
        """What the sources say, or what is nearest; no flow is offered with it."""
        documents = self._knowledge.documents_named(turn.text)
        found = self._nearest(turn.text, turn.area, turn.topic, documents)
        return FollowUp((Lookup(found, documents=documents),), leaves=True)

    def _why(self, turn: TurnInput) -> Lookup:
        """Asked of the last question, for which it says nothing new."""
        asked = turn.topic[-1]
        return Lookup(self._knowledge.answer(turn.text, turn.area, turn.topic), asked=asked)

    def _nearest(
        self, query: str, area: str | None, context: Sequence[str], documents: Sequence[str]
    ) -> Answer:
        """What answers, or else comes nearest."""
        found = self._knowledge.answer(query, area, context, documents)
        if found.verdict == "answerable":
            return found
        return self._knowledge.further(query, (), area, context, documents) or found

    def _further(self, turn: TurnInput) -> FollowUp:
        """What comes next after the answer shown last."""
        shown, misunderstood = turn.shown, turn.intent == "repair"
        earlier = tuple(takewhile(lambda asked: asked != shown.query, turn.topic))
        found = self._knowledge.further(
            shown.query, shown.all_passages, turn.area, earlier, shown.documents
        )
        if found is None:
            return FollowUp((Remark("reword" if misunderstood else "nothing_further", whom=True),))
        lookup = Lookup(found, asked=shown.query, documents=shown.documents)
        if not misunderstood:
            return FollowUp((lookup,))
        return FollowUp((Remark("misunderstood"), lookup, Remark("reword")))

    # A question

    def _question(self, turn: TurnInput) -> FlowMove | Lookup | Lookups:
        if named := self._task(turn) or self._paraphrase(turn):
            return named
        found = self._knowledge.answer(turn.text, turn.area, turn.topic)
        unclear = found.verdict != "answerable" or len(turn.text.split()) < TELLING
        if unclear and self._is_open(turn) and not asks(turn.text):
            return self._unclear(turn)
        likely = self._likely(turn)
        if likely and asks_to_be_led(turn.text) and turn.ranking[0].confidence >= LED:
            offered = turn.dialogue.suggest(tuple(likely), "fits", self._flows)
            return FlowMove(offered)
        answer = Lookup(found, tuple(self._beside(turn, found, likely)))
        second = self._second(turn, found)
        return Lookups((_first_of(answer, turn.text, second), second)) if second else answer

    def _second(self, turn: TurnInput, found: Answer) -> Lookup | None:
        """What else the message asks, where the sources answer it with something else."""
        if found.verdict != "answerable":
            return None
        quoted = {quote.passage_id for quote in found.quotes}
        sentences = asking_sentences(turn.text)
        for asked in sentences if len(sentences) > 1 else ():
            other = self._knowledge.answer(asked, turn.area, ())
            new = other.quotes and other.quotes[0].passage_id not in quoted
            if new and other.verdict == "answerable" and other.confidence == "answers":
                return Lookup(_shortened(other), asked=asked)
        return None

    def _task(self, turn: TurnInput) -> FlowMove | None:
        """The flow that has the words among its triggers, for a task in hand."""
        flow = self._triggered(turn) if is_task(turn.text) else None
        return self._started(turn, flow) if flow else None

    def _beside(self, turn: TurnInput, found: Answer, likely: Sequence[str]) -> Iterator[str]:
        """Flows that the words suggest, then flows that cite what was quoted."""
        walk = turn.dialogue.open_walk(self._flows)
        ids = dict.fromkeys([*likely, *self._citing.flows(found)])
        for flow in islice(ids, FLOWS_OFFERED):
            if not (walk and walk.flow == flow):
                yield flow

    def _likely(self, turn: TurnInput) -> list[str]:
        """The flows that the words may be about, likeliest first."""
        ranked = [each.flow for each in turn.ranking if each.confidence >= LIKELY]
        likely = dict.fromkeys([self._triggered(turn), *ranked])
        return [flow for flow in likely if flow and flow in self._flows][:FLOWS_OFFERED]

    # What several readings share

    def _is_open(self, turn: TurnInput) -> bool:
        """Whether a question waits for an answer."""
        return turn.dialogue.asking(self._flows) is not None

    def _paraphrase(self, turn: TurnInput) -> FlowMove | None:
        """The answer to the open question that the words typed clearly paraphrase."""
        if turn.choice or asks(turn.text):
            return None
        move = turn.dialogue.paraphrase(turn.text, self._flows, self._similarity)
        return FlowMove(move) if move else None

    def _amendment(self, turn: TurnInput) -> FlowMove:
        return FlowMove(turn.dialogue.amend(turn.text, self._flows, self._similarity))

    def _unclear(self, turn: TurnInput) -> FlowMove:
        return FlowMove(turn.dialogue.unclear_reply(self._flows))

    def _started(self, turn: TurnInput, flow: str) -> FlowMove:
        return FlowMove(turn.dialogue.start(flow, self._flows))

    def _triggered(self, turn: TurnInput) -> str | None:
        words = folded(turn.text)
        calls = ((each.id, map(folded, each.triggers)) for each in self._flows.values())
        return next((flow for flow, triggers in calls if words in triggers), None)


def is_offer(choice: Choice) -> bool:
    return choice.verb == "start" or (choice.verb == "do" and choice.argument in OFFERED_COMMANDS)


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


def _first_of(answer: Lookup, text: str, second: Lookup) -> Lookup:
    """Named by the sentence that it answers rather than `second`."""
    others = [each for each in asking_sentences(text) if each != second.asked]
    return replace(answer, found=_shortened(answer.found), asked=others[-1])


def _ids(found: Answer) -> set[str]:
    return {quote.passage_id for quote in found.quotes}


def _shortened(found: Answer) -> Answer:
    return replace(found, quotes=found.quotes[:QUOTES_OF_TWO])


class CitingFlows:
    """Which flows rest on a passage, those that cite it most often first."""

    def __init__(self, flows: Flows) -> None:
        self._counts: dict[str, Counter[str]] = {}
        for flow in flows.values():
            for outcome in flow.outcomes.values():
                for passage in outcome.quotes:
                    self._counts.setdefault(passage, Counter())[flow.id] += 1

    def flows(self, found: Answer) -> Iterator[str]:
        """Of the first quotation only: it is the one that answers best."""
        for quote in found.quotes[:1]:
            for flow, _ in self._counts.get(quote.passage_id, Counter()).most_common():
                yield flow
