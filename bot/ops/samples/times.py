"""Finding a time: what is ticked, and hours that never meet."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from bot.domain.kinds import Role
from bot.domain.states import SessionState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import THURSDAY, Samples
from bot.services.profile import ProfileView
from bot.services.sessions.slots import FreeView, SlotsView, SlotView
from bot.services.views import PersonView


def times(s: Samples) -> Iterator[Case]:
    """What each of them is shown while there is no time, and afterwards."""
    yield from _slots(s)
    yield from _with_a_link(s)
    yield from _profile(s)
    yield from _off(s)


def _slots(s: Samples) -> Iterator[Case]:
    name = "messages/slots"
    none_yet = _offered(s)
    ticked = _offered(s, 0, 3)
    facts: dict[str, Any] = {"me": s.mentee, "other": s.mentor, "role": Role.MENTEE}
    trio = s.session(third=_third(s))
    waiting = replace(none_yet, ticked=(s.mentor,), unticked=())
    both = replace(ticked, ticked=(s.mentor,), unticked=())
    three = replace(both, ticked=(s.mentor, _third(s)))
    never = replace(none_yet, slots=(), were_some=False, free=_free(s))
    gone_by = replace(none_yet, slots=())
    yield name, "open", {**facts, "session": s.session(), "slots": none_yet}
    yield name, "other_ticked", {**facts, "session": s.session(), "slots": waiting}
    yield name, "nothing_common", {**facts, "session": s.session(), "slots": both}
    yield name, "nothing_common_to_three", {**facts, "session": trio, "slots": three}
    yield name, "trio", {**facts, "session": trio, "slots": none_yet}
    yield name, "never", {**facts, "session": s.session(), "slots": never}
    yield name, "gone_by", {**facts, "session": s.session(), "slots": gone_by}
    yield name, "found", {**facts, "session": s.scheduled(), "slots": None}
    yield name, "older", {**facts, "session": s.session(plan=2), "slots": None}
    over = s.session(state=SessionState.CANCELLED)
    yield name, "over", {**facts, "session": over, "slots": None}


def _with_a_link(s: Samples) -> Iterator[Case]:
    bookable = replace(s.mentor, booking_url="https://cal.example.com/jonas?length=30&from=slack")
    session = s.session(mentor=bookable)
    facts: dict[str, Any] = {"other": bookable, "role": Role.MENTEE, "slots": _offered(s)}
    yield "messages/slots", "booking", {"me": s.mentee, "session": session, **facts}
    facts = {**facts, "other": s.mentee, "role": Role.MENTOR}
    yield "messages/slots", "own_booking", {"me": bookable, "session": session, **facts}
    group = {"me": None, "actor": s.mentee, "session": session}
    yield "messages/introduction", "booking", group
    yield "messages/time_unset", "booking", group


def _off(s: Samples) -> Iterator[Case]:
    facts: dict[str, Any] = {"me": s.mentee, "other": s.mentor, "role": Role.MENTEE}
    off = {**facts, "session": s.session(state=SessionState.CANCELLED)}
    yield "messages/somebody_else", "same_words", {**off, "has_words": True, "is_asked": False}
    yield "messages/somebody_else", "no_words", {**off, "has_words": False, "is_asked": False}
    yield "messages/somebody_else", "asked", {**off, "has_words": True, "is_asked": True}
    for name, session in (
        ("scheduled", s.scheduled(reschedules=2)),
        ("matched", s.session(reschedules=2)),
        ("over", s.held(reschedules=2)),
    ):
        yield "messages/moved_often", name, {"me": None, "session": session}


def _profile(s: Samples) -> Iterator[Case]:
    meta = {
        "metadata": '{"token":"abc"}',
        "languages": ("en", "fr", "yo"),
        "countries": ("GB", "NG"),
    }
    blank = ProfileView((), "", time(9), time(17), (), "", "", "")
    filled = ProfileView(
        windows=("tue_am", "thu_pm"),
        booking_url="https://cal.example.com/amara",
        opens_at=time(8, 30),
        closes_at=time(16),
        languages=("en", "yo"),
        department=s.named("Data"),
        location=s.named("Lagos"),
        country="NG",
    )
    yield "modals/profile", "new", {**meta, "profile": blank}
    yield "modals/profile", "filled", {**meta, "profile": filled}


def _offered(s: Samples, *ticked: int) -> SlotsView:
    starts = [THURSDAY + timedelta(days=n % 2, hours=n // 2) for n in range(8)]
    local = [start.astimezone(s.mentee.hours.tz) for start in sorted(starts)]
    slots = (
        SlotView(f"{at.timestamp():.0f}", at, number in ticked) for number, at in enumerate(local)
    )
    return SlotsView(0, tuple(slots), (), (s.mentor,), (), were_some=True)


def _third(s: Samples) -> PersonView:
    return s.person(3, "Mirela Pop", "Technical writer", "Europe/Bucharest")


def _free(s: Samples) -> tuple[FreeView, ...]:
    mine = FreeView(s.mentee, ("mon_am", "tue_am"), time(9), time(13), time(9), time(13))
    there = FreeView(s.mentor, (), time(9), time(17), time(16), time(0))
    return (mine, there, replace(mine, person=_third(s), windows=()))
