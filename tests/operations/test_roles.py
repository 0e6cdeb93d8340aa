"""Which part a process is, and where it finds the others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import UserFacingError
from bot.operations.roles import EVERY, OwnParts, ProcessRole
from bot.operations.supervisor import alone
from bot.settings import HOME, Settings

GATEWAY, ACTIONS, RASA, JOBS = ProcessRole
SECRET = "s3cret" * 6
APART = {
    "rasa_secret": SECRET,
    "database_url": "postgresql://h/n",
    "actions_url": "http://actions.internal:8001/",
    "rasa_url": "http://rasa.internal:8002",
}
HEAVY = {"torch", "transformers", "spacy", "presidio_analyzer", "bot.container"}


def own(*roles: ProcessRole, **settings: object) -> OwnParts:
    return OwnParts.of(Settings.model_validate(settings), roles)


def test_whoever_names_no_part_is_all_of_them_and_needs_nothing_set() -> None:
    parts = own()
    assert parts.roles == EVERY
    assert len(parts.secret) >= 32
    assert parts.secret != own().secret
    assert parts.settings.actions_address == "http://127.0.0.1:8001"
    assert parts.settings.rasa_address == "http://127.0.0.1:8002"


@pytest.mark.parametrize(
    ("roles", "settings", "named"),
    [
        ((GATEWAY,), {**APART, "rasa_secret": None}, "FP_RASA_SECRET"),
        ((GATEWAY,), {**APART, "database_url": None}, "FP_DATABASE_URL"),
        ((JOBS,), {**APART, "tracker_db": "sqlite:////rasa.db"}, "FP_TRACKER_DB"),
        ((RASA,), {"rasa_secret": SECRET}, "FP_TRACKER_DB"),
    ],
)
def test_a_part_that_could_not_speak_to_the_others_is_refused(
    roles: tuple[ProcessRole, ...], settings: dict[str, object], named: str
) -> None:
    with pytest.raises(UserFacingError, match=named) as refused:
        own(*roles, **settings)
    assert "s3cret" not in str(refused.value)


def test_rasa_alone_needs_no_more_of_the_database_than_its_own_table() -> None:
    own(RASA, rasa_secret=SECRET, tracker_db="postgresql://rasa@h/n")


def test_what_a_process_has_itself_it_asks_for_nowhere_else() -> None:
    rest = own(GATEWAY, ACTIONS, JOBS, **APART, actions_host="0.0.0.0", actions_port=9001)
    assert rest.settings.actions_address == "http://127.0.0.1:9001"
    assert rest.settings.rasa_address == "http://rasa.internal:8002"
    rasa = own(RASA, **APART, rasa_host="::1")
    assert rasa.settings.actions_address == "http://actions.internal:8001"
    assert rasa.settings.rasa_address == "http://[::1]:8002"
    # Beside a gateway it is on loopback, whatever is set for those that are not.
    beside = own(GATEWAY, RASA, **APART, rasa_host="10.0.0.1")
    assert beside.settings.rasa_address == "http://127.0.0.1:8002"
    assert {each.secret for each in (rest, rasa, beside)} == {SECRET}


@pytest.mark.parametrize(
    ("one", "other", "is_refused"),
    [
        ((), (RASA,), True),
        ((RASA,), (RASA,), True),
        ((GATEWAY, ACTIONS), (RASA, JOBS), False),
        # Both make the index.
        ((GATEWAY,), (ACTIONS,), True),
    ],
)
def test_parts_share_a_state_folder_where_they_write_other_things(
    one: tuple[ProcessRole, ...],
    other: tuple[ProcessRole, ...],
    is_refused: bool,
    tmp_path: Path,
) -> None:
    with alone(own(*one, **APART, state_dir=tmp_path)):
        second = alone(own(*other, **APART, state_dir=tmp_path))
        if is_refused:
            with pytest.raises(UserFacingError, match="already running"):
                second.__enter__()
        else:
            with second:
                pass
    with alone(own(*other, **APART, state_dir=tmp_path)):
        pass


def test_rasa_and_the_jobs_load_nothing_that_reads_messages() -> None:
    code = (
        "import sys, bot.operations.parts_apart, bot.operations.jobs;"
        f"print(sorted({HEAVY} & set(sys.modules)))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
