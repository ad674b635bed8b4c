"""One's own profile: when one is free and reachable, and what others may know (3.2, 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from pydantic import BaseModel
from sqlmodel import col, or_, select

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Window
from bot.domain.links import check_link
from bot.domain.states import SessionState
from bot.services.access import active_person, known
from bot.services.context import Context
from bot.services.notices import plan_notice
from bot.services.programmes.enrol_form import known_languages, one_line
from bot.services.programmes.enrolling_reading import language_of
from bot.services.programmes.programme_form import known_country
from bot.services.sessions.planning import for_those_in
from bot.store.tables import Enrolment, Job, Person, Session
from bot.store.work import Work

SHOWS_THE_LINK = (JobKind.INTRODUCTION, JobKind.TIME_UNSET, JobKind.SLOTS)


class ProfileForm(BaseModel, frozen=True):
    """What somebody filled in, as it was typed and picked; `save_profile` looks at it."""

    windows: Sequence[str] = ()
    booking_url: str = ""
    opens_at: time | None = None
    closes_at: time | None = None
    languages: Sequence[str] = ()
    department: str = ""
    location: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class ProfileView:
    """The profile as its form shows it. Hours are on the person's own clock."""

    windows: tuple[str, ...]
    booking_url: str
    opens_at: time
    closes_at: time
    languages: tuple[str, ...]
    department: str
    location: str
    country: str


async def profile(ctx: Context, *, person_id: int) -> ProfileView:
    """What is known; free half-days they named elsewhere and Slack's language as a beginning."""
    latest = (
        select(Enrolment)
        .where(Enrolment.person_id == person_id)
        .order_by(col(Enrolment.id).desc())
        .limit(1)
    )
    async with ctx.db.read() as session:
        row = await session.get_one(Person, person_id)
        joined = (await session.execute(latest)).scalar_one_or_none()
    return ProfileView(
        windows=tuple(row.windows or (joined.windows if joined else ())),
        booking_url=row.booking_url,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        languages=tuple(row.languages) or language_of(row.locale),
        department=row.department,
        location=row.location,
        country=row.country,
    )


async def save_profile(
    ctx: Context, *, actor_id: int, form: ProfileForm, receipt: str | None = None
) -> None:
    """Write the profile down; who looks for a time with them is shown what it changes.

    Raises RuleBroken at the field ("unknown_choice", "link_https", "too_long",
    "too_many_choices", "hours_order" at "closes_at"), or "bot", "guest", "deactivated".
    """
    async with ctx.db.work() as work:
        await work.once(receipt, ctx.now())
        row = await active_person(work, actor_id)
        had_link = row.booking_url
        _write(row, form)
        await work.session.flush()
        await _show_anew(ctx, work, row, link_changed=row.booking_url != had_link)
        await plan_notice(ctx, work, row.id, "profile_saved")
        await work.commit()


def _write(row: Person, form: ProfileForm) -> None:
    opens, closes = form.opens_at or row.opens_at, form.closes_at or row.closes_at
    if opens >= closes:
        raise RuleBroken("hours_order", field="closes_at")
    row.hours_are_own = row.hours_are_own or (opens, closes) != (row.opens_at, row.closes_at)
    row.opens_at, row.closes_at = opens, closes
    row.windows = [each.value for each in known(Window, form.windows, "windows")]
    row.booking_url = check_link(form.booking_url, field="booking_url")
    row.languages = known_languages(form.languages)
    row.department = one_line(form.department, "department")
    row.location = one_line(form.location, "location")
    row.country = known_country(form.country)


async def _show_anew(ctx: Context, work: Work, row: Person, *, link_changed: bool) -> None:
    """A list of times that was empty is looked for again; a link stands where it is shown."""
    sides = (Session.mentor_id, Session.mentee_id, Session.third_id)
    statement = select(Session).where(
        Session.state == SessionState.MATCHED, or_(*(col(side) == row.id for side in sides))
    )
    for session in (await work.session.execute(statement)).scalars():
        kinds = set(SHOWS_THE_LINK) if link_changed and session.mentor_id == row.id else set()
        if not session.slots:
            kinds.add(JobKind.SLOTS)
        if kinds:
            await work.touch(for_those_in(session), col(Job.kind).in_(kinds), now=ctx.now())
