"""What the documents name is there, and what an administrator may set is named."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import regex

from bot.operations.production_checks import TEAMS_UNSAFE
from bot.settings import HOME
from tests.docs import code
from tests.docs.pages import PAGES, Page

FOLDERS = {"docs/threat-model.md": "tests", "docs/knowledge.md": "knowledge"} | {
    "docs/safety.md": "tests/understanding/safety",
    "docs/evaluation.md": "tests/eval",
    "docs/guides/correcting-an-answer.md": "knowledge",
}
"""Where the files are that these documents name without a folder, as each of them says."""
SETTING = regex.compile(r"\bFP_[A-Z]+(?:_[A-Z]+)*(?![A-Z_])")
FILE = regex.compile(r"[\w.<>*-]+(?:/[\w.<>*-]+)*/?")
SUFFIXES = {".py", ".yml", ".yaml", ".md", ".txt", ".jsonl", ".json", ".npz", ".html", ".css"} | {
    ".js",
    ".toml",
    ".sh",
    ".tsv",
    ".in",
}
WRITTEN = regex.compile(r"(?:var/)?([\w-]+\.(?:db|log))")
EVENT = regex.compile(r"[a-z_]+\.[a-z_]+")
TABLE = regex.compile(r"\btables?,? `(\w+)`|`(\w+)` tables?\b")
COLUMN = regex.compile(r"\bcolumns?,? `(\w+)`|`(\w+)` columns?\b")
METRIC = regex.compile(r"\bprinciples_\w+")
COMMAND = regex.compile(r"\bprinciples ((?:[a-z][a-z-]*(?: |$))+)(.*)")
MADE = regex.compile(r"\bmake ([a-z-]+)")
MODULE = regex.compile(r"\bpython -m ([\w.]+)")
RAISES = regex.compile(r"\bRaises (?:an? )?([A-Z][a-z]\w+)")
OPTION = regex.compile(r"--[a-z-]+")
NAMED = regex.compile(r"([A-Z]\w*?[a-z_]\w*|[A-Z]+_[A-Z_]+)(?:\.\w+)*(?:\(.*\))?")
"""`DangerClassifier.alert(text)`, `REFUSED_AT_MOST`: what only a program would be called."""
ELSEWHERE = {"App", "TimeoutStopSec", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PGSSLMODE"} | {
    *("AsyncOAuth2Client", "MissingTokenError", "PyJWKClient", "PyJWKClientConnectionError"),
    *("HashingVectorizer", "TfidfVectorizer"),
}
"""Names of other programs, and of what docs/adr/0011 declined."""

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def test_there_are_pages_to_read() -> None:
    assert {"README.md", "docs/settings.md", "docs/adr/0001-two-environments.md"} <= {
        page.name for page in PAGES
    }


@every_page
def test_a_setting_that_is_named_exists(page: Page) -> None:
    named = set(SETTING.findall(page.text))
    assert named <= code.settings().keys() | code.read_directly()


def test_every_setting_stands_in_a_table() -> None:
    rows = [
        line.split("|")[1].strip(" `")
        for page in PAGES
        if page.name in {"docs/settings.md", "docs/teams.md"}
        for line in page.text.splitlines()
        if line.startswith("| `")
    ]
    wanted = code.settings().keys() | code.read_directly() | {TEAMS_UNSAFE}
    assert wanted - set(rows) == set()


def test_a_default_is_the_one_that_the_code_has() -> None:
    row = regex.compile(r"^\| `(FP_\w+)` \| `([^`]+)` \|", regex.MULTILINE)
    shown = {name: value for page in PAGES for name, value in row.findall(page.text)}
    assert len(shown) > 10
    assert shown == {name: as_set(code.default(name)) for name in shown}


def as_set(value: object) -> str:
    """As an administrator would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def test_a_secret_may_come_as_a_file_and_every_such_file_is_named() -> None:
    (page,) = (page for page in PAGES if page.name == "docs/settings.md")
    files = {span.upper() for span in page.spans if regex.fullmatch(r"fp_[a-z_]+", span)}
    assert files == code.secrets()


@every_page
def test_a_command_that_is_named_exists(page: Page) -> None:
    for line in page.lines_of_code:
        for words, rest in COMMAND.findall(line):
            found = code.command(words.split())
            assert found, line
            options = {name for each in found.params for name in each.opts}
            assert set(OPTION.findall(rest)) <= options, line


