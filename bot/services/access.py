"""Who may do what: one `access_*` function for each kind of object, and the checks forms share.

What is held is held in one order, so that no two transactions wait for each other: the workspace's
routing, a request, its offer; the routing, a session, a next step of it; or the routing, a
programme, a round of it.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BindParameter, ColumnElement
from sqlmodel import col, or_, select

from bot.domain.errors import RuleBroken
from bot.services.context import Context
from bot.store.tables import Lead, Offer, Person, Programme, Request, Session, Workspace
from bot.store.work import Work

Choice = TypeVar("Choice", bound=StrEnum)


async def active_person(work: Work, person_id: int) -> Person:
    """The person, if they may take part.

    Raises RuleBroken "bot", "guest" or "deactivated".
    """
    row = await work.session.get_one(Person, person_id)
    for key, barred in (
        ("bot", row.is_bot),
        ("guest", row.is_guest),
        ("deactivated", row.is_deleted),
    ):
        if barred:
            raise RuleBroken(key)
    return row


async def open_programme(work: Work, workspace_id: int) -> Programme:
    """The workspace's programme that is bound to no channel."""
    statement = select(Programme).where(
        Programme.workspace_id == workspace_id, col(Programme.channel).is_(None)
    )
    return (await work.session.execute(statement)).scalar_one()


async def hold_routing(work: Work, workspace_id: int) -> None:
    """Be the only one who asks mentors in this workspace, until the end of the transaction.

    Whoever may cause an offer, or free a mentor, takes this first: what is then seen of places,
    pauses and waiting requests stays true until the offer is made.
    """
    await work.lock(Workspace, workspace_id)


async def access_offer(work: Work, actor: Person, offer_id: int) -> tuple[Offer, Request]:
    """The offer and its request, held for a change.

    Raises RuleBroken "not_yours" unless it was put to this person.
    """
    await hold_routing(work, actor.workspace_id)
    seen = await work.session.get(Offer, offer_id)
    if seen is None or seen.mentor_id != actor.id:
        raise RuleBroken("not_yours")
    return await lock_offer(work, seen)


async def lock_offer(work: Work, seen: Offer) -> tuple[Offer, Request]:
    """The offer as it is now and its request, held for a change; routing is held already."""
    request = await work.lock(Request, seen.request_id)
    offer = await work.lock(Offer, seen.id)
    assert request is not None
    assert offer is not None
    return offer, request


async def access_session_row(work: Work, actor_id: int, session_id: int) -> Session:
    """The session, held for a change; RuleBroken "not_yours" unless the actor is part of it."""
    row = await work.lock(Session, session_id)
    if row is None or actor_id not in people_in(row):
        raise RuleBroken("not_yours")
    return row


async def access_programme(work: Work, actor: Person, programme_id: int) -> Programme:
    """The programme, held for a change by one of its leads or an admin of the workspace.

    Raises RuleBroken "not_a_lead" (`leads`: their names) for anybody else, "not_yours" for one of
    another workspace; "bot", "guest" or "deactivated" for who may not take part.
    """
    await active_person(work, actor.id)
    row = await work.lock(Programme, programme_id)
    if row is None or row.workspace_id != actor.workspace_id:
        raise RuleBroken("not_yours")
    leads = await lead_rows(work, programme_id)
    if not may_lead(actor, leads):
        raise RuleBroken("not_a_lead", leads=names_of(leads))
    return row


def may_lead(actor: Person, leads: Iterable[Person]) -> bool:
    """Whether somebody may do what only leads may."""
    return actor.is_admin or actor.id in {lead.id for lead in leads}


def names_of(people: Iterable[Person]) -> tuple[str, ...]:
    """Their names, for a sentence."""
    return tuple(each.name for each in people)


async def lead_rows(work: Work, programme_id: int) -> list[Person]:
    """The leads of a programme, the first one first."""
    statement = (
        select(Person)
        .join(Lead, col(Lead.person_id) == Person.id)
        .where(Lead.programme_id == programme_id)
        .order_by(col(Lead.id))
    )
    return list((await work.session.execute(statement)).scalars())


def mentees_in(session: Session) -> tuple[int, ...]:
    """The mentee, and the third of a trio, who learns beside them."""
    third = session.third_id
    return (session.mentee_id,) if third is None else (session.mentee_id, third)


def people_in(session: Session) -> tuple[int, ...]:
    """Everybody whose session it is: two people, or three."""
    return (session.mentor_id, *mentees_in(session))


def is_in(person: int | BindParameter[int]) -> ColumnElement[bool]:
    """A condition on sessions: that they are this person's (by id), as `people_in` has it."""
    sides = (Session.mentor_id, Session.mentee_id, Session.third_id)
    return or_(*(col(side) == person for side in sides))


def partner_id(session: Session, person_id: int) -> int:
    """The other one of the two; in a trio the mentor's is the mentee, the third's the mentor."""
    return session.mentee_id if person_id == session.mentor_id else session.mentor_id


def partner_ids(session: Session, person_id: int) -> tuple[int, ...]:
    """Those on the other side: the mentees of a mentor, the mentor of a mentee."""
    return mentees_in(session) if person_id == session.mentor_id else (session.mentor_id,)


def known(kind: type[Choice], values: Iterable[str], field: str) -> list[Choice]:
    """The values as members, each once, in the order of the enum; RuleBroken "unknown_choice"."""
    try:
        chosen = {kind(value) for value in values}
    except ValueError as error:
        raise RuleBroken("unknown_choice", field=field) from error
    return [member for member in kind if member in chosen]


def known_areas(ctx: Context, keys: Iterable[str]) -> list[str]:
    """The keys, each once, in the order of data/topics.yml; RuleBroken "unknown_choice"."""
    chosen = set(keys)
    if not chosen <= ctx.library.areas.keys():
        raise RuleBroken("unknown_choice", field="areas")
    return [key for key in ctx.library.areas if key in chosen]
