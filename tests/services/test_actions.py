"""Next steps: written down, seen by both, settled by their owner."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.job_kinds import JobKind
from bot.domain.states import ActionState
from bot.services import reading
from bot.services.errors import AlreadyDone
from bot.services.sessions import actions, closing
from bot.services.sessions.actions import ActionForm
from bot.store.tables import ActionItem, Person
from tests.services.story import Story, breaks

STEP = ActionForm(text="Ask for feedback", due_on=date(2026, 12, 4))


async def test_steps_of_both(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.held(mentor, mentee)
    items = [STEP, ActionForm(text=" "), ActionForm(text="Introduce Ana", owner="them")]
    await actions.add_actions(
        story.ctx, actor_id=mentee.id, session_id=session.id, items=items, receipt="modal:1"
    )
    first, second = (await story.seen(session)).actions
    assert (first.text, first.owner.id, first.due_on) == (STEP.text, mentee.id, STEP.due_on)
    assert (second.owner.id, second.due_on) == (mentor.id, date(2026, 12, 11))  # two weeks
    for view, owner in ((first, mentee), (second, mentor)):
        for kind in (JobKind.ACTION_DUE, JobKind.ACTION_FOLLOWUP):
            job = await story.job(kind, action_id=view.id)
            assert (job.recipient_id, job.session_id) == (owner.id, session.id)
    assert (await story.job(JobKind.ACTION_SAVED)).recipient_id == mentee.id
    assert (await story.job(JobKind.ACTION_LIST)).recipient_id == mentor.id
    with pytest.raises(AlreadyDone):
        await actions.add_actions(
            story.ctx, actor_id=mentee.id, session_id=session.id, items=items, receipt="modal:1"
        )


@pytest.mark.parametrize(
    ("items", "key", "field"),
    [
        ([], "blank", "step_1"),
        ([ActionForm(text=""), ActionForm(text=" ")], "blank", "step_1"),
        ([STEP, ActionForm(text="x" * 3001)], "too_long", "step_2"),
        ([STEP, STEP, ActionForm(text="a", due_on=date(2026, 11, 1))], "date_past", "due_3"),
        ([ActionForm(text="a", due_on=date(2028, 11, 1))], "date_far", "due_1"),
        ([STEP] * 11, "too_many_steps", "step_1"),
    ],
)
async def test_steps_that_cannot_be(
    story: Story, mentee: Person, mentor: Person, items: list[ActionForm], key: str, field: str
) -> None:
    session = await story.held(mentor, mentee)
    with breaks(key, field):
        await actions.add_actions(story.ctx, actor_id=mentee.id, session_id=session.id, items=items)
    assert not await story.facts.all(ActionItem)
    assert not await story.jobs(JobKind.ACTION_DUE, JobKind.ACTION_SAVED)


async def test_ten_steps_are_enough(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.held(mentor, mentee)
    await actions.add_actions(
        story.ctx, actor_id=mentee.id, session_id=session.id, items=[STEP] * 9
    )
    with breaks("too_many_steps", "step_1"):
        await actions.add_actions(
            story.ctx, actor_id=mentor.id, session_id=session.id, items=[STEP] * 2
        )


async def test_todays_date_is_the_writers(story: Story, mentor: Person) -> None:
    """In Tokyo it is tomorrow already: who writes in New York may still mean today."""
    tokyo = await story.facts.person("Aiko", zone="Asia/Tokyo")
    session = await story.held(mentor, tokyo)
    await story.at(story.ctx.now().replace(hour=18))
    step = ActionForm(text="Send it", due_on=story.ctx.now().date(), owner="them")
    await actions.add_actions(story.ctx, actor_id=mentor.id, session_id=session.id, items=[step])
    assert (await story.job(JobKind.ACTION_DUE)).due_at > story.ctx.now()


async def test_steps_belong_to_a_session_that_took_place(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.over(mentor, mentee)
    who: dict[str, Any] = {"actor_id": mentee.id, "session_id": session.id}
    with breaks("not_held"):
        await actions.add_actions(story.ctx, items=[STEP], **who)
    stranger = await story.facts.person("Noor")
    with breaks("not_yours"):
        await actions.add_actions(
            story.ctx, actor_id=stranger.id, session_id=session.id, items=[STEP]
        )


async def test_the_owner_settles_it(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.held(mentor, mentee)
    await actions.add_actions(story.ctx, actor_id=mentee.id, session_id=session.id, items=[STEP])
    await story.say_all(JobKind.ACTION_SAVED, JobKind.ACTION_LIST)
    (step,) = (await story.seen(session)).actions

    async def settle(person: Person, verb: str) -> ActionState:
        await actions.settle_action(story.ctx, actor_id=person.id, action_id=step.id, verb=verb)
        return (await reading.action_view(story.ctx, action_id=step.id)).state

    for person in (mentor, await story.facts.person("Noor")):
        with breaks("not_yours"):
            await settle(person, "finish")
    assert await settle(mentee, "keep") is ActionState.OPEN
    assert await settle(mentee, "finish") is ActionState.DONE
    with breaks("action_done", kind=NotAllowed):
        await settle(mentee, "drop")
    assert await settle(mentee, "reopen") is ActionState.OPEN
    assert (await story.facts.one(ActionItem, step.id)).settled_at is None
    assert await settle(mentee, "drop") is ActionState.DROPPED
    redrawn = await story.waiting(JobKind.ACTION_SAVED, JobKind.ACTION_LIST)
    assert {job.revision for job in redrawn} == {5}
    with breaks("not_yours"):
        await actions.settle_action(story.ctx, actor_id=mentee.id, action_id=99, verb="finish")


async def test_no_steps_after_the_words_were_erased(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.held(mentor, mentee)
    await closing.close_session(story.ctx, session_id=session.id)
    await actions.add_actions(story.ctx, actor_id=mentee.id, session_id=session.id, items=[STEP])
    await story.at(story.ctx.now() + timedelta(days=90))
    await closing.erase_session(story.ctx, session_id=session.id)
    with breaks("not_held"):
        await actions.add_actions(
            story.ctx, actor_id=mentee.id, session_id=session.id, items=[STEP]
        )
    assert (await story.seen(session)).actions == ()
