"""A lead and their lists of people, for tests: everybody of a company as Slack lists them."""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.services.lists import (
    importing,
    importing_card,
    importing_reading,
    importing_taking,
)
from bot.services.lists.importing_rows import ENGLISH_ALONE, AlsoCalled
from bot.services.programmes.views_programmes import ImportView
from bot.slack.people import SlackUser
from bot.store.tables import Enrolment, Job, Lead, PeopleImport, Person, Programme
from tests.services.story import Story
from tests.support.facts import TEAM
from tests.support.gateway import SOMEBODY


@dataclass
class Lists:
    """One programme in a channel, its lead, and everybody who could be in it."""

    story: Story
    programme: Programme
    lead: Person
    company: list[SlackUser] = field(default_factory=list)

    @classmethod
    async def of(cls, story: Story, **columns: Any) -> "Lists":
        facts = story.facts
        workspace = await facts.workspace()
        lead = await facts.person("Lea Lead", slack_id="ULEAD")
        given = {"name": "Growing", "channel": "C1", "created_at": facts.now, **columns}
        programme = await facts.add(Programme(workspace_id=workspace.id, **given))
        await facts.add(Lead(programme_id=programme.id, person_id=lead.id, made_at=facts.now))
        lists = cls(story, programme, lead)
        lists.hire("ULEAD", "Lea Lead", email="lea@x.org")
        return lists

    def hire(self, slack_id: str, name: str, **columns: Any) -> SlackUser:
        given = {"real_name": name, "email": f"{slack_id.lower()}@x.org", **columns}
        user = replace(SOMEBODY, id=slack_id, team_id=TEAM, name=name, **given)
        self.company = [one for one in self.company if one.id != slack_id] + [user]
        return user

    async def sends(
        self, sheet: str | bytes, also: AlsoCalled = ENGLISH_ALONE, **asked: Any
    ) -> ImportView:
        """The lead sends a list, and it is read."""
        await importing.ask_import(
            self.story.ctx,
            actor_id=self.lead.id,
            programme_id=self.programme.id,
            file="F1",
            **asked,
        )
        batch = (await self.story.facts.all(PeopleImport))[-1]
        raw = sheet.encode() if isinstance(sheet, str) else sheet
        await importing_reading.read_import(
            self.story.ctx, import_id=batch.id, raw=raw, people=self.company, also=also
        )
        return await self.view(batch.id)

    async def takes(self, view: ImportView) -> ImportView:
        """The lead says yes, and it is taken over."""
        await importing.take_import(self.story.ctx, actor_id=self.lead.id, import_id=view.id)
        await self.goes_on(view)
        return await self.view(view.id)

    async def goes_on(self, view: ImportView) -> None:
        await importing_taking.take_rows(self.story.ctx, import_id=view.id, people=self.company)

    async def view(self, import_id: int) -> ImportView:
        return await importing_card.import_view(self.story.ctx, import_id=import_id)

    async def person(self, slack_id: str) -> Person:
        """Somebody as Lantern knows them now."""
        (found,) = [one for one in await self.story.facts.all(Person) if one.slack_id == slack_id]
        return found  # type: ignore[no-any-return]

    async def rows(self, slack_id: str) -> dict[Role, Enrolment]:
        """Their rows in the programme, also those that ended."""
        person = await self.person(slack_id)
        return {
            row.role: row
            for row in await self.story.facts.all(Enrolment)
            if row.person_id == person.id and row.programme_id == self.programme.id
        }

    async def cards(self) -> list[Job]:
        return await self.story.jobs(JobKind.ENROLMENT_CARD)


def problems_of(view: ImportView) -> list[tuple[int, str]]:
    """Row and key of what is wrong."""
    return [(one.row, one.key) for one in view.problems]
