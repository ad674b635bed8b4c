"""Files on their way: sent once, under their message, and found again by their names."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.scheduling.clockwork import Clockwork
from bot.slack.errors import Permanent, Transient, Uncertain
from bot.store.tables import Job
from tests.scheduling.clubs import Club, a_club, outcome
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway, Said

RETRY = timedelta(hours=2)  # beyond any back-off


@pytest.fixture
async def club(facts: Facts) -> Club:
    return await a_club(facts, await facts.person("Ada"))


async def a_report(club: Club, *, in_channel: bool = False) -> tuple[Job, Job]:
    to = None if in_channel else club.leads[0]
    note = "90:channel" if in_channel else "90"
    card = await club.job(JobKind.REPORT_CARD, recipient=to, note=note)
    files = await club.job(JobKind.REPORT_FILES, recipient=to, note=note)
    return card, files


def only(said: list[Said]) -> Said:
    (one,) = said
    return one


@pytest.mark.parametrize("in_channel", [False, True])
async def test_a_reports_files_stand_under_it(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, in_channel: bool
) -> None:
    card, files = await a_report(club, in_channel=in_channel)
    await clockwork.wake()
    shown, sent = only(gateway.of_job(card.id)), only(gateway.of_job(files.id))
    assert (sent.channel, sent.thread_ts) == (shown.channel, shown.ts)
    assert (shown.channel == "C0CLUB") == in_channel
    names = [file.name for file in sent.files]
    assert names[-1] == "report.csv"
    assert all(file.alt for file in sent.files[:-1])
    assert await outcome(facts, files) == (JobState.DONE, None)


async def test_a_report_that_is_asked_for_twice_has_its_files_under_each(
    clockwork: Clockwork, gateway: RecordingGateway, club: Club
) -> None:
    pairs = [await a_report(club), await a_report(club)]
    await clockwork.wake()
    for card, files in pairs:
        assert only(gateway.of_job(files.id)).thread_ts == only(gateway.of_job(card.id)).ts


async def test_a_file_that_may_have_arrived_is_found_by_its_name(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    _, files = await a_report(club)
    gateway.fail("upload", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    only(gateway.of_job(files.id))
    row = await facts.one(Job, files.id)
    assert (row.state, row.slack_ts) == (JobState.DONE, f"F{files.id}")


async def test_files_that_did_not_arrive_are_sent_again(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    _, files = await a_report(club)
    gateway.fail("upload", Transient("http_503"))
    await clockwork.wake()
    assert gateway.of_job(files.id) == []
    clock.let_pass(RETRY)
    await clockwork.wake()
    only(gateway.of_job(files.id))


async def test_in_a_channel_nobody_can_look_so_they_are_sent_once_at_most(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    _, files = await a_report(club, in_channel=True)
    gateway.fail("upload", Uncertain("timeout"), after_effect=True)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    only(gateway.of_job(files.id))
    assert await outcome(facts, files) == (JobState.DONE, "unsure")


async def test_files_stand_beside_a_report_that_was_deleted(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    card, files = await a_report(club)
    async with facts.db.work() as work:
        said = await work.session.get_one(Job, card.id)
        said.slack_channel, said.slack_ts, said.state = "D1", "1.1", JobState.DONE
        await work.commit()
    gateway.gone[("D1", "1.1")] = "thread_not_found"
    await clockwork.wake()
    sent = only(gateway.of_job(files.id))
    assert (sent.channel, sent.thread_ts) == ("D1", None)


async def test_what_was_sent_is_not_put_right(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club, clock: HandClock
) -> None:
    _, files = await a_report(club)
    await clockwork.wake()
    async with facts.db.work() as work:
        await work.touch(Job.id == files.id, now=clock.now())
        await work.commit()
    await clockwork.wake()
    assert await outcome(facts, files) == (JobState.DONE, None)
    assert len(only(gateway.of_job(files.id)).versions) == 1


async def test_a_refused_file_is_given_up(
    clockwork: Clockwork, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    _, files = await a_report(club)
    gateway.fail("upload", Permanent("file_type_not_allowed"))
    await clockwork.wake()
    assert (await outcome(facts, files))[0] is JobState.DEAD
