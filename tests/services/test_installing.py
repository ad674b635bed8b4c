"""Installations: kept sealed, found by team or organisation, given up, and had anew."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.services import installing
from bot.services.context import Context
from bot.services.installing import Grant
from bot.store.tables import Installation, Workspace
from tests.support.facts import Facts

TOKEN = "xoxb-of-acme"


def grant(slack_id: str = "TACME", **more: Any) -> Grant:
    given = {"slack_id": slack_id, "bot_user_id": "UBOT", "token": TOKEN, "name": "Acme"}
    return Grant.model_validate(given | more)


async def test_the_token_is_not_readable_in_the_database(context: Context) -> None:
    assert not await installing.remember(context, grant=grant())
    async with context.db.read() as session:
        kept = (await session.execute(text("SELECT token FROM installation"))).scalar_one()
    assert TOKEN not in kept
    found = await installing.for_team(context, team_id="TACME", enterprise_id=None)
    assert found is not None
    assert found.token == TOKEN
    assert TOKEN not in repr(found)
    assert TOKEN not in repr(grant())


@pytest.mark.parametrize(
    ("team_id", "enterprise_id", "found"),
    [
        ("TACME", None, "TACME"),
        ("TACME", "EBIG", "TACME"),  # its own goes before the organisation's
        ("TOTHER", "EBIG", "EBIG"),
        (None, "EBIG", "EBIG"),
        ("TOTHER", None, None),
        ("TOTHER", "EOTHER", None),
        ("EBIG", None, None),  # an organisation is no team
        (None, "TACME", None),
        (None, None, None),
        ("", "", None),
    ],
)
async def test_which_installation_serves_a_team(
    context: Context, team_id: str | None, enterprise_id: str | None, found: str | None
) -> None:
    await installing.remember(context, grant=grant("EBIG", is_org=True, enterprise_id="EBIG"))
    await installing.remember(context, grant=grant())
    serving = await installing.for_team(context, team_id=team_id, enterprise_id=enterprise_id)
    assert (serving and serving.slack_id) == found


async def test_a_workspace_is_served_by_its_own_or_its_organisations(context: Context) -> None:
    facts = Facts(context.db)
    own = await facts.add(Workspace(slack_team_id="TACME", created_at=context.now()))
    of_org = await facts.add(
        Workspace(slack_team_id="TOTHER", enterprise_id="EBIG", created_at=context.now())
    )
    nobodys = await facts.add(Workspace(slack_team_id="TNONE", created_at=context.now()))
    await installing.remember(context, grant=grant("EBIG", is_org=True, enterprise_id="EBIG"))
    await installing.remember(context, grant=grant())
    found = [
        await installing.for_workspace(context, workspace_id=one.id)
        for one in (own, of_org, nobodys)
    ]
    assert [each and (each[0].slack_id, each[1]) for each in found] == [
        ("TACME", "TACME"),
        ("EBIG", "TOTHER"),
        None,
    ]


async def test_what_is_learned_of_an_older_token_does_not_count(context: Context) -> None:
    await installing.remember(context, grant=grant())
    old = await installing.for_team(context, team_id="TACME", enterprise_id=None)
    assert old is not None
    assert await installing.remember(context, grant=grant(token="xoxb-anew"))
    assert not await installing.revoke(context, installation_id=old.id, version=old.version)
    now = await installing.for_team(context, team_id="TACME", enterprise_id=None)
    assert now is not None
    assert (now.token, now.id) == ("xoxb-anew", old.id)


async def test_a_removed_one_keeps_no_token_and_may_come_back(context: Context) -> None:
    await installing.remember(context, grant=grant())
    found = await installing.for_team(context, team_id="TACME", enterprise_id=None)
    assert found is not None
    assert await installing.revoke(context, installation_id=found.id, version=found.version)
    assert not await installing.revoke(context, installation_id=found.id, version=found.version)
    assert await installing.for_team(context, team_id="TACME", enterprise_id=None) is None
    (row,) = await Facts(context.db).all(Installation)
    assert row.token is None
    assert await installing.remember(context, grant=grant(token="xoxb-anew"))
    assert [each.slack_id for each in await installing.standing(context)] == ["TACME"]
