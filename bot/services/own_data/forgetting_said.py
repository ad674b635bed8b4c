"""What Lantern has said to and of somebody who is forgotten: said anew, without them."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, delete, update
from sqlmodel import col, or_, select

from bot.domain.job_kinds import FILES, JobKind
from bot.domain.states import JobState
from bot.store.personal_tables import relationships_of, requests_of, sessions_of
from bot.store.tables import Job, Offer, Referral, RoundLeft, RoundPair, Tie
from bot.store.work import Work

_LASTING = (JobKind.FORGET, JobKind.LAST_TRACES, JobKind.FORGOTTEN, JobKind.BLANKED)
_ABOUT = ("request", "offer", "session", "action", "draft", "programme", "round", "import")
_ABOUT_TOO = ("referral", "tie", "relationship")
_NOTHING: dict[str, Any] = {f"{each}_id": None for each in (*_ABOUT, *_ABOUT_TOO)}


async def say_anew(work: Work, person_id: int, now: datetime) -> None:
    """The messages to others that name them, or quote what goes, are put right where they stand."""
    offers = select(col(Offer.id)).where(
        or_(col(Offer.mentor_id) == person_id, col(Offer.request_id).in_(requests_of(person_id)))
    )
    put = select(col(Offer.request_id)).where(col(Offer.mentor_id) == person_id)
    ties = select(col(Tie.id)).where(
        or_(col(Tie.first_id) == person_id, col(Tie.second_id) == person_id)
    )
    named = select(col(Referral.id)).where(
        or_(
            col(Referral.from_id) == person_id,
            col(Referral.to_id) == person_id,
            col(Referral.for_id) == person_id,
        )
    )
    paired = select(col(RoundPair.round_id)).where(
        or_(
            col(RoundPair.mentor_id) == person_id,
            col(RoundPair.mentee_id) == person_id,
            col(RoundPair.third_id) == person_id,
        )
    )
    left = select(col(RoundLeft.round_id)).where(col(RoundLeft.person_id) == person_id)
    about_them = or_(
        col(Job.session_id).in_(sessions_of(person_id)),
        col(Job.request_id).in_(requests_of(person_id)),
        col(Job.request_id).in_(put),
        col(Job.offer_id).in_(offers),
        col(Job.relationship_id).in_(relationships_of(person_id)),
        col(Job.tie_id).in_(ties),
        col(Job.referral_id).in_(named),
        col(Job.round_id).in_(paired),
        col(Job.round_id).in_(left),
    )
    others = or_(col(Job.recipient_id).is_(None), col(Job.recipient_id) != person_id)
    await work.touch(about_them, others, col(Job.kind).not_in(FILES), now=now)


async def blank(work: Work, person_id: int, now: datetime) -> None:
    """Lantern's messages to them are replaced by one line; what was never said is dropped.

    One on its way to Slack this moment is replaced as soon as it has arrived. Files that were sent
    to them are deleted in the same way: there is nothing in a file to put right.
    """
    theirs = (col(Job.recipient_id) == person_id, col(Job.kind).not_in(_LASTING))
    said = col(Job.slack_ts).is_not(None)
    on_its_way = and_(col(Job.state) == JobState.PENDING, col(Job.attempts) > 0)
    await work.session.execute(
        delete(Job).where(*theirs, ~said, ~on_its_way).execution_options(synchronize_session=False)
    )
    await work.session.execute(
        update(Job)
        .where(*theirs)
        .values(
            kind=JobKind.BLANKED,
            revision=Job.revision + 1,
            state=JobState.PENDING,
            due_at=case((said, now), else_=Job.due_at),
            attempts=case((said, 0), else_=Job.attempts),
            expires_at=None,
            snoozed_until=None,
            note=None,
            reason=None,
            plan=None,
            **_NOTHING,
        )
        .execution_options(synchronize_session=False)
    )
