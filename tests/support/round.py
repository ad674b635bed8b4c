"""A seeded round with real skew: three mentees to a mentor, Zipf topics, eight zones, six rounds
past."""

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random

from bot.domain.kinds import Format, Role, Window
from bot.matching.people import Member

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
ZONES = (
    "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata",
    "America/Los_Angeles", "Europe/Athens", "Asia/Tokyo", "America/Sao_Paulo",
)  # fmt: skip
ZONE_SHARES = (25, 22, 18, 13, 9, 6, 4, 3)
TOPICS = 80
ROUNDS = 6


def people(count: int, seed: int = 1) -> list[Member]:
    """A quarter are mentors of one or two sessions, the others mentees."""
    random = Random(seed)
    zipf = [1 / (rank + 1) ** 0.8 for rank in range(TOPICS)]
    drawn = iter(random.choices(range(TOPICS), zipf, k=count * 12 + 200))
    mentors = max(1, count // 4)
    past = _past(count, mentors, random)
    return [_member(n, n < mentors, random, drawn, past[n], mentors) for n in range(count)]


def _member(
    n: int,
    is_mentor: bool,
    random: Random,
    drawn: Iterator[int],
    past: dict[int, int],
    mentors: int,
) -> Member:
    topics = tuple(
        dict.fromkeys(
            f"topic {next(drawn)}"
            for _ in range(random.randrange(2, 5) if is_mentor else random.randrange(1, 4))
        )
    )
    tongues = frozenset({"en"}) if random.random() < 0.8 else frozenset()
    return Member(
        id=n + 1,
        roles=frozenset({Role.MENTOR if is_mentor else Role.MENTEE}),
        seeks=() if is_mentor else topics,
        offers=topics if is_mentor else (),
        languages=tongues | {random.choice(["en", "de", "es", "pt", "ja", "hi"])},
        formats=frozenset(random.sample(list(Format), 2)),
        department=f"department {random.randrange(12)}",
        manager_id=1 + n // 8 if n else None,
        zone=random.choices(ZONES, ZONE_SHARES)[0],
        location=f"site {random.randrange(15)}",
        seniority=random.randrange(3, 8) if is_mentor else random.randrange(1, 6),
        windows=frozenset(random.sample(list(Window), random.randrange(2, 7))),
        as_mentor=random.choice([1, 2, 2, 3, 4]),
        past=past,
        waiting=random.choices([0, 1, 2], [80, 15, 5])[0],
    )


def _past(count: int, mentors: int, random: Random) -> list[dict[int, int]]:
    """Who met whom: in each of the past rounds about half of the mentees had a mentor."""
    past: list[dict[int, int]] = [{} for _ in range(count)]
    for age in range(ROUNDS, 0, -1):
        for n in range(mentors, count):
            if random.random() < 0.5:
                past[n][1 + random.randrange(mentors)] = age
    return past
