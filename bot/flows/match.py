"""Which option a typed reply means: its number, its words, or clearly a way to say it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.flows.model import Step, StepOption

# How likely a reply to a question means each of the labels beside it.
ReadsOptions = Callable[[str, str, Sequence[str]], Sequence[float]]

# An option this likely is taken, unless another may be meant too. Of 739 replies by two authors
# held back, .36 of those that mean an option were then taken rightly and .025 wrongly, and .08 of
# those that mean none.
TAKEN = 0.9
RIVAL = 0.2
# One this likely is named as what may be meant: of the rest it was in 113 of 187.
GUESSED = 0.3

COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDERED = ("first", "second", "third", "fourth", "fifth", "sixth")
NUMBER = re.compile(
    rf"(?:the )?(?:option |number |answer )?(\d{{1,2}}|{'|'.join((*COUNTED, *ORDERED))})"
    r"(?: one)?(?:,? please)?[.)]?"
)
# What stands around a place in a list: "I'd like the second one, please".
AROUND_A_PLACE = frozenset(
    {"the", "option", "number", "answer", "that", "it", "please", "ok", "yes", "then"}
    | {"id", "i", "ill", "would", "like", "want", "go", "for", "with", "take", "lets", "have", "do"}
)
CHANGE_CUE = re.compile(
    r"(?:(?:no|oh|ah|ok)\s+)*(?:(?:actually|sorry|wait|hang on|hold on|correction|i mean|i meant|"
    r"in fact|i was wrong|i made a mistake|let me change that|can i change my answer(?: to)?|"
    r"change (?:that|it|my answer)(?: to)?|my answer should be|that should be|it should be)\b\s*)+"
)
CLAUSE = re.compile(r"[,;.:!]+\s|\s[-–—]\s")
# Words between several numbers, as in "2 and 3 really".
AMONG_NUMBERS = frozenset({"and", "or", "both", "really", "maybe", "also", "option", "options"})
# How people begin before they answer: "good heavens, no", "well yes", "I said no", "put not sure".
LEAD_IN = re.compile(
    r"^(?:(?:oh|ok|well|um|er|ah|hmm?|look|right|so|honestly|obviously|definitely|thankfully"
    r"|luckily|(?:good )?(?:heavens|god|grief|lord)|my goodness|of course|(?:just )?put"
    r"|(?:the|my) answer is|i would say|i (?:did )?(?:say|said))[\s,.!]+)+",
    re.IGNORECASE,
)
FIRST_SENTENCE = re.compile(r"[.!]+\s+|\n")
TAIL = re.compile(r" (?:then|please|i think|i guess|i suppose|really)$")
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
NUMBER_FIRST = re.compile(r"\s*(\d{1,2})[,:)]\s+(?!\d)")
NAMED_LAST = re.compile(rf"\b(?<!or )(the (?:{'|'.join(ORDERED)}) one)(?: please)?$")
YES = r"yes|yeah|yep|yup"
NO = r"no|nope|nah"
YES_FIRST = re.compile(rf"(?:{YES})\b")
# "I do not think she is safe".
NOT_SAFE = re.compile(
    r"\b(?:not|never|cannot)(?! in| at| hurt)(?: \w+){0,4} (?:safe|ok|okay|fine|well|all ?right)\b"
)
NO_FIRST = re.compile(
    rf"^(?:{NO}|not (?:that i know|as far as|to my|right now|now|at the moment|really)"
    r"|i do not think so)\b"
)
# "No" before one of these stands alone; before other words it may belong to them ("no consent").
SUBJECT = (
    r"(?:i|we|he|she|they|it|that|this|there|the|mum|dad|both|all|everyone|everybody|nobody)\b"
)
A_NO = re.compile(rf"(?:{NO})(?:$| {SUBJECT})")
LEAD = re.compile(rf"((?:{YES})|(?:{NO})(?= {SUBJECT})) (.+)")
# How a reply begins, unless what follows asks something or wishes for it.
TELLING = re.compile(
    rf"(?:{YES}|{NO}|he|she|they|it|that|this|there|we|her|his|their|my|both|mums?|dads?"
    r"|i(?! (?:just )?(?:need|want|wanted|would|wish|mean|meant|am (?:asking|after|looking))))\b"
    r"(?!.*\b(?:what|how|who|whom|when|where|why|which|whether|is it|are there"
    r"|(?:can|could|do|should|shall|may|must|am) (?:i|we))\b)"
)
NEGATED = (
    *("do", "does", "did", "is", "was", "are", "were"),
    *("has", "have", "had", "would", "could", "should"),
)
SHORT = {
    **{f"{verb}nt": f"{verb} not" for verb in NEGATED},
    **{"cant": "cannot", "wont": "will not", "im": "i am", "ive": "i have", "weve": "we have"},
    **{"hes": "he is", "shes": "she is", "its": "it is", "thats": "that is"},
    **{"theres": "there is", "theyre": "they are", "theyve": "they have"},
}


def folded(text: str) -> str:
    """What two ways of typing the same words share: lower case, nothing shortened, one space."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"['’`]", "", text)
    return " ".join(SHORT.get(word, word) for word in re.findall(r"\w+", text))


def number(text: str) -> int | None:
    """The number that is all the text says."""
    found = NUMBER.fullmatch(text.strip().casefold())
    if found is None:
        return None
    words = next((each for each in (COUNTED, ORDERED) if found[1] in each), None)
    return words.index(found[1]) + 1 if words else int(found[1])


def place(text: str, count: int) -> int | None:
    """Where in a list of `count` the words point, 1 for the first.

    A number, "the second one", "the last", or, of two, "not that one, the other".
    """
    words = [word for word in folded(text).split() if word not in AROUND_A_PLACE]
    left = [word for word in words if word != "one"] or words
    match left:
        case ["last"]:
            return count
        case ["other"] | ["not", "other"] if count == 2:
            return 2
        case [word]:
            found = number(word)
            return found if found and found <= count else None
    return None


def place_first(text: str, count: int) -> int | None:
    """The same, also where more is said after a comma: "the first one, about telling parents".

    A number alone before a comma begins a sentence: "one, they are late".
    """
    words, *more = CLAUSE.split(text, maxsplit=1)
    return place(text, count) or (place(words, count) if more and " " in words.strip() else None)


def said(text: str, step: Step) -> StepOption | None:
    """The option with that number, label or declared wording.

    A yes or a no may come first, when it does not name another option.
    """
    place = number(text) or number(TAIL.sub("", text.strip().casefold()))
    if place is not None:
        return option_at(place, step)
    if option := said_first(text, step):
        return option
    words = folded(text)
    if option := worded(words, step) or worded(folded(answer_in(text)), step):
        return option
    if led := LEAD.fullmatch(words):
        first, option = worded(led[1], step), worded(led[2], step)
        return option if first in (None, option) else None
    return None


def option_at(place: int, step: Step) -> StepOption | None:
    """Its place is counted from 1."""
    return step.options[place - 1] if 1 <= place <= len(step.options) else None


def answer_in(text: str) -> str:
    """The text without what people begin with before they answer."""
    return LEAD_IN.sub("", text)


def denies(text: str) -> bool:
    """Whether the words begin with a no, as in "well no, he is here with us"."""
    return NO_FIRST.match(folded(answer_in(text))) is not None


def after_no(text: str) -> str:
    """What follows the no that the words begin with, made plain; nothing where they do not."""
    words = folded(answer_in(text))
    while no := NO_FIRST.match(words):
        words = words[no.end() :].strip()
    return words if denies(text) else ""


def says_not_safe(text: str) -> bool:
    return NOT_SAFE.search(folded(text)) is not None


def said_first(text: str, step: Step) -> StepOption | None:
    """The option that the first sentence is, where more follows: "3 then. And who takes minutes?"

    What follows a yes or a no may take it back.
    """
    first, *more = FIRST_SENTENCE.split(text, maxsplit=1)
    words = TAIL.sub("", folded(first))
    place = number(words)
    return option_at(place, step) if more and place is not None and not several(text) else None


def worded(words: str, step: Step) -> StepOption | None:
    for option in step.options:
        if words in (folded(each) for each in (option.label, *option.also)):
            return option
    return None


def tells(text: str) -> bool:
    """Whether the words tell something about a case, and so are no question to the sources."""
    return TELLING.match(folded(answer_in(text))) is not None


def several(text: str) -> bool:
    """Whether the words are numbers, and more than one: which is meant they do not say."""
    left = [word for word in folded(text).split() if word not in AMONG_NUMBERS]
    return len(left) > 1 and all(number(word) is not None for word in left)


def torn(text: str) -> bool:
    """Whether one clause begins with a yes and another with a no: "No I don't mean no! YES"."""
    clauses = [folded(answer_in(each)) for each in CLAUSE.split(text)]
    yes = any(YES_FIRST.match(clause) for clause in clauses)
    return yes and any(A_NO.match(clause) for clause in clauses)


def common(label: str, words: str, answers: Mapping[str, Sequence[str]]) -> bool:
    """Whether the words, made plain, are a way to give that common answer."""
    return words in map(folded, (label, *answers[label]))


def bare(text: str, answers: Mapping[str, Sequence[str]]) -> bool:
    """A number or a common answer, and nothing else."""
    words = folded(text)
    return number(text) is not None or any(common(label, words, answers) for label in answers)


def meant(text: str, step: Step, reads: ReadsOptions) -> StepOption | None:
    """The option that the text clearly means; None when two may be meant or none is."""
    if option := numbered(text, step):
        return option
    option, yes = _clearly(text, step, reads), yes_first(text, step)
    return option if yes in (None, option) else None


def _clearly(text: str, step: Step, reads: ReadsOptions) -> StepOption | None:
    ranked = _ranked(text, step, reads)
    (chance, option), *others = ranked
    rival = others[0][0] if others else 0.0
    if chance >= TAKEN and rival < RIVAL:
        return option
    named = said_and_explained(text, step)
    likely = [each for chance, each in ranked if chance >= TAKEN] or [option]
    if chance >= GUESSED and named in likely:
        return named
    first, *more = CLAUSE.split(text, maxsplit=1)
    # "No of course not, he's playing": the whole must not mean something else more.
    leans = bool(more) and chance >= GUESSED
    return option if leans and option is meant(first, step, reads) else None


def guessed(text: str, step: Step, reads: ReadsOptions) -> StepOption | None:
    """The option that the text may mean, to be asked about."""
    if named := said_and_explained(text, step) or yes_first(text, step):
        return named
    chance, option = _ranked(text, step, reads)[0]
    return option if chance >= GUESSED else None


def _ranked(text: str, step: Step, reads: ReadsOptions) -> list[tuple[float, StepOption]]:
    """The options with their chances, the likeliest first."""
    chances = reads(step.ask, text, [option.label for option in step.options])
    return sorted(zip(chances, step.options, strict=True), key=lambda each: -each[0])


def said_and_explained(text: str, step: Step) -> StepOption | None:
    """The option whose own words begin the text, with more behind them: "no, she is at school"."""
    text = answer_in(text)
    led = LEAD.fullmatch(folded(text))
    first, *more = CLAUSE.split(text, maxsplit=1)
    return worded(led[1] if led else folded(first), step) if led or more else None


def yes_first(text: str, step: Step) -> StepOption | None:
    """The one option that begins with a yes, where the text does: it means no other, whatever
    follows, as in "yes I would think so, he is not to know where they are"."""
    if not YES_FIRST.match(folded(answer_in(text))):
        return None
    agreeing = [each for each in step.options if YES_FIRST.match(folded(each.label))]
    return agreeing[0] if len(agreeing) == 1 else None


def numbered(text: str, step: Step) -> StepOption | None:
    """The option whose number begins or ends a reply, as in "1, share it", "sigh. 2" and "the
    parents, so the first one"."""
    first = NUMBER_FIRST.match(text)
    place = int(first[1]) if first else number_last(text)
    return option_at(place, step) if place is not None else None


def number_last(text: str) -> int | None:
    """The number that the last sentence is, or by which the last words name one of a list."""
    *before, last = SENTENCE.split(text.strip())
    if before and not any(number(each) is not None for each in before):
        found = number(last)
        if found is not None:
            return found
    named = NAMED_LAST.search(folded(text))
    return number(named[1]) if named else None


def amended(
    text: str, steps: Sequence[Step], reads: ReadsOptions | None = None
) -> tuple[Step, StepOption] | None:
    """The step and option that a change of mind clearly means, among steps answered before.

    Without `reads` only a label or a declared wording of one step alone counts.
    """
    words = CHANGE_CUE.sub("", folded(text), count=1)
    if not words or number(words) is not None:
        return None
    found = [(step, option) for step in steps if (option := said(words, step))]
    if not found and reads:
        found = [(step, option) for step in steps if (option := meant(words, step, reads))]
    return found[0] if len(found) == 1 else None


def shared_wordings(options: Iterable[StepOption]) -> set[str]:
    """Wordings that more than one option claims."""
    seen: dict[str, str] = {}
    twice: set[str] = set()
    for option in options:
        for words in {folded(each) for each in (option.label, *option.also)}:
            if seen.setdefault(words, option.id) != option.id:
                twice.add(words)
    return twice
