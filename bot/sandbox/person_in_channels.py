"""What one human does with channels and with their own profile."""

from datetime import datetime

from bot.sandbox.client import Client
from bot.sandbox.conversations import Conversation
from bot.sandbox.workspace import Workspace


class PersonInChannels:
    """The part of `Person` that comes, goes, invites, closes and opens. Channels go by name (with
    or without #) or id; raises Refused for what Slack's client would not allow."""

    workspace: Workspace
    client: Client

    async def creates_channel(
        self, name: str, *, private: bool = False, invite: tuple[str, ...] = ()
    ) -> Conversation:
        """Make a channel and bring these handles (the app's too) into it."""
        made = self.client.channels.create(name, private=private)
        for handle in invite:
            await self.client.channels.invite(made, self.workspace.user(handle).id)
        return made

    async def joins(self, channel: str) -> None:
        """Come into a public channel."""
        await self.client.channels.join(self.workspace.channel(channel))

    async def leaves(self, channel: str) -> None:
        """Leave a channel."""
        await self.client.channels.leave(self.workspace.channel(channel))

    async def invites(self, handle: str, channel: str) -> None:
        """Bring somebody (or the app) into a channel one is in."""
        who = self.workspace.user(handle).id
        await self.client.channels.invite(self.workspace.channel(channel), who)

    async def invites_app(self, channel: str) -> None:
        """Bring the app into a channel one is in."""
        await self.invites(self.workspace.bot_user_id, channel)

    async def removes(self, handle: str, channel: str) -> None:
        """Take somebody (or the app) out of a channel one is in."""
        who = self.workspace.user(handle).id
        await self.client.channels.remove(self.workspace.channel(channel), who)

    async def removes_app(self, channel: str) -> None:
        """Take the app out of a channel one is in."""
        await self.removes(self.workspace.bot_user_id, channel)

    async def archives(self, channel: str) -> None:
        """Close a channel."""
        await self.client.channels.archive(self.workspace.channel(channel))

    async def unarchives(self, channel: str) -> None:
        """Open a closed channel again."""
        await self.client.channels.unarchive(self.workspace.channel(channel))

    async def renames(self, channel: str, name: str) -> None:
        """Give a channel another name."""
        await self.client.channels.rename(self.workspace.channel(channel), name)

    def sets_status(self, text: str, emoji: str = "", until: datetime | None = None) -> None:
        """Say in the profile what one is up to, until a moment (aware) or for good."""
        self.client.set_status(text, emoji, until)

    def clears_status(self) -> None:
        """Say nothing there any more."""
        self.client.set_status("")
