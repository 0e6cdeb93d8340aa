"""Starts Rasa so that it cannot outlive the assistant: `python -m bot.rasa.watchdog run …`.

The assistant keeps the other end of this process's standard input. When the assistant
ends, however it ends, that end closes, and this process group ends with it.

Nothing else ends it: a request to stop that reaches every process at once, as systemd
sends it, must not take Rasa away from the turns that the assistant still answers.
"""

from __future__ import annotations

import os
import signal
import sys
import threading


def end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.killpg(os.getpgid(0), signal.SIGKILL)


def main() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    threading.Thread(target=end_with_parent, daemon=True).start()
    from rasa.__main__ import main as rasa

    rasa()


if __name__ == "__main__":
    main()
