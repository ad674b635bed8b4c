"""Programmes, their people and their rounds, to render templates with."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Approval, Every, Shape
from bot.domain.states import RoundState
from bot.ops.samples.cast import Samples
from bot.services.programmes.views_programmes import (
    EnrolmentView,
    LedView,
    LeftView,
    PairView,
    ProgrammeView,
    ReviewView,
    RoleView,
    RotaView,
    RoundView,
    SeatView,
)
from bot.services.views import PersonView, ReasonView

RUNS_AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
NAMES = (
    *("Mei Tanaka", "Oskar Berg", "Lucía Fernández", "Ibrahim Diallo", "Hanna Wójcik"),
    *("Priya Raman", "Tom Okonkwo", "Sofia Costa", "Emil Novák", "Aisha Bello"),
)


@dataclass(frozen=True)
class Clubs:
    """Facts about programmes; `s` decides what stands in every free text."""

    s: Samples
    leads: tuple[PersonView, ...] = field(init=False)

    def __post_init__(self) -> None:
        lead = self.s.person(5, "Noor van Dijk", "People partner", "Europe/Amsterdam")
        object.__setattr__(self, "leads", (lead, self.s.mentor))

    def people(self, count: int) -> tuple[PersonView, ...]:
        """As many people as are wanted, each with an id of their own."""
        return tuple(
            self.s.person(20 + n, NAMES[n % len(NAMES)], "Engineer", "Europe/Lisbon")
            for n in range(count)
        )

    def programme(self, **more: Any) -> ProgrammeView:
        facts: dict[str, Any] = {
            "id": 3,
            "workspace_id": 1,
            "name": self.s.named("Engineering circle"),
            "channel": "C0000031",
            "announcement": self.s.typed("Half an hour with somebody who has been there."),
            "contacts": self.s.typed("The people team, or the outside helpline."),
            "kinds": (Kind.FLASH, Kind.SPOT),
            "shape": Shape.PAIRS,
            "round_kind": Kind.FLASH,
            "every": Every.TWO_WEEKS,
            "weekday": 1,
            "month_day": 1,
            "runs_at": time(10),
            "zone": self.s.named("Europe/Amsterdam"),
            "is_opt_in": False,
            "approval": Approval.LEAD,
            "length_minutes": 30,
            "capacity": 2,
            "must_differ": ("reporting_line",),
            "must_share": ("language", "topic"),
            "repeat_window": 4,
            "weights": {},
            "with_trios": True,
            "country": "NL",
            "opens_at": time(9),
            "closes_at": time(17),
            "retention_days": 90,
            "is_archived": False,
            "leads": self.leads,
            "enrolled": 42,
            "next_dates": tuple(RUNS_AT + n * FORTNIGHT for n in range(3)),
        }
        return ProgrammeView(**{**facts, **more})

    @property
    def open_programme(self) -> ProgrammeView:
        """The workspace's own, which no channel has."""
        return self.programme(id=1, channel="", every=Every.NONE, next_dates=())

    def role(self, role: Role, **more: Any) -> RoleView:
        keys = ("data", "writing") if role is Role.MENTOR else ("first_lead", "projects")
        facts: dict[str, Any] = {
            "role": role,
            "area_keys": keys,
            "areas": self.s.library.area_labels(keys),
            "topics": self.s.typed("Ten years of dashboards, some of them read"),
            "capacity": 2,
            "formats": ("video",),
            "windows": ("tue_am", "thu_pm"),
        }
        return RoleView(**{**facts, **more})

    def enrolment(self, **more: Any) -> EnrolmentView:
        facts: dict[str, Any] = {
            "programme": self.programme(),
            "person": self.s.mentee,
            "roles": (self.role(Role.MENTOR), self.role(Role.MENTEE)),
            "department": self.s.named("Data"),
            "seniority": 3,
            "languages": ("en", "fr"),
            "location": self.s.named("Lagos"),
            "manager": self.s.mentor,
            "apart": (),
        }
        return EnrolmentView(**{**facts, **more})

    def round(self, **more: Any) -> RoundView:
        facts: dict[str, Any] = {
            "id": 9,
            "programme": self.programme(),
            "number": 4,
            "part": 0,
            "due_on": date(2026, 12, 1),
            "runs_at": RUNS_AT,
            "state": RoundState.ANNOUNCED,
            "run": 0,
            "seed": 4711,
        }
        return RoundView(**{**facts, **more})

    def review(self, state: RoundState = RoundState.PLANNED, **more: Any) -> ReviewView:
        """A plan of 21 pairs for 44 people; `round` may be given, or its facts by state."""
        facts: dict[str, Any] = {
            "round": self.round(state=state, run=1),
            "people": 44,
            "pairs": 21,
            "matched": 42,
            "left": 2,
            "locked": 0,
            "vetoed": 0,
            "new": 0,
            "lost": (),
            "lost_count": 0,
            "gone": (),
            "suitability": 736,
            "worst": 431,
            "best_possible": True,
            "most_people": True,
            "gap": 0.0,
            "unsent": 0,
            "approved_by": None,
            "approved_at": None,
            "opened": 0,
        }
        return ReviewView(**{**facts, **more})

    def yes(self, state: RoundState, **more: Any) -> ReviewView:
        """The same after a lead's yes."""
        said = {"approved_by": self.leads[0], "approved_at": RUNS_AT + timedelta(hours=2)}
        return self.review(state, **{**said, **more})

    def pairs(self, count: int, **more: Any) -> tuple[PairView, ...]:
        people = self.people(2 * count)
        both = zip(people[::2], people[1::2], strict=True)
        return tuple(
            self.pair(n, mentee, mentor, **more) for n, (mentee, mentor) in enumerate(both)
        )

    def pair(self, number: int, mentee: PersonView, mentor: PersonView, **more: Any) -> PairView:
        facts: dict[str, Any] = {
            "id": 100 + number,
            "mentee": mentee,
            "mentor": mentor,
            "third": None,
            "turn": 0,
            "suitability": 900 - 7 * number,
            "reasons": self.round_reasons,
            "is_locked": False,
            "is_new": False,
            "is_out": False,
        }
        return PairView(**{**facts, **more})

    @property
    def round_reasons(self) -> tuple[ReasonView, ...]:
        areas = list(self.s.library.area_labels(("first_lead", "projects", "data")))
        return (
            ReasonView("areas", {"areas": areas}),
            ReasonView("hours", {"minutes": 480}),
            ReasonView("fresh", {}),
            ReasonView("seniority", {"levels": 2}),
            ReasonView("languages", {"languages": ["en"]}),
            ReasonView("near", {"location": self.s.named("Lisbon")}),
        )

    def left(self, rule: str, **more: Any) -> LeftView:
        facts: dict[str, Any] = {
            "person": self.s.mentee,
            "role": Role.MENTEE,
            "rule": rule,
            "candidates": 3,
            "counts": {"topic": 3, rule: 0},
            "areas": self.s.library.area_labels(("security",)),
            "waiting": 0,
        }
        return LeftView(**{**facts, **more})

    def rota(self, role: Role, **more: Any) -> RotaView:
        """Three turns, as a mentor (who stays) or a mentee (who moves) sees them."""
        programme = self.programme(shape=Shape.GROUPS)
        meets_at = RUNS_AT + timedelta(days=2)
        place = self.s.typed("The big table on the third floor")
        state = more.pop("state", RoundState.OPENED)
        whole = self.round(programme=programme, state=state, meets_at=meets_at, place=place)
        people = self.people(12)
        seats = tuple(
            SeatView(
                turn=turn + 1,
                starts_at=meets_at + turn * timedelta(minutes=20),
                ends_at=meets_at + (turn + 1) * timedelta(minutes=20),
                mentor=self.s.mentor if role is Role.MENTOR else people[turn],
                mentees=(*people[3 + 3 * turn : 6 + 3 * turn], *self._self(role)),
            )
            for turn in range(3)
        )
        return RotaView(whole, role, more.get("seats", seats))

    def _self(self, role: Role) -> tuple[PersonView, ...]:
        return (self.s.mentee,) if role is Role.MENTEE else ()

    def led(self, **more: Any) -> LedView:
        facts: dict[str, Any] = {"programme": self.programme(), "waiting": 2, "round": self.round()}
        return LedView(**{**facts, **more})

    def archived(self) -> ProgrammeView:
        return self.programme(is_archived=True, next_dates=())

    def of_shape(self, shape: Shape, kind: Kind = Kind.SPOT, **more: Any) -> ProgrammeView:
        return replace(self.programme(**more), shape=shape, round_kind=kind)
