"""Leads, channels, threads and files in the local workspace, with the scopes of our manifest."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import JobState, RoundState
from bot.sandbox.conversations import ChannelSpec
from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.person import Person as Somebody
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.services.context import Context
from bot.services.lists import importing
from bot.slack.gateway import Gateway, new_client
from bot.slack.templates import Templates
from bot.store.tables import Job, Lead, PeopleImport, Person, Programme, Round
from tests.scheduling.clubs import Club, a_club, outcome
from tests.support.clock import HandClock
from tests.support.facts import Facts

MANIFEST = Path(__file__).resolve().parents[2] / "manifest.yml"
RETRY = timedelta(hours=2)  # beyond any back-off
PEOPLE = tuple(PersonSpec(handle, handle.title()) for handle in ("ada", "bo", "cy", "di"))


@pytest.fixture
def ws(clock: HandClock) -> Workspace:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    channels = (ChannelSpec("tea", members=("ada", "bo"), with_app=True),)
    return Workspace(manifest, PEOPLE, clock, channels=channels)


@pytest.fixture
async def server(ws: Workspace) -> AsyncIterator[Server]:
    async with serve(ws) as served:
        yield served


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates()


@pytest.fixture
async def gateway(ws: Workspace, server: Server) -> AsyncIterator[Gateway]:
    async with aiohttp.ClientSession() as session:
        yield Gateway(new_client(ws.bot_token, server.api_url, session))


@pytest.fixture
def clockwork(context: Context, gateway: Gateway, templates: Templates) -> Clockwork:
    return Clockwork(Desk(context, gateway, templates, me="one"), patience=0)


@pytest.fixture
async def club(facts: Facts, ws: Workspace) -> Club:
    """Tea, led by Ada and Bo; Cy offers and Di seeks."""
    ada, bo, cy, di = [
        await facts.person(name.title(), slack_id=ws.user(name).id)
        for name in ("ada", "bo", "cy", "di")
    ]
    club = await a_club(facts, ada, bo, channel=ws.channel("tea").id)
    await club.join(cy, Role.MENTOR)
    await club.join(di, Role.MENTEE)
    return club


async def a_round(club: Club) -> tuple[Round, Job]:
    row = await club.round(RoundState.ANNOUNCED, run=0)
    key = f"round:{row.id}:review"
    card = await club.job(JobKind.ROUND_REVIEW, round_id=row.id, dedupe_key=key)
    await club.job(JobKind.ROUND_RUN, round_id=row.id)
    return row, card


async def test_a_round_is_planned_in_a_thread_of_the_leads(
    clockwork: Clockwork, facts: Facts, ws: Workspace, club: Club
) -> None:
    row, card = await a_round(club)
    await clockwork.wake()
    assert (await facts.one(Round, row.id)).state is RoundState.PLANNED
    group = (await facts.one(Programme, club.programme.id)).leads_channel
    assert (await facts.one(Job, card.id)).slack_channel == group
    bo = Somebody(ws, "bo")
    await bo.reads("Nothing goes out before", where="group")
    assert any("Cy" in seen.text for seen in bo.thread("Nothing goes out before"))


async def test_a_reply_that_may_have_arrived_is_found_in_its_thread(
    clockwork: Clockwork, facts: Facts, ws: Workspace, club: Club, clock: HandClock
) -> None:
    await a_round(club)
    ws.faults.add("chat.postMessage", "timeout_after_effect", match=lambda a: "thread_ts" in a)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    group = ws.conversations[(await facts.one(Programme, club.programme.id)).leads_channel]
    assert len(group.messages) == 3
    assert {job.state for job in await facts.all(Job)} == {JobState.DONE}


async def test_pages_stand_beside_a_card_that_was_deleted(
    clockwork: Clockwork, facts: Facts, ws: Workspace, club: Club
) -> None:
    row = await club.round(RoundState.PLANNED)
    card = await club.job(JobKind.ROUND_REVIEW, round_id=row.id)
    await clockwork.wake()
    said = await facts.one(Job, card.id)
    group = ws.conversations[said.slack_channel]
    group.messages.clear()
    pages = await club.job(JobKind.ROUND_PAIRS, round_id=row.id, note="page:1")
    await clockwork.wake()
    assert await outcome(facts, pages) == (JobState.DONE, None)
    assert [message.thread_ts for message in group.messages] == [""]


async def test_a_lead_who_left_is_left_out(
    clockwork: Clockwork, facts: Facts, ws: Workspace, club: Club
) -> None:
    ws.deactivate("bo")
    job = await club.job(JobKind.LEAD_NEWS, note="channel_back")
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, None)
    assert len(await facts.all(Lead)) == 1
    await Somebody(ws, "ada").reads("goes on", where="dm")


async def test_the_card_stands_in_the_channel_and_rests_with_it(
    clockwork: Clockwork, facts: Facts, ws: Workspace, club: Club, clock: HandClock
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    await clockwork.wake()
    ada = Somebody(ws, "ada")
    await ada.reads("Join", where="#tea")
    ws.channel("tea").archived = True
    async with facts.db.work() as work:
        (await work.session.get_one(Programme, club.programme.id)).name = "Coffee"
        await work.touch(Job.id == job.id, now=clock.now())
        await work.commit()
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, "channel_archived")
    assert (await facts.one(Programme, club.programme.id)).archived_at is not None
    await ada.reads("was archived", where="group")


async def test_a_card_whose_answer_was_lost_is_not_posted_twice(
    clockwork: Clockwork, facts: Facts, ws: Workspace, club: Club, clock: HandClock
) -> None:
    job = await club.job(JobKind.PROGRAMME_CARD)
    ws.faults.add("chat.postMessage", "timeout_after_effect")
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert await outcome(facts, job) == (JobState.DONE, "unsure")
    assert len(ws.channel("tea").messages) == 1
    await Somebody(ws, "ada").reads("Post it again", where="group")


async def test_a_channel_that_took_lantern_out_is_news(
    clockwork: Clockwork, facts: Facts, ws: Workspace, club: Club
) -> None:
    ws.channel("tea").members.remove(ws.bot_user_id)
    job = await club.job(JobKind.PROGRAMME_CARD)
    await clockwork.wake()
    assert (await outcome(facts, job))[0] is JobState.DEAD
    await Somebody(ws, "ada").reads("I am not in the channel of Tea any more", where="group")


@pytest.mark.parametrize("fault", [None, "timeout_after_effect", "429"])
async def test_a_report_comes_with_its_files_once(
    clockwork: Clockwork,
    facts: Facts,
    ws: Workspace,
    club: Club,
    clock: HandClock,
    fault: str | None,
) -> None:
    ada = club.leads[0]
    for kind in (JobKind.REPORT_CARD, JobKind.REPORT_FILES):
        await club.job(kind, recipient=ada, note="90")
    if fault is not None:
        ws.faults.add("files.completeUploadExternal", fault)
    await clockwork.wake()
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert {job.state for job in await facts.all(Job)} == {JobState.DONE}
    card, files = ws.app_dm(ada.slack_id).messages
    assert files.thread_ts == card.ts
    assert files.files[-1]["name"].startswith("report-")


async def test_a_programmes_people_come_as_a_file_with_its_words(
    clockwork: Clockwork, ws: Workspace, club: Club
) -> None:
    ada = Somebody(ws, "ada")
    await club.job(JobKind.PEOPLE_FILE, recipient=club.leads[0])
    await clockwork.wake()
    await ada.reads("You may change it and send it back", where="dm")
    assert b"Cy" in ada.downloads("People of Tea")


async def test_a_list_is_fetched_and_read(
    clockwork: Clockwork, facts: Facts, context: Context, ws: Workspace, club: Club
) -> None:
    ada = Somebody(ws, "ada")
    await ada.shares("people.csv", b"name,email,role\nBo,bo@example.com,mentor\n")
    (file_id,) = ws.files.objects
    await importing.ask_import(
        context, actor_id=club.leads[0].id, programme_id=club.programme.id, file=file_id
    )
    await clockwork.wake()
    (batch,) = await facts.all(PeopleImport)
    assert batch.read_at is not None
    assert {job.state for job in await facts.all(Job)} == {JobState.DONE}


async def test_a_list_that_was_deleted_meanwhile_is_told_on_its_card(
    clockwork: Clockwork, facts: Facts, context: Context, ws: Workspace, club: Club
) -> None:
    await importing.ask_import(
        context, actor_id=club.leads[0].id, programme_id=club.programme.id, file="F0NOWHERE0"
    )
    await clockwork.wake()
    (batch,) = await facts.all(PeopleImport)
    assert batch.failure == "file_gone"
    await Somebody(ws, "ada").reads("no longer in Slack", where="dm")


async def test_everyone_is_listed_with_what_their_status_says(
    clockwork: Clockwork, facts: Facts, ws: Workspace, club: Club
) -> None:
    ws.deactivate("di")
    row, _ = await a_round(club)
    await clockwork.wake()
    assert (await facts.one(Round, row.id)).state is RoundState.PLANNED
    known = {person.name: person for person in await facts.all(Person)}
    assert known["Di"].is_deleted
    assert not known["Cy"].is_deleted
