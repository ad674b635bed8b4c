"""Joining a programme, changing what one said there, leaving it (2.2)."""

import asyncio
from datetime import time
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import JobState, OfferState, RequestState
from bot.services import notices, people
from bot.services.errors import AlreadyDone
from bot.services.programmes import enrolling, programmes
from bot.services.programmes.enrolling import EnrolForm
from bot.services.requests import offering
from bot.services.requests.offering import OfferForm
from bot.store.tables import Apart, Enrolment, Offer, Person, Place, Request
from tests.services.leading import Leading
from tests.services.story import Story, breaks
from tests.services.test_races import profile_of


async def test_joining_in_both_roles(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss(), country="DE", opens_at=time(8))
    ada = await story.facts.person("Ada")
    boss = await story.facts.person("Boss of Ada")
    view = await leading.joins(
        ada,
        made,
        "mentee",
        "mentor",
        areas=["feedback", "delegating"],
        topics="Running a team of eight",
        sought=["strategy", "feedback", "strategy"],
        hopes="A plan",
        capacity=3,
        seniority=4,
        department=" Product \n design ",
        languages=["EN", "de", "en"],
        location="Leeds",
        manager_id=boss.id,
        formats=["video"],
        windows=["tue_am"],
    )
    mentor, mentee = view.roles
    assert (mentor.role, mentor.area_keys, mentor.capacity) == (
        Role.MENTOR,
        ("feedback", "delegating"),
        3,
    )
    assert (mentee.role, mentee.area_keys, mentee.topics, mentee.capacity) == (
        Role.MENTEE,
        ("strategy", "feedback"),  # the dearest first
        "A plan",
        1,
    )
    assert mentor.formats == mentee.formats == ("video",)
    assert (view.seniority, view.department, view.languages) == (4, "Product design", ("en", "de"))
    assert view.manager is not None
    assert view.manager.id == boss.id
    row = await story.facts.one(Person, ada.id)
    assert (row.opens_at, row.closes_at, row.country) == (time(8), time(17), "DE")
    assert (await story.job(JobKind.ENROLMENT_CARD)).recipient_id == ada.id
    assert (await programmes.programme_view(story.ctx, programme_id=made.id)).enrolled == 1
    assert await enrolling.programmes_of(story.ctx, person_id=ada.id) == (
        await enrolling.enrolment(story.ctx, person_id=ada.id, programme_id=made.id),
    )


@pytest.mark.parametrize(
    ("form", "key", "field"),
    [
        ({"roles": []}, "no_choice", "roles"),
        ({"roles": ["boss"]}, "unknown_choice", "roles"),
        ({"roles": ["mentor"], "capacity": 9}, "capacity", "capacity"),
        ({"roles": ["mentor"], "topics": "x" * 3001}, "too_long", "topics"),
        ({"roles": ["mentor"], "areas": ["sorcery"]}, "unknown_choice", "areas"),
        ({"sought": ["sorcery"]}, "unknown_choice", "sought"),
        ({"hopes": "x" * 3001}, "too_long", "hoped_for"),
        ({"seniority": 7}, "unknown_choice", "seniority"),
        ({"department": "x" * 121}, "too_long", "department"),
        ({"location": "x" * 121}, "too_long", "location"),
        ({"languages": ["English"]}, "unknown_choice", "languages"),
        ({"languages": [f"a{each}" for each in "abcdefghijk"]}, "too_many_choices", "languages"),
        ({"country": "ZZ"}, "unknown_choice", "country"),
        ({"manager_id": 4711}, "unknown_choice", "manager"),
        ({"apart_ids": (4711,)}, "unknown_choice", "apart"),
        ({"formats": ["telepathy"]}, "unknown_choice", "formats"),
        ({"windows": ["sun_am"]}, "unknown_choice", "windows"),
    ],
)
async def test_a_form_that_is_not_right(
    story: Story, leading: Leading, form: dict[str, Any], key: str, field: str
) -> None:
    made = await leading.publishes(await leading.boss())
    ada = await story.facts.person("Ada")
    with breaks(key, field):
        await leading.joins(ada, made, **{"roles": ["mentee"], **form})
    assert not await story.facts.all(Enrolment)


async def test_oneself_is_neither_ones_manager_nor_to_be_avoided(
    story: Story, leading: Leading
) -> None:
    made = await leading.publishes(await leading.boss())
    ada = await story.facts.person("Ada")
    with breaks("own_manager", "manager"):
        await leading.joins(ada, made, manager_id=ada.id)
    with breaks("apart_self", "apart"):
        await leading.joins(ada, made, apart_ids=(ada.id,))


async def test_among_peers_everybody_has_both_roles(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss(), shape="peers")
    ada = await story.facts.person("Ada")
    form = EnrolForm()
    view = await enrolling.enrol(story.ctx, actor_id=ada.id, programme_id=made.id, form=form)
    assert [each.role for each in view.roles] == list(Role)


