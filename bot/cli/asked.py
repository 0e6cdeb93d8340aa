"""`principles content asked`, `add-question`, `add-gap` and `report`: learning from use."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.console import say
from bot.cli.editions import Why, account, asked_store, tried_again, wait_until_live
from bot.errors import UserFacingError
from bot.operations.content_folder import live_data, open_editions, own_editions
from bot.settings import Settings
from knowledge.errors import ContentError

if TYPE_CHECKING:
    from bot.asked.groups import AskedGroup
    from bot.asked.store import AskedTally
    from bot.operations.board_source import BoardSources
    from knowledge.editions import Edition

Publish = Annotated[
    bool, typer.Option("--publish", help="Publish it. Without this, nothing is changed.")
]


def asked(
    since: Annotated[int, typer.Option(help="Of the last so many days.", min=1)] = 30,
    to: Annotated[
        Path | None, typer.Option("--json", help="Write all of it to this file, too.")
    ] = None,
) -> None:
    """List what was asked and not answered, alike questions together, the most asked first."""
    settings = Settings.read()
    today = datetime.now(UTC).date()
    found = asked_store(settings).asked(today - timedelta(days=since))
    if not settings.keep_asked:
        say(
            "Questions are not kept: that is how the assistant is shipped."
            " FP_KEEP_ASKED=true switches it on; docs/privacy.md says what is kept then."
        )
    elif not found:
        say(f"Nothing that was asked in the last {since} days waits for anybody.")
    groups = _groups(settings, found)
    for group in groups:
        typer.echo(f"{group.count:>5}  {group.typical}")
        for other in group.questions:
            if other.text != group.typical:
                typer.echo(f"       {other.text} ({other.count})")
    if to:
        write(to, [_as_json(group) for group in groups])


def _as_json(group: AskedGroup) -> dict[str, Any]:
    return {
        "typical": group.typical,
        "count": group.count,
        "first": group.first.isoformat(),
        "last": group.last.isoformat(),
        "kinds": group.kinds,
        "areas": group.areas,
        "editions": group.editions,
        "passages": group.passages,
        "questions": [{"text": each.text, "count": each.count} for each in group.questions],
    }


def add_question(
    passage: Annotated[str, typer.Argument(help="The passage's id, such as 000.p1.")],
    text: Annotated[str, typer.Argument(help="The question, as practitioners ask it.")],
    why: Why = "",
    publish: Publish = False,
) -> None:
    """Write a question for a passage: whoever asks it, in these words, gets that passage first."""
    from knowledge.written_questions import add_question, taken_from

    def apply(content: Path) -> str:
        taken = taken_from(content, [text], passage)
        add_question(content, passage, text)
        return f"1 question written for passage {passage}{taken}"

    _changed(apply, why, publish=publish)


def add_gap(
    topic: Annotated[str, typer.Option(help="What it is about.")],
    says: Annotated[str, typer.Option(help="Why the documents do not answer it.")],
    question: Annotated[list[str], typer.Option(help="A question that leads to it; repeat it.")],
    ask: Annotated[
        list[str] | None,
        typer.Option(help="Whom to ask: the key of a contact, as in contacts.yaml; repeat it."),
    ] = None,
    ask_by_name: Annotated[
        list[str] | None,
        typer.Option(help="Whom to ask who is no contact: shown without a number; repeat it."),
    ] = None,
    near: Annotated[
        list[str] | None, typer.Option(help="A passage that it is mistaken for; repeat it.")
    ] = None,
    why: Why = "",
    publish: Publish = False,
) -> None:
    """Add a known gap: something that people ask and the documents do not answer."""
    from knowledge.known_gaps import GapReply, NewGap, add_gap
    from knowledge.written_questions import taken_from

    def apply(content: Path) -> str:
        reply = GapReply(topic, says, tuple(ask or ()), tuple(ask_by_name or ()))
        gap = NewGap(reply, tuple(question), tuple(near or ()))
        taken = taken_from(content, question)
        return f"Known gap {add_gap(content, gap, date.today())}: {topic}{taken}"

    _changed(apply, why, publish=publish)


def _changed(apply: Callable[[Path], str], why: str, *, publish: bool) -> None:
    settings = Settings.read()
    edition = tried_again(lambda: _published(settings, apply, why, publish=publish))
    if edition:
        say(f"Published edition {edition.id}. {edition.summary}")
        wait_until_live(settings, edition)


def _published(
    settings: Settings, apply: Callable[[Path], str], why: str, *, publish: bool
) -> Edition | None:
    from bot.operations.content_check import checked_content

    editions = own_editions(settings)
    with editions.draft() as draft:
        summary = apply(draft.folder)
        if found := checked_content(draft.folder, settings.data_dir).slips:
            raise ContentError(*found)
        if not publish:
            typer.echo(f"Would be published: {summary}")
            say("Nothing was changed, and nothing is published. --publish publishes it.")
            return None
        return editions.publish(draft, account(), why, summary)


def write(to: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2)
    try:
        to.write_text(f"{text}\n", encoding="utf-8")
    except OSError as problem:
        raise UserFacingError(f"{to} could not be written: {problem.strerror}.") from problem
    say(f"Wrote {to}.")


def report(
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    out: Annotated[Path, typer.Option("--out", help="The Word document to write.")],
) -> None:
    """Write the report for the partnership's board, as a Word document."""
    from bot.asked.report import board_report
    from bot.asked.report_blocks import Period
    from bot.asked.report_word import report_word

    period = Period(min(since, until).date(), max(since, until).date())
    sources = _sources(Settings.read())
    made = board_report(period, sources.of(period, datetime.now(UTC).date()))
    try:
        out.write_bytes(report_word(made, datetime.now(UTC)))
    except OSError as problem:
        raise UserFacingError(f"{out} could not be written: {problem.strerror}.") from problem
    say(f"Wrote {out}.")


def _sources(settings: Settings) -> BoardSources:
    from bot.container import Content
    from bot.manage.accounts import Accounts
    from bot.operations.board_source import BoardSources
    from bot.storage.engine import open_store
    from knowledge.library import Library

    editions = open_editions(settings)
    accounts = Accounts(open_store(settings.store_url)).all()
    return BoardSources(
        settings,
        asked_store(settings),
        lambda found: _groups(settings, found),
        editions,
        Library.read(editions.live_folder()),
        Content.parsed(live_data(settings)),
        {each.display_name: each.role for each in accounts},
    )


def _groups(settings: Settings, found: Sequence[AskedTally]) -> list[AskedGroup]:
    """The encoder takes seconds to load, which nothing asked need not wait for."""
    if not found:
        return []
    from bot.asked.groups import AlikeQuestions
    from knowledge.encoder import Encoder

    return AlikeQuestions(Encoder.open(settings.models_dir).retrieval).groups(found)
