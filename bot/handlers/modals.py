"""Opening modals: the facts they show, and a fresh token so that one submission counts."""

from typing import Any

from bot.domain.kinds import Kind, Role
from bot.handlers.answers import Answer
from bot.handlers.heard import Heard, keeping, new_metadata
from bot.services import offering, reading
from bot.services.views import SessionView
from bot.slack.ids import Block

KEPT = (Block.TOPIC, Block.HOPED_FOR, Block.TOPICS, Block.LENGTH)  # only one of the roles has these


async def open_taster(heard: Heard) -> Answer:
    return await _show(heard, "taster", **_taster_facts(heard, Role.MENTEE))


async def change_taster_role(heard: Heard) -> Answer:
    """The role was chosen in the open modal: the same modal, asking what that role needs."""
    role = Role(heard.values.one(Block.ROLE) or heard.value or Role.MENTEE)
    # Slack forgets what stood in a field that goes; the modal itself remembers it until it is back.
    kept = {**heard.metadata.get("kept", {}), **heard.values.typed(KEPT)}
    view = heard.desk.templates.modal(
        "taster",
        me=heard.person,
        metadata=keeping(heard.metadata, kept),
        kept=kept,
        **_taster_facts(heard, role),
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
    return await _show(heard, "flash", areas=heard.ctx.library.area_groups)


async def open_offer(heard: Heard) -> Answer:
    form = await offering.current_offer_form(heard.ctx, person_id=heard.person.id)
    return await _show(heard, "offer", form=form, areas=heard.ctx.library.area_groups)


async def open_set_time(heard: Heard) -> Answer:
    session = await _session(heard, "set_time")
    return await _show(
        heard, "set_time", session=session, now=heard.ctx.now(), ids_={"session": session.id}
    )


async def open_cancel(heard: Heard) -> Answer:
    session = await _session(heard, "cancel")
    return await _show(heard, "cancel", session=session, ids_={"session": session.id})


async def open_agenda(heard: Heard) -> Answer:
    session = await _session(heard)
    return await _show(heard, "agenda", session=session, ids_={"session": session.id})


async def open_actions(heard: Heard) -> Answer:
    session = await _session(heard)
    other = session.other(heard.person.id)
    return await _show(heard, "actions", session=session, other=other, ids_={"session": session.id})


async def open_thanks(heard: Heard) -> Answer:
    session = await _session(heard)
    role = session.role_of(heard.person.id)
    return await _show(heard, "thanks", session=session, role=role, ids_={"session": session.id})


async def open_pause(heard: Heard) -> Answer:
    return await _show(heard, "pause")


async def _session(heard: Heard, verb: str | None = None) -> SessionView:
    return await reading.access_session(
        heard.ctx, actor_id=heard.person.id, session_id=heard.subject, verb=verb
    )


async def _show(
    heard: Heard, name: str, *, ids_: dict[str, int] | None = None, **facts: Any
) -> Answer:
    metadata = new_metadata(home=heard.from_home, **(ids_ or {}))
    view = heard.desk.templates.modal(name, me=heard.person, metadata=metadata, **facts)
    await heard.desk.gateway.open_view(heard.trigger_id, view)
    return Answer()
