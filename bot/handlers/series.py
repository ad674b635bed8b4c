"""A pair's series: opened, begun, ticked, noted; and a programme's own, edited by its leads."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.domain.kinds import Role
from bot.handlers.answers import Answer, Reply
from bot.handlers.heard import Heard
from bot.handlers.parse_state import chosen, drawn
from bot.handlers.showing import draw, show
from bot.handlers.where import programme_here
from bot.services.errors import RuleBroken
from bot.services.growing import series, series_editing, series_reading
from bot.services.growing.views_series import SeriesView
from bot.slack.ids import Action, Block, Callback

Handler = Callable[[Heard], Awaitable[Answer]]
STAGES: Final = (Block.STAGE_1, Block.STAGE_2, Block.STAGE_3, Block.STAGE_4, Block.STAGE_5)


async def here(heard: Heard) -> Answer:
    """`series`: a lead in the programme's channel edits its own; anybody else sees theirs."""
    programme = await programme_here(heard)
    if programme is not None:
        try:
            return await _edit(heard, programme.id)
        except RuleBroken as error:
            if error.key != "not_a_lead":
                raise
    found = await series_reading.series_of(heard.ctx, person_id=heard.person.id)
    if not found:
        raise RuleBroken("series_none")
    if len(found) > 1:
        return Reply(heard.desk.templates.message("series_choice", found=found))
    return await _open(heard, found[0])


async def open_one(heard: Heard) -> Answer:
    return await _open(heard, await _access(heard, heard.subject))


async def _open(heard: Heard, view: SeriesView) -> Answer:
    if view.is_over and not view.is_begun:
        raise RuleBroken("relationship_over")  # there is nothing to look at, and none to begin
    offered = await series_reading.choices(heard.ctx, relationship_id=view.relationship_id)
    marks: dict[str, int | str] = {"relationship": view.relationship_id}
    return await show(heard, "series", marks, series=view, choices=offered)


async def submit_begin(heard: Heard) -> Answer:
    await series.begin_series(
        heard.ctx,
        actor_id=heard.person.id,
        relationship_id=heard.mark("relationship"),
        series=heard.values.one(Block.SERIES) or "",
        receipt=heard.receipt,
    )
    return Answer()


async def tick(heard: Heard) -> Answer:
    """The tasks of one stage as they are ticked now; in a modal what is due is drawn anew."""
    block, relationship_id = heard.block, heard.block_subject
    screen = heard.view or heard.body.get("message") or {}
    await series.tick_tasks(
        heard.ctx,
        actor_id=heard.person.id,
        relationship_id=relationship_id,
        ticked=chosen(heard.view.get("state") or heard.body.get("state"), block),
        shown=_shown(screen, block),
        drawn=drawn(screen, block),
    )
    if heard.view.get("type") == "modal":
        view = await _access(heard, relationship_id)
        marks: dict[str, int | str] = {"relationship": relationship_id}
        fresh = draw(heard, "series", marks, series=view, choices=())
        await heard.desk.gateway.update_view(str(heard.view["id"]), None, fresh)
    return Answer()


def _shown(screen: Mapping[str, Any], block: str) -> frozenset[str]:
    """The tasks that stood in the block, ticked or not."""
    found = [each for each in screen.get("blocks") or () if each.get("block_id") == block]
    return frozenset(
        str(option["value"])
        for each in found
        for element in each.get("elements") or ()
        for option in element.get("options") or ()
    )


async def finish(heard: Heard) -> Answer:
    """ "Done" on the nudge about one task: "<relationship>:<task>"."""
    await series.finish_task(
        heard.ctx,
        actor_id=heard.person.id,
        relationship_id=heard.subject,
        task=heard.note,
    )
    return Answer()


async def open_note(heard: Heard) -> Answer:
    """A note on the task of a nudge, or on one to be chosen; the mentee's alone."""
    view = await _access(heard, heard.subject)
    if view.role is not Role.MENTEE:
        raise RuleBroken("not_yours")
    if view.is_over:
        raise RuleBroken("relationship_over")
    task = view.task(heard.note)
    marks: dict[str, int | str] = {"relationship": view.relationship_id}
    if heard.view.get("type") == "modal":
        marks["below"] = str(heard.view["id"])
    return await show(heard, "task_note", marks, series=view, task=task)


async def submit_note(heard: Heard) -> Answer:
    relationship_id = heard.mark("relationship")
    await series.note_task(
        heard.ctx,
        actor_id=heard.person.id,
        relationship_id=relationship_id,
        task=heard.values.one(Block.TASK) or "",
        note=heard.values.text(Block.NOTE),
        shared=bool(heard.values.many(Block.SHARED)),
        receipt=heard.receipt,
    )
    if below := heard.metadata.get("below"):
        view = await _access(heard, relationship_id)
        marks: dict[str, int | str] = {"relationship": relationship_id}
        fresh = draw(heard, "series", marks, series=view, choices=())
        await heard.desk.gateway.update_view(str(below), None, fresh)
    return Answer()


async def _access(heard: Heard, relationship_id: int) -> SeriesView:
    return await series_reading.series_view(
        heard.ctx, relationship_id=relationship_id, reader_id=heard.person.id
    )


async def open_edit(heard: Heard) -> Answer:
    return await _edit(heard, heard.subject)


async def _edit(heard: Heard, programme_id: int) -> Answer:
    form = await series_editing.series_form(
        heard.ctx, actor_id=heard.person.id, programme_id=programme_id
    )
    marks: dict[str, int | str] = {"programme": programme_id, "version": form.version}
    return await show(heard, "series_edit", marks, form=form)


async def submit_edit(heard: Heard) -> Answer:
    """The stages as they are written now; what is wrong is said at its field."""
    await series_editing.edit_series(
        heard.ctx,
        actor_id=heard.person.id,
        programme_id=heard.mark("programme"),
        version=heard.mark("version"),
        name=heard.values.text(Block.NAME),
        texts=[heard.values.text(block) for block in STAGES],
        receipt=heard.receipt,
    )
    return Answer()


ACTIONS: Final[Mapping[Action, Handler]] = {
    Action.OPEN_SERIES: open_one,
    Action.TICK_TASK: tick,
    Action.TASK_DONE: finish,
    Action.OPEN_TASK_NOTE: open_note,
    Action.EDIT_SERIES: open_edit,
}
SUBMISSIONS: Final[Mapping[Callback, Handler]] = {
    Callback.SERIES: submit_begin,
    Callback.TASK_NOTE: submit_note,
    Callback.SERIES_EDIT: submit_edit,
}
