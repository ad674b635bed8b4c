"""An app that several teams may install: its ids and secrets, and the codes given out for it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.sandbox.apps import installing
from bot.sandbox.apps.expiring import Expiring
from bot.sandbox.shapes import Json, SlackError, stable_id

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

CODE_LIVES_FOR = timedelta(minutes=10)  # real time


@dataclass(slots=True)
class Organisation:
    """Several teams under one roof (Enterprise Grid). Installed in all of it, the app has one token
    for the teams it was granted."""

    name: str
    token: str = ""
    granted: set[str] = field(default_factory=set)  # team ids
    void: dict[str, str] = field(default_factory=dict)
    installs: int = 0
    expiring: Expiring | None = None  # once it was installed with tokens that expire

    @property
    def id(self) -> str:
        """The same on every start."""
        return stable_id("E", self.name)

    def install(self, app_id: str) -> None:
        """A token for the whole organisation; the same as long as it stands."""
        if not self.token:
            self.installs += 1
            self.token = f"xoxb-local-{self.id}-{app_id.lower()}-{self.installs}"

    def knows(self, token: str) -> bool:
        """Whether this token is, or was, the organisation's."""
        rotated = self.expiring is not None and self.expiring.knows(token)
        return rotated or token in (self.token, *self.void)

    def uninstall(self, error: str) -> None:
        """The token is good for nothing any more; calls with it get this error."""
        self.void[self.token] = error
        if self.expiring is not None:
            self.expiring.uninstall(error)
        self.token = ""


@dataclass(slots=True)
class Code:
    """What a browser brings back: good once, for the redirect URL it was given to."""

    team: "Workspace"
    user_id: str
    redirect_uri: str
    scopes: str
    issued_at: datetime
    whole_org: bool = False
    used: bool = False


class SharedApp:
    """The app's credentials. `redirect_urls` are where browsers may be sent back to."""

    def __init__(self, name: str, clock: Clock, redirect_urls: Sequence[str]) -> None:
        secret = stable_id("", name, "shared secret").lower()
        self.app_id = stable_id("A", name)
        number = int.from_bytes(secret.encode())
        self.client_id = f"{number % 10**12}.{number % 10**13}"
        self.client_secret = f"client-{secret}"
        self.signing_secret = f"signing-{secret}"
        self.redirect_urls = tuple(redirect_urls)
        self.teams: list[Workspace] = []
        self._clock = clock
        self._codes: dict[str, Code] = {}

    def may_return_to(self, url: str) -> bool:
        """Slack takes a configured redirect URL, and what lies below it."""
        return any(url == one or url.startswith(f"{one}/") for one in self.redirect_urls)

    def team(self, team_id: str) -> "Workspace":
        """A team that may install it; raises KeyError."""
        for team in self.teams:
            if team.team_id == team_id:
                return team
        raise KeyError(team_id)

    def issue(
        self, team: "Workspace", user_id: str, redirect_uri: str, scopes: str, *, whole_org: bool
    ) -> str:
        """A code for the app: somebody has allowed it."""
        code = f"{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._codes[code] = Code(
            team, user_id, redirect_uri, scopes, self._clock.wall(), whole_org=whole_org
        )
        return code

    def exchange(self, code: str, redirect_uri: str) -> Json:
        """Install, and answer as oauth.v2.access does; raises invalid_code, code_already_used or
        bad_redirect_uri."""
        given = self._codes.get(code)
        if given is None or self._clock.wall() - given.issued_at > CODE_LIVES_FOR:
            raise SlackError("invalid_code")
        if given.used:
            raise SlackError("code_already_used")
        if redirect_uri != given.redirect_uri:
            raise SlackError("bad_redirect_uri")
        given.used = True
        return given.team.install(given.scopes, given.user_id, whole_org=given.whole_org)

    def refresh(self, refresh_token: str) -> Json:
        """The next pair of tokens, as oauth.v2.access answers; raises invalid_refresh_token."""
        for team in self.teams:
            if team.expiring.gave(refresh_token):
                return installing.refresh(team, refresh_token, whole_org=False)
            whole = team.organisation and team.organisation.expiring
            if whole and whole.gave(refresh_token):
                return installing.refresh(team, refresh_token, whole_org=True)
        raise SlackError("invalid_refresh_token")
