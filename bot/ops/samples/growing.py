"""What grows from a session: keeping in touch, and a formal relationship."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.kinds import Kind
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import MONDAY, Samples
from bot.services.views_growing import TieView


def growing(s: Samples) -> Iterator[Case]:
    """What is said to former partners, and to two who go on formally."""
    yield from _ties(s)
    yield from _overviews(s)


def a_tie(s: Samples, **more: Any) -> TieView:
    facts: dict[str, Any] = {
        "id": 5,
        "me": s.mentee,
        "other": s.mentor,
        "quarter": 2,
        "next_at": MONDAY + timedelta(weeks=13),
    }
    return TieView(**{**facts, **more})


def _ties(s: Samples) -> Iterator[Case]:
    open_ = a_tie(s)
    gone = replace(s.mentor, is_deleted=True)
    for name, tie in (
        ("open", open_),
        ("wanted", replace(open_, wish=True)),
        ("not_now", replace(open_, wish=False)),
        ("both", replace(open_, wish=True, session_id=42)),
        ("stopped", replace(open_, is_stopped=True)),
        ("gone", replace(open_, other=gone)),
    ):
        yield "messages/keep_in_touch", name, {"tie": tie, "older": False}
    yield "messages/keep_in_touch", "older", {"tie": open_, "older": True}
    catch_up = s.session(kind=Kind.KEEP_IN_TOUCH, topic="", hoped_for="", questions=(), reasons=())
    yield "messages/introduction", "keep_in_touch", {"me": None, "session": catch_up}


def _overviews(s: Samples) -> Iterator[Case]:
    """Somebody with more of everything than is shown."""
    full = replace(s.busy_overview(), ties=(a_tie(s),) * 7)
    yield "messages/overview", "growing", {"overview": full}
    yield "home/home", "growing", {"overview": full}
    alone = s.overview(s.mentee, ties=(a_tie(s),))
    yield "messages/overview", "in_touch", {"overview": alone}
