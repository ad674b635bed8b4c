"""My mentors by area: from agreements, ties and talks; and the areas that have nobody."""

from datetime import timedelta
from typing import Any

from bot.domain.kinds import Role
from bot.domain.states import RelationshipState, SessionState
from bot.services.growing.mentors import mentors_of
from bot.services.views_home import Bond, MentorsView
from bot.store.tables import Enrolment, Match, Person, Relationship, Request, Session, Tie
from tests.services.story import Story


async def seen(story: Story, person: Person) -> MentorsView:
    return await mentors_of(story.ctx, person_id=person.id)


async def talked(
    story: Story, mentor: Person, mentee: Person, *areas: str, days_ago: int = 10, **columns: Any
) -> Session:
    """The two had a session about these areas."""
    held_at = story.ctx.now() - timedelta(days=days_ago)
    given = {"state": SessionState.CLOSED, "held_at": held_at, "plan": 1, **columns}
    row: Session = await story.facts.session(mentor, mentee, **given)
    async with story.ctx.db.work() as work:
        match = await work.session.get_one(Match, row.match_id)
        assert match.request_id is not None
        (await work.session.get_one(Request, match.request_id)).areas = list(areas)
        await work.commit()
    return row


async def formal(story: Story, mentor: Person, mentee: Person, area: str, **columns: Any) -> None:
    programme = await story.facts.programme()
    given = {"state": RelationshipState.ACTIVE, "began_at": story.ctx.now(), **columns}
    ids: dict[str, Any] = {
        "programme_id": programme.id,
        "mentor_id": mentor.id,
        "mentee_id": mentee.id,
    }
    await story.facts.add(Relationship(**ids, area=area, **given))


async def in_touch(story: Story, mentor: Person, mentee: Person, **columns: Any) -> None:
    programme = await story.facts.programme()
    first, second = sorted((mentor.id, mentee.id))
    ids: dict[str, Any] = {"first_id": first, "second_id": second, "mentor_id": mentor.id}
    given = {"started_at": story.ctx.now(), **columns}
    await story.facts.add(Tie(programme_id=programme.id, **ids, **given))


async def seeks(story: Story, person: Person, *areas: str, **columns: Any) -> None:
    programme = await story.facts.programme()
    ids: dict[str, Any] = {
        "programme_id": programme.id,
        "person_id": person.id,
        "role": Role.MENTEE,
    }
    given = {"capacity": 1, "created_at": story.ctx.now(), **columns}
    await story.facts.add(Enrolment(**ids, areas=list(areas), **given))


def by_area(view: MentorsView) -> dict[str, list[tuple[str, Bond]]]:
    return {each.key: [(m.person.name, m.bond) for m in each.mentors] for each in view.areas}


async def test_nobody_yet(story: Story, mentee: Person) -> None:
    assert not (await seen(story, mentee)).has_any


async def test_a_talk_makes_a_mentor_for_what_it_was_about(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await talked(story, mentor, mentee, "feedback", "hiring")
    view = await seen(story, mentee)
    expected = [("Grace", Bond.SESSION)]
    assert by_area(view) == {"feedback": expected, "hiring": expected}
    assert view.areas[0].mentors[0].last_on is not None
    assert by_area(await seen(story, mentor)) == {}


async def test_what_did_not_happen_or_is_long_ago_does_not_count(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await talked(story, mentor, mentee, "feedback", state=SessionState.MISSED)
    await talked(story, mentor, mentee, "hiring", days_ago=400)
    assert by_area(await seen(story, mentee)) == {}


async def test_the_strongest_bond_counts_and_comes_first(story: Story, mentee: Person) -> None:
    alan, grace, edsger = [await story.facts.person(n) for n in ("Alan", "Grace", "Edsger")]
    for each in (alan, grace, edsger):
        await talked(story, each, mentee, "feedback")
    await in_touch(story, edsger, mentee)
    await formal(story, grace, mentee, "feedback")
    assert by_area(await seen(story, mentee)) == {
        "feedback": [("Grace", Bond.FORMAL), ("Edsger", Bond.TIE), ("Alan", Bond.SESSION)]
    }


async def test_a_talk_without_an_area_is_help_with_something(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await talked(story, mentor, mentee)
    assert by_area(await seen(story, mentee)) == {"": [("Grace", Bond.SESSION)]}
    await talked(story, mentor, mentee, "feedback")
    assert list(by_area(await seen(story, mentee))) == ["feedback"]


async def test_an_agreement_that_ended_is_remembered_until_when(
    story: Story, mentor: Person, mentee: Person
) -> None:
    long_ago = story.ctx.now() - timedelta(days=500)
    over = {"state": RelationshipState.ENDED, "ended_at": long_ago}
    await formal(story, mentor, mentee, "feedback", **over)
    await talked(story, mentor, mentee, "feedback")
    view = await seen(story, mentee)
    assert by_area(view) == {"feedback": [("Grace", Bond.FORMER)]}
    assert view.areas[0].mentors[0].last_on == long_ago.date(), "not the talk since"
    await formal(story, mentor, mentee, "feedback")
    assert by_area(await seen(story, mentee)) == {"feedback": [("Grace", Bond.FORMAL)]}


async def test_a_former_mentor_leaves_the_area_without_one(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await seeks(story, mentee, "feedback")
    over = {"state": RelationshipState.ENDED, "ended_at": story.ctx.now()}
    await formal(story, mentor, mentee, "feedback", **over)
    view = await seen(story, mentee)
    assert [each.key for each in view.missing] == ["feedback"]
    await talked(story, mentor, mentee, "feedback")
    assert not (await seen(story, mentee)).missing


async def test_areas_that_one_seeks_and_has_nobody_for(
    story: Story, mentor: Person, mentee: Person
) -> None:
    await seeks(story, mentee, "hiring", "feedback")
    await story.facts.request(mentee, areas=["data"])
    await formal(story, mentor, mentee, "feedback")
    view = await seen(story, mentee)
    assert [each.key for each in view.missing] == ["hiring", "data"]


async def test_what_one_sought_once_is_not_missed(story: Story, mentee: Person) -> None:
    await seeks(story, mentee, "hiring", ended_at=story.ctx.now())
    assert not (await seen(story, mentee)).has_any


async def test_inside_or_outside_ones_department(story: Story) -> None:
    me = await story.facts.person("Ada", department="Design")
    places = {"Grace": "design ", "Alan": "Sales", "Edsger": ""}
    for name, department in places.items():
        mentor = await story.facts.person(name, department=department)
        await talked(story, mentor, me, "feedback")
    (area,) = (await seen(story, me)).areas
    sides = {each.person.name: each.is_inside for each in area.mentors}
    assert sides == {"Grace": True, "Alan": False, "Edsger": None}


async def test_somebody_who_left_is_no_mentor_any_more(story: Story, mentee: Person) -> None:
    gone = await story.facts.person("Alan", is_deleted=True)
    await talked(story, gone, mentee, "feedback")
    assert by_area(await seen(story, mentee)) == {}
