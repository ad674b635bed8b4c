"""Two companies on one street that use one Lantern: everything is in both, and one presses.

Both installed it in a browser, each has a token of its own, and what is pressed comes by signed
HTTP. Lantern's clock is held: what is planned stays planned, so that it can be looked at.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bot.sandbox.conversations import Conversation
from bot.sandbox.people import User
from bot.sandbox.views import View
from bot.sandbox.wire.ack import Envelope, NoAck
from bot.sandbox.workspace import Workspace
from tests.support import databases
from tests.support.door import File, Outcome, watched
from tests.support.facts import Facts
from tests.support.street import House, Street, TeamSpec, street
from tests.support.tape import Call
from tests.support.who import CALM_CHANNEL, CHANNEL, OTHER_CHANNEL, TABLES_CHANNEL, Who
from tests.support.world import build_world
from tests.support.world_people import World

Json = dict[str, Any]
MARK: Final = "F"
CHANNELS: Final = (CHANNEL, OTHER_CHANNEL, CALM_CHANNEL, TABLES_CHANNEL)


@dataclass
class Neighbours:
    """The company that presses (`own`), the other, and the database that both are in."""

    running: Street
    own: World
    other: World
    file: File
    runner: asyncio.Runner
    errors: list[str] = field(default_factory=list)

    async def comes_in(self, body: Json) -> Outcome:
        """What came of something that Slack brings from the pressing company."""
        house, _ = self.houses
        self.forget()
        status, answer = 200, {}
        try:
            answer = (await house.workspace.delivery.ask(_envelope(house.workspace, body))).body
        except NoAck:
            status = 400
        await self.running.bots[0].idle()
        return Outcome(status, answer, tuple(_calls(house)), tuple(self.errors))

    @property
    def houses(self) -> tuple[House, House]:
        """The pressing company, and the other."""
        return self.running["Beta"], self.running["Acme"]

    def forget(self) -> None:
        """What was said until now, and the forms that stand open."""
        self.errors.clear()
        for house in self.houses:
            house.workspace.traffic.clear()
            house.workspace.modals.clear()

    def heard_next_door(self) -> list[str]:
        """What was called with the other company's token."""
        return [call.method for call in _calls(self.houses[1])]


@contextmanager
def neighbours(template: Path, folder: Path) -> Iterator[Neighbours]:
    """Both companies, installed and full of everything. `template`: an empty SQLite file."""
    with asyncio.Runner() as runner:
        running = AsyncExitStack()
        try:
            found = runner.run(_move_in(running, template, folder, runner))
            with watched(found.errors):
                yield found
            found.file.close()
        finally:
            runner.run(running.aclose())


async def _move_in(
    running: AsyncExitStack, template: Path, folder: Path, runner: asyncio.Runner
) -> Neighbours:
    url = databases.sqlite_copy(template, folder)
    teams = (TeamSpec("Acme", ()), TeamSpec("Beta", ()))
    here = await running.enter_async_context(street(folder, *teams, database_url=url))
    here.bots[0].clockwork.hold()
    worlds = []
    for name, mark in (("Acme", MARK), ("Beta", "")):
        workspace = here[name].workspace
        _people(workspace, mark)
        assert (await here.installs(name))[0] == 200
        facts = Facts(here.bots[0].ctx.db, here.clock.now())
        worlds.append(await build_world(facts, workspace.team_id, mark=mark))
    other, own = worlds
    return Neighbours(here, own, other, File(Path(url.removeprefix("sqlite:///"))), runner)


def _people(workspace: Workspace, mark: str) -> None:
    """Everybody of the world, as Slack knows them, and the channels they are in."""
    special = {
        Who.GUEST: {"guest": True},
        Who.DEACTIVATED: {"deleted": True},
        Who.BOT: {"is_bot": True},
        Who.ADMIN: {"is_admin": True},
        Who.OUTSIDER: {"stranger": True},
    }
    team = workspace.team_id
    for who in Who:
        slack_id, name = who.slack_id + mark, who.full_name + mark
        user = User(slack_id, team, slack_id.casefold(), name, **special.get(who, {}))  # type: ignore[arg-type]
        workspace.users[slack_id] = user
    members = [*(who.slack_id + mark for who in Who), workspace.bot_user_id]
    for number, channel in enumerate(CHANNELS):
        found = Conversation(channel + mark, "channel", f"circle-{number}", list(members))
        workspace.conversations[found.id] = found


def _envelope(workspace: Workspace, body: Json) -> Envelope:
    """As this company's Slack would bring it, with a trigger that it knows."""
    is_command = "command" in body
    speaker = body["user_id"] if is_command else body["user"]["id"]
    if view := body.get("view"):  # it stands open on their screen
        workspace.modals[speaker] = [View(view["id"], "modal", speaker, view, view["id"])]
    trigger_id = workspace.triggers.issue(speaker, (view or {}).get("id", ""))
    body = {**body, "trigger_id": trigger_id}
    if is_command:
        body["team_id"] = workspace.team_id
        return Envelope("slash_commands", body)
    body["team"] = {"id": workspace.team_id}
    body["user"] = {**body["user"], "team_id": workspace.team_id}
    return Envelope("interactive", body)


def _calls(house: House) -> Iterator[Call]:
    for record in house.workspace.traffic:
        if record.kind == "api":
            args = dict(record.payload or {})
            view = args.get("view")
            if isinstance(view, str):
                args["view"] = json.loads(view)
            yield Call(record.name, args)
