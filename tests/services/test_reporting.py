"""A programme's report: whole months, counted in a few queries, without a name."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.report import Count, Department, Month
from bot.domain.states import SessionState
from bot.services.lists import reporting
from bot.services.lists.reporting_period import period_of
from bot.store.tables import (
    Agenda,
    GoOn,
    Match,
    Person,
    Programme,
    Request,
    Session,
    ThankYou,
    Tick,
)
from bot.store.work import AlreadyDone
from tests.services.lists import Lists
from tests.services.story import Story, breaks

OCTOBER = datetime(2026, 10, 6, 9, tzinfo=UTC)


async def held(story: Story, mentor: Person, mentee: Person, at: datetime, **more: Any) -> Session:
    """A session that took place, asked for four days and one hour before."""
    row = await story.facts.session(
        mentor,
        mentee,
        starts_at=at,
        state=SessionState.CLOSED,
        held_at=at + timedelta(hours=1),
        matched_at=at - timedelta(days=2),
        **more,
    )
    async with story.ctx.db.work() as work:
        match = await work.session.get_one(Match, row.match_id)
        assert match.request_id is not None
        request = await work.session.get_one(Request, match.request_id)
        request.created_at = at - timedelta(days=4, hours=1)
        await work.commit()
    return row


async def report(story: Story, days: int = 90) -> Any:
    programme = await story.facts.programme()
    return await reporting.report(story.ctx, programme_id=programme.id, days=days)


@pytest.mark.parametrize(
    ("days", "first"),
    [(1, (2026, 10)), (30, (2026, 10)), (90, (2026, 8)), (365, (2025, 11)), (730, (2024, 11))],
)
def test_a_period_is_whole_months(days: int, first: tuple[int, int]) -> None:
    period = period_of(datetime(2026, 11, 23, 10, tzinfo=UTC), days, "Europe/London")
    assert (period.first_on, period.last_on) == (date(*first, 1), date(2026, 10, 31))
    assert period.months[0] == period.first_on
    assert len(period.months) == max(1, days // 30)


def test_a_period_is_of_the_programmes_own_calendar() -> None:
    new_year = datetime(2026, 12, 31, 12, tzinfo=UTC)  # in Kiritimati it is the new year already
    period = period_of(new_year, 30, "Pacific/Kiritimati")
    assert (period.first_on, period.last_on) == (date(2026, 12, 1), date(2026, 12, 31))
    assert period.ends_at == datetime(2026, 12, 31, 10, tzinfo=UTC)


async def test_the_way_of_a_session(story: Story) -> None:
    facts = story.facts
    mentor = await facts.mentor("Grace")
    idle = await facts.mentor("Idle")
    ada = await facts.person("Ada", department="Design")
    bo = await facts.person("Bo")
    one = await held(story, mentor, ada, OCTOBER)
    two = await held(story, mentor, bo, OCTOBER.replace(month=9))
    await held(story, mentor, bo, OCTOBER.replace(month=11))  # this month is not over
    await facts.session(mentor, ada, matched_at=OCTOBER)  # no time yet; asked for this month
    for who, role in ((mentor, Role.MENTOR), (ada, Role.MENTEE)):
        for item in story.ctx.library.guide(Kind.FLASH, role).before:
            await facts.add(
                Tick(session_id=one.id, person_id=who.id, item=item.key, ticked_at=OCTOBER)
            )
    await facts.add(Agenda(session_id=two.id, written_at=OCTOBER))  # and not answered
    await facts.add(ThankYou(session_id=one.id, from_id=ada.id, sent_at=OCTOBER))
    await facts.add(ThankYou(session_id=two.id, from_id=mentor.id, sent_at=OCTOBER))
    for who in (mentor, ada):
        await facts.add(
            GoOn(session_id=one.id, person_id=who.id, answered_at=OCTOBER, revealed_at=OCTOBER)
        )
    await facts.add(GoOn(session_id=two.id, person_id=bo.id, answered_at=OCTOBER))

    found = await report(story)
    assert (found.since_on, found.until_on) == (date(2026, 8, 1), date(2026, 10, 31))
    assert (found.asked, found.matched, found.held) == (Count(2, 2), Count(3, 2), Count(2, 2))
    assert found.prepared == found.thanked == found.continued == Count(1, 1)
    assert found.days_to_session == (4, 4)
    assert found.load == (0, 2)
    assert found.by_month == (
        Month(date(2026, 8, 1), Count()),
        Month(date(2026, 9, 1), Count(1, 1)),
        Month(date(2026, 10, 1), Count(1, 1)),
    )
    assert found.departments == (
        Department("Design", Count(1, 1), Count(1, 1)),
        Department("", Count(1, 1), Count(1, 1)),
    )
    assert idle.name not in str(found)
    assert (await reporting.cells(story.ctx, programme_id=1, days=90)).is_empty


async def test_an_answered_agenda_is_preparation_too(story: Story) -> None:
    mentor, ada = await story.facts.mentor(), await story.facts.person()
    row = await held(story, mentor, ada, OCTOBER)
    await story.facts.add(Agenda(session_id=row.id, written_at=OCTOBER, answered_at=OCTOBER))
    assert (await report(story)).prepared == Count(1, 1)


async def test_a_trio_has_two_who_learn(story: Story) -> None:
    facts = story.facts
    mentor, ada, bo = await facts.mentor(), await facts.person(), await facts.person("Bo")
    row = await held(story, mentor, ada, OCTOBER, third_id=bo.id)
    await facts.add(ThankYou(session_id=row.id, from_id=bo.id, sent_at=OCTOBER))
    found = await report(story)
    assert found.held == found.thanked == Count(1, 2)
    assert found.asked == Count(1, 1)


async def test_months_and_departments_add_up(story: Story) -> None:
    facts = story.facts
    mentors = [await facts.mentor(f"M{n}") for n in range(5)]
    for n in range(24):
        mentee = await facts.person(f"P{n}", department=("Design", "Sales", "")[n % 3])
        at = datetime(2026, 8 + n % 3, 1 + n, 23, 30, tzinfo=UTC)
        await held(story, mentors[n % 5], mentee, at)
    found = await report(story)
    assert sum(month.held.times for month in found.by_month) == found.held.times == 24
    assert sum(one.held.times for one in found.departments) == 24
    assert sum(one.asked.times for one in found.departments) == found.asked.times
    assert sum(found.load) == 24
    cells = await reporting.cells(story.ctx, programme_id=1, days=90)
    assert (cells.held, cells.by_month[0].held, cells.departments[0].held) == (24, 8, 8)


async def test_as_many_queries_for_many_sessions_as_for_one(story: Story) -> None:
    mentor = await story.facts.mentor()
    counts = []
    engine = story.ctx.db.engine.sync_engine
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: said.append(call[2]))
    for n in (1, 20):
        for _ in range(n):
            await held(story, mentor, await story.facts.person(), OCTOBER)
        said.clear()
        await report(story)
        counts.append(sum(one.lstrip().startswith("SELECT") for one in said))
    assert counts[0] == counts[1] <= 12  # two of them are the test's own


async def test_of_this_programme_alone(story: Story) -> None:
    lists = await Lists.of(story)
    mentor = await story.facts.mentor()
    await held(story, mentor, await story.facts.person(), OCTOBER)
    found = await reporting.report(story.ctx, programme_id=lists.programme.id, days=90)
    assert (found.held, found.load) == (Count(), ())
    with pytest.raises(KeyError):
        await reporting.report(story.ctx, programme_id=99, days=90)


async def test_asking_for_it(story: Story) -> None:
    lists = await Lists.of(story)
    ctx = story.ctx
    about: dict[str, Any] = {"actor_id": lists.lead.id, "programme_id": lists.programme.id}
    await reporting.ask_report(ctx, **about, receipt="r1")
    with pytest.raises(AlreadyDone):
        await reporting.ask_report(ctx, **about, receipt="r1")
    card = await story.job(JobKind.REPORT_CARD)
    files = await story.job(JobKind.REPORT_FILES)
    assert (card.note, card.recipient_id, card.id < files.id) == ("90", lists.lead.id, True)
    for _ in range(2):  # two presses, before it is there
        await reporting.ask_report(ctx, **about, days=30, in_channel=True)
    assert len(await story.jobs(JobKind.REPORT_FILES)) == 2
    shown = (await story.jobs(JobKind.REPORT_CARD))[-1]
    assert (shown.note, shown.recipient_id) == ("30:channel", None)


async def test_who_may_ask_and_what_for(story: Story) -> None:
    lists = await Lists.of(story)
    ctx, whose = story.ctx, lists.programme.id
    other = await story.facts.person("Mallory")
    with breaks("not_a_lead"):
        await reporting.ask_report(ctx, actor_id=other.id, programme_id=whose)
    for days in (0, 731):
        with breaks("report_days"):
            await reporting.ask_report(ctx, actor_id=lists.lead.id, programme_id=whose, days=days)
    admin = await story.facts.person("Admin", is_admin=True)
    open_one = await story.facts.programme()
    with breaks("not_a_channel"):
        await reporting.ask_report(
            ctx, actor_id=admin.id, programme_id=open_one.id, in_channel=True
        )
    async with ctx.db.work() as work:
        row = await work.session.get_one(Programme, whose)
        row.archived_at = ctx.now()
        await work.commit()
    with breaks("channel_archived"):
        await reporting.ask_report(ctx, actor_id=lists.lead.id, programme_id=whose, in_channel=True)
