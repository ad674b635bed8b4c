"""Where something was typed or clicked: which channel that is, and which programme lives there."""

from bot.handlers.heard import Heard
from bot.services.errors import RuleBroken
from bot.services.programmes import programmes
from bot.services.programmes.programmes import ChannelFacts
from bot.services.programmes.views_programmes import ProgrammeView
from bot.slack.errors import Permanent

_TALKS = ("directmessage", "mpdm-")  # what Slack calls conversations that are no channels


def is_talk(heard: Heard) -> bool:
    """Whether it is a conversation of two people, or of a few, and no channel."""
    name = str(heard.body.get("channel_name") or "")
    return not heard.channel or heard.channel.startswith("D") or name.startswith(_TALKS)


async def look(heard: Heard, channel: str) -> ChannelFacts:
    """The channel as Slack knows it now.

    Raises RuleBroken "not_a_channel", or "not_in_channel" for one that Lantern cannot see; and
    Slack's errors.
    """
    if not channel or channel.startswith("D"):
        raise RuleBroken("not_a_channel")
    try:
        found = await heard.desk.gateway.channel(channel)
    except Permanent as error:
        if error.code == "channel_not_found":  # a private one that Lantern was not invited to
            raise RuleBroken("not_in_channel") from None
        raise
    if found.is_direct:
        raise RuleBroken("not_a_channel")
    return ChannelFacts(**found.in_our_words())


async def programme_here(heard: Heard) -> ProgrammeView | None:
    """The programme of the channel it happened in, if there is one."""
    if is_talk(heard):
        return None
    return await programmes.in_channel(
        heard.ctx, workspace_id=heard.person.workspace_id, channel=heard.channel
    )
