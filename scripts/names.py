"""Writes data/safety/names/: first and last names by country, from the package Faker.

Run it after Faker was upgraded: `.venv/bin/python -m scripts.names`. What is committed is what
the assistant reads; Faker is needed only here and in the test that compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from bot.understanding.lookalikes import without_accents
from bot.understanding.personal_data.typos import SHORTEST_NAME

FOLDER = Path(__file__).resolve().parents[1] / "data" / "safety" / "names"
KINDS = ("first_names", "last_names")
COUNTRIES = (
    *("en_GB", "en_IE", "en_IN", "en_PK", "en_NG", "en_KE", "ha_NG", "ig_NG", "yo_NG", "zu_ZA"),
    *("en_US", "en_NZ", "de_DE", "nl_NL", "cs_CZ", "hr_HR", "sk_SK", "lv_LV", "et_EE", "id_ID"),
    *("es_ES", "fr_FR", "it_IT", "pt_PT", "pl_PL", "ro_RO", "lt_LT", "tr_TR", "hu_HU", "sw"),
)
HEADER = """\
# {kind} from the Python package Faker {version} (MIT licence: LICENSE-Faker.txt), of the locales
# {countries}
# In lower case, without accents, hyphened and spaced ones in their parts, sorted.
# Not edited by hand: python -m scripts.names writes this file. Other names go into ../names.yaml.
"""


def main() -> None:
    for kind in KINDS:
        (FOLDER / f"{kind}.txt").write_text(listed(kind), "utf-8")


def listed(kind: str) -> str:
    """The whole file of a kind: where its names are from, then a name a line."""
    header = HEADER.format(
        kind=kind.replace("_", " ").capitalize(),
        version=version("faker"),
        countries=" ".join(COUNTRIES),
    )
    return header + "".join(f"{name}\n" for name in sorted(names(kind)))


def names(kind: str) -> set[str]:
    """Those that are long enough to be looked for."""
    found = {word for listing in _listings(kind) for word in _words(listing)}
    return {word for word in found if len(word) >= SHORTEST_NAME}


def _listings(kind: str) -> Iterator[Iterable[str]]:
    """What Faker has of a kind by country, and within it by gender or by what it falls back on."""
    for country in COUNTRIES:
        provider = import_module(f"faker.providers.person.{country}").Provider
        for attribute in dir(provider):
            if attribute.startswith(kind) or attribute.endswith(kind):
                yield getattr(provider, attribute)


def _words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from without_accents(name.casefold()).replace("-", " ").split()


if __name__ == "__main__":
    main()