async def test_whom_to_keep_away_from_is_known_to_them_alone(
    story: Story, leading: Leading
) -> None:
    made = await leading.publishes(await leading.boss())
    ada, bo, cy = [await story.facts.person(name) for name in ("Ada", "Bo", "Cy")]
    view = await leading.joins(ada, made, apart_ids=(bo.id, cy.id, bo.id))
    assert [each.id for each in view.apart] == [bo.id, cy.id]
    theirs = await enrolling.enrolment(story.ctx, person_id=bo.id, programme_id=made.id)
    assert not theirs.apart
    view = await leading.joins(ada, made, apart_ids=(cy.id,))
    assert [each.id for each in view.apart] == [cy.id]
    assert len(await story.facts.all(Apart)) == 1


async def test_before_joining_the_form_is_filled(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss, country="GB")
    ada = await story.facts.person("Ada", locale="de-AT", title="Head of Design")
    view = await enrolling.enrolment(story.ctx, person_id=ada.id, programme_id=made.id)
    assert not view.is_enrolled
    assert (view.languages, view.seniority, view.country) == (("de",), 5, "GB")
    assert view.filled(Role.MENTOR) is None
    offer = OfferForm(topics="Feedback", areas=["feedback"], capacity=4, windows=["mon_am"])
    await offering.offer_to_mentor(story.ctx, actor_id=ada.id, form=offer)
    view = await enrolling.enrolment(story.ctx, person_id=ada.id, programme_id=made.id)
    assert not view.is_enrolled
    filled = view.filled(Role.MENTOR)
    assert filled is not None
    assert (filled.topics, filled.area_keys, filled.capacity) == ("Feedback", ("feedback",), 4)
    await leading.joins(ada, made, "mentor", topics="Only here", seniority=2)
    view = await enrolling.enrolment(story.ctx, person_id=ada.id, programme_id=made.id)
    filled = view.filled(Role.MENTOR)
    assert filled is not None
    assert (filled.topics, view.seniority) == ("Only here", 2)
    mine = await offering.current_offer_form(story.ctx, person_id=ada.id)
    assert mine is not None
    assert mine.topics == "Feedback"


async def test_nobody_of_another_workspace(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss())
    profile = people.Profile(team_id="TOTHER", slack_id="UX", name="Xu")
    other = await people.meet(story.ctx, profile=profile)
    with breaks("not_yours"):
        await enrolling.enrol(
            story.ctx,
            actor_id=other.id,
            programme_id=made.id,
            form=EnrolForm(roles=["mentee"]),
        )
    with pytest.raises(KeyError):
        await enrolling.enrolment(story.ctx, person_id=other.id, programme_id=made.id)
    guest = await story.facts.person("Guest", is_guest=True)
    with breaks("guest"):
        await leading.joins(guest, made)


async def test_joining_twice_at_once(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss())
    ada = await story.facts.person("Ada")
    await asyncio.gather(*(leading.joins(ada, made, "mentee", "mentor") for _ in range(3)))
    assert len(await story.facts.all(Enrolment)) == 2
    form = EnrolForm(roles=["mentee"])
    once: dict[str, Any] = {"actor_id": ada.id, "programme_id": made.id, "form": form}
    await enrolling.enrol(story.ctx, receipt="modal:1", **once)
    with pytest.raises(AlreadyDone):
        await enrolling.enrol(story.ctx, receipt="modal:1", **once)


async def asks_in(story: Story, mentee: Person, programme_id: int) -> Any:
    return await story.asks(mentee, programme_id=programme_id)


async def test_giving_up_a_role_passes_offers_of_this_programme_on(
    story: Story, leading: Leading
) -> None:
    made = await leading.publishes(await leading.boss())
    grace = await story.facts.mentor("Grace")
    await leading.joins(grace, made, "mentor", "mentee", capacity=2)
    here = await asks_in(story, await story.facts.person("Ada"), made.id)
    there = await story.asks(await story.facts.person("Bo"))
    assert [each.mentor_id for each in await story.facts.all(Offer)] == [grace.id] * 2
    view = await leading.joins(grace, made, "mentee")
    assert [each.role for each in view.roles] == [Role.MENTEE]
    states = {each.request_id: each.state for each in await story.facts.all(Offer)}
    assert states == {here.id: OfferState.EXPIRED, there.id: OfferState.PENDING}
    assert (await story.facts.one(Request, here.id)).state is RequestState.WAITING
    await leading.joins(grace, made, "mentor")  # and back: but she was asked already
    assert (await story.facts.one(Request, here.id)).state is RequestState.WAITING


