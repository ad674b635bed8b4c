"""Requests and sessions of the tests' world, in every state that has a button."""

from datetime import timedelta
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Outcome, Wish
from bot.domain.states import (
    JobState,
    OfferState,
    RequestState,
    SessionState,
)
from bot.domain.timeline.planned import session_key
from bot.store.tables import (
    Agenda,
    Answer,
    Draft,
    Person,
    ThankYou,
)
from tests.support.who import Who
from tests.support.world_people import People


class Talks(People):
    """Writes what is asked for, and what comes of it."""

    async def _asking(self) -> None:
        f, mentee, mentor = self.facts, self.who(Who.MENTEE), self.who(Who.MENTOR)
        inviter = self.who(Who.THIRD)
        request = self.keep("request", await self._request(mentee))
        self.keep("offer", await f.offer(request, mentor))
        invited = {"kind": Kind.SPOT, "invited_id": mentor.id}
        self.keep("invitation", await f.offer(await self._request(inviter, **invited), mentor))
        shorter = await self._request(inviter, **invited)
        proposed = {"state": OfferState.PROPOSED, "proposed_minutes": 15}
        self.keep("proposal", await f.offer(shorter, mentor, **proposed))
        waiting = await self._request(
            self.who(Who.NAMED), state=RequestState.WAITING, waiting_since=self.before
        )
        self.keep("waiting", waiting)

    async def _request(self, mentee: Person, **columns: Any) -> Any:
        words = {
            "topic": f"{self.asked} topic",
            "hoped_for": f"{self.asked} hope",
            "questions": [f"{self.asked} question"],
        }
        given = {"programme_id": self.world.ids["programme"], **words, **columns}
        return await self.facts.request(mentee, **given)

    async def _session(self, name: str, mentee: Who = Who.MENTEE, **columns: Any) -> Any:
        """A session with the mentor in the programme of the channel."""
        f = self.facts
        row = await f.session(self.who(Who.MENTOR), self.who(mentee), **columns)
        row.programme_id = self.world.ids["programme"]
        row.place = f"{self.private} place"
        return self.keep(name, await f.add(row))

    async def _sessions(self) -> None:
        third: dict[str, Any] = {"third_id": self.who(Who.THIRD).id}
        slots = [(self.tomorrow + timedelta(hours=n)).isoformat() for n in range(3)]
        await self._session("matched", slots=slots, plan=1, **third)
        scheduled = await self._session("scheduled", starts_at=self.tomorrow, **third)
        begun = self.now - timedelta(hours=2)
        await self._session("begun", starts_at=begun, **third)
        held = await self._session(
            "held", state=SessionState.HELD, starts_at=self.before, held_at=self.before, **third
        )
        talked: dict[str, Any] = {
            "state": SessionState.HELD,
            "starts_at": self.before,
            "held_at": self.before,
        }
        of_two = await self._session("of_two", **talked)
        await self._session("not_formal", Who.THIRD, **talked)
        for person in (Who.MENTEE, Who.MENTOR):
            whose = self.who(person)
            await self.facts.job(
                JobKind.GO_ON_ASK,
                recipient=whose,
                session_id=of_two.id,
                dedupe_key=session_key(of_two.id, JobKind.GO_ON_ASK, whose.id),
                expires_at=self.tomorrow,
            )
        off: dict[str, Any] = {"state": SessionState.CANCELLED, "closed_at": self.before}
        await self._session("called_off", **off)
        await self._around(scheduled, held, of_two)

    async def _around(self, scheduled: Any, held: Any, of_two: Any) -> None:
        add, mentee, mentor = self.facts.add, self.who(Who.MENTEE), self.who(Who.MENTOR)
        words = dict.fromkeys(("outcome", "reading", "off_limits"), f"{self.private} words")
        content = {"topics": [f"{self.private} agenda"], "questions": [f"{self.private}?"], **words}
        await add(Agenda(session_id=scheduled.id, content=content, written_at=self.before))
        step = await self.facts.action(held, mentee, text=f"{self.private} step")
        self.keep("step", step)
        thanks = f"{self.private} thanks"
        thank = ThankYou(session_id=of_two.id, from_id=mentor.id, text=thanks, sent_at=self.before)
        thank.may_show = True
        await add(thank)
        for each, kind, note in (
            (held, JobKind.OUTCOME_THANKS, "no"),
            (of_two, JobKind.GO_ON_NEWS, Wish.AGAIN.value),
            (of_two, JobKind.THANKS_CARD, None),
        ):
            for person in (mentee, mentor, self.who(Who.THIRD)):
                await self._said(kind, person, session_id=each.id, note=note)
        for person in (mentee, mentor):
            answer = {"session_id": held.id, "plan": held.plan, "person_id": person.id}
            await add(Answer(outcome=Outcome.NO, answered_at=self.before, **answer))
        nudge = await self.facts.job(
            JobKind.AGENDA_NUDGE,
            recipient=mentee,
            session_id=scheduled.id,
            dedupe_key=f"{self.mark}nudge",
        )
        self.keep("nudge", nudge)
        draft = Draft(person_id=mentee.id, text=f"{self.private} draft", made_at=self.now)
        self.keep("draft", await add(draft))

    async def _said(self, kind: JobKind, person: Person, **columns: Any) -> Any:
        """A message that stands in somebody's DM."""
        key = f"{self.mark}{kind}:{person.id}:{sorted(columns.items())}"
        where = {"slack_channel": person.dm_channel, "slack_ts": "1.1", "said_revision": 1}
        return await self.facts.job(
            kind,
            recipient=person,
            dedupe_key=key,
            state=JobState.DONE,
            said_at=self.before,
            **where,
            **columns,
        )
