"""The open board (1.6): a request that found nobody is shown in its channel; the first claim wins.

Nothing of it that anybody wrote is shown there, and no name.
"""

from sqlmodel import col, select

from bot.domain.errors import NotAllowed, RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import OfferState, RequestState, advance
from bot.services.access import active_person, hold_routing
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.reading import session_view
from bot.services.requests.answering import start_session
from bot.services.requests.candidate_rules import kept_apart
from bot.services.requests.capacity import free_place, take_place
from bot.services.sessions.planning import replan
from bot.services.views import SessionView
from bot.store.tables import Enrolment, Job, Match, Person, Programme, Request
from bot.store.work import Work


async def claim(
    ctx: Context, *, actor_id: int, request_id: int, receipt: str | None = None
) -> SessionView:
    """Somebody who saw a request on the board takes it up: a session of the two.

    Whoever has no room left may still do so: it is their own wish. Raises RuleBroken "bot",
    "guest", "deactivated", "not_yours" for what is on no board, "board_own" and "board_apart";
    NotAllowed "board_taken" when somebody was first, or it is settled otherwise, and "offer_over"
    when it was they who were first; AlreadyDone for a receipt seen before.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        helper = await active_person(work, actor_id)
        await hold_routing(work, helper.workspace_id)
        request = await _on_board(work, helper, request_id)
        mentee = await work.session.get_one(Person, request.mentee_id)
        await _may_help(ctx, work, request, mentee, helper)
        now = ctx.now()
        place = await free_place(work, helper.id, request.programme_id, now)
        request.state, request.settled_at = advance(request.state, "match"), now
        session = await start_session(work, request, helper.id, (), now)
        if place is not None:
            programme_id = request.programme_id
            await take_place(work, programme_id, helper.id, place, match_id=session.match_id)
        await _tell(ctx, work, request, mentee)
        await replan(ctx, work, session, helper.workspace_id)
        await work.commit()
    return await session_view(ctx, session_id=session.id)


async def _on_board(work: Work, helper: Person, request_id: int) -> Request:
    """The request, held for a change, while it waits on a board of this workspace."""
    request = await work.lock(Request, request_id)
    if request is None:
        raise RuleBroken("not_yours")
    programme = await work.session.get_one(Programme, request.programme_id)
    if programme.workspace_id != helper.workspace_id or programme.channel is None:
        raise RuleBroken("not_yours")
    if request.mentee_id == helper.id:
        raise RuleBroken("board_own", programme=programme.name)
    if request.state is RequestState.MATCHED and await _took_it(work, helper, request):
        raise NotAllowed("offer_over", state=OfferState.ACCEPTED.value, verb="accept")
    if request.state is not RequestState.WAITING or not programme.open_board:
        raise NotAllowed("board_taken", state=request.state.value, verb="match")
    return request


async def _took_it(work: Work, helper: Person, request: Request) -> bool:
    """Whether it was this person who claimed it."""
    theirs = select(Match.id).where(Match.request_id == request.id, Match.mentor_id == helper.id)
    return (await work.session.execute(theirs)).first() is not None


async def _may_help(
    ctx: Context, work: Work, request: Request, mentee: Person, helper: Person
) -> None:
    """Whoever says that they can help knows the topic; every other rule of the programme holds.

    Somebody with whom it was called off, and whom the mentee asked me not to ask again, is apart.
    """
    theirs = Enrolment(  # not to be kept
        programme_id=request.programme_id,
        person_id=helper.id,
        role=Role.MENTOR,
        areas=request.areas,
        windows=[],
        created_at=ctx.now(),
    )
    mentors = {helper.id: (theirs, helper)}
    apart = await kept_apart(work, request, mentee, mentors, ctx.now())
    if apart or helper.id in request.not_again:
        raise RuleBroken("board_apart", state=request.state.value)


async def _tell(ctx: Context, work: Work, request: Request, mentee: Person) -> None:
    """The requester hears the good news; the card in the channel, and all else, is put right."""
    now = ctx.now()
    news = (Job.request_id == request.id, col(Job.kind) != JobKind.REQUEST_RECEIPT)
    await work.cancel_unsaid(*news, reason="matched")
    await work.touch(Job.request_id == request.id, now=now)
    told = job_to(
        mentee,
        JobKind.REQUEST_NEWS,
        f"request:{request.id}:news:matched",
        now=now,
        note="matched",
        request_id=request.id,
    )
    await work.plan(told)
