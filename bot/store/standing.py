"""Where other jobs' messages stand in Slack: the card of a round, the head of a thread."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from bot.domain.job_kinds import JobKind
from bot.store.engine import Database
from bot.store.tables import Job, PeopleImport


async def job_of(db: Database, job_id: int) -> Job:
    """The job with this id, as it is now; NoResultFound when there is none."""
    async with db.read() as session:
        return await session.get_one(Job, job_id)


async def card_of(db: Database, round_id: int) -> Job | None:
    """The job whose message is the leads' card of a round, if it was planned."""
    card = (
        select(Job)
        .where(Job.round_id == round_id, Job.kind == JobKind.ROUND_REVIEW)
        .order_by(col(Job.id).desc())
        .limit(1)
    )
    async with db.read() as session:
        return (await session.scalars(card)).first()


async def report_of(db: Database, files: Job) -> Job | None:
    """The report that a job's files belong to: it was planned just before them."""
    card = (
        select(Job)
        .where(
            Job.kind == JobKind.REPORT_CARD,
            Job.programme_id == files.programme_id,
            col(Job.recipient_id).is_not_distinct_from(files.recipient_id),
            col(Job.id) < files.id,
        )
        .order_by(col(Job.id).desc())
        .limit(1)
    )
    async with db.read() as session:
        return (await session.scalars(card)).first()


async def doubt(db: Database, job_id: int) -> None:
    """Something else is written over its message: what stands there is not what it remembers."""
    async with db.work() as work:
        await work.session.execute(update(Job).where(col(Job.id) == job_id).values(said_as=None))
        await work.commit()


async def touch_card(db: Database, round_id: int, now: datetime) -> None:
    """Say the card of a round again, as things are now, whatever stands there."""
    async with db.work() as work:
        card = (col(Job.round_id) == round_id, col(Job.kind) == JobKind.ROUND_REVIEW)
        await work.session.execute(update(Job).where(*card).values(said_as=None))
        await work.touch(*card, now=now)
        await work.commit()


async def file_of_import(db: Database, import_id: int) -> str:
    """Slack's id of the list that a lead sent."""
    async with db.read() as session:
        return (await session.get_one(PeopleImport, import_id)).file
