"""A lead makes or edits a programme: the form, the rules, the preview, and the yes.

The preview lies over the form, and the rules over the preview: whatever is closed, what was typed
below it is still there.
"""

from contextlib import suppress
from typing import Any

from bot.handlers.answers import AllClosed, Answer, OnTop
from bot.handlers.gate import Gate
from bot.handlers.heard import Heard, keeping, kept_in
from bot.handlers.inbound.carried import number
from bot.handlers.programme_form import KEPT, filled
from bot.handlers.showing import Marks, draw, show
from bot.handlers.where import is_talk, look
from bot.handlers.which import among_led
from bot.services import people
from bot.services.errors import RuleBroken
from bot.services.holidays_of import countries
from bot.services.programmes import programmes
from bot.services.programmes.programmes import ChannelFacts, ProgrammeForm
from bot.services.programmes.views_programmes import DraftView, ProgrammeView
from bot.slack.ids import Block, Subcommand
from bot.slack.message import Json


async def open_here(heard: Heard) -> Answer:
    """The channel's programme to edit, or a new one for it; in a conversation one they lead."""
    if is_talk(heard):
        return await among_led(heard, Subcommand.PROGRAMME, edit)
    return await _open(heard, await look(heard, heard.channel))


async def open_one(heard: Heard) -> Answer:
    """The button of a programme."""
    return await edit(heard, await _programme(heard, heard.subject))


async def _programme(heard: Heard, programme_id: int) -> ProgrammeView:
    return await programmes.programme_of(
        heard.ctx, workspace_id=heard.person.workspace_id, programme_id=programme_id
    )


async def edit(heard: Heard, programme: ProgrammeView) -> Answer:
    return await _open(heard, await look(heard, programme.channel))


async def _open(heard: Heard, channel: ChannelFacts) -> Answer:
    await _meet_creator(heard, channel)
    found = await programmes.access_programme_for(
        heard.ctx, actor_id=heard.person.id, channel=channel
    )
    programme_id = found.id if found else None
    form = await programmes.form_of(
        heard.ctx, programme_id=programme_id, actor_id=heard.person.id, channel=channel
    )
    leads = [await people.person(heard.ctx, person_id=each) for each in form.lead_ids]
    marks: Marks = {"channel": channel.slack_id, "name": channel.name}
    marks["programme"] = programme_id or 0
    facts = _facts(form, channel.name, found, [lead.slack_id for lead in leads])
    return await show(heard, "programme", marks, **facts)


async def _meet_creator(heard: Heard, channel: ChannelFacts) -> None:
    """A channel's creator becomes its programme's first lead, unless they are none of us."""
    if channel.creator_slack_id:
        with suppress(RuleBroken):
            await Gate(heard.desk).people([channel.creator_slack_id], Block.LEADS)


def _facts(
    form: ProgrammeForm, channel: str, programme: ProgrammeView | None, leads: list[str]
) -> dict[str, Any]:
    return {
        "form": form,
        "is_new": programme is None,
        "channel_name": channel,
        "programme": programme,
        "leads": leads,  # as Slack names them
    }


async def change_every(heard: Heard) -> Answer:
    """How often was chosen in the open form: the same form, asking for the day that suits."""
    kept = {**kept_in(heard.metadata), **heard.values.typed(KEPT)}
    base = (await _base(heard)).model_copy(
        update={name: number(day) for name, day in kept.items() if day and name in KEPT}
    )
    leads = list(heard.values.people(Block.LEADS))
    view = await _form(heard, filled(heard.values, base), leads, kept)
    # No hash: whatever was chosen last is what the lead wants to see.
    await heard.desk.gateway.update_view(str(heard.view["id"]), None, view)
    return Answer()


async def _form(
    heard: Heard, form: ProgrammeForm, leads: list[str], kept: dict[str, str] | None = None
) -> Json:
    """The form once more, with what was typed in it."""
    marks = heard.metadata
    found = None
    if marks.get("programme"):
        found = await _programme(heard, heard.mark("programme"))
    metadata = keeping({"token": marks.get("token"), **_about(marks)}, kept or {})
    facts = _facts(form, str(marks.get("name") or ""), found, leads)
    return heard.desk.templates.modal("programme", me=heard.person, metadata=metadata, **facts)


async def _base(heard: Heard) -> ProgrammeForm:
    """What the form began with: the draft it became already, or the programme as it is."""
    marks, actor_id = heard.metadata, heard.person.id
    if "draft" in marks:
        return await programmes.draft_form(
            heard.ctx, actor_id=actor_id, draft_id=heard.mark("draft")
        )
    return await programmes.form_of(
        heard.ctx, programme_id=heard.mark("programme") or None, actor_id=actor_id
    )


async def submit_form(heard: Heard) -> Answer:
    """The form becomes a draft, and its preview opens over it. Doing it again does no harm."""
    channel = await look(heard, str(heard.metadata.get("channel") or ""))
    leads = await Gate(heard.desk).people(heard.values.people(Block.LEADS), Block.LEADS)
    form = filled(heard.values, await _base(heard), lead_ids=tuple(lead.id for lead in leads))
    draft = await programmes.draft(heard.ctx, actor_id=heard.person.id, channel=channel, form=form)
    return OnTop(_preview(heard, draft))


def _preview(heard: Heard, draft: DraftView) -> Json:
    marks = {**_about(heard.metadata), "draft": draft.id}
    return draw(heard, "programme_preview", marks, draft=draft)


def _about(marks: Marks) -> Marks:
    """What every modal of the stack remembers."""
    kept = ("channel", "name", "programme", "draft")
    return {key: marks[key] for key in kept if key in marks}


async def open_rules(heard: Heard) -> Answer:
    """From the preview to the rules and hours, which few need to change."""
    marks, view = heard.metadata, heard.view
    form = await programmes.draft_form(
        heard.ctx, actor_id=heard.person.id, draft_id=heard.mark("draft")
    )
    below = {"preview": str(view["id"]), "form": str(view.get("root_view_id") or "")}
    facts = {"form": form, "countries": countries()}
    return await show(heard, "programme_rules", {**_about(marks), **below}, **facts)


async def submit_rules(heard: Heard) -> Answer:
    """The rules go into the draft, and what lies below shows it as it is now."""
    marks, actor_id, gateway = heard.metadata, heard.person.id, heard.desk.gateway
    base = await programmes.draft_form(heard.ctx, actor_id=actor_id, draft_id=heard.mark("draft"))
    form = filled(heard.values, base)
    draft = await programmes.revise_draft(
        heard.ctx, actor_id=actor_id, draft_id=heard.mark("draft"), form=form
    )
    await gateway.update_view(str(marks.get("preview")), None, _preview(heard, draft))
    if marks.get("form"):
        # So that somebody who goes back to the form does not lose the rules by sending it again.
        leads = [lead.slack_id for lead in draft.programme.leads]
        await gateway.update_view(str(marks["form"]), None, await _form(heard, form, leads))
    return Answer()


async def submit_preview(heard: Heard) -> Answer:
    """The yes."""
    await programmes.publish(
        heard.ctx,
        actor_id=heard.person.id,
        draft_id=heard.mark("draft"),
        receipt=heard.receipt,
    )
    return AllClosed()


async def post_again(heard: Heard) -> Answer:
    await programmes.post_again(heard.ctx, actor_id=heard.person.id, programme_id=heard.subject)
    return Answer()
