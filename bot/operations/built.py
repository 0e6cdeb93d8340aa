"""What was built elsewhere and is only read: the encoder, the index and Rasa's model."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from bot.operations import training
from bot.operations.content_folder import live_content
from bot.operations.rasa_process import MODEL
from bot.settings import Settings
from knowledge.errors import ContentError

OF_RASA = (MODEL, training.STAMP)


def fill(settings: Settings) -> None:
    """Copies what the state folder lacks of FP_BUILT_DIR, where that is set.

    Each encoder and index bears the name of what it was made from, so what an earlier release left
    stays and is not read. Rasa's model has one name, and takes the place of a model that was made
    from something else. Raises OSError, such as for a full disk.
    """
    built = settings.built_dir
    if built is None:
        return
    for name in ("models", "index"):
        folder = settings.state_dir / name
        folder.mkdir(exist_ok=True)
        there = built / name
        named = {path.name for path in there.iterdir()} if there.is_dir() else set()
        _copy(named.difference(OF_RASA, (each.name for each in folder.iterdir())), there, folder)
    with suppress(ContentError):
        live = live_content(settings)
        own, made = (training.is_current(settings, live, each) for each in (None, built / "models"))
        if made and not own:
            _copy(OF_RASA, built / "models", settings.models_dir)


def _copy(names: Iterable[str], source: Path, target: Path) -> None:
    """Each is whole or not there, whenever this ends."""
    for name in names:
        fresh = target / f"{name}.copied"
        shutil.rmtree(fresh, ignore_errors=True)
        _copy_one(source / name, fresh)
        fresh.replace(target / name)


def _copy_one(source: Path, target: Path) -> None:
    """What may be written is for the umask to say, and not for the source."""
    if source.is_dir():
        target.mkdir()
        for each in source.iterdir():
            _copy_one(each, target / each.name)
    else:
        shutil.copyfile(source, target)
