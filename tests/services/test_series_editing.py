"""A lead writes the programme's own series; those on their way keep what they ticked."""

import pytest

from bot.domain.job_kinds import JobKind
from bot.services.growing import series_editing, series_reading
from bot.services.programmes.views_programmes import ProgrammeView
from bot.store.tables import Person
from tests.services.leading import Leading
from tests.services.story import Story, breaks
from tests.services.test_library_series import STAGE
from tests.services.test_series import Pair, a_pair


@pytest.fixture
async def boss(leading: Leading) -> Person:
    return await leading.boss()


@pytest.fixture
async def club(leading: Leading, boss: Person) -> ProgrammeView:
    return await leading.publishes(boss)


async def edit(
    story: Story, actor: Person, club: ProgrammeView, *texts: str, version: int = 0
) -> int:
    return await series_editing.edit_series(
        story.ctx,
        actor_id=actor.id,
        programme_id=club.id,
        version=version,
        name="Our own way",
        texts=texts,
    )


@pytest.fixture
async def pair(story: Story, mentor: Person, mentee: Person, club: ProgrammeView) -> Pair:
    made = await a_pair(story, mentor, mentee)
    async with story.ctx.db.work() as work:
        row = await work.session.get_one(type(made.row), made.row.id)
        row.programme_id = club.id
        await work.commit()
    return made


async def test_a_lead_begins_with_the_series_that_ships(
    story: Story, boss: Person, club: ProgrammeView
) -> None:
    form = await series_editing.series_form(story.ctx, actor_id=boss.id, programme_id=club.id)
    assert (form.version, len(form.texts), form.name) == (0, 3, "Build, discover, connect")
    assert await edit(story, boss, club, *form.texts) == 1
    again = await series_editing.series_form(story.ctx, actor_id=boss.id, programme_id=club.id)
    assert (again.version, again.texts, again.name) == (1, form.texts, "Our own way")


async def test_what_was_written_comes_back_as_it_was_written(
    story: Story, boss: Person, club: ProgrammeView
) -> None:
    await edit(story, boss, club, "# our first try\n" + STAGE)
    form = await series_editing.series_form(story.ctx, actor_id=boss.id, programme_id=club.id)
    assert form.texts[0].startswith("# our first try")


async def test_nobody_but_a_lead_looks_or_edits(
    story: Story, mentee: Person, club: ProgrammeView
) -> None:
    with breaks("not_a_lead"):
        await series_editing.series_form(story.ctx, actor_id=mentee.id, programme_id=club.id)
    with breaks("not_a_lead"):
        await edit(story, mentee, club, STAGE)


async def test_a_fault_is_shown_at_its_stage_and_changes_nothing(
    story: Story, boss: Person, club: ProgrammeView
) -> None:
    with breaks("series_unknown", "stage_2"):
        await edit(story, boss, club, STAGE, STAGE + "more: 1")
    form = await series_editing.series_form(story.ctx, actor_id=boss.id, programme_id=club.id)
    assert form.version == 0


async def test_of_two_leads_the_first_is_not_overwritten(
    story: Story, boss: Person, club: ProgrammeView
) -> None:
    assert await edit(story, boss, club, STAGE) == 1
    with breaks("series_changed", "name"):
        await edit(story, boss, club, STAGE)
    assert await edit(story, boss, club, STAGE, version=1) == 2


async def test_a_pair_is_offered_its_programmes_own_series_first(
    story: Story, boss: Person, club: ProgrammeView, pair: Pair
) -> None:
    await edit(story, boss, club, STAGE)
    offered = await series_reading.choices(story.ctx, relationship_id=pair.row.id)
    assert [each.name for each in offered] == ["Our own way", "Build, discover, connect"]
    await pair.begins("programme")
    assert (await pair.sees()).total == 2


async def test_a_pair_on_its_way_keeps_what_it_ticked(
    story: Story, boss: Person, club: ProgrammeView, pair: Pair
) -> None:
    await edit(story, boss, club, STAGE)
    await pair.begins("programme")
    await pair.ticks("aim")
    await story.say_all(JobKind.SERIES)
    changed = STAGE.replace("aim", "goal").replace("days: 7", "days: 30", 1)
    await edit(story, boss, club, changed, version=1)
    view = await pair.sees()
    assert (view.done, view.total, view.former) == (0, 2, ("Write down your aim",))
    (goal,) = await pair.nudges("goal")
    assert goal.due_at.date().isoformat() == "2026-12-23"
    assert await pair.nudges("aim") == []
    assert len(await story.waiting(JobKind.SERIES)) == 2  # both cards are drawn anew
    await edit(story, boss, club, STAGE, version=2)
    assert (await pair.sees()).done == 1
