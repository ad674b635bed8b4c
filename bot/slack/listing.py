"""Reading Slack page by page: everyone in a workspace, what was said, and a channel's own facts."""

from asyncio import sleep
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack import limits
from bot.slack.calls import Caller
from bot.slack.errors import Transient
from bot.slack.people import SlackUser, read_user

Page = Callable[[str | None], Awaitable[AsyncSlackResponse]]  # asks for a cursor's page


@dataclass(frozen=True, slots=True)
class SlackChannel:
    """A conversation, as `conversations.info` tells. `is_member`: whether Lantern is in it."""

    id: str
    name: str
    creator: str
    is_archived: bool
    is_member: bool
    is_direct: bool  # of two people or a few, not a channel

    def in_our_words(self) -> dict[str, Any]:
        """The facts of a channel as the services take them."""
        return {
            "slack_id": self.id,
            "name": self.name,
            "creator_slack_id": self.creator,
            "is_archived": self.is_archived,
            "is_member": self.is_member,
        }


def read_channel(data: Mapping[str, Any]) -> SlackChannel:
    """A conversation object of Slack's. One of two people has neither name nor creator."""
    return SlackChannel(
        id=data["id"],
        name=data.get("name") or "",
        creator=data.get("creator") or "",
        is_archived=bool(data.get("is_archived")),
        is_member=bool(data.get("is_member")),
        is_direct=bool(data.get("is_im") or data.get("is_mpim")),
    )


async def everyone(client: AsyncWebClient, call: Caller) -> AsyncIterator[SlackUser]:
    """Every user of the workspace, those who left and the bots too."""

    def page(cursor: str | None) -> Awaitable[AsyncSlackResponse]:
        return call(
            "users.list",
            lambda: client.users_list(cursor=cursor, limit=limits.USERS_PAGE, include_locale=True),
        )

    async for data in _all(page, "members", limits.LISTING_WAITS):
        yield read_user(data)


async def members(client: AsyncWebClient, call: Caller, channel: str) -> AsyncIterator[str]:
    """The ids of everybody in a channel."""

    def page(cursor: str | None) -> Awaitable[AsyncSlackResponse]:
        return call(
            "conversations.members",
            lambda: client.conversations_members(
                channel=channel, cursor=cursor, limit=limits.MEMBERS_PAGE
            ),
        )

    async for user_id in _all(page, "members", limits.LISTING_WAITS):
        yield str(user_id)


async def said(
    client: AsyncWebClient, call: Caller, channel: str, oldest: str, thread_ts: str | None
) -> AsyncIterator[Mapping[str, Any]]:
    """What was said since `oldest`, in a conversation or in one thread of it."""
    since: dict[str, Any] = {
        "channel": channel,
        "oldest": oldest,
        "inclusive": True,
        "include_all_metadata": True,
        "limit": limits.HISTORY_PAGE,
    }

    def page(cursor: str | None) -> Awaitable[AsyncSlackResponse]:
        if thread_ts is None:
            return call(
                "conversations.history",
                lambda: client.conversations_history(**since, cursor=cursor),
            )
        return call(
            "conversations.replies",
            lambda: client.conversations_replies(**since, ts=thread_ts, cursor=cursor),
        )

    async for message in _all(page, "messages", 0):
        yield message


async def _all(page: Page, key: str, waits: int) -> AsyncIterator[Any]:
    cursor: str | None = None
    while True:
        answer = await _ask(page, cursor, waits)
        found: list[Any] = answer.get(key) or []
        for each in found:
            yield each
        following: dict[str, Any] = answer.get("response_metadata") or {}
        cursor = following.get("next_cursor") or None
        if cursor is None:
            return


async def _ask(page: Page, cursor: str | None, waits: int) -> AsyncSlackResponse:
    """One page. Up to `waits` short waits that Slack asks for are kept here, others are raised.

    A listing of thousands would never come to its end otherwise, and asking twice hurts nobody.
    """
    for _ in range(waits):
        try:
            return await page(cursor)
        except Transient as error:
            if error.retry_after is None or error.retry_after > limits.LISTING_WAIT:
                raise
            await sleep(error.retry_after)
    return await page(cursor)
