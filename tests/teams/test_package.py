from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, FormatChecker
from typer.testing import CliRunner

from bot.channels.teams.package import app_package, manifest
from bot.cli import app
from tests.shipped import PHRASES

APP_ID = UUID("3f2a1c80-7d58-4a3e-9b1e-0c5d6a7b8e9f")
SCHEMA = json.loads(
    (Path(__file__).parent / "data" / "teams-manifest-1.19.schema.json").read_text("utf-8")
)

Pixel = tuple[int, ...]
WHITE: Pixel = (255, 255, 255, 255)


def unpacked(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@given(
    st.uuids(),
    st.from_regex(r"[a-z]([a-z0-9-]{0,20}[a-z0-9])?(\.[a-z]{2,9}){1,3}", fullmatch=True),
)
@settings(max_examples=25, deadline=None)
def test_manifest_meets_microsofts_published_schema(app_id: UUID, domain: str) -> None:
    written = manifest(app_id, domain, PHRASES.teams)
    Draft4Validator(SCHEMA, format_checker=FormatChecker()).validate(written)
    assert written["bots"][0]["botId"] == str(app_id)
    assert written["validDomains"] == [domain]


def test_schema_would_notice_a_name_that_is_too_long() -> None:
    written = manifest(APP_ID, "guidance.example.gov.uk", PHRASES.teams)
    written["name"]["short"] = "x" * 31
    assert not Draft4Validator(SCHEMA).is_valid(written)


def test_bot_is_offered_in_personal_chats_groups_and_channels() -> None:
    packed = unpacked(app_package(APP_ID, "guidance.example.gov.uk", PHRASES.teams))[
        "manifest.json"
    ]
    (bot,) = json.loads(packed)["bots"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]


def icon(name: str, side: int) -> set[Pixel]:
    """The colours of a square PNG of 8-bit RGBA whose rows are stored unfiltered."""
    png = unpacked(app_package(APP_ID, "guidance.example.gov.uk", PHRASES.teams))[name]
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">IIBBBBB", png[16:29]) == (side, side, 8, 6, 0, 0, 0)
    data = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[data - 4 : data])
    rows = zlib.decompress(png[data + 4 : data + 4 + length])
    assert len(rows) == side * (1 + 4 * side)
    assert not any(rows[:: 1 + 4 * side]), "save it with filter 0, for this test to read it"
    lines = (rows[at + 1 : at + 1 + 4 * side] for at in range(0, len(rows), 1 + 4 * side))
    return {pixel for line in lines for pixel in struct.iter_unpack("BBBB", line)}


def test_colour_icon_is_white_on_the_colour_of_the_app_and_has_no_hole() -> None:
    colours = icon("color.png", 192)
    app = manifest(APP_ID, "guidance.example.gov.uk", PHRASES.teams)
    accent = bytes.fromhex(app["accentColor"].lstrip("#"))
    assert {(*accent, 255), WHITE} <= colours
    assert {alpha for *_, alpha in colours} == {255}


def test_outline_icon_is_white_on_nothing() -> None:
    colours = icon("outline.png", 32)
    assert {tuple(rgb) for *rgb, _ in colours} == {WHITE[:3]}
    assert {0, 255} <= {alpha for *_, alpha in colours}


def test_same_input_gives_the_same_package() -> None:
    first, again = (app_package(APP_ID, "guidance.example.gov.uk", PHRASES.teams) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("domain", ["https://a.gov.uk", "a.gov.uk/x", "localhost", "", "a..uk"])
def test_command_says_what_a_domain_is(domain: str, tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    ran = CliRunner().invoke(
        app, ["teams", "package", "--app-id", str(APP_ID), "--domain", domain, "--out", str(out)]
    )
    assert "such as guidance.example.gov.uk" in str(ran.exception)
    assert not out.exists()


def test_command_writes_the_package(tmp_path: Path) -> None:
    out = tmp_path / "app.zip"
    domain = "Guidance.Example.gov.uk"
    ran = CliRunner().invoke(
        app, ["teams", "package", "--app-id", str(APP_ID), "--domain", domain, "--out", str(out)]
    )
    assert ran.exit_code == 0
    assert out.read_bytes() == app_package(APP_ID, domain.lower(), PHRASES.teams)
