"""Every kind of job about asking by name, said with the real words in every state."""

from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import ReferralKind
from bot.domain.states import JobState, OfferState, ReferralState, RequestState
from bot.scheduling.clockwork import Clockwork
from bot.store.tables import Job, Person, Referral, Request
from tests.scheduling.clubs import a_club
from tests.scheduling.every.late import Late
from tests.scheduling.strict import HOSTILE, StrictGateway
from tests.support.clock import MONDAY
from tests.support.facts import Facts

OF_ASKING = {
    JobKind.BOARD_CARD,
    JobKind.INTRO_FOLLOWUP,
    JobKind.INTRO_THREE,
    JobKind.PROPOSAL,
    JobKind.REFERRAL_ASK,
    JobKind.REFERRAL_CARD,
    JobKind.REFERRAL_NEWS,
}


async def a_request(facts: Facts, state: RequestState, **columns: Any) -> tuple[Request, Person]:
    """Ada asked Grace by name, in words that try to be markup."""
    asker, asked = await facts.person(HOSTILE[:70]), await facts.person(HOSTILE[:70])
    words = {"topic": HOSTILE, "hoped_for": HOSTILE}
    request = await facts.request(asker, state=state, invited_id=asked.id, **words, **columns)
    return request, asked


async def a_referral(facts: Facts, **columns: Any) -> Referral:
    """Somebody is named for somebody else."""
    workspace = await facts.workspace()
    by, to, mentee = [await facts.person(HOSTILE[:70]) for _ in range(3)]
    given = {
        "workspace_id": workspace.id,
        "kind": ReferralKind.INSTEAD,
        "from_id": by.id,
        "to_id": to.id,
        "for_id": mentee.id,
        "words": HOSTILE,
        "state": ReferralState.NAMED,
        "made_at": MONDAY,
        **columns,
    }
    row: Referral = await facts.add(Referral(**given))
    return row


async def states(facts: Facts, jobs: list[Job]) -> dict[JobKind, tuple[JobState, str | None]]:
    """Which of them were not said, and why."""
    rows = [await facts.one(Job, job.id) for job in jobs]
    return {row.kind: (row.state, row.reason) for row in rows if row.state is not JobState.DONE}


@pytest.mark.parametrize("state", list(OfferState))
async def test_an_invitation_is_kept_true_in_every_state(
    clockwork: Clockwork, facts: Facts, gateway: StrictGateway, state: OfferState
) -> None:
    over = {
        OfferState.ACCEPTED: RequestState.MATCHED,
        OfferState.WITHDRAWN: RequestState.WITHDRAWN,
        OfferState.DECLINED: RequestState.DECLINED,
        OfferState.EXPIRED: RequestState.DECLINED,
    }
    request, asked = await a_request(facts, over.get(state, RequestState.ROUTING))
    offer = await facts.offer(request, asked, state=state, proposed_minutes=15, words=HOSTILE)
    asker = await facts.one(Person, request.mentee_id)
    about = {"request_id": request.id, "offer_id": offer.id, "slack_channel": "D1"}
    jobs = [
        await facts.job(kind, recipient=to, slack_ts=kind.value, note=note, **about)
        for kind, to, note in (
            (JobKind.OFFER, asked, None),
            (JobKind.OFFER_REMINDER, asked, None),
            (JobKind.PROPOSAL, asker, None),
            (JobKind.REQUEST_RECEIPT, asker, None),
            (JobKind.REQUEST_NEWS, asker, "declined"),
        )
    ]
    await clockwork.wake()
    assert await states(facts, jobs) == {}


@pytest.mark.parametrize("kind", list(ReferralKind))
@pytest.mark.parametrize("state", list(ReferralState))
async def test_a_referral_is_kept_true_in_every_state(
    clockwork: Clockwork, facts: Facts, state: ReferralState, kind: ReferralKind
) -> None:
    referral = await a_referral(facts, state=state, kind=kind)
    asker = await facts.one(Person, referral.for_id)
    about = {"referral_id": referral.id, "slack_channel": "D1"}
    named = await facts.one(Person, referral.to_id)
    jobs = [
        await facts.job(one, recipient=to, slack_ts=one.value, note=note, **about)
        for one, to, note in (
            (JobKind.REFERRAL_ASK, asker, None),
            (JobKind.REFERRAL_CARD, named, None),
            (JobKind.REFERRAL_NEWS, asker, "cannot"),
            (JobKind.INTRO_THREE, None, None),
            (JobKind.INTRO_FOLLOWUP, asker, None),
        )
    ]
    await clockwork.wake()
    assert await states(facts, jobs) == {}


async def test_what_is_settled_is_not_said_any_more(clockwork: Clockwork, facts: Facts) -> None:
    request, asked = await a_request(facts, RequestState.DECLINED)
    offer = await facts.offer(request, asked, state=OfferState.DECLINED, proposed_minutes=15)
    referral = await a_referral(facts, state=ReferralState.DROPPED)
    jobs = [
        await facts.job(JobKind.PROPOSAL, recipient=asked, offer_id=offer.id),
        await facts.job(JobKind.REFERRAL_ASK, recipient=asked, referral_id=referral.id),
    ]
    await clockwork.wake()
    assert set((await states(facts, jobs)).values()) == {(JobState.SKIPPED, "settled")}


async def test_the_three_are_introduced_in_one_conversation(
    facts: Facts, gateway: StrictGateway, late: Late
) -> None:
    referral = await a_referral(facts, kind=ReferralKind.INTRODUCTION, state=ReferralState.ACCEPTED)
    job = await facts.job(JobKind.INTRO_THREE, referral_id=referral.id)
    await late(job.kind)
    assert await states(facts, [job]) == {}
    gateway.check_said(job.id)
    kept = await facts.one(Referral, referral.id)
    assert kept.channel == (await facts.one(Job, job.id)).slack_channel


@pytest.mark.parametrize("state", list(RequestState))
async def test_a_card_on_the_board_is_kept_true_in_every_state(
    clockwork: Clockwork, facts: Facts, gateway: StrictGateway, state: RequestState
) -> None:
    club = await a_club(facts, await facts.person("Lea"), open_board=True)
    asker = await facts.person(HOSTILE[:70])
    request = await facts.request(
        asker, programme_id=club.programme.id, state=state, topic=HOSTILE, hoped_for=HOSTILE
    )
    about = {"request_id": request.id, "programme_id": club.programme.id}
    standing = await facts.job(JobKind.BOARD_CARD, slack_channel="C1", slack_ts="1.1", **about)
    await clockwork.wake()
    assert await states(facts, [standing]) == {}
    new = await facts.job(JobKind.BOARD_CARD, **about)
    await clockwork.wake()
    waits = state is RequestState.WAITING
    assert (await facts.one(Job, new.id)).state is (JobState.DONE if waits else JobState.SKIPPED)
    assert HOSTILE[:30] not in str([each.text for each in gateway.of_job(new.id)])
