"""What is said to Lantern in its DM."""

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.store.tables import Agenda, Person
from tests.support.clock import MONDAY
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line, notes
from tests.unit.handlers.inbound import happening, said


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
