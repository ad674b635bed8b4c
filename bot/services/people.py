"""People: meeting them, keeping what Slack says of them fresh, their pause, and their leaving."""

from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel
from sqlalchemy import bindparam, func
from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.leave import leave_until
from bot.services import leaving
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.own_data import forgetting
from bot.services.programmes import leads
from bot.services.requests.routing import try_waiting
from bot.services.seeing import see_person
from bot.services.views import PersonView
from bot.store.tables import Job, Person, Programme, Workspace
from bot.store.work import Work

FRESH_FOR = timedelta(hours=24)  # of wall time; Slack says nothing at daylight-saving changes
OPEN_PROGRAMME = "Open mentoring"
PAUSE_CARDS = (JobKind.PAUSE_CARD, JobKind.PAUSED_SILENT)
PAUSED = "paused"
"""The note of a card about a pause that begins; one about its end has none."""
_KNOWN = (  # built once: it is asked for everything that comes in
    select(Person)
    .join(Workspace)
    .where(
        col(Workspace.slack_team_id) == bindparam("team"),
        col(Person.slack_id) == bindparam("slack_id"),
    )
)


class Profile(BaseModel, frozen=True):
    """What Slack says of a person. `zone` is an IANA name, empty when Slack does not know it."""

    team_id: str
    team_name: str = ""
    enterprise_id: str = ""  # of the organisation the team belongs to, if it is known
    slack_id: str
    name: str
    zone: str = ""
    locale: str = ""
    title: str = ""
    is_bot: bool = False
    is_guest: bool = False
    is_deleted: bool = False
    is_admin: bool = False
    is_stranger: bool = False  # from another workspace, in a shared channel
    away_until: datetime | None = None  # on leave, read from their status (domain.leave)
    # The status itself, for callers who leave the reading of it to us; it is not kept.
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0


async def known_person(ctx: Context, *, team_id: str, slack_id: str) -> PersonView | None:
    """The person with this Slack id, if Lantern has met them and what it knows is fresh."""
    async with ctx.db.read() as session:
        given = {"team": team_id, "slack_id": slack_id}
        row = (await session.execute(_KNOWN, given)).scalar_one_or_none()
    if row is None or ctx.clock.wall() - row.refreshed_at > FRESH_FOR:
        return None
    return see_person(row, ctx.now())


def is_stale(ctx: Context, person: PersonView) -> bool:
    """Whether Slack should be asked again before relying on what is known of this person."""
    met_at = person.refreshed_at
    return met_at is not None and ctx.clock.wall() - met_at > FRESH_FOR


async def team_of(ctx: Context, *, person_id: int) -> str:
    """The Slack id of the workspace this person belongs to."""
    async with ctx.db.read() as session:
        statement = select(Workspace.slack_team_id).join(Person).where(Person.id == person_id)
        return (await session.execute(statement)).scalar_one()


async def person(ctx: Context, *, person_id: int) -> PersonView:
    """The person with this id; KeyError when there is none."""
    async with ctx.db.read() as session:
        row = await session.get(Person, person_id)
    if row is None:
        raise KeyError(person_id)
    return see_person(row, ctx.now())


async def meet(ctx: Context, *, profile: Profile) -> PersonView:
    """Remember a person as Slack describes them now; one who left leaves their open matters."""
    async with ctx.db.work() as work:
        workspace = await _workspace(ctx, work, profile)
        if _is_barred(profile):
            await hold_routing(work, workspace.id)
        row = await _person(ctx, work, workspace.id, profile.slack_id)
        await _take_over(ctx, work, row, profile)
        await work.commit()
        return see_person(row, ctx.now())


async def refresh(
    ctx: Context, *, profile: Profile, receipt: str | None = None
) -> PersonView | None:
    """What Slack says now of somebody Lantern knows. Of anybody else nothing is kept: None.

    That holds for somebody who was forgotten this very moment, too. AlreadyDone for a receipt that
    told of a leaving, or a coming back, before.
    """
    given = {"team": profile.team_id, "slack_id": profile.slack_id}
    async with ctx.db.read() as session:
        known = (await session.execute(_KNOWN, given)).scalar_one_or_none()
    if known is None:
        return None
    async with ctx.db.work() as work:
        if _is_barred(profile):
            await hold_routing(work, known.workspace_id)
        row = await _known(work, known.workspace_id, profile.slack_id)
        if row is None:
            return None
        await _take_over(ctx, work, row, profile, receipt)
        await work.commit()
        return see_person(row, ctx.now())


def _is_barred(profile: Profile) -> bool:
    return profile.is_deleted or profile.is_guest or profile.is_stranger


async def _take_over(
    ctx: Context, work: Work, row: Person, profile: Profile, receipt: str | None = None
) -> None:
    """Write what Slack says into the row, and do what follows from it: somebody left, or is back.

    The caller holds the row, and the routing for one who may not take part.
    """
    left = profile.is_deleted and not row.is_deleted
    back = row.is_deleted and not profile.is_deleted
    barred = (profile.is_guest or profile.is_stranger) and not row.is_guest
    if left or back:
        await work.once(receipt, ctx.now())
    copy_profile(profile, row, ctx.clock.wall())
    if left:
        await leaving.settle_open_matters(ctx, work, row)
        await forgetting.plan_forgetting(ctx, work, row)
    elif barred:
        await leads.check_leads(ctx, work, row)
    if back:
        await forgetting.keep_after_all(work, row)


