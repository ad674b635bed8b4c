"""Home: the next thing of every sort, mentors by area, and somebody with everything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.domain.kinds import Role
from bot.domain.next_thing import What
from bot.domain.states import OfferState
from bot.ops.samples.asking import Case
from bot.ops.samples.cast import THURSDAY, Samples
from bot.ops.samples.clubs import Clubs
from bot.ops.samples.growing import a_draft, a_tie, active
from bot.ops.samples.series import BEGAN, as_mentor, series_view
from bot.services.growing.views_growing import PastView, RelationshipView
from bot.services.views_home import AreaView, Bond, MentorsView, MentorView, NextView, Overview


def a_mentor(s: Samples, number: int, bond: Bond, *, is_inside: bool | None) -> MentorView:
    person = replace(s.mentor, id=number, slack_id=f"U00000{number}")
    return MentorView(person, bond, is_inside, BEGAN)


def mentors_view(s: Samples) -> MentorsView:
    """Several mentors in many areas, and areas without one."""
    labels = list(s.library.areas.items()) * 9
    some = (
        a_mentor(s, 2, Bond.FORMAL, is_inside=True),
        a_mentor(s, 6, Bond.TIE, is_inside=False),
        a_mentor(s, 7, Bond.FORMER, is_inside=None),
        a_mentor(s, 8, Bond.SESSION, is_inside=False),
        a_mentor(s, 7, Bond.SESSION, is_inside=None),
    )
    areas = tuple(
        AreaView(key, label, some[n % 3 : 2 + n % 4]) for n, (key, label) in enumerate(labels[:7])
    )
    missing = tuple(AreaView(key, label, ()) for key, label in labels[7:9])
    return MentorsView(s.mentee, areas, missing)


def past_views(s: Samples) -> tuple[PastView, ...]:
    """Formal mentoring that has ended: on either side, in touch, with somebody who left."""
    first = PastView(
        id=8,
        other=s.mentor,
        role=Role.MENTEE,
        area="Project management",
        began_on=date(2025, 11, 24),
        ended_on=date(2026, 5, 22),
        can_look_back=True,
        talk_id=42,
    )
    gone = replace(s.mentor, is_deleted=True)
    return (
        first,
        replace(first, role=Role.MENTOR, looked_back=True, keeps_in_touch=True),
        replace(first, area="", began_on=None, can_look_back=False, talk_id=None),
        replace(first, other=gone, can_look_back=False),
    )


def a_wish(s: Samples) -> RelationshipView:
    """The partner asked to go on formally, and waits for the answer."""
    return replace(a_draft(s), agreement=None, asked_by=s.mentor)


def nexts(s: Samples) -> dict[What, NextView]:
    """The next thing, of every sort there is."""
    shorter = s.request(
        invited=s.mentor,
        asked=s.mentor,
        asked_state=OfferState.PROPOSED,
        proposed_minutes=15,
    )
    held, ahead = s.held(), s.scheduled()
    wish = a_wish(s)
    views = (
        NextView(What.MEET, THURSDAY, session=ahead),
        NextView(What.SAY_OUTCOME, THURSDAY, session=ahead),
        NextView(What.ANSWER_OFFER, THURSDAY, offer=s.offer()),
        NextView(What.DECIDE, THURSDAY, request=shorter),
        NextView(What.SIGN, relationship=wish),
        NextView(What.SET_TIME, session=s.session()),
        NextView(What.WRITE_AGENDA, THURSDAY, session=ahead),
        NextView(What.SAY_THANKS, session=held),
        NextView(What.DO_STEP, THURSDAY, action=s.action()),
        NextView(What.DO_TASK, THURSDAY, series=series_view(s)),
    )
    return {view.what: view for view in views}


def homes(s: Samples) -> Iterator[Case]:
    """The next thing of every sort, mentors by area, and somebody with everything."""
    for what, view in nexts(s).items():
        yield "home/home", f"next_{what}", {"overview": s.overview(s.mentee, next=view)}
    draft = NextView(What.SIGN, relationship=a_draft(s))
    yield "home/home", "next_sign_draft", {"overview": s.overview(s.mentee, next=draft)}
    mentors = mentors_view(s)
    ended = past_views(s)
    yield "messages/mentors", "many", {"mentors": mentors, "past": ended * 30}
    none = replace(mentors, areas=(), missing=())
    yield "messages/mentors", "none", {"mentors": none, "past": ()}
    yield "messages/mentors", "past", {"mentors": none, "past": ended}
    one = replace(none, areas=mentors.areas[:1])
    yield "messages/mentors", "one", {"mentors": one, "past": ended[:1]}
    alone = s.overview(s.mentee, past=ended)
    yield "home/home", "past", {"overview": alone}
    full = everything(s)
    yield "home/home", "everything", {"overview": full}
    yield "messages/overview", "everything", {"overview": full}


def everything(s: Samples) -> Overview:
    """More of every sort than is shown: the test that Home always fits."""
    clubs = Clubs(s)
    return replace(
        s.busy_overview(),
        led=(clubs.led(),) * 9,
        enrolments=(clubs.enrolment(),) * 9,
        ties=(a_tie(s),) * 9,
        relationships=(a_wish(s), active(s), a_draft(s)) * 3,
        series=(series_view(s, 7), as_mentor(s, series_view(s))) * 5,
        mentors=mentors_view(s),
        rounds=(clubs.round(),) * 9,
        past=past_views(s) * 5,
        next=nexts(s)[What.SAY_OUTCOME],
    )
