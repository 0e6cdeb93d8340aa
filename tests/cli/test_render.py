from __future__ import annotations

from datetime import date

import pytest
from rich.console import Console

from bot.cli.chat import show
from bot.cli.render import TerminalRenderer
from bot.messages import (
    AnswerMessage,
    Card,
    Contact,
    FlowPosition,
    FlowRef,
    Message,
    Option,
    OutcomeMessage,
    QuestionMessage,
    SafetyMessage,
    TextMessage,
)
from knowledge.quotes import Citation, Notice, Quote
from tests.shipped import PHRASES

RENDERER = TerminalRenderer(PHRASES)
CITATION = Citation(
    document_id="003",
    title="Key Principles",
    publisher="A board",
    area=None,
    version="2016",
    reference="§2.3.5",
    url="/sources/003#2.3.5",
)


def shown(message: Message) -> str:
    console = Console(width=200, force_terminal=False)
    with console.capture() as capture:
        console.print(RENDERER.render(message))
    return capture.get()


def test_a_quotation_comes_with_its_place_its_cut_and_its_notices() -> None:
    notice = Notice(id="n", kind="superseded", text="There is newer.", checked_on=date(2026, 11, 1))
    quote = Quote(
        passage_id="003.2.3.5",
        text="The law will not prevent you if:",
        truncated_in_source=True,
        citation=CITATION,
        notices=(notice,),
        lead_in="In general:",
    )
    said = shown(AnswerMessage(text="…", lead="This is what it says.", quotes=[quote]))
    for part in (
        "This is what",
        "“The law will not prevent you if:”",
        PHRASES.quotations.missing_text,
    ):
        assert part in said
    assert "Key Principles, A board, 2016, §2.3.5 [003.2.3.5]" in said
    assert "Note (01 November 2026): There is newer." in said
    assert "In general:" in said
    by_itself = notice.model_copy(update={"by_itself": True})
    quote = quote.model_copy(update={"notices": (by_itself,)})
    said = shown(AnswerMessage(text="…", lead="This is what it says.", quotes=[quote]))
    assert "Note: There is newer." in said


def test_a_safety_message_names_each_contact_once() -> None:
    police = Contact(label="Police", detail="999", source="fixed")
    said = shown(
        SafetyMessage(
            text="Call now. Police: 999. Then tell your lead.",
            lead="Call now.",
            after="Then tell your lead.",
            reason="immediate_danger",
            contacts=[police],
        )
    )
    assert said.count("999") == 1
    assert said.index("Call now") < said.index("999") < said.index("Then tell")


def test_what_is_not_from_the_sources_comes_first_and_says_so() -> None:
    said = shown(
        OutcomeMessage(
            text="…",
            lead="The sources put the child first.",
            flow=FlowPosition(id="f", title="A flow", step="o"),
            kind="safety",
            fixed="Call 999 now.",
            cards=[Card(id="c", text="The law has moved.", fixed=True)],
            final=True,
            version="1",
        )
    )
    assert said.index("Call 999 now. (Not from the sources.)") < said.index("The sources put")
    assert "Not from the sources: The law has moved." in said


def test_in_a_walk_only_the_open_question_is_numbered() -> None:
    start = Option(id="start:g", label="Is it yours?")
    answer = AnswerMessage(
        text="…",
        lead="Said.",
        quotes=[],
        related_flows=[FlowRef(id="g", title="Is it yours?")],
        options=[start],
    )
    asked = QuestionMessage(
        text="…",
        lead="Is it?",
        options=[Option(id="step:f/s/no", label="No")],
        flow=FlowPosition(id="f", title="A flow", step="s"),
        why="Because.",
    )
    assert [each.id for each in show([answer, asked], RENDERER)] == ["step:f/s/no"]
    assert [each.id for each in show([answer], RENDERER)] == ["start:g"]
    assert f"{PHRASES.replies.flows} Is it yours?" in shown(answer)


OTHER = Option(id="start:g", label="Is it yours?")
ASK = Contact(label="The lead", detail="01632 960001", source="local")


def test_what_is_only_nearest_names_whom_to_ask_after_the_passages() -> None:
    message = AnswerMessage(
        text="…",
        asked="You asked: “what?”",
        lead="The sources may not answer this.",
        quotes=[],
        confidence="closest",
        where_to_ask=[ASK],
        did_you_mean=[OTHER],
        options=[OTHER],
    )
    said = shown(message)
    parts = ("You asked", "may not answer", PHRASES.replies.ask, "01632 960001")
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert f"{PHRASES.replies.did_you_mean} Is it yours?" in said


def test_other_readings_have_the_last_numbers_also_in_a_walk(
    capsys: pytest.CaptureFixture[str],
) -> None:
    began = TextMessage(text="Begun.", lead="Begun.", options=[OTHER], did_you_mean=[OTHER])
    asked = QuestionMessage(
        text="…",
        lead="Is it?",
        options=[Option(id="step:f/s/no", label="No")],
        flow=FlowPosition(id="f", title="A flow", step="s"),
        why="Because.",
    )
    assert [each.id for each in show([began, asked], RENDERER)] == ["step:f/s/no", "start:g"]
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert lines[-2:] == [PHRASES.replies.did_you_mean, "2  Is it yours?"]


def test_possible_danger_is_short_and_no_alarm() -> None:
    police = Contact(label="Police", detail="999", source="fixed")
    message = SafetyMessage(
        text="…", lead="If so, call 999.", reason="self_harm", interrupts=False, contacts=[police]
    )
    console = Console(width=200, force_terminal=True, color_system="standard", record=True)
    with console.capture() as capture:
        console.print(RENDERER.render(message))
    said = capture.get()
    assert len(said.strip().splitlines()) == 2
    assert "\x1b[1;31m" not in said
