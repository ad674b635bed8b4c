"""What every handler needs, put together once by the composition root."""

from dataclasses import dataclass, field, replace

from bot.handlers.inbound.flight import Flight
from bot.handlers.inbound.repeats import Repeats
from bot.meter import UNMEASURED, Meter
from bot.services.context import Context
from bot.slack.gateway import Gateway
from bot.slack.lines import Line, Lines, OneLine
from bot.slack.message import Message
from bot.slack.templates import Templates


@dataclass(frozen=True, slots=True)
class Desk:
    """The use cases' context, the way to Slack and back, and who Lantern is there.

    With `many` the workspace is another one for each request: `at` gives the desk for it.
    """

    ctx: Context
    gateway: Gateway
    templates: Templates
    team_id: str
    bot_user_id: str
    team_name: str = ""
    flight: Flight = field(default_factory=Flight)
    repeats: Repeats = field(default_factory=Repeats)
    enterprise_id: str = ""
    many: Lines | None = None
    line: Line | None = None
    meter: Meter = UNMEASURED

    @property
    def lines(self) -> Lines:
        """The lines to workspaces; the one that is known where there is one."""
        if self.many is not None:
            return self.many
        return OneLine(Line(self.gateway, self.team_id, self.bot_user_id, self.team_name))

    def at(self, line: Line) -> "Desk":
        """The same desk for the workspace at the end of this line."""
        return replace(
            self,
            gateway=line.gateway.at_once(),
            team_id=line.team_id,
            bot_user_id=line.bot_user_id,
            team_name=line.team_name,
            enterprise_id=line.enterprise_id,
            line=line,
        )

    def to(self, locale: str) -> "Desk":
        """The same desk, with its words in the language of somebody with this Slack locale."""
        return replace(self, templates=self.templates.to(locale))

    def refusal(self, key: str, **facts: object) -> Message:
        """A sentence as a message of its own."""
        return self.templates.message("refused", sentence=self.sentence(key, **facts))

    def sentence(self, key: str, **facts: object) -> str:
        """The sentence for a key, as plain text."""
        return self.templates.sentence(key, **facts)

    async def say(self, slack_id: str, message: Message) -> None:
        """Say something in a person's DM at once, for when it cannot be a job."""
        channel = await self.gateway.open_dm([slack_id])
        await self.gateway.post(channel, message)
