"""Rounds by the calendar: planned, announced, answered, started at will, called off (2.3)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RoundState
from bot.services import people
from bot.services.programmes import programmes
from bot.services.programmes.views_programmes import ProgrammeView
from bot.services.rounds import planning_rounds, reviewing, round_making, round_notices, running
from bot.store.tables import Job, Person, Round, RoundReply
from tests.services.leading import CHANNEL, Leading
from tests.services.story import Story, breaks
from tests.support.facts import TEAM

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=UTC)


async def to_come(story: Story) -> list[str]:
    """The announcements that wait, by their keys."""
    return [job.dedupe_key for job in await story.waiting(JobKind.ROUND_ANNOUNCE)]


async def put(story: Story, row: Round, state: RoundState) -> None:
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Round, row.id)).state = state
        await work.commit()


async def notices(story: Story) -> list[Job]:
    return await story.jobs(JobKind.ROUND_NOTICE)


async def with_people(
    story: Story, leading: Leading, *names: str
) -> tuple[ProgrammeView, list[Person]]:
    made = await leading.publishes(await leading.boss())
    joined = [await story.facts.person(name) for name in names]
    for each in joined:
        await leading.joins(each, made)
    return made, joined


async def test_a_round_is_announced_a_working_day_before(story: Story, leading: Leading) -> None:
    made, (ada, bo) = await with_people(story, leading, "Ada", "Bo")
    job = await story.job(JobKind.ROUND_ANNOUNCE)
    assert (job.dedupe_key, job.due_at) == (f"programme:{made.id}:announce:2026-11-26", WEDNESDAY)
    row = await leading.announced(made)
    assert (row.due_on, row.runs_at, row.state) == (date(2026, 11, 26), THURSDAY, "announced")
    assert (row.number, row.part, row.run) == (1, 0, 0)
    first, second = await notices(story)
    assert [first.recipient_id, second.recipient_id] == [ada.id, bo.id]
    assert (first.due_at, first.expires_at) == (WEDNESDAY, THURSDAY)
    assert first.dedupe_key == f"round:{row.id}:notice:{ada.id}"
    review, run = await story.jobs(JobKind.ROUND_REVIEW, JobKind.ROUND_RUN)
    assert (review.dedupe_key, review.due_at) == (f"round:{row.id}:review", WEDNESDAY)
    assert (run.dedupe_key, run.due_at) == (f"round:{row.id}:run", THURSDAY)
    assert {review.programme_id, run.programme_id, first.programme_id} == {made.id}
    before = await story.jobs()
    await planning_rounds.announce(
        story.ctx, programme_id=made.id, due_on=row.due_on
    )  # another process
    assert await story.jobs() == before
    view = await planning_rounds.round_view(story.ctx, round_id=row.id, person_id=ada.id)
    assert (view.number, view.answer, view.programme.id) == (1, None, made.id)
    assert view.programme.next_dates[0] == THURSDAY


async def test_a_weekend_and_a_holiday_lie_between(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    await story.at(datetime(2026, 12, 21, 10, tzinfo=UTC))
    await leading.publishes(boss, weekday=1, runs_at=time(10), country="GB")
    # Tuesday the 22nd is still told of on Monday; the next is the 29th, and the 28th, a Monday,
    # is a holiday, as is Friday the 25th.
    assert (await story.job(JobKind.ROUND_ANNOUNCE)).due_at.day == 21
    await story.at(story.ctx.now(), hours=1)
    await leading.publishes(boss, weekday=1, runs_at=time(10), country="GB", name="Later")
    (job,) = await story.waiting(JobKind.ROUND_ANNOUNCE)
    assert job.dedupe_key.endswith("2026-12-29")
    assert job.due_at == datetime(2026, 12, 24, 10, tzinfo=UTC)


async def test_a_round_in_the_night_is_told_of_in_the_day(story: Story, leading: Leading) -> None:
    await leading.publishes(await leading.boss(), runs_at=time(6))
    assert (await story.job(JobKind.ROUND_ANNOUNCE)).due_at == WEDNESDAY.replace(hour=9)


async def test_across_a_clock_change_it_stays_ten_oclock(story: Story, leading: Leading) -> None:
    await story.at(datetime(2027, 3, 26, 12, tzinfo=UTC))
    made = await leading.publishes(await leading.boss(), weekday=0)
    assert made.next_dates == (
        datetime(2027, 4, 5, 9, tzinfo=UTC),  # the 29th of March is told of too late
        datetime(2027, 4, 12, 9, tzinfo=UTC),
        datetime(2027, 4, 19, 9, tzinfo=UTC),
    )


async def test_announced_late_it_runs_late(story: Story, leading: Leading) -> None:
    made, _ = await with_people(story, leading, "Ada")
    job = await story.job(JobKind.ROUND_ANNOUNCE)
    await story.at(datetime(2026, 11, 27, 15, tzinfo=UTC))  # we were down until Friday
    await planning_rounds.announce(story.ctx, programme_id=made.id, due_on=date(2026, 11, 26))
    await story.say(job)
    (row,) = await leading.rounds()
    assert row.due_on == date(2026, 11, 26)
    assert row.runs_at == datetime(2026, 11, 30, 15, tzinfo=UTC)


async def test_who_hears_of_it(story: Story, leading: Leading) -> None:
    names = "Here", "Gone", "Quiet", "Back in time", "Away", "Far", "Feiertag"
    made, everyone = await with_people(story, leading, *names)
    here, gone, quiet, back, away, far, feiertag = everyone
    changes: dict[int, dict[str, Any]] = {
        gone.id: {"is_deleted": True},
        quiet.id: {"paused_at": story.ctx.now()},
        back.id: {
            "paused_at": story.ctx.now(),
            "paused_until": datetime(2026, 11, 25, 15, tzinfo=UTC),
        },
        away.id: {"away_until": datetime(2026, 12, 1, tzinfo=UTC)},
        far.id: {"zone": "Asia/Tokyo"},
        feiertag.id: {"country": "US"},  # the day of the round is a holiday there
    }
    async with story.ctx.db.work() as work:
        for key, columns in changes.items():
            row = await work.session.get_one(Person, key)
            for name, value in columns.items():
                setattr(row, name, value)
        await work.commit()
    await leading.announced(made)
    heard = {job.recipient_id: job.due_at for job in await notices(story)}
    assert heard == {
        here.id: WEDNESDAY,
        back.id: datetime(2026, 11, 25, 15, tzinfo=UTC),
        far.id: datetime(2026, 11, 26, 0, tzinfo=UTC),  # nine o'clock in Tokyo
        feiertag.id: WEDNESDAY,
    }


async def test_the_last_word_counts(story: Story, leading: Leading) -> None:
    made, (ada,) = await with_people(story, leading, "Ada")
    row = await leading.announced(made)
    await story.say_all(JobKind.ROUND_NOTICE)
    who: dict[str, Any] = {"actor_id": ada.id, "round_id": row.id}
    for is_in in (False, True, False):
        view = await planning_rounds.reply(story.ctx, is_in=is_in, **who)
        assert view.answer is is_in
    (said,) = await story.facts.all(RoundReply)
    assert not said.is_in
    assert (await story.job(JobKind.ROUND_NOTICE)).state is JobState.PENDING  # said anew
    with breaks("not_enrolled"):
        await planning_rounds.reply(
            story.ctx, actor_id=made.leads[0].id, round_id=row.id, is_in=True
        )


async def test_after_the_plan_one_may_skip_until_it_goes_out(
    story: Story, leading: Leading
) -> None:
    made, (ada,) = await with_people(story, leading, "Ada")
    row = await leading.announced(made)
    who: dict[str, Any] = {"actor_id": ada.id, "round_id": row.id}
    await put(story, row, RoundState.PLANNED)
    assert (await planning_rounds.reply(story.ctx, is_in=False, **who)).answer is False
    await put(story, row, RoundState.APPROVED)
    with breaks("too_late_to_skip"):
        await planning_rounds.reply(story.ctx, is_in=False, **who)
    assert not await story.jobs(JobKind.LATE_ROUND)
    await planning_rounds.reply(story.ctx, is_in=True, **who)
    late = await story.job(JobKind.LATE_ROUND)
    assert (late.round_id, late.due_at) == (row.id, story.ctx.now() + timedelta(hours=1))
    await put(story, row, RoundState.CANCELLED)
    with breaks("round_over"):
        await planning_rounds.reply(story.ctx, is_in=True, **who)


async def test_late_joiners_are_taken_together(story: Story, leading: Leading) -> None:
    made, _ = await with_people(story, leading, "Ada")
    row = await leading.announced(made)
    bo = await story.facts.person("Bo")
    await leading.joins(bo, made)  # before the plan: hears of it as everybody
    assert [job.recipient_id for job in await notices(story)][-1] == bo.id
    await story.at(THURSDAY)
    await put(story, row, RoundState.OPENED)
    for name in ("Cy", "Di"):
        await leading.joins(await story.facts.person(name), made)
        await story.at(story.ctx.now(), minutes=20)
    (late,) = await story.jobs(JobKind.LATE_ROUND)
    assert late.due_at == THURSDAY + timedelta(hours=1)
    assert len(await notices(story)) == 2
    await leading.joins(bo, made, sought=["feedback"])  # was in it: no late joiner
    assert len(await story.jobs(JobKind.LATE_ROUND)) == 1


async def test_an_edit_plans_anew(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss)
    await leading.publishes(boss, weekday=4)
    assert await to_come(story) == [f"programme:{made.id}:announce:2026-11-27"]
    await leading.publishes(boss)  # and back
    assert await to_come(story) == [f"programme:{made.id}:announce:2:2026-11-26"]
    await leading.publishes(boss, runs_at=time(15))
    (job,) = await story.waiting(JobKind.ROUND_ANNOUNCE)
    assert job.due_at == WEDNESDAY.replace(hour=15)
    await leading.publishes(boss, every="none")
    assert not await to_come(story)
    await leading.publishes(boss)
    assert len(await to_come(story)) == 1


async def test_an_edit_while_a_round_is_announced(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss)
    await leading.joins(boss, made)
    row = await leading.announced(made)
    await leading.publishes(boss, runs_at=time(16))  # people were told of ten o'clock
    kept = await story.facts.one(Round, row.id)
    assert (kept.state, kept.runs_at) == (RoundState.ANNOUNCED, THURSDAY)
    draft = await leading.drafts(boss, weekday=4)
    assert draft.programme.next_dates[0] == datetime(2026, 11, 27, 10, tzinfo=UTC)
    await leading.publishes(boss, weekday=4)
    assert (await story.facts.one(Round, row.id)).state is RoundState.CANCELLED
    left = [job for job in await story.waiting(round_id=row.id) if job.slack_ts is None]
    assert not left
    assert await to_come(story) == [f"programme:{made.id}:announce:2026-11-27"]


@pytest.mark.parametrize("state", [RoundState.RUNNING, RoundState.PLANNED, RoundState.APPROVED])
async def test_an_edit_while_a_round_is_under_way(
    story: Story, leading: Leading, state: RoundState
) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss)
    row = await leading.announced(made)
    await put(story, row, state)
    await leading.publishes(boss, every="none")
    assert (await story.facts.one(Round, row.id)).state is state


async def test_an_announcement_that_an_edit_overtook(story: Story, leading: Leading) -> None:
    """It was on its way while the cadence changed: nothing comes of it."""
    boss = await leading.boss()
    made = await leading.publishes(boss)
    await leading.publishes(boss, weekday=4)
    await planning_rounds.announce(story.ctx, programme_id=made.id, due_on=date(2026, 11, 26))
    assert not await leading.rounds()


async def test_a_lead_starts_a_round(story: Story, leading: Leading) -> None:
    made, _ = await with_people(story, leading, "Ada", "Bo")
    boss = made.leads[0]
    who: dict[str, Any] = {"actor_id": boss.id, "programme_id": made.id}
    view = await planning_rounds.start_round(story.ctx, **who)
    assert (view.state, view.number) == (RoundState.ANNOUNCED, 1)
    assert view.runs_at == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert len(await notices(story)) == 2
    with breaks("round_under_way"):
        await planning_rounds.start_round(story.ctx, **who)
    await leading.publishes(await story.facts.one(Person, boss.id), name="Another name")
    assert (await story.facts.one(Round, view.id)).state is RoundState.ANNOUNCED
    at_once = await planning_rounds.start_round(story.ctx, now=True, **who)
    assert (at_once.id, at_once.runs_at) == (view.id, story.ctx.now())
    run = await story.job(JobKind.ROUND_RUN)
    assert run.due_at == story.ctx.now()
    assert not await story.waiting(JobKind.ROUND_NOTICE)
    await put(story, await story.facts.one(Round, view.id), RoundState.OPENED)
    again = await planning_rounds.start_round(story.ctx, now=True, **who)
    assert (again.number, again.runs_at) == (2, story.ctx.now())
    assert again.due_on != view.due_on
    assert await to_come(story) == [f"programme:{made.id}:announce:2026-11-26"]


async def test_a_round_of_one(story: Story, leading: Leading) -> None:
    made, _ = await with_people(story, leading, "Ada")
    with breaks("too_few_people"):
        await planning_rounds.start_round(
            story.ctx, actor_id=made.leads[0].id, programme_id=made.id
        )
    with breaks("not_a_lead"):
        await planning_rounds.start_round(
            story.ctx, actor_id=(await story.facts.person("Any")).id, programme_id=made.id
        )


async def test_a_lead_leaves_a_round_out(story: Story, leading: Leading) -> None:
    made, _ = await with_people(story, leading, "Ada", "Bo")
    row = await leading.announced(made)
    ada_notice, bo_notice = await notices(story)
    await story.say(ada_notice)
    who: dict[str, Any] = {"actor_id": made.leads[0].id, "round_id": row.id}
    with breaks("not_a_lead"):
        await planning_rounds.cancel_round(
            story.ctx, actor_id=ada_notice.recipient_id or 0, round_id=row.id
        )
    view = await planning_rounds.cancel_round(story.ctx, **who)
    assert view.state is RoundState.CANCELLED
    states = {job.id: job.state for job in await notices(story)}
    assert states == {ada_notice.id: JobState.PENDING, bo_notice.id: JobState.SKIPPED}
    assert not await story.waiting(JobKind.ROUND_RUN)
    assert await to_come(story) == [f"programme:{made.id}:announce:2026-12-03"]
    with breaks("round_over", kind=NotAllowed):
        await planning_rounds.cancel_round(story.ctx, **who)
    next_row = await leading.announced(made)
    assert next_row.number == 2
    await put(story, next_row, RoundState.APPROVED)
    with breaks("round_approved", kind=NotAllowed):
        await planning_rounds.cancel_round(
            story.ctx, actor_id=made.leads[0].id, round_id=next_row.id
        )


async def test_the_sweep_plans_what_is_missing(story: Story, leading: Leading) -> None:
    made, _ = await with_people(story, leading, "Ada")
    job = await story.job(JobKind.ROUND_ANNOUNCE)
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Job, job.id)).state = JobState.DEAD
        await work.commit()
    await planning_rounds.ensure_planned(story.ctx)
    await planning_rounds.ensure_planned(story.ctx)
    assert await to_come(story) == [f"programme:{made.id}:announce:2:2026-11-26"]
    row = await leading.announced(made)
    await planning_rounds.ensure_planned(story.ctx)
    assert not await to_come(story)  # its run plans the next
    await put(story, row, RoundState.OPENED)
    await planning_rounds.ensure_planned(story.ctx)
    assert await to_come(story) == [f"programme:{made.id}:announce:2026-12-03"]


@pytest.mark.parametrize(
    ("state", "then"),
    [
        (RoundState.ANNOUNCED, RoundState.CANCELLED),
        (RoundState.RUNNING, RoundState.CANCELLED),
        (RoundState.PLANNED, RoundState.CANCELLED),
        (RoundState.APPROVED, RoundState.APPROVED),
    ],
)
async def test_its_channel_is_archived(
    story: Story, leading: Leading, state: RoundState, then: RoundState
) -> None:
    made, _ = await with_people(story, leading, "Ada", "Bo")
    row = await leading.announced(made)
    await put(story, row, state)
    where = {"team_id": TEAM, "channel": "C1"}
    for _ in range(2):
        await programmes.archive(story.ctx, **where)
    assert (await story.facts.one(Round, row.id)).state is then
    assert not await to_come(story)
    await planning_rounds.ensure_planned(story.ctx)
    assert not await to_come(story)
    view = await programmes.programme_view(story.ctx, programme_id=made.id)
    assert (view.is_archived, view.next_dates) == (True, ())
    with breaks("channel_archived"):
        await planning_rounds.start_round(
            story.ctx, actor_id=made.leads[0].id, programme_id=made.id
        )
    for _ in range(2):
        await programmes.unarchive(story.ctx, **where)
    assert await to_come(story) == [f"programme:{made.id}:announce:2026-12-03"]
    told = [job.note for job in await story.jobs(JobKind.LEAD_NEWS)]
    assert told == ["channel_archived", "channel_back"]
    await programmes.archive(story.ctx, team_id=TEAM, channel="C9")  # nobody's


async def test_its_channel_is_open_again_and_nobody_was_there_to_hear_of_it(
    story: Story, leading: Leading
) -> None:
    """A lead who asks for the programme in the channel is told by Slack that it is."""
    made, _ = await with_people(story, leading, "Ada", "Bo")
    await programmes.archive(story.ctx, team_id=TEAM, channel="C1")
    for _ in range(2):
        view = await programmes.access_programme_for(
            story.ctx, actor_id=made.leads[0].id, channel=CHANNEL
        )
        assert view is not None
        assert not view.is_archived
    assert len(await to_come(story)) == 1
    told = [job.note for job in await story.jobs(JobKind.LEAD_NEWS)]
    assert told == ["channel_archived", "channel_back"]


async def test_of_people_on_leave_slack_tells(story: Story) -> None:
    profile = people.Profile(
        team_id=TEAM,
        slack_id="UADA",
        name="Ada",
        is_admin=True,
        status_text="Vacationing",
        status_emoji=":palm_tree:",
        status_expiration=int(THURSDAY.timestamp()),
    )
    met = await people.meet(story.ctx, profile=profile)
    assert (met.is_away, met.is_admin) == (True, True)
    assert (await story.facts.one(Person, met.id)).away_until == THURSDAY
    await story.at(THURSDAY)
    assert not (await people.person(story.ctx, person_id=met.id)).is_away
    back = profile.model_copy(update={"status_text": "", "status_emoji": "", "is_admin": False})
    met = await people.meet(story.ctx, profile=back)
    assert (met.is_away, met.is_admin) == (False, False)
    given = profile.model_copy(update={"status_emoji": "", "away_until": THURSDAY})
    await people.meet(story.ctx, profile=given)
    assert (await story.facts.one(Person, met.id)).away_until == THURSDAY


async def test_many_are_told_a_few_at_a_time(
    story: Story, leading: Leading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_notices, "IN_ONE_GO", 2)
    made, _ = await with_people(story, leading, "Ada", "Bo", "Cy", "Di", "Ed")
    await leading.announced(made)
    assert len({job.recipient_id for job in await notices(story)}) == 5


async def test_a_crash_while_everyone_is_told(story: Story, leading: Leading) -> None:
    made, (ada, bo) = await with_people(story, leading, "Ada", "Bo")
    row = await leading.announced(made)
    first, second = await notices(story)
    async with story.ctx.db.work() as work:
        await work.session.delete(await work.session.get_one(Job, second.id))
        await work.commit()
    await planning_rounds.announce(story.ctx, programme_id=made.id, due_on=row.due_on)
    again = await notices(story)
    assert [job.recipient_id for job in again] == [ada.id, bo.id]
    assert again[0].id == first.id


async def test_what_everyone_was_told_is_put_right_a_few_a_minute(
    story: Story, leading: Leading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_making, "AT_A_TIME", 2)
    made, _ = await with_people(story, leading, *(f"Person {n}" for n in range(5)))
    row = await leading.announced(made)
    for notice in await notices(story):
        await story.say(notice)
    await story.at(row.runs_at)

    async def due() -> list[float]:
        waiting = await story.waiting(JobKind.ROUND_NOTICE)
        return sorted((each.due_at - story.ctx.now()).total_seconds() for each in waiting)

    spread = [0.0, 0.0, 60.0, 60.0, 120.0]
    assert await running.begin(story.ctx, round_id=row.id)
    assert await due() == spread  # they say that it is under way
    for notice in await notices(story):
        await story.say(notice)
    assert await running.begin(story.ctx, round_id=row.id)
    assert await due() == []  # and say it still
    await running.run(story.ctx, round_id=row.id)
    assert await due() == []
    view = await reviewing.review(story.ctx, round_id=row.id)
    boss = made.leads[0].id
    await reviewing.approve(story.ctx, actor_id=boss, round_id=row.id, run=view.round.run)
    assert await due() == spread  # nobody may skip any more


async def test_a_lead_who_starts_a_large_round_waits_for_few_of_its_notices(
    story: Story, leading: Leading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_notices, "IN_ONE_GO", 2)
    made, _ = await with_people(story, leading, *(f"Person {n}" for n in range(5)))
    boss = made.leads[0].id
    view = await planning_rounds.start_round(story.ctx, actor_id=boss, programme_id=made.id)
    assert len(await notices(story)) == 2
    (rest,) = await story.waiting(JobKind.ROUND_ANNOUNCE, round_id=view.id)
    await leading.publishes(await story.facts.one(Person, boss), weekday=4)
    assert [each.id for each in await story.waiting(round_id=view.id) if each.id == rest.id]
    await planning_rounds.tell_everyone(story.ctx, round_id=view.id)
    assert len({each.recipient_id for each in await notices(story)}) == 5
