"""What a person does with channels: making them, coming, going, inviting, renaming, closing."""

import asyncio
from typing import TYPE_CHECKING, Any

from bot.sandbox import membership
from bot.sandbox.conversations import ChannelSpec, Conversation
from bot.sandbox.people import User
from bot.sandbox.screen import allowed

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

LONGEST_NAME = 80


class ChannelActs:
    """One person's doings. Each returns when the app's side has acked the event, or given up;
    raises Refused for what Slack's own client would not let them do."""

    def __init__(self, workspace: "Workspace", user: User) -> None:
        self._ws = workspace
        self._user = user

    def create(self, name: str, *, private: bool = False) -> Conversation:
        """A new channel with this person alone in it."""
        allowed.is_member_of_team(self._user)
        self._check_name(name)
        handle = self._user.handle
        return self._ws.add_channel(ChannelSpec(name, (handle,), handle, private))

    async def join(self, conversation: Conversation) -> None:
        """Come into a public channel (member_joined_channel)."""
        if conversation.private or conversation.kind != "channel" or conversation.archived:
            raise allowed.Refused("this channel cannot be joined")
        if self._user.id not in conversation.members:
            await _done(membership.join(self._ws, conversation, self._user.id))

    async def leave(self, conversation: Conversation) -> None:
        """Leave a channel (member_left_channel)."""
        self._may_change(conversation)
        await _done(membership.leave(self._ws, conversation, self._user.id))

    async def invite(self, conversation: Conversation, user_id: str) -> None:
        """Bring somebody, or the app, into a channel one is in."""
        self._may_change(conversation)
        if self._ws.users[user_id].deleted:
            raise allowed.Refused("this account has been deactivated")
        if user_id not in conversation.members:
            await _done(membership.join(self._ws, conversation, user_id, self._user.id))

    async def remove(self, conversation: Conversation, user_id: str) -> None:
        """Take somebody, or the app (channel_left, group_left), out of a channel one is in."""
        self._may_change(conversation)
        if user_id not in conversation.members:
            raise allowed.Refused("they are not in this channel")
        await _done(membership.leave(self._ws, conversation, user_id, self._user.id))

    async def archive(self, conversation: Conversation) -> None:
        """Close a channel (channel_archive, group_archive)."""
        allowed.is_member_of_team(self._user)
        self._may_change(conversation)
        await _done(membership.archive(self._ws, conversation, self._user.id))

    async def unarchive(self, conversation: Conversation) -> None:
        """Open a closed channel again (channel_unarchive, group_unarchive)."""
        allowed.is_member_of_team(self._user)
        allowed.may_be_in(self._user, conversation)
        if not conversation.archived:
            raise allowed.Refused("this channel is not archived")
        await _done(membership.unarchive(self._ws, conversation, self._user.id))

    async def rename(self, conversation: Conversation, name: str) -> None:
        """Give a channel another name (channel_rename, group_rename)."""
        allowed.is_member_of_team(self._user)
        self._may_change(conversation)
        self._check_name(name)
        await _done(membership.rename(self._ws, conversation, name, self._user.id))

    def _may_change(self, conversation: Conversation) -> None:
        allowed.may_be_in(self._user, conversation)
        if conversation.kind != "channel":
            raise allowed.Refused("this is not a channel")
        if conversation.archived:
            raise allowed.Refused("this channel has been archived")

    def _check_name(self, name: str) -> None:
        if not name or len(name) > LONGEST_NAME:
            raise allowed.Refused(f"a channel's name has 1 to {LONGEST_NAME} characters")
        if not all(c.islower() or c.isdigit() or c in "-_" for c in name):
            raise allowed.Refused("a channel's name has small letters, digits, - and _ only")
        if any(c.kind == "channel" and c.name == name for c in self._ws.conversations.values()):
            raise allowed.Refused("that name is already taken by a channel")


async def _done(task: Any) -> None:
    if task is not None:
        await asyncio.wait([task])
