"""The whole of Knowledge with the real encoder, in an index of its own."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from bot.settings import Settings
from knowledge import Knowledge
from knowledge.index import Manifest, trouble_with
from knowledge.library import FOLDER
from knowledge.relations import Relations
from tests.shipped import ANSWERS

pytestmark = pytest.mark.encoder

ODD = [
    "a",
    "?",
    "the and of",
    "czy mogę zapytać o dziecko",
    "oes angen caniatâd",
    "👶👶",
    "x " * 999,
]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return Knowledge.open(Settings.read().state_dir)


@pytest.fixture
def copied(knowledge: Knowledge, tmp_path: Path) -> Path:
    """A copy of a good index, to be damaged."""
    shutil.copytree(index_of_what_is_shipped(), tmp_path / "index")
    return tmp_path / "index"


def index_of_what_is_shipped() -> Path:
    return Settings.read().state_dir / "index" / Manifest.wanted(FOLDER).key


def test_vectors_have_length_one_and_are_the_same_alone_and_together(knowledge: Knowledge) -> None:
    texts = ["can I share this", "what does the guidance say about records"]
    together = knowledge.encoder.encode(texts)
    alone = np.concatenate([knowledge.encoder.encode([text]) for text in texts])
    assert together.shape == (2, 384)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(together, alone, atol=1e-4)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("does a partner interpreting for mum count as ok", "002.P2"),
        ("what does Knowsley say about recording?", "003.2.6.1"),
        ("can a parent bring a friend to the meeting", "002.P3.b"),
    ],
)
def test_a_question_finds_its_passage(knowledge: Knowledge, question: str, passage: str) -> None:
    answer = knowledge.answer(question)
    assert answer.verdict == "answerable"
    assert passage in {quote.passage_id for quote in answer.quotes}
    for quote in answer.quotes:
        assert quote.text in knowledge.library.documents[quote.citation.document_id].text


def test_who_is_quoted_a_rule_is_quoted_its_exception_below(knowledge: Knowledge) -> None:
    exceptions = Relations.read(knowledge.library).exceptions
    asked = "should consent be obtained before personal information goes to third parties"
    shown = [quote.passage_id for quote in knowledge.answer(asked).quotes]
    rules = [passage for passage in shown if passage in exceptions]
    assert "003.2.3.2" in rules
    for rule in rules:
        assert exceptions[rule] in shown


def test_a_list_is_quoted_whole(knowledge: Knowledge) -> None:
    (quote,) = knowledge.answer("what are the fifteen principles").quotes
    assert quote.text.count("\n- ") == 15


def test_whose_words_are_said_to_be_quoted_are_quoted(knowledge: Knowledge) -> None:
    """Also where only some of what was found is shown, and where an exception comes along."""
    asked = [topic.questions[0] for topic in knowledge.questions.gaps.values()]
    asked += [f"Please: {each[0]}" for each in knowledge.questions.answered.values()]
    nearest = 0
    for text in asked:
        answer = knowledge.answer(text, in_other_words=True)
        quoted = [each.citation.document_id for each in answer.quotes]
        assert [each.id for each in answer.documents] == quoted, text
        nearest += answer.confidence == "closest"
    assert nearest


def test_what_is_missing_is_not_completed(knowledge: Knowledge) -> None:
    answer = knowledge.answer(
        "finish the sentence: in general the law will not prevent you from sharing information"
        " with other practitioners if"
    )
    shown = (*answer.quotes, *answer.related)[0]
    assert shown.passage_id == "003.2.3.5"
    assert shown.text.endswith("if:")
    assert shown.truncated_in_source
    assert "damaged" in {notice.kind for notice in shown.notices}


def test_a_gap_names_whom_to_ask(knowledge: Knowledge) -> None:
    answer = knowledge.answer("how many supporters can a parent bring")
    assert answer.verdict == "not_in_sources"
    assert answer.gap is not None
    assert answer.gap.id == "supporter_limits"


def test_gaps_are_told_by_how_like_their_questions_are_to_passages(knowledge: Knowledge) -> None:
    found = knowledge.gaps_like({"003.2.1.1"})
    assert [each for each, _ in found] != list(knowledge.questions.gaps)
    assert {each for each, _ in found} == set(knowledge.questions.gaps)
    likeness = [each for _, each in found]
    assert likeness == sorted(likeness, reverse=True)
    assert knowledge.gaps_like({"999.x"}) == []


def test_what_somebody_wrote_in_these_words_is_known(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gap that came with the content is not meant."""
    pinned = knowledge.questions.answered["003.2.1.1"][0]
    gap = knowledge.questions.gaps["supporter_limits"]
    assert knowledge.is_written(f"{pinned.upper()} ?")
    assert not knowledge.is_written(f"{pinned} of the moon")
    assert not knowledge.is_written(gap.questions[0])
    added = replace(gap, added_on=date(2026, 11, 21))
    monkeypatch.setitem(knowledge.questions.gaps, gap.id, added)
    assert knowledge.is_written(gap.questions[0])


def test_questions_that_nothing_answers_are_told_by_how_like_they_are_to_passages(
    knowledge: Knowledge,
) -> None:
    found = knowledge.unanswered_like({"003.2.1.1"})
    topics = (*knowledge.questions.gaps.values(), *knowledge.questions.out_of_scope.values())
    assert set(found) == {text for topic in topics for text in topic.questions}
    assert max(found.values()) > 0.4 > min(found.values())
    assert knowledge.unanswered_like({"999.x"}) == {}


def test_the_weather_is_out_of_scope(knowledge: Knowledge) -> None:
    assert knowledge.answer("what is the weather").verdict == "out_of_scope"


