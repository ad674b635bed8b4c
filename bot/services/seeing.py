"""From rows to views: what a row says, without deciding who may see it."""

from datetime import date, datetime

from bot.domain.hours import WorkingHours
from bot.domain.kinds import Format
from bot.services.holidays_of import holidays_of
from bot.services.library import Library
from bot.services.views import ActionView, AgendaView, PersonView, ReasonView, RequestView
from bot.store.tables import ActionItem, Agenda, Match, Offer, Person, Request, RoundPair

YEARS_AHEAD = 6  # of holidays; nothing is planned further ahead
FORMER = "a former colleague"  # how somebody who was forgotten is called from then on


def hours_of(row: Person) -> WorkingHours:
    """When this person may be spoken to, in their own zone; not on their country's holidays."""
    return WorkingHours(
        zone=row.zone,
        opens=row.opens_at,
        closes=row.closes_at,
        holidays=days_off(row.country, row.refreshed_at),
    )


def days_off(country: str, known_at: datetime) -> frozenset[date]:
    """The public holidays of a country, from the year before `known_at` on for some years."""
    if not country:
        return frozenset()
    return holidays_of(country, range(known_at.year - 1, known_at.year + YEARS_AHEAD))


def see_person(row: Person, now: datetime) -> PersonView:
    paused = row.is_paused(now)
    return PersonView(
        id=row.id,
        workspace_id=row.workspace_id,
        slack_id=row.slack_id,
        name=FORMER if row.forgotten_at else row.name,
        zone=row.zone,
        title=row.title,
        locale=row.locale,
        is_bot=row.is_bot,
        is_guest=row.is_guest,
        is_deleted=row.is_deleted,
        is_admin=row.is_admin,
        is_forgotten=row.forgotten_at is not None,
        is_away=row.is_away(now),
        is_paused=paused,
        paused_until=row.paused_until if paused else None,
        dm_channel=row.dm_channel,
        refreshed_at=row.refreshed_at,
        hours=hours_of(row),
        booking_url=row.booking_url,
        windows=tuple(row.windows),
    )


def see_reasons(row: Offer | Match | RoundPair, library: Library) -> tuple[ReasonView, ...]:
    """The reasons, with the keys of areas turned into their labels; languages are codes."""
    views = []
    for each in row.reasons:
        facts = dict(each["facts"])
        if "areas" in facts:
            facts["areas"] = list(library.area_labels(facts["areas"]))
        views.append(ReasonView(each["key"], facts))
    return tuple(views)


def see_request(
    row: Request,
    mentee: PersonView,
    library: Library,
    *,
    live: Offer | None = None,
    asked_before: int = 0,
) -> RequestView:
    return RequestView(
        id=row.id,
        kind=row.kind,
        is_taster=row.is_taster,
        state=row.state,
        mentee=mentee,
        topic=row.topic or "",
        hoped_for=row.hoped_for or "",
        questions=tuple(row.questions or ()),
        reason=row.reason,
        areas=library.area_labels(row.areas),
        formats=tuple(Format(each) for each in row.formats),
        windows=tuple(row.windows),
        length_minutes=row.length_minutes,
        waiting_since=row.waiting_since,
        offer_id=live.id if live else None,
        offer_expires_at=live.expires_at if live else None,
        asked_before=asked_before,
    )


def see_agenda(row: Agenda | None) -> AgendaView | None:
    if row is None or row.content is None:
        return None
    words = row.content
    return AgendaView(
        topics=tuple(words["topics"]),
        outcome=words["outcome"],
        questions=tuple(words["questions"]),
        reading=words["reading"],
        off_limits=words["off_limits"],
        version=row.version,
        points=tuple(row.points or ()),
        updates=words.get("updates", ""),
        answered_version=row.answered_version,
    )


def see_action(row: ActionItem, owner: PersonView) -> ActionView:
    return ActionView(
        id=row.id,
        text=row.text or "",
        owner=owner,
        due_on=row.due_on,
        state=row.state,
    )
