"""The lines to workspaces: who Lantern is in each of them, and the way out to it."""

from dataclasses import dataclass
from typing import Protocol

from bot.slack.gateway import Gateway


class NoLine(Exception):
    """Lantern is not installed in that workspace, or not any more."""


@dataclass(frozen=True, slots=True)
class Line:
    """The way to one workspace, and who Lantern is there.

    `enterprise_id` is that of the organisation the team belongs to; `serial` and `version` say
    which installation it comes from, where there are several; `is_org`: one of the organisation.
    """

    gateway: Gateway
    team_id: str
    bot_user_id: str
    team_name: str = ""
    enterprise_id: str = ""
    serial: int = 0
    version: int = 0
    is_org: bool = False


class Lines(Protocol):
    """All lines of this process."""

    async def to_team(self, team_id: str, enterprise_id: str) -> Line | None:
        """The line to a team by Slack's ids (empty: none); None where Lantern is not installed."""

    async def to_workspace(self, workspace_id: int) -> Line:
        """The line to a workspace by its row. Raises NoLine."""

    async def refused(self, line: Line) -> None:
        """Slack said that the token of this line is void."""

    async def look_again(self, team_id: str, enterprise_id: str) -> None:
        """Slack said that the app was removed there: see whether that is still so."""

    async def renew_due(self) -> None:
        """Renew the tokens that will expire soon."""


@dataclass(slots=True)
class OneLine:
    """The one line of a process with one token, whatever is asked for."""

    line: Line

    async def to_team(self, team_id: str, enterprise_id: str) -> Line | None:
        # Null on organisation-wide installations; another team's people are refused later, kindly.
        return self.line if team_id in ("", self.line.team_id) else None

    async def to_workspace(self, workspace_id: int) -> Line:
        return self.line

    async def refused(self, line: Line) -> None:
        """Nothing to do: the operator reads it in the log, and sets another token."""

    async def look_again(self, team_id: str, enterprise_id: str) -> None:
        """Nothing to do either."""

    async def renew_due(self) -> None:
        """Nothing to do: a token from the settings does not expire."""
