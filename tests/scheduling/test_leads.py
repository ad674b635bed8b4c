"""What the leads of a programme are told, all at once, in one conversation."""

from datetime import timedelta

import pytest

from bot.domain.backoff import MAX_ATTEMPTS
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Outcome
from bot.domain.states import JobState, RoundState
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.threads import LOOK_AT_LEAST
from bot.slack.errors import Permanent, Transient, Uncertain
from bot.store.tables import Answer, Job, Lead, Programme
from tests.scheduling.clubs import Club, a_club, outcome
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

HOUR = timedelta(hours=1)
RETRY = timedelta(hours=2)  # beyond any back-off


async def two_leads(facts: Facts, **columns: object) -> Club:
    return await a_club(facts, await facts.person("Ada"), await facts.person("Bo"), **columns)


async def test_all_leads_share_one_conversation_and_keep_it(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    club = await two_leads(facts)
    first = await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()
    second = await club.job(JobKind.LEAD_NEWS, note="channel_archived")
    await clockwork.wake()

    ada, bo = (lead.slack_id for lead in club.leads)
    assert gateway.opened == [(ada, bo)]
    assert (await facts.one(Programme, club.programme.id)).leads_channel == f"G{ada}{bo}"
    assert gateway.texts(f"G{ada}{bo}") == [
        "lead_news note=channel_back",
        "lead_news note=channel_archived",
    ]
    assert await outcome(facts, first) == await outcome(facts, second) == (JobState.DONE, None)


async def test_a_single_lead_is_told_in_their_direct_messages(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    ada = await facts.person("Ada")
    club = await a_club(facts, ada)
    await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()
    assert [said.channel for said in gateway.said] == [f"D{ada.slack_id}"]


async def test_the_workspaces_own_programme_is_led_by_its_admins(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    admins = [await facts.person(f"Admin {n}", is_admin=True) for n in range(10)]
    programme = await facts.programme()
    job = await facts.job(JobKind.LEAD_NEWS, programme_id=programme.id, note="card_unsure")
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    (opened,) = gateway.opened
    assert len(opened) == 8
    assert set(opened) <= {admin.slack_id for admin in admins}


@pytest.mark.parametrize(
    ("zones", "wait"),
    [
        (("Pacific/Kiritimati", "Asia/Kolkata"), 0 * HOUR),  # half past three in Kolkata
        (("Pacific/Kiritimati", "America/Los_Angeles"), 7 * HOUR),  # nine in Los Angeles
    ],
)
async def test_news_comes_as_soon_as_one_of_them_is_at_work(
    clockwork: Clockwork, facts: Facts, zones: tuple[str, ...], wait: timedelta
) -> None:
    club = await a_club(facts, *[await facts.person("Ada", zone=zone) for zone in zones])
    job = await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()
    row = await facts.one(Job, job.id)
    assert row.due_at == MONDAY + wait
    assert (row.said_at is None) == bool(wait)


async def test_nobody_is_told_when_no_lead_is_left(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    club = await a_club(facts, await facts.person("Ada", is_deleted=True))
    job = await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.SKIPPED, "person_gone")
    assert gateway.said == []


async def test_the_others_are_told_when_slack_refuses_a_conversation_with_one_who_left(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    club = await two_leads(facts)
    ada, bo = club.leads
    gateway.people[bo.slack_id] = {"deleted": True}
    gateway.fail("open_dm", Permanent("user_disabled"))
    job = await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()

    assert await outcome(facts, job) == (JobState.DONE, None)
    assert gateway.opened[:2] == [(ada.slack_id, bo.slack_id), (ada.slack_id,)]
    assert {lead.person_id for lead in await facts.all(Lead)} == {ada.id}
    # Ada is told besides that Bo leads no more.
    assert "lead_news note=lead_gone" in gateway.texts(f"D{ada.slack_id}")


async def test_a_refusal_that_nobody_explains_is_final(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    club = await two_leads(facts)
    gateway.fail_always("open_dm", Permanent("user_disabled"))
    job = await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.SKIPPED, "person_gone")


async def test_leads_who_change_meanwhile_get_a_conversation_of_their_own(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    club = await two_leads(facts)
    cy = await facts.person("Cy")

    async def another_joins() -> None:
        gateway.while_opening = None
        await facts.add(Lead(programme_id=club.programme.id, person_id=cy.id, made_at=MONDAY))

    gateway.while_opening = another_joins
    await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()
    assert gateway.said == []
    clock.let_pass(RETRY)
    await clockwork.wake()
    (said,) = gateway.said
    assert cy.slack_id in said.channel


async def test_what_may_have_arrived_is_found_in_their_conversation(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    club = await two_leads(facts)
    job = await club.job(JobKind.LEAD_NEWS, note="channel_back")
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert len(gateway.said) == 1
    assert gateway.looked == [job.id]
    assert await outcome(facts, job) == (JobState.DONE, None)


async def test_news_of_a_talk_is_looked_for_where_the_leads_read_it(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, clock: HandClock
) -> None:
    """And not in the conversation of those whose talk it was."""
    club = await two_leads(facts)
    ada, bo = await facts.mentor(), await facts.person("Bo")
    session = await facts.session(ada, bo, starts_at=MONDAY, group_channel="G0PAIR")
    for person, said in ((ada, Outcome.YES), (bo, Outcome.NO)):
        await facts.add(
            Answer(
                session_id=session.id,
                person_id=person.id,
                plan=session.plan,
                outcome=said,
                answered_at=MONDAY,
            )
        )
    job = await club.job(JobKind.LEAD_NEWS, note="disagreement", session_id=session.id)
    gateway.fail("post", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert len(gateway.of_job(job.id)) == 1
    assert await outcome(facts, job) == (JobState.DONE, None)


async def test_a_conversation_that_was_closed_is_opened_anew(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway
) -> None:
    club = await two_leads(facts, leads_channel="G0CLOSED")
    gateway.closed["G0CLOSED"] = "channel_not_found"
    job = await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    (said,) = gateway.said
    kept = (await facts.one(Programme, club.programme.id)).leads_channel
    assert said.channel == kept != "G0CLOSED"


class TestThread:
    """A round's pages are replies under its card."""

    @pytest.fixture
    async def club(self, facts: Facts) -> Club:
        return await two_leads(facts)

    async def cards(self, club: Club, state: RoundState = RoundState.PLANNED) -> list[Job]:
        row = await club.round(state)
        about = {"round_id": row.id}
        return [
            await club.job(JobKind.ROUND_REVIEW, **about),
            await club.job(JobKind.ROUND_PAIRS, note="page:1", **about),
            await club.job(JobKind.ROUND_LEFT, note="page:1", **about),
        ]

    async def test_the_card_comes_first_and_the_pages_under_it(
        self, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
    ) -> None:
        await self.cards(club)
        await clockwork.wake()
        card, pairs, left = gateway.said
        assert card.text.startswith("round_review")
        assert (card.thread_ts, pairs.thread_ts, left.thread_ts) == (None, card.ts, card.ts)
        assert {said.channel for said in gateway.said} == {card.channel}

    async def test_a_reply_waits_until_another_process_has_said_the_card(
        self,
        clockwork: Clockwork,
        facts: Facts,
        gateway: RecordingGateway,
        clock: HandClock,
        club: Club,
    ) -> None:
        card, pairs, _ = await self.cards(club)
        async with facts.db.work() as work:
            held = await work.session.get_one(Job, card.id)
            held.leased_by, held.leased_until = "another", clock.wall() + RETRY
            await work.commit()
        for _ in range(MAX_ATTEMPTS + 1):  # however often it looks, it is not given up
            await clockwork.wake()
            clock.let_pass(LOOK_AT_LEAST)
        assert gateway.said == []
        waits = await facts.one(Job, pairs.id)
        assert (waits.state, waits.reason, waits.attempts) == (JobState.PENDING, "head_unsaid", 0)
        clock.let_pass(HOUR)
        await clockwork.wake()
        assert [said.thread_ts for said in gateway.said] == [None] + [gateway.said[0].ts] * 2

    async def test_pages_stand_alone_when_the_card_was_never_said(
        self, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
    ) -> None:
        gateway.fail("post", Permanent("msg_too_long"))
        card, *_ = await self.cards(club)
        await clockwork.wake()
        assert (await outcome(facts, card))[0] is JobState.DEAD
        assert [said.thread_ts for said in gateway.said] == [None, None]

    @pytest.mark.parametrize("code", ["thread_not_found", "message_not_found"])
    async def test_pages_stand_beside_a_card_that_somebody_deleted(
        self, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, code: str
    ) -> None:
        card, *pages = await self.cards(club)
        async with facts.db.work() as work:
            said = await work.session.get_one(Job, card.id)
            said.slack_channel, said.slack_ts, said.state = "G1", "1.1", JobState.DONE
            await work.commit()
        gateway.gone[("G1", "1.1")] = code
        await clockwork.wake()
        assert [await outcome(facts, job) for job in pages] == [(JobState.DONE, None)] * 2
        assert [(said.channel, said.thread_ts) for said in gateway.said] == [("G1", None)] * 2

    async def test_a_reply_that_may_have_arrived_is_found_in_the_thread(
        self,
        clockwork: Clockwork,
        facts: Facts,
        gateway: RecordingGateway,
        clock: HandClock,
        club: Club,
    ) -> None:
        jobs = await self.cards(club)
        await clockwork.wake()
        again = await club.job(
            JobKind.ROUND_PAIRS, note="page:1", round_id=(await facts.one(Job, jobs[0].id)).round_id
        )
        gateway.fail("post", Uncertain("timeout"), after_effect=True)
        await clockwork.wake()
        clock.let_pass(RETRY)
        await clockwork.wake()
        assert len(gateway.of_job(again.id)) == 1
        assert await outcome(facts, again) == (JobState.DONE, None)

    async def test_turning_a_page_says_it_anew_where_it_stands(
        self, clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
    ) -> None:
        _, pairs, _ = await self.cards(club)
        await clockwork.wake()
        async with facts.db.work() as work:
            (await work.session.get_one(Job, pairs.id)).note = "page:2"
            await work.session.flush()
            await work.touch(Job.id == pairs.id, now=MONDAY)
            await work.commit()
        await clockwork.wake()
        (said,) = gateway.of_job(pairs.id)
        assert said.versions == ["round_pairs note=page:1", "round_pairs note=page:2"]

    async def test_a_slow_slack_is_tried_again(
        self,
        clockwork: Clockwork,
        facts: Facts,
        gateway: RecordingGateway,
        clock: HandClock,
        club: Club,
    ) -> None:
        jobs = await self.cards(club)
        gateway.fail("post", Transient("ratelimited", 3))
        await clockwork.wake()
        clock.let_pass(RETRY)
        await clockwork.wake()
        assert [await outcome(facts, job) for job in jobs] == [(JobState.DONE, None)] * 3
