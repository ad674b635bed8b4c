"""A lead makes a programme in a channel, and changes it (2.1)."""

import asyncio
from datetime import UTC, datetime, time
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind
from bot.domain.programmes import Every, Shape
from bot.domain.states import JobState
from bot.services import people
from bot.services.errors import AlreadyDone
from bot.services.programmes import programmes
from bot.services.programmes.programmes import ChannelFacts
from bot.store.tables import Lead, Person, Programme, ProgrammeDraft
from tests.services.leading import CHANNEL, FORM, Leading
from tests.services.story import Story, breaks
from tests.services.test_races import profile_of


async def may(story: Story, person: Person, channel: ChannelFacts = CHANNEL) -> Any:
    return await programmes.access_programme_for(story.ctx, actor_id=person.id, channel=channel)


async def test_from_the_form_to_the_programme(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    assert await may(story, boss) is None
    form = await programmes.form_of(story.ctx, programme_id=None, actor_id=boss.id, channel=CHANNEL)
    assert (form.name, form.zone, form.lead_ids) == (
        "Growing together",
        "Europe/London",
        (boss.id,),
    )
    draft = await programmes.draft(story.ctx, actor_id=boss.id, channel=CHANNEL, form=form)
    assert (draft.is_new, draft.announces_again, draft.programme.id) == (True, True, 0)
    assert draft.programme.next_dates == (
        datetime(2026, 11, 24, 10, tzinfo=UTC),
        datetime(2026, 12, 22, 10, tzinfo=UTC),
        datetime(2027, 1, 19, 10, tzinfo=UTC),
    )
    assert not await story.jobs()
    assert len(await story.facts.all(Programme)) == 1  # the open one
    made = await programmes.publish(story.ctx, actor_id=boss.id, draft_id=draft.id)
    assert made.next_dates == draft.programme.next_dates
    assert made.leads == draft.programme.leads
    card, announce = await story.jobs(JobKind.PROGRAMME_CARD, JobKind.ROUND_ANNOUNCE)
    assert (card.recipient_id, card.programme_id) == (None, made.id)
    assert announce.dedupe_key == f"programme:{made.id}:announce:2026-11-24"
    assert await programmes.in_channel(
        story.ctx, workspace_id=boss.workspace_id, channel="C1"
    ) == await programmes.programme_view(story.ctx, programme_id=made.id)
    assert (await may(story, boss)).id == made.id


async def test_what_stands_in_the_form_is_what_holds(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(
        boss,
        name="  Growing \n together ",
        kinds=["spot", "flash", "spot"],
        shape="peers",
        round_kind="spot",
        every="month",
        month_day=31,
        runs_at=time(9, 30, 12),
        zone="europe/berlin",
        must_differ=["department"],
        must_share=[],
        weights={"areas": 700, "hours": 300},
        country="de",
        opens_at=time(8),
        closes_at=time(16),
    )
    assert (made.name, made.kinds) == ("Growing together", (Kind.FLASH, Kind.SPOT))
    assert (made.shape, made.every, made.month_day) == (Shape.PEERS, Every.MONTH, 31)
    assert (made.runs_at, made.zone, made.country) == (time(9, 30), "Europe/Berlin", "DE")
    assert (made.must_differ, made.must_share) == (("department",), ())
    assert made.weights["areas"] == 700
    assert sum(made.weights.values()) == 1000
    assert [each.date().isoformat() for each in made.next_dates] == [
        "2026-11-30",  # November has no 31st
        "2026-12-31",
        "2027-02-01",  # the 31st of January is a Sunday
    ]
    form = await programmes.form_of(story.ctx, programme_id=made.id, actor_id=boss.id)
    again = await programmes.draft(story.ctx, actor_id=boss.id, channel=CHANNEL, form=form)
    assert (again.is_new, again.announces_again) == (False, False)
    kept = await programmes.draft_form(story.ctx, actor_id=boss.id, draft_id=again.id)
    assert kept.model_dump(mode="json") == form.model_dump(mode="json")


async def test_a_form_that_is_not_right_is_not_kept(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    with breaks("blank", "name"):
        await leading.drafts(boss, name=" ")
    with breaks("too_many_leads", "leads"):
        await leading.drafts(boss, lead_ids=tuple(range(1, 10)))
    with breaks("unknown_choice", "leads"):
        await leading.drafts(boss, lead_ids=(4711,))
    assert not await story.facts.all(ProgrammeDraft)


async def test_who_may(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    admin = await story.facts.person("Admin", is_admin=True)
    anyone = await story.facts.person("Anyone")
    with breaks("not_the_creator") as caught:
        await may(story, anyone)
    assert caught.value.facts == {"creator": ("Boss",)}
    with breaks("not_the_creator") as caught:
        await may(story, anyone, CHANNEL.model_copy(update={"creator_slack_id": "UGONE"}))
    assert caught.value.facts == {"creator": ()}
    assert await may(story, admin) is None
    made = await leading.publishes(boss)
    assert (await may(story, admin)).id == made.id
    with breaks("not_a_lead") as caught:
        await may(story, anyone)
    assert caught.value.facts == {"leads": ("Boss",)}
    with breaks("not_a_lead"):
        await leading.drafts(anyone)
    with breaks("not_a_lead"):
        await programmes.form_of(story.ctx, programme_id=made.id, actor_id=anyone.id)
    with breaks("not_a_lead"):
        await programmes.post_again(story.ctx, actor_id=anyone.id, programme_id=made.id)
    guest = await story.facts.person("Guest", is_guest=True, slack_id="UGUEST")
    with breaks("guest"):
        await may(story, guest, CHANNEL.model_copy(update={"creator_slack_id": "UGUEST"}))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"slack_id": "D1"}, "not_a_channel"),
        ({"is_direct": True, "slack_id": "G1"}, "not_a_channel"),
        ({"is_archived": True}, "channel_archived"),
        ({"is_member": False}, "not_in_channel"),
    ],
)
async def test_where_a_programme_cannot_be(
    story: Story, leading: Leading, wrong: dict[str, Any], key: str
) -> None:
    boss = await leading.boss()
    with breaks(key):
        await may(story, boss, CHANNEL.model_copy(update=wrong))


