"""The first draft of an agreement, made from what the two wrote before (6.1)."""

from typing import Any

from sqlmodel import and_, col, or_, select

from bot.domain.job_kinds import JobKind
from bot.domain.programmes import Every
from bot.domain.states import ActionState, SessionState
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.store.tables import (
    ActionItem,
    Agenda,
    Agreement,
    Match,
    Person,
    Relationship,
    Request,
    Session,
)
from bot.store.work import Work

MOST_GOALS = 5


async def draft(ctx: Context, work: Work, row: Relationship) -> None:
    """The first version: what they hoped for and planned, every two weeks for half a year."""
    sessions = await _their_sessions(work, row)
    words = await _words(work, sessions)
    last = sessions[-1] if sessions else None
    row.area = await _area(ctx, work, sessions)
    agreement = Agreement(
        relationship_id=row.id,
        version=1,
        content=words,
        every=Every.TWO_WEEKS,
        length_minutes=last.length_minutes if last else 60,
        by_id=row.mentee_id,
        made_at=ctx.now(),
    )
    await work.add(agreement)
    await plan_cards(ctx, work, row, agreement.version)


async def plan_cards(ctx: Context, work: Work, row: Relationship, version: int) -> None:
    """Show a version to both; each signs it alone."""
    for each in (row.mentee_id, row.mentor_id):
        person = await work.session.get_one(Person, each)
        key = f"relationship:{row.id}:agreement:{version}:{each}"
        card = job_to(
            person,
            JobKind.AGREEMENT_CARD,
            key,
            now=ctx.now(),
            note=str(version),
            relationship_id=row.id,
        )
        await work.plan(card)


async def _their_sessions(work: Work, row: Relationship) -> list[Session]:
    """What took place between the two, the last one last."""
    statement = (
        select(Session)
        .where(
            or_(
                and_(
                    col(Session.mentor_id) == row.mentor_id,
                    col(Session.mentee_id) == row.mentee_id,
                ),
                and_(
                    col(Session.mentor_id) == row.mentee_id,
                    col(Session.mentee_id) == row.mentor_id,
                ),
            ),
            col(Session.state).in_([SessionState.HELD, SessionState.CLOSED]),
        )
        .order_by(col(Session.starts_at), col(Session.id))
    )
    return list((await work.session.execute(statement)).scalars())


async def _words(work: Work, sessions: list[Session]) -> dict[str, Any]:
    """The newest outcome or hope, and the steps that are still open or, without any, the topics."""
    objective: str = ""
    topics: list[str] = []
    for session in sessions:
        request = await _request(work, session)
        agenda = (
            await work.session.execute(select(Agenda).where(Agenda.session_id == session.id))
        ).scalar_one_or_none()
        written = (agenda.content if agenda else None) or {}
        hoped = (request.hoped_for if request else None) or ""
        objective = written.get("outcome") or hoped or objective
        topics = written.get("topics") or topics
    last = sessions[-1] if sessions else None
    return {
        "objective": objective,
        "goals": (await _open_steps(work, sessions) or topics)[:MOST_GOALS],
        "support": "",
        "activities": [],
        "formats": [last.format.value] if last and last.format else [],
        "availability": "",
        "cancelling": "",
        "confidentiality": "",
        "ending": "",
    }


async def _open_steps(work: Work, sessions: list[Session]) -> list[str]:
    statement = (
        select(ActionItem.text)
        .where(
            col(ActionItem.session_id).in_([session.id for session in sessions]),
            ActionItem.state == ActionState.OPEN,
            col(ActionItem.text).is_not(None),
        )
        .order_by(col(ActionItem.id).desc())
    )
    return [text for text in (await work.session.execute(statement)).scalars() if text]


async def _request(work: Work, session: Session) -> Request | None:
    statement = (
        select(Request)
        .join(Match, col(Match.request_id) == Request.id)
        .where(Match.id == session.match_id)
    )
    return (await work.session.execute(statement)).scalar_one_or_none()


async def _area(ctx: Context, work: Work, sessions: list[Session]) -> str:
    """The area the two first met about, as far as it is known."""
    for session in sessions:
        match = await work.session.get_one(Match, session.match_id)
        request = await _request(work, session)
        shared = [key for each in match.reasons for key in each["facts"].get("areas", ())]
        known = [
            key
            for key in (*shared, *(request.areas if request else ()))
            if key in ctx.library.areas
        ]
        if known:
            return str(known[0])
    return ""
