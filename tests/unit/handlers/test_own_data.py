"""One's own data, at the door: the command, the button, the question and the yes."""

from slack_bolt.app.async_app import AsyncApp

from bot.domain.job_kinds import JobKind
from bot.handlers.desk import Desk
from bot.slack.ids import Action, Callback
from bot.store.tables import Job, Person
from tests.support.facts import Facts
from tests.unit.handlers.conftest import Line
from tests.unit.handlers.inbound import body_of, click, command, inputs, submission


async def test_the_command_says_where_the_file_arrives(bolt: AsyncApp, facts: Facts) -> None:
    answer = body_of(await bolt.async_dispatch(command("export")))
    assert "direct message" in str(answer["blocks"])
    assert [job.kind for job in await facts.all(Job)] == [JobKind.OWN_FILE]


async def test_the_button_is_enough(bolt: AsyncApp, facts: Facts) -> None:
    await bolt.async_dispatch(click(Action.EXPORT, "mine"))
    assert [job.kind for job in await facts.all(Job)] == [JobKind.OWN_FILE]


async def test_nothing_goes_before_the_yes(bolt: AsyncApp, line: Line, facts: Facts) -> None:
    await bolt.async_dispatch(command("forget"))
    await bolt.async_dispatch(click(Action.OPEN_FORGET, "mine"))
    assert [view["callback_id"] for view in line.views] == [Callback.FORGET] * 2
    assert "What stays" in str(line.views[0]["blocks"])
    (person,) = await facts.all(Person)
    assert person.forgotten_at is None


async def test_the_yes_is_answered_in_the_form_and_on_home(
    bolt: AsyncApp, line: Line, desk: Desk, facts: Facts
) -> None:
    await bolt.async_dispatch(command("help"))
    answer = body_of(await bolt.async_dispatch(submission(Callback.FORGET, inputs())))
    assert answer["response_action"] == "update"
    assert "I have forgotten you" in str(answer["view"]["blocks"])
    assert "submit" not in answer["view"]
    await desk.flight.idle()
    (person,) = await facts.all(Person)
    assert (person.name, person.forgotten_at is None) == ("", False)
    assert "as for the first time" in str(line.drawn[-1]["blocks"])
