"""From a request of Slack's to the facts, through Bolt and every listener."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Outcome, Role
from bot.domain.states import ActionState, OfferState, RequestState, SessionState
from bot.handlers.desk import Desk
from bot.slack.ids import Action, Callback, Shortcut
from bot.store.tables import (
    ActionItem,
    Agenda,
    Answer,
    Enrolment,
    Job,
    Offer,
    Person,
    Request,
    Session,
    ThankYou,
    Tick,
)
from tests.support.clock import MONDAY
from tests.support.facts import Facts
from tests.unit.handlers.conftest import (
    TEAM,
    Line,
    body_of,
    click,
    command,
    happening,
    interaction,
    said,
    submission,
)


@pytest.fixture
def facts(desk: Desk) -> Facts:
    return Facts(desk.ctx.db)


@pytest.fixture
async def pair(facts: Facts) -> tuple[Person, Person]:
    """A mentor, and the mentee who is behind every request of this file."""
    mentor = await facts.mentor(slack_id="UMENTOR")
    return mentor, await facts.person(slack_id="UADA")


async def notes(facts: Facts) -> list[str | None]:
    return [job.note for job in await facts.all(Job) if job.kind is JobKind.PLAIN_ANSWER]


def option(value: str) -> dict[str, Any]:
    return {"selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": value}}


def words(text: str) -> dict[str, Any]:
    return {"value": text}


def inputs(**blocks: dict[str, Any]) -> dict[str, Any]:
    return {block: {"a": held} for block, held in blocks.items()}


# -- commands


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "What Lantern does"),
        ("help", "What Lantern does"),
        ("sessions", "What is open"),
        ("flsh", "I do not know"),
        ("<@U123|ada>", "I do not know"),
        ("withdraw", "no open request"),
        ("resume", "You are back"),
        ("pause off", "You are back"),
    ],
)
async def test_commands_answer(bolt: AsyncApp, text: str, says: str) -> None:
    answer = body_of(await bolt.async_dispatch(command(text)))
    assert says in answer["text"]
    assert answer["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    ("text", "callback"),
    [
        ("taster", Callback.TASTER),
        ("flash", Callback.FLASH),
        ("offer", Callback.OFFER),
        ("pause", Callback.PAUSE),
    ],
)
async def test_commands_open_modals(
    bolt: AsyncApp, line: Line, text: str, callback: Callback
) -> None:
    response = await bolt.async_dispatch(command(text))
    assert (response.status, body_of(response)) == (200, {})
    assert [view["callback_id"] for view in line.views] == [callback]


async def test_each_opening_has_a_token_of_its_own(bolt: AsyncApp, line: Line) -> None:
    await bolt.async_dispatch(command("flash"))
    await bolt.async_dispatch(command("flash"))
    first, second = (view["private_metadata"] for view in line.views)
    assert first != second


async def test_the_only_request_is_withdrawn_at_once(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    await facts.request(pair[1], topic="Feedback")
    answer = body_of(await bolt.async_dispatch(command("withdraw")))
    (request,) = await facts.all(Request)
    assert request.state is RequestState.WITHDRAWN
    assert "Feedback" in answer["text"]


async def test_several_requests_are_asked_about(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    await facts.request(pair[1], topic="Feedback")
    await facts.request(pair[1], topic="Hiring")
    answer = body_of(await bolt.async_dispatch(command("withdraw")))
    assert str(answer["blocks"]).count(Action.WITHDRAW) == 2


async def test_a_command_nobody_knows_is_answered(bolt: AsyncApp) -> None:
    answer = body_of(await bolt.async_dispatch(command(command="/elsewhere")))
    assert "I do not know" in answer["text"]


# -- submissions


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
    await bolt.async_dispatch(_about(Callback.SET_TIME, session, values, "starts_at"))
    (kept,) = await facts.all(Session)
    assert kept.state is SessionState.SCHEDULED
    assert kept.starts_at == MONDAY + timedelta(days=3)
    assert kept.place == "I call you"


async def test_an_unreadable_time_is_told_at_the_field(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair)
    values = inputs(typed=words("when the moon is full"))
    answer = await bolt.async_dispatch(_about(Callback.SET_TIME, session, values, "typed"))
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
    await bolt.async_dispatch(_about(Callback.CANCEL_SESSION, session, values, "next"))
    (kept,) = await facts.all(Session)
    assert kept.state is state


async def test_an_agenda_is_kept(bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]) -> None:
    session = await facts.session(*pair, starts_at=MONDAY + timedelta(days=2))
    values = inputs(agenda_topics=words("One\nTwo"), outcome=words("Clarity"))
    await bolt.async_dispatch(_about(Callback.AGENDA, session, values, "agenda_topics"))
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
    await bolt.async_dispatch(_about(Callback.ACTIONS, session, values, "step_1"))
    first, second = await facts.all(ActionItem)
    assert (first.owner_id, first.due_on.isoformat()) == (pair[1].id, "2026-12-03")
    assert second.owner_id == pair[0].id


async def test_thanks_are_sent(bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]) -> None:
    session = await facts.session(*pair, state=SessionState.HELD)
    await bolt.async_dispatch(
        _about(Callback.THANKS, session, inputs(thanks=words("Ta")), "thanks")
    )
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


# -- clicks


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.ACCEPT_OFFER, OfferState.ACCEPTED),
        (Action.DECLINE_OFFER, OfferState.DECLINED),
    ],
)
async def test_an_offer_is_answered(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person], action: Action, state: OfferState
) -> None:
    offer = await facts.offer(await facts.request(pair[1]), pair[0])
    await bolt.async_dispatch(click(action, str(offer.id), user="UMENTOR"))
    (kept,) = await facts.all(Offer)
    assert kept.state is state


async def test_a_second_click_is_told(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    offer = await facts.offer(await facts.request(pair[1]), pair[0])
    for _ in range(2):
        await bolt.async_dispatch(click(Action.ACCEPT_OFFER, str(offer.id), user="UMENTOR"))
    assert len(await facts.all(Session)) == 1
    assert await notes(facts) == ["offer_over"]


async def test_somebody_elses_button_is_refused(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    offer = await facts.offer(await facts.request(pair[1]), pair[0])
    await bolt.async_dispatch(click(Action.ACCEPT_OFFER, str(offer.id), user="UADA"))
    assert await facts.all(Session) == []
    assert await notes(facts) == ["not_yours"]


async def test_withdrawing_by_a_button(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    request = await facts.request(pair[1])
    await bolt.async_dispatch(click(Action.WITHDRAW, str(request.id)))
    (kept,) = await facts.all(Request)
    assert kept.state is RequestState.WITHDRAWN


async def test_ticks_are_remembered_and_taken_back(
    bolt: AsyncApp, desk: Desk, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair)
    keys = [item.key for item in desk.ctx.library.guide(Kind.FLASH, Role.MENTEE).before][:2]
    block = f"tick:{session.id}"
    for ticked in (keys, keys[:1], []):
        chosen = [option(key)["selected_option"] for key in ticked]
        action = {"type": "checkboxes", "block_id": block, "selected_options": chosen}
        state = {"values": {block: {Action.TICK.value: {"selected_options": chosen}}}}
        await bolt.async_dispatch(click(Action.TICK, element=action, state=state))
        assert sorted(tick.item for tick in await facts.all(Tick)) == sorted(ticked)


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        (Action.OUTCOME_YES, Outcome.YES),
        (Action.OUTCOME_NO, Outcome.NO),
        (Action.OUTCOME_NOT_YET, Outcome.NOT_YET),
    ],
)
async def test_did_it_happen(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person], action: Action, outcome: Outcome
) -> None:
    session = await facts.session(*pair, starts_at=MONDAY - timedelta(hours=2))
    await bolt.async_dispatch(click(action, f"{session.id}:{session.plan}"))
    (answer,) = await facts.all(Answer)
    assert (answer.outcome, answer.person_id) == (outcome, pair[1].id)


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.ACTION_DONE, ActionState.DONE),
        (Action.ACTION_OPEN, ActionState.OPEN),
        (Action.ACTION_DROPPED, ActionState.DROPPED),
    ],
)
async def test_what_became_of_a_next_step(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person], action: Action, state: ActionState
) -> None:
    session = await facts.session(*pair, state=SessionState.HELD)
    step = await facts.action(session, pair[1])
    await bolt.async_dispatch(click(action, str(step.id)))
    (kept,) = await facts.all(ActionItem)
    assert kept.state is state


async def test_a_nudge_is_put_off(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    session = await facts.session(*pair, starts_at=MONDAY + timedelta(days=4))
    nudge = await facts.job(JobKind.CHECKLIST_NUDGE, recipient=pair[1], session_id=session.id)
    action = {"type": "static_select", "value": None, **option(f"{nudge.id}:tomorrow")}
    await bolt.async_dispatch(click(Action.SNOOZE, element=action))
    kept = await facts.one(Job, nudge.id)
    assert kept.snoozed_until is not None


@pytest.mark.parametrize(
    ("action", "callback", "state"),
    [
        (Action.SET_TIME, Callback.SET_TIME, SessionState.MATCHED),
        (Action.CANCEL_SESSION, Callback.CANCEL_SESSION, SessionState.MATCHED),
        (Action.WRITE_AGENDA, Callback.AGENDA, SessionState.MATCHED),
        (Action.ADD_ACTION, Callback.ACTIONS, SessionState.HELD),
        (Action.SAY_THANKS, Callback.THANKS, SessionState.HELD),
    ],
)
async def test_buttons_open_the_modals_of_a_session(
    bolt: AsyncApp,
    facts: Facts,
    line: Line,
    pair: tuple[Person, Person],
    action: Action,
    callback: Callback,
    state: SessionState,
) -> None:
    session = await facts.session(*pair, state=state)
    await bolt.async_dispatch(click(action, str(session.id)))
    (view,) = line.views
    assert view["callback_id"] == callback
    assert f'"session": {session.id}' in view["private_metadata"]


@pytest.mark.parametrize(
    "action", [Action.OPEN_TASTER, Action.OPEN_FLASH, Action.OPEN_OFFER, Action.PAUSE]
)
async def test_buttons_open_what_commands_open(bolt: AsyncApp, line: Line, action: Action) -> None:
    await bolt.async_dispatch(click(action, "open"))
    assert len(line.views) == 1


async def test_a_role_chosen_redraws_the_taster(
    bolt: AsyncApp, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, Any]] = []

    async def update(self: Line, view_id: str, hash: str | None, view: dict[str, Any]) -> None:
        drawn.append(view)

    monkeypatch.setattr(Line, "update_view", update, raising=False)
    await bolt.async_dispatch(command("taster"))
    chosen = option("mentor")
    view = line.views[0] | {
        "id": "V1",
        "type": "modal",
        "state": {"values": {"role": {Action.TASTER_ROLE.value: chosen}}},
    }
    await bolt.async_dispatch(click(Action.TASTER_ROLE, view=view, element=chosen))
    (redrawn,) = drawn
    assert _token(redrawn) == _token(line.views[0])
    assert "topics" in [block.get("block_id") for block in redrawn["blocks"]]


async def test_a_button_nobody_knows_any_more_gets_a_sentence(bolt: AsyncApp, facts: Facts) -> None:
    response = await bolt.async_dispatch(click("lantern:of_long_ago"))
    assert response.status == 200
    assert await notes(facts) == ["button_gone"]


async def test_the_shortcut_opens_the_taster(bolt: AsyncApp, line: Line) -> None:
    response = await bolt.async_dispatch(_shortcut(Shortcut.ASK))
    assert response.status == 200
    assert [view["callback_id"] for view in line.views] == [Callback.TASTER]


# -- words and events


async def test_words_without_a_matter_are_answered(bolt: AsyncApp, facts: Facts) -> None:
    response = await bolt.async_dispatch(happening(said("Hello")))
    assert response.status == 200
    assert len(await notes(facts)) == 1
    (person,) = await facts.all(Person)
    assert person.dm_channel == "D1"


async def test_the_same_event_twice_is_dealt_with_once(bolt: AsyncApp, facts: Facts) -> None:
    for retry in range(2):
        response = await bolt.async_dispatch(happening(said("Hello"), "Ev7", retry))
        assert response.status == 200
    assert len(await notes(facts)) == 1


@pytest.mark.parametrize("action", [Action.SET_TIME, Action.CANCEL_SESSION])
async def test_no_form_opens_that_would_be_refused(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person], line: Line, action: Action
) -> None:
    session = await facts.session(*pair, state=SessionState.HELD)
    response = await bolt.async_dispatch(click(action, str(session.id)))
    assert response.status == 200
    assert await notes(facts) == ["session_held"]
    assert not line.views


async def test_words_that_are_refused_are_refused_once(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    await facts.session(*pair, starts_at=MONDAY + timedelta(days=3))
    for retry in range(2):
        response = await bolt.async_dispatch(happening(said("x" * 3001), "Ev8", retry))
        assert response.status == 200
    assert len(await notes(facts)) == 1


async def test_an_agenda_in_words(
    bolt: AsyncApp, facts: Facts, pair: tuple[Person, Person]
) -> None:
    await facts.session(*pair, starts_at=MONDAY + timedelta(days=3))
    text = "1. R&amp;D &lt;budget&gt;\n2. <@U9|bruno>"
    await bolt.async_dispatch(happening(said(text)))
    (agenda,) = await facts.all(Agenda)
    assert agenda.content["topics"] == ["R&D <budget>", "@bruno"]


@pytest.mark.parametrize(
    ("message", "key"),
    [
        (said("", subtype="file_share", files=[{"id": "F1"}]), "file_not_read"),
        (
            {
                "type": "message",
                "subtype": "message_changed",
                "channel_type": "im",
                "channel": "D1",
                "message": {"user": "UADA", "text": "new", "edited": {"ts": "1"}},
                "previous_message": {"user": "UADA", "text": "old"},
            },
            "edit_not_read",
        ),
    ],
)
async def test_files_and_edits_are_answered(
    bolt: AsyncApp, facts: Facts, message: dict[str, Any], key: str
) -> None:
    response = await bolt.async_dispatch(happening(message))
    assert response.status == 200
    assert await notes(facts) == [key]


async def test_a_file_with_words_is_both(bolt: AsyncApp, facts: Facts) -> None:
    message = said("My notes", subtype="file_share", files=[{"id": "F1"}])
    for _ in range(2):
        await bolt.async_dispatch(happening(message))
    assert "file_not_read" in await notes(facts)
    assert len(await notes(facts)) == 2


@pytest.mark.parametrize(
    "message",
    [
        said("Mine", user="U0BOT"),
        said("A bot's", bot_id="B1"),
        said("Gone", subtype="message_deleted"),
        {
            "type": "message",
            "subtype": "message_changed",
            "channel_type": "im",
            "message": {"user": "U0BOT", "text": "new", "edited": {"ts": "1"}},
            "previous_message": {"user": "U0BOT", "text": "old"},
        },
    ],
)
async def test_noise_is_acknowledged_and_nobody_is_looked_up(
    bolt: AsyncApp, facts: Facts, line: Line, message: dict[str, Any]
) -> None:
    response = await bolt.async_dispatch(happening(message))
    assert response.status == 200
    assert line.asked == []
    assert await facts.all(Person) == []


async def test_home_is_drawn_when_opened(bolt: AsyncApp, desk: Desk, line: Line) -> None:
    for tab in ("home", "messages"):
        event = {"type": "app_home_opened", "user": "UADA", "tab": tab}
        assert (await bolt.async_dispatch(happening(event))).status == 200
    await desk.flight.idle()
    assert line.homes == ["UADA"]


async def test_home_is_drawn_anew_after_a_click_on_it(
    bolt: AsyncApp, desk: Desk, facts: Facts, line: Line, pair: tuple[Person, Person]
) -> None:
    request = await facts.request(pair[1])
    home = {"type": "home", "id": "V9", "private_metadata": ""}
    await bolt.async_dispatch(click(Action.WITHDRAW, str(request.id), view=home))
    await desk.flight.idle()
    assert line.homes == ["UADA"]


async def test_a_modal_opened_from_home_redraws_it(bolt: AsyncApp, desk: Desk, line: Line) -> None:
    home = {"type": "home", "id": "V9", "private_metadata": ""}
    await bolt.async_dispatch(click(Action.OPEN_FLASH, "flash", view=home))
    assert '"home": true' in line.views[0]["private_metadata"]
    values = inputs(topic=words("Feedback"), hoped_for=words("Courage"))
    line.homes.clear()
    await bolt.async_dispatch(submission(Callback.FLASH, values, home=True))
    await desk.flight.idle()
    assert "UADA" in line.homes


async def test_people_are_known_as_slack_tells(bolt: AsyncApp, facts: Facts) -> None:
    await facts.person("Ada before", slack_id="UADA")
    user = {
        "id": "UADA",
        "team_id": TEAM,
        "tz": "Asia/Tokyo",
        "profile": {"display_name": "Ada", "title": "Lead"},
    }
    response = await bolt.async_dispatch(happening({"type": "user_change", "user": user}))
    assert response.status == 200
    (person,) = await facts.all(Person)
    assert (person.name, person.zone, person.title) == ("Ada", "Asia/Tokyo", "Lead")


async def test_nobody_who_does_not_use_lantern_is_kept(bolt: AsyncApp, facts: Facts) -> None:
    more: dict[str, Any]
    for more in ({}, {"is_bot": True}, {"is_stranger": True}, {"team_id": "T9"}):
        user = {"id": "UOTHER", "team_id": TEAM, "profile": {}, **more}
        response = await bolt.async_dispatch(happening({"type": "user_change", "user": user}))
        assert response.status == 200
    assert await facts.all(Person) == []


@pytest.mark.parametrize(
    "what",
    [
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}},
        {"type": "of_next_year", "user": "UADA"},
    ],
)
async def test_every_event_is_acknowledged(bolt: AsyncApp, what: dict[str, Any]) -> None:
    assert (await bolt.async_dispatch(happening(what))).status == 200


def _about(
    callback: Callback, session: Session, values: dict[str, Any], *blocks: str
) -> AsyncBoltRequest:
    return submission(callback, values, blocks=blocks, session=session.id)


def _token(view: dict[str, Any]) -> str:
    return str(json.loads(view["private_metadata"])["token"])


def _shortcut(callback: Shortcut) -> AsyncBoltRequest:
    return interaction(
        {
            "type": "shortcut",
            "callback_id": callback,
            "trigger_id": "1.2.c",
            "user": {"id": "UADA", "team_id": TEAM},
            "team": {"id": TEAM},
        }
    )
