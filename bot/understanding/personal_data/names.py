"""Names of people: whole or single, in lower case, from anywhere, with and without a title."""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

import regex
from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from bot.understanding.personal_data.excerpt import excerpt
from bot.understanding.personal_data.lexicon import LINKS, MADE_OF_WORDS, Lexicon
from bot.understanding.personal_data.name_forms import Forms
from bot.understanding.personal_data.tokens import MIXED, Token, tokens_of
from bot.understanding.personal_data.typos import SHORTEST_NAME

NEXT_TO = regex.compile(r"[ .]{1,2}|, (?=\p{Lu})")
LETTER_BY_LETTER = regex.compile(
    r"(?<![\p{L}\d])\p{L}([ .\-_*]|\p{So})\p{L}(?:\1\p{L}){2,}(?![\p{L}\d])"
)
IN_DIGITS = regex.compile(r"(?<![\p{L}\d])\p{L}[\p{L}\d@$]{2,20}+(?![\p{L}\d])")
LETTER_FOR_DIGIT = str.maketrans("013457@$", "oieastas")
ABBREVIATION = 4
IN_BRACKETS = regex.compile(r" ?\(")
IN_SQUARE_BRACKETS = regex.compile(r"\[[^\[\]]*\]")
QUOTES = frozenset("\"'")
LAWS = frozenset({"law", "rule"})
"""Called after somebody: "Charlie's Law"."""
NO_INITIALS = frozenset({"A", "I"})
LONGEST_NAME = 4
JOINTS = frozenset({" ", ". ", ".", "/", "_", "+"})
INTRODUCTION = 24
"""Characters in which an introduction stands: "birth certificate is "."""
FOREIGN = 0.3
"""Of this share of strange words and more, a text is in another language."""

Model = Callable[[str], list[tuple[int, int]]]
"""Gives the places in a text that it takes for a person."""


