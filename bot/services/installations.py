"""Where the app is installed: looked up by Slack's ids, or by the workspace it serves."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from bot.services.context import Context
from bot.store.tables import Installation, Workspace


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
    expires_at: datetime | None = None  # wall time


def is_invited(invited: Collection[str], slack_id: str, enterprise_id: str) -> bool:
    """Whether a team, or an organisation, may install: it or its organisation is named, or nobody
    is."""
    return not invited or slack_id in invited or enterprise_id in invited


async def serving(ctx: Context, *, team_id: str, enterprise_id: str) -> list[Installed]:
    """The installations that serve a team: its own, then that of its organisation."""
    async with ctx.db.read() as session:
        statement = (
            select(Installation)
            .where(col(Installation.revoked_at).is_(None), _serves(team_id, enterprise_id))
            .order_by(col(Installation.is_org))
        )
        return [_seen(row) for row in (await session.execute(statement)).scalars()]


async def for_workspace(ctx: Context, *, workspace_id: int) -> tuple[Installed, str] | None:
    """The installation that serves a workspace, and the workspace's Slack id."""
    async with ctx.db.read() as session:
        statement = (
            select(Installation, Workspace.slack_team_id)
            .join(Workspace, OF_WORKSPACE)
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


LOST: Final = "invalid_refresh_token"
"""Slack's word where the app is installed, and what would renew its token was used or lost. The
others say that it was removed."""


async def not_renewable(ctx: Context) -> list[str]:
    """Where Slack will not renew the last token, by name; until somebody installs anew."""
    async with ctx.db.read() as session:
        statement = (
            select(Installation.name, Installation.slack_id)
            .where(Installation.renewal_refused == LOST)
            .order_by(col(Installation.id))
        )
        return [name or slack_id for name, slack_id in await session.execute(statement)]


def served_by(installation_id: int) -> Any:
    """The ids of the workspaces that an installation serves, as a subquery."""
    return (
        select(col(Workspace.id))
        .join(Installation, OF_WORKSPACE)
        .where(Installation.id == installation_id)
    )


def serving_workspace(workspace_id: int) -> Any:
    """The ids of the installations that serve a workspace, removed ones too, as a subquery."""
    return (
        select(col(Installation.id))
        .join(Workspace, OF_WORKSPACE)
        .where(Workspace.id == workspace_id)
    )


def _serves(team_id: Any, enterprise_id: Any) -> ColumnElement[bool]:
    """Whether an installation is that of the team, or of the whole organisation around it."""
    slack_id, is_org = col(Installation.slack_id), col(Installation.is_org)
    return or_(
        and_(is_org.is_(False), slack_id == team_id),
        and_(is_org.is_(True), slack_id == enterprise_id),
    )


OF_WORKSPACE = _serves(col(Workspace.slack_team_id), col(Workspace.enterprise_id))
"""Joins an installation with the workspaces it serves."""


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
        expires_at=row.expires_at,
    )
