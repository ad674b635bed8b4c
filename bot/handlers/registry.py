"""Which listener hears what. Nothing that Slack sends is left without an acknowledgement.

Bolt asks one listener after the other, and prepares all it could want to know for each. So there is
one for all clicks and one for all modals, which look up by id whose turn it is.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.handlers import events, inviting, modals, said
from bot.handlers.actions import ACTIONS, forgotten
from bot.handlers.answers import Answer
from bot.handlers.commands import mentoring, unknown_command
from bot.handlers.desk import Desk
from bot.handlers.heard import Heard
from bot.handlers.inbound.middleware import DESK, listener, unspoken
from bot.handlers.inbound.ways import CLICK, COMMAND, EVENT, SUBMISSION, WORDS
from bot.handlers.said import Sort
from bot.handlers.submissions import SUBMISSIONS
from bot.slack.ids import Command, Shortcut

Handler = Callable[[Heard], Awaitable[Answer]]
ANY: Final = re.compile(".*", re.DOTALL)

COMMANDS: Final[Mapping[str, Handler]] = {Command.MENTORING: mentoring}
SHORTCUTS: Final[Mapping[str, Handler]] = {
    Shortcut.ASK: modals.open_taster,
    Shortcut.INVITE: inviting.open_invite,
    Shortcut.ASK_AUTHOR: inviting.ask_author,
}
_ACTIONS: Final[Mapping[str, Handler]] = {each.value: handle for each, handle in ACTIONS.items()}
_SUBMISSIONS: Final[Mapping[str, Handler]] = {
    each.value: handle for each, handle in SUBMISSIONS.items()
}


def register(app: AsyncApp, desk: Desk) -> None:
    """Give `app` every listener, then the ones that catch what no other did."""
    for command, handle in COMMANDS.items():
        app.command(command)(listener(desk, COMMAND, handle))
    app.command(ANY)(listener(desk, COMMAND, unknown_command))
    for shortcut, handle in SHORTCUTS.items():
        app.shortcut(shortcut)(listener(desk, CLICK, handle))
    app.shortcut(ANY)(listener(desk, CLICK, forgotten))
    app.action(ANY)(listener(desk, CLICK, click))
    app.view(ANY)(listener(desk, SUBMISSION, submission))
    app.view_closed(ANY)(unspoken(desk, events.ignored))
    _register_events(app, desk)


async def click(heard: Heard) -> Answer:
    """Whatever was pressed, ticked or chosen."""
    return await _ACTIONS.get(str(heard.action.get("action_id")), forgotten)(heard)


async def submission(heard: Heard) -> Answer:
    """Whichever modal was submitted."""
    return await _SUBMISSIONS.get(str(heard.view.get("callback_id")), forgotten)(heard)


def _register_events(app: AsyncApp, desk: Desk) -> None:
    app.event("message", matchers=[noise])(unspoken(desk, events.ignored))
    app.event("message")(listener(desk, WORDS, events.SPOKEN["message"]))
    app.event("app_home_opened")(listener(desk, EVENT, events.SPOKEN["app_home_opened"]))
    for name, about in events.UNSPOKEN.items():
        app.event(name)(unspoken(desk, about))
    app.event(ANY)(unspoken(desk, events.ignored))


async def noise(event: dict[str, Any], context: AsyncBoltContext) -> bool:
    """Whether a message needs no answer; called by Bolt."""
    return said.read(event, context[DESK].bot_user_id).sort is Sort.NOISE
