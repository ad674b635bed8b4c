"""Whose turn it is: what is urgent first, workspaces in turn, and nobody holds up another."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.ranks import MANY, Rank, Track
from bot.domain.states import JobState
from bot.scheduling import crews
from bot.scheduling.clockwork import BATCH, Clockwork
from bot.scheduling.desk import Desk
from bot.services.jobs import job
from bot.slack.errors import NotYet
from bot.slack.gateway import Posted
from bot.slack.message import Message
from bot.store import claims
from bot.store.engine import Database
from bot.store.tables import Job, Person, Workspace
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

LEASE = timedelta(minutes=2)
HOUR = timedelta(hours=1)


class FullGateway(RecordingGateway):
    """Slack has no room for messages in the conversations named here."""

    full: frozenset[str] = frozenset()

    async def post(self, channel: str, message: Message, **how: Any) -> Posted:
        if channel in self.full:
            raise NotYet(30, "chat.postMessage")
        return await super().post(channel, message, **how)


@pytest.fixture
def gateway() -> FullGateway:
    return FullGateway()


async def take(
    db: Database,
    clock: HandClock,
    limit: int = 100,
    apart_from: frozenset[tuple[int, Track]] = frozenset(),
) -> list[Job]:
    return await claims.claim(
        db,
        me="one",
        now=clock.now(),
        wall=clock.wall(),
        lease_for=LEASE,
        limit=limit,
        apart_from=apart_from,
    )


async def announce(facts: Facts, people: list[Person], count: int, key: str = "news") -> None:
    """Plan what so many are told at once; here it is a few people who hear it all."""
    async with facts.db.work() as work:
        await work.plan(
            *(
                job(
                    JobKind.PLAIN_ANSWER,
                    f"{key}:{people[0].workspace_id}:{number}",
                    now=facts.now,
                    due_at=facts.now - HOUR,
                    workspace_id=people[0].workspace_id,
                    recipient_id=people[number % len(people)].id,
                    note=key,
                )
                for number in range(count)
            )
        )
        await work.commit()


async def staff(facts: Facts) -> list[Person]:
    return [await facts.person(dm_channel=f"D1{number}") for number in range(4)]


async def another_company(facts: Facts) -> list[Person]:
    workspace = await facts.add(Workspace(slack_team_id="T2", created_at=facts.now))
    row = Person(
        workspace_id=workspace.id,
        slack_id="U2",
        name="Grace",
        zone="Europe/London",
        refreshed_at=facts.now,
        dm_channel="D2",
    )
    return [await facts.add(row)]


async def test_the_most_urgent_first_and_of_those_the_longest_due(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    ada = await facts.person()
    await announce(facts, [ada], MANY + 1)
    in_order = [
        JobKind.CLOSE,
        JobKind.PLAIN_ANSWER,
        JobKind.FIVE_MINUTES,
        JobKind.START_CARD,
        JobKind.OFFER,
        JobKind.ACTION_DUE,
    ]
    for behind, kind in enumerate(reversed(in_order)):
        await facts.job(kind, recipient=ada, due_at=MONDAY - timedelta(seconds=behind))
    standing = await facts.job(JobKind.OFFER, recipient=ada, slack_ts="1.1", state=JobState.DONE)
    async with database.work() as work:
        await work.touch(Job.id == standing.id, now=clock.now())
        await work.commit()

    taken = await take(database, clock, limit=300)
    assert [each.kind for each in taken[:6]] == in_order
    assert {each.rank for each in taken[6:-1]} == {Rank.MANY}
    assert (taken[-1].id, taken[-1].rank) == (standing.id, Rank.PUT_RIGHT)


async def test_hundreds_that_are_put_right_wait_for_the_one_somebody_clicked(
    database: Database, clock: HandClock, facts: Facts
) -> None:
    ada = await facts.person()
    for number in range(MANY + 2):
        await facts.job(
            JobKind.ROUND_NOTICE,
            recipient=ada,
            slack_ts=f"1.{number}",
            state=JobState.DONE,
            note="all" if number else "one",
        )
    async with database.work() as work:
        await work.touch(Job.note == "all", now=clock.now() - HOUR)
        await work.touch(Job.note == "one", now=clock.now())
        await work.commit()
    (first,) = await take(database, clock, limit=1)
    assert (first.note, first.rank) == ("one", Rank.PUT_RIGHT)
    (second,) = await take(database, clock, limit=1)
    assert (second.note, second.rank) == ("all", Rank.PUT_MANY_RIGHT)


async def test_lines_take_turns(database: Database, clock: HandClock, facts: Facts) -> None:
    ours, theirs = await staff(facts), await another_company(facts)
    await announce(facts, ours, 2000)
    await announce(facts, theirs, 3)
    taken = await take(database, clock, limit=BATCH)
    assert len(taken) == BATCH
    assert sum(each.workspace_id == theirs[0].workspace_id for each in taken) == 3

    left_alone = frozenset({(ours[0].workspace_id, Track.SAID)})
    assert await take(database, clock, apart_from=left_alone) == []
    await announce(facts, theirs, 1, "more")
    assert len(await take(database, clock, apart_from=left_alone)) == 1


async def test_a_reminder_elsewhere_goes_out_beside_the_first_announcements(
    clockwork: Clockwork, facts: Facts, gateway: FullGateway
) -> None:
    ours, theirs = await staff(facts), await another_company(facts)
    await announce(facts, ours, 2000)
    await announce(facts, theirs, 1, "reminder")

    said: list[str] = []

    async def watch() -> None:
        said.append("")
        if len(said) == BATCH:
            clockwork._stopping = clockwork._crews.stopping = True

    gateway.meanwhile = watch
    await clockwork.tick()
    assert any("note=reminder" in text for text in gateway.texts()[: BATCH + 2])
    assert len(gateway.said) < 2 * BATCH


async def test_what_slack_has_no_room_for_is_put_off_without_a_lease_or_an_attempt(
    clockwork: Clockwork, clock: HandClock, facts: Facts, gateway: FullGateway
) -> None:
    ours, theirs = await staff(facts), await another_company(facts)
    await announce(facts, ours, 30)
    await announce(facts, theirs, 1, "reminder")
    gateway.full = frozenset(person.dm_channel or "" for person in ours)
    await clockwork.wake()

    assert [text for text in gateway.texts() if "note=reminder" in text] == gateway.texts()
    jobs = [each for each in await facts.all(Job) if each.workspace_id == ours[0].workspace_id]
    assert {each.state for each in jobs} == {JobState.PENDING}
    assert {each.leased_by for each in jobs} == {None}
    assert {each.attempts for each in jobs} == {0}
    put_off = [each for each in jobs if each.leased_until is not None]
    assert {each.reason for each in put_off} == {"paced"}
    assert len(put_off) <= crews.PLACES_ELSEWHERE  # the others were given back, not tried in turn
    assert all(
        each.leased_until and each.leased_until > clock.wall() + timedelta(seconds=25)
        for each in put_off
    )
    assert put_off


async def test_what_a_crew_gives_back_as_others_are_claimed_is_not_left_for_the_next_tick(
    clockwork: Clockwork, facts: Facts, gateway: FullGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "BEGIN_FOR", 0.0)
    await announce(facts, await staff(facts), 3)
    claim, looked = claims.claim, asyncio.Event()

    async def claiming(*args: Any, **given: Any) -> list[Job]:
        jobs = await claim(*args, **given)
        looked.set()
        if not jobs:  # the crew is done before it has its answer
            await clockwork._crews.finish()
        return jobs

    async def while_others_are_claimed() -> None:
        looked.clear()
        clockwork.ring()
        await looked.wait()

    monkeypatch.setattr(claims, "claim", claiming)
    gateway.meanwhile = while_others_are_claimed
    await asyncio.wait_for(clockwork._drain(), 20)
    assert len(gateway.said) == 3


async def test_a_crew_gives_back_what_it_does_not_come_to(
    clockwork: Clockwork,
    facts: Facts,
    gateway: FullGateway,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(crews, "BEGIN_FOR", 0.0)
    await announce(facts, await staff(facts), 10)
    await clockwork.wake()
    assert len(gateway.said) == 10
    assert {(each.state, each.attempts, each.leased_by) for each in await facts.all(Job)} == {
        (JobState.DONE, 0, None)
    }


async def test_two_processes_are_fair_to_each_other(
    desk: Desk, database: Database, clock: HandClock, facts: Facts
) -> None:
    """What one has in its hands is no other's, and there is enough for both."""
    await announce(facts, await staff(facts), 60)
    one = await take(database, clock, limit=BATCH)
    two = await claims.claim(
        database, me="two", now=clock.now(), wall=clock.wall(), lease_for=LEASE, limit=BATCH
    )
    assert len(one) == len(two) == BATCH
    assert not {each.id for each in one} & {each.id for each in two}
