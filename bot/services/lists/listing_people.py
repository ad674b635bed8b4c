"""How everybody stands in a programme, as a list of people says it; for lists in and out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select as columns
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.domain.errors import RuleBroken
from bot.services.lists.importing_rows import NOTHING, Values, values_of
from bot.store.tables import Enrolment, Person

_Manager = aliased(Person)


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of somebody in a programme. `has_left`: they were in it, and left themselves."""

    name: str = ""
    takes_part: bool = True  # neither gone from the workspace nor a guest of it
    has_left: bool = False
    values: Values = field(default_factory=lambda: NOTHING)

    @property
    def is_enrolled(self) -> bool:
        return bool(self.values["roles"])

    def checked(self) -> Values:
        """The values; RuleBroken "row_left" for somebody whom no list brings back."""
        if self.has_left:
            raise RuleBroken("row_left")
        return self.values


async def standing_of(
    session: AsyncSession, programme_id: int, areas: Mapping[str, str]
) -> dict[str, Standing]:
    """By Slack's id: everybody who is or was in the programme; two queries for any number."""
    enrolments = columns(
        col(Enrolment.person_id),
        col(Enrolment.role),
        col(Enrolment.areas),
        col(Enrolment.capacity),
        col(Enrolment.windows),
        col(Enrolment.ended_at),
    ).where(col(Enrolment.programme_id) == programme_id)
    rows: dict[int, dict[object, object]] = {}
    for row in await session.execute(enrolments):
        live = rows.setdefault(row.person_id, {})
        if row.ended_at is None:
            live[row.role] = row
    people = (
        columns(
            col(Person.id),
            col(Person.slack_id),
            col(Person.name),
            col(Person.is_deleted),
            col(Person.is_guest),
            col(Person.is_bot),
            col(Person.department),
            col(Person.seniority),
            col(Person.languages),
            col(Person.location),
            col(Person.country),
            col(_Manager.slack_id).label("manager"),
        )
        .outerjoin(_Manager, col(_Manager.id) == col(Person.manager_id))
        .where(
            col(Person.id).in_(
                columns(col(Enrolment.person_id)).where(col(Enrolment.programme_id) == programme_id)
            )
        )
        .order_by(col(Person.name), col(Person.id))
    )
    return {
        person.slack_id: Standing(
            person.name,
            not (person.is_deleted or person.is_guest or person.is_bot),
            not rows[person.id],
            values_of(person, rows[person.id], person.manager or "", areas),
        )
        for person in await session.execute(people)
    }
