"""A PostgreSQL server for the tests, made from the binaries of the system and thrown away.

One server serves the whole run, also when pytest-xdist splits it: the workers count themselves in
and out in a file, and the last one stops the server. Nothing on the machine is touched but a
temporary folder; as root, the server runs as an unprivileged user.
"""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from filelock import FileLock

from tests.support.watch import lives

ROOT = Path(__file__).resolve().parents[2]
USERS = ("postgres", "nobody")
OPTIONS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=32MB",
)


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine, or it does not start; says what is missing."""


class Stopped(NoPostgres):
    """It ended as soon as it started: its port may have been taken."""


def binaries() -> Path:
    """The folder with initdb and postgres."""
    folders = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise NoPostgres("PostgreSQL's initdb and postgres are not installed (postgresql)")


def _user() -> str | None:
    """Whom to run as: nobody special, unless we are root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return None
    for name in USERS:
        with suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise NoPostgres("as root, PostgreSQL needs a user named postgres or nobody")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its port on 127.0.0.1, its process and its folder."""

    port: int
    pid: int
    folder: str

    def url(self, database: str) -> str:
        return f"postgresql://lantern@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """Run one statement that belongs to no database of the tests."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"}


def _start() -> Server:
    tools, user = binaries(), _user()
    folder = Path(tempfile.mkdtemp(prefix="lt-pg-", dir="/tmp"))
    if user is not None:
        shutil.chown(folder, user)
    options: dict[str, Any] = {"user": user, "cwd": folder, "env": _environment()}
    made = subprocess.run(
        [
            tools / "initdb",
            "-D",
            folder / "data",
            "-U",
            "lantern",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        ],
        capture_output=True,
        text=True,
        check=False,
        **options,
    )
    if made.returncode:
        raise NoPostgres(f"initdb failed: {made.stderr.strip()[-400:]}")
    for _ in range(2):  # somebody else may take a free port before the server does
        with suppress(Stopped):
            return _launch(folder, _free_port())
    return _launch(folder, _free_port())


def _launch(folder: Path, port: int) -> Server:
    """Start a server on a folder that `initdb` made."""
    tools, user = binaries(), _user()
    settings = [part for option in OPTIONS for part in ("-c", option)]
    command: list[str | Path] = [
        tools / "postgres",
        "-D",
        folder / "data",
        "-p",
        str(port),
        "-k",
        folder,
    ]
    process = subprocess.Popen(
        [*command, "-h", "127.0.0.1", *settings],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        user=user,
        cwd=folder,
        env=_environment(),
    )
    server = Server(port, process.pid, str(folder))
    _wait_for(server, process)
    process.returncode = 0  # it outlives this object: whoever leaves last stops it
    return server


def _have_it_watched(server: Server) -> None:
    """Should the whole run be killed, the server goes with it."""
    run = os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()
    watcher = subprocess.Popen(
        [sys.executable, "-m", "tests.support.watch", str(run), str(server.pid), server.folder],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        cwd=ROOT,
    )
    watcher.returncode = 0  # nobody waits for it


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: Server, process: subprocess.Popen[Any]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Stopped("the PostgreSQL server stopped as soon as it started")
        with suppress(psycopg.OperationalError):
            server.execute("SELECT 1")
            return
        time.sleep(0.05)
    _stop(server)
    raise NoPostgres("the PostgreSQL server did not answer within 30 seconds")


def _stop(server: Server) -> None:
    _halt(server)
    shutil.rmtree(server.folder, ignore_errors=True)


def _halt(server: Server) -> None:
    for sign in (signal.SIGINT, signal.SIGKILL):  # INT is PostgreSQL's "fast" shutdown
        with suppress(ProcessLookupError):
            os.kill(server.pid, sign)
        if _gone(server.pid):
            break


def _gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        if not lives(pid):
            return True
        time.sleep(0.02)
    return False


class Shared:
    """One server for all workers of a run; `folder` keeps where it is and who uses it."""

    def __init__(self, folder: Path) -> None:
        self._state = folder / "postgres.json"
        self._lock = FileLock(f"{self._state}.lock")

    def enter(self) -> Server:
        """The server of this run, started by whoever comes first. Raises NoPostgres."""
        with self._lock:
            if self._state.exists():
                server, users = self._read()
            else:
                server, users = _start(), []
                _have_it_watched(server)
            self._write(server, [*users, os.getpid()])
        return server

    def leave(self) -> None:
        """Stop it when nobody else uses it; a worker that crashed does not."""
        with self._lock:
            server, users = self._read()
            left = [pid for pid in users if pid != os.getpid() and lives(pid)]
            if left:
                self._write(server, left)
                return
            self._state.unlink()
            _stop(server)

    def _read(self) -> tuple[Server, list[int]]:
        state = json.loads(self._state.read_text())
        return Server(**state["server"]), list(state["users"])

    def _write(self, server: Server, users: list[int]) -> None:
        kept = {"port": server.port, "pid": server.pid, "folder": server.folder}
        self._state.write_text(json.dumps({"users": users, "server": kept}))


class Unsteady:
    """A server of one test's own, which goes away and comes back with what it had. (Nobody watches
    it, as whoever did would clear its folder away.)"""

    def __init__(self) -> None:
        self.server = _start()

    def go(self) -> None:
        """Close every connection, and answer nobody."""
        _halt(self.server)

    def come_back(self) -> None:
        """Start again on the same port."""
        self.server = _launch(Path(self.server.folder), self.server.port)

    def close(self) -> None:
        """Stop it for good."""
        _stop(self.server)
