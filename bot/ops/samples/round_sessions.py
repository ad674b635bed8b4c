"""Sessions that a round made: without a request, among peers, reverse, or of three."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.kinds import Kind, Outcome, Role
from bot.domain.programmes import Shape
from bot.domain.states import RoundState, SessionState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import MONDAY, THURSDAY, Samples
from bot.ops.samples.clubs import Clubs
from bot.ops.samples.forms import METADATA
from bot.services.views import PersonView, ReasonView, SessionView


def round_sessions(s: Samples) -> Iterator[Case]:
    """What the session's own messages say where nobody asked, or where three are in it."""
    c = Clubs(s)
    yield from _introductions(c)
    yield from _of_three(c)
    yield from _reverse(c)
    yield from _peers(c)
    yield from _homes(c)


def _session(c: Clubs, **more: Any) -> SessionView:
    unsaid = {"topic": "", "hoped_for": "", "questions": (), "reason": None}
    made = {"round_id": 9, "programme": c.s.named("Engineering circle"), "shape": Shape.PAIRS}
    return c.s.session(**{**unsaid, **made, "reasons": c.round_reasons, **more})


def _third(c: Clubs) -> PersonView:
    return c.people(1)[0]


def _trio(c: Clubs, **more: Any) -> SessionView:
    return _session(c, shape=Shape.PEERS, kind=Kind.SPOT, **{"third": _third(c), **more})


def _set(session: SessionView) -> SessionView:
    return replace(session, state=SessionState.SCHEDULED, starts_at=THURSDAY, plan=1)


def _introductions(c: Clubs) -> Iterator[Case]:
    areas = c.s.library.area_labels(("first_lead", "projects"))
    shared: dict[str, Any] = {"topic": ", ".join(areas), "shared": areas}
    trio = _trio(c)
    cases = {
        "round": _session(c, **shared),
        "round_without_topic": _session(c, mentor_topics="", reasons=()),
        "peers": _session(c, shape=Shape.PEERS, kind=Kind.SPOT),
        "reverse": _session(c, kind=Kind.REVERSE, **shared),
        "trio_of_peers": trio,
        "trio": replace(trio, shape=Shape.PAIRS, **shared),
        "trio_again": replace(trio, reasons=(ReasonView("again", {}),)),
        "trio_scheduled": _set(trio),
        "trio_cancelled": replace(trio, state=SessionState.CANCELLED),
    }
    for state, session in cases.items():
        yield "messages/introduction", state, {"me": None, "actor": None, "session": session}


def _of_three(c: Clubs) -> Iterator[Case]:
    trio = _trio(c)
    mine = {"me": _third(c), "other": c.s.mentor, "role": Role.MENTEE}
    yield "messages/agenda_ask", "trio", {**mine, "session": trio}
    group: dict[str, Any] = {"me": None, "actor": _third(c), "note": "set"}
    yield "messages/time_set", "trio", {**group, "session": _set(trio)}
    yield "messages/session_cancelled", "trio", {**group, "session": trio, "note": None}
    yield from _of_three_in_time(c)
    meta = {"metadata": METADATA}
    yield "modals/actions", "trio", {**meta, "session": trio, "me": _third(c)}
    yield "modals/thanks", "trio", {**meta, "session": trio, "role": Role.MENTOR}
    yield "modals/set_time", "trio", {**meta, "session": trio, "now": MONDAY}
    yield "modals/cancel", "trio", {**meta, "session": trio}
    yield "modals/agenda", "trio", {**meta, "session": trio}


