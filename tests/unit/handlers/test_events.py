"""What happens in Slack by itself, and the Home tab."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.handlers.desk import Desk
from bot.slack.ids import Action, Callback
from bot.store.tables import Job, Person, Programme
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line
from tests.unit.handlers.inbound import TEAM, click, happening, inputs, submission, words
from tests.unit.handlers.programme_facts import enrolled, programme_of


async def test_home_is_drawn_when_opened(bolt: AsyncApp, desk: Desk, line: Line) -> None:
    for tab in ("home", "messages"):
        event = {"type": "app_home_opened", "user": "UADA", "tab": tab}
        assert (await bolt.async_dispatch(happening(event))).status == 200
    await desk.flight.idle()
    assert line.homes == ["UADA"]


async def test_home_is_drawn_anew_after_a_click_on_it(
    bolt: AsyncApp, desk: Desk, facts: Facts, line: Line, pair: tuple[Person, Person]
) -> None:
    request = await facts.request(pair[1])
    home = {"type": "home", "id": "V9", "private_metadata": ""}
    await bolt.async_dispatch(click(Action.WITHDRAW, str(request.id), view=home))
    await desk.flight.idle()
    assert line.homes == ["UADA"]


async def test_a_modal_opened_from_home_redraws_it(bolt: AsyncApp, desk: Desk, line: Line) -> None:
    home = {"type": "home", "id": "V9", "private_metadata": ""}
    await bolt.async_dispatch(click(Action.OPEN_FLASH, "flash", view=home))
    assert '"home": true' in line.views[0]["private_metadata"]
    values = inputs(topic=words("Feedback"), hoped_for=words("Courage"))
    line.homes.clear()
    await bolt.async_dispatch(submission(Callback.FLASH, values, home=True))
    await desk.flight.idle()
    assert "UADA" in line.homes


async def test_people_are_known_as_slack_tells(bolt: AsyncApp, facts: Facts) -> None:
    await facts.person("Ada before", slack_id="UADA")
    user = {
        "id": "UADA",
        "team_id": TEAM,
        "tz": "Asia/Tokyo",
        "profile": {"display_name": "Ada", "title": "Lead"},
    }
    response = await bolt.async_dispatch(happening({"type": "user_change", "user": user}))
    assert response.status == 200
    (person,) = await facts.all(Person)
    assert (person.name, person.zone, person.title) == ("Ada", "Asia/Tokyo", "Lead")


async def test_who_is_back_does_not_leave_again_when_slack_repeats_itself(
    bolt: AsyncApp, facts: Facts
) -> None:
    await facts.person("Ada", slack_id="UADA")
    for event_id, deleted, is_gone in (("Ev1", True, True), ("Ev2", False, False)):
        user = {"id": "UADA", "team_id": TEAM, "deleted": deleted, "profile": {}}
        event = {"type": "user_change", "user": user}
        assert (await bolt.async_dispatch(happening(event, event_id))).status == 200
        assert (await facts.all(Person))[0].is_deleted is is_gone
    gone = {"type": "user_change", "user": {"id": "UADA", "team_id": TEAM, "deleted": True}}
    assert (await bolt.async_dispatch(happening(gone, "Ev1"))).status == 200
    assert not (await facts.all(Person))[0].is_deleted


async def test_nobody_who_does_not_use_lantern_is_kept(bolt: AsyncApp, facts: Facts) -> None:
    more: dict[str, Any]
    for more in ({}, {"is_bot": True}, {"is_stranger": True}, {"team_id": "T9"}):
        user = {"id": "UOTHER", "team_id": TEAM, "profile": {}, **more}
        response = await bolt.async_dispatch(happening({"type": "user_change", "user": user}))
        assert response.status == 200
    assert await facts.all(Person) == []


@pytest.mark.parametrize(
    "what",
    [
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}},
        {"type": "of_next_year", "user": "UADA"},
    ],
)
async def test_every_event_is_acknowledged(bolt: AsyncApp, what: dict[str, Any]) -> None:
    assert (await bolt.async_dispatch(happening(what))).status == 200


@pytest.mark.parametrize("kind", ["channel", "group"])
async def test_a_programme_rests_with_its_channel(bolt: AsyncApp, facts: Facts, kind: str) -> None:
    made = await programme_of(facts)
    # The last one is the first, which Slack brings again although it was acknowledged.
    told = (("archive", True, "Ev1"), ("unarchive", False, "Ev2"), ("archive", False, "Ev1"))
    for what, is_at_rest, event_id in told:
        event = {"type": f"{kind}_{what}", "channel": "C1", "user": "UADA"}
        assert (await bolt.async_dispatch(happening(event, event_id))).status == 200
        kept = await facts.one(Programme, made.id)
        assert (kept.archived_at is not None) is is_at_rest
    assert await news(facts) == ["channel_archived", "channel_back"]


@pytest.mark.parametrize("kind", ["channel_left", "group_left"])
async def test_the_leads_hear_that_lantern_was_taken_out(
    bolt: AsyncApp, facts: Facts, kind: str
) -> None:
    made = await programme_of(facts)
    for channel in ("C1", "COTHER", "C1"):  # the last one is the first, brought again
        event = {"type": kind, "channel": channel, "actor_id": "UADA"}
        assert (await bolt.async_dispatch(happening(event))).status == 200
    assert await news(facts) == ["taken_out"]
    assert (await facts.one(Programme, made.id)).archived_at is None


async def test_a_status_says_that_somebody_is_away(bolt: AsyncApp, facts: Facts) -> None:
    await facts.person("Ada", slack_id="UADA")
    status = {"status_text": "On holiday", "status_emoji": ":palm_tree:", "status_expiration": 0}
    user = {"id": "UADA", "team_id": TEAM, "is_admin": True, "profile": status}
    await bolt.async_dispatch(happening({"type": "user_change", "user": user}))
    (person,) = await facts.all(Person)
    assert person.is_admin
    assert person.away_until is not None


async def test_home_shows_what_somebody_leads_and_is_part_of(
    bolt: AsyncApp, desk: Desk, facts: Facts, line: Line
) -> None:
    ada = await facts.person("Ada", slack_id="UADA")
    await programme_of(facts, ada, name="Circle")
    ring = await programme_of(facts, channel="C2", name="Ring")
    await enrolled(facts, ring, ada, role=Role.MENTEE)
    event = {"type": "app_home_opened", "user": "UADA", "tab": "home"}
    await bolt.async_dispatch(happening(event))
    await desk.flight.idle()
    (home,) = line.drawn
    assert "Circle" in str(home["blocks"])
    assert "Ring" in str(home["blocks"])


async def news(facts: Facts) -> list[str | None]:
    """What the leads are told."""
    return [job.note for job in await facts.all(Job) if job.kind is JobKind.LEAD_NEWS]