def test_an_area_comes_first(knowledge: Knowledge) -> None:
    question = "does partnership mean agreeing with parents"
    first = knowledge.search(question, 1, area="knowsley").hits[0]
    assert first.citation.area == "knowsley"
    assert (
        knowledge.search(question, 1, area="lincolnshire").hits[0].citation.area == "lincolnshire"
    )


def test_among_equals_what_supersedes_comes_first(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, question = knowledge.searching, "does partnership mean agreeing with parents"
    first = knowledge.search(question, 1).hits[0].citation.document_id
    monkeypatch.setattr(search, "_superseded", search._documents == first)
    assert knowledge.search(question, 1).hits[0].citation.document_id != first
    named = knowledge.search(question, 1, documents=(first,)).hits[0]
    assert named.citation.document_id == first


def test_a_meaning_is_told_apart_from_what_the_sources_say(knowledge: Knowledge) -> None:
    assert knowledge.answer("what does s47 mean").term
    assert knowledge.answer("what does Knowsley say about recording").term is None


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_question_gets_a_reply(knowledge: Knowledge, text: str) -> None:
    for context in ([], ["and then?"]):
        found = knowledge.answer(text, context=context)
        assert ANSWERS.lead(found)


@pytest.mark.parametrize("name", ["vectors.npy", "learned.npz", "phrases.json", "manifest.json"])
def test_a_damaged_index_is_noticed(copied: Path, name: str) -> None:
    wanted = Manifest.wanted(FOLDER)
    assert trouble_with(copied, wanted) is None
    file = copied / name
    file.write_bytes(file.read_bytes()[:-3])
    assert trouble_with(copied, wanted) is not None


def test_a_good_index_is_not_built_again(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = index_of_what_is_shipped() / "manifest.json"
    before = index.stat().st_mtime_ns
    Knowledge.open(Settings.read().state_dir)
    assert index.stat().st_mtime_ns == before


def test_a_document_that_is_named_comes_before_the_area_that_was_chosen(
    knowledge: Knowledge,
) -> None:
    question = "what does 003 say about recording"
    assert knowledge.answer(question, "solihull").quotes[0].citation.document_id == "003"
    first = knowledge.answer("can I share this without consent", documents=["004"]).quotes[0]
    assert first.citation.document_id == "004"


def test_a_name_spelt_wrong_is_a_name(knowledge: Knowledge) -> None:
    assert knowledge.documents_named("and lincolnshre?") == ("001",)
    also = ["009", "004"]
    assert knowledge.documents_named("and lincolnshre?", also) == ("001", "004")


def test_a_document_with_nothing_on_it_does_not_come_first(knowledge: Knowledge) -> None:
    first = knowledge.answer("who should interpret for a deaf mum", documents=["004"]).quotes[0]
    assert first.citation.document_id == "002"


def test_a_follow_up_leans_on_the_question_before_it(knowledge: Knowledge) -> None:
    before = ["should the interpreter be somebody from the family"]
    alone = knowledge.search("and her sister?", 1).hits[0]
    after = knowledge.search("and her sister?", 1, context=before).hits[0]
    assert alone.passage_id != "002.P2"
    assert after.passage_id == "002.P2"


def test_words_that_say_nothing_alone_are_read_with_the_question_before(
    knowledge: Knowledge,
) -> None:
    after = knowledge.search("why", 1, context=["can I share this without consent"])
    assert (after.verdict, after.confidence) == ("answerable", "answers")
    assert knowledge.search("why", 1).verdict != "answerable"


def test_a_question_on_something_else_is_not_led_astray(knowledge: Knowledge) -> None:
    before = ["can I share this without consent"]
    assert knowledge.answer("what is the weather", context=before).verdict == "out_of_scope"


def test_what_comes_next_was_not_seen(knowledge: Knowledge) -> None:
    question = "what must I record"
    seen = [quote.passage_id for quote in knowledge.answer(question).quotes]
    told = []
    while more := knowledge.further(question, seen):
        told.append([quote.passage_id for quote in more.quotes])
        seen += told[-1]
    *full, rest = (len(each) for each in told)
    assert len(full) > 1
    assert set(full) == {3}
    assert 1 <= rest <= 3
    copies = [group for group in knowledge.relations.same if len(group & set(seen)) > 1]
    assert (len(seen), copies) == (len(set(seen)), [])


def test_a_list_that_was_read_whole_is_not_read_again_in_parts(knowledge: Knowledge) -> None:
    question = "what are the fifteen principles"
    more = knowledge.further(question, [knowledge.answer(question).quotes[0].passage_id])
    assert more is not None
    assert not {quote.passage_id for quote in more.quotes} & set(
        knowledge.relations.lists[0].members
    )


def test_nothing_comes_after_what_is_out_of_scope(knowledge: Knowledge) -> None:
    assert knowledge.further("what is the weather", []) is None


@pytest.mark.encoder
@pytest.mark.parametrize("leaning", [0.0, 0.5, 1.0])
def test_a_follow_up_is_as_near_as_the_question_before_it_by_as_much_as_it_leans(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, leaning: float
) -> None:
    """Beside a new document its own few words alone said whose passages are meant."""
    scorer = knowledge.searching.scorer
    monkeypatch.setattr(scorer, "own_text", SimpleNamespace(near=lambda vector: vector[:6]))
    own, before = (scorer._near(text, [], 0.0) for text in ("and grandma?", "share records"))
    near = scorer._near("and grandma?", ["share records"], leaning)
    assert near == pytest.approx((own + leaning * before) / (1 + leaning))
