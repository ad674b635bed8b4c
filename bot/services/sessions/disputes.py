"""Two answers to "did it happen?" that contradict each other: a fact for the leads (3.7).

They hear of names and a date, and of nothing that anybody said or wrote.
"""

from typing import Final

from bot.domain.job_kinds import JobKind
from bot.domain.outcome import settle
from bot.services.context import Context
from bot.services.programmes.leads import is_led, plan_news
from bot.services.views import SessionView
from bot.store.tables import Job, Programme, Session
from bot.store.work import Work

DISAGREEMENT: Final = "disagreement"


async def note_dispute(
    ctx: Context, work: Work, session: Session, plan: int, *, disputed: bool
) -> None:
    """Tell the leads once about each time; what was told is put right when the two agree after all.

    For a transaction that has the session.
    """
    told = (
        Job.session_id == session.id,
        Job.kind == JobKind.LEAD_NEWS,
        Job.note == DISAGREEMENT,
    )
    await work.touch(*told, now=ctx.now())
    programme = await work.session.get_one(Programme, session.programme_id)
    if disputed and await is_led(work, programme):
        once = f"{DISAGREEMENT}:{session.id}:{plan}"
        await plan_news(ctx, work, programme, DISAGREEMENT, once=once, session_id=session.id)


def is_disputed(view: SessionView) -> bool:
    """Whether the answers as they are now contradict each other."""
    mentor, *learners = (view.answer_of(one.id) for one in view.people)
    return settle(mentor, learners[0], False, *learners[1:]).disputed
