"""Asking for a session in a programme: by its rules, and by what people asked for (1.5, 2.4)."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.states import RequestState
from bot.services.programmes import programmes
from bot.services.programmes.views_programmes import ProgrammeView
from bot.store.tables import Apart, Person, Request
from tests.services.leading import Leading
from tests.services.story import Story, breaks
from tests.support.facts import TEAM


async def change(story: Story, person: Person, **columns: Any) -> None:
    async with story.ctx.db.work() as work:
        row = await work.session.get_one(Person, person.id)
        for name, value in columns.items():
            setattr(row, name, value)
        await work.commit()


async def two(story: Story, leading: Leading, **form: Any) -> tuple[ProgrammeView, Person, Person]:
    """A programme with one mentor, and somebody who will ask."""
    made = await leading.publishes(await leading.boss(), **form)
    grace = await story.facts.person("Grace")
    await leading.joins(grace, made, "mentor", areas=["feedback"], windows=["mon_am"])
    return made, grace, await story.facts.person("Ada")


async def test_a_request_stays_in_its_programme(story: Story, leading: Leading) -> None:
    made, grace, ada = await two(story, leading)
    open_mentor = await story.facts.mentor("Open mentor")
    view = await story.asks(ada, programme_id=made.id)
    assert await story.asked(view) == grace.id
    assert (await story.facts.one(Request, view.id)).programme_id == made.id
    open_view = await story.asks(ada)
    assert await story.asked(open_view) == open_mentor.id


async def test_where_nothing_can_be_asked_for(story: Story, leading: Leading) -> None:
    made, _, ada = await two(story, leading, kinds=["spot"])
    with breaks("kind_not_here", "programme"):
        await story.asks(ada, programme_id=made.id)
    assert (await story.asks(ada, programme_id=made.id, kind="spot", is_taster=True)).id
    with breaks("unknown_choice", "programme"):
        await story.asks(ada, programme_id=4711)
    await programmes.archive(story.ctx, team_id=TEAM, channel="C1")
    with breaks("channel_archived", "programme"):
        await story.asks(ada, programme_id=made.id, kind="spot")


async def test_who_is_on_leave_is_not_asked(story: Story, leading: Leading) -> None:
    made, grace, ada = await two(story, leading)
    await change(story, grace, away_until=story.ctx.now() + timedelta(days=1))
    assert (await story.asks(ada, programme_id=made.id)).state is RequestState.WAITING


@pytest.mark.parametrize("by_mentor", [True, False])
async def test_who_is_to_be_kept_apart_is_not_asked(
    story: Story, leading: Leading, by_mentor: bool
) -> None:
    made, grace, ada = await two(story, leading)
    one, other = (grace, ada) if by_mentor else (ada, grace)
    await story.facts.add(Apart(person_id=one.id, other_id=other.id, made_at=story.ctx.now()))
    assert (await story.asks(ada, programme_id=made.id)).state is RequestState.WAITING
    bo = await story.facts.person("Bo")
    assert (await story.asks(bo, programme_id=made.id)).state is RequestState.ROUTING


@pytest.mark.parametrize(
    ("rules", "ours", "theirs", "asked", "state"),
    [
        ({"must_differ": ["department"]}, {"department": "A"}, {"department": "A"}, {}, "waiting"),
        ({"must_differ": ["department"]}, {"department": "A"}, {"department": "B"}, {}, "routing"),
        ({"must_differ": ["department"]}, {}, {}, {}, "routing"),
        ({"must_differ": []}, {"department": "A"}, {"department": "A"}, {}, "routing"),
        ({"must_share": ["language"]}, {"languages": ["en"]}, {"languages": ["de"]}, {}, "waiting"),
        ({"must_share": ["language"]}, {"languages": ["en"]}, {}, {}, "routing"),
        ({"must_share": ["topic"]}, {}, {}, {"areas": ["strategy"]}, "waiting"),
        ({"must_share": ["topic"]}, {}, {}, {"areas": ["feedback"]}, "routing"),
        ({"must_share": ["topic"]}, {}, {}, {}, "routing"),
        ({"must_share": ["hours"]}, {}, {}, {"windows": ["tue_pm"]}, "waiting"),
        ({"must_share": ["hours"]}, {}, {}, {"windows": ["mon_am"]}, "routing"),
    ],
)
async def test_the_rules_of_the_programme_hold(
    story: Story,
    leading: Leading,
    rules: dict[str, Any],
    ours: dict[str, Any],
    theirs: dict[str, Any],
    asked: dict[str, Any],
    state: str,
) -> None:
    made, grace, ada = await two(story, leading, **{"must_differ": [], "must_share": [], **rules})
    await change(story, ada, **ours)
    await change(story, grace, **theirs)
    assert (await story.asks(ada, programme_id=made.id, **asked)).state == state


async def test_nobody_above_or_below_in_the_line(story: Story, leading: Leading) -> None:
    made, grace, ada = await two(story, leading, must_differ=["reporting_line"])
    between = await story.facts.person("Between", manager_id=grace.id)
    await change(story, ada, manager_id=between.id)
    await change(story, grace, manager_id=ada.id)  # each other's managers, somehow
    assert (await story.asks(ada, programme_id=made.id)).state is RequestState.WAITING
    peer = await story.facts.person("Peer")
    assert (await story.asks(peer, programme_id=made.id)).state is RequestState.ROUTING
