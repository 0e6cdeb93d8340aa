"""The chart: read as plain YAML always, and rendered by Helm itself where one is here."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.deploy.files import CHART, TEMPLATES, an_object, objects, values

HELM = shutil.which("helm")
KINDS = {
    *("ConfigMap", "Deployment", "HorizontalPodAutoscaler", "Ingress", "Job", "NetworkPolicy"),
    *("PodDisruptionBudget", "Service", "ServiceAccount"),
}


def schema() -> Draft7Validator:
    read = json.loads((CHART / "values.schema.json").read_text("utf-8"))
    Draft7Validator.check_schema(read)
    return Draft7Validator(read)


def test_each_object_is_there() -> None:
    assert {each["kind"] for each in objects()} == KINDS


def test_the_values_are_those_that_the_schema_allows() -> None:
    schema().validate(values())


@pytest.mark.parametrize(
    "wrong",
    [
        {"settings": {"FP_PUBLIC_URL": "http://principles.example.gov.uk"}},
        {"settings": {"FP_DATABASE_URL": "postgresql://user:password@host/name"}},
        {"settings": {"fp_mode": "production"}},
        {"secret": ""},
        {"replica": 2},
    ],
)
def test_the_schema_refuses(wrong: dict[str, Any]) -> None:
    with_it = values() | wrong
    if "settings" in wrong:
        with_it["settings"] = values()["settings"] | wrong["settings"]
    assert not schema().is_valid(with_it)


def test_every_value_is_used_and_every_value_that_is_used_is_there() -> None:
    text = "".join(path.read_text("utf-8") for path in CHART.rglob("templates/*"))
    for key, value in values().items():
        if isinstance(value, dict) and key not in {"settings", "resources"}:
            assert all(f".Values.{key}.{inner}" in text for inner in value), key
        else:
            assert f".Values.{key}" in text


@pytest.mark.parametrize("kind", ["Deployment", "Job"])
def test_each_pod_is_shut_and_its_secrets_are_files(kind: str) -> None:
    texts = (path.read_text("utf-8") for path in TEMPLATES)
    (text,) = (each for each in texts if f"\nkind: {kind}\n" in each)
    assert 'include "principles.podSecurity"' in text
    assert 'include "principles.security"' in text
    pod = an_object(kind)["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False
    (secret,) = (each["secret"] for each in pod["volumes"] if each["name"] == "secret")
    assert secret["defaultMode"] == 0o440
    (container,) = pod["containers"]
    mounted = {each["name"] for each in container["volumeMounts"]}
    assert mounted == {each["name"] for each in pod["volumes"]}


def test_a_group_may_read_what_is_mounted_and_nothing_may_be_gained() -> None:
    text = (CHART / "templates" / "_helpers.tpl").read_text("utf-8")
    for line in ("runAsNonRoot: true", "runAsUser: 10001", "fsGroup: 10001", "drop: [ALL]"):
        assert line in text
    assert "readOnlyRootFilesystem: true" in text
    assert "allowPrivilegeEscalation: false" in text
    assert an_object("ServiceAccount")["automountServiceAccountToken"] is False


@pytest.fixture(params=[(), ("autoscaling.enabled=false", "ingress.enabled=false")])
def rendered(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    if HELM is None:
        pytest.skip("no helm is installed")
    chosen = [argument for each in request.param for argument in ("--set", each)]
    command = [HELM, "template", "ours", CHART, "--set", "contacts=some", *chosen]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return [each for each in yaml.safe_load_all(ran.stdout) if each]


def test_helm_makes_of_it_what_a_cluster_takes(rendered: list[dict[str, Any]]) -> None:
    (deployment,) = (each for each in rendered if each["kind"] == "Deployment")
    scaled = any(each["kind"] == "HorizontalPodAutoscaler" for each in rendered)
    assert ("replicas" in deployment["spec"]) != scaled
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert {each["name"] for each in container["env"]} == values()["settings"].keys()
