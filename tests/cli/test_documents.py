"""Documents that are taken in and out by a person at a terminal."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from bot.operations.content_folder import edited_content, open_editions
from bot.settings import HOME, Settings
from knowledge.documents import read_document_of
from knowledge.library import Library
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("nobody_answers")


POLICY = """# Missing children

4.2 If a child is missing, staff do not wait. They must:

(a) ring the police on 101;
(b) tell the manager, at once.

Nobody is told to go home and wait.

See also the Neglect guidance.
"""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "Policy.md"
    path.write_text(POLICY)
    return path


def library() -> Library:
    return Library.read(open_editions(Settings.read()).live_folder())


def test_a_document_is_taken_in_and_its_id_stands_alone_on_the_last_line(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--publisher", "Sussex SCP", "--area", "East Sussex", "--version", "Version 3, 2026")
    assert run("import", policy, *given, "--why", "asked for", "--publish") == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "005"
    assert "Published edition" in said.err
    assert "one that is started answers from it" in said.err
    live = open_editions(Settings.read()).live()
    assert (live.who, live.why) == ("ann", "asked for")
    assert live.summary == "Took in document 005, Missing children"
    document = library().documents["005"]
    assert (document.publisher, document.area) == ("Sussex SCP", "east-sussex")
    assert (document.version, document.year) == ("Version 3, 2026", 2026)
    assert [(each.lines, each.why) for each in document.not_quoted] == [
        ((6, 6), "points to another document or page")
    ]
    cut = [each for each in library().passages.values() if each.document_id == "005"]
    assert [(each.id, each.reference) for each in cut] == [
        ("005.4.2", "4.2"),
        ("005.4.2.a", "4.2 (a)"),
        ("005.4.2.b", "4.2 (b)"),
        ("005.p4", "¶ 4"),
    ]


def test_the_original_is_kept_with_its_sum(run: Run, policy: Path) -> None:
    run("import", policy, "--publish")
    editions = open_editions(Settings.read())
    with editions.draft() as draft:
        assert (draft.folder / "documents" / "005" / "original.md").read_text() == POLICY
    kept = read_document_of(editions.live_folder(), "005").original
    assert kept is not None
    assert kept.name == "original.md"
    assert kept.sha256 == hashlib.sha256(POLICY.encode()).hexdigest()


def test_names_that_were_found_are_told_before_they_are_published(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy.write_text(f"{POLICY}\nAsk Dr Jane Example before you go.\n")
    assert run("import", policy, "--publish") == 0
    said = capsys.readouterr()
    assert "Jane Example" in said.err.partition("Published edition")[0]
    assert said.out == "005\n"


def test_what_is_not_given_is_said_to_be_so(run: Run, policy: Path) -> None:
    run("import", policy, "--publish")
    document = library().documents["005"]
    assert (document.title, document.publisher) == ("Missing children", "publisher not given")
    assert (document.version, document.year, document.area) == ("version not given", None, None)
    assert document.certainty == "C"


def test_without_publish_nothing_is_changed(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", policy, "--title", "Another title") == 0
    said = capsys.readouterr()
    assert "Would be published as 005  Another title" in said.out
    assert "nothing is published" in said.err
    assert open_editions(Settings.read()).live().id == "shipped"


def test_a_refused_file_is_told_and_publishes_nothing(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "policy.pdf").write_bytes(b"%PDF-1.7\njunk")
    assert run("import", tmp_path / "policy.pdf", "--publish") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "this PDF is damaged" in said.err
    assert open_editions(Settings.read()).live().id == "shipped"


def test_a_document_of_one_area_is_told_to_be_so_until_somebody_says_otherwise(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", policy, "--area", "East Sussex", "--publish")
    assert "stands that this is East Sussex's text" in capsys.readouterr().err
    assert library().documents["005"].local_to == "east-sussex"
    assert run("holds", "005", "--everywhere") == 0
    assert library().documents["005"].local_to == "east-sussex"
    _, draft = edited_content(Settings.read())
    assert read_document_of(draft, "005").local_to is None
    assert run("holds", "002", "--everywhere") != 0


def test_what_holds_everywhere_is_taken_in_so(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", policy, "--area", "East Sussex", "--everywhere", "--publish")
    assert "this is East Sussex's text" not in capsys.readouterr().err
    assert library().documents["005"].local_to is None


def test_documents_are_listed(run: Run, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import", policy, "--publish")
    capsys.readouterr()
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == [
        "005  Missing children",
        "     publisher not given, every area, version not given, 4 passages",
    ]
    assert lines[6].startswith("003  Key Principles (Knowsley)")


def test_what_is_shipped_is_sound(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    assert capsys.readouterr().err.startswith("5 documents, ")


def test_every_slip_is_named_in_one_run(
    run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    shutil.copytree(HOME / "data", home / "data")
    ignored = shutil.ignore_patterns("*.py", "*.npz", "importing", "editions", "__pycache__")
    shutil.copytree(HOME / "knowledge", home / "knowledge", ignore=ignored)
    monkeypatch.setenv("FP_HOME", str(home))
    knowledge = home / "knowledge"
    (knowledge / "glossary.yaml").write_text("- term: DSL\n")
    with (knowledge / "questions.jsonl").open("a") as file:
        file.write('{"passage_id": "009.1", "questions": []}\n{"passage_id": "009.2"}\n')
    with (knowledge / "relations.yaml").open("a") as file:
        file.write('  - {topic: t, sides: ["009.1", "009.2"], says: s}\n')
    flow = home / "data" / "flows" / "new_concern.yaml"
    flow.write_text(flow.read_text().replace("[003.", "[009."))
    assert run("check") == 1
    said = capsys.readouterr().err
    for part in (
        "knowledge/glossary.yaml:1: ",
        "009.1: there is no such",
        "'009.2'",
        "'questions' is missing",
    ):
        assert part in said
    assert "flows/new_concern.yaml:" in said


def test_a_document_that_nothing_cites_is_retired_with_what_is_its_own(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", policy, "--publish")
    editions = open_editions(Settings.read())
    with editions.draft() as draft:
        questions = draft.folder / "questions.jsonl"
        before = questions.read_text()
        line = json.dumps({"passage_id": "005.4.2", "questions": ["do I wait"]})
        questions.write_text(f"{before}{line}\n")
        gaps = draft.folder / "gaps.jsonl"
        first, *rest = gaps.read_text().splitlines()
        near = json.loads(first)
        near["near"].append("005.p4")
        gaps.write_text("\n".join([json.dumps(near), *rest]) + "\n")
        editions.publish(draft, "ann", "", "A question")
    assert run("retire", "005", "--why", "superseded") == 0
    told = capsys.readouterr()
    assert "without document 005" in told.err
    assert "Questions that are written for its passages, which go with it:\n  do I wait" in told.out
    assert "do I wait" in editions.live().why
    folder = editions.live_folder()
    assert "005" not in Library.read(folder).documents
    assert (folder / "questions.jsonl").read_text() == before
    assert "005.p4" not in (folder / "gaps.jsonl").read_text()


def test_a_document_that_is_cited_is_refused_with_every_place(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("retire", "003") == 5
    said = capsys.readouterr().err
    assert said.startswith("003 is still cited. Change these places first")
    for file in ("relations.yaml:", "notices.yaml:", "flows/new_concern.yaml:", "induction/"):
        assert file in said
    assert open_editions(Settings.read()).live().id == "shipped"


@pytest.mark.parametrize("document", ["009", "..", "", "003/.."])
def test_a_document_that_is_not_there_is_not_retired(
    run: Run, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("retire", document) == 5
    assert "`principles content list` has the ids" in capsys.readouterr().err


@pytest.mark.parametrize("taken_out", [("retire", "005"), ("rollback", "shipped")])
def test_an_id_that_a_document_had_is_never_given_to_another(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str], taken_out: tuple[str, str]
) -> None:
    run("import", policy, "--publish")
    assert run(*taken_out) == 0
    capsys.readouterr()
    assert run("import", policy, "--publish") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "006"


def test_the_id_is_printed_before_a_server_is_waited_for(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out: list[str] = []
    monkeypatch.setattr(
        "bot.cli.documents.wait_until_live", lambda *_: out.append(capsys.readouterr().out)
    )
    assert run("import", policy, "--publish") == 0
    assert out == ["005\n"]
    assert capsys.readouterr().out == ""


def test_a_new_area_is_named_beside_those_that_there_are(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", policy, "--area", "Knowsly")
    said = " ".join(capsys.readouterr().err.split())
    assert "knowsly is a new area. There were: " in said
    assert "knowsley" in said
    run("import", policy, "--area", "Knowsley")
    assert "new area" not in capsys.readouterr().err


@pytest.mark.parametrize("given", [("--area", "…"), ("--title", "Zo\udceb")])
def test_what_is_given_and_cannot_be_kept_is_refused(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, str]
) -> None:
    assert run("import", policy, *given, "--publish") == 1
    assert "Something went wrong" not in capsys.readouterr().err
    assert open_editions(Settings.read()).live().id == "shipped"


def test_slips_that_were_there_before_are_told_apart(
    run: Run, policy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", policy, "--publish")
    editions = open_editions(Settings.read())
    with editions.draft() as draft:
        (draft.folder / "glossary.yaml").write_text("- term: DSL\n")
        editions.publish(draft, "ann", "", "A slip")
    capsys.readouterr()
    assert run("retire", "005") == 5
    said = capsys.readouterr().err
    assert said.startswith("These slips were there before. Mend them first:\ncontent/glossary.yaml")
    assert "still cited" not in said
    assert run("retire", "003") == 5
    cited, _, before = capsys.readouterr().err.partition("These slips were there before.")
    assert "flows/new_concern.yaml:" in cited
    assert "glossary" not in cited
    assert "flows/" not in before
