"""Everything Lantern asks of Slack, as typed calls.

Each call is checked against Slack's limits before it leaves and is made once: nothing is retried
here, because only the caller knows whether saying it twice would hurt. All raise the errors of
`bot.slack.errors`; a payload Slack would refuse raises BlockError, which is a Permanent.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.meter import UNMEASURED, Meter
from bot.slack import files, limits, listing
from bot.slack.blocks import check_message, check_view
from bot.slack.calls import CALL_SECONDS, Caller, Sure
from bot.slack.client import Client
from bot.slack.errors import VIEW_CLOSED, Permanent
from bot.slack.files import Attachment
from bot.slack.listing import SlackChannel
from bot.slack.markup.text import cut_mrkdwn
from bot.slack.message import Json, Message
from bot.slack.pace import Pace
from bot.slack.people import Identity, SlackUser, read_user
from bot.slack.proxy import proxy_for

JOB_EVENT = "lantern_job"  # the event_type of our message metadata; its payload holds ids only


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message is: what Slack needs to update it."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A view that is open; `hash` lets an update notice that somebody else's came first."""

    view_id: str
    hash: str


def new_client(
    token: str | None = None,
    base_url: str = AsyncWebClient.BASE_URL,
    session: aiohttp.ClientSession | None = None,
    team_id: str | None = None,
    meter: Meter = UNMEASURED,
) -> Client:
    """A client as the gateway wants it: ten seconds a call and no retries of its own.

    `session` is shared between calls if given, and closed by whoever made it. `team_id` goes with
    every call: the token of a whole organisation serves many teams. `meter` counts the calls.
    """
    url = base_url if base_url.endswith("/") else base_url + "/"
    client = Client(
        token=token,
        base_url=url,
        timeout=CALL_SECONDS,
        session=session,
        team_id=team_id,
        retry_handlers=[],
    )
    client.proxy = proxy_for(url)
    client.meter = meter
    return client