class Names(LocalRecognizer):
    """Joins what the model takes for a person with first names, titles and unknown words."""

    def __init__(self, lexicon: Lexicon, model: Model) -> None:
        self._known = lexicon
        self._forms = Forms(lexicon)
        self._model = model
        super().__init__(supported_entities=["name"], name="names")

    def load(self) -> None:
        """Everything is read when it is made."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        if shouted := _is_shouted(text):
            text = text.lower()
        tokens = tokens_of(text)
        everywhere = range(len(tokens))
        places = {at for at in everywhere if self._is_place(text, tokens, at)}
        begun = {
            at
            for at in everywhere
            if at not in places
            and (self._begins(text, tokens, at) or self._forms.begins(text, tokens, at, shouted))
        }
        begun |= self._strange(tokens) - places
        if shouted:
            begun = {at for at in begun if tokens[at].plain not in self._known.abbreviations}
        begun |= self._modelled(text, tokens, begun | places)
        begun |= self._again(tokens, begun) - places
        begun |= self._forms.listed_with(text, tokens, begun)
        spans = [
            self._whole(text, tokens, at)
            for at in sorted(begun)
            if not self._is_an_organisation(tokens, at)
        ]
        spans += [found.span() for found in LETTER_BY_LETTER.finditer(text) if self._spells(found)]
        spans += [found.span() for found in IN_DIGITS.finditer(text) if self._in_disguise(found[0])]
        return [RecognizerResult("name", start, end, 0.9) for start, end in spans]

    def _spells(self, found: regex.Match[str]) -> bool:
        """Letters typed one by one that spell no word, and are too many for an abbreviation."""
        word = "".join(filter(str.isalpha, found[0])).casefold()
        if self._known.is_name(word):
            return True
        long = len(word) > ABBREVIATION or found[0].islower()
        return long and not self._known.is_made_of_words(word)

    def _in_disguise(self, word: str) -> bool:
        """A first name with digits for letters: "K4yl31gh"."""
        letters = sum(map(str.isalpha, word))
        if not SHORTEST_NAME <= letters < len(word) or not word[-1].isalpha():
            return False
        return word.casefold().translate(LETTER_FOR_DIGIT) in self._known.likely

    def _strange(self, tokens: list[Token]) -> set[int]:
        """Words in lower case that nobody knows, in a text whose other words are known."""
        strange = {
            at
            for at, token in enumerate(tokens)
            if token.text.islower() and self._known.is_strange(token.plain)
        }
        return strange if len(strange) < max(2, FOREIGN * len(tokens)) else set()

    def _again(self, tokens: list[Token], begun: set[int]) -> set[int]:
        """The same names with a capital letter elsewhere, where nothing beside them says so."""
        names = {tokens[at].plain for at in begun if tokens[at].written} - self._known.no_names
        words = names & self._known.spoken
        return {
            at
            for at, token in enumerate(tokens)
            if token.plain in names and token.capital
            if token.capital_inside or token.plain not in words
        }

    def _is_an_organisation(self, tokens: list[Token], at: int) -> bool:
        """ "the Lucy Faithfull Foundation"."""
        behind = tokens[at + 1 : at + LONGEST_NAME]
        written = list(takewhile(lambda token: token.capital, behind))
        return any(token.plain in self._known.organisations for token in written)

    def _is_place(self, text: str, tokens: list[Token], at: int) -> bool:
        """A place or a body by what stands beside it: "Ashby council", "we work in Ashby"."""
        token, after = tokens[at], _after(tokens, at)
        if after and self._known.named_things.get(token.plain) == after.plain:
            return True
        if token.possessive and after and after.capital and after.plain in LAWS:
            return True
        if token.plain in self._known.places and not self._forms.of_a_person(text, tokens, at):
            return True
        if not token.capital or token.plain in self._known.certain:
            return False
        if self._forms.after_initials(text, tokens, at):
            return False
        if after and text[token.after : after.start] == " " and after.plain in self._known.bodies:
            return True
        if not self._known.placed.search(text[max(0, token.start - 24) : token.start]):
            return False
        goes_on = after is not None and self._goes_on(text, tokens, at + 1)
        return not token.possessive and not goes_on

    def _begins(self, text: str, tokens: list[Token], at: int) -> bool:
        token, after, known = tokens[at], _after(tokens, at), self._known
        before = tokens[at - 1] if at else None
        beside = before if before and NEXT_TO.fullmatch(text[before.after : token.start]) else None
        if token.plain in known.people or (len(token.plain) < SHORTEST_NAME and not token.capital):
            return False
        if token.plain in known.certain or known.is_doubled(token.plain):
            return not token.text.isupper()
        if MIXED.fullmatch(token.text):
            return True
        if token.possessive and after and after.plain in known.people:
            return token.plain in known.first or token.plain not in known.ordinary
        if beside and beside.plain in known.titles and not beside.possessive:
            return self._titled(beside, token)
        if before and before.plain in known.introducing:
            around = text[max(0, token.start - INTRODUCTION) : token.start]
            if introduced := known.introduced.search(around):
                return self._introduced(introduced[0], token)
        return (
            self._surname_follows(text, tokens, at)
            or self._acts(beside, token, after)
            or self._explained(text, token, after)
            or (known.is_unknown(token) and self._stands_out(beside, token, after))
        )

    def _introduced(self, introduction: str, token: Token) -> bool:
        """A "Named Nurse" is an office, and nobody called so."""
        if token.plain in self._known.field:
            return token.capital and introduction[0].islower()
        quoted_words = introduction[-1] in QUOTES and self._known.is_ordinary(token.plain)
        return token.capital or (token.text.islower() and not quoted_words)

    def _stands_out(self, beside: Token | None, token: Token, after: Token | None) -> bool:
        """An unknown word written or placed as a name is."""
        if token.possessive or token.capital_inside:
            return True
        if MADE_OF_WORDS.search(token.plain):
            return False
        if token.capital:
            return after is not None and (after.plain in self._known.doing or after.text in LINKS)
        return beside is not None and beside.plain in self._known.people and not beside.possessive

    def _acts(self, beside: Token | None, token: Token, after: Token | None) -> bool:
        """A strange word where a person stands: "what jax said", "tell kia about it"."""
        stands = (beside and beside.plain in self._known.told) or (
            after and after.plain in self._known.doing
        )
        if not stands or not token.text.islower():
            return False
        return token.plain not in self._known.ordinary and self._known.is_unknown(token)

    def _explained(self, text: str, token: Token, after: Token | None) -> bool:
        """A surname, and in brackets who it is: "harbottle (dad)"."""
        if after is None or after.plain not in self._known.people:
            return False
        listed = self._known.is_listed(token.plain)
        listed = listed and (token.capital or token.plain not in self._known.field)
        return listed and IN_BRACKETS.fullmatch(text[token.after : after.start]) is not None

    def _titled(self, title: Token, token: Token) -> bool:
        if title.plain in {"mr", "mrs", "ms", "mx"}:
            named = token.plain not in self._known.field or token.plain in self._known.last
            return token.capital or named
        if title.plain in {"auntie", "aunty", "uncle"} and token.plain in self._known.first:
            return token.plain not in self._known.field
        if token.capitals:
            return title.written and self._forms.is_surname(token)
        return token.capital if title.written else self._known.is_unknown(token)

    def _surname_follows(self, text: str, tokens: list[Token], at: int) -> bool:
        token, after = tokens[at], _after(tokens, at)
        if after is None or text[token.after : after.start] not in {" ", ".", "_"}:
            return False
        if token.text.islower():
            return self._surname_in_lower_case(token, after)
        if not token.capital or not after.capital or after.plain in self._known.bodies:
            return False
        if token.plain in self._known.spoken and after.plain in self._known.places:
            return False
        if self._known.is_surname(after.plain) and token.plain not in self._known.spoken:
            return token.plain not in self._known.titles
        if token.plain in self._known.first or token.plain in self._known.also_words:
            return after.plain in self._known.last or after.plain not in self._known.field
        if not token.capital_inside:
            return self._known.is_unknown(token) and self._known.is_unknown(after)
        return token.plain not in self._known.field and self._known.is_unknown(after)

    def _surname_in_lower_case(self, token: Token, after: Token) -> bool:
        """ "jordan harbottle": a first name that is rarely a word, and what is no word."""
        first = token.plain in self._known.first and token.plain not in self._known.field
        if not first or not after.text.islower():
            return False
        if after.plain in self._known.last:
            return after.plain not in self._known.field
        return self._known.is_unknown(after) and not MADE_OF_WORDS.search(after.plain)

    def _modelled(self, text: str, tokens: list[Token], settled: set[int]) -> set[int]:
        """Tokens that the model takes for a person, and that are not plainly something else.

        Of a very long text those that it has no time to read are taken for names unread.
        """
        doubtful = [
            at
            for at, token in enumerate(tokens)
            if at not in settled and token.capital and self._may_be_a_name(token)
            if not self._forms.is_an_office(tokens, at)
        ]
        if not doubtful:
            return set()
        read, unread = excerpt(text, tokens, doubtful)
        people = self._model(read)
        named = {
            tokens[at].plain
            for at in doubtful
            if any(start <= tokens[at].start and tokens[at].end <= end for start, end in people)
        }
        return unread | {at for at in doubtful if tokens[at].plain in named}

    def _may_be_a_name(self, token: Token) -> bool:
        listed = self._known.is_listed(token.plain) and token.plain not in self._known.field
        return listed or self._known.is_unknown(token)

    def _whole(self, text: str, tokens: list[Token], at: int) -> tuple[int, int]:
        """From the token that begins a name to the last that belongs to it."""
        start, last = tokens[at].start, at
        if self._forms.after_initials(text, tokens, at):
            start = self._forms.initials(text, start)
        if self._forms.surname_first(text, tokens, at) or (
            self._forms.surname_and_initial(text, tokens, at)
        ):
            last += 1
        while (
            last + 1 < len(tokens)
            and last - at + 1 < LONGEST_NAME
            and not tokens[last].possessive
            and text[tokens[last].after : tokens[last + 1].start] in JOINTS
            and self._goes_on(text, tokens, last + 1)
        ):
            last += 1
        return start, tokens[last].end

    def _goes_on(self, text: str, tokens: list[Token], at: int) -> bool:
        token, known = tokens[at], self._known
        if len(token.text) == 1:
            if text[token.after : token.after + 1].isdigit():
                return False
            dotted = text[token.after : token.after + 1] == "."
            return dotted or (token.initial and token.text not in NO_INITIALS)
        if token.plain in known.particles and at + 1 < len(tokens):
            return tokens[at + 1].capital or known.is_unknown(tokens[at + 1])
        if token.bare.isupper():
            return self._forms.goes_on(text, tokens, at)
        if len(tokens[at - 1].text) == 1 and self._forms.is_surname(token):
            return True
        if token.capital_inside:
            return token.plain not in known.field or token.plain in known.last
        return self._may_be_a_name(token)


def _is_shouted(text: str) -> bool:
    """In capitals throughout, but for what was taken out of it; in as many small letters."""
    typed = IN_SQUARE_BRACKETS.sub("", text)
    return typed.isupper() and len(text.lower()) == len(text)


def _after(tokens: list[Token], at: int) -> Token | None:
    return tokens[at + 1] if at + 1 < len(tokens) else None
