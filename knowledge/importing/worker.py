"""Reads a file in a process of its own, which may fail without harm.

`python -m knowledge.importing.worker MEMORY SECONDS STEP_SECONDS FORM NAME`, the file on standard
input. Writes a line of JSON a page, and last the proposed document, or why there is none. What
takes too long, or too much memory, ends the process.
"""

from __future__ import annotations

import json
import logging
import resource
import signal
import sys
import warnings
from pathlib import Path
from typing import Any, cast

from knowledge.importing.document import DOCUMENT
from knowledge.importing.forms import Form
from knowledge.importing.source import ImportRefused, SourceFile

TOO_LARGE = "memory"
BROKEN = "broken"


def main() -> None:
    memory, seconds = map(int, sys.argv[1:3])
    step_seconds = float(sys.argv[3])
    form, name = cast(Form, sys.argv[4]), sys.argv[5]
    if sys.platform != "darwin":  # It does not keep this limit.
        _limit(resource.RLIMIT_AS, memory)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    source = SourceFile(Path(name), sys.stdin.buffer.read())
    sys.stdout.write(_answer(source, form, step_seconds))


def _limit(resource_: int, most: int) -> None:
    """For good. Where less is allowed already, it stays less."""
    _, allowed = resource.getrlimit(resource_)
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    resource.setrlimit(resource_, (most, most))


def _answer(source: SourceFile, form: Form, step_seconds: float) -> str:
    """The last message."""
    from knowledge.importing.reading import read

    def heard(done: int, total: int) -> None:
        signal.setitimer(signal.ITIMER_REAL, step_seconds)
        sys.stdout.write(_line({"done": done, "of": total}))
        sys.stdout.flush()

    signal.setitimer(signal.ITIMER_REAL, step_seconds)
    try:
        document = read(source, form, heard)
        return _line({"document": DOCUMENT.dump_python(document, mode="json")})
    except ImportRefused as refusal:
        return _line({"refused": refusal.violations[0].text})
    except Exception as failure:  # A broken file can break a parser anywhere, and in any way.
        causes = (failure, failure.__cause__, failure.__context__, *failure.args)
        large = any(isinstance(cause, MemoryError | RecursionError) for cause in causes)
        return _line({"failed": TOO_LARGE if large else BROKEN})


def _line(message: dict[str, Any]) -> str:
    return json.dumps(message) + "\n"


if __name__ == "__main__":
    main()
