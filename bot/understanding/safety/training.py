"""Trains head and prefilter from the examples. Only `python -m
bot.understanding.safety.training` writes them.

The examples are redacted first, because the head only ever reads redacted text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import regex
import torch
import typer
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from torch import nn

from bot.flows import read_flows
from bot.messages import SafetyReason
from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.placeholders import PLACEHOLDERS
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.safety import prefilter
from bot.understanding.safety.classifier import PRECEDENCE, Encode
from bot.understanding.safety.head import DangerHead
from bot.understanding.safety.patterns import DangerPatterns
from bot.understanding.safety.prefilter import Prefilter
from bot.understanding.safety.segments import WINDOW, Segment, SegmentedText
from bot.understanding.text_features import PLACES, VECTOR_WEIGHS, grams, sparse_features
from knowledge.encoder import LONGEST, MODEL_SHA256, Encoder

DATA = Path("data", "safety")
"""In the folder that holds the content."""

NONE = "none"
# Gaps whose questions tell of an emergency or an allegation: no ordinary questions.
ALARMING_GAPS = {"allegations_lado", "fgm_duty", "forced_marriage_and_honour_abuse"}
# The less a missed message may cost, the surer the head must be.
THRESHOLDS: dict[SafetyReason, float] = {
    "immediate_danger": 0.22,
    "self_harm": 0.5,
    "child_user": 0.6,
    "allegation": 0.65,
    "public_user": 0.9,
}
ANY_FROM = 0.26
# People tell of danger and put a question in the same breath: some examples are told so, and
# more that are harmless on both sides, so that a question in company alarms nobody.
DANGERS_TOLD_SO = 0.3
CALM_FOR_EACH_ALARM = 1.5
SHORT = range(4, 22)
# The head reads windows of texts in which nothing marks where one thing ends: so do its examples.
WINDOWS_OF_AN_ALARM = 2
MOST_OF_IT = 0.75
HURRIED = 0.6
# Who does what to whom, in words that practitioners use for people.
PERSON = regex.compile(
    r"\b(?:he|she|him|hes|shes|he's|she's|(?:my |the |her |his )?(?:mum|dad|mother|father|partner"
    r"|boyfriend|husband|wife|stepdad|uncle|brother|sister|child|boy|girl|baby))\b",
    regex.IGNORECASE,
)
IS = frozenset({"hes", "shes", "he's", "she's"})
OTHER_PEOPLE = 0.7
CALLED_BY_NAME = 0.6
ROLES = (
    *(
        "MGM",
        "MGF",
        "PGM",
        "nan",
        "grandad",
        "the ex",
        "client",
        "the client",
        "tenant",
        "resident",
    ),
    *(
        "service user",
        "SU",
        "YP",
        "the young person",
        "child A",
        "sibling",
        "the lodger",
        "neighbour",
    ),
    *("foster dad", "foster carer", "stepdad", "partner", "perp", "pt", "the patient", "student"),
    *(
        "the lad",
        "cousin",
        "auntie",
        "mum's boyfriend",
        "his mate",
        "somebody",
        "the lady",
        "carer",
    ),
)
CALM_AND_NAMED = 0.3
WITH_DETAILS = 0.1
UNITS = 64
ROUNDS = 7
AT_ONCE = 512
SCREENED = 30_000
SEED = 20261122
VERSION = 1
"""Of the code of this training: raise it with every change to what is learnt, or how."""
SAMPLE = (
    "He isn't breathing, and mum's partner said: don't call anyone! She has locked the door,"
    " 2 children are inside with him and nobody answers. What do I do?"
)
"""Any text that has words, numbers, marks and more than one sentence."""

Example = tuple[str, str]


def examples(home: Path) -> list[Example]:
    """(text, reason or "none") of everything that the head learns from.

    `home` is the folder that holds the content.
    """
    folder = home / DATA / "examples"
    patterns = [(line, reason) for reason in PRECEDENCE for line in lines(folder, reason)]
    calm = lines(folder, "near_misses")
    calm += [*ordinary_questions(home), *replies(home), *commands(home)]
    calm += told_in_parts(lines(folder, "calm_stories"))
    return patterns + [(text, NONE) for text in calm]


def lines(folder: Path, name: str) -> list[str]:
    written = (folder / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in written if line.strip() and not line.startswith("#")]


def told_in_parts(stories: Sequence[str]) -> list[str]:
    """Each story, its sentences and its neighbouring sentences."""
    found = []
    for story in stories:
        text = SegmentedText(story, story)
        sentences = text.sentences
        pairs = [Segment(one.first, two.last) for one, two in pairwise(sentences)]
        found += [story, *map(text.own_of, (*sentences, *pairs))]
    return list(dict.fromkeys(found))


def ordinary_questions(home: Path) -> list[str]:
    names = ("questions", "gaps", "out_of_scope")
    rows = [
        json.loads(line)
        for name in names
        for line in (home / "knowledge" / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    return [text for row in rows if row.get("id") not in ALARMING_GAPS for text in row["questions"]]


def replies(home: Path) -> list[str]:
    """What people say inside a flow, and to start one: the words of our own options."""
    said = [str(number) for number in range(1, 13)]
    flows = read_flows(home / "data" / "flows")
    for flow in flows.values():
        said += [flow.title, *flow.learnt_from]
        for step in flow.steps.values():
            said += [text for option in step.options for text in (option.label, *option.also)]
    return sorted(set(said))


def commands(home: Path) -> list[str]:
    """Greetings, thanks and the other short messages that Rasa learns."""
    paths = sorted((home / "data" / "nlu").glob("*.yml"))
    files = [yaml.safe_load(path.read_text("utf-8")) for path in paths]
    return [
        line.removeprefix("- ").strip()
        for file in files
        for intent in file["nlu"]
        for line in intent["examples"].splitlines()
    ]


def composed(single: Sequence[Example]) -> Iterator[Example]:
    """Two messages in one: a danger with a question, and two that are harmless."""
    chance = Random(SEED)  # noqa: S311  # the same examples at every training
    patterns = [text for text, reason in single if reason != NONE]
    dangers = [text for text, reason in single if reason == PRECEDENCE[0]]
    calm = [text for text, reason in single if reason == NONE and len(text.split()) in SHORT]
    for text in dangers:
        if chance.random() < DANGERS_TOLD_SO:
            pair = [text, chance.choice(calm)]
            yield _one_after_the_other(pair if chance.random() < 0.7 else pair[::-1]), PRECEDENCE[0]
    for _ in range(int(CALM_FOR_EACH_ALARM * len(patterns))):
        yield _one_after_the_other(chance.sample(calm, 2)), NONE


def _one_after_the_other(texts: Sequence[str]) -> str:
    first, second = texts
    return f"{first if first[-1] in '.?!' else f'{first}.'} {second}"


def windows(single: Sequence[Example]) -> Iterator[Example]:
    """Most of a message with the ends of what was said before and after it."""
    chance = Random(SEED)  # noqa: S311
    calm = [text for text, reason in single if reason == NONE and len(text.split()) in SHORT]
    for text, reason in single:
        if reason == NONE and len(text.split()) not in SHORT:
            continue
        for _ in range(1 if reason == NONE else WINDOWS_OF_AN_ALARM):
            before, said, after = (
                (hurried(each) if chance.random() < HURRIED else each).split()
                for each in (chance.choice(calm), text, chance.choice(calm))
            )
            width = chance.randint(WINDOW // 2 + 2, WINDOW + 2)
            most = min(len(said), int(MOST_OF_IT * width))
            first = chance.randint(
                max(0, len(before) - width + most), len(before) + len(said) - most
            )
            yield " ".join([*before, *said, *after][first : first + width]), reason


def between(single: Sequence[Example]) -> Iterator[Example]:
    """Windows anywhere in two ordinary messages: nothing that begins or ends there is alarming."""
    chance = Random(SEED)  # noqa: S311
    calm = [text for text, reason in single if reason == NONE and len(text.split()) > min(SHORT)]
    for text in calm:
        pair = [
            hurried(each) if chance.random() < HURRIED else each
            for each in (text, chance.choice(calm))
        ]
        words = " ".join(pair).split()
        width = chance.randint(WINDOW // 2 + 2, WINDOW + 2)
        first = chance.randint(0, max(0, len(words) - width))
        yield " ".join(words[first : first + width]), NONE


def named(single: Sequence[Example]) -> Iterator[Example]:
    """The same with other people in it: most messages call them by a name, which is taken out, or
    by what they are. Harmless ones too, so that no such word alarms by itself."""
    chance = Random(SEED)  # noqa: S311
    for text, reason in single:
        told = PERSON.sub(lambda person: _somebody(chance, person), text)
        if told != text and (reason != NONE or chance.random() < CALM_AND_NAMED):
            yield told, reason


def _somebody(chance: Random, person: regex.Match[str]) -> str:
    if chance.random() > OTHER_PEOPLE:
        return person[0]
    called = "[name]" if chance.random() < CALLED_BY_NAME else chance.choice(ROLES)
    return f"{called} is" if person[0].lower() in IS else called


def beside_details(single: Sequence[Example]) -> Iterator[Example]:
    """With what was taken out before or behind it: a number, an address, a name."""
    chance = Random(SEED)  # noqa: S311
    taken_out = [*PLACEHOLDERS.values()]
    for text, reason in single:
        if chance.random() < WITH_DETAILS:
            detail = chance.choice(taken_out)
            yield chance.choice((f"{text} {detail}", f"{detail} {text}")), reason


def hurried(text: str) -> str:
    """As people type who do not stop for capitals or full stops."""
    return " ".join(regex.sub(r"[.,;:?!]", " ", text).lower().split())


def fitted(encode: Encode, learnt: Sequence[Example]) -> DangerHead:
    """By Adam with dropout; the weights of words decay, as most words are seen a few times."""
    torch.manual_seed(SEED)
    labels = (*PRECEDENCE, NONE)
    texts = [text for text, _ in learnt]
    wanted = torch.tensor([labels.index(reason) for _, reason in learnt])
    vectors = encode(texts)
    means = torch.tensor(VECTOR_WEIGHS * vectors)
    gram_rows = sparse_features(texts, vectors)[:, means.shape[1] :].tocsr()
    straight, hidden = nn.Linear(means.shape[1], len(labels)), nn.Linear(means.shape[1], UNITS)
    top, words = (
        nn.Linear(UNITS, len(labels), bias=False),
        nn.Parameter(torch.zeros(2 * PLACES, len(labels))),
    )
    layers = nn.ModuleList([straight, hidden, top])
    optimiser = torch.optim.AdamW(
        [
            {"params": [words], "lr": 2e-2, "weight_decay": 1e-2},
            {"params": list(layers.parameters()), "lr": 2e-3, "weight_decay": 1e-2},
        ]
    )
    steps = ROUNDS * -(-len(learnt) // AT_ONCE)
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(ROUNDS):
        for rows in torch.split(torch.randperm(len(learnt)), AT_ONCE):
            mean = means[rows]
            within = torch.relu(hidden(nn.functional.dropout(mean, 0.1)))
            scores = straight(mean) + top(nn.functional.dropout(within, 0.3))
            scores = scores + torch.sparse.mm(_sparse(gram_rows[rows.numpy()]), words)
            optimiser.zero_grad()
            nn.functional.cross_entropy(scores, wanted[rows]).backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            slower.step()
    return DangerHead(
        reasons=PRECEDENCE,
        weights=np.hstack([_numbers(straight.weight), _numbers(words).T]),
        bias=_numbers(straight.bias),
        hidden=_numbers(hidden.weight),
        hidden_bias=_numbers(hidden.bias),
        top=_numbers(top.weight),
        thresholds=np.array([THRESHOLDS[reason] for reason in PRECEDENCE], np.float32),
        any_from=ANY_FROM,
    )


def _sparse(rows: Any) -> torch.Tensor:
    entries = rows.tocoo()
    at = torch.tensor(np.stack([entries.row, entries.col]))
    return torch.sparse_coo_tensor(
        at, torch.tensor(entries.data), rows.shape, check_invariants=False
    )


def _numbers(tensor: torch.Tensor) -> NDArray[np.float32]:
    return tensor.detach().numpy().astype(np.float32)


def fitted_prefilter(learnt: Sequence[Example], patterns: DangerPatterns) -> Prefilter:
    some = Random(SEED).sample(list(learnt), min(SCREENED, len(learnt)))  # noqa: S311
    rows, places, counts = [], [], []
    for row, (text, _) in enumerate(some):
        words = patterns.said(SegmentedText(text, text)).words
        found = prefilter.places(words).ravel()
        rows += [row] * len(found)
        places += found.tolist()
        counts += [len(words) ** -0.5] * len(found)
    seen = csr_matrix((counts, (rows, places)), (len(some), prefilter.PLACES))
    model = LogisticRegression(max_iter=500)
    model.fit(seen, [reason != NONE for _, reason in some])
    return Prefilter(model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def fingerprint(data: Path) -> str:
    """Of what decides the weights: examples, patterns, parameters, features, encoder, `VERSION`.

    Left out are the ordinary texts that are learnt as calm (questions, flows, commands), which
    change every week and need no new training, and the code that redacts.
    """
    text = SegmentedText(SAMPLE, SAMPLE)
    decides = {
        "version": VERSION,
        "examples": {
            path.stem: lines(path.parent, path.stem)
            for path in sorted((data / "examples").glob("*.txt"))
        },
        "patterns": yaml.safe_load((data / "danger.yaml").read_text("utf-8")),
        "parameters": parameters(),
        "grams": np.flatnonzero(grams([SAMPLE])).tolist(),
        "places": prefilter.places(SAMPLE.split()).tolist(),
        "parts": [(part.first, part.last) for part in (*text.parts, *text.narrow)],
        "encoder": (MODEL_SHA256, LONGEST),
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def parameters() -> dict[str, Any]:
    """Every constant that this module has or imports, but for the place on the disk."""
    return {
        name: _plain(value)
        for name, value in globals().items()
        if name.isupper() and name != "DATA"
    }


def _plain(value: Any) -> Any:
    """As JSON has it, in one order."""
    if isinstance(value, regex.Pattern):
        return value.pattern
    return sorted(value) if isinstance(value, (set, frozenset, range)) else value


def train(encode: Encode, redact: Callable[[str], str], home: Path) -> None:
    """Writes head and prefilter beside the examples."""
    data = home / DATA
    single = [(redact(normalise(text)), reason) for text, reason in examples(home)]
    learnt = [*single, *named(single), *beside_details(single)]
    learnt += [*composed(single), *windows(single), *between(single)]
    made_from = fingerprint(data)
    fitted(encode, learnt).write(data / "head.npz", made_from)
    fitted_prefilter(learnt, DangerPatterns.read(data / "danger.yaml")).write(
        data / "prefilter.npz", made_from
    )


def main(home: Path = Path(), state_dir: Path = Path("var")) -> None:
    """`home`: a checkout. `state_dir` holds the encoder's model."""
    personal_data = Redactor(home / DATA)
    encoder = Encoder.open(state_dir / "models")
    train(encoder.encode, lambda text: personal_data.redact(text).text, home)


if __name__ == "__main__":
    typer.run(main)
