"""The mentor's answer to an agenda, and what grows from a talk: feedback, going on, pausing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.kinds import Outcome, Role, Wish
from bot.domain.programmes import Shape
from bot.domain.states import SessionState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import THURSDAY, Samples
from bot.ops.samples.clubs import Clubs
from bot.services.sessions.feedback import FeedbackView
from bot.services.sessions.going_on import GoOnView
from bot.services.views import AgendaView

COMPARED = THURSDAY + timedelta(days=7)
METADATA = '{"token":"abc","session":42}'


def answers(s: Samples) -> Iterator[Case]:
    """Each of them in every state."""
    yield from _agendas(s)
    yield from _going_on(s)
    yield from _feedback(s)
    yield from _after_no(s)
    yield from _in_public(s)


def _mentee(s: Samples, **more: Any) -> dict[str, Any]:
    return {"me": s.mentee, "other": s.mentor, "role": Role.MENTEE, **more}


def _mentor(s: Samples, **more: Any) -> dict[str, Any]:
    return {"me": s.mentor, "other": s.mentee, "role": Role.MENTOR, **more}


def answered(s: Samples, **more: Any) -> AgendaView:
    """The agenda with two points of the mentor's."""
    points = (s.typed("How decisions are made here"), s.typed("Who else could help"))
    return replace(s.agenda, points=points, **more)


def _agendas(s: Samples) -> Iterator[Case]:
    good = replace(s.agenda, answered_version=1)
    outgrown = replace(good, version=2)
    for name, agenda in (("good", good), ("outgrown", outgrown)):
        session = s.scheduled(agenda=agenda)
        yield "messages/agenda_answered", name, _mentee(s, session=session, note="good")
        yield "messages/agenda_card", name, _mentor(s, session=session)
    session = s.scheduled(agenda=answered(s))
    yield "messages/agenda_answered", "points", _mentee(s, session=session, note="points")
    yield "messages/agenda_card", "points", _mentor(s, session=session)
    yield "messages/agenda_saved", "points", _mentee(s, session=session)
    both = s.held(agenda=answered(s, answered_version=1))
    yield "messages/agenda_answered", "held", _mentee(s, session=both, note="points")
    yield "messages/agenda_answered", "erased", _mentee(s, session=s.held(), note="good")
    form = {"me": s.mentor, "metadata": METADATA}
    yield "modals/point", "new", {**form, "session": s.scheduled(agenda=s.agenda)}
    yield "modals/point", "change", {**form, "session": session}


def _going_on(s: Samples) -> Iterator[Case]:
    open_ = GoOnView((), False, COMPARED, True)
    said = GoOnView((Wish.AGAIN, Wish.FORMAL), True, COMPARED, True)
    no = replace(said, wishes=(Wish.NO,))
    states = {
        "open": open_,
        "said": said,
        "no": no,
        "closed": replace(said, is_open=False),
        "erased": replace(said, wishes=(), is_open=False),
    }
    for name, mine in states.items():
        yield "messages/go_on_ask", name, _mentee(s, session=s.held(), go_on=mine)
    for note in ("formal", "again", "again_asked", "keep_in_touch", "nothing"):
        for side in (_mentee, _mentor):
            facts = side(s, session=s.held(), note=note)
            yield "messages/go_on_news", f"{note}_{facts['role']}", facts
    for name, mine in (("new", open_), ("change", replace(said, wishes=(Wish.KEEP_IN_TOUCH,)))):
        form = {"metadata": METADATA, "session": s.held(), "other": s.mentor, "go_on": mine}
        yield "modals/go_on", name, form
    yield from _three(s, open_)