class Gateway:
    """The way out to one workspace.

    Calls keep to `pace`, that of the workspace, if there is one. `at_once`: somebody waits for
    every one of them.
    """

    def __init__(
        self, client: AsyncWebClient, pace: Pace | None = None, *, at_once: bool = False
    ) -> None:
        self._client = client
        self._pace = pace
        self._call = Caller(pace, at_once=at_once)

    def at_once(self) -> "Gateway":
        """The same way out, for what somebody waits for: those calls go before all others."""
        return Gateway(self._client, self._pace, at_once=True)

    async def post(
        self,
        channel: str,
        message: Message,
        *,
        metadata_id: int | None = None,
        thread_ts: str | None = None,
        sure: Sure | None = None,
    ) -> Posted:
        """Post a message; `metadata_id` is the job to be found again by `find_posted`."""
        extra: Json = {}
        if metadata_id is not None:
            extra["metadata"] = {"event_type": JOB_EVENT, "event_payload": {"job": metadata_id}}
        if thread_ts is not None:
            extra["thread_ts"] = thread_ts
        content = _content(message)
        answer = await self._call(
            "chat.postMessage",
            lambda: self._client.chat_postMessage(
                channel=channel, unfurl_links=False, unfurl_media=False, **content, **extra
            ),
            channel=channel,
            sure=sure,
        )
        return Posted(str(answer["channel"]), str(answer["ts"]))

    async def update(
        self, channel: str, ts: str, message: Message, *, sure: Sure | None = None
    ) -> Posted:
        """Replace a message of ours."""
        content = _content(message)
        answer = await self._call(
            "chat.update",
            lambda: self._client.chat_update(channel=channel, ts=ts, **content),
            sure=sure,
        )
        return Posted(str(answer["channel"]), str(answer["ts"]))

    async def ephemeral(
        self, channel: str, user: str, message: Message, *, thread_ts: str | None = None
    ) -> None:
        """Show a message to one person in a channel they are in, until they reload."""
        extra: Json = {} if thread_ts is None else {"thread_ts": thread_ts}
        extra |= _content(message)
        await self._call(
            "chat.postEphemeral",
            lambda: self._client.chat_postEphemeral(channel=channel, user=user, **extra),
        )

    async def open_dm(self, user_ids: Sequence[str]) -> str:
        """The conversation of one to eight people and Lantern; the same people share one."""
        if not 1 <= len(user_ids) <= limits.OPEN_DM_PEOPLE:
            raise ValueError(f"a direct message has 1 to {limits.OPEN_DM_PEOPLE} people")
        answer = await self._call(
            "conversations.open", lambda: self._client.conversations_open(users=list(user_ids))
        )
        channel: Json = answer["channel"]
        return str(channel["id"])

    async def find_posted(
        self, channel: str, metadata_id: int, oldest: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        """The message that carries this job's id, posted at or after `oldest` (aware), if any.

        With `thread_ts` it is looked for among the replies of that message.
        """
        async for said in self._said(channel, oldest, thread_ts):
            metadata = said.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if metadata.get("event_type") == JOB_EVENT and payload.get("job") == metadata_id:
                return Posted(channel, str(said["ts"]))
        return None

    async def find_files(
        self, channel: str, mark: int, oldest: datetime, thread_ts: str | None = None
    ) -> Posted | None:
        """The files of this mark (see `upload`), looked for in the same way."""
        async for said in self._said(channel, oldest, thread_ts):
            if files.bears(said, mark):
                return Posted(channel, files.ids_of(said))
        return None

    def _said(
        self, channel: str, oldest: datetime, thread_ts: str | None
    ) -> AsyncIterator[Mapping[str, Any]]:
        since = f"{oldest.timestamp():.6f}"
        return listing.said(self._client, self._call, channel, since, thread_ts)

    async def upload(
        self,
        channel: str,
        attachments: Sequence[Attachment],
        *,
        mark: int,
        thread_ts: str | None = None,
        message: Message | None = None,
        sure: Sure | None = None,
    ) -> Posted:
        """Send files, with the blocks of `message`. `mark` goes into their names, for `find_files`.

        Slack does not say where the message is: what comes back has the files' ids for `ts`.
        """
        named = [replace(file, name=files.marked(file.name, mark)) for file in attachments]
        blocks = None if message is None else _content(message)["blocks"]
        ids = await files.upload(
            self._client, self._call, channel, named, thread_ts=thread_ts, blocks=blocks, sure=sure
        )
        return Posted(channel, ids)

    async def delete_file(self, file_id: str) -> None:
        """Delete a file of ours; quiet when it is gone already."""
        await files.delete(self._client, self._call, file_id)

    async def download(self, file_id: str) -> bytes:
        """What is in a file that somebody sent; Permanent "file_too_big" beyond our limit."""
        return await files.download(self._client, self._call, file_id)

    async def channel(self, channel_id: str) -> SlackChannel:
        """A channel's own facts; Permanent "channel_not_found" for one Lantern cannot see."""
        answer = await self._call(
            "conversations.info", lambda: self._client.conversations_info(channel=channel_id)
        )
        return listing.read_channel(answer["channel"])

    def members(self, channel_id: str) -> AsyncIterator[str]:
        """The Slack ids of everybody in a channel."""
        return listing.members(self._client, self._call, channel_id)

    def everyone(self) -> AsyncIterator[SlackUser]:
        """Every user of the workspace, page by page, with those who left and the bots."""
        return listing.everyone(self._client, self._call)

    async def open_view(self, trigger_id: str, view: Json) -> Opened:
        """Open a modal, within three seconds of the click or command that gave the trigger."""
        check_view(view)
        answer = await self._call(
            "views.open", lambda: self._client.views_open(trigger_id=trigger_id, view=view)
        )
        return _opened(answer["view"])

    async def push_view(self, trigger_id: str, view: Json) -> Opened:
        """Open a modal over the one that was clicked in; three at most lie on each other."""
        check_view(view)
        answer = await self._call(
            "views.push", lambda: self._client.views_push(trigger_id=trigger_id, view=view)
        )
        return _opened(answer["view"])

    async def update_view(self, view_id: str, hash: str | None, view: Json) -> Opened | None:
        """Replace an open modal; with `hash`, only if it is still the one we saw.

        None when it was closed meanwhile (whoever closed it does not wait for it), and for no id.
        """
        check_view(view)
        if not view_id:  # not of our making: the SDK would take it for a slip in the code
            return None
        try:
            answer = await self._call(
                "views.update",
                lambda: self._client.views_update(view_id=view_id, hash=hash, view=view),
            )
        except Permanent as error:
            if error.code == VIEW_CLOSED:
                return None
            raise
        return _opened(answer["view"])

    async def publish_home(self, user_id: str, view: Json) -> None:
        """Show a person their Home tab."""
        check_view(view)
        await self._call(
            "views.publish", lambda: self._client.views_publish(user_id=user_id, view=view)
        )

    async def user(self, user_id: str) -> SlackUser:
        """One person, with their locale."""
        answer = await self._call(
            "users.info", lambda: self._client.users_info(user=user_id, include_locale=True)
        )
        return read_user(answer["user"])

    async def whoami(self) -> Identity:
        """Whose token this is, and its scopes (Slack tells them in a header)."""
        answer = await self._call("auth.test", self._client.auth_test)
        scopes = str(answer.headers.get("x-oauth-scopes") or "").split(",")
        return Identity(
            team_id=str(answer["team_id"]),
            team_name=str(answer.get("team") or ""),
            bot_user_id=str(answer["user_id"]),
            scopes=frozenset(scope.strip() for scope in scopes if scope.strip()),
        )


def _content(message: Message) -> Json:
    """What a message says, cut and checked. The text's limit is Slack's for notifications."""
    content: Json = {
        "text": cut_mrkdwn(message.text, limits.FALLBACK_TEXT),
        "blocks": message.blocks,
    }
    check_message(content)
    return content


def _opened(view: Mapping[str, Any]) -> Opened:
    return Opened(str(view["id"]), str(view.get("hash") or ""))