@every_page
def test_a_target_of_make_that_is_named_exists(page: Page) -> None:
    assert {name for line in page.lines_of_code for name in MADE.findall(line)} <= code.targets()


def test_make_helps_with_every_target() -> None:
    lines = (HOME / "Makefile").read_text("utf-8").splitlines()
    helped = {name for line in lines if "@echo" in line for name in MADE.findall(line)}
    assert helped == code.targets() - {"help", "setup"}


@every_page
def test_a_module_that_is_run_exists(page: Page) -> None:
    for line in page.lines_of_code:
        for name in MODULE.findall(line):
            assert find_spec(name), line


def files_named(page: Page) -> Iterator[str]:
    """Words of code that look like a file or a folder of the project."""
    rooms = {path.name for path in HOME.iterdir() if path.is_dir()} - {"var"}
    for word in page.words_of_code:
        name = word.partition("::")[0]
        if FILE.fullmatch(name) and (
            Path(name).suffix in SUFFIXES or ("/" in name and name.split("/")[0] in rooms)
        ):
            yield name


def found(page: Page, name: str) -> list[Path]:
    """The files of that name; `<id>` stands for any."""
    pattern = regex.sub(r"<\w+>", "*", name).rstrip("/")
    folders = (HOME, HOME / FOLDERS.get(page.name, "."))
    return [path for folder in folders for path in folder.glob(pattern)]


@every_page
def test_a_file_that_is_named_exists(page: Page) -> None:
    assert [name for name in files_named(page) if not found(page, name)] == []


@every_page
def test_a_test_that_is_named_exists(page: Page) -> None:
    file = ""
    for word in page.words_of_code:
        name, marked, test = word.partition("::")
        file = name if name.endswith(".py") else file
        if marked:
            texts = [path.read_text("utf-8") for path in found(page, file)]
            assert any(f"def {test}(" in text for text in texts), word


@every_page
def test_a_link_leads_somewhere(page: Page) -> None:
    for file, anchor in page.links():
        assert file.exists(), file
        assert not anchor or anchor in Page(file).anchors, (file, anchor)


@every_page
def test_a_file_that_the_assistant_writes_is_written_by_it(page: Page) -> None:
    written = {name for span in page.spans for name in WRITTEN.findall(span)}
    text = code.source("bot", "actions", "knowledge")
    assert {name for name in written if f'{name}"' not in text and f"{name}'" not in text} == set()


@every_page
def test_an_event_of_the_log_that_is_named_is_logged(page: Page) -> None:
    dotted = {span for span in page.spans if EVENT.fullmatch(span)}
    files = {name for name in dotted if Path(name).suffix in SUFFIXES or WRITTEN.fullmatch(name)}
    modules = {name for name in dotted if (HOME / f"{name.replace('.', '/')}.py").exists()}
    assert dotted - files - modules <= code.events()


@every_page
def test_a_table_and_a_column_that_are_named_are_kept(page: Page) -> None:
    columns = code.columns()
    assert {"".join(name) for name in TABLE.findall(page.prose)} <= columns.keys()
    kept = set().union(*columns.values())
    assert {"".join(name) for name in COLUMN.findall(page.prose)} <= kept


@every_page
def test_a_metric_that_is_named_is_counted(page: Page) -> None:
    counted = code.source("bot/operations")
    for name in METRIC.findall(page.text):
        assert f'"{name.removesuffix("_total")}"' in counted, name


def test_an_error_that_a_docstring_names_is_one_that_the_code_has() -> None:
    text = code.source("bot", "actions", "knowledge", "bench", "scripts")
    named = set(RAISES.findall(text))
    assert len(named) > 10
    known = {name for name in named if regex.search(rf"\b(?:class|import\b.*) {name}\b", text)}
    assert named - known - set(dir(builtins)) == set()


@every_page
def test_a_name_of_the_code_is_in_the_code(page: Page) -> None:
    named = {
        part
        for span in page.spans
        if NAMED.fullmatch(span) and not SETTING.fullmatch(span)
        for part in span.partition("(")[0].split(".")
    }
    watched = (HOME / "deploy" / "prometheus" / "alerts.yaml").read_text("utf-8")
    alerts = set(regex.findall(r"alert: (\w+)", watched))
    assert named - code.words(*code.ROOMS) - ELSEWHERE - alerts == set()
