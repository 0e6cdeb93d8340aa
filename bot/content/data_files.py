"""Where each file of `data` is read from: an edition's own, or the one that was shipped.

The standard library alone: Rasa's importer reads an edition's files by the same rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

DATA = "data"


@dataclass(frozen=True)
class DataFiles:
    """`shipped` is the folder `data` of the checkout, `edition` the folder of an edition.

    Of an edition is read what is content. What it lacks, whole files and folders, is read from the
    checkout, and so is everything else: wording that code fills in, safety and privacy.
    """

    shipped: Path
    edition: Path | None = None

    @property
    def flows(self) -> Path:
        """Beside it lie `flows_shared.yaml` and `citation_rules.yaml`."""
        return self._content("flows")

    @property
    def induction(self) -> Path:
        return self._content("induction")

    @property
    def contacts(self) -> Path:
        return self._content("contacts.yaml")

    @property
    def notices(self) -> Path:
        return self._content("notices.yaml")

    @property
    def assistant(self) -> Path:
        return self.shipped / "assistant.yaml"

    @property
    def phrases(self) -> Path:
        return self.shipped / "phrases.yaml"

    @property
    def documents(self) -> Path:
        return self.shipped / "documents.yaml"

    @property
    def safety(self) -> Path:
        return self.shipped / "safety"

    def _content(self, name: str) -> Path:
        return in_edition(self.edition, name) or self.shipped / name


def in_edition(edition: Path | None, name: str) -> Path | None:
    """The edition's own file or folder of that name below `data`; None where it has none."""
    own = edition / DATA / name if edition else None
    return own if own and own.exists() else None
