"""A session of two who know each other: nobody is asked anew, and nobody's place is taken."""

from datetime import datetime

from bot.domain.kinds import Format, Kind
from bot.domain.states import SessionState
from bot.services.context import Context
from bot.services.sessions.planning import replan
from bot.store.tables import Match, Programme, Session
from bot.store.work import Work


async def bring_together(
    ctx: Context,
    work: Work,
    *,
    programme_id: int,
    mentor_id: int,
    mentee_id: int,
    kind: Kind,
    length_minutes: int = 30,
    tie_id: int | None = None,
    relationship_id: int | None = None,
    starts_at: datetime | None = None,
    format: Format | None = None,
    place: str | None = None,
) -> Session:
    """A match and its session, with all that is said because of it; from a tie or a relationship.

    With `starts_at` (UTC) its time stands already. It takes no place of the mentor's month.
    """
    now = ctx.now()
    match = await work.add(
        Match(
            tie_id=tie_id,
            relationship_id=relationship_id,
            mentor_id=mentor_id,
            mentee_id=mentee_id,
            reasons=[],
            made_at=now,
        )
    )
    session = await work.add(
        Session(
            programme_id=programme_id,
            match_id=match.id,
            relationship_id=relationship_id,
            mentor_id=mentor_id,
            mentee_id=mentee_id,
            kind=kind,
            state=SessionState.SCHEDULED if starts_at else SessionState.MATCHED,
            length_minutes=length_minutes,
            format=format,
            place=place,
            starts_at=starts_at,
            plan=int(starts_at is not None),
            matched_at=now,
        )
    )
    programme = await work.session.get_one(Programme, programme_id)
    await replan(ctx, work, session, programme.workspace_id)
    return session
