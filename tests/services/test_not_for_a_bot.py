"""Whom to turn to, and the count of it."""

import asyncio
from dataclasses import replace

from bot.domain.programmes import Every
from bot.services.requests import not_for_a_bot
from bot.store.tables import Person, Programme, Tally
from tests.services.story import Story


async def test_a_programme_names_its_own_people(story: Story, mentee: Person) -> None:
    workspace = await story.facts.workspace()
    ours: Programme = await story.facts.add(
        Programme(
            workspace_id=workspace.id,
            name="Ring",
            channel="C1",
            contacts="Ombuds",
            every=Every.NONE,
            created_at=story.ctx.now(),
        )
    )
    ctx = replace(story.ctx, contacts="Helpline")
    said = [
        await not_for_a_bot.turn_to(ctx, person_id=mentee.id, programme_id=each)
        for each in (ours.id, None, 999)
    ]
    assert said == ["Ombuds", "Helpline", "Helpline"]
    counted = {row.programme_id: row.count for row in await story.facts.all(Tally)}
    assert counted == {ours.id: 1, (await story.facts.programme()).id: 2}


async def test_many_at_once_are_all_counted(story: Story, mentee: Person) -> None:
    ask = not_for_a_bot.turn_to
    await asyncio.gather(*(ask(story.ctx, person_id=mentee.id) for _ in range(6)))
    (row,) = await story.facts.all(Tally)
    assert row.count == 6
    assert "Ada" not in await story.raw("tally")
