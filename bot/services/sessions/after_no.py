"""After a "no, it did not take place": a kind choice of what is next (3.7).

Another time is the answer "not yet", which has its own button. What is chosen here changes nothing
but the card it was chosen on; nobody else hears of it.
"""

from typing import Final

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.services.access import access_session_row
from bot.services.context import Context
from bot.store.tables import Job

LET_GO, TALK = "let_go", "talk"
CHOICES: Final = ("no", LET_GO, TALK)
"""What the note of the card may say: nothing chosen yet, let go, or whom to talk to."""


async def choose(ctx: Context, *, actor_id: int, session_id: int, choice: str) -> None:
    """Let the actor's own card say it. Raises RuleBroken "not_yours", "question_over"."""
    async with ctx.db.work() as work:
        await access_session_row(work, actor_id, session_id)
        cards = (
            Job.session_id == session_id,
            Job.recipient_id == actor_id,
            Job.kind == JobKind.OUTCOME_THANKS,
            col(Job.note).in_(CHOICES),
        )
        found = (await work.session.execute(select(Job).where(*cards))).scalars().all()
        if not found:
            raise RuleBroken("question_over")
        for card in found:
            card.note = choice
        await work.session.flush()
        await work.touch(col(Job.id).in_([card.id for card in found]), now=ctx.now())
        await work.commit()
