"""Several companies on one local workspace server, and one Lantern that any of them may install."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import yaml

from bot.app import Application, build
from bot.config import Settings
from bot.ops.install import INSTALL, REDIRECT
from bot.ops.web import SLACK_PATH
from bot.sandbox.apps.shared_app import Organisation, SharedApp
from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from bot.shipped import MANIFEST
from bot.store.crypto import new_key
from tests.support.clock import HandClock
from tests.support.company import PATIENCE, UNHURRIED, free_socket, open_door
from tests.support.installation import settings_with


@dataclass(frozen=True, slots=True)
class TeamSpec:
    """A company on the street; those of one organisation name it."""

    name: str
    people: Sequence[PersonSpec]
    organisation: Organisation | None = None


@dataclass(slots=True)
class House:
    """One company, as `tests.scenarios.acts` wants it: `company["ada"]`, `company.settle()`."""

    workspace: Workspace
    street: "Street"
    _persons: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, handle: str) -> Person:
        if handle not in self._persons:
            self._persons[handle] = Person(self.workspace, handle, PATIENCE)
        return self._persons[handle]

    @property
    def address(self) -> str:
        """Where the bot takes HTTP."""
        return self.street.address

    async def settle(self) -> None:
        await self.street.settle()

    async def until(self, moment: Any) -> None:
        await self.street.settle()
        await self.street.clock.move_to(moment)
        await self.street.settle()

    def calls(self, method: str) -> list[Any]:
        """What the bot sent to this team with a Web API method, oldest first."""
        return [r.payload for r in self.workspace.traffic if (r.kind, r.name) == ("api", method)]


@dataclass(slots=True)
class Browser:
    """Somebody's browser, with its cookies. It goes where it is sent, and no further."""

    session: aiohttp.ClientSession
    address: str

    async def begins(self) -> str:
        """From Lantern's address to the address of Slack's page."""
        async with self.session.get(self.address + INSTALL, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return answer.headers["Location"]

    async def chooses(self, page: str, team: str, choice: str = "allow") -> str:
        """On Slack's page: the address that it sends the browser back to."""
        form = {"team": team, "choice": choice}
        async with self.session.post(page, data=form, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return answer.headers["Location"]

    async def goes(self, address: str) -> tuple[int, str]:
        """What stands at an address of Lantern's."""
        async with self.session.get(address, allow_redirects=False) as answer:
            return answer.status, await answer.text()

    async def installs(self, team: str) -> tuple[int, str]:
        """The whole way; `team` is Slack's id of a team or an organisation."""
        return await self.goes(await self.chooses(await self.begins(), team))


@dataclass(slots=True)
class Street:
    """What a scenario holds in its hands."""

    app: SharedApp
    server: Server
    clock: HandClock
    settings: Settings
    houses: dict[str, House]
    bots: list[Application] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Of the first process."""
        return self.addresses[0]

    def __getitem__(self, name: str) -> House:
        return self.houses[name]

    @asynccontextmanager
    async def browser(self, address: str = "") -> AsyncIterator[Browser]:
        """At the first process, or at the one with this address."""
        # Cookies on an address without a name are only kept on request.
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as session:
            yield Browser(session, address or self.address)

    async def installs(self, name: str) -> tuple[int, str]:
        """Somebody of this company installs Lantern there."""
        async with self.browser() as browser:
            return await browser.installs(self.houses[name].workspace.team_id)

    async def settle(self) -> None:
        """Return when nothing is under way on either side."""
        for _ in range(2):
            for house in self.houses.values():
                await house.workspace.delivery.idle()
            for bot in self.bots:
                await bot.idle()
                await bot.clockwork.wake()
        for house in self.houses.values():
            await house.workspace.delivery.idle()
        for bot in self.bots:
            await bot.idle()


@asynccontextmanager
async def street(
    folder: Path,
    *teams: TeamSpec,
    database_url: str,
    processes: int = 1,
    rotation: bool = False,
    invited: Sequence[str] = (),
) -> AsyncIterator[Street]:
    """Start everything; nothing is installed yet. Slack brings everything to the first process.

    With `rotation` the tokens expire. `invited` are Slack's ids of those who may install.
    """
    doors = [free_socket() for _ in range(processes)]
    addresses = [f"http://127.0.0.1:{door.getsockname()[1]}" for door in doors]
    clock = HandClock()
    app = SharedApp("Lantern", clock, [address + REDIRECT for address in addresses])
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    manifest["settings"]["token_rotation_enabled"] = rotation
    made = [
        Workspace(manifest, t.people, clock, name=t.name, app=app, organisation=t.organisation)
        for t in teams
    ]
    for team in made:
        team.ack_limit = UNHURRIED
    async with serve(made[0], more=made[1:], request_url=addresses[0] + SLACK_PATH) as server:
        settings = _settings(server, app, addresses[0], database_url)
        here = Street(app, server, clock, settings, {}, addresses=addresses)
        here.houses = {team.name: House(team, here) for team in made}
        async with AsyncExitStack() as running:
            for door, address in zip(doors, addresses, strict=True):
                own = settings.model_copy(
                    update={"public_url": address, "may_install": ",".join(invited)}
                )
                bot = build(own, clock=clock, chance=Random(7), many=True, paced=False)
                here.bots.append(bot)
                running.push_async_callback(bot.stop)
                runner = await open_door(bot, door)
                running.push_async_callback(runner.cleanup)
                await bot.start(socket_mode=False)
            yield here


def _settings(server: Server, app: SharedApp, address: str, database_url: str) -> Settings:
    return settings_with(
        database_url,
        new_key(),
        client_id=app.client_id,
        client_secret=app.client_secret,
        signing_secret=app.signing_secret,
        public_url=address,
        api_url=server.api_url,
        log_level="warning",
    )
