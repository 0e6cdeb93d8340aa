"""Make the two environments of the assistant, each from its lock file.

Needs nothing but a Python to start it. An environment that is already right is left as it is. With
`--serving` the first one has only what answers: no PyTorch, no tests.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
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

UV_PROGRESS = ("Resolved ", "Downloading ", "Prepared ", "Installed ", "Bytecode compiled ")
PIP_TO_UV = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
}
"""Options of pip that say where packages come from, and in what uv looks for them."""
PIP_SECTIONS = ("global", "install", ":env:")
"""Of pip's configuration for `pip install`, from the weakest to the strongest."""


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

    @property
    def was_complete(self) -> bool:
        return self.python.exists() and self.stamp.is_file()


@dataclass(frozen=True)
class Installer:
    """`command` takes the options that pip and uv have in common."""

    name: str
    command: tuple[str, ...]
    variables: Mapping[str, str] = field(default_factory=dict)
    advice: str = ""


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


def to_serve(environments: tuple[Environment, ...]) -> tuple[Environment, ...]:
    """The same where an encoder and a model that were built elsewhere are only read."""
    assistant, *others = environments
    return (replace(assistant, locks=("serving.txt",), smaller=None), *others)


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
    return environment.was_complete and environment.stamp.read_text() == fingerprint(environment)


def run_installer(
    environment: Environment, installer: Installer, *arguments: str, packages: int = 1
) -> None:
    """Show how far it is. Raises SetupError with the installer's last lines."""
    output: list[str] = []
    collected = 0
    with subprocess.Popen(
        [*installer.command, "--no-deps", *arguments],
        cwd=HOME,
        env={**os.environ, **installer.variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        assert running.stdout is not None
        for line in running.stdout:
            output.append(line)
            if line.startswith("Collecting "):
                collected += 1
                if collected % 50 == 0 or collected == packages:
                    say(environment, f"{collected} of {packages} packages collected")
            elif line.startswith(UV_PROGRESS):
                say(environment, line.strip())
    if running.returncode != 0:
        raise SetupError(
            f"{installer.name} could not fill {environment.folder.name}. Its last lines:\n\n"
            + "".join(output[-12:])
            + "\nCheck that this machine can reach its package registry, then run the same"
            f" command again.{installer.advice}"
        )


def say(environment: Environment, text: str) -> None:
    """Each line names its environment: two are made at once, so each is written in one piece."""
    sys.stdout.write(f"{environment.folder.name}: {text}\n")
    sys.stdout.flush()


def pip(environment: Environment) -> Installer:
    return Installer("pip", (str(environment.python), "-m", "pip", "install"))


def choose_installer(environment: Environment) -> Installer:
    """uv where there is one, else pip. Both take the same files, checked by the same hashes.

    Without an index it is pip as well: uv has no variable that says so.
    """
    uv = shutil.which("uv")
    if uv is None or os.environ.get("PIP_NO_INDEX"):
        return pip(environment)
    into = ("--python", str(environment.python), "--compile-bytecode")
    return Installer(
        "uv",
        (uv, "pip", "install", *into),
        uv_variables(environment),
        " If pip works here and uv does not, take uv off the path.",
    )


def uv_variables(environment: Environment) -> dict[str, str]:
    """What pip is configured with, in uv's terms. What uv is told itself counts more.

    The best match of all indexes, as pip does it: the lock file's hashes say what is right.
    """
    asked = subprocess.run(
        [environment.python, "-m", "pip", "config", "list"], capture_output=True, text=True
    )
    options: dict[str, dict[str, str]] = {section: {} for section in PIP_SECTIONS}
    for line in asked.stdout.splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.rpartition(".")
        if section in options and option in PIP_TO_UV:
            name, separator = PIP_TO_UV[option]
            options[section][name] = separator.join(ast.literal_eval(value).split())
    variables = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_PYTHON_DOWNLOADS": "never"}
    for section in PIP_SECTIONS:
        variables |= options[section]
    return {name: value for name, value in variables.items() if name not in os.environ}


def choose_locks(environment: Environment, installer: Installer) -> list[str]:
    """On Linux the first lock gives way to a smaller build, where the installer can see one."""
    first, *rest = environment.locks
    if environment.smaller and sys.platform == "linux":
        smaller = str(REQUIREMENTS / environment.smaller)
        look = [*installer.command, "--dry-run", "--no-deps", "--require-hashes", "-r", smaller]
        variables = {**os.environ, **installer.variables}
        if subprocess.run(look, env=variables, capture_output=True).returncode == 0:
            return [environment.smaller, *rest]
        say(environment, f"{installer.name} sees no build of torch for CPUs alone.")
        say(environment, "Fetching several GB. docs/setup.md says how to avoid that.")
    return [first, *rest]


def make(environment: Environment, python: str) -> None:
    """From nothing, or, when it was complete once, by bringing it up to its lock files."""
    if environment.was_complete:
        say(environment, f"bringing it up to date, for {environment.purpose}.")
        environment.stamp.unlink()
    else:
        if environment.folder.exists():
            say(environment, "unfinished: making it afresh.")
        say(environment, f"making it with {python}, for {environment.purpose}.")
        say(environment, "This takes some minutes, the first time only.")
        subprocess.run([python, "-m", "venv", "--clear", environment.folder], check=True)
    installer = choose_installer(environment)
    locks = [REQUIREMENTS / lock for lock in choose_locks(environment, installer)]
    packages = sum(len(re.findall(r"^[\w.-]+==", lock.read_text(), re.M)) for lock in locks)
    files = [argument for lock in locks for argument in ("-r", str(lock))]
    run_installer(environment, installer, "--require-hashes", *files, packages=packages)
    if environment.needs_project:
        run_installer(environment, installer, "--no-build-isolation", "--editable", ".")
    environment.stamp.write_text(fingerprint(environment))


def main(arguments: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(description="Make the two environments of the assistant.")
    parser.add_argument("--serving", action="store_true", help="without PyTorch and the tests")
    environments = to_serve(ENVIRONMENTS) if parser.parse_args(arguments).serving else ENVIRONMENTS
    try:
        # A link is an environment kept elsewhere, and not ours to rebuild.
        unfinished = [
            each for each in environments if not each.folder.is_symlink() and not is_complete(each)
        ]
        # Each is looked for first, so that a missing one is named before minutes of fetching.
        pythons = [find_python(each) for each in unfinished]
        with ThreadPoolExecutor() as at_once:
            for _ in at_once.map(make, unfinished, pythons):
                pass
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next run takes the set-up from the start.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
