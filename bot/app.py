"""The composition root: settings in, a startable application out.

The one module that may import everything.
"""

import os
import secrets
import socket
from random import Random

import aiohttp
import structlog
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp

from bot import __version__
from bot.clock import Clock, RealClock
from bot.config import SettingProblem, Settings
from bot.handlers.bolt import make_bolt
from bot.handlers.connection import PING_EVERY, Connection
from bot.handlers.desk import Desk
from bot.handlers.inbound.flight import Flight
from bot.lines import ManyLines
from bot.ops.entering import socket_address, whoami
from bot.ops.install import INSTALL, Installing
from bot.ops.metrics import Metrics
from bot.ops.pulse import Pulse
from bot.ops.readiness import Readiness
from bot.ops.scrape import Scrape
from bot.ops.spoken import spoken
from bot.ops.storage import bring_up_to_date, need_its_keys, open_database
from bot.ops.web import health_app, web_app
from bot.renewal import Renewal
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk as ClockDesk
from bot.services.context import Context
from bot.services.library import Library, LibraryProblem
from bot.slack.catalogues import CatalogueFault
from bot.slack.gateway import Gateway, new_client
from bot.slack.languages import Languages
from bot.slack.oauth import OAuth
from bot.slack.pace import OwnShelf, Paces
from bot.slack.people import Identity
from bot.store.engine import Database
from bot.store.paces import SharedShelf

DRAIN_WITHIN = 10.0  # real seconds that stopping waits for what is under way
OWN = ""  # the workspace of the token in the settings, before Slack has said which it is

log = structlog.get_logger("bot.app")


