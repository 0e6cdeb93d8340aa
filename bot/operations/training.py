"""Training Rasa's model, only when something that it is made from has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from bot.errors import UserFacingError
from bot.flows import read_flows
from bot.operations.rasa_process import MODEL, Say, environment, last_words, started
from bot.settings import HOME, Settings

LEARNT_FROM = (
    "bot/rasa",
    "data/nlu",
    "data/rules",
    "knowledge/gaps.jsonl",
    "knowledge/out_of_scope.jsonl",
    "knowledge/questions.jsonl",
    "requirements/rasa.txt",
)
WRITTEN_IN = {".py", ".yml"}
STAMP = "trained-from"


def files() -> Iterator[Path]:
    for place in (HOME / name for name in LEARNT_FROM):
        if place.is_file():
            yield place
        else:
            yield from sorted(path for path in place.rglob("*") if path.suffix in WRITTEN_IN)


def fingerprint() -> str:
    """Of all that the model is made from. Of the flows it learns the triggers, not the words."""
    digest = hashlib.sha256()
    for path in files():
        digest.update(f"{path.relative_to(HOME)}\0".encode())
        digest.update(path.read_bytes())
    for flow in read_flows(HOME / "data" / "flows").values():
        digest.update(repr((flow.id, flow.triggers)).encode())
    return digest.hexdigest()


def is_current(settings: Settings) -> bool:
    stamp = settings.models_dir / STAMP
    return (
        (settings.models_dir / MODEL).is_file()
        and stamp.is_file()
        and stamp.read_text() == fingerprint()
    )


async def train(settings: Settings, secret: str, say: Say) -> None:
    """Check the training data and train. The actions' listener must be answering.

    Raises UserFacingError when the data is not right or the training fails.
    """
    say("Checking Rasa's training data and training its model. This takes about a minute.")
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    stamp = settings.models_dir / STAMP
    stamp.unlink(missing_ok=True)
    # Rasa writes into the file that is there, which may be linked from other state folders.
    (settings.models_dir / MODEL).unlink(missing_ok=True)
    trained_from = fingerprint()
    command = [
        *("train", "--config", "config.yml", "--domain", "domain.yml"),
        *("--data", "data/nlu", "data/rules"),
        *("--out", str(settings.models_dir), "--fixed-model-name", MODEL.removesuffix(".tar.gz")),
    ]
    log = settings.state_dir / "train.log"
    async with started(command, log, environment(settings, secret)) as training:
        code = await training.wait()
    if code != 0:
        raise UserFacingError(
            f"Rasa could not be trained. Its last words, the rest is in {log}:\n\n"
            f"{last_words(log)}\n\nMend what they name, then run `principles train`."
        )
    stamp.write_text(trained_from)
