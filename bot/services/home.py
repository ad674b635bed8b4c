"""Home (7): all that is open for one person, with the next thing to do first.

What a person has open grows; each part adds its rows to `Overview` and, where it can be the next
thing, a line in `_things`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.hours import moment_at
from bot.domain.kinds import Role
from bot.domain.next_thing import PRESSING, Open, What, next_thing
from bot.domain.series import Whose
from bot.domain.states import OfferState, RelationshipState, SessionState
from bot.domain.timeline.after import DUE_AT
from bot.services import reading
from bot.services.context import Context
from bot.services.growing import mentors, past, series_reading
from bot.services.growing.views_growing import RelationshipView
from bot.services.growing.views_series import SeriesView
from bot.services.programmes import enrolling, programmes
from bot.services.rounds import round_views
from bot.services.views import RequestView, SessionView
from bot.services.views_home import NextView, Overview

AGENDA_BEFORE = timedelta(days=1)  # the mentor reads it the day before
Thing = tuple[Open, NextView]


async def open_now(ctx: Context, *, person_id: int) -> Overview:
    """Everything that is open for somebody, and what to do first: for `/mentoring sessions`."""
    found = await reading.overview(ctx, person_id=person_id)
    if found.me.is_forgotten:
        return found
    found = replace(
        found,
        series=await series_reading.series_of(ctx, person_id=person_id),
        rounds=await round_views.coming_rounds(ctx, person_id=person_id),
    )
    return replace(found, next=next_of(found, ctx.now()))


async def home(ctx: Context, *, person_id: int) -> Overview:
    """The same, with their mentors by area, what has ended, and their programmes."""
    found = await open_now(ctx, person_id=person_id)
    if found.me.is_forgotten:
        return found
    return replace(
        found,
        led=await programmes.led_by(ctx, person_id=person_id),
        enrolments=await enrolling.programmes_of(ctx, person_id=person_id),
        mentors=await mentors.mentors_of(ctx, person_id=person_id),
        past=await past.past_of(ctx, person_id=person_id),
    )


def next_of(overview: Overview, now: datetime) -> NextView | None:
    """The thing to do first, of all that is open; None when nothing is."""
    things = list(_things(overview, now))
    chosen = next_thing((one for one, _ in things), now)
    return next((view for one, view in things if one is chosen), None)


def _things(overview: Overview, now: datetime) -> Iterator[Thing]:
    for session in overview.sessions:
        yield from _of_session(session, overview.me.id, now)
    for offer in overview.offers:
        one = Open(What.ANSWER_OFFER, offer.id, offer.expires_at)
        yield one, NextView(one.what, one.by, offer=offer)
    for request in overview.requests:
        yield from _of_request(request)
    tz = overview.me.hours.tz
    for action in overview.actions:
        one = Open(What.DO_STEP, action.id, moment_at(action.due_on, DUE_AT, tz))
        yield one, NextView(one.what, one.by, action=action)
    for relationship in overview.relationships:
        yield from _of_relationship(relationship)
    for series in overview.series:
        yield from _of_series(series)


def _of_session(session: SessionView, me: int, now: datetime) -> Iterator[Thing]:
    found = _what_of(session, me, now)
    if found is not None:
        what, by = found
        yield Open(what, session.id, by), NextView(what, by, session=session)


def _what_of(session: SessionView, me: int, now: datetime) -> tuple[What, datetime | None] | None:
    """What somebody can do for a session; nothing while it is the other's turn."""
    is_mentee = session.role_of(me) is Role.MENTEE
    if session.state is SessionState.MATCHED:
        return What.SET_TIME, None
    if session.state is SessionState.HELD:
        return (What.SAY_THANKS, None) if session.may_thank(me) else None
    if session.state is not SessionState.SCHEDULED or session.starts_at is None:
        return None
    assert session.ends_at is not None
    if session.ends_at <= now:
        return (What.SAY_OUTCOME, session.ends_at) if session.answer_of(me) is None else None
    if is_mentee and session.agenda is None and session.starts_at > now:
        return What.WRITE_AGENDA, session.starts_at - AGENDA_BEFORE
    near = session.starts_at <= now + PRESSING
    return (What.MEET, session.starts_at) if near else None


def _of_request(request: RequestView) -> Iterator[Thing]:
    """Their own request asks something of them: a shorter talk is offered, or somebody named."""
    if request.named or request.asked_state is OfferState.PROPOSED:
        one = Open(What.DECIDE, request.id, request.offer_expires_at)
        yield one, NextView(one.what, one.by, request=request)


def _of_relationship(one: RelationshipView) -> Iterator[Thing]:
    """An agreement to sign, or a wish to answer."""
    is_wish = one.state is RelationshipState.DRAFTING and one.agreement is None
    asked = is_wish and (one.asked_by is None or one.asked_by.id != one.me.id)
    if asked or (one.agreement is not None and not one.i_signed):
        yield Open(What.SIGN, one.id), NextView(What.SIGN, relationship=one)


def _of_series(series: SeriesView) -> Iterator[Thing]:
    task = series.next_task
    if task is not None and task.role in (Whose.BOTH, Whose(series.role.value)):
        by = moment_at(task.due_on, DUE_AT, series.me.hours.tz)
        view = NextView(What.DO_TASK, by, series=series)
        yield Open(What.DO_TASK, series.relationship_id, by), view
