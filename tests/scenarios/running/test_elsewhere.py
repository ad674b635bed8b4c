"""People of other teams in shared channels, organisations with many teams, and two processes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.apps.shared_app import Organisation
from bot.sandbox.conversations import ChannelSpec
from bot.sandbox.people import PersonSpec
from bot.sandbox.screen.seen import Seen
from bot.store.tables import Installation, Job, Person, Workspace
from tests.scenarios.acts import (
    accepts,
    asks_flash,
    bot_messages,
    offers_to_mentor,
    scheduled,
    sets_time,
)
from tests.scenarios.forged import button, forge_click
from tests.scenarios.marks import sqlite_only
from tests.scenarios.programme_acts import makes_programme
from tests.scenarios.running.test_installing import as_company
from tests.support.company import STAFF
from tests.support.facts import Facts
from tests.support.street import House, Street, TeamSpec
from tests.support.street import street as running_street

# Ida works in both teams of the organisation, and is counted to the first.
IDA = PersonSpec("ida", "Ida Both", home="North")
NORTH = (*STAFF, PersonSpec("ida", "Ida Both"))
SOUTH = (*STAFF, IDA)


@pytest.fixture
async def org(tmp_path: Path, database_url: str) -> AsyncIterator[Street]:
    """Two teams of one organisation, and a company that is none of theirs."""
    roof = Organisation("Roof")
    teams = (
        TeamSpec("North", NORTH, roof),
        TeamSpec("South", SOUTH, roof),
        TeamSpec("Acme", STAFF),
    )
    async with running_street(tmp_path, *teams, database_url=database_url) as running:
        yield running


async def installs_everywhere(street: Street, name: str) -> None:
    """Somebody installs it in the whole organisation of this team."""
    roof = street[name].workspace.organisation
    assert roof is not None
    async with street.browser() as browser:
        assert (await browser.installs(roof.id))[0] == 200


async def a_session(house: House, topic: str) -> None:
    await offers_to_mentor(as_company(house), "bruno")
    await asks_flash(as_company(house), "ada", topic=topic)
    await accepts(as_company(house), "bruno")
    await house["ada"].reads("You have a", where="group")


async def test_one_installation_serves_every_team_of_an_organisation(org: Street) -> None:
    await installs_everywhere(org, "North")
    north, south = org["North"], org["South"]
    await a_session(north, "Snow")
    await a_session(south, "Sand")
    assert not bot_messages(as_company(north), "bruno", "Sand")
    for house in (north, south):  # in both, each with an enrolment of its own
        await house["ida"].types("/mentoring sessions")
        await house["ida"].reads("Nothing is open for you")
    facts = Facts(org.bots[0].ctx.db)
    roof = north.workspace.enterprise_id
    assert [row.is_org for row in await facts.all(Installation)] == [True]
    assert [row.enterprise_id for row in await facts.all(Workspace)] == [roof, roof]
    idas = [row.workspace_id for row in await facts.all(Person) if row.slack_id == ida_id(org)]
    assert idas == [1, 2]
    assert {call.get("team_id") for call in south.calls("chat.postMessage")} == {
        south.workspace.team_id
    }


def ida_id(street: Street) -> str:
    return street["North"]["ida"].id


@sqlite_only
async def test_a_teams_own_installation_goes_before_the_organisations(org: Street) -> None:
    await org.installs("South")
    await a_session(org["South"], "Sand")
    await installs_everywhere(org, "North")
    south = org["South"].workspace
    south.by_organisation = False  # Slack goes on using the team's own
    await a_session(org["North"], "Snow")
    south.uninstall()
    await org.settle()
    rows = {row.is_org: row for row in await Facts(org.bots[0].ctx.db).all(Installation)}
    assert rows[False].token is None
    assert rows[True].token is not None


@sqlite_only
async def test_an_organisation_removes_it_everywhere(org: Street) -> None:
    await installs_everywhere(org, "North")
    for name in ("North", "South"):
        await scheduled(as_company(org[name]))
    org["South"].workspace.uninstall()
    await org.settle()
    facts = Facts(org.bots[0].ctx.db)
    assert [row.token for row in await facts.all(Installation)] == [None]
    waiting = [j for j in await facts.all(Job) if j.kind == "workspace_forget"]
    assert [j.workspace_id for j in waiting] == [1, 2]


async def test_somebody_from_elsewhere_is_nobody_of_the_organisation(
    tmp_path: Path, database_url: str
) -> None:
    """The click names no team but theirs, and Slack calls nobody of a shared channel a stranger."""
    bea = PersonSpec("bea", "Bea of Beta", stranger=True, home="Beta")
    north = TeamSpec("North", (*STAFF, bea), Organisation("Roof"))
    async with running_street(tmp_path, north, database_url=database_url) as street:
        here = street["North"]
        members = ("ada", "bruno", "bea")
        spec = ChannelSpec("shared", members, creator="ada", with_app=True)
        here.workspace.add_channel(spec)
        await installs_everywhere(street, "North")
        await makes_programme(as_company(here), lead="ada", name="shared")
        await here["bea"].clicks("Join", in_message="Joining takes two minutes")
        await here["bea"].reads("only help people of this workspace")
        facts = Facts(street.bots[0].ctx.db)
        assert len(await facts.all(Workspace)) == 1
        assert "Bea of Beta" not in {row.name for row in await facts.all(Person)}


@pytest.fixture
async def shared(tmp_path: Path, database_url: str) -> AsyncIterator[Street]:
    """Acme and Beta, with a channel of Acme's that Bea of Beta is in."""
    bea = PersonSpec("bea", "Bea of Beta", stranger=True, home="Beta")
    teams = (
        TeamSpec("Acme", (*STAFF, bea)),
        TeamSpec("Beta", (*STAFF, PersonSpec("bea", "Bea of Beta"))),
    )
    async with running_street(tmp_path, *teams, database_url=database_url) as running:
        members = ("ada", "bruno", "bea")
        spec = ChannelSpec("shared", members, creator="ada", with_app=True)
        running["Acme"].workspace.add_channel(spec)
        await running.installs("Acme")
        yield running


