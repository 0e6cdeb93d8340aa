"""`make bench`: our speed and memory beside a stock Rasa bot's, on this machine, in one run."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean

import httpx
from rich.console import Console
from rich.table import Table

from bench.bots import Bot, OurAssistant, StockBot
from bench.load import Timing, measure
from bot.settings import Settings

CLIENTS = (1, 10, 50)
TURNS = {1: 100, 10: 200, 50: 300}
WARM_UP = 20


@dataclass(frozen=True)
class Result:
    name: str
    seconds_to_answer: float
    timings: Sequence[Timing]
    memory: dict[str, float]


def bench(bot: Bot) -> Result:
    bot.build()
    with bot.start() as running:
        timings = [asyncio.run(load(bot, running.url, clients)) for clients in CLIENTS]
        return Result(bot.name, running.seconds_to_answer, timings, running.memory())


async def load(bot: Bot, url: str, clients: int) -> Timing:
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits, trust_env=False) as http:
        opening = partial(bot.open, http)
        await measure(opening, bot.texts[-WARM_UP:], clients=1, turns=WARM_UP)
        return await measure(opening, bot.texts, clients, TURNS[clients])


def report(stock: Result, ours: Result) -> Table:
    table = Table("", "stock", "ours", "ours / stock", title="Turns, one machine, loopback")
    for theirs, mine in zip(stock.timings, ours.timings, strict=True):
        who = f"{mine.clients} client{'s' if mine.clients > 1 else ''}"
        row(table, f"p50 ms, {who}", theirs.p50_ms, mine.p50_ms)
        row(table, f"p95 ms, {who}", theirs.p95_ms, mine.p95_ms)
        row(table, f"turns/s, {who}", theirs.turns_per_s, mine.turns_per_s)
    row(table, "seconds to first answer", stock.seconds_to_answer, ours.seconds_to_answer)
    row(table, "resident GB, all processes", total(stock), total(ours))
    return table


def row(table: Table, what: str, theirs: float, mine: float) -> None:
    table.add_row(what, f"{theirs:.2f}", f"{mine:.2f}", f"{mine / theirs:.2f}")


def total(result: Result) -> float:
    return sum(result.memory.values())


def main() -> None:
    folder = Settings().state_dir / "bench"
    stock, ours = bench(StockBot(folder)), bench(OurAssistant(folder))
    console = Console(width=100)
    console.print(report(stock, ours))
    for result in (stock, ours):
        for process, resident in result.memory.items():
            console.print(f"{result.name}: {process} {resident:.2f} GB resident")
    more = total(ours) - total(stock)
    console.print(f"Together we take {more:+.2f} GB beside the stock bot.")
    gain = fmean(
        mine.turns_per_s / theirs.turns_per_s
        for theirs, mine in zip(stock.timings, ours.timings, strict=True)
    )
    console.print(f"Throughput is {gain:.1f} times the stock bot's, averaged over {CLIENTS}.")


if __name__ == "__main__":
    main()
