"""The three ways to deploy name what is there, and say the same as the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import HOME, Settings
from tests.deploy.files import (
    CHART,
    NGINX,
    SETTINGS_ENV,
    UNIT,
    an_object,
    compose,
    unit,
    values,
)
from tests.docs import code

SETTING = re.compile(r"\bFP_[A-Z_]*[A-Z]\b")
SECRET = re.compile(r"\bfp_[a-z_]*[a-z]\b")
FILES = [
    *(HOME / name for name in ("Containerfile", "compose.yaml", "deploy/compose/secrets.sh")),
    *(path for path in sorted(CHART.rglob("*")) if path.is_file()),
    *(UNIT, SETTINGS_ENV),
]
STOPS_WITHIN_S = 45
IN_OPERATIONS = (HOME / "docs" / "operations.md").read_text("utf-8")
ACCOUNT = "10001:10001"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_a_setting_and_a_secret_that_are_named_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    assert set(SETTING.findall(text)) <= code.settings().keys() | code.read_directly()
    assert {name.upper() for name in SECRET.findall(text)} <= code.secrets()


def test_no_secret_stands_in_an_environment() -> None:
    named = {*compose()["services"]["assistant"]["environment"], *values()["settings"]}
    named |= {line.split("=")[0] for line in SETTINGS_ENV.read_text("utf-8").splitlines()}
    assert named & code.secrets() == set()


def test_the_chart_refuses_every_secret_among_its_settings() -> None:
    refused = set(SETTING.findall((CHART / "values.schema.json").read_text("utf-8")))
    assert code.secrets() <= refused


def test_all_give_it_as_long_to_stop_as_the_documents_say() -> None:
    said = {int(found) for found in re.findall(r"(?:Sec=|period: |Seconds: )(\d+)", IN_OPERATIONS)}
    assert said == {STOPS_WITHIN_S}
    assert compose()["services"]["assistant"]["stop_grace_period"] == f"{STOPS_WITHIN_S}s"
    assert compose()["services"]["proxy"]["stop_grace_period"] == f"{STOPS_WITHIN_S}s"
    pod = an_object("Deployment")["spec"]["template"]["spec"]
    assert pod["terminationGracePeriodSeconds"] == STOPS_WITHIN_S
    assert unit()["TimeoutStopSec"] == [str(STOPS_WITHIN_S)]


def test_all_ask_the_port_and_the_paths_that_the_assistant_has() -> None:
    port = Settings.model_fields["port"].default
    image = (HOME / "Containerfile").read_text("utf-8")
    assert f"EXPOSE {port}" in image
    assert f"http://assistant:{port}" in NGINX.read_text("utf-8")
    service = compose()["services"]["assistant"]
    assert f":{port}/readyz" in service["healthcheck"]["test"][-1]
    (container,) = an_object("Deployment")["spec"]["template"]["spec"]["containers"]
    assert [each["containerPort"] for each in container["ports"]] == [port]
    probes = ("startupProbe", "readinessProbe", "livenessProbe")
    asked = [container[each]["httpGet"]["path"] for each in probes]
    assert asked == ["/readyz", "/readyz", "/healthz"]
    assert "`/healthz`" in IN_OPERATIONS
    assert "`/readyz`" in IN_OPERATIONS


def test_all_bring_the_tables_up_to_date_first() -> None:
    upgrade = ["principles", "database", "upgrade"]
    assert code.command(upgrade[1:])
    assert compose()["services"]["upgrade"]["command"] == upgrade
    waits_for = compose()["services"]["assistant"]["depends_on"]["upgrade"]
    assert waits_for == {"condition": "service_completed_successfully"}
    job = an_object("Job")
    assert job["metadata"]["annotations"]["helm.sh/hook"] == "pre-install,pre-upgrade"
    assert job["spec"]["template"]["spec"]["containers"][0]["args"] == upgrade
    (before,) = unit()["ExecStartPre"]
    assert before.endswith("/.venv/bin/principles database upgrade")


def test_what_is_written_is_mounted_and_all_else_is_shut() -> None:
    image = (HOME / "Containerfile").read_text("utf-8")
    written = set(re.findall(r"FP_(?:STATE|CONTENT)_DIR=(/var/\S+)/\w+", image))
    service = compose()["services"]["assistant"]
    (container,) = an_object("Deployment")["spec"]["template"]["spec"]["containers"]
    mounted = [
        {each["target"] for each in service["volumes"]},
        {each["mountPath"] for each in container["volumeMounts"]},
    ]
    assert all(written <= each for each in mounted)
    for each in compose()["services"].values():
        assert each["read_only"]
        assert each["cap_drop"] == ["ALL"]
        assert each["security_opt"] == ["no-new-privileges:true"]
        assert not each["user"].startswith("0")
    assert f"USER {ACCOUNT}" in image
    assert service["user"] == ACCOUNT


def test_contacts_are_mounted_where_they_are_read() -> None:
    home = "/opt/first-principles"
    contacts = f"{home}/{Settings().data_dir.name}/contacts.yaml"
    (container,) = an_object("Deployment")["spec"]["template"]["spec"]["containers"]
    assert contacts in {each["mountPath"] for each in container["volumeMounts"]}
    volumes = compose()["services"]["assistant"]["volumes"]
    assert contacts in {each["target"] for each in volumes}
    assert f"WORKDIR {home}" in (HOME / "Containerfile").read_text("utf-8")


def test_the_release_of_the_chart_is_that_of_the_code() -> None:
    from bot import __version__

    chart = (CHART / "Chart.yaml").read_text("utf-8")
    assert f'appVersion: "{__version__}"' in chart
    assert values()["image"]["tag"] == __version__
