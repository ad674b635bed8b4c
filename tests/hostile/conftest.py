"""One stage for all of it, and the figures of a long run."""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.services.library import Library
from bot.store.crypto import Keyring
from tests.hostile.counting import COUNTED, LONG
from tests.hostile.stage import Stage, open_stage


@pytest.fixture(scope="package")
def stage(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, keyring: Keyring
) -> Iterator[Stage]:
    with open_stage(
        sqlite_template, tmp_path_factory.mktemp("hostile"), keyring, Library.load()
    ) as opened:
        yield opened


_BEGAN = time.monotonic()


def pytest_unconfigure() -> None:
    """The last line of a long run: what was looked at, as one JSON object."""
    if os.environ.get(LONG):
        seconds = round(time.monotonic() - _BEGAN)
        figures = {"examples": sum(COUNTED.values()), "seconds": seconds, **COUNTED}
        sys.stdout.write(json.dumps(figures) + "\n")
