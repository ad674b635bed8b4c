"""After the talk: did it happen, next steps, thanks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.kinds import Outcome, Role
from bot.domain.states import ActionState, SessionState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import Samples


def after(s: Samples) -> Iterator[Case]:
    """What is said to each of the two once the time is over."""
    yield from _outcomes(s)
    yield from _steps(s)
    yield from _thanks(s)


def _sides(s: Samples) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "mentee", {"me": s.mentee, "other": s.mentor, "role": Role.MENTEE}
    yield "mentor", {"me": s.mentor, "other": s.mentee, "role": Role.MENTOR}


def _outcomes(s: Samples) -> Iterator[Case]:
    for side, facts in _sides(s):
        for name in ("outcome_ask", "outcome_nudge"):
            open_ = {**facts, "session": s.scheduled(), "answer": None}
            yield f"messages/{name}", f"{side}_open", open_
        for answer in Outcome:
            state = {
                Outcome.YES: SessionState.HELD,
                Outcome.NO: SessionState.MISSED,
                Outcome.NOT_YET: SessionState.MATCHED,
            }[answer]
            said = {**facts, "session": s.session(state=state), "answer": answer}
            yield "messages/outcome_ask", f"{side}_{answer}", said
            yield "messages/outcome_thanks", f"{side}_{answer}", said
    missed = s.scheduled(state=SessionState.MISSED)
    _, facts = next(_sides(s))
    for name in ("outcome_ask", "outcome_nudge"):
        yield f"messages/{name}", "missed", {**facts, "session": missed, "answer": None}
        closed = s.scheduled(state=SessionState.CLOSED)
        yield f"messages/{name}", "settled", {**facts, "session": closed, "answer": None}
    found = {**facts, "session": s.scheduled(), "answer": Outcome.NOT_YET}
    yield "messages/outcome_thanks", "not_yet_found", found


def _steps(s: Samples) -> Iterator[Case]:
    _, facts = next(_sides(s))
    held, closed = s.held(), s.held(state=SessionState.CLOSED)
    none = {**facts, "session": held, "actions": ()}
    some = {**facts, "session": held, "actions": s.actions}
    yield "messages/action_ask", "open", none
    yield "messages/action_ask", "written", some
    yield "messages/action_ask", "over", {**none, "session": closed}
    yield "messages/action_saved", "some", some
    undated = (s.action(due_on=None),)
    yield "messages/action_saved", "undated", {**some, "actions": undated, "session": closed}
    yield "messages/action_list", "some", some
    yield "messages/action_list", "many", {**some, "actions": s.actions * 5}
    yield "messages/action_list", "none", {**none, "session": closed}
    for name in ("action_due", "action_followup"):
        for state in ActionState:
            one = {**facts, "session": held, "action": s.action(state=state)}
            yield f"messages/{name}", state.value, one


def _thanks(s: Samples) -> Iterator[Case]:
    closed = s.held(state=SessionState.CLOSED)
    text = s.typed("What helped me most was hearing how your first project went wrong.")
    for side, who in _sides(s):
        facts = {**who, "suggestion": f"{side}_thanks"}
        for name in ("thanks_ask", "thanks_nudge"):
            open_ = {**facts, "session": s.held(), "sent": False}
            yield f"messages/{name}", f"{side}_open", open_
        card = {**who, "session": s.held(), "text": text}
        yield "messages/thanks_card", f"{side}_first", card
    left = replace(s.mentor, is_deleted=True)
    gone = {"session": s.held(mentor=left), "me": s.mentee, "other": left, "role": Role.MENTEE}
    for name in ("thanks_ask", "thanks_nudge"):
        yield f"messages/{name}", "sent", {**facts, "session": s.held(), "sent": True}
        yield f"messages/{name}", "closed", {**facts, "session": closed, "sent": False}
        yield f"messages/{name}", "gone", {**facts, **gone, "sent": False}
    yield "messages/thanks_saved", "sent", {**facts, "session": s.held()}
    both = s.held(thanked=frozenset({s.mentor.id, s.mentee.id}))
    yield "messages/thanks_card", "both", {**who, "session": both, "text": text}
    yield "messages/thanks_card", "erased", {**who, "session": closed, "text": ""}
