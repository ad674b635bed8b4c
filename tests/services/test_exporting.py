"""The people of a programme as a file: it comes back unchanged, and runs nothing."""

import csv
import io
from datetime import UTC, datetime

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.services.lists import exporting
from bot.services.lists.importing_rows import AlsoCalled
from bot.slack.languages import Languages
from bot.slack.sheet_words import people_headings
from bot.store.tables import Apart, Enrolment
from tests.services.lists import Lists
from tests.services.story import Story, breaks

EVERYTHING = (
    "person,roles,topics offered,topics sought,capacity,department,seniority,languages,location,"
    "country,manager,windows\n"
    "UADA,both,Hiring;Writing clearly,interviews;feedback,3,Design,senior,English;de,Lisbon,"
    "GB,UBOSS,Mon am;Thu pm\n"
    "UCHEN,mentee,,hiring,,\"=cmd|' /C calc'!A0\",2,,-3,,,\n"
    'UBOSS,mentor,,,8,"Sales, North; ""A""",6,pt,\'+1,PT,,fri\n'
)


@pytest.fixture
async def lists(story: Story) -> Lists:
    lists = await Lists.of(story)
    lists.hire("UADA", "Ada")
    lists.hire("UBOSS", "@Boss")
    lists.hire("UCHEN", "=Chen")
    await lists.takes(await lists.sends(EVERYTHING))
    return lists


async def sheet(lists: Lists) -> bytes:
    ctx = lists.story.ctx
    found = await exporting.people_sheet(ctx, programme_id=lists.programme.id)
    return found.written(people_headings(str), ctx.library.areas)


def cells(raw: bytes) -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    return {row["person"]: row for row in rows}


async def test_it_comes_back_unchanged(lists: Lists) -> None:
    raw = await sheet(lists)
    view = await lists.sends(raw)
    assert (view.new, view.changed, view.unchanged) == (0, 0, 3)
    assert (view.problems, view.unknown_columns) == ((), ())
    assert await sheet(lists) == raw


async def test_what_is_in_it(lists: Lists) -> None:
    ada = cells(await sheet(lists))["UADA"]
    assert ada == {
        "person": "UADA",
        "name": "Ada",
        "roles": "mentor; mentee",
        "topics offered": "Hiring; Writing clearly",
        "topics sought": "Interviews and applications; Giving and taking feedback",
        "capacity": "3",
        "department": "Design",
        "seniority": "3",
        "languages": "en; de",
        "location": "Lisbon",
        "country": "GB",
        "manager": "UBOSS",
        "windows": "mon am; thu pm",
    }


async def test_no_cell_is_a_formula(lists: Lists) -> None:
    for row in cells(await sheet(lists)).values():
        for cell in row.values():
            assert cell in ("-3", "+1") or cell[:1] not in tuple("=+-@")


async def test_it_comes_back_into_another_programme(lists: Lists) -> None:
    """The same people, topics and all, may begin elsewhere."""
    raw = await sheet(lists)
    async with lists.story.ctx.db.work() as work:
        for row in await lists.story.facts.all(Enrolment):
            await work.session.delete(await work.session.get_one(Enrolment, row.id))
        await work.commit()
    view = await lists.takes(await lists.sends(raw))
    assert (view.new, view.problem_count) == (3, 0)
    assert await sheet(lists) == raw


async def test_a_topic_that_is_gone_spoils_nothing(lists: Lists) -> None:
    rows = await lists.rows("UADA")
    async with lists.story.ctx.db.work() as work:
        row = await work.session.get_one(Enrolment, rows[Role.MENTEE].id)
        row.areas = ["weaving", *row.areas]  # was offered once
        await work.commit()
    view = await lists.sends(await sheet(lists))
    assert (view.unchanged, view.problem_count) == (3, 0)


async def test_windows_that_differ_by_role_stay(lists: Lists) -> None:
    rows = await lists.rows("UADA")
    async with lists.story.ctx.db.work() as work:
        row = await work.session.get_one(Enrolment, rows[Role.MENTEE].id)
        row.windows = ["fri_am"]
        await work.commit()
    assert cells(await sheet(lists))["UADA"]["windows"] == "mon am; thu pm; fri am"
    assert (await lists.sends(await sheet(lists))).unchanged == 3


async def test_who_is_not_in_it(lists: Lists) -> None:
    chen = await lists.person("UCHEN")
    boss = await lists.person("UBOSS")
    now = lists.story.ctx.now()
    await lists.story.facts.add(Apart(person_id=chen.id, other_id=boss.id, made_at=now))
    async with lists.story.ctx.db.work() as work:
        row = await work.session.get_one(Enrolment, (await lists.rows("UADA"))[Role.MENTEE].id)
        row.ended_at = datetime(2026, 11, 1, tzinfo=UTC)
        gone = await work.session.get_one(type(chen), chen.id)
        gone.is_deleted = True
        await work.commit()
    found = cells(await sheet(lists))
    assert set(found) == {"UADA", "UBOSS"}
    assert found["UADA"]["roles"] == "mentor"
    assert "UCHEN" not in str(found)


async def test_only_a_lead_is_sent_it(lists: Lists) -> None:
    ctx, whose = lists.story.ctx, lists.programme.id
    with breaks("not_a_lead"):
        ada = await lists.person("UADA")
        await exporting.ask_people(ctx, actor_id=ada.id, programme_id=whose)
    for _ in range(2):  # two presses
        await exporting.ask_people(ctx, actor_id=lists.lead.id, programme_id=whose)
    job = await lists.story.job(JobKind.PEOPLE_FILE)
    assert (job.recipient_id, job.programme_id) == (lists.lead.id, whose)


async def test_an_empty_programme_is_a_line_of_headings(story: Story) -> None:
    lists = await Lists.of(story)
    raw = await sheet(lists)
    assert raw.decode("utf-8-sig").startswith("person,name,roles,topics offered")
    assert cells(raw) == {}


async def test_a_list_in_another_language_comes_back_unchanged(lists: Lists) -> None:
    ctx, languages = lists.story.ctx, Languages()
    german = languages.speaking("de").translations.gettext
    found = await exporting.people_sheet(ctx, programme_id=lists.programme.id)
    areas = {key: german(label) for key, label in ctx.library.areas.items()}
    raw = found.written(people_headings(german), areas)
    assert german("topics offered") in raw.decode()
    also = AlsoCalled(
        {column: {heading} for column, heading in people_headings(german).items()},
        {label: key for key, label in areas.items()},
    )
    view = await lists.sends(raw, also=also)
    assert (view.new, view.changed, view.unchanged) == (0, 0, 3)
    assert (view.problems, view.unknown_columns) == ((), ())
