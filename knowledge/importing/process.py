"""Runs the process that reads a file, and words what can go wrong with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.importing.document import DOCUMENT, ImportedDocument
from knowledge.importing.forms import Form
from knowledge.importing.limits import READING, ReadingLimits
from knowledge.importing.source import SourceFile
from knowledge.importing.worker import BROKEN, TOO_LARGE

ROOT = Path(__file__).resolve().parents[2]
SLOW = "slow"
TIMED_OUT = (-signal.SIGALRM, -signal.SIGXCPU, -signal.SIGKILL)
OUT_OF_MEMORY = (-signal.SIGSEGV, -signal.SIGABRT)


@dataclass(frozen=True)
class Advice:
    """What a form is called, and what to do when a file of it cannot be read."""

    noun: str
    repair: str
    reduce: str


OF_TEXT = Advice(
    "text",
    "save it again as UTF-8 in an editor, or import it as a Word document",
    "split it, and import each part",
)
ADVICE: dict[Form, Advice] = {
    "pdf": Advice(
        "PDF",
        "open it, print it to a new PDF, and import that, or ask for the Word document",
        "print it to a new PDF, or split it, or import the Word document",
    ),
    "docx": Advice(
        "Word document",
        "open it in Word, let Word repair it, and save it again",
        "take out what is no text, or split it, and import each part",
    ),
    "html": Advice(
        "page",
        "save it again from a browser",
        "save it again from a browser, or split it, and import each part",
    ),
    "markdown": OF_TEXT,
    "restructuredtext": OF_TEXT,
    "text": OF_TEXT,
}


def read_apart(
    source: SourceFile,
    form: Form,
    progress: Callable[[int, int], None],
    limits: ReadingLimits = READING,
) -> ImportedDocument:
    """The proposed document, read in a process of its own that may fail without harm.

    Raises ImportRefused for a file that is hostile, damaged, or too much to read.
    """
    with _started(source, form, limits) as process:
        timer = threading.Timer(limits.seconds, process.kill)
        timer.start()
        try:
            _send(source, process)
            message = _answer(process, progress, limits.answer_bytes)
        finally:
            timer.cancel()
            process.kill()
    if "document" in message:
        return DOCUMENT.validate_python(message["document"])
    raise source.refusal(message.get("refused") or _problem(message["failed"], form))


def _started(source: SourceFile, form: Form, limits: ReadingLimits) -> subprocess.Popen[bytes]:
    figures = (limits.memory_bytes, limits.seconds, limits.step_seconds)
    worker = "knowledge.importing.worker"
    name = f"{source.name}{source.ending}"
    return subprocess.Popen(  # noqa: S603  # this program itself
        [sys.executable, "-P", "-m", worker, *map(str, figures), form, name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def _send(source: SourceFile, process: subprocess.Popen[bytes]) -> None:
    """The process reads all before it answers. One that has ended already says so by its status."""
    if process.stdin:
        with suppress(BrokenPipeError), process.stdin:
            process.stdin.write(source.content)


def _answer(
    process: subprocess.Popen[bytes], progress: Callable[[int, int], None], most: int
) -> dict[str, Any]:
    """Its last message, or why there is none."""
    while process.stdout and (line := process.stdout.readline(most)):
        if len(line) == most:
            return {"failed": TOO_LARGE}
        if not line.endswith(b"\n"):
            break
        message: dict[str, Any] = json.loads(line)
        if "done" not in message:
            return message
        progress(message["done"], message["of"])
    return {"failed": _failure(process)}


def _failure(process: subprocess.Popen[bytes]) -> str:
    """The process ended before its last word: killed by a limit, or by what it read."""
    status = process.wait()
    if status in TIMED_OUT:
        return SLOW
    return TOO_LARGE if status in OUT_OF_MEMORY else BROKEN


def _problem(failure: str, form: Form) -> str:
    advice = ADVICE[form]
    if failure == SLOW:
        return f"reading this {advice.noun} takes too long; {advice.reduce}"
    if failure == TOO_LARGE:
        return f"this {advice.noun} asks for more memory than a document needs; {advice.reduce}"
    return f"this {advice.noun} is damaged, or cannot be read; {advice.repair}"
