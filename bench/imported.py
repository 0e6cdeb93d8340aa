"""How documents are answered from that were imported and have no questions.

`python -m bench.imported FOLDER` takes in every document of the folder beside the content as it is,
and asks the sets that lie there, in the form of `docs/evaluation.md`, with a file's name for `doc`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bot.evaluation.intervals import Share
from bot.evaluation.items import Item, read_items
from bot.settings import Settings
from knowledge import Knowledge
from knowledge.editions.contents import copy_content
from knowledge.gold import GoldCheck
from knowledge.library import Library
from knowledge.tuning.imports import SET, documents_in, put_in

SHOWN = 3
EVERY = 12
"""Of the questions that nothing shipped answers so many are passed over for one that is asked: some
320 are enough to see a tenth of them go."""


def asked(folder: Path, ids: dict[str, str], library: Library, made: Path) -> Iterator[Item]:
    """The items of every set, with the documents' ids."""
    for path in sorted(folder.glob(f"*{SET}")):
        lines = map(json.loads, path.read_text("utf-8").splitlines())
        named = (json.dumps(with_ids(line, ids)) for line in lines)
        copy = made / path.name
        copy.write_text("\n".join(named), "utf-8")
        yield from read_items(copy, library)


def with_ids(line: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    gold = [{**each, "doc": ids.get(each["doc"], each["doc"])} for each in line.get("gold", ())]
    return {**line, "gold": gold}


def figures(knowledge: Knowledge, items: Sequence[Item]) -> Iterator[tuple[str, Share]]:
    gold = GoldCheck(knowledge.library, knowledge.relations)
    answers = [item for item in items if item.kind == "answer"]
    hits = [
        [gold.hit(hit, item.gold, item.passages) for hit in knowledge.search(item.q, SHOWN).hits]
        for item in answers
    ]
    shown = [
        any(gold.hit(quote, item.gold, item.passages) for quote in knowledge.answer(item.q).quotes)
        for item in answers
    ]
    claimed = [
        found.verdict == "answerable" and found.confidence == "answers"
        for found in (knowledge.search(item.q, SHOWN) for item in items if item.kind == "abstain")
    ]
    for name, among in alone(knowledge, answers, gold):
        yield f"{name} alone, among three of the new passages", among
    yield "search: a right passage first", Share.of(hit[0] for hit in hits)
    yield "search: among three", Share.of(any(hit) for hit in hits)
    yield "shown in an answer", Share.of(shown)
    yield "not in them: claimed as answered", Share.of(claimed)


def unanswered(before: Knowledge, after: Knowledge) -> Iterator[tuple[str, Share]]:
    """What becomes of questions that nothing shipped answers, with the new documents beside. They
    stand for those who ask the same in other words."""
    topics = (*before.questions.gaps.values(), *before.questions.out_of_scope.values())
    questions = [each for topic in topics for each in topic.questions][::EVERY]
    old = before.library.documents.keys()
    for name, side in (("without the new", before), ("with the new", after)):
        found = [side.search(each, SHOWN, in_other_words=True) for each in questions]
        claimed = [each.verdict == "answerable" and each.confidence == "answers" for each in found]
        by_old = [
            is_so and each.hits[0].citation.document_id in old
            for is_so, each in zip(claimed, found, strict=True)
        ]
        yield f"nothing shipped answers: claimed, {name}", Share.of(claimed)
        yield f"nothing shipped answers: claimed by a shipped passage, {name}", Share.of(by_old)
        near = [each.verdict == "answerable" for each in found]
        yield f"nothing shipped answers: with nearest passages, {name}", Share.of(near)


def alone(
    knowledge: Knowledge, answers: Sequence[Item], gold: GoldCheck
) -> Iterator[tuple[str, Share]]:
    """What the likeness of one vector to whole passages finds: ours, and that of the package."""
    corpus, encoder = knowledge.searching.scorer.corpus, knowledge.encoder
    new = np.flatnonzero(~corpus.asked_about)
    for name, vectors, query in (
        ("the retrieval vector", corpus.passages.retrieval[new], encoder.retrieval_query),
        ("the sentence vector", corpus.passages.vectors[new], encoder.query),
    ):
        hits = []
        for item in answers:
            near = new[np.argsort(-(vectors @ query(item.q)))[:SHOWN]]
            quotes = (knowledge.quote(corpus.passage_ids[number]) for number in near)
            hits.append(any(gold.hit(quote, item.gold, item.passages) for quote in quotes))
        yield name, Share.of(hits)


def main() -> None:
    settings, folder = Settings.read(), Path(sys.argv[1])
    with TemporaryDirectory(prefix="principles-") as made:
        content, state = Path(made) / "content", Path(made) / "state"
        copy_content(settings.knowledge_dir, content)
        ids = put_in(documents_in(folder), content)
        state.mkdir()
        (state / "models").symlink_to(settings.models_dir)
        knowledge = Knowledge.open(state, folder=content, costs=settings.knowledge_dir)
        library = knowledge.library
        print(f"{len(set(ids.values()))} imported, {len(library.passages)} passages in all")
        for label, share in figures(knowledge, list(asked(folder, ids, library, Path(made)))):
            print(f"  {label}: {share}")
        for label, share in unanswered(Knowledge.open(settings.state_dir), knowledge):
            print(f"  {label}: {share}")


if __name__ == "__main__":
    main()
