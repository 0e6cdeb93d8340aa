"""Training Rasa's model, only when something that it is made from has changed."""

from __future__ import annotations

import filecmp
import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import yaml

from bot.content.data_files import DataFiles, in_edition
from bot.content.examples import read_examples
from bot.errors import UserFacingError
from bot.flows import read_flows
from bot.operations.rasa_process import MODEL, Say, environment, error_output, started
from bot.rasa import provenance
from bot.settings import Settings

CONFIG = Path("config.yml")
DOMAIN = Path("domain.yml")
DATA = Path("data")
OF_RASA = re.compile(rb"^[\"']?(?:nlu|responses|stories|rules)[\"']?\s*:", re.MULTILINE)
"""By one of these keys, at the top of a YAML file, Rasa knows that it is to learn from it."""
STAMP = "trained-from"


def files(home: Path) -> Iterator[Path]:
    """Configuration and examples that Rasa reads itself, and what the importers read whole."""
    yield from (home / CONFIG, home / DOMAIN)
    for path in sorted((home / DATA).rglob("*")):
        if path.suffix == ".json" or (
            path.suffix in (".yml", ".yaml") and OF_RASA.search(path.read_bytes())
        ):
            yield path
    for importer in importers(home):
        if "intents" not in importer:
            yield from (home / name for name in importer.get("files", ()))


def importers(home: Path) -> list[dict[str, list[str]]]:
    config: dict[str, list[dict[str, list[str]]]] = yaml.safe_load(
        (home / CONFIG).read_text("utf-8")
    )
    return config["importers"]


def fingerprint(home: Path, edition: Path | None = None) -> str:
    """Of all that the model is made from, for the edition in that folder. Of flows it learns
    triggers and examples alone, and of replies and notices the examples. Raises ContentError."""
    digest = hashlib.sha256(provenance.code(home).encode())
    for path in files(home):
        digest.update(f"{path.relative_to(home).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    for part in learnt(home, edition):
        digest.update(repr(part).encode())
    return digest.hexdigest()


def learnt(home: Path, edition: Path | None = None) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What is learnt of files that say more than that: each by its file and its name in it."""
    for flow in read_flows(DataFiles(home / DATA, edition).flows).values():
        yield "flows", flow.id, flow.learnt_from
    for importer in importers(home):
        for name in importer.get("files", ()) if "intents" in importer else ():
            path = in_edition(edition, Path(name).name) or home / name
            for example in read_examples(path, importer["intents"]):
                yield name, example.key, (example.text,)


def stamp(trained_from: str, model: Path) -> str:
    """What is kept beside a model: what it was made from, and its own sum.

    Raises OSError when there is no such model.
    """
    return f"{trained_from}\n{hashlib.sha256(model.read_bytes()).hexdigest()}\n"


def is_current(settings: Settings, edition: Path | None, folder: Path | None = None) -> bool:
    """Whether the model in `folder`, or the one that serves, is whole and was made from what is
    here now, for that edition. Raises ContentError."""
    folder = folder or settings.models_dir
    try:
        trained_from = fingerprint(settings.home, edition)
        return (folder / STAMP).read_text() == stamp(trained_from, folder / MODEL)
    except FileNotFoundError:
        return False


async def train(
    settings: Settings, secret: str, say: Say, edition: Path | None, folder: Path | None = None
) -> None:
    """Check the training data of the edition and train, into `folder` or the model that serves.
    The actions' listener must be answering.

    Raises UserFacingError when the data is not right or the training fails.
    """
    say("Checking Rasa's training data and training its model. This takes some minutes.")
    folder = folder or settings.models_dir
    folder.mkdir(parents=True, exist_ok=True)
    model, stamped = folder / MODEL, folder / STAMP
    stamped.unlink(missing_ok=True)
    # Rasa writes into the file that is there, which may be linked from other state folders.
    model.unlink(missing_ok=True)
    trained_from = fingerprint(settings.home, edition)
    command = ["train", "--out", str(model.parent), "--fixed-model-name", model.name.split(".")[0]]
    log = settings.state_dir / "train.log"
    told = environment(settings, secret, edition)
    async with started(command, log, told, settings.home) as training:
        code = await training.wait()
    if code != 0 or not model.is_file():
        raise UserFacingError(
            f"Rasa could not be trained. The end of its error output (all of it is in {log}):\n\n"
            f"{error_output(log)}\n\nFix what it names, then run `principles train`."
        )
    stamped.write_text(stamp(trained_from, model))


def exchange(settings: Settings, folder: Path) -> None:
    """Puts the model in `folder` in the place of the one that serves, and that one into `folder`,
    so that the way back needs no training. Cut short, it leaves stamps of other models. Raises
    OSError."""
    for name in (MODEL, STAMP):
        serving, other = settings.models_dir / name, folder / name
        between = folder / f"{name}.between"
        serving.replace(between)
        other.replace(serving)
        between.replace(other)


def share(settings: Settings, edition: Path | None, folder: Path) -> None:
    """Put the model that serves into `folder`, where Rasa's own commands look for the newest.

    Only where it is up to date and not yet there, so that a model trained there stays the newest.
    """
    model, shared = settings.models_dir / MODEL, folder / MODEL
    if not is_current(settings, edition):
        return
    if not shared.is_file() or not filecmp.cmp(model, shared, shallow=False):
        folder.mkdir(exist_ok=True)
        shutil.copyfile(model, shared)
