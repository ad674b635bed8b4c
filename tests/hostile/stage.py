"""Where hostile things are sent: one world behind the real door, put back after what changed it."""

import asyncio
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.ops import logs
from bot.services.library import Library
from bot.store.crypto import Keyring
from bot.store.engine import Database
from tests.contract.authorisation import ALL, row_of
from tests.contract.pressing import Presser
from tests.support.door import FAR_TEAM, TEAM, Door, File, Outcome, open_door
from tests.support.facts import Facts
from tests.support.world import build_world
from tests.support.world_people import World

Json = dict[str, Any]


class Stage:
    """The door, the file behind it, and what is written to the log."""

    def __init__(self, door: Door, file: File, world: World, runner: asyncio.Runner) -> None:
        self.door, self.file, self.world = door, file, world
        self._runner = runner
        self._log = io.StringIO()
        self.bodies: dict[str, Json] = runner.run(self._bodies())
        file.keep()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """The log is as loud as it gets, and goes here."""
        logs.configure(style="json", level="debug", stream=self._log)
        try:
            yield
        finally:
            logs.configure(style="json", stream=io.StringIO())

    def send(self, request: AsyncBoltRequest | None) -> tuple[Outcome, str]:
        """What came of it, and what the log says. The database is afterwards as before."""
        self.forget_log()
        try:
            return self._runner.run(self.door.send(request)), self.logged()
        finally:
            if self.file.has_changed():
                self.file.restore()

    def logged(self) -> str:
        """What the log says since it was forgotten."""
        return self._log.getvalue()

    def forget_log(self) -> None:
        self._log.seek(0)
        self._log.truncate()

    def run(self, work: Any) -> Any:
        """Do something in the stage's own loop."""
        return self._runner.run(work)

    async def _bodies(self) -> dict[str, Json]:
        """What Slack sends for every id, by somebody who may."""
        presser, found = Presser(self.door, self.world.ids), {}
        for key in ALL:
            who = sorted(row_of(key).may.who)[0]
            found[repr(key)] = await presser.body(key, who, self.world.ids)
        return found


@contextmanager
def open_stage(template: Path, folder: Path, keyring: Keyring, library: Library) -> Iterator[Stage]:
    """A stage on a database in `folder`, made from an empty one."""
    path = folder / "hostile.db"
    path.write_bytes(template.read_bytes())
    url = f"sqlite:///{path}"
    with asyncio.Runner() as runner:
        world = runner.run(_build(url, keyring))
        with open_door(url, keyring, library) as door:
            file = File(path)
            stage = Stage(door, file, world, runner)
            with stage.listening():
                yield stage
            runner.run(door.desk.flight.drain(5))
            runner.run(door.desk.ctx.db.close())
            file.close()


async def _build(url: str, keyring: Keyring) -> World:
    database = Database.open(url, keyring)
    await build_world(Facts(database), FAR_TEAM, mark="F")
    world = await build_world(Facts(database), TEAM)
    await database.close()
    return world
