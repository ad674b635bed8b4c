"""Programmes: a lead drafts one in its channel, sees what it would be, and says yes (2.1).

The form is kept as a draft; only the yes makes the programme, posts its card and plans its rounds.
"""

from sqlmodel import col, select

from bot.domain.errors import RuleBroken
from bot.services.access import access_programme, active_person, hold_routing, lead_rows
from bot.services.context import Context
from bot.services.notices import plan_notice
from bot.services.programmes.programme_cards import plan_card, plan_card_again
from bot.services.programmes.programme_form import (
    ProgrammeForm,
    checked_form,
    form_from,
    known_country,
)
from bot.services.programmes.programme_rights import (
    ChannelFacts,
    entitled,
    first_leads,
    programme_in,
    with_leads,
)
from bot.services.programmes.programme_writing import form_now, on_the_card, see_draft, write
from bot.services.programmes.programmes_choosing import choices_for, led_by
from bot.services.programmes.programmes_life import archive, bring_back, unarchive
from bot.services.programmes.programmes_reading import (
    in_channel,
    programme_of,
    programme_view,
    programme_views,
)
from bot.services.programmes.views_programmes import DraftView, ProgrammeView
from bot.services.rounds.planning_rounds import plan_anew
from bot.store.tables import Person, Programme, ProgrammeDraft
from bot.store.work import Work

__all__ = [
    "ChannelFacts",
    "ProgrammeForm",
    "access_programme_for",
    "archive",
    "choices_for",
    "draft",
    "draft_form",
    "form_of",
    "in_channel",
    "led_by",
    "post_again",
    "programme_of",
    "programme_view",
    "publish",
    "revise_draft",
    "unarchive",
]


async def access_programme_for(
    ctx: Context, *, actor_id: int, channel: ChannelFacts
) -> ProgrammeView | None:
    """The programme of the channel, None when there is none and this person may create it.

    One that rests goes on: the channel is open, and the event of it was missed. Raises RuleBroken
    "not_a_channel", "channel_archived", "not_in_channel" (Lantern is not), and "not_a_lead"
    (`leads`: who may), without a programme "not_the_creator" (`creator`); "bot", "guest" or
    "deactivated".
    """
    async with ctx.db.work() as work:
        actor = await active_person(work, actor_id)
        row = await entitled(work, actor, channel)
        if row is None:
            return None
        if row.archived_at is not None:
            await work.lock(Programme, row.id)
            if row.archived_at is not None:
                await bring_back(ctx, work, row)
                await work.commit()
        (view,) = await programme_views(ctx, work.session, [row])
        return view


async def form_of(
    ctx: Context,
    *,
    programme_id: int | None,
    actor_id: int,
    channel: ChannelFacts | None = None,
) -> ProgrammeForm:
    """What to fill the form with: the programme as it is, or a sensible beginning.

    Raises RuleBroken "not_a_lead".
    """
    async with ctx.db.work() as work:
        actor = await active_person(work, actor_id)
        if programme_id is not None:
            row = await entitled(work, actor, channel) if channel else None
            row = row or await access_programme(work, actor, programme_id)
            return form_from(row, [lead.id for lead in await lead_rows(work, row.id)])
        first = await first_leads(work, actor, channel)
        return ProgrammeForm(
            name=channel.name.replace("-", " ").replace("_", " ").capitalize() if channel else "",
            zone=actor.zone,
            country=_country_of(actor),
            lead_ids=tuple(lead.id for lead in first),
        )