async def announces(street: Street) -> Seen:
    """Ada makes a programme in the shared channel; its card has a button for everybody."""
    return await makes_programme(as_company(street["Acme"]), lead="ada", name="shared")


@pytest.mark.parametrize("installed_at_home", [False, True])
async def test_somebody_of_another_team_is_kindly_refused(
    shared: Street, installed_at_home: bool
) -> None:
    if installed_at_home:
        await shared.installs("Beta")
    await announces(shared)
    acme, facts = shared["Acme"], Facts(shared.bots[0].ctx.db)
    await acme["bea"].clicks("Join", in_message="Joining takes two minutes")
    await acme["bea"].reads("only help people of this workspace")
    assert not [row for row in await facts.all(Person) if row.slack_id == acme["bea"].id]
    await shared.settle()


async def test_a_click_that_names_the_other_company_reaches_nothing_here(shared: Street) -> None:
    """In a shared channel Slack may name the person's own team: then it is that team's affair."""
    await shared.installs("Beta")
    join = button(await announces(shared), "Join")
    beta = shared["Beta"]
    before = len(beta.calls("views.open"))
    await forge_click(beta["bea"], join)
    await shared.settle()
    assert len(beta.calls("views.open")) == before
    facts = Facts(shared.bots[0].ctx.db)
    assert not [
        row for row in await facts.all(Person) if row.workspace_id == 1 and "Bea" in row.name
    ]


@sqlite_only
async def test_one_whose_team_has_no_lantern_is_told_where_they_pressed(shared: Street) -> None:
    seen = await announces(shared)
    acme = shared["Acme"]
    channel = acme.workspace.channel("shared")
    hook = acme.workspace.hooks.issue(acme["bea"].id, channel.id)
    beta = {"id": shared["Beta"].workspace.team_id, "domain": "beta"}
    await forge_click(acme["bea"], button(seen, "Join"), team=beta, response_url=hook)
    await acme["bea"].reads("only help people of a workspace that I am installed in")


@pytest.mark.postgresql
async def test_what_one_process_installs_another_serves(
    tmp_path: Path, postgres_databases: object
) -> None:
    lender = postgres_databases
    url = lender.lend()  # type: ignore[attr-defined]
    try:
        async with running_street(
            tmp_path, TeamSpec("Acme", STAFF), database_url=url, processes=2
        ) as street:
            acme, second = street["Acme"], street.addresses[1]
            # Slack brings everything to the first, the browser comes to the second.
            async with street.browser(second) as browser:
                assert (await browser.installs(acme.workspace.team_id))[0] == 200
            await a_session(acme, "Anvils")
            acme.workspace.uninstall()
            await street.settle()
            async with street.browser(second) as browser:
                assert (await browser.installs(acme.workspace.team_id))[0] == 200
            # Another token, which no process has seen but the second.
            await sets_time(as_company(acme), "ada", "Thursday 14:30")
            await acme["bruno"].reads("A time is found")
    finally:
        lender.take_back(url)  # type: ignore[attr-defined]
