"""A lead chooses how long what people write is kept (3.13)."""

from datetime import timedelta

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.services.programmes.views_programmes import ProgrammeView
from bot.services.requests import asking
from bot.services.sessions import closing
from bot.store.tables import Job, Person
from tests.services.leading import Leading
from tests.services.story import Story

DAY = timedelta(days=1)


async def programme(story: Story, leading: Leading, boss: Person) -> tuple[ProgrammeView, Person]:
    """A programme with one mentor, who has room for a talk or two."""
    made = await leading.publishes(boss)
    grace = await story.facts.person("Grace")
    await leading.joins(grace, made, "mentor", areas=["feedback"], capacity=4)
    return made, grace


async def erasing(story: Story) -> list[Job]:
    """What waits to be erased, in the order in which it was over."""
    return sorted(await story.waiting(JobKind.ERASE), key=lambda job: job.made_at)


async def test_a_shorter_time_holds_at_once(story: Story, leading: Leading) -> None:
    boss, ada = await leading.boss(), await story.facts.person("Ada")
    made, grace = await programme(story, leading, boss)
    session = await story.held(grace, ada, programme_id=made.id)
    await closing.close_session(story.ctx, session_id=session.id)
    request = await story.asks(ada, programme_id=made.id)
    await asking.withdraw(story.ctx, actor_id=ada.id, request_id=request.id)
    elsewhere = await story.asks(ada)
    await asking.withdraw(story.ctx, actor_id=ada.id, request_id=elsewhere.id)
    over_at = story.ctx.now()
    assert [job.due_at for job in await erasing(story)] == [over_at + 90 * DAY] * 3
    await story.at(over_at, days=40)
    await leading.publishes(boss, retention_days=60)
    due = {job.session_id or job.request_id: job.due_at for job in await erasing(story)}
    assert due == {
        session.id: over_at + 60 * DAY,
        request.id: over_at + 60 * DAY,
        elsewhere.id: over_at + 90 * DAY,
    }


async def test_what_was_promised_is_kept_when_the_time_grows(
    story: Story, leading: Leading
) -> None:
    boss, ada = await leading.boss(), await story.facts.person("Ada")
    made, grace = await programme(story, leading, boss)
    first = await story.held(grace, ada, programme_id=made.id)
    await closing.close_session(story.ctx, session_id=first.id)
    first_over = story.ctx.now()
    await leading.publishes(boss, retention_days=365)
    second = await story.held(grace, ada, programme_id=made.id)
    await closing.close_session(story.ctx, session_id=second.id)
    second_over = story.ctx.now()
    due = [job.due_at for job in await erasing(story)]
    assert due == [first_over + 90 * DAY, second_over + 365 * DAY]
    await leading.publishes(boss, retention_days=180)
    due = [job.due_at for job in await erasing(story)]
    assert due == [first_over + 90 * DAY, second_over + 180 * DAY]


async def test_an_introduction_names_the_time_that_holds(story: Story, leading: Leading) -> None:
    boss, ada = await leading.boss(), await story.facts.person("Ada")
    made, grace = await programme(story, leading, boss)
    session = await story.matched(grace, ada, programme_id=made.id)
    await story.say(await story.job(JobKind.INTRODUCTION))
    await leading.publishes(boss, name="Another name")
    assert (await story.job(JobKind.INTRODUCTION)).state is JobState.DONE
    await leading.publishes(boss, retention_days=30)
    assert (await story.job(JobKind.INTRODUCTION)).state is JobState.PENDING
    assert (await story.seen(session)).retention_days == 30
