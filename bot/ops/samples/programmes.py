"""What is said in a programme's channel, to its people and to its leads."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.kinds import Kind, Role
from bot.domain.programmes import Approval, Every, Shape
from bot.domain.report import Cells, DepartmentCells, MonthCell, Spread
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import Samples
from bot.ops.samples.clubs import Clubs
from bot.services.programmes.views_programmes import ImportView, ProblemView, ProgrammeView

LEFT_OUT = (
    *("topic", "hours", "language", "department", "reporting_line", "recent", "paused"),
    *("full", "taster_only", "taken", "nobody", "self", "nobody_left"),
)


def programmes(s: Samples) -> Iterator[Case]:
    """The card, the enrolments, the leads' news, and the lists."""
    c = Clubs(s)
    yield from _cards(c)
    yield from _enrolments(c)
    yield from _news(c)
    yield from _unmatched(c)
    yield from _lists(c)
    yield from _imports(c)


def _cards(c: Clubs) -> Iterator[Case]:
    group: dict[str, Any] = {"me": None}
    silent = c.programme(announcement="", contacts="", leads=(), kinds=())
    cards: dict[str, ProgrammeView] = {
        "pairs": c.programme(),
        "opt_in_automatic": c.programme(
            is_opt_in=True, approval=Approval.AUTOMATIC, every=Every.MONTH, month_day=31
        ),
        "peers": c.of_shape(Shape.PEERS, every=Every.FOUR_WEEKS),
        "groups": c.of_shape(Shape.GROUPS, every=Every.MONTH, month_day=5),
        "reverse": c.of_shape(Shape.PAIRS, Kind.REVERSE, every=Every.WEEK),
        "on_request": c.programme(every=Every.NONE, next_dates=()),
        "bare": silent,
        "archived": c.archived(),
    }
    for state, programme in cards.items():
        yield "messages/programme_card", state, {**group, "programme": programme}
    leaderless = c.programme(leads=())
    yield "messages/leaderless", "none", {**group, "programme": leaderless}
    yield "messages/leaderless", "found", {**group, "programme": c.programme()}


def _enrolments(c: Clubs) -> Iterator[Case]:
    mentor = c.role(Role.MENTOR, capacity=1)
    on_request = c.programme(every=Every.NONE, next_dates=())
    on_a_break = replace(c.s.mentee, is_paused=True)
    for state, enrolment in {
        "both": c.enrolment(),
        "mentor": c.enrolment(roles=(mentor,), programme=c.programme(is_opt_in=True)),
        "mentee": c.enrolment(roles=(c.role(Role.MENTEE, areas=()),), programme=on_request),
        "peer": c.enrolment(programme=c.of_shape(Shape.PEERS)),
        "on_a_break": c.enrolment(person=on_a_break, programme=c.programme(next_dates=())),
        "left": c.enrolment(roles=()),
        "left_archived": c.enrolment(roles=(), programme=c.archived()),
    }.items():
        yield "messages/enrolment_card", state, {"enrolment": enrolment, "by": None}
    imported = {"enrolment": c.enrolment(), "by": c.leads[0], "note": "imported"}
    yield "messages/enrolment_card", "imported", imported


def _news(c: Clubs) -> Iterator[Case]:
    base: dict[str, Any] = {"me": None, "programme": c.programme(), "round": None}
    nobody: dict[str, Any] = {**base, "count": 0, "people": ()}
    yield "messages/lead_news", "unsent_0", {**nobody, "note": "unsent"}
    for count in (0, 1, 3):
        facts = {**nobody, "note": "waiting", "count": count}
        yield "messages/lead_news", f"waiting_{count}", facts
    for note in ("channel_archived", "channel_back", "card_unsure", "taken_out"):
        yield "messages/lead_news", note, {**nobody, "note": note}
    yield "messages/lead_news", "unplanned", {**nobody, "round": c.round(), "note": "unplanned"}
    for count in (0, 1, 2):
        gone = {**nobody, "note": "lead_gone", "people": c.people(count)}
        yield "messages/lead_news", f"lead_gone_{count}", gone
    for count in (1, 12):
        facts = {**base, "round": c.round(), "count": count, "people": c.people(count)}
        yield "messages/lead_news", f"round_gone_{count}", {**facts, "note": "round_gone"}
        yield "messages/lead_news", f"unsent_{count}", {**facts, "note": "unsent"}


