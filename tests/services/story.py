"""A pair on their way through the use cases, for tests: told by what people do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Outcome
from bot.domain.states import JobState
from bot.services import reading
from bot.services.context import Context
from bot.services.requests import answering, asking
from bot.services.sessions import following, timing
from bot.services.views import RequestView, SessionView
from bot.store.tables import Job, Offer, Person
from tests.support.clock import HandClock
from tests.support.facts import Facts


@contextmanager
def breaks(
    key: str, field: str | None = None, kind: type[RuleBroken] = RuleBroken
) -> Iterator[Any]:
    """The block breaks the rule `key`, shown at `field`."""
    with pytest.raises(kind) as caught:
        yield caught
    assert (caught.value.key, caught.value.field) == (key, field)


@dataclass
class Story:
    """The use cases, in the order in which a pair lives through them."""

    ctx: Context
    clock: HandClock
    facts: Facts

    async def asks(self, mentee: Person, receipt: str | None = None, **form: Any) -> RequestView:
        """`mentee` asks for a flash session, unless told otherwise."""
        given = {
            "kind": Kind.FLASH,
            "topic": "Speaking up in meetings",
            "hoped_for": "One thing to try",
            **form,
        }
        return await asking.ask(
            self.ctx, asker_id=mentee.id, form=asking.AskForm(**given), receipt=receipt
        )

    async def asked(self, request: RequestView) -> int | None:
        """Who is asked just now; what the request itself tells nobody."""
        if request.offer_id is None:
            return None
        offer: Offer = await self.facts.one(Offer, request.offer_id)
        return offer.mentor_id

    async def matched(self, mentor: Person, mentee: Person, **form: Any) -> SessionView:
        """A session of the two, without a time; nobody else may be free to mentor."""
        request = await self.asks(mentee, **form)
        assert request.offer_id is not None
        assert await self.asked(request) == mentor.id
        return await answering.accept(self.ctx, actor_id=mentor.id, offer_id=request.offer_id)

    async def scheduled(
        self, mentor: Person, mentee: Person, ahead: timedelta = timedelta(days=4), **form: Any
    ) -> SessionView:
        """The same, with a time `ahead` of now: Friday at ten, unless told otherwise."""
        session = await self.matched(mentor, mentee, **form)
        return await timing.set_time(
            self.ctx,
            actor_id=mentee.id,
            session_id=session.id,
            starts_at=self.ctx.now() + ahead,
        )

    async def over(self, mentor: Person, mentee: Person, **form: Any) -> SessionView:
        """The same, and the hour has gone by; nobody said yet whether it took place."""
        session = await self.scheduled(mentor, mentee, **form)
        await self.at(session.starts_at, hours=2)
        return session

    async def held(self, mentor: Person, mentee: Person, **form: Any) -> SessionView:
        """The same, and the mentee said that it took place."""
        session = await self.over(mentor, mentee, **form)
        await self.reports(mentee, session, Outcome.YES)
        return await self.seen(session)

    async def reports(
        self, actor: Person, session: SessionView, outcome: Outcome, plan: int | None = None
    ) -> None:
        await following.report_outcome(
            self.ctx,
            actor_id=actor.id,
            session_id=session.id,
            plan=session.plan if plan is None else plan,
            outcome=outcome,
        )

    async def seen(self, session: SessionView) -> SessionView:
        """The session as it is now."""
        return await reading.session_view(self.ctx, session_id=session.id)

    async def at(self, moment: datetime | None, **later: float) -> None:
        """Let the clock come to `moment`, or so much later."""
        assert moment is not None
        await self.clock.move_to(moment + timedelta(**later))

    async def jobs(self, *kinds: JobKind, **where: Any) -> list[Job]:
        """The jobs of these kinds (of any, if none is named) with these columns, in their order."""
        statement = select(Job).order_by("due_at", "id").filter_by(**where)
        if kinds:
            statement = statement.where(Job.kind.in_(kinds))  # type: ignore[attr-defined]
        async with self.ctx.db.read() as session:
            return list((await session.scalars(statement)).all())

    async def job(self, *kinds: JobKind, **where: Any) -> Job:
        """The one job of this description."""
        (job,) = await self.jobs(*kinds, **where)
        return job

    async def waiting(self, *kinds: JobKind, **where: Any) -> list[Job]:
        """Those that are still to be said or done."""
        return await self.jobs(*kinds, state=JobState.PENDING, **where)

    async def say(self, job: Job, ts: str = "1.1") -> None:
        """Let a job's message stand in Slack, as if it had been sent."""
        async with self.ctx.db.work() as work:
            row = await work.session.get_one(Job, job.id)
            row.state, row.said_revision = JobState.DONE, row.revision
            row.slack_channel, row.slack_ts, row.said_at = "D1", ts, self.ctx.now()
            await work.commit()

    async def say_all(self, *kinds: JobKind) -> None:
        """Let everything that is due now stand in Slack."""
        for number, job in enumerate(await self.waiting(*kinds)):
            if job.due_at <= self.ctx.now():
                await self.say(job, f"{job.id}.{number}")

    async def raw(self, table: str) -> str:
        """All that a thief of the database reads in a table."""
        async with self.ctx.db.read() as session:
            rows = (await session.execute(text(f'SELECT * FROM "{table}"'))).all()
        return repr(rows)
