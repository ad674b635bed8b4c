"""A lead makes a programme in a channel, and changes it (2.1)."""

from datetime import UTC, datetime

from bot.domain.job_kinds import JobKind
from bot.services import programmes
from bot.services.programmes import ChannelFacts
from tests.services.story import Story

CHANNEL = ChannelFacts(slack_id="C1", name="growing-together", creator_slack_id="UBOSS")


async def test_from_the_form_to_the_programme(story: Story) -> None:
    boss = await story.facts.person("Boss", slack_id="UBOSS")
    assert (
        await programmes.access_programme_for(story.ctx, actor_id=boss.id, channel=CHANNEL) is None
    )
    form = await programmes.form_of(story.ctx, programme_id=None, actor_id=boss.id, channel=CHANNEL)
    assert (form.name, form.zone, form.lead_ids) == (
        "Growing together",
        "Europe/London",
        (boss.id,),
    )
    view = await programmes.draft(story.ctx, actor_id=boss.id, channel=CHANNEL, form=form)
    assert (view.is_new, view.announces_again, view.programme.id) == (True, True, 0)
    assert view.programme.next_dates[0] == datetime(2026, 11, 24, 10, tzinfo=UTC)
    assert not await story.jobs()
    made = await programmes.publish(story.ctx, actor_id=boss.id, draft_id=view.id)
    assert [lead.id for lead in made.leads] == [boss.id]
    card, announce = await story.jobs(JobKind.PROGRAMME_CARD, JobKind.ROUND_ANNOUNCE)
    assert (card.recipient_id, card.programme_id) == (None, made.id)
    assert announce.dedupe_key == f"programme:{made.id}:announce:2026-11-24"
    edited = form.model_copy(update={"name": "Other", "every": "month", "month_day": 31})
    again = await programmes.draft(story.ctx, actor_id=boss.id, channel=CHANNEL, form=edited)
    assert not again.is_new
    await programmes.publish(story.ctx, actor_id=boss.id, draft_id=again.id)
