"""What all that changes a relationship shares: who may, what is said anew, what comes next."""

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RelationshipState, advance
from bot.services.context import Context
from bot.services.jobs import job, job_to
from bot.services.retention import plan_erasing
from bot.services.seeing import hours_of
from bot.store.tables import Job, Person, Relationship
from bot.store.work import Work

LIVE = (RelationshipState.DRAFTING, RelationshipState.ACTIVE)
CARDS = (
    JobKind.FORMAL_ASK,
    JobKind.AGREEMENT_CARD,
    JobKind.AGREEMENT_NUDGE,
    JobKind.AGREEMENT_SIGNED,
    JobKind.REVIEW_CARD,
    JobKind.MOMENTUM,
    JobKind.MOMENTUM_AGAIN,
    JobKind.END_CARD,
    JobKind.SERIES,
    JobKind.TASK_DUE,
)
"""Messages that say how a relationship stands."""


async def access_relationship(work: Work, actor_id: int, relationship_id: int) -> Relationship:
    """The relationship, held for a change; RuleBroken "not_yours" unless it is the actor's."""
    row = await work.lock(Relationship, relationship_id)
    if row is None or actor_id not in (row.mentor_id, row.mentee_id):
        raise RuleBroken("not_yours")
    return row


async def touch_cards(ctx: Context, work: Work, row: Relationship) -> None:
    """Say again how it stands, wherever that is said."""
    await work.session.flush()
    await work.touch(Job.relationship_id == row.id, col(Job.kind).in_(CARDS), now=ctx.now())


async def plan_turn(ctx: Context, work: Work, row: Relationship) -> None:
    """Look at it again on the mentee's next working day."""
    now = ctx.now()
    mentee = await work.session.get_one(Person, row.mentee_id)
    hours = hours_of(mentee)
    tomorrow = hours.day_bounds(hours.local_day(now))[1]
    due = hours.next_open(tomorrow)
    # By the moment: whoever moves to the west has the same day twice.
    key = f"relationship:{row.id}:turn:{due:%Y-%m-%dT%H:%M}"
    await work.plan(
        job(
            JobKind.RELATIONSHIP_TURN,
            key,
            now=now,
            workspace_id=mentee.workspace_id,
            due_at=due,
            relationship_id=row.id,
        )
    )


async def ensure_turns(ctx: Context) -> None:
    """Plan what is missing: the next look at every relationship that nobody would look at again."""
    looked_at = select(Job.relationship_id).where(
        Job.kind == JobKind.RELATIONSHIP_TURN,
        Job.state == JobState.PENDING,
        col(Job.relationship_id).is_not(None),
    )
    statement = select(Relationship.id).where(
        col(Relationship.state).in_(LIVE), col(Relationship.id).not_in(looked_at)
    )
    async with ctx.db.read() as session:
        missing = list((await session.execute(statement)).scalars())
    for relationship_id in missing:
        async with ctx.db.work() as work:
            row = await work.lock(Relationship, relationship_id)
            if row is not None and row.state in LIVE:
                await plan_turn(ctx, work, row)
                await work.commit()


async def plan_erasure(ctx: Context, work: Work, row: Relationship) -> None:
    """What the two wrote is kept for as long as their programme says, and no longer."""
    key = f"relationship:{row.id}:erase"
    await plan_erasing(work, row.programme_id, key, now=ctx.now(), relationship_id=row.id)


async def let_go(
    ctx: Context, work: Work, row: Relationship, *, tell: tuple[int, ...], note: str
) -> None:
    """The draft is dropped; those of `tell` hear of it in the words of `note`."""
    now = ctx.now()
    row.state, row.ended_at = advance(row.state, "drop"), now
    await work.cancel_unsaid(Job.relationship_id == row.id, reason="dropped")
    await touch_cards(ctx, work, row)
    for each in tell:
        person = await work.session.get_one(Person, each)
        key = f"relationship:{row.id}:dropped:{each}"
        news = job_to(person, JobKind.FORMAL_NEWS, key, now=now, note=note, relationship_id=row.id)
        await work.plan(news)
    await plan_erasure(ctx, work, row)
