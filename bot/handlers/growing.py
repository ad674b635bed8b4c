"""What grows from a session: the buttons of keeping in touch."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.services.growing import keeping
from bot.slack.ids import Action


def _wish(wants: bool) -> Callable[[Heard], Awaitable[Answer]]:
    async def wish(heard: Heard) -> Answer:
        tie_id, quarter = heard.two
        await keeping.answer(
            heard.ctx,
            actor_id=heard.person.id,
            tie_id=tie_id,
            quarter=quarter,
            wants=wants,
        )
        return Answer()

    return wish


async def stop_keeping(heard: Heard) -> Answer:
    await keeping.stop(heard.ctx, actor_id=heard.person.id, tie_id=heard.subject)
    return Answer()


ACTIONS: Final[Mapping[Action, Callable[[Heard], Awaitable[Answer]]]] = {
    Action.KEEP_YES: _wish(True),
    Action.KEEP_NOT_NOW: _wish(False),
    Action.KEEP_STOP: stop_keeping,
}
"""Those of ties; the value is the tie's id, and the quarter where it matters."""