class Application:
    """Lantern in this process, on one workspace or on many. Made by `build`."""

    def __init__(
        self,
        settings: Settings,
        ctx: Context,
        languages: Languages,
        metrics: Metrics,
        *,
        many: bool = False,
        paces: Paces | None = None,
    ) -> None:
        self.settings = settings
        self.ctx = ctx
        self.metrics = metrics
        # Among many this one speaks for nobody: each workspace has its own.
        token = "" if many else settings.bot_token.get_secret_value()
        self.client = new_client(token or None, settings.api_url, meter=self.metrics)
        self.pulse = Pulse(self.client.api_test)
        self.metrics.on_call = self.pulse.felt
        self.scrape = Scrape(ctx, self.metrics)
        self.gateway = Gateway(self.client, paces.of(OWN) if paces else None)
        self.languages = languages
        self.templates = languages.for_readers()
        self.ping_every = PING_EVERY
        name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self.flight = Flight(self.metrics)
        self.many = self._many_lines(paces) if many else None
        clock_desk = ClockDesk(
            ctx,
            self.gateway,
            self.templates,
            name,
            self.flight.quiet,
            many=self.many,
            meter=self.metrics,
        )
        self.clockwork = Clockwork(clock_desk)
        self._readiness = Readiness(
            ctx, self.clockwork, self.pulse, self._hears, lambda: self.client.void
        )
        self.metrics.watch_tick(self._readiness.tick_age)
        self.desk: Desk | None = None
        self._bolt: AsyncApp | None = None
        self._connection: Connection | None = None
        self._session: aiohttp.ClientSession | None = None
        self._uses_socket = False

    def _many_lines(self, paces: Paces | None) -> ManyLines:
        secret = self.settings.client_secret.get_secret_value()
        renewal = Renewal(self.ctx, OAuth(self.client, self.settings.client_id, secret))
        return ManyLines(self.ctx, self.settings.api_url, paces, self.metrics, renewal)

    async def start(self, *, socket_mode: bool = True) -> None:
        """Settings, database, Slack, clockwork, and then the socket (or HTTP requests).

        Raises SettingProblem when a setting turns out to be wrong; what was opened is closed.
        """
        self._uses_socket = socket_mode
        try:
            self._check_settings(socket_mode)
            mode = "socket" if socket_mode else "many" if self.many else "http"
            self.metrics.runs(version=__version__, database=self.ctx.db.dialect, mode=mode)
            self._session = aiohttp.ClientSession()
            self.client.session = self._session
            await bring_up_to_date(self.ctx.db)
            await need_its_keys(self.ctx.db)
            if self.many is not None:
                self.many.session = self._session
            bolt = self._make_bolt(None if self.many else await whoami(self.gateway, self.settings))
            address = await socket_address(self.client, self.settings) if socket_mode else None
            self.clockwork.start()
            self._bolt = bolt
            if socket_mode:
                await self._connect(bolt, address)
        except BaseException:
            await self.stop()
            raise
        log.info("Lantern is running", team=self._team(), socket_mode=socket_mode)

    async def stop(self) -> None:
        """Take no more work, finish what is under way, and let go of everything. Safe to repeat."""
        self._bolt = None
        self.clockwork.hold()
        if self._connection is not None:
            await self._connection.close(DRAIN_WITHIN)
            self._connection = None
        if self.desk is not None and not await self.desk.flight.drain(DRAIN_WITHIN):
            log.warning("some listeners did not finish in time")
        await self.clockwork.stop(DRAIN_WITHIN)
        if self.many is not None:
            await self.many.close()
        if self._session is not None:
            await self._session.close()
            self._session = None
        await self.ctx.db.close()

    async def idle(self) -> None:
        """Return when no listener, and nothing it left behind, is under way."""
        if self.desk is not None:
            await self.desk.flight.idle()

    def web_app(self, *, metrics: bool = True) -> web.Application:
        """What is served to Slack: /slack/events, /livez, /readyz, and /metrics if wanted there.

        Among many, the two addresses of an installation as well.
        """
        served = web_app(lambda: self._bolt, self.problems, self.scrape.text if metrics else None)
        if self.many is not None:
            Installing(self.ctx, self.settings, self.client, self.templates).add_routes(served)
        return served

    def health_app(self) -> web.Application:
        """What is served to whoever watches: /livez, /readyz and /metrics alone."""
        return health_app(self.problems, self.scrape.text)

    async def problems(self) -> list[str]:
        """What keeps this process from being ready, in words; empty when it is."""
        return ["not started"] if self._bolt is None else await self._readiness.problems()

    async def _hears(self) -> bool:
        """Whether what Slack sends arrives here; over HTTP that is not ours to know."""
        connection = self._connection
        return not self._uses_socket or (connection is not None and await connection.is_connected())

    def _check_settings(self, socket_mode: bool) -> None:
        if self.many is None:
            self.settings.need("bot_token", "app_token" if socket_mode else "signing_secret")
        elif socket_mode:
            raise SettingProblem(
                "Many workspaces are served by HTTP: start with run --http HOST:PORT."
            )
        else:
            self.settings.need_many()

    def _team(self) -> str:
        return "many" if self.desk is None or self.many else self.desk.team_id

    def _make_bolt(self, identity: Identity | None) -> AsyncApp:
        """`identity` is None among many: who one is depends on who asks."""
        self.desk = Desk(
            self.ctx,
            self.gateway.at_once(),
            self.templates,
            identity.team_id if identity else "",
            identity.bot_user_id if identity else "",
            identity.team_name if identity else "",
            self.flight,
            many=self.many,
            meter=self.metrics,
        )
        secret = self.settings.signing_secret.get_secret_value()
        return make_bolt(self.desk, signing_secret=secret, api_url=self.settings.api_url)

    async def _connect(self, bolt: AsyncApp, address: str | None) -> None:
        self._connection = Connection(
            bolt,
            self.settings.app_token.get_secret_value(),
            self.client,
            url=address,
            ping_every=self.ping_every,
        )
        await self._connection.connect_async()  # type: ignore[no-untyped-call]


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    database: Database | None = None,
    chance: Random | None = None,
    many: bool = False,
    paced: bool = True,
) -> Application:
    """Put everything together; nothing is asked of the network or the database yet.

    `clock`, `database` and `chance` stand in for what the settings would give. With `many` the
    workspaces are those that installed the app. Calls keep to Slack's limits if `paced`. Raises
    SettingProblem with one sentence for what cannot be opened.
    """
    try:
        library = Library.load()
    except LibraryProblem as error:
        raise SettingProblem(f"{error} Mend the file, or take the one that ships.") from None
    languages = spoken(settings)
    try:
        languages.for_readers()
    except CatalogueFault as fault:
        raise SettingProblem(f"{fault}. Mend it, or choose another LANTERN_LANGUAGE.") from None
    ctx = Context(
        db=database or open_database(settings),
        clock=clock or RealClock(settings.clock_speed),
        library=library,
        chance=chance or Random(secrets.randbits(64)),  # noqa: S311 - a die, not a secret
        contacts=settings.contacts,
        install_at=settings.public_url + INSTALL if many else "",
    )
    # One process of its own on SQLite; on PostgreSQL there may be any number.
    shelf = SharedShelf(ctx.db) if ctx.db.dialect == "postgresql" else OwnShelf()
    metrics = Metrics()
    paces = Paces(shelf, metrics) if paced else None
    return Application(settings, ctx, languages, metrics, many=many, paces=paces)
