"""oauth.v2.access: a code, or a refresh token, for a token. Slack's OAuth 2.0 (v2).

As a form, with the credentials in it: the SDK's own method sends them in a way that aiohttp is
going to drop.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.calls import call
from bot.slack.errors import Uncertain


@dataclass(frozen=True, slots=True)
class Renewed:
    """What came for a refresh token: a token, how long it counts, and the next refresh token."""

    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_in: timedelta


class OAuth:
    """The app's own word for itself. `client` carries no token."""

    def __init__(self, client: AsyncWebClient, client_id: str, client_secret: str) -> None:
        self._client = client
        self._app = {"client_id": client_id, "client_secret": client_secret}

    async def exchange(self, code: str, redirect_uri: str) -> Mapping[str, Any]:
        """What Slack grants for a code. Raises the errors of `bot.slack.errors`."""
        return await self._ask({"code": code, "redirect_uri": redirect_uri})

    async def refresh(self, refresh_token: str) -> Renewed:
        """The next token. The refresh token counts no more then, also when the answer is lost.

        Raises the errors of `bot.slack.errors`.
        """
        answer = await self._ask({"grant_type": "refresh_token", "refresh_token": refresh_token})
        token, following = answer.get("access_token"), answer.get("refresh_token")
        if not token or not following:
            raise Uncertain("unreadable answer")
        return Renewed(str(token), str(following), lifetime(answer) or timedelta(0))

    async def remove(self, token: str) -> None:
        """Take the app out of the team that this token is for. Raises the same errors.

        That of a whole organisation only an admin there can take back.
        """
        bearer = {"Authorization": f"Bearer {token}"}
        await call(self._client.api_call("apps.uninstall", data=self._app, headers=bearer))

    async def _ask(self, given: Mapping[str, str]) -> Mapping[str, Any]:
        data = self._app | dict(given)
        answer = (await call(self._client.api_call("oauth.v2.access", data=data))).data
        return answer if isinstance(answer, Mapping) else {}


def lifetime(answer: Mapping[str, Any]) -> timedelta | None:
    """How long the token in an answer counts; None for one that does not expire."""
    seconds = answer.get("expires_in")
    return timedelta(seconds=int(seconds)) if seconds else None
