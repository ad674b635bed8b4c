"""The conversations of pairs and of leads: which they are, once they were opened."""

from collections.abc import Collection

from sqlmodel import col, select

from bot.services.context import Context
from bot.store.tables import Lead, Person, Programme, Referral, Session


async def group_of(ctx: Context, *, session_id: int) -> str | None:
    """The channel in which the two of a session and Lantern talk, None before it is opened."""
    async with ctx.db.read() as session:
        row = await session.get(Session, session_id)
    return None if row is None else row.group_channel


async def remember_group(ctx: Context, *, session_id: int, channel: str) -> None:
    """Keep the group's channel id. Slack gives the same two people the same group each time."""
    async with ctx.db.work() as work:
        row = await work.session.get_one(Session, session_id)
        row.group_channel = channel
        await work.commit()


async def leads_of(ctx: Context, *, programme_id: int) -> str | None:
    """The channel in which a programme's leads and Lantern talk, None before it is opened."""
    async with ctx.db.read() as session:
        row = await session.get(Programme, programme_id)
    return None if row is None else row.leads_channel


async def remember_leads(
    ctx: Context, *, programme_id: int, channel: str, person_ids: Collection[int]
) -> bool:
    """Keep the channel of the leads, opened for these people; False when they changed meanwhile.

    The workspace's own programme is led by whoever is an admin: its channel is opened anew each
    time, and kept only to be found again after a crash.
    """
    async with ctx.db.work() as work:
        row = await work.lock(Programme, programme_id)
        if row is None:
            return False
        if row.channel is not None:
            leads = (
                select(Lead.person_id)
                .join(Person, col(Person.id) == Lead.person_id)
                .where(Lead.programme_id == programme_id, col(Person.is_deleted).is_(False))
            )
            if set((await work.session.scalars(leads)).all()) != set(person_ids):
                return False
        row.leads_channel = channel
        await work.commit()
        return True


async def remember_three(ctx: Context, *, referral_id: int, channel: str) -> None:
    """Keep the channel in which the three and Lantern talk."""
    async with ctx.db.work() as work:
        row = await work.session.get_one(Referral, referral_id)
        row.channel = channel
        await work.commit()


async def three_of(ctx: Context, *, referral_id: int) -> str | None:
    """The channel of the three, None before it is opened."""
    async with ctx.db.read() as session:
        row = await session.get(Referral, referral_id)
    return None if row is None else row.channel
