"""What somebody is sent when they ask for all that is held about them."""

import asyncio
import json
from typing import Any

import pytest

from bot.domain.job_kinds import JobKind
from bot.services.own_data import own_data
from bot.slack.templates import Templates
from bot.store.personal import table_of
from bot.store.personal_tables import PERSONAL
from bot.store.tables import Person
from tests.services.story import Story, breaks
from tests.support.everything import Everything, everything
from tests.support.facts import Facts


@pytest.fixture
async def it(facts: Facts) -> Everything:
    return await everything(facts)


async def sent(story: Story, person_id: int) -> dict[str, Any]:
    raw = await own_data.own_file(story.ctx, person_id=person_id, words=Templates())
    found: dict[str, Any] = json.loads(raw)
    return found


async def test_there_is_a_row_for_them_in_every_table(story: Story, it: Everything) -> None:
    found = await sent(story, it.ada.id)
    missing = [held.title for held in PERSONAL if held.title not in found]
    assert not missing, f"tests/support/everything.py has no row for Ada in: {missing}"


async def test_every_word_of_theirs_is_in_it(story: Story, it: Everything) -> None:
    said = json.dumps(await sent(story, it.ada.id), ensure_ascii=False)
    written = await all_words(story)
    theirs = {each for each in written if each.startswith("ada:")}
    hidden = {"ada: near"}  # of a plan; in the match it stands too
    assert theirs > hidden
    assert {each for each in theirs - hidden if each not in said} == set()
    assert {each for each in written if each.startswith("shown:") and each not in said} == set()


async def test_nothing_that_others_said_in_private_is_in_it(story: Story, it: Everything) -> None:
    said = json.dumps(await sent(story, it.ada.id), ensure_ascii=False)
    assert "private:" in " ".join(await all_words(story))
    assert [part for part in said.split('"') if part.startswith("private:")] == []
    assert "Chen’s" not in said  # of somebody else in the same list
    found = await sent(story, it.ada.id)
    assert [row["other"] for row in found["whom you would rather not be matched with"]] == [
        "Chen Wei"
    ]
    assert len(found["private feedback you gave"]) == 1
    assert len(found["what you answered about keeping in touch"]) == 1
    assert "stopped" not in said


async def test_the_others_are_sent_nothing_of_hers_that_is_private(
    story: Story, it: Everything
) -> None:
    bruno = json.dumps(await sent(story, it.bruno.id), ensure_ascii=False)
    for words in ("feedback", "wish", "a kind no", "gained", "draft", "note"):
        assert f"ada: {words}" not in bruno
    for words in ("thanks", "agenda", "agreed", "topic", "cancel reason"):
        assert f"ada: {words}" in bruno
    chen = json.dumps(await sent(story, it.chen.id), ensure_ascii=False)
    assert "ada:" not in chen.replace("ada: near", "")


async def test_it_is_written_for_people(story: Story, it: Everything) -> None:
    found = await sent(story, it.ada.id)
    me = found["you"]
    assert me["name"] == "Ada Adeyemi"
    assert me["languages"] == ["English", "German"]
    assert me["windows"] == ["Thursday 13:00–17:00"]
    assert me["opens"] == "09:00"
    (one, other) = found["sessions"]
    assert (one["mentor"], one["mentee"]) == ("Bruno Costa", "you")
    assert one["starts"] == "Monday 16 November 2026, 10:00 GMT"
    assert (other["mentor"], other["cancelled by"]) == ("you", "you")
    assert one["programme"] == "Open"
    assert found["agendas of your sessions"][0]["session"] == one["number"]
    assert found["times"] == "Every time in here is in Europe/London."
    assert found[own_data.LISTED][0]["says"] == {"department": "listed: Ada"}
    at = {"name": "Acme", "installed": "Monday 16 November 2026, 10:00 GMT"}
    assert found[own_data.INSTALLED] == [at]


async def test_it_is_sent_also_to_a_zone_that_is_not_known_here(
    story: Story, facts: Facts, it: Everything
) -> None:
    async with facts.db.work() as work:
        (await work.session.get_one(Person, it.ada.id)).zone = "Mars/Olympus"
        await work.commit()
    found = await sent(story, it.ada.id)
    assert found["sessions"][0]["starts"] == "Monday 16 November 2026, 10:00 UTC"
    assert found["times"] == "Every time in here is in UTC."


async def test_two_presses_give_one_file_and_asking_again_another(
    story: Story, it: Everything
) -> None:
    for _ in range(2):
        await asyncio.gather(
            *(own_data.ask_own_data(story.ctx, actor_id=it.ada.id) for _ in range(2))
        )
        (file,) = await story.waiting(JobKind.OWN_FILE, recipient_id=it.ada.id)
        await story.say(file)
    assert len(await story.jobs(JobKind.OWN_FILE, recipient_id=it.ada.id)) == 2


async def test_somebody_who_left_is_sent_nothing(story: Story, facts: Facts) -> None:
    gone = await facts.person("Gone", is_deleted=True)
    with breaks("deactivated"):
        await own_data.ask_own_data(story.ctx, actor_id=gone.id)


async def all_words(story: Story) -> set[str]:
    """Every text in every personal table, however deep."""
    found: set[str] = set()
    async with story.ctx.db.read() as session:
        for held in PERSONAL:
            for row in await session.execute(table_of(held.table).select()):
                found |= set(texts(list(row)))
    return found


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [each for part in value.values() for each in texts(part)]
    if isinstance(value, list):
        return [each for part in value for each in texts(part)]
    return []
