"""Which option a typed reply means: its number, its words, or clearly a way to say it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from bot.flows.model import Option, Step

# Cosine similarity of a text to each phrase.
Similarity = Callable[[str, Sequence[str]], Sequence[float]]

CLEAR = 0.58
MARGIN = 0.1

NUMBER = re.compile(r"(?:option |number |answer )?(\d{1,2})[.)]?", re.IGNORECASE)
CHANGE_CUE = re.compile(
    r"(?:(?:no|oh|ah|ok)\s+)*(?:(?:actually|sorry|wait|hang on|hold on|correction|i mean|i meant|"
    r"in fact|i was wrong|i made a mistake|let me change that|can i change my answer(?: to)?|"
    r"change (?:that|it|my answer)(?: to)?|my answer should be|that should be|it should be)\b\s*)+"
)
CLAUSE = re.compile(r"[,;.:]\s|\s[-–—]\s")
UNSURE = re.compile(
    r"\b(?:but|not sure|unsure|dont know|do not know|maybe|perhaps|might|may|although|though|unless"
    r"|actually|sorry|wait|yes|no|or|if)\b"
)
NEGATION = re.compile(
    r"\b(?:(?<!said )no|not|never|none|nobody|nothing|nor|neither|without|cannot"
    r"|(?:ca|wo|do|does|did|is|was|have|has|are|would|could|should)nt)\b"
)


def plain(text: str) -> str:
    """Lower case, no punctuation, one space: what two ways of typing the same words share."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = re.sub(r"['’`]", "", text)
    return " ".join(re.findall(r"\w+", text))


def number(text: str) -> int | None:
    """The number that is all the text says."""
    found = NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def said(text: str, step: Step) -> Option | None:
    """The option with that number, label or declared wording."""
    words = plain(text)
    if not words:
        return None
    place = number(text)
    if place is not None:
        return step.options[place - 1] if 1 <= place <= len(step.options) else None
    for option in step.options:
        if words in (plain(each) for each in (option.label, *option.also)):
            return option
    return None


def meant(text: str, step: Step, similarity: Similarity) -> Option | None:
    """The option that the text clearly paraphrases; None when two are near or none is."""
    return explained(text, step) or clearest(text, step.options, similarity)


def explained(text: str, step: Step) -> Option | None:
    """An option's own words, then a comma or a stop and more, as in "no, she is at school"."""
    words, *more = CLAUSE.split(text, maxsplit=1)
    if not more or number(words) is not None or UNSURE.search(plain(more[0])):
        return None
    return said(words, step)


def clearest(text: str, options: Sequence[Option], similarity: Similarity) -> Option | None:
    phrases = [
        (place, phrase)
        for place, option in enumerate(options)
        for phrase in (option.label, *option.also)
    ]
    scores = similarity(text, [phrase for _, phrase in phrases])
    best: dict[int, tuple[float, str]] = {}
    for (place, phrase), score in zip(phrases, scores, strict=True):
        best[place] = max(best.get(place, (0.0, "")), (float(score), phrase))
    ranked = sorted(((*score, place) for place, score in best.items()), reverse=True)
    if not ranked or ranked[0][0] < CLEAR:
        return None
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return None
    _, phrase, place = ranked[0]
    return options[place] if negated(text) == negated(phrase) else None


def amended(
    text: str, steps: Sequence[Step], similarity: Similarity | None = None
) -> tuple[Step, Option] | None:
    """The step and option that a change of mind clearly means, among steps answered before.

    Without `similarity` only a label or a declared wording of one step alone counts.
    """
    words = CHANGE_CUE.sub("", plain(text), count=1)
    if not words or words.isdigit():
        return None
    exact = [(step, option) for step in steps if (option := said(words, step))]
    if exact or similarity is None:
        return exact[0] if len(exact) == 1 else None
    ways = [(step, option) for step in steps for option in step.options]
    option = clearest(words, [option for _, option in ways], similarity)
    return next((way for way in ways if way[1] is option), None)


def negated(text: str) -> bool:
    """Vectors hardly tell "she did" from "she did not", so the words are looked at."""
    return NEGATION.search(plain(text)) is not None


def shared_wordings(options: Iterable[Option]) -> set[str]:
    """Wordings that more than one option claims."""
    seen: dict[str, str] = {}
    twice: set[str] = set()
    for option in options:
        for words in {plain(each) for each in (option.label, *option.also)}:
            if seen.setdefault(words, option.id) != option.id:
                twice.add(words)
    return twice
