"""Meeting people, their pause, and what happens when they leave."""

from datetime import timedelta
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.states import JobState, OfferState, RequestState, SessionState
from bot.scheduling.jobs import thanks_ask
from bot.scheduling.steps import Say, Skip
from bot.services import notices, people
from bot.services.clearing import clear
from bot.services.errors import AlreadyDone
from bot.services.people import Profile
from bot.services.sessions import following
from bot.store.tables import Enrolment, Offer, Person, Place, Receipt, Request, Session
from tests.services.story import Story, breaks
from tests.services.test_races import profile_of
from tests.support.facts import TEAM

ADA = Profile(team_id=TEAM, slack_id="UADA", name="Ada", zone="Europe/London", title="Engineer")


async def test_a_person_is_kept_as_slack_describes_them(story: Story) -> None:
    met = await people.meet(story.ctx, profile=ADA)
    assert (met.name, met.title, met.zone, met.is_paused) == (
        "Ada",
        "Engineer",
        "Europe/London",
        False,
    )
    again = ADA.model_copy(update={"name": "Ada L.", "title": "", "zone": "", "is_guest": True})
    changed = await people.meet(story.ctx, profile=again)
    assert (changed.id, changed.name, changed.title) == (met.id, "Ada L.", "")
    assert changed.zone == "Europe/London"  # Slack left it out this time
    assert changed.is_guest
    await people.remember_dm(story.ctx, person_id=met.id, channel="D1")
    assert (await people.person(story.ctx, person_id=met.id)).dm_channel == "D1"


async def test_without_a_zone_they_live_in_utc(story: Story) -> None:
    met = await people.meet(story.ctx, profile=ADA.model_copy(update={"zone": ""}))
    assert (met.zone, met.hours.zone) == ("UTC", "UTC")
    odd = ADA.model_copy(update={"zone": "Moon/Tranquility", "slack_id": "UMOON"})
    mooner = await people.meet(story.ctx, profile=odd)
    row = await story.facts.one(Person, mooner.id)
    assert (await story.asks(row)).id


async def test_a_stranger_counts_as_a_guest(story: Story) -> None:
    met = await people.meet(story.ctx, profile=ADA.model_copy(update={"is_stranger": True}))
    assert met.is_guest


async def test_the_same_id_in_another_workspace_is_somebody_else(story: Story) -> None:
    first = await people.meet(story.ctx, profile=ADA)
    second = await people.meet(story.ctx, profile=ADA.model_copy(update={"team_id": "TOTHER"}))
    assert (first.id, first.workspace_id) != (second.id, second.workspace_id)
    assert first.workspace_id != second.workspace_id


async def test_what_is_known_goes_stale_after_a_day_of_real_time(story: Story) -> None:
    met = await people.meet(story.ctx, profile=ADA)
    known = {"team_id": TEAM, "slack_id": "UADA"}
    assert await people.known_person(story.ctx, **known) == met
    assert await people.known_person(story.ctx, team_id=TEAM, slack_id="UNOBODY") is None
    await story.at(story.ctx.now(), days=30)
    assert await people.known_person(story.ctx, **known) == met
    story.clock.let_pass(timedelta(hours=25))
    assert await people.known_person(story.ctx, **known) is None


async def test_a_pause_passes_offers_on(story: Story, mentee: Person, mentor: Person) -> None:
    request = await story.asks(mentee)
    until = story.ctx.now() + timedelta(days=3)
    await people.pause(story.ctx, actor_id=mentor.id, until=until, receipt="modal:1")
    view = await people.person(story.ctx, person_id=mentor.id)
    assert (view.is_paused, view.paused_until) == (True, until)
    assert (await story.facts.one(Request, request.id)).state is RequestState.WAITING
    (offer,) = await story.facts.all(Offer)
    assert offer.state is OfferState.EXPIRED
    assert not await story.facts.all(Place)
    assert (await story.job(JobKind.PAUSE_CARD)).recipient_id == mentor.id
    await story.at(until)
    assert not (await people.person(story.ctx, person_id=mentor.id)).is_paused


async def test_a_card_about_a_pause_is_put_right_once(story: Story, mentor: Person) -> None:
    """Or somebody who comes and goes would have all their cards said again each time."""
    for _ in range(3):
        await people.pause(story.ctx, actor_id=mentor.id, until=None)
        await story.say_all(JobKind.PAUSE_CARD)
        story.clock.let_pass(timedelta(hours=1))
        await people.resume(story.ctx, actor_id=mentor.id)
        await story.say_all(JobKind.PAUSE_CARD)
        story.clock.let_pass(timedelta(hours=1))
    cards = await story.jobs(JobKind.PAUSE_CARD)
    assert [card.note for card in cards] == [people.PAUSED, None] * 3
    assert [card.revision for card in cards] == [2, 2, 2, 2, 2, 1]
    newest = [
        await people.is_newest_pause_card(story.ctx, person_id=mentor.id, job_id=card.id)
        for card in cards
    ]
    assert newest == [False] * 5 + [True]


async def test_a_pause_into_the_past(story: Story, mentor: Person) -> None:
    with breaks("until_past", "until"):
        await people.pause(story.ctx, actor_id=mentor.id, until=story.ctx.now())
    assert not (await people.person(story.ctx, person_id=mentor.id)).is_paused


async def test_a_pause_without_an_end_lasts_until_they_say_so(story: Story, mentor: Person) -> None:
    await people.pause(story.ctx, actor_id=mentor.id, until=None)
    await story.at(story.ctx.now(), days=400)
    assert (await people.person(story.ctx, person_id=mentor.id)).is_paused
    for _ in range(2):
        await people.resume(story.ctx, actor_id=mentor.id)
    assert not (await people.person(story.ctx, person_id=mentor.id)).is_paused


