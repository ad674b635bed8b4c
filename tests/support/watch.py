"""Stops the PostgreSQL server of a test run whose own process was killed.

`python -m tests.support.watch RUN SERVER FOLDER`: while process RUN lives, nothing happens; when it
is gone, or SERVER has ended, the server is stopped and its folder removed.
"""

import shutil
import signal
import sys
import time
from contextlib import suppress
from os import kill
from pathlib import Path

EVERY = 1.0  # seconds


def lives(pid: int) -> bool:
    """Whether there is a process with this id."""
    try:
        kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def watch(run: int, server: int, folder: Path) -> None:
    """Return when the server has ended, and see to it that it ends."""
    while lives(run) and lives(server):
        time.sleep(EVERY)
    with suppress(ProcessLookupError):
        kill(server, signal.SIGINT)
    while lives(server):
        time.sleep(EVERY)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    watch(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
