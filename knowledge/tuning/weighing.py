"""`python -m knowledge.tuning.weighing`: how much a passage's own text tells, beside the questions
of others. It writes `knowledge/own_text.json`.

Invented documents that nothing has learnt from are put beside the content as if they were imported,
and asked their questions. What the content's own passages answer are messages by authors that the
encoder has not learnt from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import typer
from numpy.typing import NDArray
from pydantic import BaseModel
from sklearn.linear_model import LogisticRegression

from knowledge.documents import DOCUMENTS, DocumentEntry, PassageEntry, sha256_of, write_document
from knowledge.editions.contents import copy_content
from knowledge.knowledge import Knowledge
from knowledge.library import FOLDER
from knowledge.own_text import TOLD, VIEWS, OwnText, OwnTextWeights, told
from knowledge.ranking import Floats
from knowledge.search import Search
from knowledge.training import fit_shares
from knowledge.tuning.pairs import HELD_BACK, INVENTED, InventedPassage, read_invented

MESSAGES = Path("data", "messages", "waiting")
"""By authors from whom the encoder has not learnt: those of AUTHORS."""
AUTHORS = ("s16", "s17", "s18")
FIRST_ID = 500
OTHERS_WEIGH = 3.0
"""Most that is asked is not about a new document. Chosen on s19 to s21 with the chapters of
`tests/knowledge/importing/open` imported (docs/knowledge.md has both sides)."""
KEPT_DIGITS = 3


class LabelledMessage(BaseModel):
    """What of an author's message is used here (docs/evaluation.md has the whole form)."""

    q: str
    kind: str
    context: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True)
class WeighedQuestion:
    """A question. `passages`: those that answer it, none where nothing does. `here`: whether they
    have no questions of their own."""

    text: str
    passages: tuple[str, ...]
    here: bool


def weigh(home: Path, state_dir: Path) -> OwnTextWeights:
    """`home`: a checkout. `state_dir` holds the exported model."""
    with TemporaryDirectory(prefix="principles-") as made:
        content = Path(made) / "content"
        copy_content(home / "knowledge", content)
        questions = [*put_in(home / INVENTED, content), *messages(home / MESSAGES)]
        state = Path(made) / "state"
        state.mkdir()
        (state / "models").symlink_to((state_dir / "models").absolute())
        knowledge = Knowledge.open(state, folder=content, costs=home / "knowledge")
        return fit(knowledge.searching, questions)


def put_in(invented: Path, content: Path) -> Iterator[WeighedQuestion]:
    """The documents held back, into the folder of the content; gives what is asked of them."""
    passages = [
        passage
        for name in sorted(HELD_BACK)
        for passage in read_invented(invented / f"{name}.jsonl")
    ]
    documents = groupby(passages, key=lambda each: each.document)
    for number, (title, group) in enumerate(documents, start=FIRST_ID):
        yield from write_invented(content / DOCUMENTS / str(number), title, list(group))


def write_invented(
    folder: Path, title: str, group: Sequence[InventedPassage]
) -> Iterator[WeighedQuestion]:
    lines: list[str] = []
    entries: list[PassageEntry] = []
    for place, passage in enumerate(group, start=1):
        lines += filter(None, (passage.heading, passage.lead_in, passage.text))
        entry = PassageEntry(
            id=f"{folder.name}.p{place}",
            reference=f"¶ {place}",
            label=passage.heading,
            heading=passage.heading,
            lead_in=passage.lead_in,
            lines=(len(lines), len(lines)),
            kind="item" if passage.lead_in else "paragraph",
            text=passage.text,
        )
        entries.append(entry)
        yield from (WeighedQuestion(each, (entry.id,), here=True) for each in passage.questions)
        yield from (WeighedQuestion(each, (), here=False) for each in passage.not_answered)
    text = "\n".join(lines) + "\n"
    document = DocumentEntry(
        title=title,
        publisher="nobody: it is invented",
        certainty="C",
        area=None,
        version="invented",
        year=None,
        sha256=sha256_of(text),
    )
    write_document(folder, document, text, entries)


def messages(folder: Path) -> Iterator[WeighedQuestion]:
    """Those that stand alone and are answered by passages, or by nothing."""
    for author in AUTHORS:
        for line in (folder / f"{author}.jsonl").read_text("utf-8").splitlines():
            message = LabelledMessage.model_validate_json(line)
            if message.kind in ("answer", "abstain", "out_of_scope") and not message.context:
                yield WeighedQuestion(message.q, message.passages, here=False)


def fit(search: Search, questions: Sequence[WeighedQuestion]) -> OwnTextWeights:
    numbers = {passage_id: n for n, passage_id in enumerate(search.corpus.passage_ids)}
    nothing = np.zeros(len(TOLD), np.float32)
    views = fit_shares(rows_of(search, questions, numbers))
    weights = OwnTextWeights(views, nothing, nothing)
    search.own_text = own_text = OwnText(search.corpus, search.words, weights)
    values = np.stack([_told(search, own_text, each.text) for each in questions])
    here = np.array([each.here for each in questions])
    answered = np.array([bool(each.passages) for each in questions])
    return OwnTextWeights(
        views,
        fit_chance(values[answered], here[answered]),
        fit_chance(values[here | ~answered], here[here | ~answered]),
    )


def rows_of(
    search: Search, questions: Sequence[WeighedQuestion], numbers: dict[str, int]
) -> Iterator[tuple[Floats, NDArray[np.bool_]]]:
    """Of each question of a passage without questions the views, and which row is that passage."""
    own_text = OwnText.of(search.corpus, search.words)
    for each in questions:
        if each.here:
            text = search.words.correct(each.text)
            found, views = own_text.views(text, search.encoder.retrieval_query(text))
            yield views, found == numbers[each.passages[0]]


def fit_chance(values: Floats, is_so: NDArray[np.bool_]) -> Floats:
    """Weights for TOLD, of which the first stands for what is always so."""
    middle, spread = values[:, 1:].mean(axis=0), values[:, 1:].std(axis=0)
    counts = np.where(is_so, 1 / is_so.sum(), OTHERS_WEIGH / (~is_so).sum())
    model = LogisticRegression(max_iter=500)
    model.fit(
        (values[:, 1:] - middle) / spread, is_so, sample_weight=counts * len(is_so) / counts.sum()
    )
    weights = model.coef_[0] / spread
    fitted: Floats = np.append(model.intercept_[0] - weights @ middle, weights).astype(np.float32)
    return fitted


def _told(search: Search, own_text: OwnText, text: str) -> Floats:
    scores, chances = search.unweighed(text)
    return told(np.delete(scores, own_text.numbers), scores[own_text.numbers], chances)


def write(weights: OwnTextWeights, folder: Path = FOLDER) -> None:
    kept = {
        "views": _named(VIEWS, weights.views),
        "found_here": _named(TOLD, weights.found_here),
        "answers": _named(TOLD, weights.answers),
    }
    (folder / "own_text.json").write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def _named(names: Sequence[str], values: Floats) -> dict[str, float]:
    return {
        name: round(float(value), KEPT_DIGITS) for name, value in zip(names, values, strict=True)
    }


def main(home: Path = Path(), state_dir: Path = Path("var")) -> None:
    """`home`: a checkout. `state_dir`: where an assistant that has run keeps its model."""
    write(weigh(home, state_dir))


if __name__ == "__main__":
    typer.run(main)
