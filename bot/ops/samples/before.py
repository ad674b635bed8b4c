"""From the introduction to the start."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.kinds import Format, Kind, Role
from bot.domain.states import SessionState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import Samples

OVER = (SessionState.CANCELLED, SessionState.MISSED, SessionState.HELD)


def before(s: Samples) -> Iterator[Case]:
    """What is said to the two, and to each of them, before they talk."""
    yield from _to_both(s)
    yield from _checklists(s)
    yield from _agendas(s)
    yield from _reminders(s)


def _to_both(s: Samples) -> Iterator[Case]:
    group: dict[str, Any] = {"me": None, "actor": s.mentor}
    taster = s.session(kind=Kind.SPOT, is_taster=True, reasons=(), mentor_topics="")
    yield "messages/introduction", "matched", {**group, "session": s.session()}
    yield "messages/introduction", "taster", {**group, "session": taster}
    yield "messages/introduction", "scheduled", {**group, "session": s.scheduled()}
    for state in (*OVER, SessionState.CLOSED):
        yield "messages/introduction", state.value, {**group, "session": s.scheduled(state=state)}
    yield "messages/time_set", "set", {**group, "note": "set", "session": s.scheduled()}
    nobody = {**group, "actor": None}
    by_video = s.scheduled(format=Format.VIDEO, place="")
    yield "messages/time_set", "set_by_nobody", {**nobody, "note": "set", "session": by_video}
    often = s.scheduled(reschedules=2)
    yield "messages/time_set", "moved", {**group, "note": "moved", "session": often}
    yield "messages/time_set", "moved_by_nobody", {**nobody, "note": "moved", "session": often}
    yield "messages/time_set", "unset", {**group, "note": "set", "session": s.session()}
    for state in OVER:
        facts = {**group, "note": "set", "session": s.scheduled(state=state)}
        yield "messages/time_set", state.value, facts
    reason = s.typed("A customer call came up")
    unset = s.session(plan=2, cancel_reason=reason)
    yield "messages/time_unset", "open", {**group, "session": unset}
    yield "messages/time_unset", "open_by_nobody", {**nobody, "session": s.session(plan=2)}
    yield "messages/time_unset", "found", {**group, "session": s.scheduled()}
    cancelled = s.session(state=SessionState.CANCELLED, cancelled_by=s.mentor, cancel_reason=reason)
    yield "messages/time_unset", "cancelled", {**group, "session": cancelled}
    yield "messages/session_cancelled", "by_one", {**group, "session": cancelled}
    silent = s.session(state=SessionState.CANCELLED)
    yield "messages/session_cancelled", "by_nobody", {**nobody, "session": silent}
    for name, again, taken_out in (
        ("first", False, False),
        ("again", True, False),
        ("taken_out", True, True),
    ):
        facts = {"me": None, "session": s.scheduled(), "again": again, "taken_out": taken_out}
        yield "messages/calendar_file", name, facts
    gone = {"me": s.mentee, "actor": s.mentor, "note": "gone", "session": cancelled}
    yield "messages/session_cancelled", "gone", gone
    lapsed = {**nobody, "session": silent, "note": "no_time"}
    yield "messages/session_cancelled", "no_time", lapsed


def _mentee(s: Samples, **more: Any) -> dict[str, Any]:
    return {"me": s.mentee, "other": s.mentor, "role": Role.MENTEE, **more}


def _mentor(s: Samples, **more: Any) -> dict[str, Any]:
    return {"me": s.mentor, "other": s.mentee, "role": Role.MENTOR, **more}


def _checklists(s: Samples) -> Iterator[Case]:
    fresh = s.checklist(Role.MENTEE, 0)
    some = s.checklist(Role.MENTEE, 2, other_ready=True)
    done = s.checklist(Role.MENTOR, 9)
    matched, set_ = s.session(), s.scheduled()
    over = s.session(state=SessionState.CANCELLED)
    yield "messages/checklist", "fresh", _mentee(s, session=matched, checklist=fresh)
    yield "messages/checklist", "some", _mentee(s, session=set_, checklist=some)
    yield "messages/checklist", "ready", _mentor(s, session=set_, checklist=done)
    yield "messages/checklist", "over", _mentee(s, session=over, checklist=some)
    last = s.checklist(Role.MENTEE, 4)
    yield "messages/checklist_nudge", "some", _mentee(s, session=set_, checklist=some)
    yield "messages/checklist_nudge", "last", _mentee(s, session=matched, checklist=last)
    yield "messages/checklist_nudge", "ready", _mentor(s, session=set_, checklist=done)
    yield "messages/checklist_nudge", "over", _mentee(s, session=over, checklist=some)


def _agendas(s: Samples) -> Iterator[Case]:
    written = s.scheduled(agenda=s.agenda)
    over = s.session(state=SessionState.CANCELLED)
    for name in ("agenda_ask", "agenda_nudge"):
        yield f"messages/{name}", "open", _mentee(s, session=s.session())
        yield f"messages/{name}", "scheduled", _mentee(s, session=s.scheduled())
        yield f"messages/{name}", "written", _mentee(s, session=written)
        yield f"messages/{name}", "over", _mentee(s, session=over)
    held = s.held(agenda=s.agenda)
    yield "messages/agenda_saved", "saved", _mentee(s, session=written)
    yield "messages/agenda_saved", "held", _mentee(s, session=held)
    yield "messages/agenda_saved", "erased", _mentee(s, session=s.held())
    yield "messages/agenda_card", "first", _mentor(s, session=written)
    changed = s.session(agenda=replace(s.agenda, version=2, reading="", off_limits=""))
    yield "messages/agenda_card", "changed", _mentor(s, session=changed)
    yield "messages/agenda_card", "erased", _mentor(s, session=s.held())
    yield "messages/agenda_missing", "open", _mentor(s, session=s.scheduled())
    yield "messages/agenda_missing", "written", _mentor(s, session=written)
    yield "messages/agenda_missing", "over", _mentor(s, session=over)


def _reminders(s: Samples) -> Iterator[Case]:
    over = s.session(state=SessionState.CANCELLED)
    some = s.checklist(Role.MENTEE, 4)
    ready = s.checklist(Role.MENTOR, 9, other_ready=True)
    written = s.scheduled(agenda=s.agenda)
    yield "messages/time_nudge", "mentee", _mentee(s, session=s.session())
    yield "messages/time_nudge", "mentor", _mentor(s, session=s.session())
    yield "messages/time_nudge", "scheduled", _mentee(s, session=s.scheduled())
    yield "messages/time_nudge", "over", _mentee(s, session=over)
    for name in ("reminder_day", "reminder_soon"):
        yield f"messages/{name}", "mentee", _mentee(s, session=s.scheduled(), checklist=some)
        yield f"messages/{name}", "mentor", _mentor(s, session=written, checklist=ready)
        yield f"messages/{name}", "over", _mentee(s, session=over, checklist=some)
    for role, facts in ((Role.MENTEE, _mentee), (Role.MENTOR, _mentor)):
        for kind in (Kind.FLASH, Kind.SPOT):
            session = s.scheduled(kind=kind)
            guide = s.library.guide(kind, role)
            yield "messages/start_card", f"{kind}_{role}", facts(s, session=session, guide=guide)
    guide = s.library.guide(Kind.FLASH, Role.MENTEE)
    yield "messages/start_card", "over", _mentee(s, session=over, guide=guide)
    yield "messages/five_minutes", "mentee", _mentee(s, session=s.scheduled())
    yield "messages/five_minutes", "mentor", _mentor(s, session=s.held())
    yield "messages/five_minutes", "over", _mentee(s, session=over)