def _of_three_in_time(c: Clubs) -> Iterator[Case]:
    """Whom each of three meets: the two others; whom a mentor thanks and waits for: both."""
    trio = _set(_trio(c))
    held = replace(trio, state=SessionState.HELD)
    mine: dict[str, Any] = {"me": _third(c), "other": c.s.mentor, "role": Role.MENTEE}
    mentor: dict[str, Any] = {"me": c.s.mentor, "other": c.s.mentee, "role": Role.MENTOR}
    for role, facts in ((Role.MENTEE, mine), (Role.MENTOR, mentor)):
        lists = {"checklist": c.s.checklist(role, 2), "job_id": 7}
        asked = {**facts, "session": held, "sent": False, "answer": None, "job_id": 7}
        for name in ("reminder_day", "reminder_soon", "checklist", "checklist_nudge"):
            yield f"messages/{name}", f"trio_{role}", {**facts, "session": trio, **lists}
        for name in ("outcome_ask", "outcome_nudge", "thanks_ask", "thanks_nudge"):
            yield f"messages/{name}", f"trio_{role}", asked
    written = replace(trio, agenda=c.s.agenda)
    yield "messages/agenda_saved", "trio", {**mine, "session": written}
    yield "messages/agenda_nudge", "trio", {**mine, "session": trio, "job_id": 7}
    card = {"session": held, "text": c.s.typed("Thank you both."), "other": c.s.mentor}
    yield "messages/thanks_card", "trio", {**mine, **card}


def _sides(c: Clubs) -> Iterator[tuple[Role, PersonView, PersonView]]:
    yield Role.MENTEE, c.s.mentee, c.s.mentor
    yield Role.MENTOR, c.s.mentor, c.s.mentee


def _reverse(c: Clubs) -> Iterator[Case]:
    session = _set(_session(c, kind=Kind.REVERSE))
    for role, me, other in _sides(c):
        guide = c.s.library.guide(Kind.REVERSE, role)
        facts = {"me": me, "other": other, "role": role, "session": session, "guide": guide}
        yield "messages/start_card", f"reverse_{role}", facts


def _peers(c: Clubs) -> Iterator[Case]:
    session = _set(_session(c, shape=Shape.PEERS, kind=Kind.SPOT))
    held = replace(session, state=SessionState.HELD)
    for role, me, other in _sides(c):
        facts = {"me": me, "other": other, "role": role}
        guide = {"guide": c.s.library.guide(Kind.SPOT, role)}
        yield "messages/start_card", f"peers_{role}", {**facts, "session": session, **guide}
        asked = {**facts, "session": held}
        yield "messages/thanks_ask", f"peers_{role}", {**asked, "sent": False}
        yield "messages/outcome_thanks", f"peers_{role}", {**asked, "answer": Outcome.YES}
        trio = {**facts, "session": _set(_trio(c)), **guide}
        yield "messages/start_card", f"trio_{role}", trio
    written = replace(session, agenda=c.s.agenda)
    mentor = {"me": c.s.mentor, "other": c.s.mentee, "role": Role.MENTOR}
    yield "messages/agenda_card", "peers", {**mentor, "session": written}
    yield "messages/agenda_card", "trio", {**mentor, "session": replace(written, third=_third(c))}


def _homes(c: Clubs) -> Iterator[Case]:
    me = c.s.mentee
    planned = c.round(state=RoundState.PLANNED)
    led = (
        c.led(),
        c.led(waiting=0, round=planned),
        c.led(waiting=1, round=None, programme=c.open_programme),
        c.led(programme=c.archived(), round=None),
        c.led(round=None),
    )
    enrolments = (
        c.enrolment(),
        c.enrolment(programme=c.of_shape(Shape.PEERS, next_dates=())),
        c.enrolment(programme=c.open_programme),
        c.enrolment(programme=c.archived()),
        c.enrolment(),
    )
    lead = c.s.overview(me, led=led, enrolments=enrolments)
    yield "home/home", "lead", {"overview": lead}
    crowded = replace(c.s.busy_overview(), led=led, enrolments=enrolments)
    yield "home/home", "busy_lead", {"overview": crowded}
    asked_first = c.programme(is_opt_in=True)
    coming = (c.round(), c.round(programme=asked_first), c.round(answer=False))
    for template in ("messages/overview", "home/home"):
        yield template, "coming", {"overview": c.s.overview(me, rounds=coming)}
    trio = _trio(c)
    overview = c.s.overview(me, sessions=(trio, replace(trio, id=43, kind=Kind.REVERSE)))
    yield "messages/overview", "rounds", {"overview": overview}
