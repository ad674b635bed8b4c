"""Who may install is a list; anybody else is told so, and nothing of Lantern stays with them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.ops.checks import Wrong, doors
from bot.ops.install import read_grant
from bot.sandbox.apps.shared_app import Organisation
from bot.sandbox.shapes import stable_id
from bot.services import installing
from bot.store.tables import Installation
from tests.scenarios.marks import sqlite_only
from tests.support.company import STAFF
from tests.support.facts import Facts
from tests.support.street import Street, TeamSpec
from tests.support.street import street as running_street

ACME, ROOF = stable_id("T", "Acme"), stable_id("E", "Roof")


@pytest.fixture
async def street(tmp_path: Path, database_url: str) -> AsyncIterator[Street]:
    """Acme and the organisation Roof are invited; Beta and the organisation Shed are not."""
    teams = (
        TeamSpec("Acme", STAFF),
        TeamSpec("Beta", STAFF),
        TeamSpec("North", STAFF, Organisation("Roof")),
        TeamSpec("South", STAFF, Organisation("Shed")),
    )
    invited = (ACME, ROOF)
    async with running_street(
        tmp_path, *teams, database_url=database_url, invited=invited
    ) as running:
        yield running


async def installed(street: Street) -> set[str]:
    rows: list[Installation] = await Facts(street.bots[0].ctx.db).all(Installation)
    return {row.slack_id for row in rows if row.token}


async def installs_everywhere(street: Street, name: str) -> int:
    organisation = street[name].workspace.organisation
    assert organisation is not None
    async with street.browser() as browser:
        return (await browser.installs(organisation.id))[0]


async def test_who_is_in_the_list_is_let_in(street: Street) -> None:
    assert (await street.installs("Acme"))[0] == 200
    assert (await street.installs("North"))[0] == 200  # a team of an organisation in the list
    assert await installs_everywhere(street, "North") == 200
    assert await installed(street) == {ACME, ROOF, stable_id("T", "North")}
    await street["Acme"]["ada"].types("/mentoring help")
    await street["Acme"]["ada"].reads("/mentoring taster")


async def test_anybody_else_is_told_so_and_keeps_nothing(street: Street) -> None:
    beta = street["Beta"].workspace
    with capture_logs() as logs:
        status, said = await street.installs("Beta")
    assert status == 403
    assert "yours is not among them yet" in said
    assert "Begin again" in said
    (line,) = [each for each in logs if each["event"] == "install_refused"]
    assert (line["log_level"], line["slack_id"]) == ("warning", beta.team_id)
    assert not beta.installed  # the app took itself out again
    assert await installed(street) == set()


@sqlite_only
async def test_a_strangers_token_says_nothing_of_ours(street: Street) -> None:
    """Somebody took the app out again while we were about to."""
    street["Beta"].workspace.faults.add("apps.uninstall", "ok_false:token_revoked")
    assert (await street.installs("Beta"))[0] == 403
    assert street.bots[0].client.void is None


@sqlite_only
async def test_it_is_told_in_the_readers_language(street: Street) -> None:
    async with street.browser() as browser:
        back = await browser.chooses(await browser.begins(), street["Beta"].workspace.team_id)
        headers = {"Accept-Language": "de-DE,de;q=0.9"}
        async with browser.session.get(back, headers=headers) as answer:
            page = await answer.text()
    assert '<html lang="de">' in page
    assert "deiner gehört noch nicht dazu" in page


@sqlite_only
async def test_an_organisation_that_is_not_in_the_list(street: Street) -> None:
    with capture_logs() as logs:
        assert await installs_everywhere(street, "South") == 403
    assert await installed(street) == set()
    assert "install_not_undone" not in [line["event"] for line in logs]  # only its admin can
    assert (await street.installs("South"))[0] == 403


@sqlite_only
async def test_slack_does_not_take_the_app_back(street: Street) -> None:
    street["Acme"].workspace.faults.add("apps.uninstall", "500")
    street["Beta"].workspace.faults.add("apps.uninstall", "500")
    with capture_logs() as logs:
        status, said = await street.installs("Beta")
    assert (status, "yours is not among them yet" in said) == (403, True)
    assert "install_not_undone" in [line["event"] for line in logs]
    assert await installed(street) == set()


@sqlite_only
async def test_who_was_in_before_the_list_goes_on(street: Street) -> None:
    bot, beta = street.bots[0], street["Beta"]
    granted = beta.workspace.install("commands", beta["ada"].id)  # before there was a list
    await installing.remember(bot.ctx, grant=read_grant(granted))
    with pytest.raises(Wrong, match=r"1 \(Beta\) have installed it and are not in LANTERN_MAY"):
        await doors.installations(bot.settings, bot.ctx)
    assert (await street.installs("Beta"))[0] == 403
    assert beta.workspace.installed
    await beta["ada"].types("/mentoring help")
    await beta["ada"].reads("/mentoring taster")
