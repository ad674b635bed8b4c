"""What several of these tests press their buttons in."""

import asyncio
from pathlib import Path

import pytest

from bot.store.crypto import Keyring
from bot.store.engine import Database
from tests.contract.built import Built
from tests.support.door import FAR_TEAM, TEAM
from tests.support.facts import Facts
from tests.support.world import build_world


@pytest.fixture(scope="package")
def built(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, keyring: Keyring
) -> Built:
    path = tmp_path_factory.mktemp("world") / "world.db"
    path.write_bytes(sqlite_template.read_bytes())

    async def build() -> Built:
        database = Database.open(f"sqlite:///{path}", keyring)
        facts = Facts(database)
        far = await build_world(facts, FAR_TEAM, mark="F")
        here = await build_world(facts, TEAM)
        await database.close()
        return Built(path, here, far)

    return asyncio.run(build())
