"""What the database's own clock says, which all processes on it share."""

from datetime import UTC, datetime

from sqlalchemy import text

from bot.store.engine import Database


async def database_now(db: Database) -> datetime | None:
    """Its time (aware UTC); None for SQLite, which has no clock but that of its one process."""
    if db.dialect == "sqlite":
        return None
    async with db.read() as session:
        moment: datetime = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
    return moment.astimezone(UTC)
