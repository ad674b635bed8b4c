"""Checklists that remember, and the agenda by form."""

from datetime import timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Role
from bot.domain.states import JobState
from bot.services import reading
from bot.services.errors import AlreadyDone
from bot.services.sessions import preparing, timing
from bot.services.sessions.preparing import AgendaForm
from bot.services.views import ChecklistView
from bot.store.tables import Agenda, Person, Tick
from tests.services.story import Story, breaks

FULL = AgendaForm(
    topics=["Speaking up", " ", "Saying no"],
    outcome="One thing to try",
    questions=["How did you start?"],
    reading="https://example.org/a",
    off_limits="My last job",
)


def keys(story: Story, role: Role) -> list[str]:
    return [item.key for item in story.ctx.library.guide(Kind.FLASH, role).before]


async def checklist(story: Story, session_id: int, person_id: int) -> ChecklistView:
    view = await reading.session_view(story.ctx, session_id=session_id)
    return await reading.checklist_of(story.ctx, view, person_id=person_id)


async def test_ticks_are_remembered(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.matched(mentor, mentee)
    await story.say_all(JobKind.CHECKLIST)
    some = keys(story, Role.MENTEE)[:2]

    async def tick(*ticked: str) -> None:
        who, where = mentee.id, session.id
        await preparing.tick(story.ctx, actor_id=who, session_id=where, ticked=ticked)

    await tick(*some, "no_such_line", *some)
    view = await checklist(story, session.id, mentee.id)
    assert [item.key for item in view.items if item.ticked] == some
    assert (view.role, view.ready) == (Role.MENTEE, False)
    redrawn = await story.waiting(JobKind.CHECKLIST)
    assert {job.recipient_id for job in redrawn} == {mentor.id, mentee.id}

    await tick(*some)  # nothing new: nothing is redrawn again
    assert {job.revision for job in await story.waiting(JobKind.CHECKLIST)} == {2}
    await tick(*some[1:])
    assert [row.item for row in await story.facts.all(Tick)] == some[1:]


async def test_each_sees_whether_the_other_is_ready(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    for person, role in ((mentee, Role.MENTEE), (mentor, Role.MENTOR)):
        seen = await story.seen(session)
        assert seen.ready == ({mentee.id} if role is Role.MENTOR else set())
        await preparing.tick(
            story.ctx, actor_id=person.id, session_id=session.id, ticked=keys(story, role)
        )
    for person in (mentee, mentor):
        view = await checklist(story, session.id, person.id)
        assert (view.ready, view.other_ready, view.open_count) == (True, True, 0)


async def test_ticking_is_for_the_two_and_for_before(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    stranger = await story.facts.person("Noor")
    with breaks("not_yours"):
        await preparing.tick(
            story.ctx, actor_id=stranger.id, session_id=session.id, ticked=["goal"]
        )
    await timing.cancel(story.ctx, actor_id=mentee.id, session_id=session.id)
    with breaks("session_over"):
        await preparing.tick(story.ctx, actor_id=mentee.id, session_id=session.id, ticked=["goal"])
    assert not await story.facts.all(Tick)


async def test_the_agenda_reaches_the_mentor(story: Story, mentee: Person, mentor: Person) -> None:
    session = await story.matched(mentor, mentee)
    await preparing.write_agenda(
        story.ctx, actor_id=mentee.id, session_id=session.id, form=FULL, receipt="modal:1"
    )
    agenda = (await story.seen(session)).agenda
    assert agenda is not None
    assert agenda.topics == ("Speaking up", "Saying no")
    assert (agenda.outcome, agenda.questions) == ("One thing to try", ("How did you start?",))
    assert (agenda.reading, agenda.off_limits) == ("https://example.org/a", "My last job")
    assert agenda.version == 1
    assert (await story.job(JobKind.AGENDA_CARD)).recipient_id == mentor.id
    assert (await story.job(JobKind.AGENDA_SAVED)).recipient_id == mentee.id
    with pytest.raises(AlreadyDone):
        await preparing.write_agenda(
            story.ctx, actor_id=mentee.id, session_id=session.id, form=FULL, receipt="modal:1"
        )


async def test_rewritten_it_changes_where_the_mentor_has_it(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    for topic in ("First", "Second"):
        await preparing.write_agenda(
            story.ctx,
            actor_id=mentee.id,
            session_id=session.id,
            form=AgendaForm(topics=[topic]),
        )
        await story.say_all(JobKind.AGENDA_CARD)
    agenda = (await story.seen(session)).agenda
    assert agenda is not None
    assert (agenda.topics, agenda.version) == (("Second",), 2)
    card = await story.job(JobKind.AGENDA_CARD)
    assert (card.state, card.said_revision) == (JobState.DONE, 2)
    assert len(await story.jobs(JobKind.AGENDA_SAVED)) == 2
    assert len(await story.facts.all(Agenda)) == 1


async def test_written_before_the_time_no_nudge_is_planned(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.matched(mentor, mentee)
    await preparing.write_agenda(story.ctx, actor_id=mentee.id, session_id=session.id, form=FULL)
    await timing.set_time(story.ctx, actor_id=mentee.id, session_id=session.id, typed="Friday 10am")
    assert not await story.jobs(JobKind.AGENDA_NUDGE, JobKind.AGENDA_MISSING)


@pytest.mark.parametrize(
    ("form", "key", "field"),
    [
        (AgendaForm(topics=["", " \t"]), "topic_blank", "agenda_topics"),
        (AgendaForm(topics=["a", "b", "c", "d"]), "too_many_topics", "agenda_topics"),
        (AgendaForm(topics=["x" * 3001]), "too_long", "agenda_topics"),
        (AgendaForm(topics=["a"], outcome="x" * 3001), "too_long", "outcome"),
        (AgendaForm(topics=["a"], questions=["x" * 3001]), "too_long", "questions"),
        (AgendaForm(topics=["a"], reading="x" * 3001), "too_long", "reading"),
        (AgendaForm(topics=["a"], off_limits="x" * 3001), "too_long", "off_limits"),
    ],
)
async def test_an_agenda_that_does_not_fit(
    story: Story, mentee: Person, mentor: Person, form: AgendaForm, key: str, field: str
) -> None:
    session = await story.matched(mentor, mentee)
    with breaks(key, field):
        await preparing.write_agenda(
            story.ctx, actor_id=mentee.id, session_id=session.id, form=form
        )
    assert (await story.seen(session)).agenda is None


async def test_the_agenda_is_the_mentees_and_closes_at_the_start(
    story: Story, mentee: Person, mentor: Person
) -> None:
    session = await story.scheduled(mentor, mentee)
    for stranger in (mentor, await story.facts.person("Noor")):
        with breaks("not_yours"):
            await preparing.write_agenda(
                story.ctx, actor_id=stranger.id, session_id=session.id, form=FULL
            )
    assert session.starts_at is not None
    await story.at(session.starts_at - timedelta(minutes=1))
    await preparing.write_agenda(story.ctx, actor_id=mentee.id, session_id=session.id, form=FULL)
    await story.at(session.starts_at)
    with breaks("agenda_closed"):
        await preparing.write_agenda(
            story.ctx, actor_id=mentee.id, session_id=session.id, form=FULL
        )
    await timing.cancel(story.ctx, actor_id=mentee.id, session_id=session.id)
    with breaks("session_over"):
        await preparing.write_agenda(
            story.ctx, actor_id=mentee.id, session_id=session.id, form=FULL
        )
