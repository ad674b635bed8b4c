"""The notice of a round, and what leads do with a round before it has a plan."""

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.states import RoundState
from bot.slack.ids import Action
from bot.store.tables import Job, Person, Programme, Round, RoundReply
from tests.support.facts import Facts
from tests.unit.handlers.conftest import notes
from tests.unit.handlers.inbound import body_of, click, command
from tests.unit.handlers.programme_facts import (
    enrolled,
    lead,
    programme,
    programme_of,
    round_of,
)

__all__ = ["lead", "programme"]

HERE = {"channel_id": "C1", "channel_name": "circle"}


@pytest.mark.parametrize(
    ("action", "is_in"), [(Action.SKIP_ROUND, False), (Action.TAKE_PART, True)]
)
async def test_the_notice_is_answered(
    bolt: AsyncApp,
    facts: Facts,
    lead: Person,
    programme: Programme,
    action: Action,
    is_in: bool,
) -> None:
    await enrolled(facts, programme, lead, role=Role.MENTEE)
    row = await round_of(facts, programme)
    await bolt.async_dispatch(click(action, str(row.id)))
    (reply,) = await facts.all(RoundReply)
    assert (reply.person_id, reply.is_in) == (lead.id, is_in)


async def test_round_says_how_things_stand(bolt: AsyncApp, programme: Programme) -> None:
    answer = body_of(await bolt.async_dispatch(command("round", **HERE)))
    assert "Circle" in str(answer["blocks"])
    assert Action.RUN_NOW in str(answer["blocks"])


@pytest.mark.parametrize("word", ["round", "queue", "report"])
async def test_only_leads_may(
    bolt: AsyncApp, facts: Facts, programme: Programme, word: str
) -> None:
    await facts.person("Zoe", slack_id="UZOE")
    answer = body_of(await bolt.async_dispatch(command(word, user="UZOE", **HERE)))
    assert "Ada" in answer["text"]
    assert await facts.all(Job) == []


@pytest.mark.parametrize("word", ["round", "queue", "report"])
async def test_elsewhere_it_is_about_the_one_they_lead(
    bolt: AsyncApp, facts: Facts, lead: Person, programme: Programme, word: str
) -> None:
    assert (await bolt.async_dispatch(command(word))).status == 200
    await programme_of(facts, lead, channel="C2", name="Ring")
    answer = body_of(await bolt.async_dispatch(command(word)))
    assert "Ring" in str(answer["blocks"])
    assert "Circle" in str(answer["blocks"])


@pytest.mark.parametrize("word", ["round", "queue", "report"])
async def test_whoever_leads_nothing_is_told(bolt: AsyncApp, word: str) -> None:
    answer = body_of(await bolt.async_dispatch(command(word)))
    assert answer["response_type"] == "ephemeral"
    assert "lead" in answer["text"]


@pytest.mark.parametrize(("typed", "at_once"), [("round start", False), ("round now", True)])
async def test_a_round_out_of_turn_by_the_command(
    bolt: AsyncApp,
    facts: Facts,
    lead: Person,
    programme: Programme,
    typed: str,
    at_once: bool,
) -> None:
    people = [lead, await facts.person("Ben", slack_id="UBEN")]
    await enrolled(facts, programme, *people, role=Role.MENTEE)
    assert body_of(await bolt.async_dispatch(command(typed, **HERE))) == {}
    (row,) = await facts.all(Round)
    assert (row.runs_at <= facts.now) == at_once


@pytest.mark.parametrize("typed", ["round nowhere", "round what do you know", "round restart"])
async def test_a_word_within_a_word_starts_no_round(
    bolt: AsyncApp, facts: Facts, lead: Person, programme: Programme, typed: str
) -> None:
    people = [lead, await facts.person("Ben", slack_id="UBEN")]
    await enrolled(facts, programme, *people, role=Role.MENTEE)
    assert "Circle" in str(body_of(await bolt.async_dispatch(command(typed, **HERE)))["blocks"])
    assert await facts.all(Round) == []


@pytest.mark.parametrize(("how", "at_once"), [("announce", False), ("now", True)])
async def test_a_round_out_of_turn_by_a_button(
    bolt: AsyncApp,
    facts: Facts,
    lead: Person,
    programme: Programme,
    how: str,
    at_once: bool,
) -> None:
    people = [lead, await facts.person("Ben", slack_id="UBEN")]
    await enrolled(facts, programme, *people, role=Role.MENTEE)
    await bolt.async_dispatch(click(Action.RUN_NOW, f"{programme.id}:{how}"))
    (row,) = await facts.all(Round)
    assert (row.runs_at <= facts.now) == at_once
    await bolt.async_dispatch(click(Action.RUN_NOW, f"{programme.id}:announce"))
    assert await notes(facts) == ["round_under_way"]


async def test_a_round_is_called_off(bolt: AsyncApp, facts: Facts, programme: Programme) -> None:
    row = await round_of(facts, programme)
    await bolt.async_dispatch(click(Action.CANCEL_ROUND, str(row.id), user="UZOE"))
    assert await notes(facts) == ["not_a_lead"]
    await bolt.async_dispatch(click(Action.CANCEL_ROUND, str(row.id)))
    (kept,) = await facts.all(Round)
    assert kept.state is RoundState.CANCELLED


async def test_a_report_looks_back_as_far_as_was_typed(
    bolt: AsyncApp, facts: Facts, programme: Programme
) -> None:
    assert body_of(await bolt.async_dispatch(command("report 30", **HERE))) == {}
    await bolt.async_dispatch(click(Action.OPEN_REPORT, str(programme.id)))
    await bolt.async_dispatch(click(Action.POST_REPORT, f"{programme.id}:60"))
    cards = [job for job in await facts.all(Job) if job.kind is JobKind.REPORT_CARD]
    assert [(card.note, card.recipient_id is None) for card in cards] == [
        ("30", False),
        ("90", False),
        ("60:channel", True),
    ]


async def test_a_report_of_forever_is_refused(bolt: AsyncApp, programme: Programme) -> None:
    answer = body_of(await bolt.async_dispatch(command("report 99999", **HERE)))
    assert "730" in answer["text"]
