"""What happens at once: one wins, the others are told, and nobody waits for ever."""

import asyncio
from collections import Counter
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.states import OfferState, RequestState
from bot.services import people, snoozing
from bot.services.people import Profile
from bot.services.requests import answering, asking, offering
from bot.services.rounds import planning_rounds, reviewing
from bot.services.sessions import preparing, timing
from bot.services.views import RequestView
from bot.store.tables import Enrolment, Offer, Person, Place, Request, Session, Tick
from tests.services.rounds import Rounds
from tests.services.story import Story
from tests.support.facts import TEAM


async def at_once(*acts: Any) -> list[Any]:
    """All of these together; rules that say no come back as they were raised."""
    return await asyncio.gather(*acts, return_exceptions=True)


def refused(results: list[Any], key: str) -> int:
    """How many were told `key`; anything else that went wrong fails the test."""
    for each in results:
        if isinstance(each, BaseException) and not isinstance(each, NotAllowed):
            raise each
    return Counter(getattr(each, "key", None) for each in results)[key]


async def test_two_requests_for_one_place(story: Story) -> None:
    await story.facts.mentor(capacity=1)
    mentees = [await story.facts.person(f"Mentee {n}") for n in range(4)]
    views = await asyncio.gather(*(story.asks(each) for each in mentees))
    assert sum(view.state is RequestState.ROUTING for view in views) == 1
    assert len(await story.facts.all(Offer)) == 1
    assert len(await story.facts.all(Place)) == 1


async def test_accepting_twice_is_one_session(story: Story, mentee: Person, mentor: Person) -> None:
    request = await story.asks(mentee)
    assert request.offer_id is not None
    results = await at_once(
        *(
            answering.accept(story.ctx, actor_id=mentor.id, offer_id=request.offer_id)
            for _ in range(3)
        )
    )
    assert refused(results, "offer_over") == 2
    assert len(await story.facts.all(Session)) == 1


async def test_accept_decline_withdraw_and_expiry_at_once(story: Story) -> None:
    await story.facts.mentor("Other")
    for number in range(5):
        mentor = await story.facts.mentor(f"Mentor {number}")
        mentee = await story.facts.person(f"Mentee {number}")
        request = await story.asks(mentee)
        assert request.offer_id is not None
        mentor_id = await story.asked(request)
        assert mentor_id is not None
        who: dict[str, Any] = {"actor_id": mentor_id, "offer_id": request.offer_id}
        results = await at_once(
            answering.accept(story.ctx, **who),
            asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request.id),
            answering.expire_offer(story.ctx, offer_id=request.offer_id),
            answering.decline(story.ctx, **who),
        )
        refused(results, "offer_over")
        offer = await story.facts.one(Offer, request.offer_id)
        row = await story.facts.one(Request, request.id)
        assert offer.state is not OfferState.PENDING
        if offer.state is OfferState.ACCEPTED:
            assert row.state is RequestState.MATCHED
        elif row.state is RequestState.WITHDRAWN:
            pending = [each.request_id for each in await story.facts.all(Offer) if each.decided_at]
            assert row.id in pending
        assert mentor.id
    await no_place_is_lost(story)


async def test_everybody_moves_at_once(story: Story) -> None:
    """Mentors pause, leave, decline and offer while requests come and go: no deadlock, no loss."""
    mentors = [await story.facts.mentor(f"Mentor {n}", capacity=1) for n in range(4)]
    offers: dict[int, RequestView] = {}
    for number in range(6):
        request = await story.asks(await story.facts.person(f"Mentee {number}"))
        if (asked := await story.asked(request)) is not None:
            offers[asked] = request
    assert len(offers) == len(mentors)
    declines, pauses, leaves, accepted = mentors
    session = await answering.accept(
        story.ctx, actor_id=accepted.id, offer_id=offers[accepted.id].offer_id or 0
    )
    newcomer = await story.facts.person("Newcomer")
    form = offering.OfferForm(topics="All", capacity=2)
    results = await at_once(
        answering.decline(
            story.ctx, actor_id=declines.id, offer_id=offers[declines.id].offer_id or 0
        ),
        people.pause(story.ctx, actor_id=pauses.id, until=None),
        people.meet(story.ctx, profile=profile_of(leaves, is_deleted=True)),
        offering.offer_to_mentor(story.ctx, actor_id=newcomer.id, form=form),
        timing.cancel(story.ctx, actor_id=session.mentee.id, session_id=session.id),
        story.asks(newcomer),
    )
    assert refused(results, "offer_over") == 0
    await no_place_is_lost(story)


