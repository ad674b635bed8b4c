"""After the hour: did it happen, and the thanks both ways (3.7, 3.9)."""

from datetime import datetime

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Outcome
from bot.domain.outcome import Verdict, settle
from bot.domain.states import SessionState, advance, may
from bot.domain.timeline import plan_follow_up, plan_missed
from bot.domain.timeline.planned import Planned, session_key
from bot.domain.words import check_text
from bot.services.access import access_session_row, hold_routing, partner_ids, people_in
from bot.services.context import Context
from bot.services.jobs import Subject, job_to, jobs_of
from bot.services.sessions.disputes import note_dispute
from bot.services.sessions.open_for import check_read_by, check_words_after
from bot.services.sessions.planning import SHOWS_THE_TIME, facts_of
from bot.services.sessions.preparing import AGENDA_CARDS, CHECKLISTS
from bot.services.sessions.public_thanks import may_be_shown
from bot.services.sessions.silence import count_silence, hear
from bot.services.sessions.timing import unset
from bot.store.tables import Answer, Job, Person, Session, ThankYou
from bot.store.work import Work

OUTCOME_CARDS = (JobKind.OUTCOME_ASK, JobKind.OUTCOME_NUDGE)
LOOKS_AHEAD = (*SHOWS_THE_TIME, *CHECKLISTS, *AGENDA_CARDS)
"""Messages that speak of a session to come, and offer what can only be done before it."""
STANDS_WHEN_HELD = (
    JobKind.OUTCOME_ASK,
    JobKind.OUTCOME_THANKS,
    JobKind.OUTCOME_DEADLINE,  # who never answers is counted then
    JobKind.LEAD_NEWS,
)
THIRD = "third"
"""The note of a thank-you from the third of a trio: the mentor gets one from each who learned."""
THANKS_CARDS = (JobKind.THANKS_ASK, JobKind.THANKS_NUDGE)
ASKED_ABOUT = (SessionState.SCHEDULED, SessionState.HELD, SessionState.MISSED)


async def report_outcome(
    ctx: Context, *, actor_id: int, session_id: int, plan: int, outcome: Outcome
) -> None:
    """Keep one person's answer to "did it happen?" and draw the consequence of both.

    `plan` is the session's plan that was asked about. Raises RuleBroken "not_yours", "too_early",
    "question_over" when the session was given another time meanwhile or is over.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        session = await access_session_row(work, actor_id, session_id)
        _may_answer(session, plan, ctx)
        await _keep(ctx, work, session, actor_id, plan, outcome)
        actor = await work.session.get_one(Person, actor_id)
        hear(actor)
        kind = JobKind.OUTCOME_THANKS
        key = session_key(session.id, plan, kind, actor_id, outcome)
        await work.plan(
            job_to(actor, kind, key, now=now, note=outcome.value, session_id=session.id)
        )  # before what follows from it, so that it is said first
        await _settle(ctx, work, session, plan, actor_id, deadline_passed=False)
        await work.touch(Job.session_id == session.id, col(Job.kind).in_(OUTCOME_CARDS), now=now)
        await work.commit()


async def outcome_deadline(ctx: Context, *, session_id: int, plan: int) -> None:
    """Three working days went by: settle by the answers there are, and count who gave none."""
    async with ctx.db.work() as work:
        seen = await work.session.get(Session, session_id)
        if seen is None:
            return
        mentee = await work.session.get_one(Person, seen.mentee_id)
        await hold_routing(work, mentee.workspace_id)  # whoever is paused may have offers
        session = await work.lock(Session, session_id)
        if session is None or session.plan != plan or session.state not in ASKED_ABOUT:
            return
        if session.state is SessionState.SCHEDULED:
            await _settle(ctx, work, session, plan, session.mentee_id, deadline_passed=True)
        cards = (Job.session_id == session.id, col(Job.kind).in_(OUTCOME_CARDS))
        await work.touch(*cards, now=ctx.now())
        await count_silence(ctx, work, session, plan)
        await work.commit()


async def thank(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    text: str,
    may_show: bool = False,
    receipt: str | None = None,
) -> None:
    """Send one half of the thanks to the partner, or partners, once.

    `may_show`: the writer would have it in the programme's channel, if the reader agrees.

    Raises RuleBroken "blank" or "too_long" at "thanks", "thanked_already", "not_yours",
    "not_held" when the session did not take place, "deactivated" when nobody is there to read it.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        session = await access_session_row(work, actor_id, session_id)
        await store_thanks(ctx, work, session, actor_id, text, may_show=may_show)
        await work.commit()


async def store_thanks(
    ctx: Context,
    work: Work,
    session: Session,
    actor_id: int,
    text: str,
    *,
    may_show: bool = False,
) -> None:
    """The same for a session that the caller holds, and whose the actor is."""
    check_words_after(session.state, is_erased=session.erased_at is not None)
    partners = [await work.session.get_one(Person, each) for each in partner_ids(session, actor_id)]
    check_read_by(partners)
    words = check_text(text, field="thanks")
    mine = (ThankYou.session_id == session.id, ThankYou.from_id == actor_id)
    if (await work.session.execute(select(ThankYou.id).where(*mine))).first() is not None:
        raise RuleBroken("thanked_already")
    row = ThankYou(session_id=session.id, from_id=actor_id, text=words, sent_at=ctx.now())
    row.may_show = may_show and await may_be_shown(work, session)
    await work.add(row)
    await _plan_thanks(ctx, work, session, actor_id, partners)


