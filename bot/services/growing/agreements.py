"""An agreement is changed, and signed by both; every change is a new version (6.1)."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from sqlmodel import col, select

from bot.domain.agreements import MONTHS, RHYTHMS, Activity, ends_on, reviews_on
from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import LENGTHS, Format
from bot.domain.programmes import Every
from bot.domain.states import RelationshipState, advance
from bot.domain.words import check_text, clean
from bot.services.access import known, known_areas
from bot.services.context import Context
from bot.services.growing.drafting import plan_cards
from bot.services.growing.meeting_again import open_first
from bot.services.growing.relationships import access_relationship, plan_turn, touch_cards
from bot.services.jobs import job_to
from bot.services.seeing import hours_of
from bot.store.tables import Agreement, Job, Person, Relationship
from bot.store.work import Work

MOST_GOALS = 10
WORDS_MAX = 2000  # a field; all of them together fit into one message


class AgreementForm(BaseModel, frozen=True):
    """An agreement as it was filled in. Empty words mean the usual."""

    objective: str
    goals: Sequence[str] = ()
    support: str = ""
    activities: Sequence[str] = ()
    formats: Sequence[str] = ()
    availability: str = ""
    cancelling: str = ""
    confidentiality: str = ""
    ending: str = ""
    every: str = Every.TWO_WEEKS
    length_minutes: int = 60
    months: int = 6
    agenda_ahead: bool = True
    area: str = ""


async def newest(work: Work, relationship_id: int) -> Agreement | None:
    """The last version, signed or not."""
    statement = (
        select(Agreement)
        .where(Agreement.relationship_id == relationship_id)
        .order_by(col(Agreement.version).desc())
        .limit(1)
    )
    return (await work.session.execute(statement)).scalar_one_or_none()


async def revise(
    ctx: Context,
    *,
    actor_id: int,
    relationship_id: int,
    version: int,
    form: AgreementForm,
    receipt: str | None = None,
) -> None:
    """A new version in the place of `version`, which the actor had before them; both sign anew.

    Raises RuleBroken "agreement_changed" when there is a newer one, "blank" at "objective",
    "too_long" and "unknown_choice" at the field, "too_many_goals" at "goals", "months_over" where
    the new end has gone by, "not_yours"; NotAllowed "relationship_over".
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        row = await access_relationship(work, actor_id, relationship_id)
        advance(row.state, "sign")
        old = await newest(work, row.id)
        if old is None or old.version != version:
            raise RuleBroken("agreement_changed")
        agreement = _checked(ctx, row, form)
        agreement.version, agreement.by_id, agreement.made_at = version + 1, actor_id, now
        await _not_over(ctx, work, row, agreement)
        row.area = known_areas(ctx, [form.area])[0] if form.area else ""
        await work.add(agreement)
        await touch_cards(ctx, work, row)
        await plan_cards(ctx, work, row, agreement.version)
        await work.commit()


async def sign(ctx: Context, *, actor_id: int, relationship_id: int, version: int) -> None:
    """One signs `version`, the one before them; when both have, it holds. Quiet when done before.

    Raises RuleBroken "agreement_changed" when there is a newer one, "not_yours"; NotAllowed
    "relationship_over".
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        row = await access_relationship(work, actor_id, relationship_id)
        state = advance(row.state, "sign")
        agreement = await newest(work, row.id)
        if agreement is None or agreement.version != version:
            raise RuleBroken("agreement_changed")
        if actor_id == row.mentor_id:
            agreement.mentor_signed_at = agreement.mentor_signed_at or now
        else:
            agreement.mentee_signed_at = agreement.mentee_signed_at or now
        both = agreement.mentor_signed_at is not None and agreement.mentee_signed_at is not None
        if both and row.version != agreement.version:
            row.state = state
            await _put_in_force(ctx, work, row, agreement)
        await touch_cards(ctx, work, row)
        await work.commit()


async def _put_in_force(ctx: Context, work: Work, row: Relationship, agreement: Agreement) -> None:
    mentee = await work.session.get_one(Person, row.mentee_id)
    today = hours_of(mentee).local_day(ctx.now())
    is_first = row.version == 0
    row.version, row.started_on = agreement.version, row.started_on or today
    row.ends_on = ends_on(row.started_on, agreement.months)
    row.review_on = reviews_on(row.started_on, agreement.months, today)
    await work.cancel_unsaid(
        Job.relationship_id == row.id, Job.kind == JobKind.AGREEMENT_NUDGE, reason="signed"
    )
    for each in (row.mentee_id, row.mentor_id):
        person = await work.session.get_one(Person, each)
        key = f"relationship:{row.id}:signed:{agreement.version}:{each}"
        note = str(agreement.version)
        news = job_to(
            person, JobKind.AGREEMENT_SIGNED, key, now=ctx.now(), note=note, relationship_id=row.id
        )
        await work.plan(news)
    if is_first:
        await open_first(ctx, work, row, agreement)
        await plan_turn(ctx, work, row)


async def _not_over(ctx: Context, work: Work, row: Relationship, agreement: Agreement) -> None:
    """A shorter time may not have ended it already; for that there is an end of its own."""
    if row.state is not RelationshipState.ACTIVE or row.started_on is None:
        return
    mentee = await work.session.get_one(Person, row.mentee_id)
    if ends_on(row.started_on, agreement.months) <= hours_of(mentee).local_day(ctx.now()):
        raise RuleBroken("months_over", field="months")


def _checked(ctx: Context, row: Relationship, form: AgreementForm) -> Agreement:
    goals = [line for each in form.goals if (line := clean(each))]
    if len(goals) > MOST_GOALS:
        raise RuleBroken("too_many_goals", field="goals", limit=MOST_GOALS)
    every = known(Every, [form.every], "every")[0]
    if every not in RHYTHMS:
        raise RuleBroken("unknown_choice", field="every")
    if form.length_minutes not in LENGTHS:
        raise RuleBroken("unknown_choice", field="length")
    if form.months not in MONTHS:
        raise RuleBroken("unknown_choice", field="months")
    return Agreement(
        relationship_id=row.id,
        version=0,
        content={"goals": [_said(each, "goals") for each in goals], **_words(form)},
        every=every,
        length_minutes=form.length_minutes,
        months=form.months,
        agenda_ahead=form.agenda_ahead,
        by_id=row.mentee_id,
        made_at=ctx.now(),
    )


def _words(form: AgreementForm) -> dict[str, Any]:
    optional = ("support", "availability", "cancelling", "confidentiality", "ending")
    return {
        "objective": check_text(form.objective, field="objective", limit=WORDS_MAX),
        "activities": [each.value for each in known(Activity, form.activities, "activities")],
        "formats": [each.value for each in known(Format, form.formats, "formats")],
        **{field: _said(getattr(form, field), field, required=False) for field in optional},
    }


def _said(text: str, field: str, *, required: bool = True) -> str:
    return check_text(text, field=field, limit=WORDS_MAX, required=required)
