"""Installations: kept sealed, found by team or organisation, given up, and had anew."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.services import installations, installing
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
    (found,) = await installations.serving(context, team_id="TACME", enterprise_id="")
    assert found.token == TOKEN
    assert TOKEN not in repr(found)
    assert TOKEN not in repr(grant())


@pytest.mark.parametrize(
    ("team_id", "enterprise_id", "found"),
    [
        ("TACME", "", ["TACME"]),
        ("TACME", "EBIG", ["TACME", "EBIG"]),  # its own goes before the organisation's
        ("TOTHER", "EBIG", ["EBIG"]),
        ("", "EBIG", ["EBIG"]),
        ("TOTHER", "", []),
        ("TOTHER", "EOTHER", []),
        ("EBIG", "", []),  # an organisation is no team
        ("", "TACME", []),
        ("", "", []),
    ],
)
async def test_which_installations_serve_a_team(
    context: Context, team_id: str, enterprise_id: str, found: list[str]
) -> None:
    await installing.remember(context, grant=grant("EBIG", is_org=True, enterprise_id="EBIG"))
    await installing.remember(context, grant=grant())
    serving = await installations.serving(context, team_id=team_id, enterprise_id=enterprise_id)
    assert [each.slack_id for each in serving] == found


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
        await installations.for_workspace(context, workspace_id=one.id)
        for one in (own, of_org, nobodys)
    ]
    assert [each and (each[0].slack_id, each[1]) for each in found] == [
        ("TACME", "TACME"),
        ("EBIG", "TOTHER"),
        None,
    ]


async def test_what_is_learned_of_an_older_token_does_not_count(context: Context) -> None:
    await installing.remember(context, grant=grant())
    (old,) = await installations.serving(context, team_id="TACME", enterprise_id="")
    assert await installing.remember(context, grant=grant(token="xoxb-anew"))
    assert not await installing.revoke(context, installation_id=old.id, version=old.version)
    (now,) = await installations.serving(context, team_id="TACME", enterprise_id="")
    assert (now.token, now.id) == ("xoxb-anew", old.id)


async def test_a_removed_one_keeps_no_token_and_may_come_back(context: Context) -> None:
    await installing.remember(context, grant=grant())
    (found,) = await installations.serving(context, team_id="TACME", enterprise_id="")
    assert await installing.revoke(context, installation_id=found.id, version=found.version)
    assert not await installing.revoke(context, installation_id=found.id, version=found.version)
    assert await installations.serving(context, team_id="TACME", enterprise_id="") == []
    (row,) = await Facts(context.db).all(Installation)
    assert row.token is None
    assert await installing.remember(context, grant=grant(token="xoxb-anew"))
    assert [each.slack_id for each in await installations.standing(context)] == ["TACME"]
