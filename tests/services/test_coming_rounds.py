"""Whoever is part of a programme finds its next round, and says whether they come (7)."""

from bot.services import home
from bot.services.programmes import programmes
from bot.services.rounds import planning_rounds
from bot.store.tables import Person
from tests.services.leading import Leading
from tests.services.story import Story
from tests.support.facts import TEAM


async def answers(story: Story, person: Person) -> list[bool | None]:
    """What somebody said to each round that they still have a say in."""
    open_now = await home.open_now(story.ctx, person_id=person.id)
    return [round_.answer for round_ in open_now.rounds]


async def test_an_announced_round_is_there_until_it_runs(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss)
    ada, ben = await story.facts.person("Ada"), await story.facts.person("Ben")
    await leading.joins(ada, made, "mentor", "mentee")
    assert await answers(story, ada) == []  # not announced yet
    row = await leading.announced(made)
    assert await answers(story, ada) == [None]
    assert await answers(story, ben) == []
    for is_in in (False, True):
        await planning_rounds.reply(story.ctx, actor_id=ada.id, round_id=row.id, is_in=is_in)
        assert await answers(story, ada) == [is_in]
    await planning_rounds.cancel_round(story.ctx, actor_id=boss.id, round_id=row.id)
    assert await answers(story, ada) == []


async def test_an_archived_channel_has_none(story: Story, leading: Leading) -> None:
    made = await leading.publishes(await leading.boss())
    ada = await story.facts.person("Ada")
    await leading.joins(ada, made)
    await leading.announced(made)
    await programmes.archive(story.ctx, team_id=TEAM, channel="C1")
    assert await answers(story, ada) == []
