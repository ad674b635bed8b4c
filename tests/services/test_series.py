"""A pair works through a series: begun by either, ticked by the mentee, noted, nudged."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import JobState, RelationshipState
from bot.services import snoozing
from bot.services.errors import AlreadyDone
from bot.services.growing import series, series_reading
from bot.services.growing.views_series import SeriesView
from bot.store.tables import Job, Person, Relationship, TaskDone
from tests.services.story import Story, breaks

BDC = "build_discover_connect"


@dataclass
class Pair:
    """Two people who signed an agreement, on the Monday on which the tests begin."""

    story: Story
    mentor: Person
    mentee: Person
    row: Relationship

    async def begins(self, series_key: str = BDC, receipt: str | None = None) -> None:
        await series.begin_series(
            self.story.ctx,
            actor_id=self.mentee.id,
            relationship_id=self.row.id,
            series=series_key,
            receipt=receipt,
        )

    async def sees(self, who: Person | None = None) -> SeriesView:
        reader = who or self.mentee
        return await series_reading.series_view(
            self.story.ctx, relationship_id=self.row.id, reader_id=reader.id
        )

    async def ticks(self, *keys: str, stage: str = "build", drawn: set[str] | None = None) -> None:
        """What stands ticked in a stage from now on."""
        found = (await self.sees()).stage(stage)
        assert found is not None
        await series.tick_tasks(
            self.story.ctx,
            actor_id=self.mentee.id,
            relationship_id=self.row.id,
            ticked=keys,
            shown=[task.key for task in found.tasks],
            drawn=drawn,
        )

    async def notes(self, task: str, note: str, *, shared: bool = False) -> None:
        await series.note_task(
            self.story.ctx,
            actor_id=self.mentee.id,
            relationship_id=self.row.id,
            task=task,
            note=note,
            shared=shared,
        )

    async def due(self, task: str) -> date:
        found = (await self.sees()).task(task)
        assert found is not None
        return found.due_on

    async def nudges(self, task: str) -> list[Job]:
        jobs = await self.story.waiting(JobKind.TASK_DUE)
        return [job for job in jobs if job.note == task]


async def a_pair(story: Story, mentor: Person, mentee: Person, **columns: Any) -> Pair:
    programme = await story.facts.programme()
    given = {"state": RelationshipState.ACTIVE, "began_at": story.ctx.now(), **columns}
    row = await story.facts.add(
        Relationship(programme_id=programme.id, mentor_id=mentor.id, mentee_id=mentee.id, **given)
    )
    return Pair(story, mentor, mentee, row)


@pytest.fixture
async def pair(story: Story, mentor: Person, mentee: Person) -> Pair:
    return await a_pair(story, mentor, mentee)


BUILD = ("aim", "strengths", "mirror", "map", "gaps")


async def test_beginning_tells_both_and_counts_from_today(pair: Pair) -> None:
    assert not (await pair.sees()).is_begun
    await pair.begins()
    view = await pair.sees()
    assert (view.name, view.total, view.done) == ("Build, discover, connect", 15, 0)
    assert view.role is Role.MENTEE
    assert await pair.due("aim") == date(2026, 11, 30)
    cards = await pair.story.waiting(JobKind.SERIES)
    assert {job.recipient_id for job in cards} == {pair.mentor.id, pair.mentee.id}


async def test_what_can_be_begun_is_what_there_is(pair: Pair) -> None:
    offered = await series_reading.choices(pair.story.ctx, relationship_id=pair.row.id)
    assert [each.key for each in offered] == [BDC]
    with breaks("unknown_choice", "series"):
        await pair.begins("programme")
    await pair.begins()
    with breaks("series_begun", "series"):
        await pair.begins()


async def test_nobody_else_begins_ticks_or_reads(pair: Pair, story: Story) -> None:
    stranger = await story.facts.person("Eve")
    with breaks("not_yours"):
        await series.begin_series(
            story.ctx, relationship_id=pair.row.id, actor_id=stranger.id, series=BDC
        )
    await pair.begins()
    with breaks("not_yours"):
        await pair.sees(stranger)
    with breaks("not_yours"):
        await series.finish_task(
            story.ctx, actor_id=pair.mentor.id, relationship_id=pair.row.id, task="mirror"
        )


async def test_after_the_end_nothing_can_be_ticked(story: Story, mentor: Person) -> None:
    other = await story.facts.person("Alan")
    ended = await a_pair(story, mentor, other, state=RelationshipState.ENDED)
    with breaks("relationship_over"):
        await ended.begins()


async def test_ticks_are_remembered_and_can_be_taken_back(pair: Pair) -> None:
    await pair.begins()
    await pair.ticks("aim", "map")
    assert (await pair.sees(pair.mentor)).done == 2
    await pair.ticks("map")
    view = await pair.sees()
    assert [task.key for stage in view.stages for task in stage.tasks if task.is_done] == ["map"]


async def test_ticks_of_another_stage_stay_as_they_are(pair: Pair) -> None:
    await pair.begins()
    await pair.ticks("aim")
    await pair.ticks("questions", stage="discover")
    assert (await pair.sees()).done == 2
    await pair.ticks(stage="discover")
    assert (await pair.sees()).done == 1


async def test_a_screen_that_is_a_moment_behind_loses_no_tick(pair: Pair) -> None:
    await pair.begins()
    await pair.ticks("aim", drawn=set())
    await pair.ticks("map", drawn=set())  # drawn before the first tick arrived
    assert (await pair.sees()).done == 2


async def test_keys_that_nobody_knows_are_dropped(pair: Pair, story: Story) -> None:
    await pair.begins()
    await pair.ticks("aim", "nonsense")
    assert [row.task for row in await story.facts.all(TaskDone)] == ["aim"]


async def test_a_finished_stage_is_told_to_both_once(pair: Pair, story: Story) -> None:
    await pair.begins()
    await pair.ticks(*BUILD[:-1])
    assert await story.jobs(JobKind.SERIES_STAGE) == []
    await pair.ticks(*BUILD)
    told = await story.jobs(JobKind.SERIES_STAGE)
    assert {job.recipient_id for job in told} == {pair.mentor.id, pair.mentee.id}
    assert {job.note for job in told} == {"build"}
    await pair.ticks(*BUILD[:-1])
    await pair.ticks(*BUILD)
    assert len(await story.jobs(JobKind.SERIES_STAGE)) == 2
    assert (await pair.sees()).now is not None


async def test_a_stage_unticked_before_it_was_told_is_told_when_it_is_done_again(
    pair: Pair, story: Story
) -> None:
    await pair.begins()
    await pair.ticks(*BUILD)
    async with story.ctx.db.work() as work:  # as the job does when it falls due meanwhile
        for job in await story.jobs(JobKind.SERIES_STAGE):
            row = await work.session.get_one(Job, job.id)
            row.state, row.reason = JobState.SKIPPED, "unticked"
        await work.commit()
    await pair.ticks(*BUILD[:-1])
    assert await story.waiting(JobKind.SERIES_STAGE) == []
    await pair.ticks(*BUILD)
    assert len(await story.waiting(JobKind.SERIES_STAGE)) == 2


async def test_all_done_leaves_nothing_next(pair: Pair) -> None:
    await pair.begins()
    for stage in (await pair.sees()).stages:
        await pair.ticks(*(task.key for task in stage.tasks), stage=stage.key)
    view = await pair.sees()
    assert view.done == view.total
    assert view.now is None
    assert view.next_task is None
    assert await pair.story.waiting(JobKind.TASK_DUE) == []


async def test_notes_are_the_mentees_own_unless_they_are_shared(pair: Pair) -> None:
    await pair.begins()
    await pair.notes("aim", "I want to lead a team")
    await pair.notes("map", "Forty names", shared=True)
    mine, theirs = await pair.sees(), await pair.sees(pair.mentor)
    assert [mine.task(key).note for key in ("aim", "map")] == [  # type: ignore[union-attr]
        "I want to lead a team",
        "Forty names",
    ]
    assert [theirs.task(key).note for key in ("aim", "map")] == [  # type: ignore[union-attr]
        "",
        "Forty names",
    ]
    assert (await pair.sees()).done == 0
    assert "lead a team" not in await pair.story.raw("task_done")


async def test_a_note_can_be_taken_away_and_outlives_a_tick(pair: Pair) -> None:
    await pair.begins()
    await pair.notes("aim", "I want to lead a team")
    await pair.ticks("aim")
    await pair.ticks()
    assert (await pair.sees()).task("aim").note == "I want to lead a team"  # type: ignore[union-attr]
    await pair.notes("aim", "  ", shared=True)
    assert (await pair.sees()).task("aim").note == ""  # type: ignore[union-attr]
    with breaks("unknown_choice", "task"):
        await pair.notes("gone", "words")
    with breaks("too_long", "note"):
        await pair.notes("aim", "x" * 1001)


async def test_whoever_has_a_task_is_asked_on_its_day(pair: Pair) -> None:
    await pair.begins()
    (aim,) = await pair.nudges("aim")
    assert aim.recipient_id == pair.mentee.id
    assert aim.due_at.date() == date(2026, 11, 30)
    (mirror,) = await pair.nudges("mirror")
    assert mirror.recipient_id == pair.mentor.id
    both = await pair.nudges("gaps")
    assert {job.recipient_id for job in both} == {pair.mentor.id, pair.mentee.id}


async def test_a_task_done_early_brings_what_waits_for_it_nearer(pair: Pair) -> None:
    await pair.begins()
    assert await pair.due("map") == date(2026, 12, 14)
    await pair.ticks("aim")
    assert await pair.nudges("aim") == []
    assert await pair.due("map") == date(2026, 12, 7)
    (nudge,) = await pair.nudges("map")
    assert nudge.due_at.date() == date(2026, 12, 7)
    await pair.ticks()
    (nudge,) = await pair.nudges("map")
    assert nudge.due_at.date() == date(2026, 12, 14)


async def test_nobody_is_asked_twice_about_one_day(pair: Pair) -> None:
    await pair.begins()
    (aim,) = await pair.nudges("aim")
    await pair.story.at(aim.due_at)
    await pair.story.say(aim)
    await pair.notes("aim", "Still thinking")
    again = [job for job in await pair.nudges("aim") if job.said_revision == 0]
    assert again == []
    assert (await pair.story.jobs(JobKind.TASK_DUE, id=aim.id))[0].state is JobState.PENDING


async def test_a_nudge_can_be_put_off_and_stays_put_off(pair: Pair, story: Story) -> None:
    await pair.begins()
    (aim,) = await pair.nudges("aim")
    await story.at(aim.due_at)
    await story.say(aim)
    until = await snoozing.snooze(
        story.ctx, actor_id=pair.mentee.id, job_id=aim.id, choice="tomorrow"
    )
    await pair.ticks("map")
    (copy,) = [job for job in await pair.nudges("aim") if job.slack_ts is None]
    assert (copy.due_at, copy.relationship_id) == (until, pair.row.id)
    assert until - aim.due_at < timedelta(days=2)


async def test_a_submission_that_comes_twice_counts_once(pair: Pair) -> None:
    await pair.begins(receipt="modal:1")
    with pytest.raises(AlreadyDone):
        await pair.begins(receipt="modal:1")


async def test_everyone_one_goes_on_with_has_a_row(pair: Pair, story: Story) -> None:
    other = await story.facts.person("Alan")
    await a_pair(story, pair.mentee, other)
    mine = await series_reading.series_of(story.ctx, person_id=pair.mentee.id)
    assert [view.role for view in mine] == [Role.MENTEE, Role.MENTOR]
    assert await series_reading.series_of(story.ctx, person_id=9999) == ()
