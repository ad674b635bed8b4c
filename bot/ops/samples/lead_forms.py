"""The modals of leads and of those who take part."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from typing import Any

from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Approval, Every, Shape
from bot.domain.states import RoundState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import MONDAY, Samples
from bot.ops.samples.clubs import Clubs
from bot.ops.samples.forms import METADATA
from bot.services.holidays_of import countries
from bot.services.programmes.views_programmes import (
    AlternativeView,
    DraftView,
    QueueView,
    WaitingView,
)


@dataclass(frozen=True)
class Form:
    """Like `bot.services.programmes.programmes.ProgrammeForm`."""

    name: str = ""
    announcement: str = ""
    contacts: str = ""
    kinds: tuple[str, ...] = (Kind.FLASH, Kind.SPOT)
    shape: Shape = Shape.PAIRS
    round_kind: Kind = Kind.FLASH
    every: Every = Every.MONTH
    weekday: int = 1
    month_day: int = 1
    runs_at: time | None = time(10)
    zone: str = "UTC"
    is_opt_in: bool = False
    approval: Approval = Approval.LEAD
    length_minutes: int = 30
    capacity: int = 1
    must_differ: tuple[str, ...] = ("reporting_line",)
    must_share: tuple[str, ...] = ("language", "topic")
    repeat_window: int = 4
    weights: dict[str, int] = field(default_factory=dict)
    with_trios: bool = True
    open_board: bool = False
    retention_days: int = 90
    country: str = ""
    opens_at: time = time(9)
    closes_at: time = time(17)


def lead_forms(s: Samples) -> Iterator[Case]:
    """Each modal as it opens, and as it is drawn again."""
    c = Clubs(s)
    meta: dict[str, Any] = {"metadata": METADATA}
    yield from _programmes(c, meta)
    yield from _enrolments(c, meta)
    yield from _rounds(c, meta)
    yield from _lists(c, meta)


def _form(c: Clubs, **more: Any) -> Form:
    facts: dict[str, Any] = {
        "name": c.s.named("Engineering circle"),
        "announcement": c.s.typed("Half an hour with somebody who has been there."),
        "contacts": c.s.typed("The people team, or the outside helpline."),
        "zone": c.s.named("Europe/Amsterdam"),
    }
    return Form(**{**facts, **more})


def _programmes(c: Clubs, meta: dict[str, Any]) -> Iterator[Case]:
    here = {**meta, "channel_name": c.s.named("engineering")}
    new = {**here, "form": _form(c, name="", announcement=""), "is_new": True, "programme": None}
    edit = {**here, "is_new": False, "programme": c.programme()}
    yield "modals/programme", "new", new
    weekly = _form(c, every=Every.WEEK, is_opt_in=True, approval=Approval.AUTOMATIC)
    yield "modals/programme", "weekly", {**edit, "form": weekly}
    kept = {**edit, "form": _form(c, every=Every.NONE, runs_at=None), "leads": ["U000002"]}
    yield "modals/programme", "on_request", kept
    draft = DraftView(4, c.programme(id=0), is_new=True, announces_again=True)
    rules = {**meta, "draft": draft, "countries": countries()}
    yield "modals/programme_rules", "usual", {**rules, "form": _form(c)}
    peers = _form(c, shape=Shape.PEERS, weights={"areas": 600, "hours": 400}, country="CA")
    yield "modals/programme_rules", "own", {**rules, "form": peers}
    yield "modals/programme_rules", "no_countries", {**meta, "form": _form(c)}
    on_request = c.programme(every=Every.NONE, next_dates=(), is_opt_in=True)
    automatic = c.programme(approval=Approval.AUTOMATIC, is_opt_in=True, repeat_window=1)
    for state, one in {
        "new": draft,
        "edit": DraftView(4, automatic, is_new=False, announces_again=True),
        "quiet": DraftView(4, on_request, is_new=False, announces_again=False),
    }.items():
        yield "modals/programme_preview", state, {**meta, "draft": one}
    choices = (c.open_programme, c.programme())
    areas = {**meta, "areas": c.s.library.area_groups, "choices": choices, "chosen": 3}
    yield "modals/flash", "choices", areas
    guide = c.s.library.guide(Kind.SPOT, Role.MENTOR, is_taster=True)
    yield "modals/taster", "choices", {**areas, "role": "mentee", "guide": guide}


def _enrolments(c: Clubs, meta: dict[str, Any]) -> Iterator[Case]:
    base = {**meta, "areas": c.s.library.area_groups, "languages": ("en", "fr")}
    base["countries"] = countries()[:12]
    new = c.enrolment(roles=(), department="", seniority=None, languages=(), manager=None)
    again = replace(new, suggested=(c.role(Role.MENTOR),), country="C3", seniority=4)
    change = c.enrolment(apart=c.people(2))
    peer = c.enrolment(programme=c.of_shape(Shape.PEERS))
    for state, enrolment in (("new", new), ("again", again), ("change", change), ("peer", peer)):
        yield "modals/enrol", state, {**base, "enrolment": enrolment}


def _rounds(c: Clubs, meta: dict[str, Any]) -> Iterator[Case]:
    better = c.review(best_possible=False, gap=0.0003)
    yield "modals/rerun", "best", {**meta, "review": c.review()}
    yield "modals/rerun", "nearly_best", {**meta, "review": better}
    (pair,) = c.pairs(1)
    others = tuple(
        AlternativeView(person, 800 - 40 * n, is_taken=n % 2 == 0)
        for n, person in enumerate(c.people(8)[2:])
    )
    yield "modals/swap", "some", {**meta, "pair": pair, "alternatives": others}
    yield "modals/swap", "none", {**meta, "pair": pair, "alternatives": ()}
    groups = c.round(programme=c.of_shape(Shape.GROUPS), state=RoundState.PLANNED, run=1)
    yield "modals/approve", "groups", {**meta, "review": c.review(round=groups)}


def _lists(c: Clubs, meta: dict[str, Any]) -> Iterator[Case]:
    yield "modals/people", "some", {**meta, "programme": c.programme()}
    alone = replace(c.programme(), enrolled=1)
    yield "modals/people", "one", {**meta, "programme": alone}
    waiting = tuple(
        WaitingView(
            request_id=70 + n,
            mentee=person,
            kind=Kind.FLASH if n else Kind.SPOT,
            is_taster=not n,
            areas=c.s.library.area_labels(("security", "data")) if n else (),
            length_minutes=30,
            waiting_since=MONDAY - timedelta(days=5 - n),
            asked=n,
        )
        for n, person in enumerate(c.people(3))
    )
    queue = QueueView(c.programme(), waiting, more=4)
    yield "modals/queue", "some", {**meta, "queue": queue}
    yield "modals/queue", "none", {**meta, "queue": QueueView(c.programme(), ())}
