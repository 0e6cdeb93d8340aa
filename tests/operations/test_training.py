"""When Rasa's model is trained again: for any input that has changed, and for a damaged model."""

from __future__ import annotations

from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from bot.operations import training
from bot.operations.rasa_process import MODEL
from bot.rasa import provenance
from bot.settings import HOME, Settings

INPUTS = sorted(
    path.relative_to(HOME).as_posix()
    for path in {
        *training.files(HOME),
        *provenance.modules(),
        *(HOME / each for each in provenance.ENCODER),
        HOME / provenance.RASA_LOCK,
    }
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all that training reads, and of more."""
    home = tmp_path_factory.mktemp("home")
    for name in ("bot", "data", "requirements"):
        copytree(HOME / name, home / name, ignore=ignore_patterns("__pycache__", "*.npz"))
    copytree(HOME / "knowledge", home / "knowledge", ignore=ignore_patterns("documents"))
    for name in ("config.yml", "domain.yml"):
        copy(HOME / name, home / name)
    return home


@pytest.fixture(scope="module")
def before(home: Path) -> str:
    return training.fingerprint(home)


def test_the_same_files_elsewhere_have_the_same_fingerprint(before: str) -> None:
    assert before == training.fingerprint(HOME)


def test_what_was_once_left_out_is_an_input() -> None:
    for name in (
        "config.yml",
        "domain.yml",
        "bot/understanding/text_features.py",
        "knowledge/encoder.py",
        "knowledge/tuned_layers.npz",
    ):
        assert name in INPUTS


@pytest.mark.parametrize("name", INPUTS)
def test_any_input_that_changes_calls_for_training(name: str, home: Path, before: str) -> None:
    path = home / name
    written = path.read_bytes()
    path.write_bytes(written + b"\n\n")
    try:
        assert training.fingerprint(home) != before
    finally:
        path.write_bytes(written)


def test_a_new_file_that_rasa_would_learn_from_is_an_input(home: Path, before: str) -> None:
    new = home / "data" / "more.yml"
    new.write_text('version: "3.1"\nnlu: []\n')
    assert training.fingerprint(home) != before
    new.unlink()


@pytest.mark.parametrize("package", provenance.ENCODER_PACKAGES)
def test_another_package_of_the_encoder_calls_for_training(
    package: str, home: Path, before: str
) -> None:
    path = home / provenance.ENCODER_LOCK
    written = path.read_text("utf-8")
    path.write_text(written.replace(f"\n{package}==", f"\n{package}==9"), "utf-8")
    assert training.fingerprint(home) != before
    path.write_text(written, "utf-8")


def test_of_a_flow_the_triggers_count_and_the_words_do_not(home: Path, before: str) -> None:
    path = home / "data" / "flows" / "record_keeping.yaml"
    written = path.read_text("utf-8")
    path.write_text(written + "# a comment\n", "utf-8")
    assert training.fingerprint(home) == before
    path.write_text(written.replace("triggers:\n", "triggers:\n  - one more trigger\n"), "utf-8")
    assert training.fingerprint(home) != before
    path.write_text(written, "utf-8")


def test_of_a_notice_the_examples_count_and_the_words_do_not(home: Path, before: str) -> None:
    path = home / "data" / "notices.yaml"
    written = path.read_text("utf-8")
    path.write_text(written.replace("says: ", "says: Well. ", 1), "utf-8")
    assert training.fingerprint(home) == before
    path.write_text(written.replace("examples: |\n", "examples: |\n      - one more\n", 1), "utf-8")
    assert training.fingerprint(home) != before
    path.write_text(written, "utf-8")


def test_an_edition_is_learnt_in_place_of_what_was_shipped(
    home: Path, before: str, tmp_path: Path
) -> None:
    """What the edition lacks is learnt from what was shipped."""
    assert training.fingerprint(home, tmp_path) == before
    copytree(home / "data" / "flows", tmp_path / "data" / "flows")
    for name in ("flows_shared.yaml", "citation_rules.yaml"):
        copy(home / "data" / name, tmp_path / "data")
    assert training.fingerprint(home, tmp_path) == before
    flow = tmp_path / "data" / "flows" / "record_keeping.yaml"
    flow.write_text(flow.read_text("utf-8").replace("triggers:\n", "triggers:\n  - another\n"))
    assert training.fingerprint(home, tmp_path) != before


def test_the_model_that_served_before_is_kept_for_the_way_back(trained: Settings) -> None:
    other = trained.models_dir / "other"
    other.mkdir()
    (other / MODEL).write_bytes(b"another model")
    (other / training.STAMP).write_text("of another")
    training.exchange(trained, other)
    assert (trained.models_dir / MODEL).read_bytes() == b"another model"
    assert training.is_current(trained, None, other)
    training.exchange(trained, other)
    assert training.is_current(trained, None)


@pytest.fixture
def trained(tmp_path: Path) -> Settings:
    settings = Settings(state_dir=tmp_path)
    settings.models_dir.mkdir()
    model = settings.models_dir / MODEL
    model.write_bytes(bytes(range(256)) * 64)
    stamped = training.stamp(training.fingerprint(HOME), model)
    (settings.models_dir / training.STAMP).write_text(stamped)
    return settings


def test_a_model_that_is_whole_is_current(trained: Settings) -> None:
    assert training.is_current(trained, None)


def test_a_model_that_is_cut_off_is_not_current(trained: Settings) -> None:
    model = trained.models_dir / MODEL
    model.write_bytes(model.read_bytes()[:-100])
    assert not training.is_current(trained, None)


@pytest.mark.parametrize("name", [MODEL, training.STAMP])
def test_a_model_that_is_not_there_is_not_current(name: str, trained: Settings) -> None:
    (trained.models_dir / name).unlink()
    assert not training.is_current(trained, None)


def test_the_model_that_serves_is_the_newest_for_rasas_commands_once(
    trained: Settings, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    training.share(trained, None, shared)
    model = shared / MODEL
    assert model.read_bytes() == (trained.models_dir / MODEL).read_bytes()
    at = model.stat().st_mtime_ns
    training.share(trained, None, shared)
    assert model.stat().st_mtime_ns == at


def test_a_model_that_is_out_of_date_is_not_shared(trained: Settings, tmp_path: Path) -> None:
    (trained.models_dir / training.STAMP).write_text("another")
    training.share(trained, None, tmp_path / "shared")
    assert not (tmp_path / "shared").exists()
