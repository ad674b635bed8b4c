"""A relationship looked at each working day: the next session, the momentum, the review, the end.

What is due follows from the facts alone, and each thing is said once for its own reason: a day on
which nobody looked is made up for on the next.
"""

from datetime import UTC, datetime, time, timedelta

from sqlmodel import col, select

from bot.domain.agreements import INTERVAL, QUIET_AFTER, STILL_AFTER, reviews_on
from bot.domain.job_kinds import JobKind
from bot.domain.states import RelationshipState, SessionState
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.growing.agreements import newest
from bot.services.growing.ending import end_row
from bot.services.growing.meeting_again import last_held, plan_ahead, sessions_of
from bot.services.growing.relationships import let_go, plan_turn
from bot.services.jobs import job_to
from bot.services.seeing import hours_of
from bot.store.tables import Agreement, Person, Programme, Relationship, Session
from bot.store.work import Work

NUDGED_AFTER = 3  # working days in which somebody has not signed
LAPSES_AFTER = timedelta(weeks=4)
SOON = timedelta(days=3)  # a session so near needs no word about momentum


async def turn(ctx: Context, *, relationship_id: int) -> None:
    """See what is due for it today, and plan the next look; quiet for one that is over."""
    async with ctx.db.work() as work:
        seen = await work.session.get(Relationship, relationship_id)
        if seen is None:
            return
        programme = await work.session.get_one(Programme, seen.programme_id)
        await hold_routing(work, programme.workspace_id)  # a session may have to be called off
        row = await work.lock(Relationship, relationship_id)
        assert row is not None
        if row.state is RelationshipState.DRAFTING:
            await _draft_waits(ctx, work, row)
        elif row.state is RelationshipState.ACTIVE:
            await _goes_on(ctx, work, row)
        else:
            return
        if row.state in (RelationshipState.DRAFTING, RelationshipState.ACTIVE):
            await plan_turn(ctx, work, row)
        await work.commit()


async def _draft_waits(ctx: Context, work: Work, row: Relationship) -> None:
    """Whoever has not signed is reminded once; after four weeks it is let go, and both are told."""
    now = ctx.now()
    agreement = await newest(work, row.id)
    since = agreement.made_at if agreement else row.began_at
    if now - since >= LAPSES_AFTER:
        both = (row.mentee_id, row.mentor_id)
        tell = both if agreement or row.asked_by_id is None else (row.asked_by_id,)
        await let_go(ctx, work, row, tell=tell, note="lapsed")
        return
    if agreement is None:
        return
    for person_id, signed_at in (
        (row.mentee_id, agreement.mentee_signed_at),
        (row.mentor_id, agreement.mentor_signed_at),
    ):
        person = await work.session.get_one(Person, person_id)
        if signed_at is None and now >= hours_of(person).add_working_days(since, NUDGED_AFTER):
            await _nudge(ctx, work, row, person, JobKind.AGREEMENT_NUDGE, str(agreement.version))


async def _goes_on(ctx: Context, work: Work, row: Relationship) -> None:
    mentee = await work.session.get_one(Person, row.mentee_id)
    mentor = await work.session.get_one(Person, row.mentor_id)
    today = hours_of(mentee).local_day(ctx.now())
    if row.ends_on is not None and today >= row.ends_on:
        await end_row(ctx, work, row, by=None)
        return
    agreement = await in_force(work, row)
    if row.review_on is not None and today >= row.review_on:
        for person in (mentee, mentor):
            await _nudge(ctx, work, row, person, JobKind.REVIEW_CARD, str(row.review_on))
        assert row.started_on is not None
        row.review_on = reviews_on(row.started_on, agreement.months, today)
    await plan_ahead(ctx, work, row, agreement)
    await _momentum(ctx, work, row, agreement, (mentee, mentor))


async def in_force(work: Work, row: Relationship) -> Agreement:
    """The version both have signed."""
    statement = select(Agreement).where(
        Agreement.relationship_id == row.id, col(Agreement.version) == row.version
    )
    return (await work.session.execute(statement)).scalar_one()


async def _momentum(
    ctx: Context, work: Work, row: Relationship, agreement: Agreement, pair: tuple[Person, Person]
) -> None:
    """Too long without a session: a quiet word, and later the offer to wind up or begin afresh."""
    now = ctx.now()
    sessions = await sessions_of(work, row)
    if any(one.is_paused(now) or one.is_away(now) for one in pair) or _about_to(sessions, now):
        return
    since = quiet_since(row, sessions)
    gap = (now - since) / INTERVAL[agreement.every]
    if gap < QUIET_AFTER:
        return
    kind = JobKind.MOMENTUM if gap < STILL_AFTER else JobKind.MOMENTUM_AGAIN
    for person in pair:
        await _nudge(ctx, work, row, person, kind, f"{since:%Y-%m-%d}")


def _about_to(sessions: list[Session], now: datetime) -> bool:
    """Whether one is due within days, or was just now and nobody has said how it went."""
    return any(
        each.state is SessionState.SCHEDULED
        and each.starts_at is not None
        and each.starts_at <= now + SOON
        for each in sessions
    )


def quiet_since(row: Relationship, sessions: list[Session]) -> datetime:
    """Since when they have not talked: their last session, their fresh start, or the beginning."""
    assert row.started_on is not None
    beginning = datetime.combine(row.started_on, time(), UTC)
    return max(at for at in (beginning, row.fresh_at, last_held(sessions)) if at is not None)


async def _nudge(
    ctx: Context, work: Work, row: Relationship, person: Person, kind: JobKind, about: str
) -> None:
    key = f"relationship:{row.id}:{kind}:{about}:{person.id}"
    await work.plan(job_to(person, kind, key, now=ctx.now(), note=about, relationship_id=row.id))
