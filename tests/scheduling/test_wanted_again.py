"""What was settled before it was said, and opens again, is said then."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Every
from bot.domain.states import JobState, RequestState
from bot.scheduling.clockwork import Clockwork
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.requests import answering, asking
from bot.services.requests.asking import AskForm
from bot.services.requests.routing import try_waiting
from bot.store.tables import Enrolment, Job, Offer, Person, Programme, Request
from tests.scheduling.clubs import a_club
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

FRIDAY_EVENING = MONDAY + timedelta(days=4, hours=10)
MONDAY_NOON = MONDAY + timedelta(days=7, hours=2)


@pytest.fixture(autouse=True)
async def attached(clock: HandClock, clockwork: Clockwork) -> None:
    """It is Friday evening, and what is news waits for Monday."""
    clock.attach(clockwork)
    await clock.move_to(FRIDAY_EVENING)


async def asks(context: Context, mentee: Person, programme: Programme) -> int:
    form = AskForm(
        kind=Kind.FLASH, topic="Speaking up", hoped_for="One thing", programme_id=programme.id
    )
    request = await asking.ask(context, asker_id=mentee.id, form=form)
    assert request.state is RequestState.WAITING
    return request.id


async def a_ring(facts: Facts) -> Programme:
    """A programme with an open board."""
    workspace = await facts.workspace()
    row: Programme = await facts.add(
        Programme(
            workspace_id=workspace.id,
            name="Ring",
            channel="C1",
            open_board=True,
            every=Every.NONE,
            created_at=MONDAY,
        )
    )
    return row


async def test_a_request_that_found_somebody_over_the_weekend_and_waits_again_is_shown(
    context: Context, facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    ring = await a_ring(facts)
    request_id = await asks(context, await facts.person("Ada"), ring)
    await clock.advance(timedelta(hours=1))
    grace = await facts.person("Grace")
    about: dict[str, Any] = {
        "programme_id": ring.id,
        "role": Role.MENTOR,
        "created_at": clock.now(),
    }
    await facts.add(Enrolment(person_id=grace.id, **about))
    async with facts.db.work() as work:
        await hold_routing(work, ring.workspace_id)
        await try_waiting(context, work, ring.workspace_id)
        await work.commit()
    assert (await facts.one(Request, request_id)).state is RequestState.ROUTING
    await clock.move_to(MONDAY_NOON)
    assert gateway.texts("C1") == []
    (offer,) = await facts.all(Offer)
    await answering.decline(context, actor_id=grace.id, offer_id=offer.id)
    await clock.advance(timedelta(hours=1))
    assert gateway.texts("C1") == ["board_card state=waiting"]


async def test_leads_hear_of_what_waits_though_nothing_did_in_the_morning(
    context: Context, facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    club = await a_club(facts, await facts.person("Lead"))
    ada = await facts.person("Ada")
    request_id = await asks(context, ada, club.programme)
    await asking.withdraw(context, actor_id=ada.id, request_id=request_id)
    await clock.move_to(MONDAY_NOON)
    (news,) = [job for job in await facts.all(Job) if job.kind is JobKind.LEAD_NEWS]
    assert news.reason == "settled"
    await asks(context, await facts.person("Bo"), club.programme)
    await clock.advance(timedelta(hours=1))
    leads = f"D{club.leads[0].slack_id}"
    assert gateway.texts(leads) == ["lead_news note=waiting"]


async def test_what_a_channel_would_not_take_is_shown_when_lantern_is_back_in_it(
    context: Context, facts: Facts, clock: HandClock, gateway: RecordingGateway
) -> None:
    await asks(context, await facts.person("Ada"), await a_ring(facts))
    gateway.closed["C1"] = "not_in_channel"
    await clock.move_to(MONDAY_NOON)
    (card,) = [job for job in await facts.all(Job) if job.kind is JobKind.BOARD_CARD]
    assert card.state is JobState.DEAD
    gateway.closed.clear()
    await clock.advance(timedelta(days=2))  # it is looked at again each working day
    assert gateway.texts("C1") == ["board_card state=waiting"]
