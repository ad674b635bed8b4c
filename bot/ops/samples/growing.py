"""What grows from a session: keeping in touch, and a formal relationship."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.domain.agreements import Activity, Stage
from bot.domain.kinds import Format, Kind, Role
from bot.domain.programmes import Every
from bot.domain.states import RelationshipState, SessionState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import MONDAY, THURSDAY, Samples
from bot.services.growing.views_growing import (
    AgreementView,
    LookBackView,
    PartnerView,
    RelationshipView,
    TieView,
)
from bot.services.views import ChecklistItem, ChecklistView, SessionView


def growing(s: Samples) -> Iterator[Case]:
    """What is said to former partners, and to two who go on formally."""
    yield from _ties(s)
    yield from _asking(s)
    yield from _agreements(s)
    yield from _on_the_way(s)
    yield from _ends(s)
    yield from _forms(s)
    yield from _sessions(s)
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
    full = replace(s.busy_overview(), ties=(a_tie(s),) * 7, relationships=(active(s),) * 7)
    yield "messages/overview", "growing", {"overview": full}
    yield "home/home", "growing", {"overview": full}
    alone = s.overview(s.mentee, ties=(a_tie(s),))
    yield "messages/overview", "in_touch", {"overview": alone}


def an_agreement(s: Samples, **more: Any) -> AgreementView:
    facts: dict[str, Any] = {
        "version": 1,
        "objective": s.typed("Leading a project of my own by the summer"),
        "goals": (s.typed("Say no to more scope, kindly"), s.typed("Know the sponsors")),
        "support": "",
        "activities": (),
        "formats": (Format.VIDEO, Format.WALK),
        "availability": "",
        "cancelling": "",
        "confidentiality": "",
        "ending": "",
        "every": Every.TWO_WEEKS,
        "length_minutes": 45,
        "months": 6,
        "agenda_ahead": True,
        "by": s.mentee,
    }
    return AgreementView(**{**facts, **more})


def full_agreement(s: Samples) -> AgreementView:
    return an_agreement(
        s,
        version=3,
        support=s.typed("Honest answers, and a door here and there"),
        activities=tuple(Activity),
        availability=s.typed("Thursdays after lunch"),
        cancelling=s.typed("A line the evening before"),
        confidentiality=s.typed("Nothing leaves the room"),
        ending=s.typed("Over a coffee"),
        every=Every.MONTH,
        months=1,
        agenda_ahead=False,
        by=s.mentor,
        mentor_signed_at=MONDAY,
    )


def a_draft(s: Samples, **more: Any) -> RelationshipView:
    facts: dict[str, Any] = {
        "id": 8,
        "state": RelationshipState.DRAFTING,
        "me": s.mentee,
        "mentor": s.mentor,
        "mentee": s.mentee,
        "area": "Project management",
        "area_key": "projects",
        "in_force": 0,
        "agreement": an_agreement(s),
        "retention_days": 90,
    }
    return RelationshipView(**{**facts, **more})


def active(s: Samples, **more: Any) -> RelationshipView:
    signed = an_agreement(s, mentor_signed_at=MONDAY, mentee_signed_at=MONDAY)
    facts: dict[str, Any] = {
        "state": RelationshipState.ACTIVE,
        "in_force": 1,
        "agreement": signed,
        "ends_on": date(2027, 5, 23),
        "review_on": date(2027, 2, 21),
    }
    return a_draft(s, **{**facts, **more})


def ended(s: Samples, **more: Any) -> RelationshipView:
    facts = {"state": RelationshipState.ENDED, "ended_by": s.mentor}
    return active(s, **{**facts, **more})


def _asking(s: Samples) -> Iterator[Case]:
    asked = a_draft(s, agreement=None, asked_by=s.mentor)
    as_mentor = a_draft(s, agreement=None, asked_by=s.mentee, me=s.mentor)
    dropped = replace(asked, state=RelationshipState.DROPPED)
    mentor, mentee = (s.library.guide(Kind.SPOT, role, is_formal=True) for role in Role)
    yield "messages/formal_ask", "mentee", {"relationship": asked, "guide": mentee}
    yield (
        "messages/formal_ask",
        "mentor",
        {"me": s.mentor, "relationship": as_mentor, "guide": mentor},
    )
    yield "messages/formal_ask", "agreed", {"relationship": a_draft(s), "guide": mentee}
    yield "messages/formal_ask", "dropped", {"relationship": dropped, "guide": mentee}
    for note in ("declined", "lapsed", "gone"):
        yield "messages/formal_news", note, {"relationship": dropped, "note": note}
    partners = tuple(
        PartnerView(session_id=n, other=s.mentor, role=role, held_at=MONDAY)
        for n, role in enumerate(Role)
    )
    mine = (active(s), asked, replace(asked, asked_by=s.mentee))
    facts: dict[str, Any] = {"partners": partners, "relationships": mine}
    yield "messages/formal_choice", "some", facts
    yield "messages/formal_choice", "many", {"partners": partners * 9, "relationships": mine * 9}
    yield "messages/formal_choice", "nobody", {"partners": (), "relationships": ()}
    yield "messages/agreements", "one", {"relationships": (active(s),)}
    yield "messages/agreements", "many", {"relationships": mine * 9}
    yield "messages/agreements", "none", {"relationships": ()}


def _agreements(s: Samples) -> Iterator[Case]:
    draft = a_draft(s)
    changed = a_draft(s, agreement=full_agreement(s))
    own = a_draft(s, me=s.mentor, agreement=replace(full_agreement(s), mentor_signed_at=None))
    gone = a_draft(s, agreement=an_agreement(s, is_erased=True))
    for name, seen in (
        ("draft", draft),
        ("changed_by_other", changed),
        ("changed_by_me", own),
        ("changed_later", replace(changed, state=RelationshipState.ACTIVE, in_force=2)),
        ("signed_by_both", active(s)),
        ("dropped", replace(draft, state=RelationshipState.DROPPED)),
        ("erased", gone),
    ):
        yield "messages/agreement_card", name, {"relationship": seen, "newest": True}
    yield "messages/agreement_card", "older", {"relationship": changed, "newest": False}
    yield "messages/agreement_nudge", "waits", {"relationship": changed, "waits": True}
    yield "messages/agreement_nudge", "signed", {"relationship": active(s), "waits": False}
    yield "messages/agreement_signed", "now", {"relationship": active(s), "newest": True}
    yield "messages/agreement_signed", "older", {"relationship": active(s), "newest": False}
    yield "messages/agreement_signed", "ended", {"relationship": ended(s), "newest": True}


def _on_the_way(s: Samples) -> Iterator[Case]:
    timed = active(s, next_at=MONDAY + timedelta(days=3), next_id=42)
    untimed = active(s, next_id=42)
    yield "messages/review_card", "open", {"relationship": active(s)}
    yield "messages/review_card", "ended", {"relationship": ended(s)}
    for name, seen in (("timed", timed), ("untimed", untimed), ("nothing_ahead", active(s))):
        yield "messages/momentum", name, {"relationship": seen, "quiet": True}
    yield "messages/momentum", "met", {"relationship": active(s), "quiet": False}
    yield "messages/momentum_again", "open", {"relationship": untimed, "quiet": True}
    yield "messages/momentum_again", "met", {"relationship": active(s), "quiet": False}
    yield "messages/momentum_again", "ended", {"relationship": ended(s), "quiet": True}


def _ends(s: Samples) -> Iterator[Case]:
    back = LookBackView(s.typed("A plan, and a friend"), s.typed("Thank you for both"), True)
    alone = replace(back, keeps=False)
    gone = replace(s.mentor, is_deleted=True)
    for name, seen in (
        ("by_other", ended(s)),
        ("by_me", ended(s, ended_by=s.mentee, mine=back)),
        ("by_time", ended(s, ended_by=None, theirs=alone)),
        ("both", ended(s, mine=back, theirs=back, keep_in_touch=True)),
        ("gone", ended(s, mentor=gone, ended_by=gone)),
        ("erased", ended(s, is_erased=True)),
    ):
        yield "messages/end_card", name, {"relationship": seen}


def _forms(s: Samples) -> Iterator[Case]:
    meta = {"metadata": '{"token":"abc","relationship":8}'}
    areas = s.library.area_groups
    for name, seen in (("draft", a_draft(s)), ("change", a_draft(s, agreement=full_agreement(s)))):
        yield "modals/agreement", name, {**meta, "relationship": seen, "areas": areas}
        yield "modals/agreement_words", name, {**meta, "relationship": seen}
    back = LookBackView(s.typed("A plan"), "", True)
    yield "modals/look_back", "end", {**meta, "relationship": active(s)}
    yield "modals/look_back", "change", {**meta, "relationship": ended(s, mine=back)}


def _sessions(s: Samples) -> Iterator[Case]:
    """Of two who meet regularly: the same messages, with what is left from the last time."""
    bare: dict[str, Any] = {
        "topic": "",
        "hoped_for": "",
        "questions": (),
        "reason": None,
        "reasons": (),
        "relationship_id": 8,
        "kind": Kind.SPOT,
    }
    steps = tuple(s.action(n) for n in range(7))
    matched = s.session(**bare)
    agenda = replace(s.agenda, updates=s.typed("I led my first review"))
    ahead = s.scheduled(**bare, carried=steps, agenda=agenda)
    ahead = replace(ahead, next_at=THURSDAY + timedelta(weeks=2))
    for name, session in (("formal", matched), ("formal_scheduled", ahead)):
        yield "messages/introduction", name, {"me": None, "session": session}
    asked = replace(ahead, agenda=None)
    yield from _stages(s, asked)
    as_mentor = {"me": s.mentor, "other": s.mentee, "role": Role.MENTOR}
    yield "messages/agenda_card", "formal", {**as_mentor, "session": ahead}
    meta = {"metadata": '{"token":"abc","session":42}'}
    hints = s.library.guide(Kind.SPOT, Role.MENTEE, is_formal=True).agenda[Stage.MIDDLE]
    yield "modals/agenda", "formal", {**meta, "session": ahead, "hints": hints}
    off = s.session(**bare, state=SessionState.CANCELLED, cancelled_by=s.mentor)
    note = {"note": "relationship_over", "actor": s.mentor}
    yield "messages/session_cancelled", "relationship_over", {"me": None, "session": off, **note}


def _stages(s: Samples, session: SessionView) -> Iterator[Case]:
    """What each side is asked to think of, and how it begins, wherever they are on their way."""
    for role, me, other in ((Role.MENTEE, s.mentee, s.mentor), (Role.MENTOR, s.mentor, s.mentee)):
        guide = s.library.guide(Kind.SPOT, role, is_formal=True)
        facts = {"me": me, "other": other, "role": role}
        for stage, hints in guide.agenda.items():
            said = {**facts, "session": replace(session, stage=stage)}
            items = tuple(ChecklistItem(each.key, each.text, False) for each in guide.before)
            list_ = {"checklist": ChecklistView(role, items, False, hints)}
            if role is Role.MENTEE:
                yield "messages/agenda_ask", f"formal_{stage}", {**said, "hints": hints}
            if role is Role.MENTOR or stage is Stage.FIRST:
                yield "messages/checklist", f"formal_{role}_{stage}", {**said, **list_}
        yield "messages/start_card", f"formal_{role}", {**facts, "session": session, "guide": guide}
