"""People and facts to render templates with.

The doctor and the tests render every template with them: an unknown tag or a missing fact shows
here, before somebody waits for a message that cannot be said.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.hours import WorkingHours
from bot.domain.kinds import Format, Kind, Reason, Role
from bot.domain.states import ActionState, OfferState, RequestState, SessionState
from bot.services.library import Library
from bot.services.views import (
    ActionView,
    AgendaView,
    ChecklistItem,
    ChecklistView,
    OfferView,
    PersonView,
    ReasonView,
    RequestView,
    SessionView,
)
from bot.services.views_home import Overview

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 14, 30, tzinfo=UTC)


def believable(text: str) -> str:
    """What somebody really typed."""
    return text


@dataclass(frozen=True)
class Samples:
    """A cast and their facts; `typed` and `named` decide what stands in every free text."""

    library: Library
    typed: Callable[[str], str] = believable
    named: Callable[[str], str] = believable

    def person(self, number: int, name: str, title: str, zone: str, **more: Any) -> PersonView:
        return PersonView(
            id=number,
            workspace_id=1,
            slack_id=f"U00000{number}",
            name=self.named(name),
            title=self.named(title),
            zone=zone,
            hours=WorkingHours(zone=zone),
            **more,
        )

    @property
    def mentee(self) -> PersonView:
        return self.person(1, "Amara Okafor", "Data analyst", "Africa/Lagos")

    @property
    def mentor(self) -> PersonView:
        return self.person(2, "Jonas Lind", "Head of platform", "Europe/Stockholm")

    def request(self, **more: Any) -> RequestView:
        facts: dict[str, Any] = {
            "id": 7,
            "kind": Kind.FLASH,
            "is_taster": False,
            "state": RequestState.ROUTING,
            "mentee": self.mentee,
            "topic": self.typed("Leading my first project without being anybody’s boss"),
            "hoped_for": self.typed("A plan for the first two weeks"),
            "questions": (
                self.typed("How do I say no to more scope?"),
                self.typed("Whom should I win over first?"),
            ),
            "reason": Reason.OUTSIDE_VIEW,
            "areas": ("Leading for the first time", "Project management"),
            "formats": (Format.VIDEO, Format.WALK),
            "windows": ("tue_am", "thu_pm"),
            "length_minutes": 30,
            "offer_id": 11,
            "offer_expires_at": MONDAY + timedelta(days=2),
        }
        return RequestView(**{**facts, **more})

    def offer(self, **more: Any) -> OfferView:
        request = more.pop("request", None) or self.request()
        facts: dict[str, Any] = {
            "id": 11,
            "state": OfferState.PENDING,
            "mentor": self.mentor,
            "request": request,
            "reasons": self.reasons,
            "expires_at": MONDAY + timedelta(days=2),
        }
        return OfferView(**{**facts, **more})

    @property
    def reasons(self) -> tuple[ReasonView, ...]:
        return (
            ReasonView("areas", {"areas": ["Leading for the first time", "Project management"]}),
            ReasonView("hours", {"minutes": 480}),
            ReasonView("formats", {"formats": ["video", "walk"]}),
            ReasonView("languages", {"languages": ["en"]}),
            ReasonView("fresh", {}),
            ReasonView("load", {"free": 2}),
            ReasonView("rested", {}),
            ReasonView("a_reason_of_tomorrow", {}),
        )

    def session(self, **more: Any) -> SessionView:
        facts: dict[str, Any] = {
            "id": 42,
            "kind": Kind.FLASH,
            "is_taster": False,
            "state": SessionState.MATCHED,
            "mentor": self.mentor,
            "mentee": self.mentee,
            "topic": self.typed("Leading my first project without being anybody’s boss"),
            "hoped_for": self.typed("A plan for the first two weeks"),
            "questions": (self.typed("How do I say no to more scope?"),),
            "reason": Reason.OUTSIDE_VIEW,
            "reasons": self.reasons,
            "mentor_topics": self.typed("Fifteen years of projects, three of them failed well"),
            "length_minutes": 30,
            "format": None,
            "formats": (Format.VIDEO, Format.WALK),
            "place": "",
            "starts_at": None,
            "plan": 0,
            "reschedules": 0,
            "group_channel": "G0000042",
        }
        return SessionView(**{**facts, **more})

    def scheduled(self, **more: Any) -> SessionView:
        facts: dict[str, Any] = {
            "state": SessionState.SCHEDULED,
            "starts_at": THURSDAY,
            "format": Format.WALK,
            "place": self.typed("The fountain in the park"),
            "plan": 1,
        }
        return self.session(**{**facts, **more})

    def held(self, **more: Any) -> SessionView:
        return self.scheduled(**{"state": SessionState.HELD, "held_at": THURSDAY, **more})

    @property
    def agenda(self) -> AgendaView:
        return AgendaView(
            topics=(self.typed("Scope that grows"), self.typed("People I cannot order about")),
            outcome=self.typed("A plan for the first two weeks"),
            questions=(self.typed("How do I say no to more scope?"),),
            reading=self.typed("https://example.com/brief"),
            off_limits=self.typed("My last team"),
            version=1,
        )

    def checklist(self, role: Role, ticked: int, other_ready: bool = False) -> ChecklistView:
        guide = self.library.guide(Kind.FLASH, role)
        return ChecklistView(
            role=role,
            items=tuple(
                ChecklistItem(item.key, item.text, number < ticked)
                for number, item in enumerate(guide.before)
            ),
            other_ready=other_ready,
        )

    def action(self, number: int = 1, **more: Any) -> ActionView:
        facts: dict[str, Any] = {
            "id": number,
            "text": self.typed("Write the scope on one page and show it to the sponsor"),
            "owner": self.mentee,
            "due_on": date(2026, 12, 3),
            "state": ActionState.OPEN,
        }
        return ActionView(**{**facts, **more})

    @property
    def actions(self) -> tuple[ActionView, ...]:
        return (
            self.action(1),
            self.action(2, text=self.typed("Send the template"), owner=self.mentor),
            self.action(3, state=ActionState.DONE),
            self.action(4, state=ActionState.DROPPED),
        )

    def overview(self, me: PersonView, **more: Any) -> Overview:
        facts: dict[str, Any] = {
            "me": me,
            "sessions": (),
            "requests": (),
            "offers": (),
            "actions": (),
            "is_mentor": False,
            "taster_only": False,
            "capacity": 0,
            "areas": (),
        }
        return Overview(**{**facts, **more})

    def busy_overview(self) -> Overview:
        """Somebody on both sides, with more of everything than is shown."""
        me = self.mentee
        other = replace(self.mentor, id=3, slack_id="U000003")
        as_mentor = self.session(id=43, mentor=me, mentee=other)
        return self.overview(
            me,
            sessions=(self.scheduled(), as_mentor, self.held(id=44), self.session(id=45)) * 3,
            requests=(self.request(), self.request(state=RequestState.WAITING)) * 4,
            offers=(self.offer(),) * 7,
            actions=(self.action(),) * 7,
            is_mentor=True,
            capacity=2,
            areas=("Data and analysis", "Writing clearly"),
        )