async def draft(
    ctx: Context,
    *,
    actor_id: int,
    channel: ChannelFacts,
    form: ProgrammeForm,
    receipt: str | None = None,
) -> DraftView:
    """Keep a form, and show what the programme would be. Nothing else happens yet.

    Raises RuleBroken as `access_programme_for` does, as `checked_form` does, and at "leads":
    "no_leads", "too_many_leads" (`limit`), "lead_unfit" (`name`); AlreadyDone for a receipt seen
    before.
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        actor = await active_person(work, actor_id)
        programme = await entitled(work, actor, channel)
        kept = checked_form(form)
        first = [] if programme else await first_leads(work, actor, channel)
        kept = await with_leads(work, actor, kept, first)
        row = await work.add(
            ProgrammeDraft(
                workspace_id=actor.workspace_id,
                channel=channel.slack_id,
                by_id=actor.id,
                form=kept.model_dump(mode="json"),
                made_at=ctx.now(),
            )
        )
        await work.commit()
        return await see_draft(ctx, work, row, programme)


async def revise_draft(
    ctx: Context, *, actor_id: int, draft_id: int, form: ProgrammeForm
) -> DraftView:
    """Put another form in the place of a draft's; for its second step, the rules and hours.

    Raises RuleBroken as `draft` does, "not_yours", "preview_used" once it was said yes to.
    """
    async with ctx.db.work() as work:
        actor = await active_person(work, actor_id)
        row = await _access_draft(work, actor, draft_id)
        programme = await programme_in(work, row.workspace_id, row.channel)
        kept = await with_leads(work, actor, checked_form(form), [])
        row.form = kept.model_dump(mode="json")
        await work.commit()
        return await see_draft(ctx, work, row, programme)


async def draft_form(ctx: Context, *, actor_id: int, draft_id: int) -> ProgrammeForm:
    """A draft's form as it was kept; RuleBroken "not_yours", "preview_used"."""
    async with ctx.db.work() as work:
        actor = await active_person(work, actor_id)
        row = await _access_draft(work, actor, draft_id)
        return ProgrammeForm.model_validate(row.form)


async def publish(
    ctx: Context, *, actor_id: int, draft_id: int, receipt: str | None = None
) -> ProgrammeView:
    """The yes: make or change the programme, post or renew its card, plan its rounds anew.

    The last of two leads who edit at once wins, and the first is told. Raises RuleBroken
    "not_yours", "preview_used", "not_a_lead"; AlreadyDone for a receipt seen before.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        actor = await active_person(work, actor_id)
        await hold_routing(work, actor.workspace_id)
        row = await _access_draft(work, actor, draft_id)
        form = ProgrammeForm.model_validate(row.form)
        programme = await programme_in(work, row.workspace_id, row.channel)
        if programme is not None and await lead_rows(work, programme.id):
            await access_programme(work, actor, programme.id)
        form = await with_leads(work, actor, form, [])
        row.used_at = now
        before = await form_now(work, programme)
        programme = await write(ctx, work, row, programme, form, before)
        await _tell_overtaken(ctx, work, row)
        if before is None or on_the_card(before) != on_the_card(form):
            await plan_card(ctx, work, programme)
        await plan_anew(ctx, work, programme)
        await work.commit()
        (view,) = await programme_views(ctx, work.session, [programme])
        return view


async def post_again(ctx: Context, *, actor_id: int, programme_id: int) -> None:
    """Post the card once more, at a lead's wish; RuleBroken "not_a_lead", "channel_archived"."""
    async with ctx.db.work() as work:
        actor = await active_person(work, actor_id)
        programme = await access_programme(work, actor, programme_id)
        if programme.archived_at is not None:
            raise RuleBroken("channel_archived")
        await plan_card_again(ctx, work, programme)
        await work.commit()


async def _access_draft(work: Work, actor: Person, draft_id: int) -> ProgrammeDraft:
    row = await work.lock(ProgrammeDraft, draft_id)
    if row is None or row.by_id != actor.id:
        raise RuleBroken("not_yours")
    if row.used_at is not None:
        raise RuleBroken("preview_used")
    return row


async def _tell_overtaken(ctx: Context, work: Work, row: ProgrammeDraft) -> None:
    """Whoever saved the programme after this form was opened sees now another than theirs."""
    statement = select(ProgrammeDraft.by_id).where(
        ProgrammeDraft.workspace_id == row.workspace_id,
        ProgrammeDraft.channel == row.channel,
        ProgrammeDraft.by_id != row.by_id,
        col(ProgrammeDraft.used_at) > row.made_at,
    )
    for person_id in set((await work.session.execute(statement)).scalars()):
        await plan_notice(ctx, work, person_id, "programme_overtaken")


def _country_of(person: Person) -> str:
    """Theirs, or the one their locale names ("en-GB"), as far as its holidays are known."""
    try:
        return person.country or known_country(person.locale.replace("_", "-").partition("-")[2])
    except RuleBroken:
        return ""
