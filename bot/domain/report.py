"""A programme's report: the facts of a period, and what of them may be shown.

Only counts come in here: no names, no content. `suppressed` takes out what would say something
about fewer than five people; pictures, sheets and texts are made from what it leaves.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median, quantiles
from typing import Final

FEWEST: Final = 5
"""A number is shown when at least so many people stand behind it."""

LOADS: Final = 4
"""How many groups of mentors by sessions held: 0, 1, 2, and 3 or more."""

STEPS: Final = ("asked", "matched", "prepared", "held", "thanked", "continued")
"""The way of a session, from the request to going on."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often something happened, and how many different people it happened to."""

    times: int = 0
    people: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    """The sessions held in a month, which is named by its first day."""

    month_on: date
    held: Count


@dataclass(frozen=True, slots=True)
class Department:
    """A department of those who asked; "" for those who named none."""

    name: str
    asked: Count
    held: Count


@dataclass(frozen=True, slots=True)
class Report:
    """What happened in a programme from `since_on` to `until_on`, both included.

    The steps count requests (asked) and sessions (all others: matched; both prepared; held;
    the mentor thanked; both going on). `by_month` holds every month of the period and adds up to
    `held`. `days_to_session` has for each session held the whole days from asking (in a round: from
    the match) to the talk. `load` has for each mentor of the programme the sessions they held.
    `departments`, by department of the mentee, add up to `asked` and `held`.

    Ask for whole months: two reports whose periods differ by one day differ by that day's people.
    """

    programme_name: str
    since_on: date
    until_on: date
    asked: Count = Count()
    matched: Count = Count()
    prepared: Count = Count()
    held: Count = Count()
    thanked: Count = Count()
    continued: Count = Count()
    days_to_session: tuple[int, ...] = ()
    by_month: tuple[Month, ...] = ()
    load: tuple[int, ...] = ()
    departments: tuple[Department, ...] = ()
    ratings: tuple[int, ...] = ()  # of the sessions held, from 1 to 5
    raters: int = 0  # the different people who gave them


@dataclass(frozen=True, slots=True)
class MonthCell:
    """Sessions held in a month, None when not shown."""

    month_on: date
    held: int | None


@dataclass(frozen=True, slots=True)
class DepartmentCells:
    """Requests and sessions of a department, each None when not shown."""

    name: str
    asked: int | None
    held: int | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Days to the session: half of all sessions lie between `lower` and `upper`."""

    lower: int
    middle: int
    upper: int


@dataclass(frozen=True, slots=True)
class Cells:
    """What may be shown of a report; None is a number that is not (see `suppressed`)."""

    programme_name: str
    since_on: date
    until_on: date
    asked: int | None
    matched: int | None
    prepared: int | None
    held: int | None
    thanked: int | None
    continued: int | None
    by_month: tuple[MonthCell, ...]
    load: tuple[int | None, ...]
    """Mentors who held 0, 1, 2, and 3 or more sessions."""
    days: Spread | None
    departments: tuple[DepartmentCells, ...]
    rating: float | None = None
    """The mean of what people said of sessions held, to one decimal place."""

    @property
    def steps(self) -> tuple[tuple[str, int | None], ...]:
        """The steps by name, in order."""
        return tuple((name, getattr(self, name)) for name in STEPS)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to show."""
        return all(cell is None for cell in self._all())

    @property
    def hides(self) -> bool:
        """Whether any number is not shown, so that a note has to say why."""
        return any(cell is None for cell in self._all())

    def _all(self) -> Iterator[float | Spread | None]:
        yield from (cell for _, cell in self.steps)
        yield from (month.held for month in self.by_month)
        yield from self.load
        yield self.days
        yield self.rating
        for one in self.departments:
            yield from (one.asked, one.held)


def suppressed(report: Report) -> Cells:
    """The report without any number that stands for fewer than FEWEST people.

    *First*, a number with fewer than FEWEST people behind it becomes None; so does zero, for "none
    of them" tells as much about a few, and None then means anything from nobody to four. Days are
    left out where there are fewer than FEWEST sessions or people.

    *Second*, where numbers add up to one that is known (months and departments to a step, mentors
    to the people of the programme), hidden ones could be worked out by subtraction. So in each such
    group the smallest numbers still shown are hidden as well, until at least two are hidden and
    FEWEST people stand behind the hidden ones together. Of months only the largest of them counts,
    because the same people may meet in each. None does not say for which of the two reasons: were
    that told, the sum would often give the small one away again.

    Differences between steps are no numbers of this report: a step counts requests or sessions, not
    people, and is not the sum of others.
    """
    months = report.by_month
    shown_months = _group([month.held for month in months], max)
    asked = _group([one.asked for one in report.departments], sum)
    held = _group([one.held for one in report.departments], sum)
    return Cells(
        programme_name=report.programme_name,
        since_on=report.since_on,
        until_on=report.until_on,
        **{name: _cell(getattr(report, name)) for name in STEPS},
        by_month=tuple(
            MonthCell(month.month_on, cell)
            for month, cell in zip(months, shown_months, strict=True)
        ),
        load=_group(_mentors_by_load(report.load), sum),
        days=_spread(report),
        departments=tuple(
            DepartmentCells(one.name, *cells)
            for one, *cells in zip(report.departments, asked, held, strict=True)
        ),
        rating=_mean(report),
    )


def _cell(count: Count) -> int | None:
    return count.times if count.people >= FEWEST else None


def _group(
    counts: Sequence[Count], together: Callable[[Iterable[int]], int]
) -> tuple[int | None, ...]:
    """The cells of numbers whose sum is known; `together` says how many people several have."""
    by_size = sorted(range(len(counts)), key=lambda place: (counts[place].people, place))
    hidden = [place for place in by_size if _cell(counts[place]) is None]
    for place in by_size[len(hidden) :]:
        people = [counts[one].people for one in hidden]
        if not hidden or (len(hidden) > 1 and together(people) >= FEWEST):
            break
        hidden.append(place)
    return tuple(None if place in hidden else count.times for place, count in enumerate(counts))


def _mentors_by_load(load: Sequence[int]) -> list[Count]:
    groups = [0] * LOADS
    for sessions in load:
        groups[min(sessions, LOADS - 1)] += 1
    return [Count(mentors, mentors) for mentors in groups]


def _mean(report: Report) -> float | None:
    """None below FEWEST people: of few, one who knows their own could guess the others'."""
    return round(fmean(report.ratings), 1) if report.raters >= FEWEST else None


def _spread(report: Report) -> Spread | None:
    days = report.days_to_session
    if len(days) < FEWEST or report.held.people < FEWEST:
        return None
    lower, _, upper = quantiles(days, n=4, method="inclusive")
    return Spread(round(lower), round(median(days)), round(upper))
