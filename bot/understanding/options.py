"""Which option of a question a reply in somebody's own words means."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.encoder import Vectors
from knowledge.heads import MessageHeads
from knowledge.text_pairs import with_option

Read = Callable[[Sequence[str]], Vectors]


class OptionReader:
    """Reads the reply beside the question and each option in turn. `read` gives message vectors,
    (texts, 384)."""

    def __init__(self, read: Read, heads: MessageHeads) -> None:
        self._read = read
        self._heads = heads

    def __call__(self, asked: str, reply: str, options: Sequence[str]) -> list[float]:
        """For each option the chance that the redacted reply means it. They need not add up to 1.

        Raises EncoderFailed.
        """
        return self._heads.meant(self._read([with_option(asked, reply, each) for each in options]))