async def test_less_capacity_than_is_in_use(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss())
    grace = await story.facts.person("Grace")
    await leading.joins(grace, made, "mentor", capacity=2)
    for name in ("Ada", "Bo"):
        await asks_in(story, await story.facts.person(name), made.id)
    await leading.joins(grace, made, "mentor", capacity=1)
    assert len(await story.facts.all(Place)) == 2  # what is agreed stays agreed
    late = await asks_in(story, await story.facts.person("Cy"), made.id)
    assert late.state is RequestState.WAITING
    await leading.joins(grace, made, "mentor", capacity=3)
    assert (await story.facts.one(Request, late.id)).state is RequestState.ROUTING


async def test_leaving_and_coming_back(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss())
    grace = await story.facts.person("Grace")
    who: dict[str, Any] = {"actor_id": grace.id, "programme_id": made.id}
    with breaks("not_enrolled"):
        await enrolling.leave(story.ctx, **who)
    await leading.joins(grace, made, "mentor", "mentee")
    request = await asks_in(story, await story.facts.person("Ada"), made.id)
    row = await leading.announced(made)
    await enrolling.leave(story.ctx, **who)
    assert (await story.facts.one(Request, request.id)).state is RequestState.WAITING
    notice = await story.job(JobKind.ROUND_NOTICE, recipient_id=grace.id)
    assert (notice.state, notice.reason) == ("skipped", "left")
    assert not await enrolling.programmes_of(story.ctx, person_id=grace.id)
    cards = await story.jobs(JobKind.ENROLMENT_CARD, recipient_id=grace.id)
    assert [card.note for card in cards] == ["joined"]  # it says how things stand when it is said
    async with story.ctx.db.work() as work:
        for each in await story.facts.all(Enrolment):
            (await work.session.get_one(Enrolment, each.id)).waiting = 3
        await work.commit()
    view = await leading.joins(grace, made, "mentee")
    assert [each.role for each in view.roles] == [Role.MENTEE]
    waits = {each.role: each.waiting for each in await story.facts.all(Enrolment)}
    assert waits[Role.MENTEE] == 0
    (again,) = await story.waiting(JobKind.ROUND_NOTICE, round_id=row.id, recipient_id=grace.id)
    await story.say(again)
    await enrolling.leave(story.ctx, **who)
    await leading.joins(grace, made, "mentee")
    (same,) = await story.waiting(JobKind.ROUND_NOTICE, recipient_id=grace.id)
    assert same.id == again.id  # what stands in her DM is put right there


async def test_a_card_that_is_the_last_word_is_put_right(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss())
    grace = await story.facts.person("Grace")
    await leading.joins(grace, made)
    (card,) = await story.jobs(JobKind.ENROLMENT_CARD)
    await story.say(card)
    await enrolling.leave(story.ctx, actor_id=grace.id, programme_id=made.id)
    await leading.joins(grace, made)
    (same,) = await story.jobs(JobKind.ENROLMENT_CARD)
    assert (same.state, same.revision) == (JobState.PENDING, card.revision + 2)
    await story.say(card)
    await story.at(story.ctx.now(), minutes=1)
    await notices.tell(story.ctx, person_id=grace.id, key="not_enrolled")
    await story.say(await story.job(JobKind.PLAIN_ANSWER), "2.1")
    await enrolling.leave(story.ctx, actor_id=grace.id, programme_id=made.id)
    assert len(await story.jobs(JobKind.ENROLMENT_CARD)) == 2  # where they look


async def test_who_leaves_the_workspace_leaves_the_programme(
    story: Story, leading: Leading
) -> None:
    made = await leading.publishes(await leading.boss())
    ada = await story.facts.person("Ada")
    await leading.joins(ada, made)
    await people.meet(story.ctx, profile=profile_of(ada, is_deleted=True))
    assert not await enrolling.programmes_of(story.ctx, person_id=ada.id)
    waiting = [job for job in await story.waiting(recipient_id=ada.id) if not job.slack_ts]
    assert [job.kind for job in waiting] == [JobKind.FORGET]  # in three months, without a word


async def test_the_programmes_hours_are_those_of_its_people(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss, country="GB")
    ada, bo = await story.facts.person("Ada"), await story.facts.person("Bo")
    await leading.joins(ada, made)
    await leading.joins(bo, made, country="FR")
    await leading.publishes(boss, country="DE", opens_at=time(10), closes_at=time(16))
    rows = [await story.facts.one(Person, each.id) for each in (ada, bo)]
    assert [(row.opens_at, row.country) for row in rows] == [(time(10), "DE"), (time(10), "FR")]
    view = await people.person(story.ctx, person_id=ada.id)
    assert not view.hours.is_working_day(
        view.hours.local_day(story.ctx.now()).replace(day=25, month=12)
    )


async def test_an_archived_programme_takes_nobody(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss())
    team = await people.team_of(story.ctx, person_id=made.leads[0].id)
    await programmes.archive(story.ctx, team_id=team, channel="C1")
    with breaks("channel_archived"):
        await leading.joins(await story.facts.person("Ada"), made)
