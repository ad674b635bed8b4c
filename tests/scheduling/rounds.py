"""A round whose hour has come, and words that say how far its plan is."""

from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.states import RoundState
from bot.slack.message import Message
from bot.store.tables import Job, Round
from tests.scheduling.clubs import Club
from tests.support.words import PlainWords


class Telling(PlainWords):
    """Says how far a plan is too, and how many introductions were refused."""

    def message(self, name: str, /, **facts: Any) -> Message:
        said = super().message(name, **facts)
        shown = said.text
        if facts.get("progress") is not None:
            shown += f" {facts['progress']} %"
        if name == "round_review" and facts["review"].unsent:
            shown += f" unsent={facts['review'].unsent}"
        return Message(shown, said.blocks)


async def announced(club: Club) -> tuple[Round, Job]:
    """A round whose hour has come, with its card in Slack."""
    row = await club.round(RoundState.ANNOUNCED, run=0)
    card = await club.job(
        JobKind.ROUND_REVIEW, round_id=row.id, dedupe_key=f"round:{row.id}:review"
    )
    return row, card


async def due(club: Club, row: Round) -> Job:
    return await club.job(JobKind.ROUND_RUN, round_id=row.id)
