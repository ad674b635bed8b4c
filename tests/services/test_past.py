"""Formal mentoring that has ended stays findable: with whom, for what, and from when to when."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.errors import RuleBroken
from bot.domain.kinds import Role
from bot.domain.states import RelationshipState, SessionState
from bot.services.growing.past import partner_of, past_of
from bot.services.growing.views_growing import PastView
from bot.store.tables import Person, Relationship, Tie
from tests.services.story import Story


async def ended(story: Story, mentor: Person, mentee: Person, **columns: Any) -> Relationship:
    """The two had an agreement of half a year, which ended ten days ago."""
    programme = await story.facts.programme()
    now: datetime = story.ctx.now()
    given = {
        "state": RelationshipState.ENDED,
        "began_at": now - timedelta(days=200),
        "started_on": date(2026, 5, 4),
        "ended_at": now - timedelta(days=10),
        "area": "feedback",
        **columns,
    }
    ids: dict[str, Any] = {
        "programme_id": programme.id,
        "mentor_id": mentor.id,
        "mentee_id": mentee.id,
    }
    row: Relationship = await story.facts.add(Relationship(**ids, **given))
    return row


async def seen(story: Story, person: Person) -> tuple[PastView, ...]:
    return await past_of(story.ctx, person_id=person.id)


async def test_both_find_it_with_its_dates(story: Story, mentor: Person, mentee: Person) -> None:
    row = await ended(story, mentor, mentee)
    (mine,), (theirs,) = await seen(story, mentee), await seen(story, mentor)
    assert (mine.id, mine.other.id, mine.role) == (row.id, mentor.id, Role.MENTEE)
    assert (theirs.other.id, theirs.role) == (mentee.id, Role.MENTOR)
    assert mine.area == story.ctx.library.areas["feedback"]
    assert mine.began_on == date(2026, 5, 4)
    assert mine.ended_on == (story.ctx.now() - timedelta(days=10)).date()
    assert mine.can_look_back
    assert not mine.looked_back
    assert mine.talk_id is None


async def test_it_is_found_after_its_words_are_deleted(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await ended(story, mentor, mentee, erased_at=story.ctx.now())
    (mine,) = await seen(story, mentee)
    assert not mine.can_look_back


async def test_what_never_was_signed_or_goes_on_has_not_ended(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await ended(story, mentor, mentee, state=RelationshipState.DROPPED)
    assert await seen(story, mentee) == ()
    await ended(story, mentor, mentee)
    await ended(story, mentor, mentee, state=RelationshipState.ACTIVE, ended_at=None)
    assert await seen(story, mentee) == (), "the two go on again"


async def test_once_for_each_partner_the_last_one_first(
    story: Story, mentor: Person, mentee: Person
) -> None:
    alan = await story.facts.person("Alan")
    long_ago = story.ctx.now() - timedelta(days=400)
    await ended(story, mentor, mentee, ended_at=long_ago)
    last = await ended(story, mentor, mentee)
    await ended(story, alan, mentee, ended_at=long_ago)
    as_mentor = await ended(story, mentee, mentor, ended_at=long_ago - timedelta(days=1))
    found = [each.id for each in await seen(story, mentee)]
    assert found[0] == last.id
    assert found[2] == as_mentor.id
    assert len(found) == 3


async def test_going_on_again_is_asked_by_the_last_talk_that_took_place(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await ended(story, mentor, mentee)
    held = {"state": SessionState.CLOSED, "held_at": story.ctx.now(), "plan": 1}
    await story.facts.session(mentor, mentee, **held)
    last = await story.facts.session(mentor, mentee, **held)
    await story.facts.session(mentor, mentee, state=SessionState.MISSED, plan=1)
    (mine,) = await seen(story, mentee)
    assert mine.talk_id == last.id


async def test_what_one_wrote_and_that_the_two_keep_in_touch(
    story: Story, mentor: Person, mentee: Person
) -> None:
    words = {"gained": "A plan", "thanks": "", "keeps": True}
    row = await ended(story, mentor, mentee, gained={str(mentee.id): words})
    first, second = sorted((mentor.id, mentee.id))
    tie = Tie(
        programme_id=row.programme_id,
        first_id=first,
        second_id=second,
        mentor_id=mentor.id,
        started_at=story.ctx.now(),
    )
    await story.facts.add(tie)
    (mine,), (theirs,) = await seen(story, mentee), await seen(story, mentor)
    assert (mine.looked_back, theirs.looked_back) == (True, False)
    assert mine.keeps_in_touch
    assert theirs.keeps_in_touch


async def test_who_left_is_found_and_not_asked_and_who_was_forgotten_is_not(
    story: Story, mentee: Person
) -> None:
    gone = await story.facts.person("Alan", is_deleted=True)
    nobody = await story.facts.person("Grace", is_deleted=True, forgotten_at=story.ctx.now())
    row = await ended(story, gone, mentee)
    await ended(story, nobody, mentee)
    (mine,) = await seen(story, mentee)
    assert mine.other.id == gone.id
    assert not mine.can_look_back
    with pytest.raises(RuleBroken, match="deactivated"):
        await partner_of(story.ctx, actor_id=mentee.id, relationship_id=row.id)


async def test_a_talk_is_asked_of_the_partner_by_the_two_alone(
    story: Story, mentor: Person, mentee: Person
) -> None:
    row = await ended(story, mentor, mentee)
    partner = await partner_of(story.ctx, actor_id=mentee.id, relationship_id=row.id)
    assert partner.id == mentor.id
    stranger = await story.facts.person("Alan")
    for relationship_id in (row.id, 99_999):
        with pytest.raises(RuleBroken, match="not_yours"):
            await partner_of(story.ctx, actor_id=stranger.id, relationship_id=relationship_id)
