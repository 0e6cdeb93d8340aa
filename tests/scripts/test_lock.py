"""The lock leaves out what only a graphics card needs, whatever it is called by then."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from bot.settings import HOME

ON_LINUX_ALONE = re.compile(r"^([a-z0-9-]+)==.*sys_platform == 'linux'", re.MULTILINE)
LOCKED = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)
UV = """#!/bin/sh
# Says what torch needs, and writes down what is to be left out of the other locks.
while [ $# -gt 0 ]; do
    case $1 in
    --excludes) excluded=$2; shift ;;
    -o) made=$2; shift ;;
    esac
    shift
done
case $made in
*/torch.txt) cat > "$made" <<'END'
card-of-tomorrow==1.0 ; python_full_version < '3.15' and sys_platform == 'linux' \\
    --hash=sha256:00
filelock==4.2.11 \\
    --hash=sha256:00
    # via torch
networkx==3.6.1 ; python_full_version < '3.12' \\
    --hash=sha256:00
END
;;
*) cat "${excluded:-/dev/null}" > "$made" ;;
esac
"""


def test_what_torch_needs_on_linux_alone_is_left_out_of_the_assistants_lock(
    tmp_path: Path,
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "uv").write_text(UV)
    (tmp_path / "bin" / "uv").chmod(0o755)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "scripts").mkdir()
    script = shutil.copy(HOME / "scripts" / "lock.sh", tmp_path / "scripts")
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["sh", script], check=True, env={**os.environ, "PATH": path})
    left_out = {each.stem: each.read_text() for each in (tmp_path / "requirements").iterdir()}
    assert left_out["assistant"] == "card-of-tomorrow\n"
    assert left_out["rasa"] == ""


def test_the_assistants_lock_has_what_torch_needs_but_nothing_of_a_card() -> None:
    torch, assistant = (
        (HOME / "requirements" / name).read_text() for name in ("torch.txt", "assistant.txt")
    )
    of_the_card = set(ON_LINUX_ALONE.findall(torch))
    assert {"triton", "nvidia-cublas"} <= of_the_card
    assert set(LOCKED.findall(torch)) - set(LOCKED.findall(assistant)) == {*of_the_card, "torch"}
