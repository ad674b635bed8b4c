"""Who works there: people in many zones, drawn from the seed, and the leads of their programmes."""

from random import Random

from bot.sandbox.conversations import ChannelSpec
from bot.sandbox.people import PersonSpec

ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "Europe/Lisbon",
    "America/New_York",
    "America/Sao_Paulo",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Australia/Lord_Howe",  # its clocks change by half an hour
    "Pacific/Auckland",
    "Africa/Cairo",
)
IN_A_PROGRAMME = 50
DEPARTMENTS = ("Design", "Engineering", "Finance", "People", "Sales")


def staff(people: int, chance: Random) -> list[PersonSpec]:
    """That many people, the leads first."""
    found = []
    for number in range(people):
        lead = number < programmes(people)
        found.append(
            PersonSpec(
                f"lead{number}" if lead else f"p{number}",
                f"Lead {number}" if lead else f"Person {number}",
                tz=chance.choice(ZONES[:3] if lead else ZONES),
                department=chance.choice(DEPARTMENTS),
            )
        )
    return found


def programmes(people: int) -> int:
    """How many programmes they have among them; some of each kind, unless they are few."""
    return 1 if people < 24 else max(3, people // IN_A_PROGRAMME)


def channels(people: list[PersonSpec]) -> list[ChannelSpec]:
    """A channel for each programme, made by its lead, with its people and the app in it."""
    count = programmes(len(people))
    return [
        ChannelSpec(
            f"circle{number}",
            members=[one.handle for one in people[number::count]],
            creator=f"lead{number}",
            with_app=True,
        )
        for number in range(count)
    ]
