"""The app is installed, installed again, and given up when it was removed."""

from datetime import timedelta

from pydantic import BaseModel, Field
from sqlalchemy import CursorResult, update
from sqlmodel import col, select

from bot.domain.states import JobState
from bot.services.context import Context
from bot.services.installations import served_by
from bot.services.own_data.forgetting_workspace import plan_forgetting
from bot.store.tables import Installation, Job
from bot.store.work import Work

_NOW = {"synchronize_session": False}


class Grant(BaseModel, frozen=True):
    """What Slack grants when somebody installs the app. `slack_id` is the team's, or that of the
    organisation when the app is installed in all of it (`is_org`). A token that expires comes with
    a `refresh_token`, and counts for `expires_in`."""

    slack_id: str
    is_org: bool = False
    enterprise_id: str = ""
    name: str = ""
    app_id: str = ""
    bot_user_id: str
    scopes: str = ""
    token: str = Field(repr=False)
    installed_by: str = ""
    refresh_token: str | None = Field(default=None, repr=False)
    expires_in: timedelta | None = None


async def remember(ctx: Context, *, grant: Grant) -> bool:
    """The app was installed: keep its token, and let what waited in its workspaces go on.

    Returns whether it had been installed there before.
    """
    async with ctx.db.work() as work:
        given = grant.model_dump(exclude={"expires_in"}) | {"installed_at": ctx.now()}
        await work.ensure(Installation.model_validate(given | {"version": 0}))
        row = await _held(work, grant.slack_id)
        before = row.version > 0
        for name, value in given.items():
            setattr(row, name, value)
        row.revoked_at, row.version = None, row.version + 1
        row.expires_at = ctx.clock.wall() + grant.expires_in if grant.expires_in else None
        row.renewing_until = row.renewal_refused = None
        await work.session.flush()
        await _wake(work, row.id)
        await work.commit()
    return before


async def revoke(ctx: Context, *, installation_id: int, version: int) -> bool:
    """Slack takes this token no longer, so it is not kept; what it served is forgotten in time.

    False when it was installed anew since, or this was known.
    """
    given_up = (
        update(Installation)
        .where(
            col(Installation.id) == installation_id,
            col(Installation.version) == version,
            col(Installation.revoked_at).is_(None),
        )
        .values(
            token=None,
            refresh_token=None,
            expires_at=None,
            renewing_until=None,
            revoked_at=ctx.now(),
        )
        .execution_options(**_NOW)
    )
    async with ctx.db.work() as work:
        done = await work.session.execute(given_up)
        assert isinstance(done, CursorResult)
        if not done.rowcount:
            return False
        served = list((await work.session.scalars(served_by(installation_id))).all())
        await plan_forgetting(work, served, f"{installation_id}:{version}", now=ctx.now())
        await work.commit()
    return True


async def _held(work: Work, slack_id: str) -> Installation:
    statement = select(Installation).where(Installation.slack_id == slack_id).with_for_update()
    return (await work.session.execute(statement)).scalar_one()


async def _wake(work: Work, installation_id: int) -> None:
    """What waited for this installation, or was put off by its failures, is looked at now."""
    await work.session.execute(
        update(Job)
        .where(
            col(Job.workspace_id).in_(served_by(installation_id)),
            col(Job.state) == JobState.PENDING,
            col(Job.leased_by).is_(None),
            col(Job.leased_until).is_not(None),
        )
        .values(leased_until=None)
        .execution_options(**_NOW)
    )
    work.rings = True
