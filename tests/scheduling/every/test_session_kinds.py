"""Every kind of job, said with the real words: for the first time, and again in every state."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import MANNERS, JobKind
from bot.domain.kinds import Outcome, Role
from bot.domain.manners import Manner
from bot.domain.states import ActionState, JobState, OfferState, RequestState, SessionState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.jobs import FILES, PREPARE, REACH
from bot.store.tables import (
    ActionItem,
    Agenda,
    Answer,
    Draft,
    Job,
    Offer,
    Person,
    Request,
    Session,
    ThankYou,
)
from tests.scheduling.clubs import outcome
from tests.scheduling.every.late import Late
from tests.scheduling.every.test_asking_kinds import OF_ASKING
from tests.scheduling.every.test_growing_kinds import OF_GROWING
from tests.scheduling.every.test_programme_kinds import OF_PROGRAMMES
from tests.scheduling.every.test_series_kinds import OF_SERIES
from tests.scheduling.strict import HOSTILE, StrictGateway
from tests.support.clock import MONDAY
from tests.support.facts import Facts

ELSEWHERE = {JobKind.PUBLIC_THANKS, JobKind.PAUSED_SILENT}
"""Said in a channel, or to somebody paused: tests/scenarios/growing/test_growing.py."""

PARTING = {JobKind.FORGOTTEN, JobKind.BLANKED}
"""Said to somebody who was forgotten: tests/scheduling/test_forgetting.py."""

SPOKEN = sorted(
    kind
    for kind in JobKind
    if MANNERS[kind] is not Manner.CHORE
    and kind not in OF_PROGRAMMES | OF_ASKING | OF_GROWING | OF_SERIES.keys() | ELSEWHERE | PARTING
)
AFTER = {
    JobKind.ACTION_ASK,
    JobKind.ACTION_DUE,
    JobKind.ACTION_FOLLOWUP,
    JobKind.ACTION_LIST,
    JobKind.ACTION_SAVED,
    JobKind.FEEDBACK_ASK,
    JobKind.GO_ON_ASK,
    JobKind.GO_ON_NEWS,
    JobKind.THANKS_ASK,
    JobKind.THANKS_CARD,
    JobKind.THANKS_NUDGE,
    JobKind.THANKS_SAVED,
}
WITHOUT_A_TIME = {JobKind.SLOTS, JobKind.TIME_NUDGE, JobKind.TIME_UNSET}
WITHOUT_AN_AGENDA = {JobKind.AGENDA_ASK, JobKind.AGENDA_NUDGE, JobKind.AGENDA_MISSING}
TO_THE_MENTOR = {JobKind.OFFER, JobKind.OFFER_REMINDER, JobKind.MENTOR_WELCOME}
TO_THE_PAIR = {
    JobKind.CALENDAR_FILE,
    JobKind.INTRODUCTION,
    JobKind.MOVED_OFTEN,
    JobKind.TIME_SET,
    JobKind.TIME_UNSET,
    JobKind.SESSION_CANCELLED,
}


@dataclass
class Story:
    """A pair, and one of everything that jobs are about."""

    facts: Facts
    mentor: Person
    mentee: Person
    session: Session
    request: Request
    offer: Offer
    action: ActionItem
    draft: Draft

    async def job(self, kind: JobKind, to: Person, **columns: Any) -> Job:
        """A job of this kind about this story."""
        notes = {
            JobKind.PLAIN_ANSWER: "blank",
            JobKind.REQUEST_NEWS: "moved_on",
            JobKind.GO_ON_NEWS: "nothing",
        }
        return await self.facts.job(
            kind,
            recipient=None if kind in TO_THE_PAIR else to,
            request_id=self.request.id,
            offer_id=self.offer.id,
            session_id=self.session.id,
            action_id=self.action.id,
            draft_id=self.draft.id,
            plan=self.session.plan,
            note=notes.get(kind),
            **columns,
        )


async def a_story(facts: Facts, state: SessionState, *, timed: bool = True) -> Story:
    mentee = await facts.person("Ada Lovelace")
    mentor = await facts.mentor("Grace Hopper")
    session = await facts.session(
        mentor,
        mentee,
        state=state,
        starts_at=MONDAY + timedelta(hours=3) if timed else None,
        place=HOSTILE,
        cancelled_by_id=mentee.id if state is SessionState.CANCELLED else None,
    )
    request = await facts.request(mentee, topic=HOSTILE, hoped_for=HOSTILE, questions=[HOSTILE])
    return Story(
        facts=facts,
        mentor=mentor,
        mentee=mentee,
        session=session,
        request=request,
        offer=await facts.offer(request, mentor),
        action=await facts.action(session, mentor, text=HOSTILE),
        draft=await facts.add(Draft(person_id=mentee.id, text=HOSTILE, made_at=MONDAY)),
    )


async def write_everything(story: Story) -> None:
    """All that a pair can write, in words that try to be markup."""
    content = {
        "topics": [HOSTILE],
        "outcome": HOSTILE,
        "questions": [HOSTILE],
        "reading": HOSTILE,
        "off_limits": HOSTILE,
    }
    about: dict[str, Any] = {"session_id": story.session.id}
    await story.facts.add(Agenda(content=content, written_at=MONDAY, **about))
    for person in (story.mentor, story.mentee):
        await story.facts.add(ThankYou(from_id=person.id, text=HOSTILE, sent_at=MONDAY, **about))
        await story.facts.add(
            Answer(
                person_id=person.id,
                plan=story.session.plan,
                outcome=Outcome.YES,
                answered_at=MONDAY,
                **about,
            )
        )


async def test_every_kind_is_said_for_the_first_time(
    facts: Facts, gateway: StrictGateway, late: Late
) -> None:
    for kind in SPOKEN:
        timed = kind not in WITHOUT_A_TIME
        state = SessionState.SCHEDULED if timed else SessionState.MATCHED
        if kind in AFTER:
            state = SessionState.HELD
        if kind is JobKind.SESSION_CANCELLED:
            state = SessionState.CANCELLED
        story = await a_story(facts, state, timed=timed)
        if kind in (JobKind.ACTION_ASK,):
            async with facts.db.work() as work:
                await work.session.delete(await work.session.get_one(ActionItem, story.action.id))
                await work.commit()
            story.action.id = None  # type: ignore[assignment]
        if kind in (
            JobKind.AGENDA_CARD,
            JobKind.AGENDA_SAVED,
            JobKind.AGENDA_ANSWERED,
            JobKind.THANKS_CARD,
        ):
            await write_everything(story)
        to = story.mentor if kind in TO_THE_MENTOR else story.mentee
        job = await story.job(kind, to)
        await late(kind)
        assert (kind, *await outcome(facts, job)) == (kind, JobState.DONE, None)
        gateway.check_said(job.id)


@pytest.mark.parametrize("state", list(SessionState))
@pytest.mark.parametrize("role", list(Role))
async def test_every_message_is_kept_true_in_every_state(
    clockwork: Clockwork, facts: Facts, state: SessionState, role: Role
) -> None:
    """It stands in Slack; whatever became of its matter, it can be said as things are now."""
    timed = state not in (SessionState.MATCHED,)
    story = await a_story(facts, state, timed=timed)
    await write_everything(story)
    to = story.mentor if role is Role.MENTOR else story.mentee
    jobs = [await story.job(kind, to, slack_channel="D1", slack_ts=kind.value) for kind in SPOKEN]
    await clockwork.wake()
    stuck = {job.kind: await outcome(facts, job) for job in jobs}
    assert {kind: each for kind, each in stuck.items() if each[0] is not JobState.DONE} == {}


@pytest.mark.parametrize("state", list(OfferState))
async def test_an_offer_is_shown_in_every_state(
    clockwork: Clockwork, facts: Facts, state: OfferState
) -> None:
    requests = {
        OfferState.ACCEPTED: RequestState.MATCHED,
        OfferState.WITHDRAWN: RequestState.WITHDRAWN,
        OfferState.EXPIRED: RequestState.WAITING,
    }
    mentor, mentee = await facts.mentor(), await facts.person("Ada")
    request = await facts.request(mentee, state=requests.get(state, RequestState.ROUTING))
    offer = await facts.offer(request, mentor, state=state)
    about = {"offer_id": offer.id, "request_id": request.id}
    jobs = [
        await facts.job(kind, recipient=to, slack_channel="D1", slack_ts=str(n), note=note, **about)
        for n, (kind, to, note) in enumerate(
            [
                (JobKind.OFFER, mentor, None),
                (JobKind.OFFER_REMINDER, mentor, None),
                (JobKind.REQUEST_RECEIPT, mentee, None),
                (JobKind.REQUEST_NEWS, mentee, "moved_on"),
                (JobKind.REQUEST_NEWS, mentee, "waiting"),
            ]
        )
    ]
    await clockwork.wake()
    assert {(await outcome(facts, job))[0] for job in jobs} == {JobState.DONE}


@pytest.mark.parametrize("state", list(ActionState))
async def test_a_next_step_is_shown_in_every_state(
    clockwork: Clockwork, facts: Facts, state: ActionState
) -> None:
    story = await a_story(facts, SessionState.HELD)
    async with facts.db.work() as work:
        (await work.session.get_one(ActionItem, story.action.id)).state = state
        await work.commit()
    jobs = [
        await story.job(kind, story.mentor, slack_channel="D1", slack_ts=kind.value)
        for kind in (JobKind.ACTION_DUE, JobKind.ACTION_FOLLOWUP, JobKind.ACTION_LIST)
    ]
    await clockwork.wake()
    assert {(await outcome(facts, job))[0] for job in jobs} == {JobState.DONE}


def test_every_kind_has_one_file_of_its_name() -> None:
    assert set(FILES) == set(JobKind)
    assert PREPARE.keys() | REACH.keys() == set(JobKind)
    assert not PREPARE.keys() & REACH.keys()
    assert {file.KIND: kind for kind, file in FILES.items()} == {kind: kind for kind in JobKind}