def _three(s: Samples, open_: GoOnView) -> Iterator[Case]:
    """The same of three: they again, and keeping in touch with either."""
    third = s.person(6, "Noor Haddad", "Engineer", "Europe/Berlin")
    facts = _mentee(s, session=s.held(third=third, shape=Shape.PEERS))
    said = GoOnView((Wish.AGAIN, Wish.KEEP_IN_TOUCH), True, COMPARED, True, keeps=(third.id,))
    no = replace(said, wishes=(Wish.NO,), keeps=())
    closed = replace(said, is_open=False)
    for name, mine in (("open", open_), ("said", said), ("no", no), ("closed", closed)):
        yield "messages/go_on_ask", f"three_{name}", {**facts, "go_on": mine}
    for name, mine in (("three", open_), ("three_change", said)):
        yield "modals/go_on", name, {**facts, "metadata": METADATA, "go_on": mine}
    for name, note, partners in (
        ("again", "again", ()),
        ("one", "keep_in_touch", (third,)),
        ("both", "keep_in_touch", (third, s.mentor)),
        ("nothing", "nothing", ()),
    ):
        yield "messages/go_on_news", f"three_{name}", {**facts, "note": note, "partners": partners}


def _feedback(s: Samples) -> Iterator[Case]:
    mine = FeedbackView(4, s.typed("Ask earlier next time."))
    closed = s.held(state=SessionState.CLOSED)
    yield "messages/feedback_ask", "open", _mentee(s, session=s.held(), feedback=None)
    yield "messages/feedback_ask", "given", _mentor(s, session=s.held(), feedback=mine)
    yield "messages/feedback_ask", "given_closed", _mentee(s, session=closed, feedback=mine)
    yield "messages/feedback_ask", "closed", _mentee(s, session=closed, feedback=None)
    for name, given in (("new", None), ("change", mine)):
        form = {"metadata": METADATA, "session": s.held(), "feedback": given}
        yield "modals/feedback", name, form


def _after_no(s: Samples) -> Iterator[Case]:
    clubs = Clubs(s)
    missed = s.scheduled(state=SessionState.MISSED)
    said = _mentee(s, session=missed, answer=Outcome.NO, programme=None)
    led, unled = clubs.programme(), clubs.programme(leads=(), contacts="")
    yield "messages/outcome_thanks", "no", {**said, "note": "no"}
    yield "messages/outcome_thanks", "let_go", {**said, "note": "let_go"}
    yield "messages/outcome_thanks", "talk", {**said, "note": "talk", "programme": led}
    yield "messages/outcome_thanks", "talk_unled", {**said, "note": "talk", "programme": unled}
    news = {
        "me": None,
        "note": "disagreement",
        "programme": led,
        "round": None,
        "count": 0,
        "people": (s.mentor, s.mentee),
    }
    for name, at, is_open in (("of", THURSDAY, True), ("", None, True), ("settled", None, False)):
        state = f"disagreement_{name}".rstrip("_")
        yield "messages/lead_news", state, {**news, "at": at, "is_open": is_open}
    for name, me in (("paused", replace(s.mentor, is_paused=True)), ("back", s.mentor)):
        yield "messages/paused_silent", name, {"me": me, "is_newest": True}
    yield "messages/paused_silent", "then", {"me": s.mentor, "is_newest": False}


def _in_public(s: Samples) -> Iterator[Case]:
    text = s.typed("I slept well after our talk.")
    card = _mentor(s, session=s.held(has_channel=True), text=text)
    yield "messages/thanks_card", "asked", {**card, "shown": "asked"}
    yield "messages/thanks_card", "kept", {**card, "shown": "asked", "note": "kept"}
    yield "messages/thanks_card", "shown", {**card, "shown": "shown"}
    for shown in ("asked", "shown"):
        saved = _mentee(s, session=s.held(has_channel=True), shown=shown)
        yield "messages/thanks_saved", f"may_be_{shown}", saved
    public = {"me": None, "writer": s.mentee, "reader": s.mentor, "role": Role.MENTEE}
    yield "messages/public_thanks", "shown", {**public, "text": text, "note": "1"}
    yield "messages/public_thanks", "erased", {**public, "text": "", "note": "1"}
    form = {"metadata": METADATA, "session": s.held(has_channel=True), "role": Role.MENTEE}
    yield "modals/thanks", "with_a_channel", form
