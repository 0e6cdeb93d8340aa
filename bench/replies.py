"""How replies in people's own words are taken. `python -m bench.replies FILE...`

Each line is a `reply` in the form of `docs/evaluation.md`, with its `options` and the `option` that
it means, or none.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.intervals import Share
from bot.flows import match
from bot.flows.match import ReadsOptions
from bot.flows.model import Step, StepOption
from bot.settings import Settings
from bot.understanding.options import OptionReader
from bot.understanding.training.messages import AuthorsLine
from bot.understanding.walks import answering_parts
from knowledge.encoder import Encoder
from knowledge.files import read_json_lines
from knowledge.heads import MessageHeads
from knowledge.schema import validated


@dataclass(frozen=True)
class Taken:
    """What became of one reply: taken as an option, asked about as one, or neither."""

    line: AuthorsLine
    taken: str | None
    asked_about: str | None


def read(line: AuthorsLine, reads: ReadsOptions) -> Taken:
    options = tuple(StepOption(each, each, "") for each in line.options)
    step = Step("any", "any", line.asked, "", options)
    parts = answering_parts(line.q)
    meant = (match.said(each, step) or match.meant(each, step, reads) for each in parts)
    option = match.said(line.q, step) or next(filter(None, meant), None)
    likely = match.guessed(parts[0], step, reads) if parts and option is None else None
    return Taken(line, option.label if option else None, likely.label if likely else None)


def measure(lines: Sequence[AuthorsLine], reads: ReadsOptions) -> Iterator[str]:
    """Lines to print."""
    replies = [read(line, reads) for line in lines]
    meant = [each for each in replies if each.line.option]
    others = [each for each in replies if not each.line.option]
    kinds = Counter(_kind(each) for each in replies)
    yield f"{len(replies)} replies, {len(meant)} mean an option"
    for kind, whole in (
        ("taken rightly", meant),
        ("asked about, rightly", meant),
        ("asked about, as another", meant),
        ("taken as another", meant),
        ("taken, meaning none", others),
    ):
        yield f"  {kind}: {Share(kinds[kind], len(whole))}"


def _kind(reply: Taken) -> str:
    wanted = reply.line.option
    if reply.taken:
        if wanted is None:
            return "taken, meaning none"
        return "taken rightly" if reply.taken == wanted else "taken as another"
    if reply.asked_about and wanted:
        rightly = reply.asked_about == wanted
        return "asked about, rightly" if rightly else "asked about, as another"
    return "asked again"


def main(files: Sequence[str]) -> None:
    reads = OptionReader(Encoder.open(Settings().models_dir).read, MessageHeads.read())
    for file in files:
        lines = [validated(source, AuthorsLine) for source in read_json_lines(Path(file))]
        print(file, *measure([each for each in lines if each.options], reads), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
