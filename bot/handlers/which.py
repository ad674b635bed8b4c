"""Which programme a word is about: the channel's, or the only one that comes into question.

Where several do, the answer is a list of them, each with its button.
"""

from collections.abc import Awaitable, Callable, Sequence

from bot.handlers.answers import Answer, Reply
from bot.handlers.heard import Heard
from bot.handlers.where import programme_here
from bot.services.errors import RuleBroken
from bot.services.programmes import enrolling, programmes
from bot.services.programmes.views_programmes import ProgrammeView
from bot.slack.ids import Subcommand

Act = Callable[[Heard, ProgrammeView], Awaitable[Answer]]
Handler = Callable[[Heard], Awaitable[Answer]]


def of_leads(word: Subcommand, act: Act) -> Handler:
    """The subcommand `word` for leads: `act` on the programme it is about."""

    async def lead(heard: Heard) -> Answer:
        here = await programme_here(heard)
        return await act(heard, here) if here else await among_led(heard, word, act)

    return lead


async def among_led(heard: Heard, word: Subcommand, act: Act) -> Answer:
    """Away from its channel: the programme they lead. Raises RuleBroken "leads_none"."""
    led = await programmes.led_by(heard.ctx, person_id=heard.person.id)
    if not led:
        raise RuleBroken("leads_none")
    return await _one_of(heard, word, [each.programme for each in led], act)


def of_members(word: Subcommand, act: Act) -> Handler:
    """The same for whoever takes part. Raises RuleBroken "joined_none"."""

    async def member(heard: Heard) -> Answer:
        here = await programme_here(heard)
        if here is not None:
            return await act(heard, here)
        joined = await enrolling.programmes_of(heard.ctx, person_id=heard.person.id)
        # The workspace's own programme is no channel's: it is joined by asking and offering.
        theirs = [each.programme for each in joined if not each.programme.is_open]
        if not theirs:
            raise RuleBroken("joined_none")
        return await _one_of(heard, word, theirs, act)

    return member


async def _one_of(
    heard: Heard, word: Subcommand, found: Sequence[ProgrammeView], act: Act
) -> Answer:
    if len(found) == 1:
        return await act(heard, found[0])
    facts = {"programmes": found, "word": word.value}
    return Reply(heard.desk.templates.message("programmes", **facts))
