"""The people of the tests' world, and the programmes they are in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.domain.kinds import Role
from bot.domain.programmes import Approval, Every, Shape
from bot.store.tables import (
    Enrolment,
    Lead,
    Person,
    Programme,
    ProgrammeDraft,
    Workspace,
)
from tests.support.facts import Facts
from tests.support.who import (
    ASKED,
    CALM_CHANNEL,
    CHANNEL,
    KINDS,
    OTHER_CHANNEL,
    PRIVATE,
    TABLES_CHANNEL,
    Who,
)

PROGRAMMES = ("Circle", "Other", "Calm", "Tables")
"""The names of the programmes, with the mark behind each."""


@dataclass
class World:
    """The people of one workspace by kind, and the ids of its objects by what they are called."""

    team: str = ""
    mark: str = ""
    people: dict[Who, Person] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def words(self) -> list[str]:
        """What nobody of another company is to read; unlike its own where there is a mark."""
        names = [f"{name}{self.mark}" for name in (PRIVATE, ASKED, *PROGRAMMES)]
        people = [f"{who.full_name}{self.mark}" for who in self.people]
        return [*names, *people, f"Contacts of {self.team}"]


class FactsOf(Facts):
    """The same facts, written into a workspace of one's own."""

    def __init__(self, facts: Facts, team: str) -> None:
        super().__init__(facts.db, facts.now)
        self.team = team

    async def workspace(self) -> Workspace:
        found = [each for each in await self.all(Workspace) if each.slack_team_id == self.team]
        if found:
            first: Workspace = found[0]
            return first
        row: Workspace = await self.add(
            Workspace(slack_team_id=self.team, name=self.team, created_at=self.now)
        )
        await self.add(Programme(workspace_id=row.id, name="Open", created_at=self.now))
        return row

    async def programme(self) -> Programme:
        """The workspace's open programme."""
        workspace = await self.workspace()
        found: list[Programme] = await self.all(Programme)
        return next(p for p in found if p.workspace_id == workspace.id and p.channel is None)


class People:
    """Writes people and programmes into a workspace."""

    def __init__(self, facts: FactsOf, mark: str) -> None:
        self.facts, self.mark, self.world = facts, mark, World(facts.team, mark)
        self.private, self.asked = f"{PRIVATE}{mark}", f"{ASKED}{mark}"
        self.now: datetime = facts.now
        self.before = self.now - timedelta(days=7)
        self.tomorrow = self.now + timedelta(days=1, hours=3)

    def who(self, who: Who) -> Person:
        return self.world.people[who]

    def keep(self, name: str, row: Any) -> Any:
        self.world.ids[name] = row.id
        return row

    async def _people(self) -> None:
        special: dict[Who, dict[str, Any]] = {
            Who.ADMIN: {"is_admin": True},
            Who.GUEST: {"is_guest": True},
            Who.DEACTIVATED: {"is_deleted": True},
            Who.BOT: {"is_bot": True},
        }
        for who in Who:
            if who is Who.OUTSIDER:
                continue  # nobody of this workspace
            self.world.people[who] = await self.facts.person(
                who.full_name + self.mark,
                slack_id=who.slack_id + self.mark,
                dm_channel=f"D{who.slack_id}{self.mark}",
                languages=["en"],
                **special.get(who, {}),
            )

    async def _programmes(self) -> None:
        circle, other, quiet, groups = PROGRAMMES
        programme = self.keep("programme", await self._programme(circle, CHANNEL, Who.LEAD))
        self.keep("other_programme", await self._programme(other, OTHER_CHANNEL, Who.OTHER_LEAD))
        calm = self.keep("calm", await self._programme(quiet, CALM_CHANNEL, Who.LEAD))
        tables = await self._programme(groups, TABLES_CHANNEL, Who.LEAD, shape=Shape.GROUPS)
        self.keep("tables", tables)
        open_one = await self.facts.programme()
        for where in (programme, calm, tables, open_one):
            await self._enrol(where, Who.MENTOR, Role.MENTOR)
            await self._enrol(where, Who.MENTEE, Role.MENTEE)
        for where in (programme, calm):
            await self._enrol(where, Who.THIRD, Role.MENTEE)
            await self._enrol(where, Who.NAMED, Role.MENTOR)
        form: dict[str, Any] = {"name": circle + self.mark, "kinds": KINDS, "zone": "Europe/London"}
        form["lead_ids"] = [self.who(Who.LEAD).id]
        draft = ProgrammeDraft(
            workspace_id=programme.workspace_id,
            channel=CHANNEL + self.mark,
            by_id=self.who(Who.LEAD).id,
            form=form,
            made_at=self.now,
        )
        self.keep("programme_draft", await self.facts.add(draft))

    async def _programme(self, name: str, channel: str, lead: Who, **columns: Any) -> Programme:
        workspace = await self.facts.workspace()
        row: Programme = await self.facts.add(
            Programme(
                workspace_id=workspace.id,
                name=name + self.mark,
                channel=channel + self.mark,
                kinds=KINDS,
                every=Every.NONE,
                approval=Approval.LEAD,
                open_board=True,
                contacts=f"Contacts of {self.facts.team}",
                created_at=self.now,
                **columns,
            )
        )
        whose = self.who(lead)
        await self.facts.add(Lead(programme_id=row.id, person_id=whose.id, made_at=self.now))
        return row

    async def _enrol(self, programme: Programme, who: Who, role: Role) -> None:
        await self.facts.add(
            Enrolment(
                programme_id=programme.id,
                person_id=self.who(who).id,
                role=role,
                capacity=5,
                areas=["engineering"],
                created_at=self.now,
            )
        )
