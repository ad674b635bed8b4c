"""Looking again at what a job is about, when it falls due."""

from dataclasses import dataclass
from typing import Any

from bot.domain.kinds import Outcome, Role
from bot.domain.states import SessionState
from bot.scheduling.steps import Group, Say, Skip, Step
from bot.services import reading
from bot.services.context import Context
from bot.services.views import PersonView, SessionView
from bot.store.tables import Job

AHEAD = frozenset({SessionState.MATCHED, SessionState.SCHEDULED})
"""The states of a session that is still to come."""


class SteppedOut(Exception):
    """The recipient of a job was one of three, and left the other two to go on."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A session as the recipient of a job sees it."""

    session: SessionView
    me: PersonView
    other: PersonView
    role: Role

    def facts(self, **more: Any) -> dict[str, Any]:
        """What every template about a session is given, and more."""
        return {"session": self.session, "other": self.other, "role": self.role, **more}

    def older(self, job: Job) -> bool:
        """Whether the job belongs to a time that was given up since."""
        return job.plan is not None and job.plan != self.session.plan

    @property
    def my_answer(self) -> Outcome | None:
        """What the recipient said to "did it happen?"."""
        return self.session.answer_of(self.me.id)

    @property
    def i_thanked(self) -> bool:
        return self.session.has_thanked(self.me.id)

    @property
    def is_ahead(self) -> bool:
        return self.session.state in AHEAD

    @property
    def is_scheduled(self) -> bool:
        return self.session.state is SessionState.SCHEDULED


async def see(ctx: Context, job: Job) -> Seen:
    """The job's session, seen by its recipient. Raises SteppedOut for who left it."""
    session = await session_of(ctx, job)
    assert job.recipient_id is not None
    if not session.has(job.recipient_id):
        raise SteppedOut
    me = session.person(job.recipient_id)
    return Seen(session, me, session.other(me.id), session.role_of(me.id))


async def session_of(ctx: Context, job: Job) -> SessionView:
    """The job's session."""
    assert job.session_id is not None
    return await reading.session_view(ctx, session_id=job.session_id)


def pair(session: SessionView) -> Group:
    """The group conversation of a session: two people, or three."""
    return Group(session.id, session.group_channel, session.people)


def unsaid(job: Job, **reasons: bool) -> Skip | None:
    """Skip for the first reason that holds, as long as the message does not stand in Slack.

    One that stands there is not left alone when its matter is settled: it is kept true.
    """
    if job.slack_ts is not None:
        return None
    return next((Skip(reason) for reason, holds in reasons.items() if holds), None)


async def while_unwritten(ctx: Context, job: Job) -> Step:
    """Say the job's own words about an agenda, as long as there is none and the talk is to come."""
    seen = await see(ctx, job)
    skip = unsaid(
        job,
        replanned=seen.older(job),
        over=not seen.is_scheduled,
        written=seen.session.agenda is not None,
    )
    return skip or Say(job.kind, seen.facts(), seen.me)


async def while_unthanked(ctx: Context, job: Job) -> Step:
    """Ask for a thank-you, as long as there is none, and somebody who would read it."""
    seen = await see(ctx, job)
    skip = unsaid(
        job,
        over=seen.session.state is not SessionState.HELD,
        sent=seen.i_thanked,
        partner_gone=not seen.session.may_thank(seen.me.id),
    )
    return skip or Say(job.kind, seen.facts(sent=seen.i_thanked), seen.me)
