"""What one human does with channels and with their own profile, and reads in threads and files."""

from datetime import datetime

from bot.sandbox.conversations import Conversation
from bot.sandbox.screen.client import Client
from bot.sandbox.screen.looking import Looking
from bot.sandbox.screen.seen import Seen
from bot.sandbox.screen.surfaces import MessageSurface
from bot.sandbox.workspace import Workspace


class PersonInChannels:
    """The part of `Person` that comes, goes, invites, closes and opens. Channels go by name (with
    or without #) or id; raises Refused for what Slack's client would not allow."""

    workspace: Workspace
    client: Client
    _eyes: Looking

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

    def thread(self, fragment: str) -> list[Seen]:
        """The newest thread whose first message has this text: that message, then its answers."""
        seen = [self._eyes.see(surface) for surface in self._eyes.surfaces()]
        roots = [s for s in seen if s.ts and s.thread_ts in ("", s.ts) and s.has(fragment)]
        assert roots, f"{self.client.user.handle} sees no message “{fragment}”"
        root = roots[-1]
        here = [s for s in seen if s.channel == root.channel]
        return sorted((s for s in here if root.ts in (s.ts, s.thread_ts)), key=lambda s: s.ts)

    def downloads(self, title: str, in_message: str | None = None) -> bytes:
        """The bytes of the newest file of this title (or name) on the screen."""
        for surface in self._eyes.newest(in_message):
            files = surface.message.files if isinstance(surface, MessageSurface) else []
            for file in files:
                if title in (file["title"], file.get("name")):
                    return self.workspace.files.contents[file["id"]]
        raise AssertionError(f"{self.client.user.handle} sees no file called “{title}”")
