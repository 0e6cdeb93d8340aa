"""The number that is shown for a passage of a new edition: it follows the new text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from knowledge.documents import Passage
from knowledge.importing import ProposedPassage
from knowledge.intake import reference_of
from knowledge.revision.wording import Words, nearest_heading, words

SIGNS = "§#"
"""What whoever cut a document by hand wrote before its numbers."""
List = tuple[Words, Words]
"""The heading and the lead-in that several passages have in common."""


def new_references(
    old: Sequence[Passage], new: Sequence[ProposedPassage], pairs: Mapping[int, int]
) -> tuple[str, ...]:
    """One for each new passage; `pairs`: of old places to new ones.

    A number that is the same is written as before. A name such as "§2.1 bullet 4", which a person
    gave where the document has no number, stays where nothing was added to those under that heading
    and lead-in, taken out of them or put in another order; the number in it follows the text, too.
    Else the place in the document is shown: the name may be wrong.
    """
    sign = _sign(old)
    before = {at: old[was] for was, at in pairs.items()}
    steady = _steady(old, new, pairs)
    numbers = {
        old[was].reference: _written(old[was].reference, own, sign)
        for was, at in pairs.items()
        if (own := new[at].reference)
    }
    found: list[str] = []
    for at, passage in enumerate(new):
        was = before.get(at)
        if own := passage.reference:
            found.append(_written(was.reference if was else None, own, sign))
        else:
            name = _named_anew(was.reference, numbers) if was and was.id in steady else None
            found.append(name or reference_of(passage, at + 1))
    return tuple(found)


def _written(before: str | None, own: str, sign: str) -> str:
    """The document's own number, as before where it is the same."""
    return before if before and words(before) == words(own) else f"{sign}{own}"


def _named_anew(name: str, numbers: Mapping[str, str]) -> str | None:
    """A person's name for a passage, with the new number of the passage that it begins with."""
    if name.startswith("¶"):
        return None
    parents = [each for each in numbers if name.startswith(f"{each} ")]
    if parents:
        parent = max(parents, key=len)
        return numbers[parent] + name.removeprefix(parent)
    renumbered = any(was != now for was, now in numbers.items())
    return None if renumbered and any(sign in name for sign in SIGNS) else name


def _sign(old: Sequence[Passage]) -> str:
    """What stands before most of the document's own numbers."""
    signs = Counter(each.reference[0] for each in old if each.reference[:1] in SIGNS)
    return signs.most_common(1)[0][0] if signs else ""


def _steady(
    old: Sequence[Passage], new: Sequence[ProposedPassage], pairs: Mapping[int, int]
) -> set[str]:
    """The ids of passages in lists that nothing was added to or taken out of."""
    called = {_list(new[at]): _list(old[was]) for was, at in pairs.items()}
    was: defaultdict[List, list[int]] = defaultdict(list)
    now: defaultdict[List, list[int | None]] = defaultdict(list)
    for place, passage in enumerate(old):
        was[_list(passage)].append(place)
    for at, proposed in enumerate(new):
        now[called.get(_list(proposed), _list(proposed))].append(at)
    return {
        old[place].id
        for key, places in was.items()
        if [pairs.get(place) for place in places] == now[key]
        for place in places
    }


def _list(passage: Passage | ProposedPassage) -> List:
    return nearest_heading(passage.heading), words(passage.lead_in)
