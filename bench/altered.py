"""New editions of documents with known changes, made by chance from a seed.

Of every passage of the new edition it is known which of the old ones it goes on with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from knowledge.documents import Passage
from knowledge.importing import ProposedPassage
from knowledge.intake import anchor_of, label_of, reference_of

RATES = {"reword": 0.2, "delete": 0.05, "insert": 0.05, "split": 0.04, "join": 0.04, "move": 0.04}
"""Of a hundred passages, so many are altered in each way; the rest keep their words, and half of
those get other dashes, quotation marks and spaces."""
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5)
"""So large a part of the words of a passage is others, where it is reworded."""
LEAST_TO_SPLIT = 16
STRAIGHT_AND_CURLY = str.maketrans({"'": "’", '"': "“", "-": "‑"})


@dataclass(frozen=True)
class Altered:
    """`sources`: of each new passage the places of the old ones that its words come from; none
    where it is new."""

    old: Sequence[Passage]
    new: Sequence[ProposedPassage]
    sources: Sequence[tuple[int, ...]]


def stored(document_id: str, proposed: Sequence[ProposedPassage]) -> list[Passage]:
    """The passages as an import would keep them."""
    return [
        Passage(
            id=f"{document_id}.{anchor_of(each, at)}-{at}",
            document_id=document_id,
            reference=reference_of(each, at),
            label=label_of(each, ""),
            text=each.text,
            start=0,
            end=len(each.text),
            kind=each.kind,
            heading=each.heading,
            lead_in=each.lead_in,
        )
        for at, each in enumerate(proposed, start=1)
    ]


def altered(
    proposed: Sequence[ProposedPassage], strangers: Sequence[ProposedPassage], seed: int
) -> Altered:
    """`strangers`: passages of other documents, of which some are put in, and whose words are
    written in place of others."""
    chance = Random(seed)  # noqa: S311  # Nothing depends on it being a secret.
    vocabulary = [word for each in strangers for word in each.text.split()]
    made: list[tuple[ProposedPassage, tuple[int, ...]]] = []
    aside: list[tuple[ProposedPassage, tuple[int, ...]]] = []
    for at, passage in enumerate(proposed):
        what = _chosen(chance)
        if what == "insert" and strangers:
            made.append((chance.choice(strangers), ()))
        if what == "delete":
            continue
        if what == "move":
            aside.append((passage, (at,)))
            continue
        if what == "join" and made and made[-1][1] and passage.kind == made[-1][0].kind:
            before, sources = made.pop()
            joined = replace(before, text=f"{before.text} {passage.text}")
            made.append((joined, (*sources, at)))
            continue
        if what == "split" and len(passage.text.split()) >= LEAST_TO_SPLIT:
            said = passage.text.split()
            cut = chance.randrange(len(said) // 4, len(said) * 3 // 4)
            for part in (said[:cut], said[cut:]):
                made.append((replace(passage, text=" ".join(part)), (at,)))
            continue
        if what == "reword":
            text = _reworded(passage.text, chance.choice(SHARES), vocabulary, chance)
            passage = replace(passage, text=text)
        elif chance.random() < 0.5:
            passage = replace(passage, text=passage.text.translate(STRAIGHT_AND_CURLY))
        made.append((passage, (at,)))
    for each in aside:
        made.insert(chance.randrange(len(made) + 1), each)
    new = [_renumbered(passage) for passage, _ in made]
    came_from = [sources for _, sources in made]
    return Altered(stored("900", proposed), new, came_from)


def _chosen(chance: Random) -> str:
    """One of the ways, or none."""
    throw = chance.random()
    for what, rate in RATES.items():
        throw -= rate
        if throw < 0:
            return what
    return "keep"


def _reworded(text: str, share: float, vocabulary: Sequence[str], chance: Random) -> str:
    """So large a share of the words is replaced, left out or joined by another, at least one."""
    said = text.split()
    for at in chance.sample(range(len(said)), max(1, round(share * len(said)))):
        word = chance.choice(vocabulary)
        said[at] = chance.choice([word, word, "", f"{said[at]} {word}"])
    return " ".join(filter(None, said)) or text


def _renumbered(passage: ProposedPassage) -> ProposedPassage:
    """A section was put in before all others: 2.1 is 3.1 now, and stands under another number."""
    head, dot, rest = (passage.number or "").partition(".")
    number = f"{int(head) + 1}{dot}{rest}" if head.isdigit() else passage.number
    return replace(passage, number=number)