async def _plan_thanks(
    ctx: Context, work: Work, session: Session, actor_id: int, partners: list[Person]
) -> None:
    """A receipt for the one, the thank-you for the others; no question about it stays open."""
    now = ctx.now()
    subject: Subject = {"session_id": session.id}
    actor = await work.session.get_one(Person, actor_id)
    saved, card = JobKind.THANKS_SAVED, JobKind.THANKS_CARD
    jobs = [job_to(actor, saved, session_key(session.id, saved, actor_id), now=now, **subject)]
    note = THIRD if actor_id == session.third_id else None
    for count, other in enumerate(partners):
        to = (other.id,) if count else ()  # the mentor of a trio thanks two
        key = session_key(session.id, card, actor_id, *to)
        if not other.is_deleted:
            jobs.append(job_to(other, card, key, now=now, note=note, **subject))
    await work.plan(*jobs)
    questions = (
        Job.session_id == session.id,
        Job.recipient_id == actor_id,
        col(Job.kind).in_(THANKS_CARDS),
    )
    await work.touch(*questions, now=now)


def _may_answer(session: Session, plan: int, ctx: Context) -> None:
    waiting = session.state is SessionState.SCHEDULED and session.plan == plan
    # "Not yet" opened the next plan; the partner's late yes to the last one is still believed.
    after_not_yet = session.state is SessionState.MATCHED and session.plan == plan + 1
    settled = session.state in (SessionState.HELD, SessionState.MISSED) and session.plan == plan
    if not (waiting or after_not_yet or settled):
        raise RuleBroken("question_over")
    if session.starts_at is not None and session.starts_at > ctx.now():
        raise RuleBroken("too_early")


async def _keep(
    ctx: Context, work: Work, session: Session, actor_id: int, plan: int, outcome: Outcome
) -> None:
    statement = select(Answer).where(
        Answer.session_id == session.id, Answer.plan == plan, Answer.person_id == actor_id
    )
    row = (await work.session.execute(statement)).scalar_one_or_none()
    if row is None:
        row = Answer(
            session_id=session.id,
            plan=plan,
            person_id=actor_id,
            outcome=outcome,
            answered_at=ctx.now(),
        )
    row.outcome, row.answered_at = outcome, ctx.now()
    await work.add(row)


async def _settle(
    ctx: Context, work: Work, session: Session, plan: int, actor_id: int, *, deadline_passed: bool
) -> None:
    statement = select(Answer).where(Answer.session_id == session.id, Answer.plan == plan)
    given = {
        row.person_id: row.outcome for row in (await work.session.execute(statement)).scalars()
    }
    mentor, *learners = (given.get(each) for each in people_in(session))
    settled = settle(mentor, learners[0], deadline_passed, *learners[1:])
    await note_dispute(ctx, work, session, plan, disputed=settled.disputed)
    verb = settled.verdict.verb
    if verb is None or not may(session.state, verb):
        return
    session.state = advance(session.state, verb)
    if settled.verdict is Verdict.HELD:
        await _held(ctx, work, session)
    elif settled.verdict is Verdict.NOT_YET:
        await _not_yet(ctx, work, session, actor_id)
    else:
        await _missed(ctx, work, session)


async def _held(ctx: Context, work: Work, session: Session) -> None:
    now = ctx.now()
    session.held_at = now
    # Both are asked, so the partner's own question stands (3.7).
    await work.cancel_unsaid(
        Job.session_id == session.id, col(Job.kind).not_in(STANDS_WHEN_HELD), reason="held"
    )
    await work.touch(Job.session_id == session.id, col(Job.kind).in_(LOOKS_AHEAD), now=now)
    await _plan(work, session, plan_follow_up(await facts_of(work, session), now), now)


async def _not_yet(ctx: Context, work: Work, session: Session, actor_id: int) -> None:
    # It may have counted as missed, and was going to be closed for that.
    await work.cancel_unsaid(
        Job.session_id == session.id, Job.kind == JobKind.CLOSE, reason="not_yet"
    )
    session.cancel_reason = None  # why an earlier time fell through, which is another story
    await unset(ctx, work, session, actor_id)


async def _missed(ctx: Context, work: Work, session: Session) -> None:
    now = ctx.now()
    await work.cancel_unsaid(
        Job.session_id == session.id, col(Job.kind).in_(OUTCOME_CARDS), reason="settled"
    )
    await work.touch(Job.session_id == session.id, col(Job.kind).in_(LOOKS_AHEAD), now=now)
    await _plan(work, session, plan_missed(await facts_of(work, session), now), now)


async def _plan(work: Work, session: Session, planned: list[Planned], now: datetime) -> None:
    mentee = await work.session.get_one(Person, session.mentee_id)
    whose = mentee.workspace_id
    await work.plan(
        *jobs_of(planned, now=now, workspace_id=whose, session_id=session.id, plan=session.plan)
    )
