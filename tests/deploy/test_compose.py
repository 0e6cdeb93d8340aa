"""compose.yaml is what the specification allows, and shuts what need not be open. No engine is
here to run it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from tests.deploy.files import DEPLOY, compose


def test_the_specification_allows_it() -> None:
    PyCompose.from_yaml(yaml.safe_dump(compose())).validate()


@pytest.mark.parametrize(
    ("service", "key", "value"),
    [("assistant", "cap_dropp", ["ALL"]), ("redis", "secrets", ["none"]), ("proxy", "tmpfs", 1)],
)
def test_the_check_can_fail(service: str, key: str, value: Any) -> None:
    broken = compose()
    broken["services"][service][key] = value
    with pytest.raises(ValueError, match=r"\w"):
        PyCompose.from_yaml(yaml.safe_dump(broken)).validate()


def test_what_is_named_is_declared() -> None:
    whole = compose()
    services = whole["services"].values()
    volumes = [each for service in services for each in service.get("volumes", [])]
    named = {each["source"] for each in volumes if each["type"] == "volume" and "source" in each}
    assert named == whole["volumes"].keys()
    for service in services:
        assert set(service.get("depends_on", ())) <= whole["services"].keys()


def test_only_the_proxy_reaches_or_is_reached_from_outside() -> None:
    whole = compose()
    assert whole["networks"]["inside"]["internal"]
    outside = [
        name
        for name, service in whole["services"].items()
        if "ports" in service or "outside" in service["networks"]
    ]
    assert outside == ["proxy"]


def test_the_proxy_that_is_trusted_is_the_one_that_asks() -> None:
    services = compose()["services"]
    address = services["proxy"]["networks"]["inside"]["ipv4_address"]
    assert services["assistant"]["environment"]["FP_TRUSTED_PROXIES"] == address


def test_each_assistant_has_a_state_folder_of_its_own() -> None:
    volumes = compose()["services"]["assistant"]["volumes"]
    (state,) = (each for each in volumes if each["target"] == "/var/lib/first-principles")
    assert state == {"type": "volume", "target": "/var/lib/first-principles"}


def test_the_secrets_that_are_mounted_are_those_that_the_script_makes(tmp_path: Path) -> None:
    script = copy(DEPLOY / "compose" / "secrets.sh", tmp_path)
    for _ in range(2):
        subprocess.run(["sh", script, str(os.getgid())], check=True)
        made = {path.name: path.read_text().strip() for path in (tmp_path / "secrets").iterdir()}
    by_hand = {"tls.crt", "tls.key"}
    mounted = {Path(each["file"]).name for each in compose()["secrets"].values()}
    assert made.keys() | by_hand == mounted
    assert made["postgres_password"] in made["fp_database_url"]
    assert made["redis_conf"].split()[1] in made["fp_redis_url"]
    assert len(made["fp_session_secret"]) == 64
    # What every account of the machine may open is refused in production.
    assert all(path.stat().st_mode & 0o777 == 0o440 for path in (tmp_path / "secrets").iterdir())
