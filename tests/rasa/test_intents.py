"""How well the trained model reads sentences that it has not learnt from.

It is the model of the checkout, read from its archive: what Rasa serves.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from bot.flows import read_flows
from bot.rasa.weights import QUESTION, START, IntentWeights, decide
from bot.settings import HOME, Settings
from bot.understanding.notices import PART_LIKELY as PART
from bot.understanding.question_form import asks_to_be_led
from bot.understanding.questions import (
    FLOWS_OFFERED,
    LIKELY,
)
from knowledge import Encoder

pytestmark = [pytest.mark.encoder, pytest.mark.rasa]

HELD_BACK = Path(__file__).parent / "heldback"
CONFIG = yaml.safe_load((HOME / "config.yml").read_text("utf-8"))
CLASSIFIER = CONFIG["pipeline"][1]
QUESTIONS = next(each for each in CONFIG["importers"] if each["name"].endswith("QuestionImporter"))

RANKED = 6
"""Of the ranking so many are published (`bot/rasa/components/classifier.py`)."""
PARTS = {f"notice/accused_{part}" for part in ("contact", "record", "process", "work")}

Rank = Callable[[str], list[tuple[str, float]]]


def sentences(path: Path) -> Iterator[tuple[str, str]]:
    for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
        for line in block["examples"].splitlines():
            yield line.removeprefix("- "), block["intent"]


def unlearnt_questions() -> list[str]:
    """A sample of the questions that `bot.rasa.components.importer` leaves out."""
    lines = [
        line
        for file in QUESTIONS["files"]
        for line in (HOME / file).read_text("utf-8").splitlines()
    ]
    flows = read_flows(HOME / "data/flows").values()
    triggers = {trigger for flow in flows for trigger in flow.triggers}
    asked = [question for line in lines for question in json.loads(line)["questions"]]
    questions = [question for question in asked if question not in triggers]
    return questions[1 :: 3 * QUESTIONS["every"]]


@pytest.fixture(scope="module")
def rank(tmp_path_factory: pytest.TempPathFactory) -> Rank:
    settings = Settings()
    folder = tmp_path_factory.mktemp("model")
    with tarfile.open(settings.models_dir / "principles.tar.gz") as archive:
        stored = next(name for name in archive.getnames() if name.endswith("weights.npz"))
        archive.extract(stored, folder, filter="data")
    weights = IntentWeights.load(folder / stored)
    encoder = Encoder.open(settings.models_dir)
    return lambda text: weights.rank(text, encoder.described(text))


def taken_for(ranked: list[tuple[str, float]]) -> str:
    return decide(ranked, CLASSIFIER["sure"], CLASSIFIER["sure_of_flow"])[0]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def flows_offered(ranked: list[tuple[str, float]]) -> list[str]:
    """As `bot.understanding.interpreter` offers them: the likeliest first."""
    return [name for name, share in ranked if name.startswith(START) and share >= LIKELY][
        :FLOWS_OFFERED
    ]


# Floors a little under what was measured; `-rP` prints the figures.
@pytest.mark.parametrize(
    ("name", "first", "offered", "started_wrongly"),
    [("flows.yml", 0.83, 0.89, 0.06), ("told.yml", 0.78, 0.88, 0.07)],
)
def test_a_task_in_hand_starts_its_flow_or_is_offered_it(
    rank: Rank, name: str, first: float, offered: float, started_wrongly: float
) -> None:
    ranked = [(intent, rank(text)) for text, intent in sentences(HELD_BACK / name)]
    right = share([flows_offered(each)[:1] == [intent] for intent, each in ranked])
    among = share([intent in flows_offered(each) for intent, each in ranked])
    wrong = share([taken_for(each) not in (intent, QUESTION) for intent, each in ranked])
    print(f"{name}: first {right:.3f}, among two {among:.3f}, another started {wrong:.3f}")
    assert right >= first
    assert among >= offered
    assert wrong <= started_wrongly


@pytest.mark.parametrize(("name", "least"), [("commands.yml", 0.73), ("followups.yml", 0.84)])
def test_what_is_said_to_the_assistant_itself_is_understood(
    rank: Rank, name: str, least: float
) -> None:
    ranked = [(intent, rank(text)) for text, intent in sentences(HELD_BACK / name)]
    assert share([taken_for(each) == intent for intent, each in ranked]) >= least


def test_what_asks_nothing_of_the_sources_is_known_by_its_key(rank: Rank) -> None:
    """Of a message whose intent is not sure enough it is the first key of the ranking."""
    ranked = [(key, rank(text)) for text, key in sentences(HELD_BACK / "replies.yml")]
    intents = share([taken_for(each) == key.partition("/")[0] for key, each in ranked])
    keys = share([each[0][0] == key for key, each in ranked])
    print(f"replies.yml: intent {intents:.3f}, key first {keys:.3f}")
    assert intents >= 0.8
    assert keys >= 0.8


def part_of(ranked: list[tuple[str, float]]) -> str | None:
    """As `bot.understanding.notices` takes it, when the whole notice has been said."""
    return next((name for name, share in ranked[:RANKED] if name in PARTS and share >= PART), None)


def test_once_a_notice_was_said_a_part_of_it_is_known_and_seldom_taken_for_another(
    rank: Rank,
) -> None:
    asked = [(key, part_of(rank(text))) for text, key in sentences(HELD_BACK / "parts.yml")]
    right = sum(part == key for key, part in asked)
    another = sum(part not in (key, None) for key, part in asked)
    files = ("asked.yml", "told.yml", "flows.yml")
    others = [part_of(rank(text)) for name in files for text, _ in sentences(HELD_BACK / name)]
    taken = sum(part is not None for part in others)
    print(f"parts.yml: {right} of {len(asked)}, {another} another; {taken} of {len(others)} others")
    assert right >= 9
    assert another <= 3
    assert taken <= 6


@pytest.mark.parametrize("name", ["knowledge", "asked.yml"])
def test_a_question_that_was_not_learnt_is_answered_and_starts_nothing(
    rank: Rank, name: str
) -> None:
    asked = {
        "knowledge": unlearnt_questions(),
        "asked.yml": [text for text, _ in sentences(HELD_BACK / "asked.yml")],
    }
    captured = [
        taken_for(ranked).startswith(START) and asks_to_be_led(text)
        for text, ranked in ((text, rank(text)) for text in asked[name])
    ]
    print(f"{name}: {share(captured):.3f} of questions start a flow")
    assert share(captured) <= 0.06
