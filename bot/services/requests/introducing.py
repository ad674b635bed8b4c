"""From a talk the mentor names somebody: better placed for it, or worth knowing (3.5, 3.12).

The mentee is asked first, then the one who is named; nobody hears of it before.
"""

from datetime import datetime

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import ReferralKind
from bot.domain.states import ReferralState, SessionState, advance
from bot.domain.words import check_text
from bot.services.access import access_session_row, active_person, hold_routing, people_in
from bot.services.context import Context
from bot.services.jobs import job, job_to
from bot.services.requests.referrals import OPEN_REFERRALS, settle, tell_how_it_ended
from bot.services.requests.referring import ask_first, somebody_else
from bot.services.seeing import hours_of
from bot.store.tables import Person, Referral, Session
from bot.store.work import Work

FOLLOW_UP_DAYS = 2  # working days after an introduction: promptly, while it is fresh


async def name_in_session(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    to_id: int,
    kind: ReferralKind,
    words: str = "",
    receipt: str | None = None,
) -> None:
    """The mentor of a session names somebody for their mentee, who is asked first.

    Raises RuleBroken "not_yours" for anybody but the mentor; at "person": "referral_in_it",
    "referral_named" for somebody who is named already, and what `referring.somebody_else` raises;
    "too_long" at "why"; NotAllowed "session_…" for somebody better placed once the talk is over,
    or for one that was called off. AlreadyDone for a receipt seen before.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        actor = await active_person(work, actor_id)
        await hold_routing(work, actor.workspace_id)
        session = await access_session_row(work, actor_id, session_id)
        if actor_id != session.mentor_id:
            raise RuleBroken("not_yours")
        if kind is ReferralKind.INSTEAD or session.state is SessionState.CANCELLED:
            advance(session.state, "cancel")  # only what may be called off can go elsewhere
        mentee = await work.session.get_one(Person, session.mentee_id)
        person = await somebody_else(ctx, work, actor, mentee, to_id)
        await _not_yet_named(work, session, person.id)
        referral = Referral(
            workspace_id=actor.workspace_id,
            kind=kind,
            session_id=session.id,
            from_id=actor.id,
            to_id=person.id,
            for_id=mentee.id,
            words=check_text(words, field="why", required=False) or None,
            state=ReferralState.NAMED,
            made_at=now,
        )
        await ask_first(ctx, work, await work.add(referral), mentee)
        await work.commit()


async def welcome(ctx: Context, *, actor_id: int, referral_id: int) -> None:
    """The person named would like to meet them: all three want it, and are introduced.

    Raises RuleBroken "not_yours"; NotAllowed "referral_named" or "referral_over".
    """
    async with ctx.db.work() as work:
        referral = await _access_named(work, actor_id, referral_id)
        now = ctx.now()
        await settle(work, referral, "accept", now)
        await _introduce(work, referral, now)
        await work.commit()


async def pass_on(ctx: Context, *, actor_id: int, referral_id: int) -> None:
    """The person named would rather not; the mentee is told kindly. Raises as `welcome` does."""
    async with ctx.db.work() as work:
        referral = await _access_named(work, actor_id, referral_id)
        await settle(work, referral, "decline", ctx.now())
        await tell_how_it_ended(work, referral, ctx.now(), mentee_too=True)
        await work.commit()


async def _introduce(work: Work, referral: Referral, now: datetime) -> None:
    key, whose = f"referral:{referral.id}", referral.id
    mentee = await work.session.get_one(Person, referral.for_id)
    together = job(
        JobKind.INTRO_THREE,
        f"{key}:three",
        now=now,
        workspace_id=referral.workspace_id,
        referral_id=whose,
    )
    soon = job_to(mentee, JobKind.INTRO_FOLLOWUP, f"{key}:followup", now=now, referral_id=whose)
    soon.due_at = hours_of(mentee).add_working_days(now, FOLLOW_UP_DAYS)
    await work.plan(together, soon)


async def _not_yet_named(work: Work, session: Session, person_id: int) -> None:
    if person_id in people_in(session):
        raise RuleBroken("referral_in_it", field="person")
    statement = select(Referral.id).where(
        Referral.session_id == session.id,
        Referral.to_id == person_id,
        col(Referral.state).in_(OPEN_REFERRALS),
    )
    if (await work.session.execute(statement)).first() is not None:
        raise RuleBroken("referral_named", field="person")


async def _access_named(work: Work, actor_id: int, referral_id: int) -> Referral:
    """An introduction to this person, held for a change."""
    actor = await active_person(work, actor_id)
    await hold_routing(work, actor.workspace_id)
    referral = await work.lock(Referral, referral_id)
    if (
        referral is None
        or referral.to_id != actor_id
        or referral.kind is not ReferralKind.INTRODUCTION
    ):
        raise RuleBroken("not_yours")
    return referral
