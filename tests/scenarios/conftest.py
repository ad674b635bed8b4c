"""For scenarios: a running company on either database, few people, and a clock moved by hand."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.sandbox.people import PersonSpec
from tests.support.company import STAFF, Company
from tests.support.company import company as running_company
from tests.support.unhurried import unhurried

__all__ = ["company", "unhurried"]


@pytest.fixture
def staff() -> Sequence[PersonSpec]:
    """Who works there; a file of scenarios may name others."""
    return STAFF


@pytest.fixture
async def company(
    tmp_path: Path, database_url: str, staff: Sequence[PersonSpec]
) -> AsyncIterator[Company]:
    """The whole bot over Socket Mode on a fresh database, Monday 2026-11-23 10:00 in London."""
    async with running_company(tmp_path, staff=staff, database_url=database_url) as running:
        yield running
