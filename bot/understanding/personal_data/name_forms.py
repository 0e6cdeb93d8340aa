"""Names as records, case systems and the police write them.

In capitals ("KIERAN WALSH"), with the surname first ("BAXTER, Lily-Rose", "Smith, A."), with
initials ("A. J. Smith", "Smith J (b)"), behind a label ("Child: Dean") or a relation ("mum JADE"),
between signs ("*Jade*"), in odd letters ("dEaN"), in a list with other names, and where only a
person stands ("Summer told her").
"""

from __future__ import annotations

import regex

from bot.understanding.personal_data.lexicon import LINKS, MADE_OF_WORDS, Lexicon
from bot.understanding.personal_data.tokens import MIXED, Token

COMMA = regex.compile(r", ?")
LABEL = regex.compile(r"[\"']? ?[:=] ?[\"']?| - |>")
KEY = regex.compile(r"[\"'] ?: ?[\"']|>")
BESIDE = regex.compile(r"[ .]{1,2}|,? ?\(|, | - ")
STOP = regex.compile(r" ?(?:[.,;:!?()\[\]/&+=\n\d-]|$)")
MARK = regex.compile(r" ?(?:[^\p{L}\d\s]|$)|\n")
BETWEEN_MARKS = regex.compile(r"(?<=[<>*_~|\"'\[])\p{L}[\p{L}'-]{0,40}+(?=[<>*_~|\"'\]])")
ALONE = regex.compile(r"[\s,;:!?)]|$")
IRISH = regex.compile(r"[od]['’]\p{L}{3,}")
APOSTROPHE_INSIDE = regex.compile(r"\p{Lu}\p{Ll}{0,3}['’]\p{Lu}\p{Ll}{2,}")
ODD = regex.compile(r"\p{L}*\p{Ll}\p{Lu}\p{L}*")
JOINED = regex.compile(r"\p{Lu}\p{Ll}+")
INITIALS = regex.compile(
    r"(?<![\p{L}\p{N}'’.])(?:(?!(?:[ei]\. ?[ge]\.)|I )\p{L}\. ?){1,3}$"
    r"|(?<![\p{L}\p{N}'’.])(?:\p{Lu} ?\p{Lu}|(?![AI])\p{Lu}) $"
)
AGE = regex.compile(r" ?\((?:aged? ?)?(?:y(?:ea)?r? ?)?1?\d\b", regex.IGNORECASE)
OF_AN_AGE = regex.compile(
    r",? (?:is|was|aged?) (?:only |just |nearly )?1?\d\b(?! ?(?:%|days|per))|, 1?\d,"
    r"|,? (?:is|was) in (?:y(?:ea)?r? ?\d|reception|nursery)",
    regex.IGNORECASE,
)
OF_WHOM = regex.compile(r" ?\((?:[a-z]{1,4}|\d{1,2})\)")
IN_A_LIST = regex.compile(r",? (?:and|or|n|&) |[,;] | ?[/&+|] ?|\n(?:[-*•] |\d{1,2}[.)] )?")
CONCERNED = regex.compile(
    r"\b(?:worr(?:y|ied)|concern(?:s|ed)?|talk(?:s|ed|ing)?|sp(?:oke|eak|eaking|oken)|heard"
    r"|disclosure|referral|told(?: me| us)?) (?:about|to|with|by|for|from) $",
    regex.IGNORECASE,
)
CONCERNED_WITH = 24
"""Characters in which that stands: "disclosure from "."""
INITIALS_AND_BLANKS = 12
"""Characters in which three initials stand."""
SURELY = 5
"""Letters from which on a surname in capitals needs nothing beside it."""
PLACED = frozenset({"in", "at", "near", "around", "outside", "from"})
ARTICLES = frozenset({"the", "a", "an"})
DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "my", "our", "your", "his", "her", "their", "its", "no"}
    | {"any", "each", "every"}
)
SEASONED = frozenset({"been", "come", "gone", "ended", "begun", "started", "arrived", "passed"})
"""What a season has done: "Summer has come"."""
INTRODUCING = frozenset(
    {"by", "to", "from", "with", "and", "of", "for", "is", "was", "called", "re"}
)
"""Before a name with its initials: "ref made by C. Thorne"."""
ADJECTIVES = frozenset({"black", "white", "foster", "young"})
"""Surnames that say more of a family than its name: "the foster family"."""
ACTS = LINKS | {"have", "are", "were", "will", "would", "did", "does", "can", "should", "with"}
BEING = ACTS - {"and", "with"}
NO_PERSON_AFTER = DETERMINERS | PLACED
TELLS = frozenset({"said", "says", "told", "disclosed"})
NOBODY = frozenset({"guy", "mate"})
"""Who tells and is called nothing: "guy said"."""


