"""What nobody needs any more goes, a little at a time; what is needed stays, however old."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RelationshipState
from bot.services import clearing
from bot.services.clearing import (
    CLEARINGS,
    DRAFTS_FOR,
    INSTALLATIONS_FOR,
    RECEIPTS_FOR,
    SAID_FOR,
    TALLIES_FOR,
    UNSAID_FOR,
    clear,
)
from bot.services.context import Context
from bot.services.lists import importing
from bot.store.engine import Database
from bot.store.tables import (
    Draft,
    Installation,
    Job,
    PeopleImport,
    Person,
    ProgrammeDraft,
    Receipt,
    Relationship,
    Tally,
    Tie,
    Workspace,
)
from tests.support.clock import MONDAY, HandClock
from tests.support.facts import Facts

DAY = timedelta(days=1)
NUMBERS = iter(range(1, 100_000))


@pytest.fixture
def facts(database: Database) -> Facts:
    return Facts(database)


@pytest.fixture
async def ada(facts: Facts) -> Person:
    return await facts.person("Ada")


def _job(person: Person | None, age: timedelta, **columns: Any) -> Job:
    given: dict[str, Any] = {
        "kind": JobKind.AGENDA_ASK,
        "dedupe_key": f"clearing:{next(NUMBERS)}",
        "workspace_id": 1,
        "recipient_id": person.id if person else None,
        "state": JobState.SKIPPED,
        "due_at": MONDAY - age,
        "made_at": MONDAY - age,
    }
    return Job(**given | columns)


def _said(person: Person | None, age: timedelta, **columns: Any) -> Job:
    where: dict[str, Any] = {"slack_channel": "D1", "slack_ts": "1.0", "said_at": MONDAY - age}
    return _job(person, age, **{"state": JobState.DONE, **where, **columns})


async def _left(facts: Facts, table: type[SQLModel] = Job) -> list[int]:
    return [row.id for row in await facts.all(table)]


async def test_jobs_that_said_nothing(facts: Facts, ada: Person, context: Context) -> None:
    for state in (JobState.SKIPPED, JobState.DONE, JobState.DEAD):
        await facts.add(_job(ada, UNSAID_FOR + DAY, state=state))
    young = await facts.add(_job(ada, UNSAID_FOR - DAY))
    pending = await facts.add(_job(ada, SAID_FOR * 2, state=JobState.PENDING))
    assert await clear(context) == 3
    assert await _left(facts) == [young.id, pending.id]


async def test_jobs_that_said_something(facts: Facts, ada: Person, context: Context) -> None:
    kept = [
        await facts.add(_said(ada, SAID_FOR - DAY)),
        await facts.add(_said(ada, SAID_FOR + DAY, state=JobState.PENDING)),  # to be put right
        await facts.add(_said(ada, SAID_FOR + DAY, said_at=MONDAY - DAY)),
    ]
    await facts.add(_said(ada, SAID_FOR + DAY))
    assert await clear(context) == 1
    assert await _left(facts) == [row.id for row in kept]


async def test_what_stands_for_longer(facts: Facts, ada: Person, context: Context) -> None:
    bo, programme = await facts.person("Bo"), await facts.programme()
    pair: dict[str, Any] = {"programme_id": programme.id, "mentor_id": ada.id, "mentee_id": bo.id}
    active = await facts.add(Relationship(**pair, began_at=MONDAY, state=RelationshipState.ACTIVE))
    over = await facts.add(Relationship(**pair, began_at=MONDAY, state=RelationshipState.ENDED))
    tied: dict[str, Any] = {"programme_id": programme.id, "first_id": ada.id, "second_id": bo.id}
    tie = await facts.add(Tie(**tied, mentor_id=ada.id, started_at=MONDAY))
    untied = await facts.add(Tie(**tied, mentor_id=ada.id, started_at=MONDAY, stopped_at=MONDAY))
    old = SAID_FOR + DAY
    kept = [
        await facts.add(_said(None, old, kind=JobKind.PROGRAMME_CARD, programme_id=programme.id)),
        await facts.add(_said(ada, old, relationship_id=active.id)),
        await facts.add(_said(ada, old, tie_id=tie.id)),
    ]
    await facts.add(_said(ada, old, relationship_id=over.id))
    await facts.add(_said(ada, old, tie_id=untied.id))
    await facts.add(_said(ada, old, programme_id=programme.id))
    assert await clear(context) == 3
    assert await _left(facts) == [row.id for row in kept]


async def test_the_rest(facts: Facts, ada: Person, context: Context) -> None:
    programme = await facts.programme()
    for age, name in ((RECEIPTS_FOR + DAY, "old"), (RECEIPTS_FOR - DAY, "young")):
        async with facts.db.work() as work:
            await work.once(name, MONDAY - age)
            await work.commit()
    for age in (DRAFTS_FOR + DAY, DRAFTS_FOR - DAY):
        then = MONDAY - age
        form: dict[str, Any] = {
            "workspace_id": 1,
            "channel": "C1",
            "by_id": ada.id,
            "made_at": then,
        }
        await facts.add(ProgrammeDraft(**form))
        await facts.add(Draft(person_id=ada.id, text="used", made_at=then, used_at=then))
        await facts.add(Draft(person_id=ada.id, text="not yet", made_at=then))
    asked = await facts.add(Draft(person_id=ada.id, made_at=MONDAY - 2 * DRAFTS_FOR))
    await facts.add(_said(ada, DAY, draft_id=asked.id))
    for age in (TALLIES_FOR + DAY, TALLIES_FOR - DAY):
        month = (MONDAY - age).date()
        await facts.add(Tally(programme_id=programme.id, what="not_for_a_bot", month_on=month))
    assert await clear(context) == 4
    assert len(await _left(facts, ProgrammeDraft)) == 1
    assert len(await _left(facts, Tally)) == 1
    texts = [draft.text for draft in await facts.all(Draft)]
    assert texts == ["not yet", "used", "not yet", None]
    async with facts.db.read() as session:
        assert await session.get(Receipt, "old") is None
        assert await session.get(Receipt, "young") is not None


async def test_a_year_goes_in_short_steps(
    facts: Facts, ada: Person, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the steps let others in between."""
    monkeypatch.setattr(clearing, "BATCH", 50)
    async with facts.db.work() as work:
        days = (UNSAID_FOR + timedelta(days=number) for number in range(365))
        await work.plan(*[_job(ada, age) for age in days])
        await work.commit()
    told: list[tuple[str, int]] = []
    pauses = 0

    async def pause() -> None:
        nonlocal pauses
        pauses += 1

    def swept(table: str, rows: int) -> None:
        told.append((table, rows))

    gone = await clear(context, between=pause, swept=swept)
    assert gone == 364  # the last one is as old as it may be, to the minute
    assert {table for table, _ in told} == {"job"}
    assert max(rows for _, rows in told) == 50
    assert pauses == len(told) + len(CLEARINGS) - 1
    assert await clear(context) == 0


