"""Opening the modals of requests, offers and sessions: each with the facts it shows."""

from typing import Any

from bot.domain.kinds import Kind, Role
from bot.handlers.answers import Answer
from bot.handlers.heard import Heard, keeping, kept_in
from bot.handlers.inbound.carried import number
from bot.handlers.showing import Marks, show
from bot.services import reading
from bot.services.errors import RuleBroken
from bot.services.programmes import programmes
from bot.services.requests import offering
from bot.services.sessions import open_for
from bot.services.views import SessionView
from bot.slack.ids import Block

# Only one of the roles has these.
KEPT = (Block.TOPIC, Block.HOPED_FOR, Block.TOPICS, Block.LENGTH, Block.PROGRAMME)


async def open_taster(heard: Heard) -> Answer:
    places = await _places(heard, heard.channel, Kind.SPOT)
    return await show(
        heard, "taster", _marks(heard, places), **_taster_facts(heard, Role.MENTEE), **places
    )


async def change_taster_role(heard: Heard) -> Answer:
    """The role was chosen in the open modal: the same modal, asking what that role needs."""
    marks, values = heard.metadata, heard.values
    role = Role.MENTOR if (values.one(Block.ROLE) or heard.value) == Role.MENTOR else Role.MENTEE
    # Slack forgets what stood in a field that goes; the modal itself remembers it until it is back.
    kept = {**kept_in(marks), **values.typed(KEPT)}
    places = await _places(heard, str(marks.get("channel") or ""), Kind.SPOT)
    if chosen := kept.get(Block.PROGRAMME):
        places["chosen"] = number(chosen)
    view = heard.desk.templates.modal(
        "taster",
        me=heard.person,
        metadata=keeping(marks, kept),
        kept=kept,
        **_taster_facts(heard, role),
        **places,
    )
    # No hash: whichever role was clicked last is what the person wants to see.
    await heard.desk.gateway.update_view(str(heard.view["id"]), None, view)
    return Answer()


def _taster_facts(heard: Heard, role: Role) -> dict[str, Any]:
    library = heard.ctx.library
    return {
        "role": role,
        "areas": library.area_groups,
        "guide": library.guide(Kind.SPOT, role, is_taster=True),
    }


async def open_flash(heard: Heard) -> Answer:
    """Empty, or with the area chosen for which they have no mentor: "area:data"."""
    places = await _places(heard, heard.channel, Kind.FLASH)
    area = heard.value.partition("area:")[2]
    facts = {"areas": heard.ctx.library.area_groups, "area": area, **places}
    return await show(heard, "flash", _marks(heard, places), **facts)


async def open_reverse(heard: Heard) -> Answer:
    """The senior person would like to learn; who mentors is earlier in their career."""
    places = await _places(heard, heard.channel, Kind.REVERSE)
    return await show(
        heard, "reverse", _marks(heard, places), areas=heard.ctx.library.area_groups, **places
    )


async def _places(heard: Heard, channel: str, kind: Kind) -> dict[str, Any]:
    """The programmes they may ask in, the usual one first; a channel's own comes before all."""
    found = await programmes.choices_for(
        heard.ctx, person_id=heard.person.id, channel=channel or None, kind=kind
    )
    return {"choices": found, "chosen": found[0].id if found else None}


def _marks(heard: Heard, places: dict[str, Any]) -> Marks:
    """Where a request goes when there is nothing to choose, and where it was begun."""
    return {"programme": places["chosen"] or 0, "channel": heard.channel}


async def open_offer(heard: Heard) -> Answer:
    form = await offering.current_offer_form(heard.ctx, person_id=heard.person.id)
    return await show(heard, "offer", form=form, areas=heard.ctx.library.area_groups)


async def open_set_time(heard: Heard) -> Answer:
    session = await _session(heard, "set_time")
    return await show(
        heard, "set_time", session=session, now=heard.ctx.now(), marks={"session": session.id}
    )


async def open_cancel(heard: Heard) -> Answer:
    session = await _session(heard, "cancel")
    return await show(heard, "cancel", session=session, marks={"session": session.id})


async def open_agenda(heard: Heard) -> Answer:
    """For whoever learns: nobody else should fill in a form that will be refused."""
    session = await _session(heard)
    if session.role_of(heard.person.id) is not Role.MENTEE:
        raise RuleBroken("not_yours")
    open_for.check_agenda(session, heard.ctx.now())
    hints = reading.hints_of(heard.ctx, session, Role.MENTEE)
    marks: Marks = {"session": session.id}
    return await show(heard, "agenda", session=session, hints=hints, marks=marks)


async def open_actions(heard: Heard) -> Answer:
    session = await _session(heard)
    open_for.check_words_after(session.state, is_erased=session.is_erased)
    return await show(heard, "actions", session=session, marks={"session": session.id})


async def open_thanks(heard: Heard) -> Answer:
    session = await _session(heard)
    open_for.check_words_after(session.state, is_erased=session.is_erased)
    open_for.check_read_by(session.partners(heard.person.id))
    role = session.role_of(heard.person.id)
    return await show(heard, "thanks", session=session, role=role, marks={"session": session.id})


async def open_pause(heard: Heard) -> Answer:
    return await show(heard, "pause")


async def _session(heard: Heard, verb: str | None = None) -> SessionView:
    return await reading.access_session(
        heard.ctx, actor_id=heard.person.id, session_id=heard.subject, verb=verb
    )
