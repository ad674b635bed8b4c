"""Everyone enrolled hears of a round once, in their own hours, and says whether they take part."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState
from bot.services.access import active_person
from bot.services.context import Context
from bot.services.jobs import job, job_to
from bot.services.programmes.views_programmes import RoundView
from bot.services.rounds.round_views import view_of
from bot.services.seeing import hours_of
from bot.store.tables import Enrolment, Job, Person, Programme, Round, RoundReply
from bot.store.work import Work

IN_ONE_GO = 500
"""Notices planned in one transaction: others write meanwhile, and Slack waits three seconds."""

HOUR = timedelta(hours=1)
"""How long late joiners are collected, so that several are matched together."""

AFTER_THE_PLAN = (
    RoundState.RUNNING,
    RoundState.PLANNED,
    RoundState.APPROVED,
    RoundState.OPENED,
)

GOES_OUT = (RoundState.APPROVED, RoundState.OPENED)


async def enrolled_people(
    work: Work, programme_id: int, *, after: int = 0, most: int | None = None
) -> list[Person]:
    """Everybody enrolled in the programme who may take part, whatever their roles, by id.

    With `most`, no more than so many, of those whose ids come after `after`.
    """
    enrolled = select(Enrolment.person_id).where(
        Enrolment.programme_id == programme_id, col(Enrolment.ended_at).is_(None)
    )
    statement = (
        select(Person)
        .where(
            col(Person.id).in_(enrolled),
            col(Person.id) > after,
            col(Person.is_deleted).is_(False),
            col(Person.is_bot).is_(False),
            col(Person.is_guest).is_(False),
        )
        .order_by(col(Person.id))
        .limit(most)
    )
    return list((await work.session.execute(statement)).scalars())


async def tell_some(ctx: Context, *, round_id: int, after: int) -> int | None:
    """Plan the notices of the next few people after that id; the last one's id, None at the end.

    Nothing for a round that runs already, or was called off.
    """
    async with ctx.db.work() as work:
        row = await work.lock(Round, round_id)
        if row is None or row.state is not RoundState.ANNOUNCED:
            return None
        people = await enrolled_people(work, row.programme_id, after=after, most=IN_ONE_GO)
        await plan_notices(ctx, work, row, people)
        await work.commit()
    return people[-1].id if len(people) == IN_ONE_GO else None


async def plan_notices(
    ctx: Context, work: Work, row: Round, people: Iterable[Person], *, again: str = ""
) -> None:
    """Tell these people of the round, each once; not those who are away or asked for quiet.

    `again` is part of the key for somebody who left and came back before they were told.
    """
    now = ctx.now()
    notices = []
    for person in people:
        due_at = _hears_at(person, now, row.runs_at)
        if due_at is None:
            continue
        notice = job_to(
            person,
            JobKind.ROUND_NOTICE,
            f"round:{row.id}:notice:{person.id}{again}",
            now=now,
            programme_id=row.programme_id,
            round_id=row.id,
        )
        notice.due_at, notice.expires_at = due_at, row.runs_at
        notices.append(notice)
    await work.plan(*notices)


def _hears_at(person: Person, now: datetime, runs_at: datetime) -> datetime | None:
    """When somebody can hear of a round in their own hours (UTC), None when not before it runs."""
    free_at = now
    if person.is_paused(now):
        if person.paused_until is None:
            return None
        free_at = person.paused_until
    if person.is_away(now) and person.away_until is not None:
        free_at = max(free_at, person.away_until)
    if free_at >= runs_at:
        return None
    due_at = hours_of(person).next_open(free_at)
    return due_at if due_at < runs_at else None


async def reply(
    ctx: Context, *, actor_id: int, round_id: int, is_in: bool, receipt: str | None = None
) -> RoundView:
    """ "Skip this one", or "count me in"; the last word counts, until the plan goes out.

    Who skips after the plan was made is taken out of it; who counts themselves in comes late.
    Raises RuleBroken "not_enrolled", "round_over" (called off, or another came after it),
    "too_late_to_skip" once the introductions go out.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        person = await active_person(work, actor_id)
        seen = await work.session.get(Round, round_id)
        if seen is None or not await _is_enrolled(work, seen.programme_id, actor_id):
            raise RuleBroken("not_enrolled")
        programme = await work.lock(Programme, seen.programme_id)
        row = await work.lock(Round, round_id)
        assert programme is not None
        assert row is not None
        await _check_reply(work, row, is_in)
        await _write_reply(ctx, work, row, person, is_in)
        if is_in and row.state is not RoundState.ANNOUNCED:
            await plan_late(ctx, work, programme, row)
        theirs = (Job.kind == JobKind.ROUND_NOTICE) & (Job.recipient_id == person.id)
        the_leads = Job.kind == JobKind.ROUND_REVIEW  # it says how many take part
        await work.touch(Job.round_id == row.id, theirs | the_leads, now=ctx.now())
        await work.commit()
        return await view_of(ctx, work.session, row, person.id)


