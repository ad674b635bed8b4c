"""Where a message goes: a DM, the group of a pair, the leads; opened once and remembered."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.job_kinds import JobKind
from bot.scheduling.desk import Desk
from bot.scheduling.freshness import ask_again
from bot.scheduling.steps import Group, Leads, Room, To
from bot.scheduling.threads import Place, head_of
from bot.services import channels, people
from bot.services.context import Context
from bot.services.views import PersonView
from bot.slack.errors import PERSON_GONE, Permanent, Transient
from bot.store.tables import Job

IN_A_ROOM = frozenset(
    {
        JobKind.BOARD_CARD,
        JobKind.PROGRAMME_CARD,
        JobKind.LEADERLESS,
        JobKind.PUBLIC_THANKS,
        JobKind.REPORT_CARD,
        JobKind.REPORT_FILES,
    }
)
"""Kinds that go to the programme's channel when they are for nobody in particular."""


def is_for_a_room(job: Job) -> bool:
    """Whether a job is said in a programme's channel, where Lantern may not read."""
    return job.recipient_id is None and job.kind in IN_A_ROOM


def anyone_gone(to: To) -> bool:
    """Whether somebody this is for is deactivated: Slack takes the message, and nobody reads it.

    Leads answer for each other: they are gone when the last of them is.
    """
    if isinstance(to, Room):
        return False
    if isinstance(to, Leads):
        return all(member.is_deleted for member in to.members)
    if isinstance(to, Group):
        return any(member.is_deleted for member in to.members)
    return to.is_deleted


async def known(ctx: Context, job: Job) -> Place | None:
    """Where the job's message went or will go, when that was opened before."""
    if (thread := await head_of(ctx, job)) is not None:
        return thread
    channel = await opened(ctx, job)
    return None if channel is None else Place(channel)


async def opened(ctx: Context, job: Job) -> str | None:
    """The conversation of those whom a job is for, as it was opened last; None before that."""
    if job.slack_channel is not None:
        return job.slack_channel
    if job.recipient_id is not None:
        return (await people.person(ctx, person_id=job.recipient_id)).dm_channel
    if job.programme_id is not None:  # first: of a talk, too, the leads have news
        return await channels.leads_of(ctx, programme_id=job.programme_id)
    if job.session_id is not None:
        return await channels.group_of(ctx, session_id=job.session_id)
    if job.referral_id is not None:
        return await channels.three_of(ctx, referral_id=job.referral_id)
    return None


def anew(to: PersonView | Group | Leads) -> PersonView | Group | Leads:
    """The same people, as if their conversation had never been opened."""
    if isinstance(to, PersonView):
        return replace(to, dm_channel=None)
    return replace(to, channel=None)


async def resolve(desk: Desk, to: To) -> str:
    """The channel to post in. It is remembered before anything is said there."""
    if isinstance(to, Room):
        return to.channel
    if isinstance(to, Leads):
        return to.channel or await _open_leads(desk, to)
    if isinstance(to, Group):
        if to.channel is not None:
            return to.channel
        channel = await desk.gateway.open_dm([member.slack_id for member in to.members])
        if to.referral_id is not None:
            await channels.remember_three(desk.ctx, referral_id=to.referral_id, channel=channel)
        else:
            await channels.remember_group(desk.ctx, session_id=to.session_id, channel=channel)
        return channel
    if to.dm_channel is not None:
        return to.dm_channel
    channel = await desk.gateway.open_dm([to.slack_id])
    await people.remember_dm(desk.ctx, person_id=to.id, channel=channel)
    return channel


async def _open_leads(desk: Desk, to: Leads) -> str:
    """One conversation of all leads who are here. Raises Transient when they change meanwhile."""
    members = [member for member in to.members if not member.is_deleted]
    try:
        channel = await _open(desk, members)
    except Permanent as error:
        if error.code not in PERSON_GONE or len(members) == 1:
            raise
        # One of several left, and Slack does not say who: everyone is asked about once more.
        here = [member for member in await ask_again(desk, members) if not member.is_deleted]
        if not here or len(here) == len(members):
            raise
        members, channel = here, await _open(desk, here)
    ids = frozenset(member.id for member in members)
    if not await channels.remember_leads(
        desk.ctx, programme_id=to.programme_id, channel=channel, person_ids=ids
    ):
        raise Transient("leads_changed", 0)
    return channel


async def _open(desk: Desk, members: Sequence[PersonView]) -> str:
    return await desk.gateway.open_dm([member.slack_id for member in members])
