"""Joining a programme, changing what one said in it, and leaving."""

from bot.handlers.answers import Answer
from bot.handlers.gate import Gate
from bot.handlers.heard import Heard
from bot.handlers.showing import show
from bot.services.errors import RuleBroken
from bot.services.holidays_of import countries
from bot.services.languages import languages
from bot.services.programmes import enrolling
from bot.services.programmes.enrolling import EnrolForm
from bot.services.programmes.views_programmes import EnrolmentView, ProgrammeView
from bot.slack.ids import Block


async def open_join(heard: Heard) -> Answer:
    """The button on the announcement, on a card, or in a notice."""
    return await _open(heard, heard.subject)


async def join(heard: Heard, programme: ProgrammeView) -> Answer:
    return await _open(heard, programme.id)


async def _open(heard: Heard, programme_id: int) -> Answer:
    enrolment = await _enrolment(heard, programme_id)
    if enrolment.programme.is_archived:
        raise RuleBroken("channel_archived")
    return await show(
        heard,
        "enrol",
        {"programme": programme_id},
        enrolment=enrolment,
        areas=heard.ctx.library.area_groups,
        languages=languages(),
        countries=countries(),
    )


async def _enrolment(heard: Heard, programme_id: int) -> EnrolmentView:
    """What they said in it so far; "not_yours" for another workspace's programme, or none."""
    try:
        return await enrolling.enrolment(
            heard.ctx, person_id=heard.person.id, programme_id=programme_id
        )
    except KeyError:
        raise RuleBroken("not_yours") from None


async def submit(heard: Heard) -> Answer:
    """Join, change, or leave."""
    values, programme_id = heard.values, heard.mark("programme")
    if values.many(Block.LEAVE):
        return await _leave(heard, programme_id)
    form = await _filled(heard)
    await enrolling.enrol(
        heard.ctx,
        actor_id=heard.person.id,
        programme_id=programme_id,
        form=form,
        receipt=heard.receipt,
    )
    return Answer()


async def _filled(heard: Heard) -> EnrolForm:
    values, gate = heard.values, Gate(heard.desk)
    manager = await gate.person(values.people(Block.MANAGER), Block.MANAGER)
    apart = await gate.people(values.people(Block.APART), Block.APART)
    return EnrolForm(
        roles=values.many(Block.ROLES),
        areas=values.many(Block.AREAS),
        topics=values.text(Block.TOPICS),
        sought=values.many(Block.SOUGHT),
        hopes=values.text(Block.HOPED_FOR),
        capacity=values.number(Block.CAPACITY) or 1,
        seniority=values.number(Block.SENIORITY),
        department=values.said(Block.DEPARTMENT),
        languages=values.many(Block.LANGUAGES),
        location=values.said(Block.LOCATION),
        country=values.said(Block.COUNTRY),
        manager_id=manager.id if manager else None,
        apart_ids=tuple(person.id for person in apart),
        formats=values.many(Block.FORMATS),
        windows=values.many(Block.WINDOWS),
    )


async def leave_one(heard: Heard) -> Answer:
    """The button on the card of one's enrolment."""
    return await _leave(heard, heard.subject)


async def leave(heard: Heard, programme: ProgrammeView) -> Answer:
    """The command; the card in their DM says that they left."""
    return await _leave(heard, programme.id)


async def _leave(heard: Heard, programme_id: int) -> Answer:
    await enrolling.leave(
        heard.ctx,
        actor_id=heard.person.id,
        programme_id=programme_id,
        receipt=heard.receipt,
    )
    return Answer()
