"""`principles content history` and `rollback`: the editions, and going live with one."""

from __future__ import annotations

import getpass
import sys
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

import httpx
import typer
from rich.progress import Progress

from bot.cli.client import default_url
from bot.cli.console import complain, err, say
from bot.cli.exits import Exit
from bot.operations.content_folder import open_editions, own_editions
from bot.settings import Settings
from knowledge.editions import DraftIsStale, Edition

if TYPE_CHECKING:
    from bot.asked.store import AskedStore
    from bot.operations.difference import ContentDifference

T = TypeVar("T")
ATTEMPTS = 60
ATTEMPTS_TRAINING = 1800
"""Training takes five minutes on a small machine that does nothing else."""
PAUSE_S = 1.0
ANSWERS_WITHIN_S = 5.0

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Why = Annotated[str, typer.Option("--why", help="Why, for whoever reads the history.")]


def history() -> None:
    """List every edition of the content, the newest first, and which is live.

    Each by why it was published, and below that what it changed.
    """
    from bot.operations.edition_words import EditionWords

    editions = open_editions(Settings.read())
    live = editions.live()
    for edition in editions.history():
        mark = " (live)" if edition.id == live.id else ""
        at = f"{edition.published_at:%-d %B %Y, %H:%M} UTC"
        words = EditionWords.of(edition)
        typer.echo(f"{edition.id}  {at}, {edition.who}: {words.title}{mark}")
        for line in "\n".join((words.more, words.changes, words.noted)).splitlines():
            if line:
                typer.echo(f"  {line}")


def rollback(
    edition: Annotated[str, typer.Argument(help="The edition's id, from `history`.")],
    why: Why = "",
    yes: Yes = False,
) -> None:
    """Publish an earlier edition again, without stopping a running assistant.

    First lists what is lost by it, and what is otherwise then; at a terminal it asks. Refused where
    what cites its passages has changed since, so that it can no longer be answered from.
    """
    from bot.asked.coming_back import coming_back
    from bot.operations.going_back import GoingBack, go_back

    settings = Settings.read()
    editions = own_editions(settings)
    back = GoingBack.to(editions, edition, {})
    earlier = next(each for each in editions.history() if each.id == edition)
    if not back.is_known:
        say("What is lost by it cannot be told: something in one of the two cannot be read.")
    told("What is lost by it:", back.lost)
    told("What is otherwise then:", back.other)
    store = asked_store(settings)
    waiting = coming_back(store, editions, earlier)
    if waiting:
        typer.echo(f"Questions that wait for an answer again: {len(waiting):,}")
    agreed("Go back to this edition?", yes=yes)
    published = go_back(editions, settings.data_dir, edition, account(), why)
    store.unsettle(waiting)
    say(f"Published edition {published.id}. {published.summary}")
    wait_until_live(settings, published)


def asked_store(settings: Settings) -> AskedStore:
    from bot.asked.store import AskedStore
    from bot.storage.engine import open_store

    return AskedStore(open_store(settings.store_url))


def told(opening: str, found: Sequence[ContentDifference]) -> None:
    """Each thing that differs, with how; nothing where none does."""
    if found:
        typer.echo(opening)
    for each in found:
        typer.echo(f"  {each.title}")
        for sentence in each.said:
            typer.echo(f"    {sentence}")


def agreed(question: str, *, yes: bool) -> None:
    """Ends the command where somebody at a terminal says no. A script is not asked."""
    if not yes and sys.stdin.isatty():
        typer.confirm(question, abort=True)


def account() -> str:
    """Whoever runs the command, as the machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "an account without a name"


def tried_again(change: Callable[[], T]) -> T:
    """Once, where somebody else has published meanwhile. Raises DraftIsStale the second time."""
    try:
        return change()
    except DraftIsStale:
        say("Somebody else has published an edition meanwhile. Doing the same again to that one.")
        return change()


def wait_until_live(
    settings: Settings, edition: Edition, pause: Callable[[float], None] = time.sleep
) -> None:
    """Says whether the running assistant answers from the edition, once it does. Where Rasa is to
    learn something of it, that takes minutes.

    Ends the command with 6 where it knows of the edition and does not go over to it.
    """
    if settings.oidc_issuer:
        say(
            "With sign-in, only people who have signed in see whether an assistant answers from"
            " it. Its log says so: editions.live, or editions.not_followed with why."
        )
        return
    url = default_url(settings)
    try:
        client = httpx.Client(base_url=url, timeout=ANSWERS_WITHIN_S, trust_env=False)
    except httpx.InvalidURL:
        say(f"{url} (FP_HOST) is no address at which to ask a running assistant.")
        return
    with client as http:
        if edition.id not in listed(http):
            say(
                f"No assistant at {url} tells that it knows of it. One that is running goes over by"
                " itself within seconds, and one that is started answers from it."
            )
            return
        attempts = ATTEMPTS_TRAINING if told_of_training(settings, edition) else ATTEMPTS
        with Progress(console=err, transient=True) as bar:
            task = bar.add_task("Waiting for the running assistant", total=attempts)
            for _ in range(attempts):
                if listed(http).get(edition.id):
                    say(f"The assistant at {url} answers from edition {edition.id}.")
                    return
                pause(PAUSE_S)
                bar.advance(task)
    complain(
        f"Edition {edition.id} is published, but the assistant at {url} does not yet answer from"
        " it. It may still be opening it. Where it cannot, its log says why"
        " (editions.not_followed)."
    )
    raise typer.Exit(Exit.NOT_LIVE)


def told_of_training(settings: Settings, edition: Edition) -> bool:
    """Whether Rasa is to learn anything else than of the edition before; says of what."""
    from bot.operations.training import learnt

    editions = open_editions(settings)
    known = [each.id for each in editions.history()]
    before = known[known.index(edition.id) + 1 :][:1] if edition.id in known else []
    if not before:
        return False
    now, was = (set(learnt(settings.home, editions.folder(id))) for id in (edition.id, *before))
    names = sorted({f"{name} ({file})" for file, name, _ in now ^ was})
    if names:
        say(
            f"Rasa learns from what was changed: {', '.join(names)}. A running assistant trains its"
            " model first, beside the one that answers. That takes some minutes."
        )
    return bool(names)


def listed(http: httpx.Client) -> dict[str, bool]:
    """Of each edition that a server lists, whether it answers from it; none where it lists none."""
    try:
        reply = http.get("/api/v1/editions")
        return {each["id"]: each["live"] for each in reply.json()} if reply.is_success else {}
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return {}
