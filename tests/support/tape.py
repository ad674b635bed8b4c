"""Slack's side of the Web API for tests of what comes in: it answers, and records what was said.

The gateway in front of it is the real one, so whatever breaks a limit of Slack's is refused.
"""

import itertools
import re
from dataclasses import dataclass, field
from typing import Any, Final

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.message import Json

TOKEN: Final = "xoxb-1-not-a-token"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Web API: its method, and its arguments as they would go over the line."""

    method: str
    args: Json


@dataclass
class People:
    """Whom `users.info` knows: what each is beside a colleague in London, by Slack id."""

    team_id: str
    special: dict[str, Json] = field(default_factory=dict)

    def user(self, slack_id: str) -> Json:
        usual = {
            "id": slack_id,
            "team_id": self.team_id,
            "name": slack_id.casefold(),
            "tz": "Europe/London",
            "locale": "en-GB",
            "profile": {"real_name": f"Somebody {slack_id}"},
        }
        return usual | self.special.get(slack_id, {})


class Tape(AsyncWebClient):
    """A client that calls nobody: every call is answered as Slack would, and kept in `calls`."""

    def __init__(self, people: People) -> None:
        super().__init__(token=TOKEN, retry_handlers=[])
        self.people = people
        self.calls: list[Call] = []
        self.channel_names: dict[str, str] = {}
        self.creators: dict[str, str] = {}
        self._numbers = itertools.count(1)

    def take(self) -> list[Call]:
        """What was called since the last time."""
        taken, self.calls = self.calls, []
        return taken

    async def api_call(self, api_method: str, **how: Any) -> AsyncSlackResponse:
        args: Json = {}
        for part in ("params", "json", "data"):
            args |= how.get(part) or {}
        self.calls.append(Call(api_method, args))
        if (code := self._unknown(api_method, args)) is not None:
            self._response(api_method, {"ok": False, "error": code}).validate()  # type: ignore[no-untyped-call]
        return self._response(api_method, {"ok": True, **self._answer(api_method, args)})

    def _response(self, api_method: str, data: Json) -> AsyncSlackResponse:
        return AsyncSlackResponse(
            client=self,
            http_verb="POST",
            api_url=f"https://slack.invalid/api/{api_method}",
            req_args={},
            data=data,
            headers={},
            status_code=200,
        )

    def _unknown(self, method: str, args: Json) -> str | None:
        """What Slack says of somebody, or of a channel, that nobody ever heard of."""
        people = str(args.get("user") or args.get("users") or args.get("user_id") or "U").split(",")
        if not all(_PERSON.fullmatch(each) for each in people):
            return "user_not_found"
        is_known = _CHANNEL.fullmatch(str(args.get("channel") or "C"))
        return None if is_known else "channel_not_found"

    def _answer(self, method: str, args: Json) -> Json:
        number = next(self._numbers)
        if method in ("chat.postMessage", "chat.update"):
            ts = args.get("ts") or f"1700000000.{number:06}"
            return {"channel": args["channel"], "ts": ts}
        if method.startswith("views."):
            return {"view": {"id": args.get("view_id") or f"V{number}", "hash": "h"}}
        if method == "conversations.open":
            users = str(args["users"]).split(",")
            return {"channel": {"id": ("D" if len(users) == 1 else "G") + "".join(sorted(users))}}
        if method == "conversations.info":
            return {"channel": self._channel(str(args["channel"]))}
        if method == "users.info":
            return {"user": self.people.user(str(args["user"]))}
        return _ELSE.get(method, {})

    def _channel(self, channel: str) -> Json:
        name = self.channel_names.get(channel, "mentoring-circle")
        creator = self.creators.get(channel, "UNOBODY")
        return {"id": channel, "name": name, "creator": creator, "is_member": True}


_PERSON: Final = re.compile("[UW][A-Z0-9]*")
_CHANNEL: Final = re.compile("[CDGUW][A-Z0-9]*")
_ELSE: dict[str, Json] = {
    "conversations.history": {"messages": []},
    "conversations.replies": {"messages": []},
    "conversations.members": {"members": []},
    "users.list": {"members": []},
}
