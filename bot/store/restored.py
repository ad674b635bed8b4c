"""What has to be done to a database that was put back: it does not know what was said since."""

from datetime import datetime

from sqlalchemy import text, update
from sqlmodel import col

from bot.store.due import PENDING
from bot.store.engine import Database
from bot.store.tables import Job, metadata
from bot.store.work import Work

APART = 1_000_000
"""Ids given between the backup and now are in Slack's messages: none of them is given again."""

RESTORED = "restored"
"""The reason of a job that may have been said since the backup, wherever it was to be said."""


async def mark_restored(db: Database, *, now: datetime) -> int:
    """Look in Slack first for everything that was due since the backup, before it is said.

    Returns how many jobs that are. Done more than once it does no harm.
    """
    async with db.work() as work:
        await _jump(work, db.dialect)
        marked = await work.session.execute(
            update(Job)
            .where(col(Job.state) == PENDING, col(Job.due_at) <= now, col(Job.slack_ts).is_(None))
            .where(col(Job.attempts) == 0)
            .values(attempts=1, leased_by=None, leased_until=None, reason=RESTORED)
            .returning(col(Job.id))
            .execution_options(synchronize_session=False)
        )
        count = len(marked.all())
        # What stands in Slack may have been put right since.
        await work.session.execute(update(Job).values(said_as=None))
        await work.commit()
    return count


async def _jump(work: Work, dialect: str) -> None:
    for table in metadata.sorted_tables:
        key = table.autoincrement_column
        if key is None:
            continue
        quoted = f'"{table.name}"'
        highest = f"SELECT COALESCE(MAX({key.name}), 0) FROM {quoted}"  # noqa: S608 - our names
        if dialect == "postgresql":
            sequence = f"pg_get_serial_sequence('{quoted}', '{key.name}')"
            statement = f"SELECT setval({sequence}, ({highest}) + :apart)"
            await work.session.execute(text(statement), {"apart": APART})
            continue
        await work.session.execute(
            text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name}
        )
        statement = f"INSERT INTO sqlite_sequence (name, seq) SELECT :name, ({highest}) + :apart"
        await work.session.execute(text(statement), {"name": table.name, "apart": APART})
