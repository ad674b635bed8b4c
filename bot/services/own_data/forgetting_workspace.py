"""A company removed Lantern: what it left is kept for a while, and then forgotten whole."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, func, select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState
from bot.services import installations
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.jobs import job
from bot.store.belonging import belonging, rows_of
from bot.store.tables import Installation, Job, Programme, Workspace
from bot.store.work import Work


async def plan_forgetting(
    work: Work, workspace_ids: list[int], mark: str, *, now: datetime
) -> None:
    """Forget these workspaces when their longest retention time is over; `mark` names the removal.

    The caller holds nothing: whether Lantern came back meanwhile is looked at when it is due. The
    time runs anew with each removal.
    """
    earlier = (Job.kind == JobKind.WORKSPACE_FORGET, col(Job.workspace_id).in_(workspace_ids))
    await work.cancel_unsaid(*earlier, reason="removed_again")
    longest = (
        select(Programme.workspace_id, func.max(Programme.retention_days))
        .where(col(Programme.workspace_id).in_(workspace_ids))
        .group_by(col(Programme.workspace_id))
    )
    for workspace_id, days in (await work.session.execute(longest)).all():
        due_at = now + timedelta(days=days)
        key = f"workspace:{workspace_id}:forget:{mark}"
        kind = JobKind.WORKSPACE_FORGET
        await work.plan(job(kind, key, now=now, workspace_id=workspace_id, due_at=due_at))


async def plan_where_nobody_did(work: Work, *, now: datetime) -> None:
    """The same for those whose token went without a removal: it was lost with its key."""
    gone = select(col(Installation.id), col(Installation.version)).where(
        col(Installation.token).is_(None)
    )
    planned = select(col(Job.workspace_id)).where(
        Job.kind == JobKind.WORKSPACE_FORGET, Job.state == JobState.PENDING
    )
    for installation_id, version in (await work.session.execute(gone)).all():
        served = installations.served_by(installation_id).where(col(Workspace.id).not_in(planned))
        ids = list((await work.session.scalars(served)).all())
        await plan_forgetting(work, ids, f"{installation_id}:{version}", now=now)


async def forget_workspace(ctx: Context, *, workspace_id: int) -> bool:
    """Delete every row of a workspace, people, words and jobs; False when Lantern is back there."""
    if await installations.for_workspace(ctx, workspace_id=workspace_id) is not None:
        return False
    async with ctx.db.work() as work:
        await hold_routing(work, workspace_id)
        workspace = await work.session.get(Workspace, workspace_id)
        if workspace is None:
            return False
        ids = (workspace.slack_team_id, workspace.enterprise_id)
        work.session.expunge(workspace)
        for table in belonging():
            theirs = rows_of(table, workspace_id)
            assert theirs is not None
            await work.session.execute(delete(table).where(theirs))
        await _forget_installation(work, *ids)
        await work.commit()
    return True


async def _forget_installation(work: Work, team_id: str, enterprise_id: str) -> None:
    """The team's own goes with it; that of an organisation, with the last of its teams."""
    gone = [team_id]
    others = select(col(Workspace.id)).where(Workspace.enterprise_id == enterprise_id).limit(1)
    if enterprise_id and (await work.session.execute(others)).first() is None:
        gone.append(enterprise_id)
    await work.session.execute(
        delete(Installation).where(
            col(Installation.slack_id).in_(gone), col(Installation.revoked_at).is_not(None)
        )
    )