def _unmatched(c: Clubs) -> Iterator[Case]:
    for rule in LEFT_OUT:
        for role in Role:
            facts = {"left": c.left(rule, role=role), "round": c.round()}
            yield "messages/unmatched", f"{rule}_{role}", facts
    last = c.round(programme=c.programme(next_dates=()))
    yield "messages/unmatched", "no_next_round", {"left": c.left("taken"), "round": last}


def _lists(c: Clubs) -> Iterator[Case]:
    two = (c.programme(), c.open_programme)
    for word in ("programme", "queue", "report", "people", "round", "join", "leave"):
        yield "messages/programmes", word, {"programmes": two, "word": word}
    yield "messages/people_file", "sent", {"programme": c.programme()}
    report = {"report": _cells(c), "programme": c.programme(), "days": 90}
    yield "messages/report_card", "to_a_lead", {**report, "note": "90"}
    yield "messages/report_card", "in_the_channel", {**report, "me": None, "note": "90:channel"}
    yield "messages/report_card", "nothing", {**report, "report": _no_cells(c), "note": "90"}


def _cells(c: Clubs) -> Cells:
    months = (MonthCell(date(2026, 10, 1), 9), MonthCell(date(2026, 11, 1), None))
    return Cells(
        programme_name=c.s.named("Engineering circle"),
        since_on=date(2026, 9, 1),
        until_on=date(2026, 11, 30),
        asked=31,
        matched=28,
        prepared=19,
        held=24,
        thanked=17,
        continued=None,
        by_month=months,
        load=(6, 8, None, None),
        days=Spread(4, 7, 12),
        departments=(
            DepartmentCells(c.s.named("Data"), 12, 9),
            DepartmentCells("", 8, None),
            DepartmentCells(c.s.named("Sales"), None, None),
        ),
        rating=4.4,
    )


def _no_cells(c: Clubs) -> Cells:
    steps: dict[str, Any] = dict.fromkeys(
        ("asked", "matched", "prepared", "held", "thanked", "continued")
    )
    return Cells(
        programme_name=c.s.named("Engineering circle"),
        since_on=date(2026, 9, 1),
        until_on=date(2026, 11, 30),
        **steps,
        by_month=(),
        load=(None, None, None, None),
        days=None,
        departments=(),
    )


def _imports(c: Clubs) -> Iterator[Case]:
    problem = ProblemView(7, "row_unknown", {"value": c.s.named("ana@example.com")})
    few = (problem, ProblemView(9, "row_twice", {"row": 4}))
    cases: dict[str, dict[str, Any]] = {
        "reading": {"state": "reading"},
        "ready": {"problems": few, "problem_count": 2},
        "clean": {"new": 1, "changed": 0, "unchanged": 0},
        "many_problems": {
            "problems": (problem,) * 20,
            "problem_count": 812,
            "unknown_columns": (c.s.named("T-shirt size"),),
        },
        "nothing_new": {"new": 0, "changed": 0, "unchanged": 30},
        "failed": {
            "state": "failed",
            "failure": "sheet_columns_missing",
            "failure_facts": {"columns": [c.s.named("person")]},
        },
        "taken": {"state": "taken"},
        "discarded": {"state": "discarded"},
    }
    for state, more in cases.items():
        yield "messages/import_card", state, {"batch": _batch(c, **more)}


def _batch(c: Clubs, **more: Any) -> ImportView:
    facts: dict[str, Any] = {
        "id": 6,
        "programme": c.programme(),
        "state": "ready",
        "new": 12,
        "changed": 3,
        "unchanged": 30,
        "problems": (),
        "problem_count": 0,
        "unknown_columns": (),
        "failure": None,
    }
    return ImportView(**{**facts, **more})
