"""What happened at the company before you came: people offered, asked, met and said thanks.

Everything is done through Slack's own front door, as in the tour; it takes some seconds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.demo.circle import open_circle
from bot.rehearsal import Rehearsal
from bot.sandbox.screen.person import Person

PATIENCE = 20.0  # real seconds; a busy machine may be slow


@dataclass(frozen=True, slots=True)
class Offering:
    """What one mentor offers."""

    handle: str
    topics: str
    areas: tuple[str, ...]
    capacity: int = 2


MENTORS = (
    Offering(
        "mira", "Databases, reviews, and staying calm on call", ("Systems and architecture",), 3
    ),
    Offering("priya", "From engineer to manager, and back again", ("Leading for the first time",)),
    Offering("clara", "From analyst to product lead", ("Product management",), 1),
    Offering("freya", "Portfolios, and design with engineers", ("Design and research",)),
    Offering("sunita", "First years in data", ("Data and analysis", "Machine learning")),
    Offering("marta", "Budgets without tears", ("Finance and budgets",), 1),
    Offering("grace", "Difficult customers, and the team behind them", ("Customer support",)),
    Offering(
        "hiro", "Writing designs that people read", ("Software engineering", "Writing clearly")
    ),
)


async def play(rehearsal: Rehearsal, today: datetime) -> None:
    """Live through the days before `today` (aware UTC, a moment in European working hours)."""
    clock = rehearsal.clock
    await open_circle(rehearsal, today)
    for offering in MENTORS:
        await _offer(rehearsal, offering)
    await _ask(
        rehearsal,
        "leo",
        topic="My first pipeline in production",
        hoped_for="What to watch on the first day",
        area="Machine learning",
    )
    leo, sunita = _person(rehearsal, "leo"), _person(rehearsal, "sunita")
    await sunita.clicks("I can help")
    await rehearsal.settle()
    await _set_time(sunita, _working_day(today, -1) - timedelta(hours=1), "video.example/sunita")
    await leo.says(
        "- Which numbers to watch\n- When to roll back\nOutcome: a short list for day one"
    )
    await rehearsal.move_to(_working_day(today, -1) + timedelta(hours=4))
    await leo.clicks("Yes")
    await rehearsal.settle()
    await leo.says("- Write the list down and show Sunita by Friday")

    await _ask(
        rehearsal,
        "sofia",
        topic="Our nightly job locks the orders table",
        hoped_for="A way to find out which query is to blame",
        area="Systems and architecture",
    )
    mira, sofia = _person(rehearsal, "mira"), _person(rehearsal, "sofia")
    await mira.clicks("I can help")
    await rehearsal.settle()
    await _set_time(mira, _working_day(today, 1) + timedelta(hours=4), "video.example/mira")
    await sofia.says("- How to see who holds a lock\n- What to do about it")
    await rehearsal.move_to(today)
    await _ask(
        rehearsal,
        "anya",
        topic="I am about to lead my first project",
        hoped_for="The three mistakes everybody makes",
        area="Leading for the first time",
    )
    await _person(rehearsal, "priya").clicks("I can help")
    await rehearsal.settle()
    await _taster(rehearsal, "oluwaseun")
    assert clock.now() >= today


async def _taster(rehearsal: Rehearsal, handle: str) -> None:
    person = _person(rehearsal, handle)
    await person.types("/mentoring taster")
    await person.fills(
        {
            "What would you like to talk about?": "Is product management for me?",
            "What do you hope to leave with?": "One honest day in the life",
            "Areas it touches": ["Product management"],
        },
        submit=True,
    )
    await rehearsal.settle()


async def _offer(rehearsal: Rehearsal, offering: Offering) -> None:
    mentor = _person(rehearsal, offering.handle)
    await mentor.types("/mentoring offer")
    await mentor.fills(
        {
            "What can you help with?": offering.topics,
            "Areas you know": list(offering.areas),
            "Sessions a month, at most": str(offering.capacity),
        },
        submit=True,
    )
    await rehearsal.settle()


async def _ask(rehearsal: Rehearsal, handle: str, *, topic: str, hoped_for: str, area: str) -> None:
    mentee = _person(rehearsal, handle)
    await mentee.types("/mentoring flash")
    await mentee.fills(
        {
            "What is it about?": topic,
            "What do you hope to leave with?": hoped_for,
            "Areas it touches": [area],
        },
        submit=True,
    )
    await rehearsal.settle()


def _working_day(moment: datetime, step: int) -> datetime:
    """The same hour of the next (1) or the last (-1) weekday."""
    moment += timedelta(days=step)
    while moment.weekday() > 4:
        moment += timedelta(days=step)
    return moment


async def _set_time(person: Person, moment: datetime, place: str) -> None:
    await person.clicks("Set a time")
    await person.fills({"Pick a time": moment, "Where": place}, submit=True)


def _person(rehearsal: Rehearsal, handle: str) -> Person:
    return Person(rehearsal.workspace, handle, PATIENCE)
