"""Private feedback to the programme: a rating, reported as a mean of five or more; and a sentence
for its author alone (3.10, 3.13)."""

from dataclasses import dataclass
from typing import Final

from sqlmodel import select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.words import check_text
from bot.services.access import access_session_row
from bot.services.context import Context
from bot.services.sessions.open_for import check_words_after
from bot.store.tables import Feedback, Job

RATINGS: Final = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """One person's own feedback; nobody else is ever given one."""

    rating: int
    text: str


async def give(
    ctx: Context,
    *,
    actor_id: int,
    session_id: int,
    rating: int | None,
    text: str = "",
    receipt: str | None = None,
) -> None:
    """Keep this person's feedback, or change it.

    Raises RuleBroken "unknown_choice" at "rating", "too_long" at "sentence", "not_yours",
    "not_held" when the session did not take place or its words were erased.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        session = await access_session_row(work, actor_id, session_id)
        check_words_after(session.state, is_erased=session.erased_at is not None)
        if rating not in RATINGS:
            raise RuleBroken("unknown_choice", field="rating")
        words = check_text(text, field="sentence", required=False) or None
        mine = (Feedback.session_id == session.id, Feedback.person_id == actor_id)
        row = (await work.session.execute(select(Feedback).where(*mine))).scalar_one_or_none()
        if row is None:
            row = Feedback(session_id=session.id, person_id=actor_id, rating=rating, given_at=now)
        row.rating, row.text, row.given_at = rating, words, now
        await work.add(row)
        card = (Job.session_id == session.id, Job.recipient_id == actor_id)
        await work.touch(*card, Job.kind == JobKind.FEEDBACK_ASK, now=now)
        await work.commit()


async def own_feedback(ctx: Context, *, session_id: int, person_id: int) -> FeedbackView | None:
    """What this person themselves gave, for themselves to see."""
    statement = select(Feedback).where(
        Feedback.session_id == session_id, Feedback.person_id == person_id
    )
    async with ctx.db.read() as session:
        row = (await session.execute(statement)).scalar_one_or_none()
    return None if row is None else FeedbackView(row.rating, row.text or "")
