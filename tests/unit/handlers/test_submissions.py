"""Submitted modals: what was filled in becomes facts, or stays in the form."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.kinds import Kind, Role
from bot.domain.states import SessionState
from bot.slack.ids import Action, Callback
from bot.store.tables import ActionItem, Agenda, Enrolment, Person, Request, Session, ThankYou
from tests.support.clock import MONDAY
from tests.support.facts import Facts
from tests.unit.handlers.inbound import about, body_of, click, inputs, option, submission, words


async def test_flash_asks(bolt: AsyncApp, facts: Facts) -> None:
    values = inputs(
        topic=words("<!channel> & <script>"),
        hoped_for=words("A way to decide"),
        questions=words("One?\n\nTwo?"),
        reason=option("career"),
        length=option("45"),
        formats={"selected_options": [option("video")["selected_option"]]},
    )
    response = await bolt.async_dispatch(submission(Callback.FLASH, values))
    assert (response.status, body_of(response)) == (200, {})
    (request,) = await facts.all(Request)
    assert (request.kind, request.is_taster, request.length_minutes) == (Kind.FLASH, False, 45)
    assert request.topic == "<!channel> & <script>"
    assert request.questions == ["One?", "Two?"]
    assert request.formats == ["video"]


async def test_a_modal_submitted_twice_asks_once(bolt: AsyncApp, facts: Facts) -> None:
    values = inputs(topic=words("Feedback"), hoped_for=words("Courage"))
    for _ in range(2):
        response = await bolt.async_dispatch(submission(Callback.FLASH, values))
        assert (response.status, body_of(response)) == (200, {})
    assert len(await facts.all(Request)) == 1


async def test_a_topic_of_spaces_stays_in_the_form(bolt: AsyncApp, facts: Facts) -> None:
    values = inputs(topic=words("   "), hoped_for=words("Courage"))
    answer = body_of(await bolt.async_dispatch(submission(Callback.FLASH, values)))
    assert list(answer["errors"]) == ["topic"]
    assert await facts.all(Request) == []
    values["topic"]["a"]["value"] = "Feedback"
    assert body_of(await bolt.async_dispatch(submission(Callback.FLASH, values))) == {}
    assert len(await facts.all(Request)) == 1


async def test_a_taster_as_mentee_asks(bolt: AsyncApp, facts: Facts) -> None:
    values = inputs(
        role=option("mentee"), topic=words("First lead"), hoped_for=words("What to expect")
    )
    await bolt.async_dispatch(submission(Callback.TASTER, values))
    (request,) = await facts.all(Request)
    assert (request.kind, request.is_taster) == (Kind.SPOT, True)


async def test_a_taster_as_mentor_offers_a_single_one(bolt: AsyncApp, facts: Facts) -> None:
    values = inputs(role=option("mentor"), topics=words("Twenty years of changes"))
    request = submission(Callback.TASTER, values, blocks=("role", "topics"))
    assert body_of(await bolt.async_dispatch(request)) == {}
    (enrolment,) = await facts.all(Enrolment)
    assert (enrolment.role, enrolment.taster_only) == (Role.MENTOR, True)


async def test_an_offer_is_kept(bolt: AsyncApp, facts: Facts) -> None:
    values = inputs(topics=words("Hiring"), capacity=option("3"))
    await bolt.async_dispatch(submission(Callback.OFFER, values, blocks=("topics", "capacity")))
    (enrolment,) = await facts.all(Enrolment)
    assert (enrolment.topics, enrolment.capacity, enrolment.taster_only) == ("Hiring", 3, False)


async def test_a_pause_until_a_day(bolt: AsyncApp, facts: Facts) -> None:
    values = inputs(until={"selected_date": "2026-12-01"})
    await bolt.async_dispatch(submission(Callback.PAUSE, values, blocks=("until",)))
    (person,) = await facts.all(Person)
    assert person.paused_until == datetime(2026, 12, 1, tzinfo=UTC)


async def test_a_pause_without_a_day_lasts_until_they_come_back(
    bolt: AsyncApp, facts: Facts
) -> None:
    values = inputs(until={"selected_date": None})
    await bolt.async_dispatch(submission(Callback.PAUSE, values, blocks=("until",)))
    (person,) = await facts.all(Person)
    assert person.paused_at is not None
    assert person.paused_until is None
    await bolt.async_dispatch(click(Action.RESUME))
    (person,) = await facts.all(Person)
    assert person.paused_at is None


async def test_a_day_that_has_gone_by_is_refused_at_the_field(bolt: AsyncApp) -> None:
    values = inputs(until={"selected_date": "2026-11-01"})
    request = submission(Callback.PAUSE, values, blocks=("until",))
    assert list(body_of(await bolt.async_dispatch(request))["errors"]) == ["until"]


async def test_a_time_typed_and_then_moved(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair)
    picked = int((MONDAY + timedelta(days=3)).timestamp())
    values = inputs(
        starts_at={"selected_date_time": picked},
        typed=words(""),
        length=option("30"),
        format=option("phone"),
        place=words("I call you"),
    )
    await bolt.async_dispatch(about(Callback.SET_TIME, session, values, "starts_at"))
    (kept,) = await facts.all(Session)
    assert kept.state is SessionState.SCHEDULED
    assert kept.starts_at == MONDAY + timedelta(days=3)
    assert kept.place == "I call you"


async def test_an_unreadable_time_is_told_at_the_field(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair)
    values = inputs(typed=words("when the moon is full"))
    answer = await bolt.async_dispatch(about(Callback.SET_TIME, session, values, "typed"))
    assert list(body_of(answer)["errors"]) == ["typed"]


@pytest.mark.parametrize(
    ("choice", "state"),
    [("another_time", SessionState.MATCHED), ("call_off", SessionState.CANCELLED)],
)
async def test_cancelling(
    bolt: AsyncApp,
    facts: Facts,
    pair: tuple[Person, Person],
    choice: str,
    state: SessionState,
) -> None:
    session = await facts.session(*pair, starts_at=MONDAY + timedelta(days=2))
    values = inputs(next=option(choice), why=words("A cold"))
    await bolt.async_dispatch(about(Callback.CANCEL_SESSION, session, values, "next"))
    (kept,) = await facts.all(Session)
    assert kept.state is state


async def test_an_agenda_is_kept(bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]) -> None:
    session = await facts.session(*pair, starts_at=MONDAY + timedelta(days=2))
    values = inputs(agenda_topics=words("One\nTwo"), outcome=words("Clarity"))
    await bolt.async_dispatch(about(Callback.AGENDA, session, values, "agenda_topics"))
    (agenda,) = await facts.all(Agenda)
    assert agenda.content["topics"] == ["One", "Two"]


async def test_next_steps_are_kept(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair, state=SessionState.HELD)
    values = inputs(
        step_1=words("Ask for feedback"),
        due_1={"selected_date": "2026-12-03"},
        owner_1=option("me"),
        step_2=words("Send the book"),
        due_2={"selected_date": None},
        owner_2=option("them"),
        step_3=words(""),
    )
    await bolt.async_dispatch(about(Callback.ACTIONS, session, values, "step_1"))
    first, second = await facts.all(ActionItem)
    assert (first.owner_id, first.due_on.isoformat()) == (pair[1].id, "2026-12-03")
    assert second.owner_id == pair[0].id


async def test_thanks_are_sent(bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]) -> None:
    session = await facts.session(*pair, state=SessionState.HELD)
    await bolt.async_dispatch(about(Callback.THANKS, session, inputs(thanks=words("Ta")), "thanks"))
    (thanks,) = await facts.all(ThankYou)
    assert (thanks.from_id, thanks.text) == (pair[1].id, "Ta")


async def test_a_stranger_to_the_session_is_refused(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair, state=SessionState.HELD)
    values = inputs(thanks=words("Ta"))
    request = submission(
        Callback.THANKS, values, blocks=("thanks",), user="UOTHER", session=session.id
    )
    assert "somebody else" in body_of(await bolt.async_dispatch(request))["errors"]["thanks"]
    assert await facts.all(ThankYou) == []
