"""Asking, offering, and what is said to anybody at any time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.domain.kinds import Kind, Role
from bot.domain.states import OfferState, RequestState
from bot.ops.samples.cast import MONDAY, Samples
from bot.services.views import SessionView

Case = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True)
class Choice:
    """Like `bot.services.sessions.words.Choice`."""

    value: str
    what: str
    session: SessionView


@dataclass(frozen=True)
class Draft:
    """Like `bot.services.sessions.words.DraftView`."""

    id: int
    text: str
    is_used: bool
    choices: tuple[Choice, ...]


def asking(s: Samples) -> Iterator[Case]:
    """Requests, offers, the mentor's welcome, and the answers that belong to no session."""
    yield from _requests(s)
    yield from _offers(s)
    yield from _welcomes(s)
    yield from _answers(s)
    yield from _overviews(s)


def _requests(s: Samples) -> Iterator[Case]:
    unasked: dict[str, Any] = {"offer_id": None, "offer_expires_at": None}
    yield "messages/request_receipt", "routing", {"request": s.request()}
    yield (
        "messages/request_receipt",
        "taster",
        {"request": s.request(kind=Kind.SPOT, is_taster=True)},
    )
    yield "messages/request_receipt", "no_offer_yet", {"request": s.request(**unasked)}
    for state in (RequestState.WAITING, RequestState.MATCHED, RequestState.WITHDRAWN):
        request = s.request(state=state, **unasked)
        yield "messages/request_receipt", state.value, {"request": request}
        yield "messages/request_news", f"now_{state}", {"request": request, "note": "moved_on"}
    moved = s.request(asked_before=1)
    yield "messages/request_news", "moved_on", {"request": moved, "note": "moved_on"}
    yield "messages/request_news", "somebody_free", {"request": s.request(), "note": "moved_on"}
    waiting = s.request(state=RequestState.WAITING, asked_before=2, **unasked)
    yield "messages/request_news", "waiting", {"request": waiting, "note": "waiting"}
    matched = s.request(state=RequestState.MATCHED, **unasked)
    yield "messages/request_news", "matched", {"request": matched, "note": "matched"}


def _offers(s: Samples) -> Iterator[Case]:
    for template in ("messages/offer", "messages/offer_reminder"):
        for state in OfferState:
            offer = s.offer(state=state)
            yield template, state.value, {"me": s.mentor, "offer": offer}
    bare = s.request(
        kind=Kind.SPOT, is_taster=True, questions=(), reason=None, windows=(), formats=()
    )
    taster = s.offer(request=replace(bare, mentee=replace(bare.mentee, title="")), reasons=())
    yield "messages/offer", "taster", {"me": s.mentor, "offer": taster}


def _welcomes(s: Samples) -> Iterator[Case]:
    taster = s.library.guide(Kind.SPOT, Role.MENTOR, is_taster=True)
    flash = s.library.guide(Kind.FLASH, Role.MENTOR)
    one = s.overview(s.mentor, is_mentor=True, taster_only=True, capacity=1)
    more = s.overview(
        s.mentor, is_mentor=True, capacity=3, areas=s.library.area_labels(("data", "writing"))
    )
    facts = {"overview": one, "taster_only": True, "guide": taster}
    yield "messages/mentor_welcome", "taster", facts
    facts = {"overview": more, "taster_only": False, "guide": flash}
    yield "messages/mentor_welcome", "mentor", facts
    away = replace(more, me=replace(s.mentor, is_paused=True))
    yield "messages/mentor_welcome", "on_a_break", {**facts, "overview": away}
    none = s.overview(s.mentor)
    yield "messages/mentor_welcome", "stopped", {**facts, "overview": none, "note": "stopped"}


def _answers(s: Samples) -> Iterator[Case]:
    choices = (
        Choice("agenda:42", "agenda", s.session()),
        Choice("actions:43", "actions", s.held(id=43)),
        Choice("time:44", "time", s.session(id=44)),
    )
    text = s.typed("Scope that grows, and whom to win over first")
    yield "messages/prompt_choice", "open", {"draft": Draft(5, text, False, choices)}
    held = s.held()
    steps = (Choice("thanks:42", "thanks", held), Choice("actions:42", "actions", held))
    for me in (s.mentee, s.mentor):
        draft = Draft(5, s.typed("Thank you for Tuesday."), False, steps)
        side = held.role_of(me.id)
        yield "messages/prompt_choice", f"thanks_{side}", {"me": me, "draft": draft}
    yield "messages/prompt_choice", "used", {"draft": Draft(5, "", True, ())}
    until = MONDAY + timedelta(days=14)
    paused = replace(s.mentee, is_paused=True)
    now: dict[str, Any] = {"is_newest": True, "note": None}
    yield "messages/pause_card", "until", {**now, "me": replace(paused, paused_until=until)}
    yield "messages/pause_card", "open_end", {**now, "me": paused}
    yield "messages/pause_card", "back", now
    for note in ("paused", None):
        yield "messages/pause_card", f"{note or 'back'}_then", {"is_newest": False, "note": note}
    sentence = s.typed("Nothing is waiting for an answer from you just now.")
    for name in ("plain_answer", "refused", "done"):
        yield f"messages/{name}", "said", {"sentence": sentence}
    yield "messages/snoozed", "said", {"snoozed_until": MONDAY + timedelta(days=1)}
    yield "messages/fault", "said", {"reference": "7f3a9c"}
    yield "messages/not_installed", "said", {}
    yield "messages/unknown", "close", {"typed": s.typed("flsh"), "suggestion": "flash"}
    yield "messages/unknown", "far", {"typed": s.typed("dance"), "suggestion": None}
    yield "messages/unknown", "empty", {"typed": "", "suggestion": None}
    yield "messages/help", "said", {}


def _overviews(s: Samples) -> Iterator[Case]:
    two = (s.request(), s.request(id=8, state=RequestState.WAITING))
    yield "messages/withdraw_choice", "two", {"requests": two}
    yield "messages/withdraw_choice", "none", {"requests": ()}
    paused = replace(s.mentee, is_paused=True)
    until = replace(paused, paused_until=MONDAY + timedelta(days=14))
    for template in ("messages/overview", "home/home"):
        yield template, "busy", {"overview": s.busy_overview()}
        yield template, "nothing", {"overview": s.overview(s.mentee)}
    taster = s.overview(paused, is_mentor=True, taster_only=True, capacity=1)
    yield "home/home", "paused_taster", {"overview": taster}
    yield "home/home", "paused_until", {"overview": s.overview(until)}
