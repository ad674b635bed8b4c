"""A company that removed Lantern is forgotten whole, and nothing of another company is."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.services import installing
from bot.services.context import Context
from bot.services.installing import Grant
from bot.services.own_data.forgetting_workspace import forget_workspace
from bot.store.belonging import belonging
from bot.store.tables import Installation, Job, Person, Workspace, metadata
from tests.support.clock import HandClock
from tests.support.everything import everything
from tests.support.facts import TEAM, Facts

OF_NOBODY = {"installation", "oauth_state", "pace", "receipt"}
"""Tables whose rows belong to no workspace: they hold nothing of its people."""


async def counts(ctx: Context) -> dict[str, int]:
    """How many rows each table has."""
    async with ctx.db.read() as session:
        return {
            table.name: (
                await session.execute(select(func.count()).select_from(table))
            ).scalar_one()
            for table in metadata.sorted_tables
        }


def test_every_table_belongs_to_somebody_or_says_that_it_does_not() -> None:
    known = {table.name for table in belonging()} | OF_NOBODY
    assert {table.name for table in metadata.sorted_tables} == known


async def test_nothing_is_left_of_it_and_another_keeps_everything(context: Context) -> None:
    facts = Facts(context.db)
    await everything(facts)
    (ours,) = await facts.all(Workspace)
    await facts.add(Workspace(slack_team_id="TOTHER", created_at=context.now()))
    other = (await facts.all(Workspace))[-1]
    await facts.add(Person(workspace_id=other.id, slack_id="U1", refreshed_at=context.now()))
    before = await counts(context)
    assert before["session"] > 0
    assert await forget_workspace(context, workspace_id=ours.id)
    after = await counts(context)
    assert {name for name, many in after.items() if many} - OF_NOBODY == {"workspace", "person"}
    assert [p.slack_id for p in await facts.all(Person)] == ["U1"]
    assert not await forget_workspace(context, workspace_id=ours.id)


async def test_it_is_planned_when_the_app_is_removed(context: Context) -> None:
    facts = Facts(context.db)
    await facts.workspace()
    grant = Grant(slack_id=TEAM, bot_user_id="UBOT", token="xoxb-one")
    await installing.remember(context, grant=grant)
    (row,) = await facts.all(Installation)
    assert await installing.revoke(context, installation_id=row.id, version=1)
    (planned,) = [j for j in await facts.all(Job) if j.kind == "workspace_forget"]
    assert (planned.due_at - context.now()).days == 90
    await installing.remember(context, grant=grant)
    assert not await forget_workspace(context, workspace_id=planned.workspace_id)


async def test_the_time_runs_anew_with_each_removal(context: Context, clock: HandClock) -> None:
    facts = Facts(context.db)
    await facts.workspace()
    grant = Grant(slack_id=TEAM, bot_user_id="UBOT", token="xoxb-one")
    for version in (1, 2):
        await installing.remember(context, grant=grant)
        (row,) = await facts.all(Installation)
        assert await installing.revoke(context, installation_id=row.id, version=version)
        await clock.move_to(clock.now() + timedelta(days=80))
    planned = [j for j in await facts.all(Job) if j.kind == "workspace_forget"]
    (waiting,) = [j for j in planned if j.state == "pending"]
    assert len(planned) == 2
    assert waiting.due_at - clock.now() == timedelta(days=10)


@pytest.mark.parametrize("others", [0, 1])
async def test_an_organisations_installation_goes_with_its_last_team(
    context: Context, others: int
) -> None:
    facts = Facts(context.db)
    for number in range(others + 1):
        await facts.add(
            Workspace(slack_team_id=f"T{number}", enterprise_id="E1", created_at=context.now())
        )
    grant = Grant(slack_id="E1", is_org=True, bot_user_id="UBOT", token="xoxb-org")
    await installing.remember(context, grant=grant)
    (row,) = await facts.all(Installation)
    await installing.revoke(context, installation_id=row.id, version=1)
    assert await forget_workspace(context, workspace_id=(await facts.all(Workspace))[0].id)
    assert len(await facts.all(Installation)) == others
