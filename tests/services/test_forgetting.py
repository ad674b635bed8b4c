"""Forgetting somebody: what goes, what stays, what their partners find, and coming back."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.domain.job_kinds import JobKind
from bot.domain.states import JobState, RelationshipState, RequestState, SessionState
from bot.services import people
from bot.services.errors import AlreadyDone
from bot.services.own_data import forgetting, own_data
from bot.services.own_data.forgetting import Stays
from bot.services.programmes import roll_call
from bot.slack.templates import Templates
from bot.store.tables import Agenda, Job, Person, Relationship, Request, Session, ThankYou, metadata
from tests.services.story import Story, breaks
from tests.services.test_own_data import all_words
from tests.services.test_races import profile_of
from tests.support.everything import Everything, everything
from tests.support.facts import Facts


@pytest.fixture
async def it(facts: Facts) -> Everything:
    return await everything(facts)


async def everywhere(story: Story) -> str:
    """Every value in the database, with what is sealed opened."""
    found: list[str] = []
    async with story.ctx.db.read() as session:
        for table in metadata.sorted_tables:
            for row in await session.execute(table.select()):
                found += [str(value) for value in row]
    return "\n".join(found)


async def test_nothing_of_theirs_is_left_in_any_table(story: Story, it: Everything) -> None:
    written = {each for each in await all_words(story) if each.startswith("ada:")}
    assert len(written) > 20
    await forgetting.forget(story.ctx, actor_id=it.ada.id)
    left = await everywhere(story)
    traces = ("UADA", "Ada Adeyemi", "ada:", "ada.example", "listed: Ada")
    assert [each for each in traces if each in left] == []
    # Only where their last messages stand is known, for a day.
    assert "DADA" in left
    await says_everything(story)
    await story.at(story.ctx.now(), days=1, minutes=1)
    await forgetting.remove_last_traces(story.ctx, person_id=it.ada.id)
    assert "DADA" not in await everywhere(story)
    assert await story.jobs(recipient_id=it.ada.id) == []


async def says_everything(story: Story) -> None:
    """As if every message had been put right in Slack."""
    async with story.ctx.db.work() as work:
        for job in (await work.session.scalars(select(Job))).all():
            job.state = JobState.DONE
        await work.commit()


async def test_what_the_partner_said_is_the_partners(story: Story, it: Everything) -> None:
    others = {
        each for each in await all_words(story) if each.startswith(("shown:", "private:"))
    } - {"shown: the room"}  # a place is of both
    await forgetting.forget(story.ctx, actor_id=it.ada.id)
    assert others <= await all_words(story)
    seen = await story.facts.one(Session, it.session.id)
    assert (seen.state, seen.mentee_id) == (SessionState.CLOSED, it.ada.id)
    bruno = await own_data.own_data(story.ctx, person_id=it.bruno.id, words=Templates())
    assert "a former colleague" in {row["mentee"] for row in bruno["sessions"] if "mentee" in row}


async def test_counts_stay_and_are_told(story: Story, it: Everything) -> None:
    asked = await forgetting.what_stays(story.ctx, person_id=it.ada.id)
    stays = await forgetting.forget(story.ctx, actor_id=it.ada.id)
    assert stays == asked == Stays(sessions=2, requests=2, thanks=1, ratings=1)
    assert len(await story.facts.all(ThankYou)) == 2
    told = await story.job(JobKind.FORGOTTEN)
    assert (told.recipient_id, told.state) == (it.ada.id, JobState.PENDING)


async def test_the_row_that_stays_says_nothing(story: Story, it: Everything) -> None:
    await forgetting.forget(story.ctx, actor_id=it.ada.id)
    row: Person = await story.facts.one(Person, it.ada.id)
    assert row.forgotten_at == story.ctx.now()
    assert (row.name, row.slack_id) == ("", f"forgotten:{row.id}")
    assert (row.is_deleted, row.is_admin, row.seniority) == (True, False, None)
    seen = await people.person(story.ctx, person_id=row.id)
    assert (seen.name, seen.first_name, seen.is_forgotten) == (
        "a former colleague",
        "a former colleague",
        True,
    )
    assert (await story.facts.one(Person, it.bruno.id)).manager_id is None


async def test_what_is_open_is_settled_and_the_partners_hear_of_it(
    story: Story, facts: Facts
) -> None:
    ada, grace = await facts.person("Ada"), await facts.mentor("Grace")
    session = await story.scheduled(grace, ada)
    await forgetting.forget(story.ctx, actor_id=ada.id)
    seen = await story.seen(session)
    assert seen.state is SessionState.CANCELLED
    assert (seen.topic, seen.hoped_for, seen.mentee.name) == ("", "", "a former colleague")
    told = await story.job(JobKind.SESSION_CANCELLED)
    assert (told.recipient_id, told.note) == (grace.id, "gone")


async def test_a_request_on_its_way_is_taken_back(story: Story, facts: Facts) -> None:
    ada, grace = await facts.person("Ada"), await facts.mentor("Grace")
    request = await story.asks(ada)
    await forgetting.forget(story.ctx, actor_id=ada.id)
    row = await facts.one(Request, request.id)
    assert (row.state, row.topic, row.questions) == (RequestState.WITHDRAWN, None, None)
    assert not await story.waiting(JobKind.OFFER, recipient_id=grace.id)


async def test_a_relationship_ends(story: Story, it: Everything) -> None:
    await forgetting.forget(story.ctx, actor_id=it.ada.id)
    row = await it.facts.one(Relationship, it.relationship.id)
    assert row.state is RelationshipState.ENDED
    assert row.gained == {str(it.bruno.id): "private: gained"}


async def test_messages_to_them_are_replaced_and_those_unsaid_are_dropped(
    story: Story, it: Everything
) -> None:
    waiting = await it.facts.job(JobKind.THANKS_ASK, recipient=it.ada, session_id=it.session.id)
    sent = await it.facts.job(
        JobKind.OWN_FILE,
        recipient=it.ada,
        slack_channel="DADA",
        slack_ts="F21",
        said_revision=1,
        state=JobState.DONE,
    )
    to_bruno = await it.facts.job(
        JobKind.AGENDA_CARD,
        recipient=it.bruno,
        session_id=it.session.id,
        slack_channel="DB",
        slack_ts="3.1",
        said_revision=1,
        state=JobState.DONE,
    )
    assert (await forgetting.what_stays(story.ctx, person_id=it.ada.id)).files == 1
    stays = await forgetting.forget(story.ctx, actor_id=it.ada.id)
    assert stays.files == 0
    blanked = await story.jobs(JobKind.BLANKED)
    assert [(job.slack_channel, job.state, job.session_id) for job in blanked] == [
        ("DADA", JobState.PENDING, None)
    ] * 3
    assert waiting.id not in {job.id for job in await it.facts.all(Job)}
    gone = await it.facts.one(Job, sent.id)
    assert (gone.kind, gone.slack_ts, gone.state) == (JobKind.BLANKED, "F21", JobState.PENDING)
    assert (await it.facts.one(Job, to_bruno.id)).state is JobState.PENDING  # said anew


async def test_one_modal_counts_once(story: Story, it: Everything) -> None:
    await forgetting.forget(story.ctx, actor_id=it.ada.id, receipt="modal:1")
    with pytest.raises(AlreadyDone):
        await forgetting.forget(story.ctx, actor_id=it.ada.id, receipt="modal:1")
    with breaks("deactivated"):
        await forgetting.forget(story.ctx, actor_id=it.ada.id)


async def test_coming_back_is_a_first_time(story: Story, it: Everything) -> None:
    profile = profile_of(it.ada)
    await forgetting.forget(story.ctx, actor_id=it.ada.id)
    assert (
        await people.refresh(story.ctx, profile=profile) is None
    )  # Slack alone brings nobody back
    met = await people.meet(story.ctx, profile=profile)
    assert met.id != it.ada.id
    assert not met.is_forgotten
    found = await own_data.own_data(story.ctx, person_id=met.id, words=Templates())
    assert set(found) == {"about", "made", "times", "not in here", "you"}


async def test_what_slipped_in_meanwhile_goes_a_day_later(story: Story, it: Everything) -> None:
    await forgetting.forget(story.ctx, actor_id=it.ada.id)
    async with story.ctx.db.work() as work:
        agenda = (await work.session.scalars(select(Agenda))).first()
        assert agenda is not None
        agenda.content = {"topics": ["ada: written a moment too late"]}
        await work.commit()
    await story.at(story.ctx.now(), days=1)
    await forgetting.remove_last_traces(story.ctx, person_id=it.ada.id)
    assert "a moment too late" not in await everywhere(story)
    # Messages still wait to be replaced, so where they stand is known for another day.
    assert await story.jobs(JobKind.BLANKED)
    assert len(await story.waiting(JobKind.LAST_TRACES)) == 2
    await story.at(story.ctx.now(), days=31)
    await forgetting.remove_last_traces(story.ctx, person_id=it.ada.id)
    assert not await story.jobs(recipient_id=it.ada.id)


async def test_who_left_is_forgotten_after_the_retention_time(story: Story, it: Everything) -> None:
    gone = profile_of(it.ada).model_copy(update={"is_deleted": True})
    await people.refresh(story.ctx, profile=gone)
    chore = await story.job(JobKind.FORGET)
    assert chore.due_at == story.ctx.now() + timedelta(days=90)
    assert (await it.facts.one(Person, it.ada.id)).name == "Ada Adeyemi"  # not yet
    await forgetting.forget_who_left(story.ctx, person_id=it.ada.id)
    assert "ada:" not in await everywhere(story)
    assert not await story.jobs(JobKind.FORGOTTEN)  # there is nobody to tell


async def test_who_comes_back_in_time_is_not_forgotten(story: Story, it: Everything) -> None:
    here = profile_of(it.ada)
    for _ in range(2):
        await people.refresh(story.ctx, profile=here.model_copy(update={"is_deleted": True}))
        await people.refresh(story.ctx, profile=here)
    assert [job.state for job in await story.jobs(JobKind.FORGET)] == [JobState.SKIPPED] * 2
    await forgetting.forget_who_left(story.ctx, person_id=it.ada.id)
    assert (await it.facts.one(Person, it.ada.id)).forgotten_at is None


async def test_a_roll_call_does_not_bring_a_name_back(story: Story, it: Everything) -> None:
    await forgetting.forget(story.ctx, actor_id=it.ada.id)
    programme = await it.facts.programme()
    await roll_call._take_over(story.ctx, {it.ada.id: profile_of(it.ada)})
    await roll_call.refresh_enrolled(
        story.ctx, programme_id=programme.id, profiles=[profile_of(it.ada)]
    )
    assert (await it.facts.one(Person, it.ada.id)).name == ""


async def test_two_yeses_and_slacks_news_at_the_same_moment(story: Story, it: Everything) -> None:
    news = profile_of(it.ada)
    done = await asyncio.gather(
        forgetting.forget(story.ctx, actor_id=it.ada.id),
        forgetting.forget(story.ctx, actor_id=it.ada.id),
        people.refresh(story.ctx, profile=news),
        people.remember_dm(story.ctx, person_id=it.ada.id, channel="DADA"),
        return_exceptions=True,
    )
    failed = [each for each in done if isinstance(each, BaseException)]
    assert [getattr(each, "key", each) for each in failed] == ["deactivated"]
    row: Person = await story.facts.one(Person, it.ada.id)
    assert (row.name, row.slack_id) == ("", f"forgotten:{row.id}")
    assert len(await story.facts.all(Person)) == 3
    assert len(await story.jobs(JobKind.FORGOTTEN)) == 1
