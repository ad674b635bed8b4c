"""The lines to every workspace that installed the app: looked up in the database each time.

A process keeps clients, never the knowledge of where the app is installed: another process may
have heard of an installation, or of its end, a moment ago (docs/decisions/013-many-workspaces.md).
"""

from functools import partial

import aiohttp
import structlog

from bot.meter import UNMEASURED, Meter
from bot.renewal import Renewal
from bot.services import installations, installing
from bot.services.context import Context
from bot.services.installations import Installed
from bot.slack.errors import TOKEN_VOID, Permanent
from bot.slack.gateway import Gateway, new_client
from bot.slack.lines import Line, NoLine
from bot.slack.pace import Paces

log = structlog.get_logger("bot.lines")


class ManyLines:
    """Lines by the installations in the database. `session` is shared by all clients, once set."""

    def __init__(
        self,
        ctx: Context,
        api_url: str,
        paces: Paces | None = None,
        meter: Meter = UNMEASURED,
        renewal: Renewal | None = None,
    ) -> None:
        self._paces = paces
        self.session: aiohttp.ClientSession | None = None
        self._ctx = ctx
        self._api_url = api_url
        self._meter = meter
        self._renewal = renewal
        self._gateways: dict[tuple[int, str], tuple[int, Gateway]] = {}

    async def to_team(self, team_id: str, enterprise_id: str) -> Line | None:
        serving = await installations.serving(
            self._ctx, team_id=team_id, enterprise_id=enterprise_id
        )
        if not team_id or not serving:
            return None
        return self._line(serving[0], team_id, enterprise_id)

    async def to_workspace(self, workspace_id: int) -> Line:
        found = await installations.for_workspace(self._ctx, workspace_id=workspace_id)
        if found is None:
            raise NoLine
        return self._line(found[0], found[1], "")

    async def refused(self, line: Line) -> None:
        if await installing.revoke(self._ctx, installation_id=line.serial, version=line.version):
            log.warning("installation_gone", installation=line.serial, team=line.team_id)
        for key in [key for key in self._gateways if key[0] == line.serial]:
            del self._gateways[key]  # whoever installs anew gets another, and a token goes

    async def look_again(self, team_id: str, enterprise_id: str) -> None:
        """Ask Slack itself: a notice may come late, when the app was installed anew since.

        Raises the errors of `bot.slack.errors` when Slack does not say.
        """
        for found in await installations.serving(
            self._ctx, team_id=team_id, enterprise_id=enterprise_id
        ):
            line = self._line(found, team_id, enterprise_id)
            try:
                await line.gateway.whoami()
            except Permanent as error:
                if error.code not in TOKEN_VOID:
                    raise
                await self.refused(line)
            else:
                log.info("installation_stands", installation=line.serial, team=team_id)

    async def renew_due(self) -> None:
        if self._renewal is not None:
            await self._renewal.renew_due()

    async def close(self) -> None:
        """Return when no token is being renewed."""
        if self._renewal is not None:
            await self._renewal.close()

    def _line(self, found: Installed, team_id: str, enterprise_id: str) -> Line:
        return Line(
            self._gateway(found, team_id),
            team_id,
            found.bot_user_id,
            found.name,
            found.enterprise_id or enterprise_id,
            found.id,
            found.version,
            found.is_org,
        )

    def _gateway(self, found: Installed, team_id: str) -> Gateway:
        """One for each team; another one when there is another token."""
        key = (found.id, team_id)
        version, gateway = self._gateways.get(key, (0, None))
        if gateway is None or version != found.version:
            # With an organisation's token Slack wants to be told which team is meant.
            of_team = (team_id or None) if found.is_org else None
            client = new_client(
                found.token, self._api_url, self.session, team_id=of_team, meter=self._meter
            )
            if self._renewal is not None:
                client.renew = partial(self._renewal.instead_of, found.id)
            gateway = Gateway(client, self._paces.of(team_id) if self._paces else None)
            self._gateways[key] = (found.version, gateway)
        return gateway