async def leaves(story: Story, person: Person, **more: Any) -> None:
    await people.meet(story.ctx, profile=profile_of(person, is_deleted=True, **more))


async def test_a_mentor_who_leaves_passes_everything_on(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor("Gone", capacity=3)
    session = await story.scheduled(mentor, mentee)
    await story.say_all(JobKind.INTRODUCTION)
    request = await story.asks(await story.facts.person("Noor"))
    other = await story.facts.mentor("Next")
    await leaves(story, mentor)
    view = await story.seen(session)
    assert (view.state, view.cancelled_by) == (SessionState.CANCELLED, view.mentor)
    told = await story.job(JobKind.SESSION_CANCELLED)
    assert (told.recipient_id, told.note) == (mentee.id, "gone")
    first, second = [o for o in await story.facts.all(Offer) if o.request_id == request.id]
    assert (first.state, second.mentor_id) == (OfferState.EXPIRED, other.id)
    (ended,) = [e for e in await story.facts.all(Enrolment) if e.person_id == mentor.id]
    assert ended.ended_at == story.ctx.now()
    for_them = [job for job in await story.waiting(recipient_id=mentor.id) if not job.slack_ts]
    assert {job.kind for job in for_them} == {JobKind.FORGET}  # in three months
    left = {job.kind for job in await story.waiting(session_id=session.id)}
    cancelled = {JobKind.SESSION_CANCELLED, JobKind.CALENDAR_FILE, JobKind.SOMEBODY_ELSE}
    assert left == {JobKind.INTRODUCTION, *cancelled, JobKind.ERASE}
    await leaves(story, mentor)  # told twice, done once
    assert len(await story.jobs(JobKind.SESSION_CANCELLED)) == 1


async def test_a_mentee_who_leaves_withdraws(story: Story, mentee: Person) -> None:
    mentor = await story.facts.mentor("Busy", capacity=2)
    session = await story.scheduled(mentor, mentee)
    request = await story.asks(mentee, kind=Kind.SPOT)
    waiting = await story.asks(await story.facts.person("Noor"))
    assert waiting.state is RequestState.WAITING
    await leaves(story, mentee)
    assert (await story.facts.one(Request, request.id)).state is RequestState.WITHDRAWN
    assert (await story.seen(session)).state is SessionState.CANCELLED
    assert (await story.job(JobKind.SESSION_CANCELLED)).recipient_id == mentor.id
    assert await story.job(JobKind.ERASE, request_id=request.id)
    assert await story.job(JobKind.ERASE, session_id=session.id)
    # Both places are free: whoever waited is served.
    assert (await story.facts.one(Request, waiting.id)).state is RequestState.ROUTING
    gone = await story.jobs(request_id=request.id, state=JobState.PENDING)
    assert {job.kind for job in gone} == {JobKind.ERASE}


async def test_what_took_place_stays(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.held(mentor, mentee)
    await leaves(story, mentee)
    assert (await story.seen(session)).state is SessionState.HELD
    left = await story.waiting(recipient_id=mentee.id)
    assert {job.kind for job in left} == {JobKind.FORGET}  # in three months
    assert await story.waiting(JobKind.CLOSE)


async def test_nobody_is_asked_to_thank_who_is_not_there(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.held(mentor, mentee)
    asked = await story.job(JobKind.THANKS_ASK, recipient_id=mentor.id)
    assert isinstance(await thanks_ask.prepare(story.ctx, asked), Say)
    await leaves(story, mentee)
    assert await thanks_ask.prepare(story.ctx, asked) == Skip("partner_gone")
    with breaks("deactivated"):
        await following.thank(
            story.ctx, actor_id=mentor.id, session_id=session.id, text="Thank you"
        )
    assert await story.jobs(JobKind.THANKS_SAVED) == []


async def test_a_card_that_asks_to_thank_says_that_they_left(
    story: Story, mentee: Person, mentor: Person
) -> None:
    await story.held(mentor, mentee)
    await story.say(await story.job(JobKind.THANKS_ASK, recipient_id=mentor.id))
    await leaves(story, mentee)
    (card,) = await story.waiting(JobKind.THANKS_ASK, recipient_id=mentor.id)
    assert card.revision == 2
    assert isinstance(await thanks_ask.prepare(story.ctx, card), Say)


async def test_who_comes_back_can_ask_again(story: Story, mentee: Person, mentor: Person) -> None:
    await leaves(story, mentee)
    await people.meet(story.ctx, profile=profile_of(mentee))
    assert (await story.asks(mentee)).offer_id
    assert not await story.facts.all(Session)


async def test_a_notice_is_said_once_for_each_receipt(story: Story, mentee: Person) -> None:
    await notices.tell(story.ctx, person_id=mentee.id, key="button_gone", receipt="event:1")
    try:
        await notices.tell(story.ctx, person_id=mentee.id, key="button_gone", receipt="event:1")
    except AlreadyDone:
        pass
    else:
        raise AssertionError("told twice")
    for _ in range(2):
        await notices.tell(story.ctx, person_id=mentee.id, key="button_gone")
    assert len(await story.jobs(JobKind.PLAIN_ANSWER, note="button_gone")) == 3
    await story.at(story.ctx.now(), days=8)
    await clear(story.ctx)
    async with story.ctx.db.read() as session:
        assert await session.get(Receipt, "event:1") is None
