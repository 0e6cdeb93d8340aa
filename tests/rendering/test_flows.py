from __future__ import annotations

from bot.flows import DialogueStack, Flows
from bot.messages import MESSAGES, OutcomeMessage, QuestionMessage
from tests.shipped import FLOW_RENDERER

FLAGSHIP = "share_without_consent"


def test_every_outcome_can_be_told_with_its_quotations(flows: Flows) -> None:
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
