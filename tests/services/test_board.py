"""The open board: shown while it waits, and taken up once, by whoever is first."""

import asyncio
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Every
from bot.domain.states import JobState, RequestState
from bot.services.requests import asking, board
from bot.services.sessions import timing
from bot.store.tables import Apart, Enrolment, Match, Person, Place, Programme, Request, Session
from tests.services.story import Story, breaks


@pytest.fixture
async def ring(story: Story) -> Programme:
    """A programme with an open board."""
    workspace = await story.facts.workspace()
    row: Programme = await story.facts.add(
        Programme(
            workspace_id=workspace.id,
            name="Ring",
            channel="C1",
            open_board=True,
            every=Every.NONE,
            created_at=story.ctx.now(),
        )
    )
    return row


async def waiting(story: Story, ring: Programme, mentee: Person) -> int:
    view = await story.asks(mentee, programme_id=ring.id)
    assert view.state is RequestState.WAITING
    return view.id


async def test_what_waits_is_shown_without_anybody(
    story: Story, ring: Programme, mentee: Person
) -> None:
    request_id = await waiting(story, ring, mentee)
    card = await story.job(JobKind.BOARD_CARD)
    assert (card.request_id, card.programme_id, card.recipient_id) == (request_id, ring.id, None)


async def test_a_programme_without_a_board_shows_nothing(
    story: Story, ring: Programme, mentee: Person
) -> None:
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Programme, ring.id)).open_board = False
        await work.commit()
    await waiting(story, ring, mentee)
    assert await story.jobs(JobKind.BOARD_CARD) == []
    other = await story.asks(await story.facts.person("Bo"))
    assert other.state is RequestState.WAITING
    assert await story.jobs(JobKind.BOARD_CARD) == []


async def test_many_claims_at_once_are_one_session(
    story: Story, ring: Programme, mentee: Person
) -> None:
    request_id = await waiting(story, ring, mentee)
    helpers = [await story.facts.person(f"Helper {n}") for n in range(6)]
    found: list[Any] = await asyncio.gather(
        *(board.claim(story.ctx, actor_id=one.id, request_id=request_id) for one in helpers),
        return_exceptions=True,
    )
    refused = [each for each in found if isinstance(each, BaseException)]
    assert len(refused) == 5
    assert {each.key for each in refused if isinstance(each, NotAllowed)} == {"board_taken"}
    assert len(await story.facts.all(Session)) == len(await story.facts.all(Match)) == 1
    assert (await story.facts.one(Request, request_id)).state is RequestState.MATCHED
    news = await story.job(JobKind.REQUEST_NEWS, note="matched")
    assert news.recipient_id == mentee.id


async def test_a_second_press_is_not_told_that_somebody_was_faster(
    story: Story, ring: Programme, mentee: Person
) -> None:
    request_id = await waiting(story, ring, mentee)
    helper, late = [await story.facts.person(name) for name in ("Helper", "Late")]
    await board.claim(story.ctx, actor_id=helper.id, request_id=request_id)
    with breaks("offer_over") as broken:
        await board.claim(story.ctx, actor_id=helper.id, request_id=request_id)
    assert broken.value.facts["state"] == "accepted"
    with breaks("board_taken"):
        await board.claim(story.ctx, actor_id=late.id, request_id=request_id)


async def test_a_claim_and_a_withdrawal_at_once(
    story: Story, ring: Programme, mentee: Person
) -> None:
    helper = await story.facts.person("Helper")
    for _ in range(4):
        request_id = await waiting(story, ring, mentee)
        results: Any = await asyncio.gather(
            board.claim(story.ctx, actor_id=helper.id, request_id=request_id),
            asking.withdraw(story.ctx, actor_id=mentee.id, request_id=request_id),
            return_exceptions=True,
        )
        lost = [each for each in results if isinstance(each, NotAllowed)]
        assert len(lost) == 1
        row = await story.facts.one(Request, request_id)
        matches = [each.request_id for each in await story.facts.all(Match)]
        assert (row.state is RequestState.MATCHED) == (request_id in matches)


async def test_the_card_is_said_again_when_it_is_taken(
    story: Story, ring: Programme, mentee: Person
) -> None:
    request_id = await waiting(story, ring, mentee)
    await story.say_all(JobKind.BOARD_CARD)
    helper = await story.facts.person("Helper")
    await board.claim(story.ctx, actor_id=helper.id, request_id=request_id)
    card = await story.job(JobKind.BOARD_CARD)
    assert (card.state, card.revision) == (JobState.PENDING, 2)


async def test_who_may_not_claim(story: Story, ring: Programme, mentee: Person) -> None:
    request_id = await waiting(story, ring, mentee)
    guest = await story.facts.person("Gus", is_guest=True)
    kept_away = await story.facts.person("Kay")
    await story.facts.add(
        Apart(person_id=mentee.id, other_id=kept_away.id, made_at=story.ctx.now())
    )
    for whose, key in ((mentee, "board_own"), (guest, "guest"), (kept_away, "board_apart")):
        with breaks(key):
            await board.claim(story.ctx, actor_id=whose.id, request_id=request_id)
    elsewhere = await story.asks(await story.facts.person("Bo"))
    with breaks("not_yours"):
        await board.claim(story.ctx, actor_id=kept_away.id, request_id=elsewhere.id)


async def test_one_it_was_called_off_with_is_not_asked_again_by_the_board(
    story: Story, ring: Programme, mentee: Person
) -> None:
    request_id = await waiting(story, ring, mentee)
    before = await story.facts.person("Before")
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Request, request_id)).not_again = [before.id]
        await work.commit()
    with breaks("board_apart"):
        await board.claim(story.ctx, actor_id=before.id, request_id=request_id)


async def test_whoever_mentors_there_gives_a_place(
    story: Story, ring: Programme, mentee: Person
) -> None:
    request_id = await waiting(story, ring, mentee)
    helper = await story.facts.person("Helper")
    await story.facts.add(
        Enrolment(
            programme_id=ring.id,
            person_id=helper.id,
            role=Role.MENTOR,
            capacity=1,
            created_at=story.ctx.now(),
        )
    )
    session = await board.claim(story.ctx, actor_id=helper.id, request_id=request_id)
    (place,) = await story.facts.all(Place)
    assert place.mentor_id == helper.id
    await timing.cancel(story.ctx, actor_id=mentee.id, session_id=session.id)
    assert await story.facts.all(Place) == []
