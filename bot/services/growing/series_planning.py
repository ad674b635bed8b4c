"""What is said because of a series: its card, a task whose day has come, a stage that is done."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from bot.domain.hours import moment_at
from bot.domain.job_kinds import JobKind
from bot.domain.series import Series, Task, Whose, due_dates
from bot.domain.states import RelationshipState
from bot.domain.timeline.after import DUE_AT, DUE_NOT_SOONER
from bot.domain.timeline.planned import SNOOZED
from bot.services.context import Context
from bot.services.growing.series_reading import done_rows, series_for
from bot.services.jobs import job, job_to
from bot.services.seeing import hours_of
from bot.store.tables import Job, Person, Relationship, TaskDone
from bot.store.work import Work

CARDS = (JobKind.SERIES, JobKind.TASK_DUE)
NUDGE_FOR = timedelta(days=7)  # after a week the card itself says that it is late


def series_key(relationship_id: int, *parts: object) -> str:
    """The key of something about a pair's series: "series:4:" and the parts."""
    return ":".join(("series", str(relationship_id), *(str(part) for part in parts)))


async def plan_series(ctx: Context, work: Work, row: Relationship) -> None:
    """What a pair that began its series is told: the card to each, and the first tasks' days.

    Does nothing for a pair without one, or before its agreement is signed.
    """
    series = await series_for(work.session, row, ctx.library)
    if series is None or row.state is not RelationshipState.ACTIVE:
        return
    for each in (row.mentee_id, row.mentor_id):
        person = await work.session.get_one(Person, each)
        key = series_key(row.id, "card", each)
        await work.plan(job_to(person, JobKind.SERIES, key, now=ctx.now(), relationship_id=row.id))
    await replan_tasks(ctx, work, row)


async def replan_tasks(ctx: Context, work: Work, row: Relationship) -> None:
    """Drop the nudges that were not said yet and plan those that hold now; show the cards anew.

    A day about which somebody was asked already is not asked about again.
    """
    now = ctx.now()
    await work.session.flush()
    about = (Job.relationship_id == row.id, Job.kind == JobKind.TASK_DUE)
    # One that was put off is left alone: when it is said, it looks again.
    await work.cancel_unsaid(
        *about, ~col(Job.dedupe_key).contains(SNOOZED, autoescape=True), reason="replanned"
    )
    await work.touch(Job.relationship_id == row.id, col(Job.kind).in_(CARDS), now=now)
    series = await series_for(work.session, row, ctx.library)
    if series is None or row.state is not RelationshipState.ACTIVE:
        return
    asked = set(
        await work.session.scalars(
            select(Job.dedupe_key).where(*about, col(Job.slack_ts).is_not(None))
        )
    )
    await work.plan(*await _nudges(ctx, work, row, series, asked))


async def _nudges(
    ctx: Context, work: Work, row: Relationship, series: Series, asked: set[str]
) -> list[Job]:
    people = {each: await work.session.get_one(Person, each) for each in _pair(row)}
    days = done_days(await done_rows(work.session, row.id), people[row.mentee_id])
    assert row.series_on is not None
    due = due_dates(series, row.series_on, days)
    once = f"{ctx.clock.wall().timestamp()}-{ctx.chance.getrandbits(32):08x}"
    planned = []
    for task in series.tasks:
        for who in _owners(task, row) if task.key not in days else ():
            key = series_key(row.id, task.key, due[task.key], who)
            at = _due_at(people[who], due[task.key], ctx.now())
            if at is None or any(each.startswith(f"{key}:") for each in asked):
                continue
            planned.append(_nudge(ctx, people[who], f"{key}:{once}", task, at, row))
    return planned


def _nudge(ctx: Context, to: Person, key: str, task: Task, at: datetime, row: Relationship) -> Job:
    return job(
        JobKind.TASK_DUE,
        key,
        now=ctx.now(),
        workspace_id=to.workspace_id,
        recipient_id=to.id,
        due_at=at,
        expires_at=at + NUDGE_FOR,
        note=task.key,
        relationship_id=row.id,
    )


def _due_at(person: Person, due_on: date, now: datetime) -> datetime | None:
    """Nine o'clock of that day there; today a little later; of a day that went by, never."""
    hours = hours_of(person)
    if due_on < hours.local_day(now):
        return None
    morning = moment_at(due_on, DUE_AT, hours.tz)
    return hours.next_open(morning if morning > now else now + DUE_NOT_SOONER)


def _pair(row: Relationship) -> tuple[int, int]:
    return row.mentee_id, row.mentor_id


def _owners(task: Task, row: Relationship) -> Iterable[int]:
    if task.role is Whose.BOTH:
        return _pair(row)
    return (row.mentor_id if task.role is Whose.MENTOR else row.mentee_id,)


def done_days(rows: dict[str, TaskDone], mentee: Person) -> dict[str, date]:
    """On which of the mentee's days each task was done."""
    hours = hours_of(mentee)
    return {key: hours.local_day(row.done_at) for key, row in rows.items() if row.done_at}


async def plan_stage(ctx: Context, work: Work, row: Relationship, stage: str) -> None:
    """Tell both that a stage is done, once, and what comes next."""
    for each in _pair(row):
        person = await work.session.get_one(Person, each)
        key = series_key(row.id, "stage", stage, each)
        news = job_to(
            person, JobKind.SERIES_STAGE, key, now=ctx.now(), note=stage, relationship_id=row.id
        )
        await work.plan(news)
        await work.want_again(Job.dedupe_key == key, now=ctx.now())  # unticked before it was said
