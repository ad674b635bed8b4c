"""Looking again at what a programme's job is about: its leads, its channel, its round."""

from datetime import datetime

from bot.domain.hours import WorkingHours
from bot.domain.programmes import LEADS_MOST
from bot.domain.states import RoundState
from bot.scheduling import threads
from bot.scheduling.look import unsaid
from bot.scheduling.steps import Leads, Room, Say, Step
from bot.services import channels, people
from bot.services.context import Context
from bot.services.holidays_of import holidays_of
from bot.services.programmes.views_programmes import (
    LeftPage,
    PairsPage,
    ProgrammeView,
    RotaView,
)
from bot.services.views import PersonView
from bot.store.tables import Job


def programme_id_of(job: Job) -> int:
    """The programme a job is about."""
    assert job.programme_id is not None
    return job.programme_id


def round_id_of(job: Job) -> int:
    """The round a job is about."""
    assert job.round_id is not None
    return job.round_id


def recipient_of(job: Job) -> int:
    """The person a job is for."""
    assert job.recipient_id is not None
    return job.recipient_id


def room(programme: ProgrammeView, now: datetime) -> Room:
    """The programme's channel, in the programme's own hours around `now`."""
    days_off = holidays_of(programme.country, range(now.year, now.year + 2))
    hours = WorkingHours(programme.zone, programme.opens_at, programme.closes_at, holidays=days_off)
    return Room(programme.channel, hours)


async def leads(ctx: Context, programme: ProgrammeView, *, under: int | None = None) -> Leads:
    """The leads' conversation, as far as it was opened.

    The workspace's own programme is led by its admins, of whom Slack tells little: theirs is opened
    each time, for as many as one conversation takes.
    """
    members = tuple(lead for lead in programme.leads if not lead.is_deleted)[:LEADS_MOST]
    channel = None
    if not programme.is_open:
        channel = await channels.leads_of(ctx, programme_id=programme.id)
    return Leads(programme.id, channel, members, under)


def days_of(job: Job) -> int:
    """How many days a report looks back: the note is "90", or "90:channel"."""
    assert job.note is not None
    return int(job.note.partition(":")[0])


async def reader(ctx: Context, job: Job, programme: ProgrammeView) -> PersonView | Room:
    """Who asked for a report, or the channel it was to be shown in."""
    if job.recipient_id is None:
        return room(programme, ctx.now())
    return await people.person(ctx, person_id=job.recipient_id)


def begun(rota: RotaView, now: datetime) -> bool:
    """Whether the first turn of a group flash is over already."""
    return bool(rota.seats) and rota.seats[0].ends_at <= now


async def under_the_card(ctx: Context, job: Job, page: PairsPage | LeftPage) -> Step:
    """Say the job's own words with a page of a plan, in the thread of the round's card."""
    skip = unsaid(job, cancelled=page.review.round.state is RoundState.CANCELLED)
    card = await threads.card_of(ctx, round_id_of(job))
    to = await leads(ctx, page.review.round.programme, under=card)
    return skip or Say(job.kind, {"page": page}, to)
