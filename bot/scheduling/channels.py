"""Where a message goes: a person's DM, or the group of a pair; opened once and remembered."""

from bot.scheduling.desk import Desk
from bot.scheduling.steps import Group
from bot.services import channels, people
from bot.services.context import Context
from bot.services.views import PersonView
from bot.store.tables import Job


def anyone_gone(to: PersonView | Group) -> bool:
    """Whether somebody this is for is deactivated: Slack takes the message, and nobody reads it."""
    if isinstance(to, Group):
        return any(member.is_deleted for member in to.members)
    return to.is_deleted


async def known(ctx: Context, job: Job) -> str | None:
    """The channel the job's message went to or will go to, when it was opened before."""
    if job.slack_channel is not None:
        return job.slack_channel
    if job.recipient_id is not None:
        return (await people.person(ctx, person_id=job.recipient_id)).dm_channel
    if job.session_id is not None:
        return await channels.group_of(ctx, session_id=job.session_id)
    return None


async def resolve(desk: Desk, to: PersonView | Group) -> str:
    """The channel to post in. It is remembered before anything is said there."""
    if isinstance(to, Group):
        if to.channel is not None:
            return to.channel
        channel = await desk.gateway.open_dm([member.slack_id for member in to.members])
        await channels.remember_group(desk.ctx, session_id=to.session_id, channel=channel)
        return channel
    if to.dm_channel is not None:
        return to.dm_channel
    channel = await desk.gateway.open_dm([to.slack_id])
    await people.remember_dm(desk.ctx, person_id=to.id, channel=channel)
    return channel
