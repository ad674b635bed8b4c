"""The action plan: next steps with an owner and a date, and what becomes of them (3.8)."""

from collections.abc import Sequence
from datetime import date, timedelta

from pydantic import BaseModel
from sqlmodel import col, func, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.states import ActionState, advance
from bot.domain.timeline import plan_action
from bot.domain.timeline.after import ActionFacts
from bot.domain.timeline.planned import session_key
from bot.domain.words import check_text, clean
from bot.services.access import access_session_row, partner_id, people_in
from bot.services.context import Context
from bot.services.jobs import job_to, jobs_of
from bot.services.seeing import hours_of
from bot.services.sessions.open_for import check_words_after
from bot.store.tables import ActionItem, Job, Person, Session
from bot.store.work import Work

NEXT_STEPS_MAX = 10  # a session; more is a project
FAR = timedelta(days=90)  # later than that its words may be erased before it is asked about
CARDS = (
    JobKind.ACTION_ASK,
    JobKind.ACTION_SAVED,
    JobKind.ACTION_LIST,
    JobKind.ACTION_DUE,
    JobKind.ACTION_FOLLOWUP,
)


class ActionForm(BaseModel, frozen=True):
    """One next step as it was typed; no date means two weeks.

    The owner is "me", "them" (the partner; for the mentor of a trio the mentee) or the id of
    somebody in the session.
    """

    text: str
    due_on: date | None = None
    owner: str = "me"


async def add_actions(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    items: Sequence[ActionForm],
    receipt: str | None = None,
) -> None:
    """Write next steps down; the partner sees them, each owner is asked on the date.

    Raises RuleBroken "blank" at "step_1" when there is none, "too_long" at the step, "date_past"
    and "date_far" at its date ("due_1", …), "too_many_steps"; "not_yours", "not_held".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        session = await access_session_row(work, actor_id, session_id)
        await store_actions(ctx, work, session, actor_id, items)
        await work.commit()


async def store_actions(
    ctx: Context, work: Work, session: Session, actor_id: int, items: Sequence[ActionForm]
) -> None:
    """`add_actions` inside a transaction that has the session already."""
    now = ctx.now()
    check_words_after(session.state, is_erased=session.erased_at is not None)
    wanted = [(n, item) for n, item in enumerate(items, start=1) if clean(item.text)]
    if not wanted:
        raise RuleBroken("blank", field="step_1")
    await _not_too_many(work, session.id, len(wanted))
    actor = await work.session.get_one(Person, actor_id)
    for number, item in wanted:
        await _add(ctx, work, session, actor, number, item)
    saved, listed = JobKind.ACTION_SAVED, JobKind.ACTION_LIST
    # Real time, so that two answers under a clock that stands still are two receipts.
    receipt = session_key(session.id, saved, actor.id, ctx.clock.wall().timestamp())
    await work.plan(job_to(actor, saved, receipt, now=now, session_id=session.id))
    for each in people_in(session):
        if each != actor_id:
            other = await work.session.get_one(Person, each)
            news = session_key(session.id, listed, each)  # one message, kept true
            await work.plan(job_to(other, listed, news, now=now, session_id=session.id))
    await work.touch(Job.session_id == session.id, col(Job.kind).in_(CARDS), now=now)


async def settle_action(ctx: Context, *, actor_id: int, action_id: int, verb: str) -> None:
    """The owner says what became of a next step: "finish", "drop", "keep" or "reopen".

    Raises RuleBroken "not_yours"; NotAllowed "action_…" when the step does not allow it.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        item = await _access_action(work, actor_id, action_id)
        item.state = advance(item.state, verb)
        item.settled_at = None if item.state is ActionState.OPEN else now
        await work.touch(Job.session_id == item.session_id, col(Job.kind).in_(CARDS), now=now)
        await work.commit()


async def _access_action(work: Work, actor_id: int, action_id: int) -> ActionItem:
    """The next step and its session, held for a change; "not_yours" unless the actor owns it."""
    seen = await work.session.get(ActionItem, action_id)
    if seen is None or seen.owner_id != actor_id:
        raise RuleBroken("not_yours")
    await work.lock(Session, seen.session_id)
    item = await work.lock(ActionItem, action_id)
    assert item is not None
    return item


async def _not_too_many(work: Work, session_id: int, more: int) -> None:
    statement = select(func.count()).where(ActionItem.session_id == session_id)
    if (await work.session.execute(statement)).scalar_one() + more > NEXT_STEPS_MAX:
        raise RuleBroken("too_many_steps", field="step_1", limit=NEXT_STEPS_MAX)


def _owner(session: Session, actor_id: int, owner: str) -> int:
    named = int(owner) if owner.isdecimal() else 0
    return named if named in people_in(session) else partner_id(session, actor_id)


async def _add(
    ctx: Context, work: Work, session: Session, actor: Person, number: int, item: ActionForm
) -> None:
    now = ctx.now()
    owner = actor
    if item.owner != "me":
        owner = await work.session.get_one(Person, _owner(session, actor.id, item.owner))
    today = hours_of(actor).local_day(now)  # the calendar they picked the date from
    due_on = item.due_on or today + timedelta(days=14)
    if not today <= due_on <= today + FAR:
        key = "date_past" if due_on < today else "date_far"
        raise RuleBroken(key, field=f"due_{number}")
    row = await work.add(
        ActionItem(
            session_id=session.id,
            owner_id=owner.id,
            author_id=actor.id,
            text=check_text(item.text, field=f"step_{number}"),
            due_on=due_on,
            state=ActionState.OPEN,
            made_at=now,
        )
    )
    planned = plan_action(ActionFacts(row.id, owner.id, hours_of(owner), due_on), now)
    whose, about = owner.workspace_id, row.id
    await work.plan(
        *jobs_of(planned, now=now, workspace_id=whose, session_id=session.id, action_id=about)
    )
