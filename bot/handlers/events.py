"""What happens in Slack by itself: people change or leave, and the app is removed."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import structlog

from bot.handlers import home, messages
from bot.handlers.answers import Answer, Unheard
from bot.handlers.desk import Desk
from bot.handlers.heard import Heard
from bot.handlers.inbound import whence
from bot.handlers.inbound.recognise import profile
from bot.handlers.inbound.ways import EVENT
from bot.services import people
from bot.services.programmes import programmes, programmes_left
from bot.slack.errors import SlackError
from bot.slack.lines import Lines
from bot.slack.people import read_user

log = structlog.get_logger("bot.handlers")


async def person_changed(desk: Desk, body: Mapping[str, Any]) -> Answer:
    """A name, a time zone, a leaving: Slack sends the whole user, of everybody in the workspace.

    Only those who use Lantern are looked after. An event without a locale leaves the one that is
    known; it is asked for again within a day (`people.FRESH_FOR`).
    """
    user = read_user(body["event"]["user"])
    await people.refresh(desk.ctx, profile=profile(desk, user), receipt=_receipt(body))
    return Answer()


async def archived(desk: Desk, body: Mapping[str, Any]) -> Answer:
    """A channel was closed: the programme that lives there rests."""
    await programmes.archive(desk.ctx, receipt=_receipt(body), **_where(desk, body))
    return Answer()


async def unarchived(desk: Desk, body: Mapping[str, Any]) -> Answer:
    """It is open again, and the programme goes on."""
    await programmes.unarchive(desk.ctx, receipt=_receipt(body), **_where(desk, body))
    return Answer()


async def taken_out(desk: Desk, body: Mapping[str, Any]) -> Answer:
    """Lantern itself was removed from a channel: the leads of its programme hear of it."""
    await programmes_left.taken_out(desk.ctx, receipt=_receipt(body), **_where(desk, body))
    return Answer()


def _where(desk: Desk, body: Mapping[str, Any]) -> dict[str, str]:
    return {"team_id": desk.team_id, "channel": str(body["event"]["channel"])}


def _receipt(body: Mapping[str, Any]) -> str | None:
    """Slack brings an event again minutes later: by then a channel may be open once more, and
    somebody who left be back."""
    return EVENT.receipt(body)


async def removed(desk: Desk, body: Mapping[str, Any]) -> Answer:
    """The app was uninstalled, or its tokens were revoked, in either order, perhaps twice.

    The notice may come late, when the app is back: among many it is Slack who says whether the
    token still counts. With one token the log says why all is silent.
    """
    if desk.many is not None:
        return await _look_again(desk, desk.many, body)
    log.error(
        "Slack no longer accepts this installation: install the app again, and set the new token",
        what=body["event"]["type"],
    )
    return Answer()


async def _look_again(desk: Desk, lines: Lines, body: Mapping[str, Any]) -> Answer:
    tokens: Mapping[str, Any] = body["event"].get("tokens") or {"bot": [True]}
    if not tokens.get("bot"):
        return Answer()  # somebody's own token, of which we have none
    came_from = whence.read(body)
    try:
        await lines.look_again(came_from.team_id, came_from.enterprise_id)
    except SlackError as error:
        log.warning("removal_unclear", error=str(error))
        return Unheard()  # Slack brings it again; at the latest the next call tells
    return Answer()


REMOVALS: Final = frozenset({"app_uninstalled", "tokens_revoked"})
"""What tells that the app was removed. Of an organisation it names no team."""


async def ignored(desk: Desk, body: Mapping[str, Any]) -> Answer:
    """Anything else is acknowledged, or Slack would deliver it three times more."""
    return Answer()


SPOKEN: Final[Mapping[str, Callable[[Heard], Awaitable[Answer]]]] = {
    "message": messages.message,
    "app_home_opened": home.opened,
}
"""Events with a person behind them, who is recognised first."""

UNSPOKEN: Final[Mapping[str, Callable[[Desk, Mapping[str, Any]], Awaitable[Answer]]]] = {
    "user_change": person_changed,
    "channel_archive": archived,
    "group_archive": archived,
    "channel_unarchive": unarchived,
    "group_unarchive": unarchived,
    "channel_left": taken_out,
    "group_left": taken_out,
    **dict.fromkeys(sorted(REMOVALS), removed),
}
"""Events about the workspace."""
