"""Asking one person by name, and whoever is named instead."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.kinds import Kind, ReferralKind
from bot.domain.states import OfferState, ReferralState, RequestState, SessionState
from bot.ops.samples.cast import Samples
from bot.services.requests.views_asking import ReferralView
from bot.services.views import OfferView, PersonView, RequestView

Case = tuple[str, str, dict[str, Any]]
META = {"metadata": "{}"}


def inviting(s: Samples) -> Iterator[Case]:
    """The invitation, its answers, and their forms."""
    yield from _invitations(s)
    yield from _asker(s)
    yield from _referrals(s)
    yield from _board(s)
    yield from _forms(s)


def third(s: Samples) -> PersonView:
    return s.person(3, "Mei Tanaka", "Research lead", "Asia/Tokyo")


def request(s: Samples, **more: Any) -> RequestView:
    """Amara asks Jonas for a talk."""
    facts: dict[str, Any] = {
        "kind": Kind.SPOT,
        "questions": (),
        "reason": None,
        "areas": (),
        "invited": s.mentor,
        "asked": s.mentor,
        "asked_state": OfferState.PENDING,
    }
    return s.request(**{**facts, **more})


def _offer(s: Samples, state: OfferState = OfferState.PENDING, **more: Any) -> OfferView:
    minutes = more.get("proposed_minutes")
    about = request(s, asked_state=state, proposed_minutes=minutes)
    return s.offer(**{"request": about, "state": state, "reasons": (), **more})


def _invitations(s: Samples) -> Iterator[Case]:
    for template in ("messages/invitation", "messages/invitation_reminder"):
        for state in OfferState:
            minutes = 15 if state is OfferState.PROPOSED else None
            offer = _offer(s, state, proposed_minutes=minutes)
            yield template, state.value, {"me": s.mentor, "offer": offer}
    learns = s.offer(request=s.request(kind=Kind.REVERSE, reason=None))
    yield "messages/offer", "reverse", {"me": s.mentor, "offer": learns}
    not_taken = _offer(s, OfferState.DECLINED, proposed_minutes=15)
    yield "messages/invitation", "shorter_not_taken", {"me": s.mentor, "offer": not_taken}
    words = s.typed("She has just been through it, and tells it well.")
    named = _offer(s, suggested_by=third(s), suggested_words=words, one_off=True)
    yield "messages/invitation", "suggested_and_full", {"me": s.mentor, "offer": named}
    bare = replace(
        request(s, formats=(), windows=(), length_minutes=15), mentee=replace(s.mentee, title="")
    )
    shortest = s.offer(request=bare, reasons=())
    yield "messages/invitation", "shortest", {"me": s.mentor, "offer": shortest}
    for state in (OfferState.PROPOSED, OfferState.ACCEPTED, OfferState.DECLINED):
        yield "messages/proposal", state.value, {"offer": _offer(s, state, proposed_minutes=15)}


def _asker(s: Samples) -> Iterator[Case]:
    none: dict[str, Any] = {"offer_id": None, "offer_expires_at": None}
    words = s.typed("My team ships next week. Ask me again in January?")
    proposed = request(s, asked_state=OfferState.PROPOSED, proposed_minutes=15)
    named = request(s, named=_referral(s), asked_state=OfferState.DECLINED, **none)
    cases = {
        "asked": request(s),
        "proposed": proposed,
        "named": named,
        "matched": request(s, state=RequestState.MATCHED, asked_state=OfferState.ACCEPTED, **none),
        "withdrawn": request(s, state=RequestState.WITHDRAWN, **none),
    }
    for name, one in cases.items():
        yield "messages/invitation_receipt", name, {"request": one}
    over: dict[str, Any] = {"state": RequestState.DECLINED, **none}
    noes = {
        "declined": request(s, asked_state=OfferState.DECLINED, words=words, **over),
        "no_words": request(s, asked_state=OfferState.DECLINED, **over),
        "expired": request(s, asked_state=OfferState.EXPIRED, **over),
        "shorter_expired": request(s, asked_state=OfferState.EXPIRED, proposed_minutes=15, **over),
        "shorter_not_taken": request(
            s, asked_state=OfferState.DECLINED, proposed_minutes=15, **over
        ),
    }
    for name, one in noes.items():
        facts = {"request": one, "note": "declined"}
        yield "messages/invitation_receipt", name, {"request": one}
        yield "messages/invitation_news", name, facts
    yield "messages/invitation_news", "gone_on", {"request": cases["matched"], "note": "declined"}
    overview = s.overview(
        s.mentee, requests=(request(s), proposed, named), offers=(_offer(s), s.offer())
    )
    yield "messages/overview", "invitations", {"overview": overview}


def _referral(s: Samples, **more: Any) -> ReferralView:
    facts: dict[str, Any] = {
        "id": 21,
        "kind": ReferralKind.INSTEAD,
        "state": ReferralState.NAMED,
        "by": s.mentor,
        "to": third(s),
        "mentee": s.mentee,
        "words": s.typed("She has just been through it, and tells it well."),
        "topic": s.typed("Leading my first project without being anybody’s boss"),
        "request_id": 7,
    }
    return ReferralView(**{**facts, **more})


def _referrals(s: Samples) -> Iterator[Case]:
    for state in ReferralState:
        yield "messages/referral_ask", state.value, {"referral": _referral(s, state=state)}
    beyond = _referral(s, session_id=42, words="")
    yield "messages/referral_ask", "beyond_me", {"referral": beyond}
    intro = _referral(s, kind=ReferralKind.INTRODUCTION, session_id=42, topic="")
    yield "messages/referral_ask", "introduction", {"referral": intro}
    for state in ReferralState:
        one = replace(intro, state=state)
        yield "messages/referral_card", state.value, {"me": third(s), "referral": one}
    yield "messages/referral_news", "nothing", {"referral": intro, "note": "nothing"}
    yield "messages/referral_news", "stays", {"referral": beyond, "note": "nothing"}
    yield "messages/referral_news", "cannot", {"referral": intro, "note": "cannot"}
    yield "messages/intro_three", "said", {"me": None, "referral": intro}
    yield "messages/intro_followup", "said", {"referral": intro}
    called_off = s.session(state=SessionState.CANCELLED, cancelled_by=s.mentor)
    facts = {"me": None, "session": called_off, "actor": s.mentor, "note": "referred"}
    yield "messages/session_cancelled", "referred", facts


def _board(s: Samples) -> Iterator[Case]:
    none: dict[str, Any] = {"offer_id": None, "offer_expires_at": None}
    for state in RequestState:
        yield "messages/board_card", state.value, {"request": s.request(state=state, **none)}
    bare = s.request(state=RequestState.WAITING, areas=(), formats=(), **none)
    yield "messages/board_card", "bare", {"request": bare}


def _forms(s: Samples) -> Iterator[Case]:
    yield "modals/invite", "new", {**META, "person": "", "full": ""}
    kept = {"topic": s.typed("How to begin"), "hoped_for": s.typed("A start"), "length": "15"}
    full = {"person": s.mentor.slack_id, "full": s.mentor.name, "kept": kept}
    chosen = {"formats": ("video",), "windows": ("tue_am",)}
    yield "modals/invite", "full", {**META, **full, **chosen}
    enough = {"person": s.mentor.slack_id, "full": "", "enough": s.mentor.name}
    yield "modals/invite", "mentees_enough", {**META, **enough}
    yield "modals/reverse", "new", {**META, "areas": s.library.area_groups}
    named = s.typed("The people team, or the outside helpline.")
    yield "modals/contacts", "named", {**META, "contacts": named}
    yield "modals/contacts", "nobody", {**META, "contacts": ""}
    yield "modals/decline", "new", {**META, "offer": _offer(s)}
    for name, kind, within in (
        ("new", ReferralKind.INSTEAD, False),
        ("beyond_me", ReferralKind.INSTEAD, True),
        ("introduce", ReferralKind.INTRODUCTION, True),
    ):
        facts = {"mentee": s.mentee, "kind": kind, "in_session": within}
        yield "modals/refer", name, {**META, **facts}
