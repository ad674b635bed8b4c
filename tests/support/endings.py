"""How everything in the tests' world comes to its end, while its buttons stand on the screens.

Each ending is what really happens, by the services that do it: all is settled, the words are
deleted, somebody leaves, comes back or is forgotten, the channels are archived.
"""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, Final

from bot.domain.kinds import Outcome
from bot.domain.states import RelationshipState, RequestState
from bot.services import people
from bot.services.access import hold_routing
from bot.services.context import Context
from bot.services.growing import ending, keeping, relating
from bot.services.lists import importing
from bot.services.own_data import forgetting
from bot.services.people import Profile
from bot.services.programmes import programmes_life
from bot.services.requests import asking, introducing, referring
from bot.services.rounds import planning_rounds
from bot.services.sessions import actions, calling_off, closing, following
from bot.store.tables import ActionItem, Relationship, Request, Session
from tests.support.facts import Facts
from tests.support.who import CALM_CHANNEL, CHANNEL, TABLES_CHANNEL, Who
from tests.support.world_people import World

Do = Callable[[Context, World], Awaitable[None]]


class Ending(StrEnum):
    """What became of it before the button was pressed."""

    OVER = "everything is settled"
    ERASED = "everything is settled, and its words are deleted"
    MENTOR_LEFT = "the mentor left the workspace"
    MENTEE_LEFT = "the mentee left the workspace"
    MENTEE_BACK = "the mentee left the workspace, and came back"
    MENTOR_FORGOTTEN = "the mentor was forgotten"
    MENTEE_FORGOTTEN = "the mentee was forgotten"
    ARCHIVED = "the channels are archived"


async def bring_about(how: Ending, ctx: Context, world: World) -> None:
    """Let it happen to the whole world."""
    await _ENDINGS[how](ctx, world)


async def _over(ctx: Context, world: World) -> None:
    ids, facts = world.ids, Facts(ctx.db)
    mentee, lead = _id(world, Who.MENTEE), _id(world, Who.LEAD)
    for relationship in await _rows(facts, world, Relationship):
        if relationship.state is RelationshipState.ACTIVE:
            form = ending.LookBack()
            about = {"actor_id": relationship.mentor_id, "relationship_id": relationship.id}
            await ending.end(ctx, **about, form=form)
        elif relationship.state is RelationshipState.DRAFTING:
            about = {"actor_id": relationship.mentor_id, "relationship_id": relationship.id}
            await relating.drop(ctx, **about)
    await keeping.stop(ctx, actor_id=mentee, tie_id=ids["tie"])
    await referring.drop(ctx, actor_id=mentee, referral_id=ids["referral"])
    await introducing.pass_on(ctx, actor_id=_id(world, Who.NAMED), referral_id=ids["intro"])
    for request in await _rows(facts, world, Request):
        if request.state in (RequestState.ROUTING, RequestState.WAITING):
            await asking.withdraw(ctx, actor_id=request.mentee_id, request_id=request.id)
    for name in ("planned", "announced", "table"):
        await planning_rounds.cancel_round(ctx, actor_id=lead, round_id=ids[name])
    await importing.discard_import(ctx, actor_id=lead, import_id=ids["list"])
    for item in await _rows(facts, world, ActionItem):
        await actions.settle_action(ctx, actor_id=item.owner_id, action_id=item.id, verb="drop")
    for name in ("matched", "scheduled"):
        await _call_off(ctx, world, ids[name])
    for who in (Who.MENTEE, Who.MENTOR, Who.THIRD):
        about = {"actor_id": _id(world, who), "session_id": ids["begun"]}
        await following.report_outcome(ctx, **about, plan=1, outcome=Outcome.YES)
    for name in TALKED:
        await closing.close_session(ctx, session_id=ids[name])


async def _call_off(ctx: Context, world: World, session_id: int) -> None:
    async with ctx.db.work() as work:
        await hold_routing(work, world.people[Who.MENTEE].workspace_id)
        session = await work.lock(Session, session_id)
        assert session is not None
        by = world.people[Who.MENTOR]
        await calling_off.call_off(ctx, work, session, by=by, reason=None)
        await work.commit()


async def _erased(ctx: Context, world: World) -> None:
    await _over(ctx, world)
    facts = Facts(ctx.db)
    for session in await _rows(facts, world, Session):
        await closing.erase_session(ctx, session_id=session.id)
    for request in await _rows(facts, world, Request):
        await closing.erase_request(ctx, request_id=request.id)
    for relationship in await _rows(facts, world, Relationship):
        await ending.erase_relationship(ctx, relationship_id=relationship.id)


async def _archived(ctx: Context, world: World) -> None:
    for channel in (CHANNEL, CALM_CHANNEL, TABLES_CHANNEL):
        await programmes_life.archive(ctx, team_id=world.team, channel=channel + world.mark)


def _left(who: Who) -> Do:
    async def left(ctx: Context, world: World) -> None:
        await people.refresh(ctx, profile=_profile(world, who, is_deleted=True))

    return left


def _back(who: Who) -> Do:
    async def back(ctx: Context, world: World) -> None:
        await _left(who)(ctx, world)
        await people.refresh(ctx, profile=_profile(world, who))

    return back


def _forgotten(who: Who) -> Do:
    async def forgotten(ctx: Context, world: World) -> None:
        await forgetting.forget(ctx, actor_id=_id(world, who))

    return forgotten


def _profile(world: World, who: Who, **fields: Any) -> Profile:
    name = who.full_name + world.mark
    return Profile(
        team_id=world.team,
        slack_id=who.slack_id + world.mark,
        name=name,
        zone="Europe/London",
        **fields,
    )


def _id(world: World, who: Who) -> int:
    return world.people[who].id


async def _rows(facts: Facts, world: World, table: type[Any]) -> list[Any]:
    """The rows of a table that are about the people of this world."""
    ours = {person.id for person in world.people.values()}
    whose = next(n for n in ("mentee_id", "owner_id") if n in table.model_fields)
    return [row for row in await facts.all(table) if getattr(row, whose) in ours]


TALKED: Final = ("begun", "held", "of_two", "not_formal")
_ENDINGS: Final[Mapping[Ending, Do]] = {
    Ending.OVER: _over,
    Ending.ERASED: _erased,
    Ending.MENTOR_LEFT: _left(Who.MENTOR),
    Ending.MENTEE_LEFT: _left(Who.MENTEE),
    Ending.MENTEE_BACK: _back(Who.MENTEE),
    Ending.MENTOR_FORGOTTEN: _forgotten(Who.MENTOR),
    Ending.MENTEE_FORGOTTEN: _forgotten(Who.MENTEE),
    Ending.ARCHIVED: _archived,
}
GONE: Final[Mapping[Ending, Who]] = {
    Ending.MENTOR_LEFT: Who.MENTOR,
    Ending.MENTEE_LEFT: Who.MENTEE,
    Ending.MENTOR_FORGOTTEN: Who.MENTOR,
    Ending.MENTEE_FORGOTTEN: Who.MENTEE,
}
"""Who is not there to press anything any more."""
