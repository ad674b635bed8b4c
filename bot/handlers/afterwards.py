"""The mentor's answer to an agenda, and what follows a talk beside next steps and thanks."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.showing import show
from bot.services import agenda_answers, reading
from bot.services.views import SessionView
from bot.slack.ids import Action, Block, Callback

Handler = Callable[[Heard], Awaitable[Answer]]


async def open_point(heard: Heard) -> Answer:
    session = await _session(heard)
    return await show(heard, "point", session=session, marks={"session": session.id})


async def submit_point(heard: Heard) -> Answer:
    await agenda_answers.set_points(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.metadata["session"],
        points=heard.values.lines(Block.POINTS),
        receipt=heard.receipt,
    )
    return Answer()


async def good_as_it_is(heard: Heard) -> Answer:
    """The value is "<session>:<version of the agenda that was read>"."""
    session_id, version = heard.value.split(":")
    await agenda_answers.find_good(
        heard.ctx, actor_id=heard.person.id, session_id=int(session_id), version=int(version)
    )
    return Answer()


async def _session(heard: Heard) -> SessionView:
    return await reading.access_session(
        heard.ctx, actor_id=heard.person.id, session_id=heard.subject
    )


ACTIONS: Final[Mapping[Action, Handler]] = {
    Action.ADD_POINT: open_point,
    Action.GOOD_AS_IT_IS: good_as_it_is,
}

SUBMISSIONS: Final[Mapping[Callback, Handler]] = {
    Callback.POINT: submit_point,
}
