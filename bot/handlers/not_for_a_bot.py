"""The quiet button in the forms of asking: what was typed goes, and people are named instead."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.inbound.carried import number
from bot.services.requests import not_for_a_bot
from bot.slack.ids import Action, Block, Callback

Handler = Callable[[Heard], Awaitable[Answer]]


async def turn_to(heard: Heard) -> Answer:
    """The open form becomes a page of contacts. Nothing that stood in it is kept."""
    chosen = heard.values.number(Block.PROGRAMME) or heard.metadata.get("programme") or 0
    contacts = await not_for_a_bot.turn_to(
        heard.ctx,
        person_id=heard.person.id,
        programme_id=number(chosen) or None,
        receipt=heard.receipt,
    )
    facts = {"me": heard.person, "metadata": "{}", "contacts": contacts}
    view = heard.desk.templates.modal("contacts", **facts)
    await heard.desk.gateway.update_view(str(heard.view["id"]), None, view)
    return Answer()


async def closed(heard: Heard) -> Answer:
    """The page has nothing to send."""
    return Answer()


ACTIONS: Final[Mapping[Action, Handler]] = {Action.NOT_FOR_A_BOT: turn_to}
SUBMISSIONS: Final[Mapping[Callback, Handler]] = {Callback.CONTACTS: closed}
