"""The mentor's answer to an agenda, and what grows from a talk: feedback, going on, pausing."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.domain.kinds import Role
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import Samples
from bot.services.views import AgendaView

METADATA = '{"token":"abc","session":42}'


def answers(s: Samples) -> Iterator[Case]:
    """Each of them in every state."""
    yield from _agendas(s)


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