async def test_a_list_that_nobody_took_over(
    facts: Facts, ada: Person, context: Context, clock: HandClock
) -> None:
    programme = await facts.programme()
    given: dict[str, Any] = {
        "programme_id": programme.id,
        "by_id": ada.id,
        "file": "F1",
        "rows": [["Bo"]],
    }
    old = await facts.add(PeopleImport(**given, made_at=MONDAY - 31 * DAY))
    young = await facts.add(PeopleImport(**given, made_at=MONDAY - 29 * DAY))
    await importing.discard_forgotten(context, older_than=30 * DAY)
    gone = await facts.one(PeopleImport, old.id)
    assert (gone.rows, gone.discarded_at) == (None, clock.now())
    assert (await facts.one(PeopleImport, young.id)).rows == [["Bo"]]


async def test_removed_installations_without_a_workspace(facts: Facts, context: Context) -> None:
    await facts.add(Workspace(slack_team_id="T1", created_at=MONDAY))
    await facts.add(Workspace(slack_team_id="T2", enterprise_id="E1", created_at=MONDAY))
    old, young = MONDAY - INSTALLATIONS_FOR - DAY, MONDAY - INSTALLATIONS_FOR + DAY
    for slack_id, revoked_at in (("TGONE", old), ("TYOUNG", young), ("T1", old), ("TLIVE", None)):
        token = None if revoked_at else "xoxb-1"
        await facts.add(
            Installation(slack_id=slack_id, token=token, installed_at=old, revoked_at=revoked_at)
        )
    for slack_id in ("E1", "E2"):
        await facts.add(
            Installation(slack_id=slack_id, is_org=True, installed_at=old, revoked_at=old)
        )
    assert await clear(context) == 2
    left = [row.slack_id for row in await facts.all(Installation)]
    assert left == ["TYOUNG", "T1", "TLIVE", "E1"]
