"""Finding a time: ticking what suits, and the profile that says when one is free."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.parse_state import chosen, drawn
from bot.services import slots
from bot.slack.ids import Action


async def tick_slots(heard: Heard) -> Answer:
    """All proposed times that are ticked now; the block says of which search."""
    block = str(heard.action["block_id"])
    _, session_id, plan = block.split(":")
    await slots.tick_slots(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=int(session_id),
        plan=int(plan),
        ticked=frozenset(chosen(heard.body.get("state"), block)),
        drawn=drawn(heard.body.get("message"), block),
    )
    return Answer()


ACTIONS: Final[Mapping[Action, Callable[[Heard], Awaitable[Answer]]]] = {
    Action.TICK_SLOTS: tick_slots,
}
