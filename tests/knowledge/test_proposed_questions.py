from __future__ import annotations

from knowledge.documents import PassageEntry
from knowledge.proposed_questions import proposed


def passage(**given: str) -> PassageEntry:
    told = {"id": "001.4.2", "reference": "4.2", "label": "4.2", "kind": "item", "text": "Yes."}
    return PassageEntry.model_validate({**told, "lines": (1, 1), **given})


def test_questions_are_made_of_the_heading_the_label_and_the_lead_in() -> None:
    made = proposed(
        "the Protocol",
        passage(heading="4 Consent of parents", label="When MARAC decides", lead_in="Tell them:"),
        kept=(),
    )
    assert made == (
        "What does the Protocol say about consent of parents?",
        "What does the Protocol say about when MARAC decides?",
        "What comes after “Tell them” in the Protocol?",
        "What does 4.2 of the Protocol say?",
    )


def test_what_is_kept_and_what_is_only_the_passage_itself_is_not_proposed() -> None:
    assert proposed("P", passage(label="Yes"), kept=["what does 4.2 of p say?"]) == ()
    assert proposed("P", passage(reference="¶ 7", label="¶ 7"), kept=()) == ()