async def test_the_creator_and_who_makes_it_are_its_first_leads(
    story: Story, leading: Leading
) -> None:
    boss = await leading.boss()
    admin = await story.facts.person("Admin", is_admin=True)
    made = await leading.publishes(admin, lead_ids=())
    assert [lead.name for lead in made.leads] == ["Boss", "Admin"]
    changed = await leading.publishes(boss, lead_ids=(boss.id,))
    assert [lead.name for lead in changed.leads] == ["Boss"]
    with breaks("no_leads", "leads"):
        await leading.drafts(boss, lead_ids=())


async def test_leads_have_to_be_able_to_lead(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    for column in ("is_guest", "is_deleted", "is_bot"):
        unfit = await story.facts.person(column, **{column: True})
        with breaks("lead_unfit", "leads") as caught:
            await leading.drafts(boss, lead_ids=(boss.id, unfit.id))
        assert caught.value.facts == {"name": column}


async def test_other_leads_have_another_conversation(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss)
    async with story.ctx.db.work() as work:
        (await work.session.get_one(Programme, made.id)).leads_channel = "G1"
        await work.commit()
    await leading.publishes(boss, name="Same leads")
    assert (await story.facts.one(Programme, made.id)).leads_channel == "G1"
    second = await story.facts.person("Second")
    await leading.publishes(boss, lead_ids=(boss.id, second.id))
    assert (await story.facts.one(Programme, made.id)).leads_channel is None
    assert (await may(story, second)).id == made.id


async def test_a_draft_is_its_writers_and_good_for_one_yes(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    admin = await story.facts.person("Admin", is_admin=True)
    draft = await leading.drafts(boss)
    with breaks("not_yours"):
        await programmes.publish(story.ctx, actor_id=admin.id, draft_id=draft.id)
    rules = FORM.model_copy(update={"lead_ids": (boss.id,), "capacity": 3, "repeat_window": 9})
    revised = await programmes.revise_draft(
        story.ctx, actor_id=boss.id, draft_id=draft.id, form=rules
    )
    assert (revised.id, revised.programme.capacity) == (draft.id, 3)
    with breaks("capacity", "capacity"):
        await programmes.revise_draft(
            story.ctx,
            actor_id=boss.id,
            draft_id=draft.id,
            form=rules.model_copy(update={"capacity": 0}),
        )
    yes: dict[str, Any] = {"actor_id": boss.id, "draft_id": draft.id}
    made = await programmes.publish(story.ctx, receipt="modal:1", **yes)
    assert (made.capacity, made.repeat_window) == (3, 9)
    with pytest.raises(AlreadyDone):
        await programmes.publish(story.ctx, receipt="modal:1", **yes)
    with breaks("preview_used"):
        await programmes.publish(story.ctx, **yes)
    with breaks("preview_used"):
        await programmes.revise_draft(story.ctx, actor_id=boss.id, draft_id=draft.id, form=rules)


async def test_of_two_leads_at_once_the_last_wins_and_the_first_hears_of_it(
    story: Story, leading: Leading
) -> None:
    boss = await leading.boss()
    second = await story.facts.person("Second")
    both = (boss.id, second.id)
    await leading.publishes(boss, lead_ids=both)
    first = await leading.drafts(boss, name="Mine", lead_ids=both)
    late = await leading.drafts(second, name="Theirs", lead_ids=both)
    await story.at(story.ctx.now(), minutes=1)
    await programmes.publish(story.ctx, actor_id=boss.id, draft_id=first.id)
    assert not await story.jobs(JobKind.PLAIN_ANSWER)
    made = await programmes.publish(story.ctx, actor_id=second.id, draft_id=late.id)
    assert made.name == "Theirs"
    told = await story.job(JobKind.PLAIN_ANSWER)
    assert (told.recipient_id, told.note) == (boss.id, "programme_overtaken")


async def test_two_make_the_programme_of_a_channel_at_once(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    admin = await story.facts.person("Admin", is_admin=True)
    drafts = [(each, await leading.drafts(each)) for each in (boss, admin)]
    made = await asyncio.gather(
        *(
            programmes.publish(story.ctx, actor_id=who.id, draft_id=draft.id)
            for who, draft in drafts
        )
    )
    assert len({each.id for each in made}) == 1
    assert len(await story.facts.all(Programme)) == 2
    assert len(await story.jobs(JobKind.PROGRAMME_CARD)) == 1
    assert len(await story.jobs(JobKind.ROUND_ANNOUNCE)) == 1


async def test_the_card_is_kept_true_where_it_stands(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss)
    card = await story.job(JobKind.PROGRAMME_CARD)
    await story.say(card)
    await leading.publishes(boss, repeat_window=9)  # nobody's business but the leads'
    assert (await story.job(JobKind.PROGRAMME_CARD)).state is JobState.DONE
    await leading.publishes(boss, name="Another name")
    (same,) = await story.waiting(JobKind.PROGRAMME_CARD)
    assert (same.id, same.slack_ts) == (card.id, "1.1")
    await story.say(same)
    for _ in range(2):  # pressed twice
        await programmes.post_again(story.ctx, actor_id=boss.id, programme_id=made.id)
    _, again = await story.jobs(JobKind.PROGRAMME_CARD)
    assert again.dedupe_key == f"programme:{made.id}:card:2"


async def test_one_lead_of_two_leaves(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    second = await story.facts.person("Second")
    made = await leading.publishes(boss, lead_ids=(boss.id, second.id))
    await people.meet(story.ctx, profile=gone(boss))
    assert [lead.person_id for lead in await story.facts.all(Lead)] == [second.id]
    news = await story.job(JobKind.LEAD_NEWS)
    assert (news.programme_id, news.note, news.recipient_id) == (made.id, "lead_gone", None)
    assert not await story.jobs(JobKind.LEADERLESS)


async def test_the_last_lead_leaves_and_another_takes_over(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    second = await story.facts.person("Second")
    await leading.publishes(boss)
    made = await leading.publishes(boss, lead_ids=(second.id,))
    await people.meet(story.ctx, profile=gone(second, is_guest=True, is_deleted=False))
    leaderless = await story.job(JobKind.LEADERLESS)
    assert (leaderless.programme_id, leaderless.recipient_id) == (made.id, None)
    assert not await story.jobs(JobKind.LEAD_NEWS)
    form = await programmes.form_of(
        story.ctx, programme_id=made.id, actor_id=boss.id, channel=CHANNEL
    )
    assert form.lead_ids == ()
    anyone = await story.facts.person("Anyone")
    with breaks("not_a_lead"):
        await may(story, anyone)
    led = await leading.publishes(boss)  # who made the channel may
    assert [lead.id for lead in led.leads] == [boss.id]


def gone(person: Person, **more: Any) -> people.Profile:
    return profile_of(person, **{"is_deleted": True, **more})


async def test_where_one_may_ask(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    made = await leading.publishes(boss, kinds=["spot"])
    ada = await story.facts.person("Ada")
    who: dict[str, Any] = {"person_id": ada.id}
    (only,) = await programmes.choices_for(story.ctx, **who)
    assert only.is_open
    here = await programmes.choices_for(story.ctx, channel="C1", **who)
    assert [each.channel for each in here] == ["C1", ""]
    flash = await programmes.choices_for(story.ctx, channel="C1", kind=Kind.FLASH, **who)
    assert [each.channel for each in flash] == [""]
    await leading.joins(ada, made)
    elsewhere = await programmes.choices_for(story.ctx, channel="C9", **who)
    assert [each.channel for each in elsewhere] == ["", "C1"]


async def test_what_somebody_leads(story: Story, leading: Leading) -> None:
    boss = await leading.boss()
    admin = await story.facts.person("Admin", is_admin=True)
    made = await leading.publishes(boss)
    (led,) = await programmes.led_by(story.ctx, person_id=boss.id)
    assert (led.programme.id, led.waiting, led.round) == (made.id, 0, None)
    (open_one,) = await programmes.led_by(story.ctx, person_id=admin.id)
    assert (open_one.programme.is_open, open_one.programme.leads[0].id) == (True, admin.id)
    row = await leading.announced(made)
    (led,) = await programmes.led_by(story.ctx, person_id=boss.id)
    assert led.round is not None
    assert led.round.id == row.id
