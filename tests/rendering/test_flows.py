from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.flows import DialogueStack, Flows, Walk, paths
from bot.messages import MESSAGES, OutcomeMessage, QuestionMessage
from bot.settings import HOME
from tests.shipped import FLOW_RENDERER, LIBRARY

FLAGSHIP = "share_without_consent"
DECIDES = yaml.safe_load((HOME / "data" / "flows_shared.yaml").read_text("utf-8"))["decides"]
FILES = sorted((HOME / "data" / "flows").glob("*.yaml"))


def told_at_the_end_of(walk: Walk, flows: Flows) -> list[OutcomeMessage]:
    """What its last answer is told, outcomes that it passes among them."""
    *before, (ref, option) = walk.answers.items()
    move = DialogueStack(Walk(walk.flow, dict(before))).choose(ref, option, flows)
    messages = FLOW_RENDERER.messages(move.responses)
    assert MESSAGES.validate_python([each.model_dump() for each in messages]) == messages
    return [each for each in messages if isinstance(each, OutcomeMessage)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_outcome_is_told_as_its_file_has_it(flows: Flows, file: Path) -> None:
    """The file is read here by hand, and not by the reader of flows."""
    written = yaml.safe_load(file.read_text("utf-8"))
    told = {
        message.flow.step: message
        for walk in paths(file.stem, flows)
        for cut in range(1, len(walk.answers) + 1)
        for message in told_at_the_end_of(
            Walk(walk.flow, dict(list(walk.answers.items())[:cut])), flows
        )
        if message.flow.id == file.stem
    }
    assert told.keys() == written["outcomes"].keys()
    for name, outcome in written["outcomes"].items():
        message = told[name]
        assert message.kind == outcome["kind"]
        says = outcome["say"].strip()
        decides = "" if "then" in outcome else f"\n\n{DECIDES[outcome['kind']].strip()}"
        assert message.lead == says + decides
        assert message.fixed == outcome.get("fixed")
        assert message.final is ("then" not in outcome)
        assert [card.id for card in message.cards] == outcome.get("cards", [])
        assert [quote.passage_id for quote in message.quotes] == outcome.get("quotes", [])
        for quote in message.quotes:
            assert quote.text == LIBRARY.passages[quote.passage_id].text
            assert quote.text in message.text
        for words in (message.lead, message.fixed, *(card.text for card in message.cards)):
            assert not words or words in message.text


def test_an_outcome_at_the_end_of_a_walk_names_the_answers_that_led_to_it(flows: Flows) -> None:
    dialogue = DialogueStack().start(FLAGSHIP, flows).dialogue
    for answer in ("unsure", "yes", "assessment", "refused", "unsure"):
        step = dialogue.asking(flows)
        assert step
        move = dialogue.choose(step.ref, answer, flows)
        messages = FLOW_RENDERER.messages(move.responses)
        assert MESSAGES.validate_python([each.model_dump() for each in messages]) == messages
        dialogue = move.dialogue
    told = messages[-1]
    assert isinstance(told, OutcomeMessage)
    assert told.final
    assert told.quotes[0].passage_id == "001.SI.p2"
    assert all(quote.text in told.text for quote in told.quotes)
    assert len(told.answers) == 5


def test_a_question_prints_its_numbered_options(flows: Flows) -> None:
    question = FLOW_RENDERER.messages(DialogueStack().start(FLAGSHIP, flows).responses)[-1]
    assert isinstance(question, QuestionMessage)
    assert question.text.startswith(question.lead)
    assert "2. Not sure" in question.text
    assert [each.id for each in question.controls] == ["do:back", "do:why", "do:stop"]


def test_the_end_of_a_flow_leads_back_to_the_one_set_aside(flows: Flows) -> None:
    aside = DialogueStack().start(FLAGSHIP, flows).dialogue
    here = aside.start("record_keeping", flows).dialogue.switch(flows).dialogue
    move = here.choose("record_keeping/s1", "contact", flows)
    told = FLOW_RENDERER.messages(move.responses)[-1]
    ways = {option.id: option.label for option in told.options}
    assert list(ways) == ["do:resume", "do:restart", "do:menu"]
    assert flows[FLAGSHIP].title in ways["do:resume"]
