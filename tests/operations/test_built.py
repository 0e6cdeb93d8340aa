"""A state folder is filled from what was built elsewhere, which is only read."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from bench.bots import start_assistant
from bot.errors import UserFacingError
from bot.operations import built, training
from bot.operations.content_folder import live_content
from bot.operations.rasa_process import MODEL
from bot.settings import HOME, Settings

LEFT_BY_THIS_RELEASE = (
    "models/encoder/onnx/model.onnx",
    "index/3a1a/vectors.faiss",
    "index/vectors.db",
)


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def model(folder: Path, text: str, trained_from: str) -> None:
    write(folder, {MODEL: text})
    write(folder, {training.STAMP: training.stamp(trained_from, folder / MODEL)})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write(tmp_path / "built", dict.fromkeys(LEFT_BY_THIS_RELEASE, "built"))
    (tmp_path / "state").mkdir()
    return Settings(state_dir=tmp_path / "state", built_dir=tmp_path / "built")


def everything(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


@pytest.fixture
def learnt(settings: Settings) -> str:
    return training.fingerprint(HOME, live_content(settings))


def test_an_empty_state_folder_gets_all_of_it(settings: Settings, learnt: str) -> None:
    assert settings.built_dir
    model(settings.built_dir / "models", "a model", learnt)
    before = everything(settings.built_dir)
    built.fill(settings)
    assert everything(settings.state_dir) == everything(settings.built_dir) == before
    assert training.is_current(settings, live_content(settings))


def test_a_built_folder_that_may_not_be_written_leaves_copies_that_may(settings: Settings) -> None:
    assert settings.built_dir
    shut = settings.built_dir / "models" / "encoder"
    shut.chmod(0o555)
    (shut / "onnx" / "model.onnx").chmod(0o444)
    built.fill(settings)
    shut.chmod(0o755)
    copied = settings.models_dir / "encoder"
    assert copied.stat().st_mode & 0o200
    assert (copied / "onnx" / "model.onnx").stat().st_mode & 0o200


def test_what_is_there_stays(settings: Settings, learnt: str) -> None:
    """An index that was brought up to date here, and a model that was trained here."""
    assert settings.built_dir
    model(settings.built_dir / "models", "built", learnt)
    write(settings.state_dir, {"index/vectors.db": "own"})
    model(settings.models_dir, "own", learnt)
    built.fill(settings)
    found = everything(settings.state_dir)
    assert (found["index/vectors.db"], found[f"models/{MODEL}"]) == ("own", "own")
    assert found["index/3a1a/vectors.faiss"] == "built"


@pytest.mark.parametrize(
    ("trained_from", "expected"), [("this release", "built"), ("another release", "own")]
)
def test_a_model_of_another_release_gives_way_only_to_one_of_this(
    settings: Settings, learnt: str, trained_from: str, expected: str
) -> None:
    assert settings.built_dir
    made_from = learnt if trained_from == "this release" else trained_from
    model(settings.built_dir / "models", "built", made_from)
    model(settings.models_dir, "own", "an earlier release")
    built.fill(settings)
    assert (settings.models_dir / MODEL).read_text() == expected


def test_a_copy_that_was_cut_short_is_made_again(settings: Settings) -> None:
    write(settings.state_dir, {"models/encoder.copied/onnx/model.onnx": "half"})
    built.fill(settings)
    assert sorted(everything(settings.state_dir)) == sorted(LEFT_BY_THIS_RELEASE)


def test_without_such_a_folder_nothing_is_done(tmp_path: Path) -> None:
    built.fill(Settings(state_dir=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FP_BUILT_DIR", str(tmp_path / "nothing"))
    with pytest.raises(UserFacingError, match="FP_BUILT_DIR: there is no folder"):
        Settings.read()


@pytest.mark.rasa
def test_an_empty_state_folder_is_answered_from_at_once(tmp_path: Path) -> None:
    """Nothing is indexed, exported or trained, and nothing is written to what was built."""
    there = Settings().state_dir
    before = modified(there)
    with start_assistant(tmp_path, {"FP_BUILT_DIR": str(there)}) as running:
        with httpx.Client(base_url=f"{running.url}/api/v1", timeout=30, trust_env=False) as api:
            opened = api.post("/conversations", json={}).raise_for_status().json()
            reply = api.post(
                f"/conversations/{opened['conversation_id']}/messages",
                json={"text": "does a partner interpreting for mum count as ok"},
                headers={"Authorization": f"Bearer {opened['token']}"},
            )
        assert "answer" in [each["type"] for each in reply.raise_for_status().json()["messages"]]
    said = (tmp_path / "serve.log").read_text()
    assert "Indexing" not in said
    assert "training" not in said
    assert not (tmp_path / "train.log").exists()
    assert modified(there) == before


def modified(folder: Path) -> dict[str, int]:
    """When each file of the index and the models was written."""
    files = (path for name in ("index", "models") for path in (folder / name).resolve().rglob("*"))
    return {str(path): path.stat().st_mtime_ns for path in files}
