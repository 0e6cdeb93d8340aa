"""Runs the process that reads a PDF, and words what can go wrong with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from knowledge.importing import limits
from knowledge.importing.pdf_worker import BROKEN, LOCKED, TOO_LARGE, TOO_LONG
from knowledge.importing.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]
MAX_LINE = 16 * limits.MEGABYTE
LONG = (-signal.SIGALRM, -signal.SIGXCPU)

PROBLEMS = {
    LOCKED: (
        "this PDF is protected with a password; ask whoever published it for a copy that is not,"
        " or for the Word document"
    ),
    BROKEN: (
        "this PDF is damaged; open it, print it to a new PDF, and import that, or ask for the"
        " Word document"
    ),
    TOO_LARGE: (
        "this PDF asks for more memory than a document needs; print it to a new PDF, or import"
        " the Word document"
    ),
    TOO_LONG: (
        f"this PDF has more than {limits.MAX_PDF_PAGES} pages; split it, and import each part"
    ),
}
SLOW = (
    "reading this PDF takes too long; print it to a new PDF, or split it, or import the Word"
    " document"
)


def pdf_pages(source: SourceFile, progress: Callable[[int, int], None]) -> Iterator[dict[str, Any]]:
    """A page at a time, as `pdf_worker` writes it, and last what the file says of itself.

    Raises ImportRefused for a PDF that is protected, damaged, or too much to read.
    """
    with _started(source.path) as process:
        timer = threading.Timer(limits.PDF_SECONDS, process.kill)
        timer.start()
        try:
            yield from _messages(source, process, progress)
        finally:
            timer.cancel()
            process.kill()


def _started(path: Path) -> subprocess.Popen[bytes]:
    figures = (limits.PDF_MEMORY_BYTES, limits.PDF_SECONDS, limits.PDF_PAGE_SECONDS)
    worker = "knowledge.importing.pdf_worker"
    with path.open("rb") as file:
        return subprocess.Popen(  # noqa: S603  # this program itself
            [sys.executable, "-P", "-m", worker, *map(str, figures)],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
        )


def _messages(
    source: SourceFile, process: subprocess.Popen[bytes], progress: Callable[[int, int], None]
) -> Iterator[dict[str, Any]]:
    ended = False
    while not ended and (line := _line(source, process)):
        message = json.loads(line)
        if problem := message.get("refused"):
            raise source.refusal(PROBLEMS[problem])
        ended = "page" not in message
        if not ended:
            progress(message["page"], message["of"])
        yield message
    if not ended:
        _refuse(source, process)


def _line(source: SourceFile, process: subprocess.Popen[bytes]) -> bytes:
    if process.stdout is None:
        return b""
    line = process.stdout.readline(MAX_LINE)
    if len(line) == MAX_LINE:
        raise source.refusal(PROBLEMS[TOO_LARGE])
    return line


def _refuse(source: SourceFile, process: subprocess.Popen[bytes]) -> None:
    """The process ended before its last word: killed by a limit, or by what it read."""
    status = process.wait()
    if status in LONG or status == -signal.SIGKILL:
        raise source.refusal(SLOW)
    raise source.refusal(PROBLEMS[TOO_LARGE if status == -signal.SIGSEGV else BROKEN])
