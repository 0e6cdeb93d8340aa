"""Danger while others attack: `python -m bench.attack`.

Six clients send what costs most to read, as fast as they are answered. A seventh says again and
again that somebody is in danger. Printed is how long it waits, beside how long it waits in quiet.
All seven have one address, and the limits are those of an ordinary installation.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import quantiles

import httpx
from rich.console import Console
from rich.table import Table

from bench.bots import copy_built, start_assistant
from bot.settings import Settings

ATTACKERS = 6
TURNS = 40
LIMITS = {"FP_CONVERSATION_LIMIT": "120/minute", "FP_CLIENT_LIMIT": "3000/minute"}
DANGER = "the baby is not breathing"
GROWS = "\ufdfa"
"""Eighteen characters once normalised."""

Attack = Callable[[httpx.AsyncClient, str], Awaitable[object]]


def search_page(text: str) -> Attack:
    return lambda http, _: http.get("/sources", params={"q": text})


def search(text: str) -> Attack:
    return lambda http, _: http.get("/api/v1/search", params={"q": text})


def form(text: str) -> Attack:
    return lambda http, _: http.post("/ask", data={"text": text})


def turn(text: str) -> Attack:
    async def send(http: httpx.AsyncClient, conversation: str) -> object:
        return await http.post(f"/api/v1/conversations/{conversation}", json={"text": text})

    return send


ATTACKS: dict[str, Attack] = {
    "digits and blanks, in the page's search": search_page("0 " * 1000),
    "digits and blanks, in the API's search": search("0 " * 1000),
    "what grows when normalised": turn(GROWS * 20_000),
    "as many letters as a body may have": turn("a" * 250_000),
    "two thousand characters of unknown words": turn("xqz vbk wpl " * 166),
    "capitals": turn("KIERAN WALSH " * 150),
    "danger, over and over": turn(DANGER),
    "the page without scripts": form("he said she said " * 117),
}


async def measure(url: str) -> Table:
    table = Table("attack", "p50 ms", "p95 ms", "times the quiet p50", title="Danger under attack")
    async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False) as http:
        opened = (await http.post("/api/v1/conversations")).raise_for_status().json()
        path, bearer = f"{opened['conversation_id']}/messages", opened["token"]
        http.headers["Authorization"] = f"Bearer {bearer}"
        await _danger(http, path, TURNS)
        quiet, quiet_95 = _centiles(await _danger(http, path, TURNS))
        table.add_row("none", f"{quiet:.0f}", f"{quiet_95:.0f}", "1.0")
        for name, attack in ATTACKS.items():
            attackers = [asyncio.create_task(_go_on(attack, http, path)) for _ in range(ATTACKERS)]
            await asyncio.sleep(1)
            p50, p95 = _centiles(await _danger(http, path, TURNS))
            for attacker in attackers:
                attacker.cancel()
            await asyncio.gather(*attackers, return_exceptions=True)
            table.add_row(name, f"{p50:.0f}", f"{p95:.0f}", f"{p50 / quiet:.1f}")
    return table


async def _danger(http: httpx.AsyncClient, path: str, turns: int) -> list[float]:
    """Milliseconds of each turn. Raises RuntimeError where one was not answered with 999."""
    took = []
    for _ in range(turns):
        began = time.perf_counter()
        reply = await http.post(f"/api/v1/conversations/{path}", json={"text": DANGER})
        took.append(1e3 * (time.perf_counter() - began))
        if reply.status_code != 200 or reply.json()["messages"][0]["type"] != "safety":
            raise RuntimeError(f"danger was answered with {reply.status_code}: {reply.text[:200]}")
    return took


async def _go_on(attack: Attack, http: httpx.AsyncClient, path: str) -> None:
    while True:
        await attack(http, path)


def _centiles(took: Sequence[float]) -> tuple[float, float]:
    centiles = quantiles(took, n=100)
    return centiles[49], centiles[94]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        state_dir = Path(folder) / "state"
        copy_built(Settings.read().state_dir, state_dir)
        with start_assistant(state_dir, LIMITS) as running:
            Console().print(asyncio.run(measure(running.url)))


if __name__ == "__main__":
    main()
