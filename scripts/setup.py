"""Make the two environments of the assistant, each from its lock file.

Needs nothing but a Python to start it. An environment that is already right is left as it is.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
REQUIREMENTS = HOME / "requirements"

HOW_TO_GET = """\
  Debian, Ubuntu  sudo apt install python{v} python{v}-venv
                  or, where apt has no such package: pyenv install {v}, or uv python install {v}
  macOS           brew install python@{v}
  WSL (Ubuntu)    sudo add-apt-repository ppa:deadsnakes/ppa
                  sudo apt install python{v} python{v}-venv
Then run the same command again."""


class SetupError(Exception):
    """What stopped the set-up and what to do about it, in words for a person."""


@dataclass(frozen=True)
class Environment:
    folder: Path
    purpose: str
    pythons: tuple[str, ...]
    locks: tuple[str, ...]
    smaller: str | None = None
    needs_project: bool = False

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> Path:
        return self.folder / "complete"


ENVIRONMENTS = (
    Environment(
        HOME / ".venv",
        "the gateway, the actions and the knowledge",
        pythons=("3.11", "3.12"),
        locks=("torch.txt", "assistant.txt"),
        smaller="torch-cpu.txt",
        needs_project=True,
    ),
    Environment(
        HOME / ".venv-rasa",
        "Rasa 3.6.21, which runs on no other Python",
        pythons=("3.10",),
        locks=("rasa.txt",),
    ),
)


def places(version: str) -> Iterator[str]:
    """Where an interpreter may be: on the path, in pyenv, in uv's folder, or this one."""
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    uv = Path.home() / ".local" / "share" / "uv" / "python"
    for found in sorted(pyenv.glob(f"versions/{version}.*"), reverse=True):
        yield str(found / "bin" / "python")
    for found in sorted(uv.glob(f"cpython-{version}.*"), reverse=True):
        yield str(found / "bin" / "python3")
    yield sys.executable


def find_python(environment: Environment) -> str:
    """Raises SetupError when no interpreter of the right version can make an environment."""
    check = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2])"
    for version in environment.pythons:
        for place in places(version):
            asked = subprocess.run([place, "-c", check], capture_output=True, text=True)
            if asked.returncode == 0 and asked.stdout.strip() == version:
                return place
    wanted = " or ".join(environment.pythons)
    raise SetupError(
        f"Python {wanted} was not found, or it lacks its venv module."
        f" It is needed for {environment.purpose}.\n" + HOW_TO_GET.format(v=environment.pythons[0])
    )


def fingerprint(environment: Environment) -> str:
    digest = hashlib.sha256()
    for lock in filter(None, (*environment.locks, environment.smaller)):
        digest.update((REQUIREMENTS / lock).read_bytes())
    asked = subprocess.run([environment.python, "-VV"], capture_output=True, text=True)
    digest.update(asked.stdout.encode())
    return digest.hexdigest()


def is_complete(environment: Environment) -> bool:
    return (
        environment.python.exists()
        and environment.stamp.is_file()
        and environment.stamp.read_text() == fingerprint(environment)
    )


def install(environment: Environment, *arguments: str, packages: int = 1) -> None:
    """Run pip, showing how far it is. Raises SetupError with pip's last lines."""
    command = [str(environment.python), "-m", "pip", "install", "--no-deps", *arguments]
    said: list[str] = []
    collected = 0
    with subprocess.Popen(
        command, cwd=HOME, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            said.append(line)
            if line.startswith("Collecting "):
                collected += 1
                show_progress(collected, packages)
    if pip.returncode != 0:
        raise SetupError(
            f"pip could not fill {environment.folder.name}. Its last lines:\n\n"
            + "".join(said[-12:])
            + "\nCheck that this machine can reach its package registry, then run the same"
            " command again."
        )


def show_progress(collected: int, packages: int) -> None:
    if sys.stdout.isatty():
        print(f"\r  {collected} of {packages} packages", end="", flush=True)
    elif collected % 50 == 0 or collected == packages:
        print(f"  {collected} of {packages} packages", flush=True)
    if collected == packages and sys.stdout.isatty():
        print("\r  all packages fetched, installing", flush=True)


def chosen_locks(environment: Environment) -> list[str]:
    """On Linux the first lock gives way to a smaller build, where pip can see one."""
    first, *rest = environment.locks
    if environment.smaller and sys.platform == "linux":
        smaller = str(REQUIREMENTS / environment.smaller)
        look = ["install", "--dry-run", "--no-deps", "--require-hashes", "-r", smaller]
        seen = subprocess.run([environment.python, "-m", "pip", *look], capture_output=True)
        if seen.returncode == 0:
            return [environment.smaller, *rest]
        print("  pip sees no build of torch for CPUs alone: fetching several GB.", flush=True)
        print("  docs/setup.md says how to avoid that.", flush=True)
    return [first, *rest]


def make(environment: Environment) -> None:
    """From nothing, or, when it was complete once, by bringing it up to its lock files."""
    name = environment.folder.name
    if environment.python.exists() and environment.stamp.is_file():
        print(f"Bringing {name} up to date, for {environment.purpose}.", flush=True)
        environment.stamp.unlink()
    else:
        if environment.folder.exists():
            print(f"{name} is unfinished: making it afresh.", flush=True)
        python = find_python(environment)
        print(f"Making {name} with {python}, for {environment.purpose}.", flush=True)
        print("  This takes some minutes, the first time only.", flush=True)
        subprocess.run([python, "-m", "venv", "--clear", environment.folder], check=True)
    for lock in chosen_locks(environment):
        path = REQUIREMENTS / lock
        packages = len(re.findall(r"^[\w.-]+==", path.read_text(), re.MULTILINE))
        install(environment, "--require-hashes", "-r", str(path), packages=packages)
    if environment.needs_project:
        install(environment, "--no-build-isolation", "--editable", ".")
    environment.stamp.write_text(fingerprint(environment))


def main() -> int:
    try:
        for environment in ENVIRONMENTS:
            # A link is an environment kept elsewhere, and not ours to rebuild.
            if not environment.folder.is_symlink() and not is_complete(environment):
                make(environment)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next run takes the set-up from the start.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
