"""The company's programme: made in its channel, joined, and with a plan that waits for a yes."""

from datetime import datetime

from bot.rehearsal import Rehearsal
from bot.sandbox.screen.person import Person

CHANNEL = "mentoring"
LEAD = "amara"
NAME = "Mentoring at Northwind"
WORDS = "One conversation a week with somebody you would not have met. It costs half an hour."
MENTORS: dict[str, tuple[str, ...]] = {
    "mira": ("Systems and architecture", "Software engineering"),
    "hiro": ("Software engineering", "Writing clearly"),
    "priya": ("Leading for the first time", "Delegating and trusting"),
    "freya": ("Design and research", "Giving and taking feedback"),
    "sunita": ("Data and analysis", "Machine learning"),
    "clara": ("Product management", "Strategy and priorities"),
}
MENTEES: dict[str, tuple[str, ...]] = {
    "jonas": ("Leading for the first time",),
    "kwame": ("Systems and architecture",),
    "ethan": ("Writing clearly", "Software engineering"),
    "noor": ("Design and research", "Product management"),
    "kai": ("Design and research",),
    "aisha": ("Machine learning", "Data and analysis"),
    "mateo": ("Data and analysis", "Product management"),
    "wei": ("Finance and budgets",),  # nobody offers it: somebody is left out, and told why
}


async def open_circle(rehearsal: Rehearsal, runs_on: datetime) -> None:
    """Make the programme, with its rounds on the weekday of `runs_on`, and have people join."""
    lead = _person(rehearsal, LEAD)
    await lead.types("/mentoring programme", CHANNEL)
    await lead.picks("How often I bring people together", "Every week")
    await rehearsal.settle()
    await lead.fills(
        {
            "Name": NAME,
            "What you say about it": WORDS,
            "Day of the week": f"{runs_on:%A}",
            "Time of day": "09:00",
            "Time zone": "Europe/London",
        },
        submit=True,
    )
    await rehearsal.settle()
    await lead.clicks("Post it")
    await rehearsal.settle()
    for handle, areas in MENTORS.items():
        await _join(rehearsal, handle, "Mentor: I help others", "What I can help with", areas)
    for handle, areas in MENTEES.items():
        label = "What I would like to talk about"
        await _join(rehearsal, handle, "Mentee: I would like help", label, areas)


async def _join(
    rehearsal: Rehearsal, handle: str, role: str, label: str, areas: tuple[str, ...]
) -> None:
    person = _person(rehearsal, handle)
    await person.clicks("Join")
    await person.fills({"I take part as": [role], label: list(areas)}, submit=True)
    await rehearsal.settle()


def _person(rehearsal: Rehearsal, handle: str) -> Person:
    return Person(rehearsal.workspace, handle, patience=20.0)