async def _check_reply(work: Work, row: Round, is_in: bool) -> None:
    if row.state is RoundState.ANNOUNCED:
        return
    latest = await latest_round(work, row.programme_id)
    if row.state is RoundState.CANCELLED or latest is None or latest.number != row.number:
        raise RuleBroken("round_over")
    if not is_in and row.state in GOES_OUT:
        raise RuleBroken("too_late_to_skip")


async def _write_reply(ctx: Context, work: Work, row: Round, person: Person, is_in: bool) -> None:
    statement = select(RoundReply).where(
        RoundReply.round_id == row.id, RoundReply.person_id == person.id
    )
    said = (await work.session.execute(statement)).scalar_one_or_none()
    if said is None:
        said = RoundReply(round_id=row.id, person_id=person.id, is_in=is_in, answered_at=ctx.now())
    said.is_in, said.answered_at = is_in, ctx.now()
    await work.add(said)


async def bring_into_round(ctx: Context, work: Work, programme: Programme, person: Person) -> None:
    """Somebody has just joined: they hear of the round that was announced, or come late to it."""
    row = await latest_round(work, programme.id)
    if row is None or programme.archived_at is not None:
        return
    if row.state is RoundState.ANNOUNCED:
        await _tell_newcomer(ctx, work, row, person)
        the_leads = (Job.round_id == row.id, Job.kind == JobKind.ROUND_REVIEW)
        await work.touch(*the_leads, now=ctx.now())
    elif row.state in AFTER_THE_PLAN:
        await plan_late(ctx, work, programme, row)


async def _tell_newcomer(ctx: Context, work: Work, row: Round, person: Person) -> None:
    """A notice for them; where one stands from before they left, it is put right instead."""
    theirs = (
        Job.round_id == row.id,
        Job.recipient_id == person.id,
        Job.kind == JobKind.ROUND_NOTICE,
    )
    statement = select(Job).where(*theirs)
    before = list((await work.session.execute(statement)).scalars())
    if any(each.slack_ts is not None for each in before):
        await work.touch(*theirs, now=ctx.now())
    elif not any(each.state is JobState.PENDING for each in before):
        again = f":{len(before) + 1}" if before else ""
        await plan_notices(ctx, work, row, [person], again=again)


async def plan_late(ctx: Context, work: Work, programme: Programme, row: Round) -> None:
    """Match those who came late with those left over, in an hour."""
    now = ctx.now()
    bucket = int(now.timestamp() // HOUR.total_seconds())
    await work.plan(
        job(
            JobKind.LATE_ROUND,
            f"round:{row.id}:late:{bucket}",
            now=now,
            workspace_id=programme.workspace_id,
            due_at=now + HOUR,
            programme_id=programme.id,
            round_id=row.id,
        )
    )


async def latest_round(work: Work, programme_id: int) -> Round | None:
    """The programme's last round, as it was announced (not its late parts), None before any."""
    statement = (
        select(Round)
        .where(
            Round.programme_id == programme_id,
            Round.part == 0,
            Round.state != RoundState.CANCELLED,
        )
        .order_by(col(Round.number).desc())
        .limit(1)
    )
    return (await work.session.execute(statement)).scalar_one_or_none()


async def _is_enrolled(work: Work, programme_id: int, person_id: int) -> bool:
    statement = select(Enrolment.id).where(
        Enrolment.programme_id == programme_id,
        Enrolment.person_id == person_id,
        col(Enrolment.ended_at).is_(None),
    )
    return (await work.session.execute(statement)).first() is not None
