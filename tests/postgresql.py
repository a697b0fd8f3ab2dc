"""A throw-away PostgreSQL: made in two seconds, gone with the test run."""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests import programs

# The data is worth nothing, so nothing waits for the disk.
CARELESS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=300"


def start_throwaway() -> str:
    """Start a server that stops with this process; its URL, without a database's name."""
    cluster = _Cluster(Path(tempfile.mkdtemp(prefix="kempelen-pg-")))
    url = cluster.start()
    atexit.register(cluster.end_with_this_process())
    return url


def create_database(server_url: str, name: str, *, template: str = "template1") -> str:
    """Make a database, empty or a copy of another; its URL."""
    with psycopg.connect(f"{server_url}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{server_url}/{name}"


def drop_database(server_url: str, name: str) -> None:
    """Drop a database, with whoever is still connected to it."""
    with psycopg.connect(f"{server_url}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


class _Cluster:
    """PostgreSQL refuses to run as root, so that root runs it as somebody else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.user = _somebody_else() if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        self.programs = self._programs_to_run()

    def start(self) -> str:
        self._run("initdb", "-D", self.data, "-U", "kempelen", "-A", "trust", "-E", "UTF8", *_locale(), "-N")
        port = _free_port()
        options = f"-p {port} -h 127.0.0.1 -k {self.folder} {CARELESS}"
        log = self.folder / "log"
        self._run("pg_ctl", "-w", "-D", self.data, "-l", log, "-o", options, "start")
        return f"postgresql://kempelen@127.0.0.1:{port}"

    def end_with_this_process(self) -> Callable[[], None]:
        """Have a process wait for the end of this one, even by kill -9; gives what ends both at once."""
        script = 'cat >&2; "$0" -D "$1/data" -m immediate stop; rm -rf "$1"'
        watch = subprocess.Popen(
            ["sh", "-c", script, self.programs / "pg_ctl", self.folder],
            user=self.user,
            cwd="/",
            stdin=subprocess.PIPE,  # never written to: it closes when this process is gone
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

        def end() -> None:
            watch.communicate()

        return end

    def _run(self, program: str, *arguments: str | Path) -> None:
        # Not into a pipe: the server would inherit it and keep it open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [self.programs / program, *arguments],
                user=self.user,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
            output.seek(0)
            assert done.returncode == 0, f"{program} failed: {output.read().decode(errors='replace')}"

    def _programs_to_run(self) -> Path:
        """Where the binaries are; a copy of them, if the other user cannot reach them."""
        found = programs.postgresql()
        assert found, "PostgreSQL is missing: `make test` installs it, as does python -m tools.prepare_tests"
        if self.user is None or _is_reachable(found, self.user):
            return found
        # Only a wheel in root's own folder is out of reach; it keeps its libraries beside the package.
        package = found.parents[1]
        for part in package.parent.glob(f"{package.name}*"):
            shutil.copytree(part, self.folder / "programs" / part.name, symlinks=True)
        return self.folder / "programs" / found.relative_to(package.parent)


def _somebody_else() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _is_reachable(folder: Path, user: str) -> bool:
    try:
        subprocess.run(
            [folder / "postgres", "--version"], user=user, cwd="/", check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _locale() -> list[str]:
    """UTF-8 with plain sorting, under the name that this system has for it."""
    if not shutil.which("locale"):
        return ["--locale=C"]
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    return ["--locale", next((name for name in known if name.upper() in {"C.UTF-8", "C.UTF8"}), "C")]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
