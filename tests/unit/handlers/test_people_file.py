"""A programme's people as a file: in, looked at, taken over or thrown away, and out."""

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.slack.ids import Action, Callback
from bot.store.tables import Job, PeopleImport, Person, Programme
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line, notes
from tests.unit.handlers.inbound import body_of, click, clicked_in, command, inputs, sent
from tests.unit.handlers.programme_facts import lead, programme

__all__ = ["lead", "programme"]


async def kinds(facts: Facts) -> list[JobKind]:
    return [job.kind for job in await facts.all(Job)]


@pytest.mark.parametrize("by", ["command", "button"])
async def test_a_file_is_sent_in(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme, by: str
) -> None:
    asked = click(Action.OPEN_PEOPLE, str(programme.id))
    await bolt.async_dispatch(command("people") if by == "command" else asked)
    (view,) = line.views
    assert view["callback_id"] == Callback.PEOPLE
    file = inputs(file={"type": "file_input", "files": [{"id": "F1", "name": "people.csv"}]})
    for _ in range(2):
        assert body_of(await bolt.async_dispatch(sent(view, file))) == {}
    (batch,) = await facts.all(PeopleImport)
    assert (batch.programme_id, batch.file) == (programme.id, "F1")
    assert JobKind.IMPORT_READ in await kinds(facts)


async def test_a_form_without_a_file_stays_open(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme
) -> None:
    await bolt.async_dispatch(command("people"))
    answer = body_of(await bolt.async_dispatch(sent(line.views[0], inputs(file={"files": []}))))
    assert list(answer["errors"]) == ["file"]
    assert await facts.all(PeopleImport) == []


async def test_the_list_is_sent_out(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme
) -> None:
    await bolt.async_dispatch(command("people"))
    await bolt.async_dispatch(clicked_in(line.views[0], Action.SEND_PEOPLE, str(programme.id)))
    assert await kinds(facts) == [JobKind.PEOPLE_FILE]


@pytest.mark.parametrize(
    ("action", "state"), [(Action.TAKE_IMPORT, "taken"), (Action.DISCARD_IMPORT, "discarded")]
)
async def test_a_list_is_settled_once_and_by_a_lead(
    bolt: AsyncApp, facts: Facts, lead: Person, programme: Programme, action: Action, state: str
) -> None:
    await facts.person("Zoe", slack_id="UZOE")
    batch = await facts.add(
        PeopleImport(
            programme_id=programme.id,
            by_id=lead.id,
            file="F1",
            rows=[],
            problems=[],
            made_at=facts.now,
            read_at=facts.now,
        )
    )
    await bolt.async_dispatch(click(action, str(batch.id), user="UZOE"))
    assert await notes(facts) == ["not_a_lead"]
    for _ in range(2):
        await bolt.async_dispatch(click(action, str(batch.id)))
    kept = await facts.one(PeopleImport, batch.id)
    settled = kept.taken_at if action is Action.TAKE_IMPORT else kept.discarded_at
    assert settled is not None
    assert await notes(facts) == ["not_a_lead", f"import_over:{state}"]


@pytest.mark.parametrize("action", [Action.OPEN_PEOPLE, Action.SEND_PEOPLE])
async def test_only_leads_see_who_is_in_it(
    bolt: AsyncApp, line: Line, facts: Facts, programme: Programme, action: Action
) -> None:
    await facts.person("Zoe", slack_id="UZOE")
    await bolt.async_dispatch(click(action, str(programme.id), user="UZOE"))
    assert await notes(facts) == ["not_a_lead"]
    assert line.views == []
