"""The modals."""

from collections.abc import Iterator
from typing import Any

from bot.domain.kinds import Format, Kind, Role
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import MONDAY, Samples
from bot.services.requests.offering import OfferForm

METADATA = '{"token":"abc","session":42}'


def forms(s: Samples) -> Iterator[Case]:
    """Each modal as it opens, empty and with what is there already."""
    meta = {"metadata": METADATA}
    areas = {**meta, "areas": s.library.area_groups}
    guide = s.library.guide(Kind.SPOT, Role.MENTOR, is_taster=True)
    for role in Role:
        yield "modals/taster", role.value, {**areas, "role": role, "guide": guide}
    kept = {"topic": s.typed("My first lead"), "hoped_for": "", "length": "15"}
    facts = {**areas, "role": Role.MENTEE, "guide": guide, "kept": kept}
    yield "modals/taster", "mentee_again", facts
    yield "modals/flash", "new", areas
    yield "modals/offer", "new", {**areas, "form": None}
    yield "modals/offer", "change", {**areas, "form": _offer(s)}
    yield from _session_forms(s, meta)
    yield "modals/pause", "new", {**meta, "now": MONDAY}


def _offer(s: Samples) -> OfferForm:
    return OfferForm(
        topics=s.typed("Fifteen years of projects,\nthree of them failed well"),
        areas=("projects", "hiring", "no_longer_offered"),
        capacity=3,
        formats=("video", "walk"),
        windows=("mon_am", "fri_pm"),
        taster_only=True,
    )


def _session_forms(s: Samples, meta: dict[str, Any]) -> Iterator[Case]:
    anyhow = s.session(formats=())
    yield "modals/set_time", "new", {**meta, "session": s.session(), "now": MONDAY}
    yield "modals/set_time", "any_format", {**meta, "session": anyhow, "now": MONDAY}
    moving = s.scheduled(format=Format.IN_PERSON)
    yield "modals/set_time", "change", {**meta, "session": moving, "now": MONDAY}
    yield "modals/cancel", "new", {**meta, "session": s.session()}
    yield "modals/agenda", "new", {**meta, "session": s.session()}
    yield "modals/agenda", "change", {**meta, "session": s.session(agenda=s.agenda)}
    yield "modals/actions", "new", {**meta, "session": s.held(), "me": s.mentee}
    for role in Role:
        yield "modals/thanks", role.value, {**meta, "session": s.held(), "role": role}
