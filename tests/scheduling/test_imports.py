"""A lead's list of people: fetched, read, and never left unread without a word."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.scheduling.clockwork import Clockwork
from bot.services.context import Context
from bot.services.lists import importing
from bot.slack.errors import Permanent, Transient
from bot.store.tables import Job, PeopleImport
from tests.scheduling.clubs import Club, a_club
from tests.support.clock import HandClock
from tests.support.facts import Facts
from tests.support.gateway import RecordingGateway

RETRY = timedelta(hours=2)  # beyond any back-off


@pytest.fixture
async def club(facts: Facts) -> Club:
    return await a_club(facts, await facts.person("Ada"))


async def sent(context: Context, club: Club) -> None:
    await importing.ask_import(
        context, actor_id=club.leads[0].id, programme_id=club.programme.id, file="F1"
    )


async def batch_of(facts: Facts) -> PeopleImport:
    (batch,) = await facts.all(PeopleImport)
    assert isinstance(batch, PeopleImport)
    return batch


async def test_a_list_is_read_beside_everything_else(
    clockwork: Clockwork, context: Context, facts: Facts, gateway: RecordingGateway, club: Club
) -> None:
    gateway.files["F1"] = b"name,role\nBo,mentor\n"
    await sent(context, club)
    await clockwork.wake()
    assert (await batch_of(facts)).read_at is not None
    assert gateway.listings == 1


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("file_too_big", "file_too_big"),
        ("file_deleted", "file_gone"),
        ("file_not_found", "file_gone"),
        ("file_not_readable", "file_gone"),
        ("no_permission", "file_unread"),
    ],
)
async def test_what_slack_does_not_give_is_told_on_the_card(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    code: str,
    key: str,
) -> None:
    gateway.fail("download", Permanent(code))
    await sent(context, club)
    await clockwork.wake()
    assert (await batch_of(facts)).failure == key
    (card,) = gateway.said
    assert card.text == "import_card"


async def test_a_slack_that_is_down_is_asked_again(
    clockwork: Clockwork,
    context: Context,
    facts: Facts,
    gateway: RecordingGateway,
    club: Club,
    clock: HandClock,
) -> None:
    gateway.files["F1"] = b"name,role\nBo,mentor\n"
    gateway.fail("download", Transient("http_503"))
    await sent(context, club)
    await clockwork.wake()
    assert (await batch_of(facts)).read_at is None
    clock.let_pass(RETRY)
    await clockwork.wake()
    assert (await batch_of(facts)).failure is None
    states = {job.kind: job.state for job in await facts.all(Job)}
    assert states == {JobKind.IMPORT_READ: JobState.DONE, JobKind.IMPORT_CARD: JobState.DONE}
