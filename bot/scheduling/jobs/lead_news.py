"""To the leads: something happened in their programme that somebody answers for."""

from typing import Any

from bot.domain.job_kinds import JobKind
from bot.scheduling.look_programmes import leads, programme_id_of
from bot.scheduling.steps import Say, Skip, Step
from bot.services import people, reading
from bot.services.context import Context
from bot.services.lists import queueing
from bot.services.programmes import programmes
from bot.services.programmes.views_programmes import ReviewView
from bot.services.rounds import reviewing
from bot.services.rounds.reviewing_numbers import unsent_people
from bot.services.sessions.disputes import is_disputed
from bot.services.views import PersonView, SessionView
from bot.store.tables import Job

KIND = JobKind.LEAD_NEWS

COUNTED = frozenset({"waiting", "unsent"})
"""News that is none when there is nothing left to count."""


async def prepare(ctx: Context, job: Job) -> Step:
    assert job.note is not None
    programme = await programmes.programme_view(ctx, programme_id=programme_id_of(job))
    review: ReviewView | None = None
    if job.round_id is not None:
        review = await reviewing.review(ctx, round_id=job.round_id)
    count = await _count(ctx, job, review)
    talk: SessionView | None = None
    if job.session_id is not None:
        talk = await reading.session_view(ctx, session_id=job.session_id)
    is_open = talk is not None and is_disputed(talk)
    if job.slack_ts is None and talk is not None and not is_open:
        return Skip("settled")
    if job.slack_ts is None and job.note in COUNTED and count == 0:
        return Skip("settled")
    facts: dict[str, Any] = {
        "programme": programme,
        "round": None if review is None else review.round,
        "count": count,
        # Of a talk the leads hear who and when, and nothing else of it.
        "people": talk.people if talk else await _whom(ctx, job, review),
        "at": talk.starts_at if talk else None,
        "is_open": is_open,
    }
    return Say(KIND, facts, await leads(ctx, programme))


async def _count(ctx: Context, job: Job, review: ReviewView | None) -> int:
    if job.note == "unsent" and review is not None:
        return review.unsent
    if job.note == "waiting":
        return await queueing.count_waiting(ctx, programme_id=programme_id_of(job))
    return 0


async def _whom(ctx: Context, job: Job, review: ReviewView | None) -> tuple[PersonView, ...]:
    """Whom the news is about, where it names somebody."""
    if job.note == "round_gone" and review is not None:
        return review.gone
    if job.note == "unsent" and job.round_id is not None:
        return await unsent_people(ctx, round_id=job.round_id)
    if job.note == "lead_gone":
        person_id = job.dedupe_key.partition(":lead_gone:")[2].partition(":")[0]
        if person_id.isdecimal():
            return (await people.person(ctx, person_id=int(person_id)),)
    return ()
