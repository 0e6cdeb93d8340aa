"""Rasa's stock parts beside ours. `python -m bench.intents FILE...`

Both learn the same examples, under Rasa, and are asked the same messages, which neither has learnt.
The files are in the form of `docs/evaluation.md`; messages that need the words before them are left
out, because Rasa looks at one message.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from bench.bots import RASA
from bot.evaluation.intervals import Share
from bot.operations import ports, training
from bot.operations.content_folder import live_content
from bot.operations.rasa_process import MODEL, variables
from bot.operations.supervisor import actions_alone
from bot.rasa.intents import intent_of_message, stands_alone
from bot.settings import HOME, Settings
from knowledge.files import read_json_lines

STOCK_PIPELINE = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "LogisticRegressionClassifier"},
    # Its own defaults: below 0.3, or less than 0.1 before the next, TwoStageFallback asks again.
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
]
FALLBACK = "nlu_fallback"
QUESTION = "question"
START = "start_"


@dataclass(frozen=True)
class Parsed:
    """`wanted` and `intent` without their key; `ranking`: the likeliest intent first."""

    wanted: str
    intent: str
    ranking: Sequence[str]

    @property
    def is_task(self) -> bool:
        return self.wanted.startswith(START)

    @property
    def task_first(self) -> str | None:
        return next((each for each in self.ranking if each.startswith(START)), None)


Test = Callable[[Parsed], bool]

MEASURES: Mapping[str, tuple[Test, Test]] = {
    "tasks: the right flow is the likeliest of the flows": (
        lambda each: each.is_task,
        lambda each: each.task_first == each.wanted,
    ),
    "tasks: another flow is started": (
        lambda each: each.is_task,
        lambda each: each.intent.startswith(START) and each.intent != each.wanted,
    ),
    "questions: taken for something else": (
        lambda each: each.wanted == QUESTION,
        lambda each: each.intent not in (QUESTION, FALLBACK),
    ),
    "whom to ring, and what needs a notice: told": (
        lambda each: each.wanted in ("contact", "notice"),
        lambda each: each.intent == each.wanted,
    ),
    "all: asked again, because two are as likely or none is": (
        lambda each: True,
        lambda each: each.intent == FALLBACK,
    ),
}


def messages(files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each text with its intent."""
    for file in files:
        for line in read_json_lines(Path(file)):
            intent = intent_of_message(line.value)
            if intent and stands_alone(line.value):
                yield line.value["q"], intent.partition("/")[0]


def train_stock(folder: Path, environment: Mapping[str, str]) -> Path:
    """Our configuration with Rasa's own parts in the place of ours."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = yaml.safe_load((HOME / "config.yml").read_text("utf-8"))
    file = folder / "config.yml"
    file.write_text(yaml.safe_dump(configuration | {"pipeline": STOCK_PIPELINE}), "utf-8")
    command = ["-m", "rasa", "train", "nlu", "--config", str(file), "--out", str(folder)]
    subprocess.run(
        [RASA, *command, "--fixed-model-name", "stock"],
        check=True,
        cwd=HOME,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return folder / "stock.tar.gz"


def parse(
    model: Path, asked: Sequence[tuple[str, str]], environment: Mapping[str, str]
) -> list[Parsed]:
    answer = subprocess.run(
        [RASA, "-m", "bench.parse", str(model)],
        check=True,
        cwd=HOME,
        env=os.environ | environment,
        input=json.dumps([text for text, _ in asked]),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    parsed = json.loads(answer.stdout.splitlines()[-1])
    return [
        Parsed(wanted, each["intent"]["name"], [one["name"] for one in each["intent_ranking"]])
        for (_, wanted), each in zip(asked, parsed, strict=True)
    ]


def report(stock: Sequence[Parsed], ours: Sequence[Parsed]) -> Table:
    table = Table("", "stock", "ours", title=f"{len(ours)} messages")
    for what, (concerns, test) in MEASURES.items():
        figures = (Share.of(test(one) for one in each if concerns(one)) for each in (stock, ours))
        table.add_row(what, *map(str, figures))
    return table


async def main(files: Sequence[str]) -> None:
    settings, console = Settings.read(), Console(width=110)
    asked = list(messages(files))
    if not training.is_current(settings, live_content(settings)):
        sys.exit("Rasa's model is not of these files. Run `principles train` first.")
    with ports.take(ports.LOOPBACK, 0, "FP_ACTIONS_PORT") as inner:
        async with actions_alone(settings, inner, console.print) as secret:
            actions = ports.address(ports.LOOPBACK, inner.getsockname()[1])
            environment = variables(secret, actions, "sqlite://")
            folder = settings.state_dir / "bench" / "intents"
            console.print("Training Rasa's stock parts. This takes a minute or two.")
            model = await asyncio.to_thread(train_stock, folder, environment)
            stock = await asyncio.to_thread(parse, model, asked, environment)
            ours = await asyncio.to_thread(parse, settings.models_dir / MODEL, asked, environment)
    console.print(report(stock, ours))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