async def test_the_first_offer_of_one_mentor_twice_at_once(story: Story, mentee: Person) -> None:
    form = offering.OfferForm(topics="All", capacity=2)
    await asyncio.gather(
        *(offering.offer_to_mentor(story.ctx, actor_id=mentee.id, form=form) for _ in range(3))
    )
    assert len(await story.facts.all(Enrolment)) == 1


async def test_a_session_is_moved_ticked_and_called_off_at_once(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee, kind=Kind.SPOT)
    keys = [item.key for item in story.ctx.library.guide(Kind.SPOT, Role.MENTEE).before]
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id}
    form = preparing.AgendaForm(topics=["One"])
    results = await at_once(
        preparing.tick(story.ctx, ticked=keys, **who),
        preparing.tick(story.ctx, ticked=keys, **who),
        preparing.write_agenda(story.ctx, form=form, **who),
        preparing.write_agenda(story.ctx, form=form, **who),
        timing.set_time(story.ctx, typed="tomorrow 3pm", **who),
        timing.cancel(story.ctx, actor_id=mentor.id, session_id=session.id),
    )
    for each in results:
        key = getattr(each, "key", "session_over")
        assert not isinstance(each, BaseException) or key == "session_over", each
    ticks = [row.item for row in await story.facts.all(Tick)]
    assert len(ticks) == len(set(ticks))


async def test_one_person_met_in_parallel(story: Story) -> None:
    await story.facts.workspace()
    profile = Profile(team_id=TEAM, slack_id="UNEW", name="New", zone="Europe/Paris")
    views = await asyncio.gather(*(people.meet(story.ctx, profile=profile) for _ in range(6)))
    assert len({view.id for view in views}) == 1


async def test_a_new_workspace_met_in_parallel(story: Story) -> None:
    views = await asyncio.gather(
        *(
            people.meet(
                story.ctx, profile=Profile(team_id="TNEW", slack_id=f"U{n}", name=f"Person {n}")
            )
            for n in range(4)
        )
    )
    assert len({view.workspace_id for view in views}) == 1
    assert (await story.asks(await story.facts.one(Person, views[0].id))).id


async def test_a_nudge_put_off_while_its_session_changes(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    nudge = (await story.jobs(JobKind.TIME_NUDGE))[0]
    await story.say(nudge)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id}
    results = await at_once(
        *(
            act
            for _ in range(4)
            for act in (
                snoozing.snooze(story.ctx, actor_id=mentee.id, job_id=nudge.id, choice="hour"),
                timing.set_time(story.ctx, typed="tomorrow 3pm", **who),
            )
        )
    )
    assert [each for each in results if isinstance(each, BaseException)] == []


async def no_place_is_lost(story: Story) -> None:
    """Places are held by live offers and by nothing else; one live offer at most a request."""
    live = [
        each
        for each in await story.facts.all(Offer)
        if each.state in (OfferState.PENDING, OfferState.ACCEPTED)
    ]
    assert len({each.request_id for each in live}) == len(live)
    open_sessions = {
        each.mentor_id for each in await story.facts.all(Session) if each.cancelled_by_id is None
    }
    held = [
        each.id
        for each in live
        if each.state is OfferState.PENDING or each.mentor_id in open_sessions
    ]
    assert sorted(each.offer_id for each in await story.facts.all(Place)) == sorted(held)


def profile_of(person: Person, **changed: Any) -> Profile:
    """What Slack says of somebody known, with these changes."""
    return Profile(
        team_id=TEAM, slack_id=person.slack_id, name=person.name, zone=person.zone, **changed
    )


@pytest.mark.parametrize("state", [OfferState.PENDING, OfferState.ACCEPTED])
async def test_the_database_allows_one_live_offer_a_request(
    story: Story, mentee: Person, state: OfferState
) -> None:
    request = await story.facts.request(mentee)
    mentors = [await story.facts.mentor(name) for name in ("One", "Two")]
    await story.facts.offer(request, mentors[0])
    with pytest.raises(IntegrityError):
        await story.facts.offer(request, mentors[1], state=state)
    await story.facts.offer(request, mentors[1], state=OfferState.DECLINED)


async def test_the_leads_and_the_people_of_a_round_never_wait_in_a_ring(rounds: Rounds) -> None:
    ada = await rounds.enrol("Ada")
    await rounds.mentor("Grace")
    row = await rounds.planned()
    (pair,) = await rounds.pairs(row)
    ctx, lead = rounds.ctx, rounds.lead.id
    for number in range(6):
        verb = "unlock" if number % 2 else "lock"
        results = await at_once(
            *(
                act
                for _ in range(3)
                for act in (
                    reviewing.constrain(ctx, actor_id=lead, pair_id=pair.id, verb=verb),
                    planning_rounds.reply(ctx, actor_id=ada.id, round_id=row.id, is_in=False),
                )
            )
        )
        assert results.count(None) == 3
        refused(results, "nothing")
