"""What the code has, by the names that documents may use."""

from __future__ import annotations

from functools import cache

import regex
from pydantic import SecretStr
from pydantic_settings import BaseSettings
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from bot.channels.teams.settings import TeamsSettings
from bot.cli import app
from bot.operations.rasa_process import environment
from bot.settings import HOME, Settings
from bot.storage.tables import metadata

EVENT = regex.compile(r'\blog\.(?:debug|info|warning|error|exception)\(\s*"([a-z_.]+)"')
TARGET = regex.compile(r"^([a-z-]+):", regex.MULTILINE)
READ = regex.compile(r'\benviron(?:\.get\(|\[)\s*"(FP_[A-Z_]+)"')
SPOKEN = {".py", ".yml", ".yaml", ".toml", ".js", ".css", ".html", ".j2", ".sh"}
"""Files whose words are names of the code."""
ROOMS = ("bot", "actions", "knowledge", "bench", "demo", "scripts", "tests", ".ci")


@cache
def source(*rooms: str) -> str:
    """The text of every file of these packages, and of the files at the root."""
    files = [path for room in rooms for path in (HOME / room).rglob("*") if path.suffix in SPOKEN]
    return "\n".join(path.read_text("utf-8") for path in [*files, *HOME.glob("*.yml")])


@cache
def words(*rooms: str) -> set[str]:
    """Every word of those files, names among them."""
    return set(regex.findall(r"\w+", source(*rooms)))


@cache
def settings() -> dict[str, type[BaseSettings]]:
    """The name of each setting, as an environment variable, and its class."""
    return {
        f"{each.model_config['env_prefix']}{field}".upper(): each
        for each in (Settings, TeamsSettings)
        for field in each.model_fields
    }


def default(name: str) -> object:
    owner = settings()[name]
    field = name.removeprefix(owner.model_config["env_prefix"]).lower()
    value = owner.model_fields[field].default
    return value.get_secret_value() if isinstance(value, SecretStr) else value


@cache
def secrets() -> set[str]:
    """The settings that are never shown."""
    return {
        f"{each.model_config['env_prefix']}{field}".upper()
        for each in (Settings, TeamsSettings)
        for field, info in each.model_fields.items()
        if "SecretStr" in str(info.annotation)
    }


@cache
def read_directly() -> set[str]:
    """Variables that are read without a class of settings, but those that Rasa is handed."""
    return set(READ.findall(source("bot", "actions", "knowledge"))) - handed_to_rasa()


@cache
def handed_to_rasa() -> set[str]:
    """What the assistant sets for its own child, so that nobody else may."""
    return set(environment(Settings(), "")) - set(settings())


@cache
def events() -> set[str]:
    return set(EVENT.findall(source("bot", "actions", "knowledge")))


@cache
def targets() -> set[str]:
    return set(TARGET.findall((HOME / "Makefile").read_text("utf-8")))


def command(words: list[str]) -> TyperCommand | None:
    """The command that `principles` runs for these words; None where there is none."""
    here: object = get_command(app)
    for word in words:
        if not isinstance(here, TyperGroup):
            break
        here = here.commands.get(word)
    return here if isinstance(here, TyperCommand) else None


@cache
def columns() -> dict[str, set[str]]:
    """The columns of each table. Rasa's one table is read off its file, as it runs elsewhere."""
    tables = {table.name: set(table.columns.keys()) for table in metadata.tables.values()}
    text = (HOME / "bot" / "rasa" / "components" / "tracker_store.py").read_text("utf-8")
    (name,) = regex.findall(r'= sa\.Table\(\s*"(\w+)"', text)
    return tables | {name: set(regex.findall(r'sa\.Column\("(\w+)"', text))}
