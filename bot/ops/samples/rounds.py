"""A round: its notice, its plan before the leads, and a group flash."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.kinds import Role
from bot.domain.programmes import Approval, Shape
from bot.domain.states import RoundState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import Samples
from bot.ops.samples.clubs import RUNS_AT, Clubs
from bot.ops.samples.programmes import LEFT_OUT
from bot.services.programmes.views_programmes import LeftPage, PairsPage, ReviewView

BOTH = (Role.MENTOR, Role.MENTEE)


def rounds(s: Samples) -> Iterator[Case]:
    """All that is said because of a round."""
    c = Clubs(s)
    yield from _notices(c)
    yield from _reviews(c)
    yield from _pairs(c)
    yield from _left(c)
    yield from _rotas(c)
    yield from _status(c)


def _notices(c: Clubs) -> Iterator[Case]:
    opt_in = c.programme(is_opt_in=True)
    peers = c.of_shape(Shape.PEERS)
    cases: dict[str, dict[str, Any]] = {
        "automatic": {"round": c.round(), "roles": BOTH},
        "opt_in": {"round": c.round(programme=opt_in), "roles": (Role.MENTEE,)},
        "opt_in_yes": {"round": c.round(programme=opt_in, answer=True), "roles": BOTH},
        "skipped": {"round": c.round(answer=False), "roles": BOTH},
        "peers": {"round": c.round(programme=peers), "roles": BOTH},
        "under_way": {"round": c.round(state=RoundState.PLANNED), "roles": BOTH},
        "under_way_without": {
            "round": c.round(programme=opt_in, state=RoundState.RUNNING),
            "roles": BOTH,
        },
        "settled": {"round": c.round(state=RoundState.OPENED), "roles": BOTH},
        "settled_without": {
            "round": c.round(programme=opt_in, state=RoundState.APPROVED),
            "roles": BOTH,
        },
        "cancelled": {"round": c.round(state=RoundState.CANCELLED), "roles": BOTH},
    }
    for state, facts in cases.items():
        yield "messages/round_notice", state, facts


def _reviews(c: Clubs) -> Iterator[Case]:
    for state, review, progress in _review_cases(c):
        facts = {"me": None, "review": review, "progress": progress}
        yield "messages/round_review", state, facts


def _review_cases(c: Clubs) -> Iterator[tuple[str, ReviewView, int | None]]:
    announced = c.review(RoundState.ANNOUNCED)
    by_itself = c.programme(is_opt_in=True, approval=Approval.AUTOMATIC)
    yield "announced", announced, None
    yield "announced_opt_in", replace(announced, round=c.round(programme=by_itself), people=1), None
    yield "running", c.review(RoundState.RUNNING), 40
    yield "running_blind", c.review(RoundState.RUNNING), None
    yield "running_given_up", c.review(RoundState.RUNNING, is_stuck=True), 0
    yield "planned", c.review(), None
    few = c.review(people=11, pairs=5, matched=10, left=1)
    yield "planned_five", few, None
    nearly = c.review(best_possible=False, gap=0.0003, people=20000, pairs=9120, matched=18240)
    yield "planned_nearly_best", replace(nearly, left=1760), None
    yield "planned_very_nearly_best", c.review(best_possible=False, gap=0.00002), None
    open_: dict[str, Any] = {"best_possible": False, "most_people": False}
    yield "planned_unproven", c.review(**open_, gap=0.012), None
    yield "planned_fit_unproven", c.review(best_possible=False, gap=1.0), None
    yield "planned_nothing_proven", c.review(**open_, gap=1.0), None
    none: dict[str, Any] = {"pairs": 0, "matched": 0, "suitability": 0, "worst": None}
    yield "planned_nobody", c.review(people=7, left=7, **none), None
    again = c.round(state=RoundState.PLANNED, run=2, seed=99)
    people = c.people(16)
    lost = tuple(zip(people[::2], people[1::2], strict=True))
    few_lost: dict[str, Any] = {"lost": lost[:5], "lost_count": len(lost)}
    changed = c.review(round=again, new=3, **few_lost, locked=2, vetoed=1, gone=people[:1])
    yield "planned_again", changed, None
    yield "planned_again_the_same", c.review(round=again), None
    for name, shape in (("peers", Shape.PEERS), ("groups", Shape.GROUPS)):
        whole = c.round(programme=c.of_shape(shape), state=RoundState.PLANNED, run=1)
        yield f"planned_{name}", c.review(round=whole), None
    late = c.round(state=RoundState.PLANNED, run=1, part=1)
    yield "planned_late_joiners", c.review(round=late, people=5, pairs=2, matched=4, left=1), None
    yield "approved", c.yes(RoundState.APPROVED, opened=8), None
    yield "opened", c.yes(RoundState.OPENED, opened=21), None
    trouble = c.yes(RoundState.OPENED, opened=19, gone=c.people(2), unsent=3)
    yield "opened_gone_and_unsent", trouble, None
    alone = c.yes(RoundState.OPENED, opened=21, approved_by=None)
    yield "opened_by_itself", alone, None
    meets = c.round(
        programme=c.of_shape(Shape.GROUPS),
        state=RoundState.OPENED,
        run=1,
        meets_at=RUNS_AT + timedelta(days=2),
        place=c.s.typed("The big table on the third floor"),
    )
    yield "opened_groups", c.yes(RoundState.OPENED, round=meets, opened=21), None
    yield "cancelled", c.review(RoundState.CANCELLED), None


def _pairs(c: Clubs) -> Iterator[Case]:
    review, first = c.review(), c.pairs(5)
    marked = (
        replace(first[0], is_locked=True),
        replace(first[1], is_new=True),
        replace(first[2], is_out=True),
        replace(first[3], reasons=()),
        first[4],
    )
    opened = c.yes(RoundState.OPENED, opened=5)
    peers = c.review(round=c.round(programme=c.of_shape(Shape.PEERS), state=RoundState.PLANNED))
    groups = c.review(round=c.round(programme=c.of_shape(Shape.GROUPS), state=RoundState.PLANNED))
    trio = (replace(first[0], third=c.s.mentee), first[1])
    seats = tuple(replace(one, turn=n % 3 + 1) for n, one in enumerate(c.pairs(6)))
    pages = {
        "five": PairsPage(review, marked, 1, 1, None),
        "page_of_many": PairsPage(replace(review, pairs=500), c.pairs(20), 2, 25, None),
        "page_of_very_many": PairsPage(replace(review, pairs=5000), c.pairs(20), 250, 250, None),
        "none": PairsPage(replace(review, pairs=0), (), 1, 1, None),
        "person": PairsPage(review, first[:1], 1, 1, first[0].mentee),
        "person_without": PairsPage(review, (), 1, 1, c.s.mentee),
        "opened": PairsPage(opened, first, 1, 1, None),
        "trio": PairsPage(peers, trio, 1, 1, None),
        "groups": PairsPage(groups, seats, 1, 1, None),
    }
    for state, page in pages.items():
        yield "messages/round_pairs", state, {"me": None, "page": page}


def _left(c: Clubs) -> Iterator[Case]:
    review = c.review()
    some = tuple(
        replace(c.left(rule, role=Role.MENTEE if n % 2 else Role.MENTOR), waiting=n % 3)
        for n, rule in enumerate(LEFT_OUT)
    )
    one = c.left("hours", candidates=1)
    bare = c.left("hours", areas=(), candidates=12)
    mentor = c.left("full", role=Role.MENTOR, areas=(), candidates=1)
    many = (*some, *some)[:20]
    peers = c.review(round=c.round(programme=c.of_shape(Shape.PEERS), state=RoundState.PLANNED))
    pages = {
        "some": LeftPage(review, (*some, one, bare, mentor), 1, 1),
        "every_mentee": LeftPage(review, tuple(c.left(rule) for rule in LEFT_OUT), 1, 1),
        "page_of_many": LeftPage(replace(review, left=170), many, 3, 9),
        "one": LeftPage(replace(review, left=1), (one,), 1, 1),
        "peers": LeftPage(peers, (one,), 1, 1),
        "none": LeftPage(replace(review, left=0), (), 1, 1),
    }
    for state, page in pages.items():
        yield "messages/round_left", state, {"me": None, "page": page}


def _rotas(c: Clubs) -> Iterator[Case]:
    over = c.rota(Role.MENTEE, seats=())
    cancelled = c.rota(Role.MENTEE, state=RoundState.CANCELLED)
    for name in ("rota", "rota_soon", "rota_after"):
        for role in Role:
            yield f"messages/{name}", role.value, {"rota": c.rota(role)}
        yield f"messages/{name}", "over", {"rota": over}
        yield f"messages/{name}", "cancelled", {"rota": cancelled}


def _status(c: Clubs) -> Iterator[Case]:
    for state in RoundState:
        led = c.led(round=c.round(state=state))
        yield "messages/round_status", state.value, {"led": led}
    yield "messages/round_status", "none", {"led": c.led(round=None)}
    yield "messages/round_status", "archived", {"led": c.led(programme=c.archived())}
    none_due = c.programme(next_dates=())
    yield "messages/round_status", "no_date", {"led": c.led(programme=none_due, round=None)}
