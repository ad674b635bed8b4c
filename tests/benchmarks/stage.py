"""Forty people in twenty sessions, and what they send: each reads, ticks a box, says a word."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from bot.clock import MovableClock
from bot.domain.kinds import Kind
from bot.rehearsal import Rehearsal, new_workspace, rehearse
from bot.sandbox.company import Company
from bot.sandbox.people import PersonSpec, User
from bot.sandbox.shapes import Json
from bot.sandbox.workspace import Workspace
from bot.services import people, reading
from bot.services.people import Profile
from bot.services.requests import answering, asking, offering
from bot.services.requests.asking import AskForm
from bot.services.requests.offering import OfferForm
from bot.slack.ids import Action
from tests.benchmarks.load import Inbound, command, event, interaction

PAIRS: Final = 20
KINDS: Final = ("reads", "ticks", "words")
ROUND: Final = 2 * PAIRS * len(KINDS)  # requests after which everybody has done everything once
MONDAY_MORNING = datetime(2026, 11, 16, 10, tzinfo=UTC)  # a working hour for all of them

Make = Callable[[int], Inbound]


def new_stage(clock: MovableClock) -> Workspace:
    """A workspace with the forty in it."""
    handles = [f"{role}{n}" for n in range(PAIRS) for role in ("mentor", "mentee")]
    staff = tuple(PersonSpec(each, each.title(), tz="Europe/Berlin") for each in handles)
    return new_workspace(Company(staff, name="Forty"), clock)


async def prepare(workspace: Workspace, clock: MovableClock, database_url: str) -> Make:
    """Pair them, let them have their messages, and return what makes the n-th request."""
    async with rehearse(workspace, clock, database_url=database_url) as rehearsal:
        for n in range(PAIRS):
            await _pair(rehearsal, f"mentor{n}", f"mentee{n}")
        await rehearsal.settle()
    staff = [workspace.user(f"{role}{n}") for n in range(PAIRS) for role in ("mentor", "mentee")]
    ticks = {each.id: _tick(workspace, each) for each in staff}

    def make(n: int) -> Inbound:
        user = staff[n % len(staff)]
        match KINDS[n % len(KINDS)]:
            case "reads":
                return command(_sessions(workspace, user))
            case "ticks":  # ticked and unticked in turn, so that there is something to write
                return interaction(ticks[user.id][n // ROUND % 2])
            case _:
                return event(_words(workspace, user, n))

    return make


async def _pair(rehearsal: Rehearsal, mentor: str, mentee: str) -> None:
    """A mentor with room for one session, and the mentee who is matched with them."""
    ctx = rehearsal.app.ctx
    mentor_id, mentee_id = [await _meet(rehearsal, each) for each in (mentor, mentee)]
    await offering.offer_to_mentor(ctx, actor_id=mentor_id, form=OfferForm(topics="Databases"))
    form = AskForm(kind=Kind.FLASH, topic="Locks", hoped_for="A plan")
    await asking.ask(ctx, asker_id=mentee_id, form=form)
    overview = await reading.overview(ctx, person_id=mentor_id)
    await answering.accept(ctx, actor_id=mentor_id, offer_id=overview.offers[0].id)


async def _meet(rehearsal: Rehearsal, handle: str) -> int:
    workspace = rehearsal.workspace
    user = workspace.user(handle)
    profile = Profile(
        team_id=workspace.team_id,
        slack_id=user.id,
        name=user.name,
        zone=user.tz,
        locale=user.locale,
    )
    return (await people.meet(rehearsal.app.ctx, profile=profile)).id


def _tick(workspace: Workspace, user: User) -> tuple[Json, Json]:
    """The clicks that tick and untick the first box of this person's checklist."""
    dm = workspace.app_dm(user.id)
    message = next(m for m in dm.messages if any(_is_tick(b) for b in m.blocks or []))
    block = next(b for b in message.blocks or [] if _is_tick(b))
    element = block["elements"][0]

    def click(options: list[Json]) -> Json:
        chosen = {"type": "checkboxes", "selected_options": options}
        names = {"action_id": element["action_id"], "block_id": block["block_id"]}
        return {
            "type": "block_actions",
            "user": {"id": user.id, "team_id": workspace.team_id, "username": user.handle},
            "team": {"id": workspace.team_id, "domain": "acme"},
            "api_app_id": workspace.app_id,
            "token": "none",
            "trigger_id": "1.2.3",
            "container": {"type": "message", "message_ts": message.ts, "channel_id": dm.id},
            "channel": {"id": dm.id, "name": "directmessage"},
            "message": message.as_api(),
            "state": {"values": {block["block_id"]: {element["action_id"]: chosen}}},
            "actions": [{**names, **chosen, "action_ts": message.ts}],
        }

    return click(element["options"][:1]), click([])


def _is_tick(block: Json) -> bool:
    return bool(block["type"] == "actions" and block["elements"][0].get("action_id") == Action.TICK)


def _sessions(workspace: Workspace, user: User) -> dict[str, str]:
    return {
        "command": "/mentoring",
        "text": "sessions",
        "team_id": workspace.team_id,
        "channel_id": workspace.app_dm(user.id).id,
        "user_id": user.id,
        "user_name": user.handle,
        "api_app_id": workspace.app_id,
        "trigger_id": "1.2.3",
        "response_url": "http://127.0.0.1/unused",
    }


def _words(workspace: Workspace, user: User, n: int) -> dict[str, Any]:
    bot = {"team_id": workspace.team_id, "user_id": workspace.bot_user_id, "is_bot": True}
    return {
        "type": "event_callback",
        "team_id": workspace.team_id,
        "api_app_id": workspace.app_id,
        "event_id": f"Ev{n:010d}",
        "event_time": 1,
        "authorizations": [bot],
        "event": {
            "type": "message",
            "channel_type": "im",
            "channel": workspace.app_dm(user.id).id,
            "user": user.id,
            "text": "hello there",
            "ts": f"{1_800_000_000 + n}.000100",
            "client_msg_id": f"{n:032x}",
        },
    }
