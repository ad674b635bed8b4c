"""Which programme a word is about: the channel's, or the only one that comes into question.

Where several do, the answer is a list of them, each with its button.
"""

from collections.abc import Awaitable, Callable

from bot.handlers.answers import Answer, Reply
from bot.handlers.heard import Heard
from bot.handlers.where import programme_here
from bot.services import enrolling, programmes
from bot.services.views_programmes import ProgrammeView

Act = Callable[[Heard, ProgrammeView], Awaitable[Answer]]
Handler = Callable[[Heard], Awaitable[Answer]]


def of_leads(act: Act) -> Handler:
    """A subcommand for leads: `act` on the programme it is about."""

    async def lead(heard: Heard) -> Answer:
        here = await programme_here(heard)
        if here is not None:
            return await act(heard, here)
        led = await programmes.led_by(heard.ctx, person_id=heard.person.id)
        return await act(heard, led[0].programme) if len(led) == 1 else await overview(heard)

    return lead


def of_members(act: Act) -> Handler:
    """The same for whoever takes part."""

    async def member(heard: Heard) -> Answer:
        here = await programme_here(heard)
        if here is not None:
            return await act(heard, here)
        joined = await enrolling.programmes_of(heard.ctx, person_id=heard.person.id)
        # The workspace's own programme is no channel's: it is joined by asking and offering.
        theirs = [each.programme for each in joined if not each.programme.is_open]
        return await act(heard, theirs[0]) if len(theirs) == 1 else await overview(heard)

    return member


async def overview(heard: Heard) -> Answer:
    """The programmes one leads and those one is part of, each with its buttons."""
    led = await programmes.led_by(heard.ctx, person_id=heard.person.id)
    joined = await enrolling.programmes_of(heard.ctx, person_id=heard.person.id)
    facts = {"led": led, "enrolments": joined}
    return Reply(heard.desk.templates.message("programmes", **facts))
