"""A matter of harassment, health or safety (1.8): people are named, and only a count is kept."""

from contextlib import suppress

from sqlalchemy import update
from sqlmodel import col, select

from bot.services.context import Context
from bot.services.errors import AlreadyDone
from bot.store.tables import Person, Programme, Tally
from bot.store.work import Work

NOT_FOR_A_BOT = "not_for_a_bot"
"""What is counted; by programme and month, without who it was."""


async def turn_to(
    ctx: Context, *, person_id: int, programme_id: int | None = None, receipt: str | None = None
) -> str:
    """Whom to turn to: the programme's contacts, else the installation's; empty for neither.

    Without a programme of this person's workspace it is the open one. One more is counted for it,
    once for a receipt; whom to turn to is said however often it is asked.
    """
    async with ctx.db.work() as work:
        person = await work.session.get_one(Person, person_id)
        programme = await _programme(work, person, programme_id)
        with suppress(AlreadyDone):
            await work.once(receipt, ctx.now())
            await _count(work, programme.id, ctx)
        await work.commit()
        return programme.contacts or ctx.contacts


async def _programme(work: Work, person: Person, programme_id: int | None) -> Programme:
    statement = select(Programme).where(Programme.workspace_id == person.workspace_id)
    rows = list((await work.session.execute(statement)).scalars())
    named = (row for row in rows if row.id == programme_id)
    return next(named, None) or next(row for row in rows if row.channel is None)


async def _count(work: Work, programme_id: int, ctx: Context) -> None:
    month = ctx.now().date().replace(day=1)
    await work.ensure(Tally(programme_id=programme_id, what=NOT_FOR_A_BOT, month_on=month))
    await work.session.execute(
        update(Tally)
        .where(
            col(Tally.programme_id) == programme_id,
            col(Tally.what) == NOT_FOR_A_BOT,
            col(Tally.month_on) == month,
        )
        .values(count=Tally.count + 1)
    )
