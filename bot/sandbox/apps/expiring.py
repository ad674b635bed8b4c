"""Tokens that expire: what an installation of an app with token rotation has instead of one.

Slack's own rules are for pairs: an access token good for twelve hours, and a refresh token that is
good once, for the next pair. At most two access tokens count at a time. Stricter than Slack: a
refresh token that comes a second time voids the one that is out, as if it had been stolen.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.sandbox.shapes import Json, SlackError

LIVES_FOR: Final = timedelta(hours=12)  # real time
MOST_ACTIVE: Final = 2


@dataclass(slots=True)
class Pair:
    """One access token, and the refresh token that came with it."""

    token: str
    refresh_token: str
    expires_at: datetime
    spent: bool = False  # the refresh token was used, or voided
    error: str = ""  # what calls with the access token are answered, once it was taken away


class Expiring:
    """The pairs of one installation, oldest first. `name` is put into the tokens."""

    def __init__(self, clock: Clock, name: Callable[[], str]) -> None:
        self._clock = clock
        self._name = name
        self.pairs: list[Pair] = []

    @property
    def newest(self) -> Pair:
        """The last pair; raises IndexError when there was none."""
        return self.pairs[-1]

    def issue(self) -> Json:
        """A new pair, as oauth.v2.access tells it; the oldest of three access tokens is void."""
        made = Pair(
            f"xoxe.xoxb-1-local-{self._name()}-{secrets.token_hex(8)}",
            f"xoxe-1-local-{secrets.token_hex(16)}",
            self._clock.wall() + LIVES_FOR,
        )
        self.pairs.append(made)
        for old in self.pairs[:-MOST_ACTIVE]:
            old.error = old.error or "token_revoked"
        return {
            "access_token": made.token,
            "refresh_token": made.refresh_token,
            "expires_in": int(LIVES_FOR.total_seconds()),
        }

    def refresh(self, refresh_token: str) -> Json:
        """The next pair for a refresh token; raises invalid_refresh_token."""
        (given,) = (pair for pair in self.pairs if pair.refresh_token == refresh_token)
        if given.spent or given.error:
            self.newest.spent = True
            raise SlackError("invalid_refresh_token")
        given.spent = True
        return self.issue()

    def gave(self, refresh_token: str) -> bool:
        """Whether this refresh token is, or was, of this installation."""
        return any(pair.refresh_token == refresh_token for pair in self.pairs)

    def knows(self, token: str) -> bool:
        """Whether this access token is, or was, of this installation."""
        return any(pair.token == token for pair in self.pairs)

    def check(self, token: str) -> None:
        """Raises token_expired, or what it was taken away with."""
        for pair in self.pairs:
            if pair.token == token and pair.error:
                raise SlackError(pair.error)
            if pair.token == token and pair.expires_at <= self._clock.wall():
                raise SlackError("token_expired")

    def expire(self) -> None:
        """From now on every access token there is has expired, before its time."""
        for pair in self.pairs:
            pair.expires_at = min(pair.expires_at, self._clock.wall())

    def uninstall(self, error: str) -> None:
        """Nothing counts any more; calls with any of them get this error."""
        for pair in self.pairs:
            pair.spent, pair.error = True, pair.error or error
