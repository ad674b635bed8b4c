"""Joining a programme, changing what one said, and leaving."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.slack.ids import Action, Callback
from bot.store.tables import Apart, Enrolment, Job, Person, Programme
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line, notes
from tests.unit.handlers.inbound import (
    body_of,
    click,
    command,
    inputs,
    option,
    options,
    people,
    sent,
    words,
)
from tests.unit.handlers.programme_facts import enrolled, lead, programme, programme_of

__all__ = ["lead", "programme"]

HERE = {"channel_id": "C1", "channel_name": "circle"}
ELSEWHERE = {"channel_id": "D1", "channel_name": "directmessage"}


def filled(**more: dict[str, Any]) -> dict[str, Any]:
    given = {
        "roles": options("mentor", "mentee"),
        "areas": options(),
        "topics": words("Twenty years of changes"),
        "sought": options(),
        "hoped_for": words("Courage"),
        "capacity": option("3"),
        "formats": options("video"),
        "windows": options("mon_am"),
        "seniority": option("4"),
        "department": words("Legal"),
        "manager": {"selected_user": "UBOSS"},
        "languages": options("en", "de"),
        "location": words("Leeds"),
        "country": option("GB"),
        "apart": people("UZOE"),
    }
    return inputs(**given | more)


async def opened(bolt: AsyncApp, line: Line, programme: Programme) -> dict[str, Any]:
    await bolt.async_dispatch(click(Action.JOIN, str(programme.id)))
    (view,) = line.views
    return view


async def test_the_button_opens_the_profile_and_it_is_kept(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme
) -> None:
    view = await opened(bolt, line, programme)
    assert view["callback_id"] == Callback.ENROL
    assert body_of(await bolt.async_dispatch(sent(view, filled()))) == {}
    rows = {row.role: row for row in await facts.all(Enrolment)}
    assert (rows[Role.MENTOR].topics, rows[Role.MENTOR].capacity) == ("Twenty years of changes", 3)
    assert rows[Role.MENTEE].topics == "Courage"
    known = {person.slack_id: person for person in await facts.all(Person)}
    ada = known["UADA"]
    assert (ada.seniority, ada.department, ada.country) == (4, "Legal", "GB")
    assert (ada.manager_id, ada.languages) == (known["UBOSS"].id, ["en", "de"])
    (apart,) = await facts.all(Apart)
    assert (apart.person_id, apart.other_id) == (ada.id, known["UZOE"].id)


async def test_a_profile_sent_twice_counts_once(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme
) -> None:
    view = await opened(bolt, line, programme)
    for _ in range(2):
        assert body_of(await bolt.async_dispatch(sent(view, filled()))) == {}
    assert len(await facts.all(Enrolment)) == 2
    kinds = [job.kind for job in await facts.all(Job)]
    assert kinds.count(JobKind.ENROLMENT_CARD) == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"roles": options()}, "roles"),
        ({"manager": {"selected_user": "UADA"}}, "manager"),
        ({"manager": {"selected_user": "UBOT"}}, "manager"),
        ({"apart": people("UADA")}, "apart"),
        ({"apart": people(*(f"U{n}" for n in range(11)))}, "apart"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(
    bolt: AsyncApp,
    line: Line,
    facts: Facts,
    programme: Programme,
    wrong: dict[str, Any],
    field: str,
) -> None:
    line.people["UBOT"] = {"is_bot": True}
    view = await opened(bolt, line, programme)
    answer = body_of(await bolt.async_dispatch(sent(view, filled(**wrong))))
    assert list(answer["errors"]) == [field]
    assert await facts.all(Enrolment) == []


@pytest.mark.parametrize("where", [HERE, ELSEWHERE])
async def test_join_opens_the_profile(
    bolt: AsyncApp,
    line: Line,
    facts: Facts,
    lead: Person,
    programme: Programme,
    where: dict[str, str],
) -> None:
    await enrolled(facts, programme, lead, role=Role.MENTEE)
    await bolt.async_dispatch(command("join", **where))
    (view,) = line.views
    assert f'"programme": {programme.id}' in view["private_metadata"]


@pytest.mark.parametrize("word", ["join", "leave"])
async def test_away_from_all_programmes_it_is_said_where_to_go(
    bolt: AsyncApp, line: Line, programme: Programme, word: str
) -> None:
    answer = body_of(await bolt.async_dispatch(command(word, **ELSEWHERE)))
    assert "channel" in answer["text"]
    assert line.views == []


async def test_of_several_it_is_asked_which(
    bolt: AsyncApp, facts: Facts, lead: Person, programme: Programme
) -> None:
    other = await programme_of(facts, channel="C2", name="Ring")
    for each in (programme, other):
        await enrolled(facts, each, lead, role=Role.MENTEE)
    answer = body_of(await bolt.async_dispatch(command("leave", **ELSEWHERE)))
    assert str(answer["blocks"]).count(f"'{Action.LEAVE}'") == 2
    assert all(row.ended_at is None for row in await facts.all(Enrolment))


@pytest.mark.parametrize("where", [HERE, ELSEWHERE])
async def test_leaving_by_the_command_is_answered_by_its_card(
    bolt: AsyncApp, facts: Facts, lead: Person, programme: Programme, where: dict[str, str]
) -> None:
    await enrolled(facts, programme, lead, role=Role.MENTEE)
    assert body_of(await bolt.async_dispatch(command("leave", **where))) == {}
    (row,) = await facts.all(Enrolment)
    assert row.ended_at is not None
    assert [job.kind for job in await facts.all(Job)] == [JobKind.ENROLMENT_CARD]


async def test_leaving_by_the_form_or_the_button(
    bolt: AsyncApp, line: Line, facts: Facts, lead: Person, programme: Programme
) -> None:
    await enrolled(facts, programme, lead, role=Role.MENTEE)
    view = await opened(bolt, line, programme)
    await bolt.async_dispatch(sent(view, filled(leave=options("leave"))))
    (row,) = await facts.all(Enrolment)
    assert row.ended_at is not None
    await bolt.async_dispatch(click(Action.LEAVE, str(programme.id)))
    assert await notes(facts) == ["not_enrolled"]
