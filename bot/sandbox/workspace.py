"""One Slack team with one app installed: its people, conversations, views and files, in memory."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.sandbox import snapshot
from bot.sandbox.apps import installing
from bot.sandbox.apps.expiring import Expiring
from bot.sandbox.apps.shared_app import Organisation, SharedApp
from bot.sandbox.changes import Changes
from bot.sandbox.conversations import ChannelSpec, Conversation
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits
from bot.sandbox.manifest import Manifest
from bot.sandbox.people import PersonSpec, User, app_user, user_of
from bot.sandbox.shapes import SLACKBOT, Json, SlackError, stable_id
from bot.sandbox.traffic import Broadcast, Files, Record
from bot.sandbox.views import View
from bot.sandbox.wire import events
from bot.sandbox.wire.ack import Envelope
from bot.sandbox.wire.delivery import Delivery
from bot.sandbox.wire.hooks import Hooks
from bot.sandbox.wire.triggers import Triggers

ACK_WITHIN = 3.0
MOST_TRAFFIC = 20_000


class Workspace:
    """Everything the local workspace knows.

    `clock.now()` stamps messages and plans late retries; `clock.wall()` rules triggers and rate
    limits. `limits` is off (None) until set to a `Limits`; `ack_limit` is in real seconds.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        people: Sequence[PersonSpec],
        clock: Clock,
        *,
        name: str = "Acme",
        channels: Sequence[ChannelSpec] = (),
        app: SharedApp | None = None,
        organisation: Organisation | None = None,
    ) -> None:
        self.manifest = Manifest.parse(manifest)
        self.clock = clock
        self.name = name
        self.app = app
        self.organisation = organisation
        self._name_tokens()
        self._start_empty()
        self.limits: Limits | None = None
        self.ack_limit = ACK_WITHIN
        self.faults = Faults()
        self.triggers = Triggers(clock)
        self.hooks = Hooks(self)
        self.delivery = Delivery(self)
        self._add_app()
        for spec in people:
            self._add(spec)
        for channel in channels:
            self.add_channel(channel)

    def _start_empty(self) -> None:
        self.users: dict[str, User] = {}
        self.conversations: dict[str, Conversation] = {}
        self.files = Files()
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.message_state: dict[tuple[str, str, str], dict[str, dict[str, Json]]] = {}
        self.changes = Changes()
        self.traffic: list[Record] = []
        self.broadcasts: list[Broadcast] = []
        self.base_url = ""
        self.last_order = 0
        self.last_ts = 0

    def _name_tokens(self) -> None:
        app = self.manifest.app_name
        self.team_id = stable_id("T", self.name)
        self.team_domain = "".join(c for c in self.name.lower() if c.isalnum()) or "team"
        self.app_id = stable_id("A", self.name, app)
        self.bot_id = stable_id("B", self.name, app)
        self.bot_user_id = stable_id("U", self.name, "app", app)
        secret = stable_id("", self.name, app, "secret").lower()
        self.bot_token = f"xoxb-local-{self.team_id}-{secret}"
        self.app_token = f"xapp-1-{self.app_id}-local-{secret}"
        self.signing_secret = f"local-{secret}"
        self.verification_token = f"verification-{secret}"
        self.installed = self.app is None  # a shared app has to be installed first
        self.by_organisation = False  # whether the organisation's installation serves this team
        self.void_tokens: dict[str, str] = {}  # and what a call with one is answered
        self.granted_scopes = ""  # at the last installation, comma separated
        self.expiring = Expiring(self.clock, lambda: self.team_id)
        if self.app is not None:
            self._take_over(self.app, secret)

    def _take_over(self, app: SharedApp, secret: str) -> None:
        """The ids and secrets of an app that others install too."""
        self.app_id, self.signing_secret = app.app_id, app.signing_secret
        self.bot_token, self.app_token = "", f"xapp-1-{self.app_id}-local-{secret}"
        app.teams.append(self)
        if self.organisation is not None:  # its teams know the app as one and the same bot
            self.bot_id = stable_id("B", self.organisation.name, app.app_id)
            self.bot_user_id = stable_id("U", self.organisation.name, "app", app.app_id)

    # -- people

    def user(self, handle: str) -> User:
        """The person with this handle (or user id); raises KeyError with the handles there are."""
        if handle in self.users:
            return self.users[handle]
        for user in self.users.values():
            if user.handle == handle:
                return user
        raise KeyError(f"nobody is called {handle!r} here: {sorted(u.handle for u in self.people)}")

    @property
    def people(self) -> list[User]:
        """Everybody but the app itself, deactivated people included."""
        own = (self.bot_user_id, SLACKBOT)
        return [u for u in self.users.values() if u.id not in own]

    def add_person(self, spec: PersonSpec) -> User:
        """Somebody joins the team (team_join)."""
        user = self._add(spec)
        self.emit(events.team_join(self, user))
        self.changes.add("people")
        return user

    def change_person(self, handle: str, **fields: Any) -> User:
        """Change fields of a `User`: tz, title, status_text, name, … (user_change)."""
        user = self.user(handle)
        for key, value in fields.items():
            setattr(user, key, value)
        user.updated = int(self.clock.now().timestamp())
        self.emit(events.user_change(self, user))
        self.changes.add("people")
        return user

    def set_status(
        self, handle: str, text: str, emoji: str = "", until: datetime | None = None
    ) -> User:
        """What the profile says somebody is up to, until a moment (aware; None: for good)."""
        stop = int(until.timestamp()) if until and text else 0
        sign = (emoji or ":speech_balloon:") if text else ""
        return self.change_person(
            handle, status_text=text, status_emoji=sign, status_expiration=stop
        )

    def deactivate(self, handle: str) -> User:
        """The person leaves: deleted from now on (user_change)."""
        return self.change_person(handle, deleted=True)

    def reactivate(self, handle: str) -> User:
        """The person is back: not deleted any more (user_change)."""
        return self.change_person(handle, deleted=False)

    def _add_app(self) -> None:
        name = self.manifest.bot_name
        self.users[self.bot_user_id] = app_user(
            self.bot_user_id, self.team_id, name, self.bot_id, self.app_id
        )
        # Slack lists its own Slackbot as if it were a person: is_bot is false.
        self.users[SLACKBOT] = User(SLACKBOT, self.team_id, "slackbot", "Slackbot")

    def _add(self, spec: PersonSpec) -> User:
        user = user_of(spec, self.name, self.team_id, self.clock.now(), self.enterprise_id or "")
        self.users[user.id] = user
        return user

    # -- the app comes and goes

    @property
    def enterprise_id(self) -> str | None:
        """The organisation's id, for a team that belongs to one."""
        return self.organisation.id if self.organisation else None

    def install(self, scopes: str, user_id: str, *, whole_org: bool = False) -> Json:
        """Somebody allowed the app here, or in the whole organisation; what Slack answers."""
        return installing.install(self, scopes, user_id, whole_org=whole_org)

    def uninstall(
        self, told: Sequence[str] = installing.TOLD, error: str = "account_inactive"
    ) -> None:
        """An admin removes the app: its token is good for nothing any more, and it is told.

        `told` are the events, in their order; `error` is what calls with that token get then.
        """
        installing.uninstall(self, error)
        for kind in told:
            installing.tell(self, kind)

    # -- conversations

    def add_channel(self, spec: ChannelSpec) -> Conversation:
        """Make a channel with its first members."""
        members = [self.user(handle).id for handle in spec.members]
        creator = self.user(spec.creator).id if spec.creator else next(iter(members), "")
        if creator and creator not in members:
            members.insert(0, creator)
        if spec.with_app:
            members.append(self.bot_user_id)
        found = stable_id("C", self.name, spec.name)
        if found in self.conversations:  # a channel that had this name before it was renamed
            found = stable_id("C", self.name, spec.name, str(len(self.conversations)))
        channel = Conversation(found, "channel", spec.name, members)
        channel.creator, channel.private, channel.purpose = creator, spec.private, spec.purpose
        return self._keep(channel)

    def direct(self, *user_ids: str) -> Conversation:
        """The one conversation of exactly these people: a DM for two, an MPIM for more."""
        members = sorted(set(user_ids))
        kind = "im" if len(members) <= 2 else "mpim"
        found = stable_id("D" if kind == "im" else "G", self.name, kind, *members)
        if found in self.conversations:
            return self.conversations[found]
        conversation = Conversation(found, kind, members=members, private=True)
        if kind == "mpim":
            names = "--".join(self.users[m].handle for m in members)
            conversation.name = f"mpdm-{names}-1"
        return self._keep(conversation)

    def app_dm(self, user_id: str) -> Conversation:
        """The person's direct messages with the app."""
        return self.direct(self.bot_user_id, user_id)

    def channel(self, name: str) -> Conversation:
        """By name (with or without #) or id; raises KeyError."""
        if name in self.conversations:
            return self.conversations[name]
        for found in self.conversations.values():
            if found.kind == "channel" and found.name == name.removeprefix("#"):
                return found
        raise KeyError(f"there is no channel {name!r} here")

    def _keep(self, conversation: Conversation) -> Conversation:
        conversation.created = int(self.clock.now().timestamp())
        self.conversations[conversation.id] = conversation
        self.changes.add("channel", conversation.id, frozenset(conversation.members))
        return conversation

    # -- numbers and records

    def next_order(self) -> int:
        """A number higher than all before: what was drawn later has a higher one."""
        self.last_order += 1
        return self.last_order

    def next_ts(self) -> str:
        """A message timestamp of the workspace's time, unique and increasing in the whole team."""
        self.last_ts = max(int(self.clock.now().timestamp() * 1_000_000), self.last_ts + 1)
        return f"{self.last_ts // 1_000_000}.{self.last_ts % 1_000_000:06d}"

    def record(self, direction: str, kind: str, name: str, payload: Any) -> Record:
        """Note traffic; the caller fills in outcome and ms."""
        seq = self.traffic[-1].seq + 1 if self.traffic else 1
        made = Record(self.clock.now(), direction, kind, name, payload, seq=seq)
        self.traffic.append(made)
        del self.traffic[:-MOST_TRAFFIC]
        return made

    def emit(self, event: Json) -> "asyncio.Task[None] | None":
        """Send an event, if the app is here and the manifest subscribes to it; returns the
        delivery's task."""
        gone = not self.installed and event["type"] not in installing.TOLD
        if gone or not events.subscribed(self, event):
            return None
        return self.delivery.send_event(Envelope("events_api", events.wrap(self, event)))

    def need_scope(self, *any_of: str) -> None:
        """Raises missing_scope, as Slack does, unless the manifest grants one of these."""
        if not self.manifest.scopes.intersection(any_of):
            provided = ",".join(sorted(self.manifest.scopes))
            raise SlackError("missing_scope", needed=any_of[0], provided=provided)

    # -- keeping

    def save(self, path: Path | str) -> None:
        """Write everything to a JSON file (0600), so that `load` continues from it."""
        snapshot.save(self, Path(path))

    @classmethod
    def load(cls, path: Path | str, manifest: Mapping[str, Any], clock: Clock) -> "Workspace":
        """A workspace as it was saved; `saved_at(path)` tells what time it was then."""
        return snapshot.load(cls, Path(path), manifest, clock)

    @staticmethod
    def saved_at(path: Path | str) -> datetime:
        """The workspace's time (UTC) when the file was written, to start a clock from."""
        return snapshot.saved_at(Path(path))
