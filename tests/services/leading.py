"""A programme in a channel, for tests: made and changed by its lead, joined by its people."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.services.programmes import enrolling, programmes
from bot.services.programmes.enrolling import EnrolForm
from bot.services.programmes.programmes import ChannelFacts, ProgrammeForm
from bot.services.programmes.views_programmes import DraftView, EnrolmentView, ProgrammeView
from bot.services.rounds import planning_rounds
from bot.store.tables import Person, Round
from tests.services.story import Story

CHANNEL = ChannelFacts(slack_id="C1", name="growing-together", creator_slack_id="UBOSS")
FORM = ProgrammeForm(
    name="Growing together",
    every="week",
    weekday=3,
    zone="Europe/London",
    announcement="Half an hour, once a week.",
)
"""Thursdays at ten in London; the tests begin on a Monday, the 23rd of November 2026."""


@dataclass
class Leading:
    """What leads and people do around one programme."""

    story: Story

    async def boss(self, name: str = "Boss", **columns: Any) -> Person:
        """The creator of the channel."""
        return await self.story.facts.person(name, **{"slack_id": "UBOSS", **columns})

    async def drafts(
        self, lead: Person, channel: ChannelFacts = CHANNEL, base: ProgrammeForm = FORM, **form: Any
    ) -> DraftView:
        given = {"lead_ids": (lead.id,), **form}
        return await programmes.draft(
            self.story.ctx,
            actor_id=lead.id,
            channel=channel,
            form=base.model_copy(update=given),
        )

    async def publishes(
        self, lead: Person, channel: ChannelFacts = CHANNEL, **form: Any
    ) -> ProgrammeView:
        """From the form to the yes."""
        draft = await self.drafts(lead, channel, **form)
        return await programmes.publish(self.story.ctx, actor_id=lead.id, draft_id=draft.id)

    async def joins(
        self, person: Person, programme: ProgrammeView, *roles: str, **form: Any
    ) -> EnrolmentView:
        return await enrolling.enrol(
            self.story.ctx,
            actor_id=person.id,
            programme_id=programme.id,
            form=EnrolForm(**{"roles": roles or ("mentee",), **form}),
        )

    async def announced(self, programme: ProgrammeView) -> Round:
        """Time goes by to the announcement that waits, and it is made."""
        job = await self.story.job(
            JobKind.ROUND_ANNOUNCE, state="pending", programme_id=programme.id
        )
        await self.story.at(job.due_at)
        due_on = job.dedupe_key.rsplit(":", 1)[-1]
        await planning_rounds.announce(
            self.story.ctx, programme_id=programme.id, due_on=date.fromisoformat(due_on)
        )
        await self.story.say(job)
        return (await self.rounds())[-1]

    async def rounds(self) -> list[Round]:
        return list(await self.story.facts.all(Round))
