"""What grows from a talk, played at the page: the long stories of the scenarios, click by click."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from bot.sandbox.people import PersonSpec
from tests.browser.at_the_page import AtThePage
from tests.browser.conftest import Opens
from tests.scenarios.asking import test_referring, test_reverse
from tests.scenarios.growing import test_going_formal, test_keeping_in_touch
from tests.scenarios.programme_acts import people
from tests.support.company import STAFF, Company, company

Story = Callable[[Company], Awaitable[None]]


async def a_year_in_touch(running: Company) -> None:
    await test_keeping_in_touch.tie(running)
    await test_keeping_in_touch.test_a_year_of_keeping_in_touch(running)


async def leaving_in_the_middle(running: Company) -> None:
    await test_going_formal.become_formal(running)
    await test_going_formal.test_one_who_leaves_the_company(running)


STORIES: dict[str, tuple[Sequence[PersonSpec], Story]] = {
    "formal": (STAFF[:2], test_going_formal.test_from_two_talks_to_twelve_and_a_good_end),
    "leaving": (STAFF[:2], leaving_in_the_middle),
    "in_touch": (STAFF[:2], a_year_in_touch),
    "reverse": (
        people("dora", "report", "boss", "junior"),
        test_reverse.test_nobody_of_the_line_and_nobody_above_is_asked,
    ),
    "referral": (
        people("ada", "bruno", "chen"),
        test_referring.test_beyond_me_refused_by_the_one_named_sounds_the_same_to_the_mentor,
    ),
}


@pytest.mark.parametrize("story", STORIES)
async def test_a_story(tmp_path: Path, opens: Opens, story: str) -> None:
    staff, play = STORIES[story]
    async with company(tmp_path, staff=staff, page=True) as running:
        for person in staff:
            screen = await opens(running.server, person.handle)
            running.seat(AtThePage(running.workspace, person.handle, screen))
        await play(running)
        assert not [r for r in running.workspace.traffic if r.outcome.startswith("invalid")]
