"""`python -m knowledge.tuning.weighing`: how much a passage's own text tells, beside the questions
of others. It writes `knowledge/own_text.json`.

Invented documents are taken in beside the content, and asked their questions. They are whole
documents as an import cuts them: weights that were fitted on invented passages of even length took
short items for what is near to anything, and words for next to nothing. What the content's own
passages answer are messages by authors that the encoder has not learnt from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import typer
from numpy.typing import NDArray
from pydantic import BaseModel
from sklearn.linear_model import LogisticRegression

from knowledge.editions.contents import copy_content
from knowledge.gold import GoldCheck
from knowledge.knowledge import Knowledge
from knowledge.library import FOLDER
from knowledge.own_text import TOLD, VIEWS, OwnText, OwnTextWeights
from knowledge.ranking import Floats
from knowledge.scoring import Scorer
from knowledge.training import fit_shares
from knowledge.tuning.imports import (
    IMPORTS,
    ImportQuestion,
    asked,
    documents_in,
    groups,
    put_in,
)

MESSAGES = Path("data", "messages", "waiting")
"""By authors from whom the encoder has not learnt: those of AUTHORS."""
AUTHORS = ("s16", "s17", "s18")
OTHERS_WEIGH = 2.0
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
    are of a new document."""

    text: str
    passages: tuple[str, ...]
    here: bool


@dataclass(frozen=True)
class WeighedSide:
    """The content with documents beside it, and what is asked of both."""

    scorer: Scorer
    questions: tuple[WeighedQuestion, ...]


def weigh(home: Path, state_dir: Path) -> OwnTextWeights:
    """`home`: a checkout. `state_dir` holds the exported model."""
    with TemporaryDirectory(prefix="principles-") as made:
        state = Path(made) / "state"
        state.mkdir()
        (state / "models").symlink_to((state_dir / "models").absolute())
        others = tuple(messages(home / MESSAGES))
        sides = [side(home, group, state, others) for group in groups(home / IMPORTS)]
        return fit(sides)


def side(home: Path, group: Path, state: Path, others: Iterable[WeighedQuestion]) -> WeighedSide:
    """With the documents of the folder `group` taken in."""
    with TemporaryDirectory(prefix="principles-") as made:
        content = Path(made) / "content"
        copy_content(home / "knowledge", content)
        ids = put_in(documents_in(group), content)
        knowledge = Knowledge.open(state, folder=content, costs=home / "knowledge")
    questions = tuple(weighed(each, knowledge) for each in asked(group, ids))
    return WeighedSide(knowledge.searching.scorer, (*questions, *others))


def weighed(question: ImportQuestion, knowledge: Knowledge) -> WeighedQuestion:
    gold = GoldCheck(knowledge.library, knowledge.relations)
    documents = {each.doc for each in question.gold}
    right = tuple(
        passage.id
        for passage in knowledge.library.passages.values()
        if passage.document_id in documents
        and gold.hit(knowledge.quote(passage.id), question.gold, ())
    )
    return WeighedQuestion(question.q, right, here=bool(right))


def messages(folder: Path) -> Iterator[WeighedQuestion]:
    """Those that stand alone and are answered by passages, or by nothing."""
    for author in AUTHORS:
        for line in (folder / f"{author}.jsonl").read_text("utf-8").splitlines():
            message = LabelledMessage.model_validate_json(line)
            if message.kind in ("answer", "abstain", "out_of_scope") and not message.context:
                yield WeighedQuestion(message.q, message.passages, here=False)


def fit(sides: Sequence[WeighedSide]) -> OwnTextWeights:
    views = fit_shares(row for side in sides for row in rows_of(side))
    values = np.concatenate([values_of(side, views) for side in sides])
    questions = [each for side in sides for each in side.questions]
    here = np.array([each.here for each in questions])
    answered = np.array([bool(each.passages) for each in questions])
    return OwnTextWeights(
        views,
        fit_chance(values[answered], here[answered]),
        fit_chance(values[here | ~answered], here[here | ~answered]),
    )


def rows_of(side: WeighedSide) -> Iterator[tuple[Floats, NDArray[np.bool_]]]:
    """Of each question to the new documents the views, and which rows answer it."""
    scorer, ids = side.scorer, np.array(side.scorer.corpus.passage_ids)
    own_text = looking(scorer, np.zeros(len(VIEWS), np.float32))
    for each in side.questions:
        if each.here:
            text = scorer.words.correct(each.text)
            found, views = own_text.views(text, scorer.encoder.retrieval_query(text))
            yield views, np.isin(ids[found], each.passages)


def values_of(side: WeighedSide, views: Floats) -> Floats:
    """Of each question a row of TOLD, with the views weighed so."""
    scorer = side.scorer
    scorer.own_text = own_text = looking(scorer, views)
    return np.stack([_told(scorer, own_text, each.text) for each in side.questions])


def looking(scorer: Scorer, views: Floats) -> OwnText:
    """By `views`, and with no weights yet for the chances."""
    nothing = np.zeros(len(TOLD), np.float32)
    return OwnText(scorer.corpus, scorer.words, OwnTextWeights(views, nothing, nothing))


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


def _told(scorer: Scorer, own_text: OwnText, text: str) -> Floats:
    found = scorer(text)
    return own_text.told(found.scores, found.chances, found.near)


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