async def remember_dm(ctx: Context, *, person_id: int, channel: str) -> None:
    """Keep the DM's channel id, so that it need not be opened each time."""
    async with ctx.db.work() as work:
        row = await work.session.get_one(Person, person_id)
        row.dm_channel = channel
        await work.commit()


async def pause(
    ctx: Context, *, actor_id: int, until: datetime | None, receipt: str | None = None
) -> None:
    """Ask this person nothing new until `until` (UTC; None: until they resume).

    Offers waiting for their answer move on to somebody else. Raises RuleBroken "until_past".
    """
    now = ctx.now()
    if until is not None and until <= now:
        raise RuleBroken("until_past", field="until")
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        row = await work.session.get_one(Person, actor_id)
        await hold_routing(work, row.workspace_id)
        row.paused_at, row.paused_until = now, until
        await leaving.pass_on_offers(ctx, work, row)
        await _plan_card(ctx, work, row)
        await work.commit()


async def resume(ctx: Context, *, actor_id: int, receipt: str | None = None) -> None:
    """End the pause; does no harm when there is none."""
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        row = await work.session.get_one(Person, actor_id)
        await hold_routing(work, row.workspace_id)
        row.paused_at = row.paused_until = None
        await _plan_card(ctx, work, row)
        await try_waiting(ctx, work, row.workspace_id)
        await work.commit()


async def _plan_card(ctx: Context, work: Work, row: Person) -> None:
    """How things stand now. The card before it loses its button; those before that have none."""
    newest = select(func.max(Job.id)).where(*_pause_cards(row.id)).scalar_subquery()
    await work.touch(col(Job.id) == newest, now=ctx.now())
    key = f"pause:{row.id}:{ctx.clock.wall().timestamp()}"
    note = PAUSED if row.paused_at is not None else None
    await work.plan(job_to(row, JobKind.PAUSE_CARD, key, now=ctx.now(), note=note))


async def is_newest_pause_card(ctx: Context, *, person_id: int, job_id: int) -> bool:
    """Whether no later one says how it stands with this person's pause."""
    async with ctx.db.read() as session:
        later = select(Job.id).where(*_pause_cards(person_id), col(Job.id) > job_id).limit(1)
        return (await session.execute(later)).first() is None


def _pause_cards(person_id: int) -> tuple[Any, ...]:
    return (Job.recipient_id == person_id, col(Job.kind).in_(PAUSE_CARDS))


async def _workspace(ctx: Context, work: Work, profile: Profile) -> Workspace:
    statement = select(Workspace).where(Workspace.slack_team_id == profile.team_id)
    row = (await work.session.execute(statement)).scalar_one_or_none()
    if row is not None:
        if profile.enterprise_id:
            row.enterprise_id = profile.enterprise_id  # it may have joined one since
        return row
    now = ctx.now()
    await work.ensure(
        Workspace(
            slack_team_id=profile.team_id,
            name=profile.team_name,
            enterprise_id=profile.enterprise_id,
            created_at=now,
        )
    )
    row = (await work.session.execute(statement)).scalar_one()
    await work.ensure(Programme(workspace_id=row.id, name=OPEN_PROGRAMME, created_at=now))
    return row


async def _person(ctx: Context, work: Work, workspace_id: int, slack_id: str) -> Person:
    """Their row, held for a change; made when this is the first time."""
    row = await _known(work, workspace_id, slack_id)
    if row is not None:
        return row
    met_at = ctx.clock.wall()
    await work.ensure(Person(workspace_id=workspace_id, slack_id=slack_id, refreshed_at=met_at))
    row = await _known(work, workspace_id, slack_id)
    assert row is not None
    return row


async def _known(work: Work, workspace_id: int, slack_id: str) -> Person | None:
    statement = (
        select(Person)
        .where(Person.workspace_id == workspace_id, Person.slack_id == slack_id)
        .with_for_update(key_share=True)
    )
    return (await work.session.execute(statement)).scalar_one_or_none()


def copy_profile(profile: Profile, row: Person, wall: datetime) -> None:
    """Write what Slack says at `wall` into a person's row; nothing follows from it here."""
    row.name = profile.name
    row.title = profile.title
    row.zone = profile.zone or row.zone
    row.locale = profile.locale or row.locale
    row.is_bot = profile.is_bot
    row.is_guest = profile.is_guest or profile.is_stranger
    row.is_deleted = profile.is_deleted
    row.is_admin = profile.is_admin and not row.is_guest and not row.is_deleted
    row.away_until = profile.away_until or leave_until(
        profile.status_text, profile.status_emoji, profile.status_expiration
    )
    row.refreshed_at = wall
