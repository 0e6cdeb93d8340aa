"""Which option a typed reply means: its number, its words, or clearly a way to say it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.flows.model import Step, StepOption

# Cosine similarity of a text to each phrase.
Similarity = Callable[[str, Sequence[str]], Sequence[float]]

CLEAR = 0.58
# What comes after a yes or a no need only lean the same way.
LEANING = 0.4
MARGIN = 0.1

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
PART = re.compile(r"[,;.:!?]+(?:\s+|$)|\s[-–—]\s|\s(?:and|so)\s")
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
NOT_SURE = re.compile(r"\b(?:not sure|unsure|do not know)\b")
UNSURE = re.compile(
    rf"{NOT_SURE.pattern}|\b(?:but|maybe|perhaps|might|may|although|though|unless"
    r"|actually|sorry|wait|yes|no|or|if)\b"
)
NEGATION = re.compile(
    r"\b(?:(?<!said )no|not|never|none|nobody|nothing|nor|neither|without|cannot)\b"
)
YES = r"yes|yeah|yep|yup"
NO = r"no|nope|nah"
YES_FIRST = re.compile(rf"^(?:{YES})\b")
NO_FIRST = re.compile(rf"^(?:{NO}|not (?:that i know|as far as|to my)|i do not think so)\b")
# "No" before one of these stands alone; before other words it may belong to them ("no consent").
SUBJECT = (
    r"(?:i|we|he|she|they|it|that|this|there|the|mum|dad|both|all|everyone|everybody|nobody)\b"
)
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


def said_first(text: str, step: Step) -> StepOption | None:
    """The option that the first sentence is, where more follows: "3 then. And who takes minutes?"

    What follows a yes or a no may take it back, and is weighed in `explained`.
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


def common(label: str, words: str, answers: Mapping[str, Sequence[str]]) -> bool:
    """Whether the words, made plain, are a way to give that common answer."""
    return words in map(folded, (label, *answers[label]))


def bare(text: str, answers: Mapping[str, Sequence[str]]) -> bool:
    """A number or a common answer, and nothing else."""
    words = folded(text)
    return number(text) is not None or any(common(label, words, answers) for label in answers)


def meant(text: str, step: Step, similarity: Similarity) -> StepOption | None:
    """The option that the text clearly paraphrases; None when two are near or none is."""
    led = LEAD.fullmatch(folded(text))
    if led and worded(led[1], step):
        return explained(text, step, similarity)
    return (
        numbered_last(text, step)
        or explained(text, step, similarity)
        or clearest(led[2] if led else text, step.options, similarity)
        or within(text, step, similarity)
    )


def within(text: str, step: Step, similarity: Similarity) -> StepOption | None:
    """The one option that parts of a longer reply name, as in "shes at nans, put not sure".

    No other part may speak against it. Against not being sure speaks a yes alone: whoever is not
    sure weighs this and that. What follows a yes or a no is weighed in `explained`.
    """
    parts = [folded(answer_in(each)) for each in PART.split(text) if each]
    named = [_named(part, step, similarity) for part in parts]
    rest = [part for part, option in zip(parts, named, strict=True) if option is None]
    found = {option.id: option for option in named if option}
    if len(found) != 1:
        return None
    option = next(iter(found.values()))
    against = YES_FIRST if option is worded("not sure", step) else UNSURE
    return None if any(against.search(part) for part in rest) else option


def numbered_last(text: str, step: Step) -> StepOption | None:
    """The option whose number ends a reply of a word or two, as in "sigh. 2"."""
    first, *rest = filter(None, PART.split(text))
    if len(rest) != 1 or " " in first.strip() or UNSURE.search(folded(first)):
        return None
    place = number(rest[0])
    return None if place is None else option_at(place, step)


def _named(part: str, step: Step, similarity: Similarity) -> StepOption | None:
    if " " not in part:
        return None
    if NOT_SURE.match(part):
        return worded("not sure", step)
    return worded(part, step) or clearest(part, step.options, similarity)


def explained(text: str, step: Step, similarity: Similarity) -> StepOption | None:
    """An option's own words and then more, as in "no, she is at school" or "no hes at school".

    What follows must not speak against it, unless it is that one is not sure. Without a comma, or
    with two negations, it must bear it out.
    """
    text = answer_in(text)
    words, *more = CLAUSE.split(text, maxsplit=1)
    led = None if more else LEAD.fullmatch(folded(text))
    if led:
        words, more = led[1], [led[2]]
    if not more or number(words) is not None:
        return None
    option = said(words, step)
    if option and worded(folded(answer_in(more[0])), step) is option:
        return option
    if UNSURE.search(folded(more[0])):
        return None
    if option is None or NOT_SURE.search(folded(words)):
        # Whoever is not sure says why, and leans to one side with that.
        return option
    needed = led is not None or (negated(words) and negated(more[0]))
    borne_out = bears_out(more[0], option, step, similarity)
    return option if borne_out or (borne_out is None and not needed) else None


def bears_out(text: str, option: StepOption, step: Step, similarity: Similarity) -> bool | None:
    """Whether the text says the same as the option: it leans to it, or denies another."""
    if worded(folded(answer_in(text)), step) is option:
        return True
    found = nearest(text, step.options, similarity, LEANING)
    if found is None:
        return None
    place, phrase = found
    return (step.options[place] is option) == (negated(text) == negated(phrase))


def clearest(text: str, options: Sequence[StepOption], similarity: Similarity) -> StepOption | None:
    found = nearest(text, options, similarity, CLEAR)
    if found is None or negated(text) != negated(found[1]):
        return None
    return options[found[0]]


def nearest(
    text: str, options: Sequence[StepOption], similarity: Similarity, least: float
) -> tuple[int, str] | None:
    """The place of the option nearest to the text, and its wording; None when two are near."""
    phrases = [
        (place, phrase)
        for place, option in enumerate(options)
        for phrase in (option.label, *option.also)
    ]
    scores = similarity(text, [phrase for _, phrase in phrases])
    best: dict[int, tuple[float, str]] = {}
    for (place, phrase), score in zip(phrases, scores, strict=True):
        best[place] = max(best.get(place, (0.0, "")), (float(score), phrase))
    (score, phrase, place), *others = sorted(
        ((*each, place) for place, each in best.items()), reverse=True
    )
    if score < least or (others and score - others[0][0] < MARGIN):
        return None
    return place, phrase


def amended(
    text: str, steps: Sequence[Step], similarity: Similarity | None = None
) -> tuple[Step, StepOption] | None:
    """The step and option that a change of mind clearly means, among steps answered before.

    Without `similarity` only a label or a declared wording of one step alone counts.
    """
    words = CHANGE_CUE.sub("", folded(text), count=1)
    if not words or number(words) is not None:
        return None
    exact = [(step, option) for step in steps if (option := said(words, step))]
    if exact or similarity is None:
        return exact[0] if len(exact) == 1 else None
    ways = [(step, option) for step in steps for option in step.options]
    option = clearest(words, [option for _, option in ways], similarity)
    return next((way for way in ways if way[1] is option), None)


def negated(text: str) -> bool:
    """Vectors hardly tell "she did" from "she did not", so the words are looked at."""
    return NEGATION.search(folded(text)) is not None


def shared_wordings(options: Iterable[StepOption]) -> set[str]:
    """Wordings that more than one option claims."""
    seen: dict[str, str] = {}
    twice: set[str] = set()
    for option in options:
        for words in {folded(each) for each in (option.label, *option.also)}:
            if seen.setdefault(words, option.id) != option.id:
                twice.add(words)
    return twice
