"""`principles languages`: the assistant's own words in other languages, and what they lack."""

from __future__ import annotations

from itertools import groupby

import typer

from bot.content.data_files import DataFiles
from bot.content.translations import read_translations
from bot.settings import Settings


def languages() -> None:
    """List the languages, who has checked each, and the phrases that are still said in English."""
    for code, each in read_translations(DataFiles(Settings.read().data_dir)).items():
        by = each.head.checked_by
        checked = f"checked by {by}" if by else "not checked yet"
        said = each.total - len(each.missing)
        typer.echo(f"{code} ({each.head.language}): {said} of {each.total} phrases, {checked}")
        for group, keys in groupby(each.missing, key=lambda key: key.partition(".")[0]):
            names = ", ".join(key.partition(".")[2] or key for key in keys)
            typer.echo(f"  in English, {group}: {names}")
