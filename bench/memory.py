"""What an environment weighs and what the assistant needs when it runs from it.

    python -m bench.memory .venv /opt/first-principles/.venv

starts the assistant with the Python of each environment in turn, opens a conversation, sends it
TURNS questions that its sources answer, and prints MB on the disk, the turns answered, and MB
resident of each process after the last answer. The index and the models must be built.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from bench.bots import OurAssistant, copy_built, start_assistant
from bot.settings import Settings

TURNS = 50
MB = 1e6


def size(folder: Path) -> float:
    """MB of all files in the folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / MB


async def answered(url: str, texts: Sequence[str], bot: OurAssistant) -> int:
    """How many of the texts got a reply."""
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        send = await bot.open(http)
        for number, text in enumerate(texts):
            try:
                await send(text)
            except RuntimeError:
                return number
        return len(texts)


def figures(environment: Path) -> Iterator[tuple[str, str]]:
    """What was measured in one environment, and how much."""
    yield "on the disk, MB", f"{size(environment):.0f}"
    with TemporaryDirectory(dir=Settings().state_dir) as folder:
        bot = OurAssistant(Path(folder))
        copy_built(Settings().state_dir, Path(folder, "state"))
        command: list[str | Path] = [environment / "bin" / "python", "-m", "bot.cli", "serve"]
        with start_assistant(Path(folder, "state"), command=command) as running:
            turns = asyncio.run(answered(running.url, bot.texts[:TURNS], bot))
            yield "turns answered", f"{turns} of {TURNS}"
            for process, resident in running.memory().items():
                yield f"resident, {process.partition(' (')[0]}, MB", f"{resident * 1e3:.0f}"


def main(environments: Sequence[Path]) -> None:
    for environment in environments:
        print(environment)
        for what, measured in figures(environment):
            print(f"  {what:<40} {measured:>12}", flush=True)


if __name__ == "__main__":
    main([Path(each).absolute() for each in sys.argv[1:]] or [Path(sys.prefix)])