class Forms:
    """Tells from its form whether a word of a message begins a name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._known = lexicon

    def begins(self, text: str, tokens: list[Token], at: int, shouted: bool) -> bool:
        """`shouted` says that the text was in capitals throughout, and is in small letters now."""
        token = tokens[at]
        if len(token.bare) == 1 or token.plain in self._known.people:
            return False
        if token.plain in self._known.abbreviations and (shouted or token.capitals):
            return False
        return (
            (IRISH.fullmatch(token.plain) is not None and not self._known.is_ordinary(token.plain))
            or ((shouted or token.capitals) and self._in_capitals(text, tokens, at))
            or self._labelled(text, tokens, at)
            or self._related(text, tokens, at)
            or self.surname_first(text, tokens, at)
            or self.after_initials(text, tokens, at)
            or self.surname_and_initial(text, tokens, at)
            or self._of_a_household(text, tokens, at)
            or self._acts(text, tokens, at)
            or self._with_an_age(text, tokens, at)
            or self._capital_inside(text, tokens, at)
            or self._run_together(token)
            or self._in_odd_letters(token)
            or self._stands_alone(text, tokens, at)
            or self._concerns(text, tokens, at)
            or self._at_the_beginning(text, tokens, at)
        )

    def listed_with(self, text: str, tokens: list[Token], begun: set[int]) -> set[int]:
        """First names that are also words, beside other names: "Hope and Jade are twins"."""
        found: set[int] = set()
        everywhere = range(len(tokens))
        for order, step in ((everywhere, -1), (reversed(everywhere), 1)):
            for at in order:
                if at not in begun and self._may_be_listed(tokens, at):
                    beside = _beside_in_a_list(text, tokens, at, step)
                    if beside in begun or beside in found:
                        found.add(at)
        return found

    def _may_be_listed(self, tokens: list[Token], at: int) -> bool:
        token, known = tokens[at], self._known
        if token.plain not in known.first or token.plain in known.no_names:
            return False
        if at and tokens[at - 1].plain in NO_PERSON_AFTER:
            return False
        return token.plain in known.likely or (token.written and token.plain in known.also_words)

    def of_a_person(self, text: str, tokens: list[Token], at: int) -> bool:
        """The name of a place where only a person's can stand: "Mr Halton", "Shirley came"."""
        token, known = tokens[at], self._known
        before = tokens[at - 1] if at else None
        if before and before.plain in known.titles and _gap(text, tokens, at - 1) in {" ", ". "}:
            return True
        if self.surname_first(text, tokens, at) or self.after_initials(text, tokens, at):
            return True
        if token.plain in known.certain:
            return before is None or before.plain not in PLACED
        return known.is_listed(token.plain) and self._does(text, tokens, at)

    def is_an_office(self, tokens: list[Token], at: int) -> bool:
        """ "the Dean": a name that is also a word, with an article and nothing more of a name."""
        if not at or tokens[at - 1].plain not in ARTICLES:
            return False
        alone = at + 1 == len(tokens) or not tokens[at + 1].capital
        return alone and tokens[at].plain in self._known.also_words

    def goes_on(self, text: str, tokens: list[Token], at: int) -> bool:
        """Whether a word in capitals belongs to the name before it."""
        token, known = tokens[at], self._known
        if token.plain in known.abbreviations:
            return False
        if known.is_name(token.plain):
            return True
        if self._in_a_shout(text, tokens, at):
            return False
        return token.plain in known.last or not known.is_ordinary(token.plain)

    def surname_first(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "BAXTER, Lily-Rose", "Smith, A.", "walsh, kieran"."""
        if at + 1 == len(tokens) or not COMMA.fullmatch(_gap(text, tokens, at)):
            return False
        token, first = tokens[at], tokens[at + 1]
        if token.possessive or (at and tokens[at - 1].plain in PLACED):
            return False
        if token.capitals:
            surname = token.plain in self._known.last or self._is_unknown(token)
        else:
            surname = self._known.is_surname(token.plain)
            surname = surname or (token.capital and self._is_unknown(token))
        return surname and self._is_first_name(text, first, token)

    def after_initials(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "A. J. Smith", "JR Okafor"."""
        token = tokens[at]
        start = self.initials(text, token.start)
        if start == token.start:
            return False
        dotted = "." in text[start : token.start]
        if not self.is_surname(token):
            return dotted and token.capital and self._introduced(tokens, at)
        return token.written or dotted

    def _introduced(self, tokens: list[Token], at: int) -> bool:
        """Whether a name may stand there with its initials: "ref made by C. Thorne"."""
        first = max(0, at - 1)
        while first and len(tokens[first - 1].text) == 1:
            first -= 1
        if tokens[at].plain in self._known.field:
            return False
        before = tokens[first - 1].plain if first else "by"
        return before in INTRODUCING or before in self._known.titles

    def surname_and_initial(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "Smith J (b) in care", "Jones B missed none", "- Fern D" on a line of its own."""
        if at + 1 == len(tokens) or _gap(text, tokens, at) != " ":
            return False
        token, initial, known = tokens[at], tokens[at + 1], self._known
        if not token.written or not initial.initial or token.possessive:
            return False
        if token.plain in known.places or text[initial.after : initial.after + 1].isdigit():
            return False
        surname = token.plain in known.last or self._is_unknown(token)
        if OF_WHOM.match(text, initial.after):
            return surname
        if known.is_surname(token.plain) and initial.text not in "AI":
            return True
        first = token.plain in known.likely
        ends = MARK.match(text, initial.after) is not None
        return ends and (first or known.is_surname(token.plain))

    def initials(self, text: str, start: int) -> int:
        """Where the initials begin that stand before `start`; `start`, when there are none."""
        window = max(0, start - INITIALS_AND_BLANKS)
        found = INITIALS.search(text[window:start])
        letters = found[0].strip().casefold() if found else ""
        if not found or letters in self._known.abbreviations or letters in self._known.titles:
            return start
        return window + found.start()

    def is_surname(self, token: Token) -> bool:
        """Where a surname is due. "Q. Young people" is none."""
        if self._known.is_surname(token.plain) or (token.written and self._is_unknown(token)):
            return True
        return token.capitals and token.plain in self._known.last

    def _in_capitals(self, text: str, tokens: list[Token], at: int) -> bool:
        token, known = tokens[at], self._known
        if known.is_doubled(token.plain):
            return True
        if token.plain in known.certain:
            return len(token.plain) > 3 or known.is_ordinary(token.plain)
        placed = at > 0 and tokens[at - 1].plain in PLACED
        if known.is_surname(token.plain) and len(token.plain) >= SURELY and not placed:
            return True
        if self._surname_beside(text, tokens, at):
            return True
        if known.is_name(token.plain):
            return self._stands_as_a_person(text, tokens, at)
        return token.capitals and self._is_unknown(token) and self._does(text, tokens, at)

    def _surname_beside(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "JADE SMITH", "WILL WALSH", and the other way about, "YOUNG Kieran"."""
        token, known = tokens[at], self._known
        if at + 1 == len(tokens) or _gap(text, tokens, at) not in {" ", "/", "_"}:
            return False
        after = tokens[at + 1]
        if token.plain in known.first and (after.capitals or not token.capitals):
            if known.is_surname(after.plain):
                return True
            called = after.plain in known.last or self._is_unknown(after)
            called = called and after.capitals and token.plain not in known.spoken
            return called and not self._in_a_shout(text, tokens, at + 1)
        shout = at > 0 and tokens[at - 1].capitals
        surname = token.plain in known.last or self._is_unknown(token)
        return surname and after.capital and not shout and known.is_name(after.plain)

    def _stands_as_a_person(self, text: str, tokens: list[Token], at: int) -> bool:
        before = tokens[at - 1] if at else None
        told = before is not None and before.plain in self._known.told
        named = tokens[at].capitals and tokens[at].plain in self._known.first
        return told or (named and _stops(text, tokens[at])) or self._acts_after(text, tokens, at)

    def _does(self, text: str, tokens: list[Token], at: int) -> bool:
        """Before what a person does."""
        if at + 1 == len(tokens) or _gap(text, tokens, at) != " ":
            return False
        return tokens[at + 1].plain in self._known.doing

    def _acts_after(self, text: str, tokens: list[Token], at: int) -> bool:
        if self._does(text, tokens, at):
            return True
        beside = at + 1 < len(tokens) and _gap(text, tokens, at) == " "
        return beside and tokens[at + 1].text.casefold() in ACTS

    def _labelled(self, text: str, tokens: list[Token], at: int) -> bool:
        token, known = tokens[at], self._known
        if not at or not LABEL.fullmatch(_gap(text, tokens, at - 1)):
            return False
        label = tokens[at - 1].plain
        if label in known.keys and KEY.fullmatch(_gap(text, tokens, at - 1)):
            return token.written
        if label not in known.labels and label not in known.name_labels:
            return False
        if known.is_name(token.plain) or (token.written and self._is_unknown(token)):
            return True
        if not token.written or not known.is_listed(token.plain):
            return False
        return label in known.name_labels or self._stands(text, tokens, at)

    def _related(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "Mum JADE and dad DEAN"."""
        token, known = tokens[at], self._known
        listed = token.plain in known.first or (token.capital and token.plain in known.last)
        if not at or not listed or token.plain in known.no_names:
            return False
        relation = tokens[at - 1]
        if relation.plain not in known.people or relation.possessive:
            return False
        if not BESIDE.fullmatch(_gap(text, tokens, at - 1)):
            return False
        likely = token.plain not in known.spoken
        if likely and (token.written or self._followed(text, tokens, at)):
            return True
        return (token.written or likely) and self._stands(text, tokens, at)

    def _of_a_household(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "the WALSH family"."""
        token, known = tokens[at], self._known
        if at + 1 == len(tokens) or tokens[at + 1].plain not in known.households:
            return False
        if _gap(text, tokens, at) != " " or not (token.capitals or token.capital_inside):
            return False
        if known.is_name(token.plain) or self._is_unknown(token):
            return True
        family = tokens[at + 1].text in {"family", "families"} and token.plain not in ADJECTIVES
        return family and token.plain in known.last and token.plain not in known.no_names

    def _stands_alone(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "Jade: refused", "*Jade*", "- Jade", "<i>Baxter</i>", "Ruby's bruises"."""
        token, known = tokens[at], self._known
        if not token.capital or token.plain in known.spoken or token.plain in known.no_names:
            return False
        if token.plain in known.first and token.plain not in known.also_places:
            return token.possessive or MARK.match(text, token.after) is not None
        marked = known.is_name(token.plain) or self._is_unknown(token)
        return marked and BETWEEN_MARKS.match(text, token.start) is not None

    def _concerns(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "worried about poppy, do i tell", "told me by poppy that"."""
        token, known = tokens[at], self._known
        if not at or token.plain not in known.likely:
            return False
        said = text[max(0, token.start - CONCERNED_WITH) : token.start]
        if not CONCERNED.search(said):
            return False
        return self._followed(text, tokens, at)

    def _followed(self, text: str, tokens: list[Token], at: int) -> bool:
        """By nothing, or by what stands behind a person and not behind half of a thing."""
        if at + 1 == len(tokens) or MARK.match(text, tokens[at].after):
            return True
        after = tokens[at + 1].plain
        return after in DETERMINERS | self._known.following or after.endswith("ing")

    def _at_the_beginning(self, text: str, tokens: list[Token], at: int) -> bool:
        """A first name that is also a word begins a sentence, and what follows needs a person:
        "Summer told her", "summer said", "Christian is in Y9", "Hope's bruises".
        """
        token, known = tokens[at], self._known
        if token.plain not in known.first:
            return False
        also_a_word = token.plain in known.also_words or token.plain in known.no_names
        if token.plain in known.spoken and not also_a_word:
            return False
        if at + 1 == len(tokens) or (at and tokens[at - 1].plain in NO_PERSON_AFTER):
            return False
        after = tokens[at + 1]
        if not token.capital:
            tells = token.first_in_sentence and after.plain in TELLS and token.plain not in NOBODY
            return tells and token.plain in known.also_words
        if token.possessive:
            return after.plain in known.belongings
        if _gap(text, tokens, at) == " " and self._needs_a_person(tokens, at):
            return True
        return OF_AN_AGE.match(text, token.after) is not None

    def _needs_a_person(self, tokens: list[Token], at: int) -> bool:
        token, after, known = tokens[at], tokens[at + 1], self._known
        if token.plain in known.likely and token.plain not in known.also_places:
            return after.plain in known.doing or after.plain in BEING
        if after.plain in known.speaking:
            return True
        then = tokens[at + 2].plain if at + 2 < len(tokens) else ""
        if token.plain in known.no_names or token.plain in known.also_places:
            return after.plain in {"has", "had"} and then in {"a", "an", "no"}
        return after.plain in known.doing and then not in SEASONED

    def _in_odd_letters(self, token: Token) -> bool:
        """ "dEaN", "Ja'Quan"."""
        known = self._known
        if APOSTROPHE_INSIDE.fullmatch(token.bare):
            return True
        odd = ODD.fullmatch(token.bare) is not None and not token.written
        return odd and token.plain in known.likely

    def _acts(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "walsh said", "ivy says": a name where a person stands."""
        if not self._does(text, tokens, at) or (at and tokens[at - 1].plain in DETERMINERS):
            return False
        return self._known.is_name(tokens[at].plain)

    def _with_an_age(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "Honey (Y1)", "FERN (8)", "Will is 7", "ruby is 4"."""
        token, known = tokens[at], self._known
        if token.plain not in known.first:
            return False
        if token.written and AGE.match(text, token.after):
            return True
        likely = token.plain in known.likely or token.written
        likely = likely and token.plain not in known.no_names
        return likely and OF_AN_AGE.match(text, token.after) is not None

    def _capital_inside(self, text: str, tokens: list[Token], at: int) -> bool:
        """ "so River came": inside a sentence, a name that is also a word keeps its capital."""
        token, known = tokens[at], self._known
        if not token.capital_inside or token.plain not in known.first:
            return False
        if not at or token.plain in known.no_names or token.plain in known.also_places:
            return False
        before = tokens[at - 1]
        if before.plain in DETERMINERS or before.plain in PLACED:
            return False
        if before.written and not (before.first_in_sentence and before.plain in known.spoken):
            return False
        return at + 1 == len(tokens) or not tokens[at + 1].written

    def _run_together(self, token: Token) -> bool:
        """ "KieranWalsh", "MumJade", "jadebaxter"."""
        parts = [part.casefold() for part in JOINED.findall(token.bare)]
        if len(parts) > 1:
            return MIXED.fullmatch(token.bare) is None and any(
                part in self._known.likely for part in parts
            )
        return self._known.is_run_together(token.plain)

    def _is_first_name(self, text: str, first: Token, surname: Token) -> bool:
        if first.plain in self._known.certain or self._known.is_doubled(first.plain):
            return True
        if first.initial:
            dotted = text[first.after : first.after + 1] == "."
            alone = first.text not in "AI" and ALONE.match(text, first.after) is not None
            return self._known.is_surname(surname.plain) and (dotted or alone)
        if not first.written or not surname.written or first.plain in self._known.no_names:
            return False
        return first.plain in self._known.first or (surname.capitals and self._is_unknown(first))

    def _stands(self, text: str, tokens: list[Token], at: int) -> bool:
        """Alone, or before what a person does, or before more of a name."""
        if _stops(text, tokens[at]) or self._acts_after(text, tokens, at):
            return True
        return at + 1 < len(tokens) and self._known.is_surname(tokens[at + 1].plain)

    def _in_a_shout(self, text: str, tokens: list[Token], at: int) -> bool:
        """Among ordinary words in capitals, which are no part of a name: "KIERAN MUST GO"."""
        if at + 1 == len(tokens) or _gap(text, tokens, at) != " ":
            return False
        after = tokens[at + 1]
        return after.capitals and after.plain not in self._known.abbreviations

    def _is_unknown(self, token: Token) -> bool:
        """Nobody's word, whatever its letters: "OYELARAN"."""
        word = token.plain
        if word in self._known.abbreviations or MADE_OF_WORDS.search(word):
            return False
        return self._known.is_strange(word)


def _gap(text: str, tokens: list[Token], at: int) -> str:
    """What stands between the word and the next."""
    return text[tokens[at].after : tokens[at + 1].start]


def _beside_in_a_list(text: str, tokens: list[Token], at: int, step: int) -> int | None:
    """The word listed before (`step` -1) or after (1) another, with at most an "and" between."""
    for beside in (at + step, at + 2 * step):
        if 0 <= beside < len(tokens):
            first, second = sorted((at, beside))
            if IN_A_LIST.fullmatch(text, tokens[first].after, tokens[second].start):
                return beside
    return None


def _stops(text: str, token: Token) -> bool:
    return STOP.match(text, token.after) is not None
