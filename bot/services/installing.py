"""Where the app is installed: remembered, looked up, and given up when it was removed."""

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, CursorResult, and_, or_, update
from sqlmodel import col, select

from bot.services.context import Context
from bot.store.tables import Installation, Job, Workspace
from bot.store.work import Work


class Grant(BaseModel, frozen=True):
    """What Slack grants when somebody installs the app. `slack_id` is the team's, or that of the
    organisation when the app is installed in all of it (`is_org`)."""

    slack_id: str
    is_org: bool = False
    enterprise_id: str = ""
    name: str = ""
    app_id: str = ""
    bot_user_id: str
    scopes: str = ""
    token: str = Field(repr=False)
    installed_by: str = ""


@dataclass(frozen=True, slots=True)
class Installed:
    """An installation that stands. `token` is clear text, for the client alone."""

    id: int
    version: int
    slack_id: str
    is_org: bool
    enterprise_id: str
    name: str
    bot_user_id: str
    scopes: str
    token: str = field(repr=False)


async def remember(ctx: Context, *, grant: Grant) -> bool:
    """The app was installed: keep its token, and let what waited in its workspaces go on.

    Returns whether it had been installed there before.
    """
    async with ctx.db.work() as work:
        given = grant.model_dump() | {"installed_at": ctx.now()}
        await work.ensure(Installation.model_validate(given | {"version": 0}))
        row = await _held(work, grant.slack_id)
        before = row.version > 0
        for name, value in given.items():
            setattr(row, name, value)
        row.revoked_at, row.version = None, row.version + 1
        await work.session.flush()
        await _wake(work, row)
        await work.commit()
    return before


async def revoke(ctx: Context, *, installation_id: int, version: int) -> bool:
    """Slack takes this token no longer; False when it was installed anew since, or known before."""
    given_up = (
        update(Installation)
        .where(
            col(Installation.id) == installation_id,
            col(Installation.version) == version,
            col(Installation.revoked_at).is_(None),
        )
        .values(token=None, revoked_at=ctx.now())
        .execution_options(synchronize_session=False)
    )
    async with ctx.db.work() as work:
        done = await work.session.execute(given_up)
        assert isinstance(done, CursorResult)
        await work.commit()
    return bool(done.rowcount)


async def for_team(
    ctx: Context, *, team_id: str | None, enterprise_id: str | None
) -> Installed | None:
    """The installation that serves a team: its own before that of its organisation."""
    async with ctx.db.read() as session:
        statement = (
            select(Installation)
            .where(
                col(Installation.revoked_at).is_(None),
                _serves(team_id or "", enterprise_id or ""),
            )
            .order_by(col(Installation.is_org))
            .limit(1)
        )
        row = (await session.execute(statement)).scalar_one_or_none()
    return None if row is None else _seen(row)


async def for_workspace(ctx: Context, *, workspace_id: int) -> tuple[Installed, str] | None:
    """The installation that serves a workspace, and the workspace's Slack id."""
    async with ctx.db.read() as session:
        statement = (
            select(Installation, Workspace.slack_team_id)
            .join(Workspace, _OF_WORKSPACE)
            .where(Workspace.id == workspace_id, col(Installation.revoked_at).is_(None))
            .order_by(col(Installation.is_org))
            .limit(1)
        )
        found = (await session.execute(statement)).first()
    return None if found is None else (_seen(found[0]), found[1])


async def standing(ctx: Context) -> list[Installed]:
    """Every installation that was not removed, in the order they came."""
    async with ctx.db.read() as session:
        statement = (
            select(Installation)
            .where(col(Installation.revoked_at).is_(None))
            .order_by(col(Installation.id))
        )
        return [_seen(row) for row in (await session.execute(statement)).scalars()]


def _serves(team_id: Any, enterprise_id: Any) -> ColumnElement[bool]:
    """Whether an installation is that of the team, or of the whole organisation around it."""
    slack_id, is_org = col(Installation.slack_id), col(Installation.is_org)
    return or_(
        and_(is_org.is_(False), slack_id == team_id),
        and_(is_org.is_(True), slack_id == enterprise_id),
    )


_OF_WORKSPACE = _serves(col(Workspace.slack_team_id), col(Workspace.enterprise_id))


async def _held(work: Work, slack_id: str) -> Installation:
    statement = select(Installation).where(Installation.slack_id == slack_id).with_for_update()
    return (await work.session.execute(statement)).scalar_one()


async def _wake(work: Work, row: Installation) -> None:
    """What waited for this installation, or was put off by its failures, is looked at now."""
    theirs = (
        select(col(Workspace.id)).join(Installation, _OF_WORKSPACE).where(Installation.id == row.id)
    )
    await work.session.execute(
        update(Job)
        .where(
            col(Job.workspace_id).in_(theirs),
            col(Job.state) == "pending",
            col(Job.leased_by).is_(None),
            col(Job.leased_until).is_not(None),
        )
        .values(leased_until=None)
        .execution_options(synchronize_session=False)
    )
    work.rings = True


def _seen(row: Installation) -> Installed:
    return Installed(
        id=row.id,
        version=row.version,
        slack_id=row.slack_id,
        is_org=row.is_org,
        enterprise_id=row.enterprise_id,
        name=row.name,
        bot_user_id=row.bot_user_id,
        scopes=row.scopes,
        token=row.token or "",
    )
