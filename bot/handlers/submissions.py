"""Submitted modals: from `state.values` to one service each. A rule that says no keeps it open."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.domain.kinds import Kind, Role
from bot.handlers import (
    afterwards,
    enrol,
    formal,
    inviting,
    lists,
    not_for_a_bot,
    own_data,
    people_file,
    programme,
    review,
    series,
    times,
)
from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.inbound.carried import number
from bot.handlers.parse_state import Values
from bot.services import people
from bot.services.requests import asking, offering
from bot.services.sessions import actions as steps
from bot.services.sessions import following, preparing, timing
from bot.slack.ids import Block, Callback


async def taster(heard: Heard) -> Answer:
    """As a mentee it asks for a session; as a mentor it offers a single one."""
    if heard.values.one(Block.ROLE) == Role.MENTOR:
        return await _offer(heard, _offer_form(heard.values, taster_only=True), first_time=True)
    return await _ask(heard, Kind.SPOT, is_taster=True)


async def flash(heard: Heard) -> Answer:
    return await _ask(heard, Kind.FLASH)


async def reverse(heard: Heard) -> Answer:
    return await _ask(heard, Kind.REVERSE)


async def offer(heard: Heard) -> Answer:
    """Offer, change what is offered, or stop offering."""
    if heard.values.many(Block.STOP):
        await offering.stop_offering(heard.ctx, actor_id=heard.person.id, receipt=heard.receipt)
        return Answer()
    taster_only = bool(heard.values.many(Block.TASTER_ONLY))
    return await _offer(heard, _offer_form(heard.values, taster_only=taster_only))


async def _ask(heard: Heard, kind: Kind, *, is_taster: bool = False) -> Answer:
    values = heard.values
    form = asking.AskForm(
        kind=kind,
        is_taster=is_taster,
        topic=values.text(Block.TOPIC),
        hoped_for=values.text(Block.HOPED_FOR),
        questions=values.lines(Block.QUESTIONS),
        reason=values.one(Block.REASON),
        areas=values.many(Block.AREAS),
        formats=values.many(Block.FORMATS),
        windows=values.many(Block.WINDOWS),
        length_minutes=values.number(Block.LENGTH) or 30,
        programme_id=_programme(heard),
    )
    await asking.ask(heard.ctx, asker_id=heard.person.id, form=form, receipt=heard.receipt)
    return Answer()


def _programme(heard: Heard) -> int | None:
    """The one that was chosen, or the one in whose place it was asked."""
    chosen = heard.values.number(Block.PROGRAMME) or heard.metadata.get("programme")
    return number(chosen) if chosen else None


def _offer_form(values: Values, *, taster_only: bool) -> offering.OfferForm:
    return offering.OfferForm(
        topics=values.text(Block.TOPICS),
        areas=values.many(Block.AREAS),
        capacity=values.number(Block.CAPACITY) or 1,
        formats=values.many(Block.FORMATS),
        windows=values.many(Block.WINDOWS),
        taster_only=taster_only,
    )


async def _offer(heard: Heard, form: offering.OfferForm, *, first_time: bool = False) -> Answer:
    await offering.offer_to_mentor(
        heard.ctx,
        actor_id=heard.person.id,
        form=form,
        first_time=first_time,
        receipt=heard.receipt,
    )
    return Answer()


async def set_time(heard: Heard) -> Answer:
    values = heard.values
    await timing.set_time(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.mark("session"),
        starts_at=values.moment(Block.STARTS_AT),
        typed=values.text(Block.TYPED),
        length_minutes=values.number(Block.LENGTH),
        format=values.one(Block.FORMAT),
        place=values.text(Block.PLACE),
        receipt=heard.receipt,
    )
    return Answer()


async def cancel(heard: Heard) -> Answer:
    """Called off, or only this time: the pair keeps its session and finds another."""
    again = heard.values.one(Block.NEXT) == "another_time"
    do = timing.find_another_time if again else timing.cancel
    await do(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.mark("session"),
        reason=heard.values.text(Block.WHY),
        receipt=heard.receipt,
    )
    return Answer()


async def agenda(heard: Heard) -> Answer:
    values = heard.values
    form = preparing.AgendaForm(
        topics=values.lines(Block.AGENDA_TOPICS),
        outcome=values.text(Block.OUTCOME),
        questions=values.lines(Block.QUESTIONS),
        reading=values.text(Block.READING),
        off_limits=values.text(Block.OFF_LIMITS),
        updates=values.text(Block.UPDATES),
    )
    await preparing.write_agenda(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.mark("session"),
        form=form,
        receipt=heard.receipt,
    )
    return Answer()


async def thanks(heard: Heard) -> Answer:
    await following.thank(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.mark("session"),
        text=heard.values.text(Block.THANKS),
        may_show=bool(heard.values.many(Block.MAY_SHOW)),
        receipt=heard.receipt,
    )
    return Answer()


async def actions(heard: Heard) -> Answer:
    """Up to three next steps; a row without words is left out by the service."""
    values = heard.values
    items = [
        steps.ActionForm(
            text=values.text(step), due_on=values.on(due), owner=values.one(owner) or "me"
        )
        for step, due, owner in STEPS
    ]
    await steps.add_actions(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.mark("session"),
        items=items,
        receipt=heard.receipt,
    )
    return Answer()


async def pause(heard: Heard) -> Answer:
    """Quiet until the day picked begins, in the person's zone; without one, until they say so."""
    day = heard.values.on(Block.UNTIL)
    until = heard.person.hours.day_bounds(day)[0] if day else None
    await people.pause(heard.ctx, actor_id=heard.person.id, until=until, receipt=heard.receipt)
    return Answer()


STEPS: Final = (
    (Block.STEP_1, Block.DUE_1, Block.OWNER_1),
    (Block.STEP_2, Block.DUE_2, Block.OWNER_2),
    (Block.STEP_3, Block.DUE_3, Block.OWNER_3),
)

SUBMISSIONS: Final[Mapping[Callback, Callable[[Heard], Awaitable[Answer]]]] = {
    Callback.TASTER: taster,
    Callback.FLASH: flash,
    Callback.REVERSE: reverse,
    Callback.OFFER: offer,
    Callback.SET_TIME: set_time,
    Callback.CANCEL_SESSION: cancel,
    Callback.AGENDA: agenda,
    Callback.ACTIONS: actions,
    Callback.THANKS: thanks,
    Callback.PAUSE: pause,
    Callback.PROGRAMME: programme.submit_form,
    Callback.PROGRAMME_RULES: programme.submit_rules,
    Callback.PROGRAMME_PREVIEW: programme.submit_preview,
    Callback.ENROL: enrol.submit,
    Callback.RERUN: review.submit_rerun,
    Callback.SWAP: review.submit_swap,
    Callback.APPROVE: review.submit_approve,
    Callback.QUEUE: lists.submit_queue,
    Callback.PEOPLE: people_file.submit_people,
    **times.SUBMISSIONS,
    **inviting.SUBMISSIONS,
    **not_for_a_bot.SUBMISSIONS,
    **formal.SUBMISSIONS,
    **series.SUBMISSIONS,
    **afterwards.SUBMISSIONS,
    **own_data.SUBMISSIONS,
}
