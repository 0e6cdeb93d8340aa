"""How long a changed document takes until it answers, beside a hundred thousand made-up passages.

`python -m bench.publishing` prints seconds, of an import of one short document and of a new edition
in which one paragraph is other, before an assistant that answers meanwhile.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.bots import assistant_settings, copy_built, start_assistant
from bench.search import SEED, SYNTHETIC, WORDS_A_PASSAGE
from bot.operations.content_folder import own_editions
from bot.settings import HOME, Settings
from knowledge.corpus import texts_of
from knowledge.encoder import DIMENSIONS
from knowledge.importing import read_document
from knowledge.index import EMBEDDED
from knowledge.intake import GivenFacts, take_in
from knowledge.kept_vectors import KeptVectors
from knowledge.library import Library
from knowledge.questions import Questions
from knowledge.words import WORD, plain

DOCUMENTS = 50
A_CHAPTER = 50
BATCH = 20_000
SHORT = HOME / "docs" / "guides" / "examples" / "missed-visits.docx"
PARTS = 2
"""Of a vector: for sentences, and for retrieval."""
OTHER = "The words of this one paragraph are others in the new edition."


def main() -> None:
    with TemporaryDirectory(dir=Settings().state_dir) as made:
        for line in measure(Path(made)):
            print(line, flush=True)


def measure(folder: Path) -> Iterator[str]:
    """Lines to print."""
    state = folder / "state"
    copy_built(Settings().state_dir, state)
    given = assistant_settings(state)
    settings = Settings(state_dir=state)
    texts = list(made_up(Library.read()))
    document_id = publish_all(settings, folder, texts)
    embed_by_chance(settings)
    began = time.monotonic()
    with start_assistant(state, given):
        yield f"{SYNTHETIC:,} passages in {DOCUMENTS} documents: ready in {_since(began)}"
        yield f"a short document taken in: {_run(given, 'import', SHORT)}"
        changed = folder / "changed.txt"
        changed.write_text(_with_other_words(texts[0]))
        yield f"a new edition, one paragraph other: {_run(given, 'revise', document_id, changed)}"


def made_up(library: Library) -> Iterator[str]:
    """Manuals of numbered paragraphs of two sentences, with the words of the library."""
    words = sorted(
        {w for each in library.documents.values() for w in WORD.findall(plain(each.text))}
    )
    chance = np.random.default_rng(SEED)
    for number in range(DOCUMENTS):
        drawn = chance.choice(words, (SYNTHETIC // DOCUMENTS, 2, WORDS_A_PASSAGE // 2))
        paragraphs = (
            f"{at // A_CHAPTER + 1}.{at % A_CHAPTER + 1} {_sentences(rows)}"
            for at, rows in enumerate(drawn)
        )
        yield "\n\n".join((f"Made up manual {number}", *paragraphs)) + "\n"


def _sentences(rows: Sequence[Sequence[str]]) -> str:
    return " ".join(f"{' '.join(row).capitalize()}." for row in rows)


def _with_other_words(text: str) -> str:
    before, _, after = text.partition("\n\n1.3 ")
    return f"{before}\n\n1.3 {OTHER}\n\n{after.partition(chr(10) * 2)[2]}"


def publish_all(settings: Settings, folder: Path, texts: Sequence[str]) -> str:
    """The id of the first."""
    editions = own_editions(settings)
    with editions.draft() as draft:
        taken = [each.name for each in (draft.folder / "documents").iterdir()]
        shipped = len(taken)
        for number, text in enumerate(texts):
            file = folder / f"manual-{number}.txt"
            file.write_text(text)
            facts = GivenFacts(title=f"Made up manual {number}")
            taken.append(
                take_in(draft.folder, file, read_document(file), facts, date.today(), taken)
            )
        editions.publish(draft, "bench", "", "Made up manuals")
    return taken[shipped]


def embed_by_chance(settings: Settings) -> None:
    """Vectors that mean nothing, for what was made up."""
    file = settings.state_dir / "index" / EMBEDDED
    folder = own_editions(settings).live_folder()
    library = Library.read(folder)
    texts = [t for part in texts_of(library, Questions.read(library, folder)) for t, _ in part]
    chance = np.random.default_rng(SEED)
    with KeptVectors(file) as kept:
        missing = kept.missing(texts)
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            drawn = chance.standard_normal((len(batch), PARTS, DIMENSIONS), np.float32)
            drawn /= np.linalg.norm(drawn, axis=2, keepdims=True)
            kept.add(batch, drawn.reshape(len(batch), -1))


def _run(given: Mapping[str, str], *words: str | Path) -> str:
    """Until the assistant answers from it."""
    began = time.monotonic()
    command = [sys.executable, "-m", "bot.cli", "content", *map(str, words), "--publish"]
    subprocess.run(command, cwd=HOME, env=os.environ | given, check=True, capture_output=True)
    return _since(began)


def _since(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"


if __name__ == "__main__":
    main()
