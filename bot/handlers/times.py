"""Finding a time: ticking what suits, and the profile that says when one is free."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.inbound.carried import numbers
from bot.handlers.parse_state import chosen, drawn
from bot.handlers.showing import show
from bot.services import profile
from bot.services.holidays_of import countries
from bot.services.languages import languages
from bot.services.profile import ProfileForm
from bot.services.requests import somebody_else as finding
from bot.services.sessions import slots
from bot.slack.ids import Action, Block, Callback

Handler = Callable[[Heard], Awaitable[Answer]]


async def tick_slots(heard: Heard) -> Answer:
    """All proposed times that are ticked now; the block says of which search."""
    block = heard.block
    session_id, plan = numbers(block.partition(":")[2], 2)
    await slots.tick_slots(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=session_id,
        plan=plan,
        ticked=frozenset(chosen(heard.body.get("state"), block)),
        drawn=drawn(heard.body.get("message"), block),
    )
    return Answer()


async def open_profile(heard: Heard) -> Answer:
    """The command, the button on Home, or the one under proposed times."""
    known = await profile.profile(heard.ctx, person_id=heard.person.id)
    return await show(heard, "profile", profile=known, languages=languages(), countries=countries())


async def submit_profile(heard: Heard) -> Answer:
    values = heard.values
    form = ProfileForm(
        windows=values.many(Block.WINDOWS),
        booking_url=values.text(Block.BOOKING_URL),
        opens_at=values.clock(Block.OPENS_AT),
        closes_at=values.clock(Block.CLOSES_AT),
        languages=values.many(Block.LANGUAGES),
        department=values.text(Block.DEPARTMENT),
        location=values.text(Block.LOCATION),
        country=values.one(Block.COUNTRY) or "",
    )
    await profile.save_profile(
        heard.ctx, actor_id=heard.person.id, form=form, receipt=heard.receipt
    )
    return Answer()


async def somebody_else(heard: Heard) -> Answer:
    await finding.find_somebody_else(
        heard.ctx, actor_id=heard.person.id, session_id=heard.subject, receipt=heard.receipt
    )
    return Answer()


ACTIONS: Final[Mapping[Action, Handler]] = {
    Action.TICK_SLOTS: tick_slots,
    Action.OPEN_PROFILE: open_profile,
    Action.FIND_SOMEBODY_ELSE: somebody_else,
}
SUBMISSIONS: Final[Mapping[Callback, Handler]] = {
    Callback.PROFILE: submit_profile,
}
