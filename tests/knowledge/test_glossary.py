from __future__ import annotations

import pytest

from knowledge.glossary import Glossary

GLOSSARY = Glossary.read()


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("what does s47 mean", "Section 47"),
        ("What does S.47 mean?", "Section 47"),
        ("what is a deficit model?", "deficit model"),
        ("what does LADO stand for", "LADO"),
        ("define kinship care", "kinship care"),
        ("whats a MASH", "MASH"),
    ],
)
def test_a_term_is_explained(question: str, term: str) -> None:
    found = GLOSSARY.asked(question)
    assert found is not None
    assert found.name == term


@pytest.mark.parametrize(
    "question",
    ["what is the time limit for a s47", "does LADO decide", "", "?", "what does it mean"],
)
def test_more_than_a_meaning_is_not_a_glossary_question(question: str) -> None:
    assert GLOSSARY.asked(question) is None
