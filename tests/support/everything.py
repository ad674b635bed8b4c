"""A row in every table that can hold something about a person: two people with a long history.

What Ada wrote begins with "ada:", what Bruno wrote and she was shown with "shown:", what he told
Lantern in private with "private:".
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Kind, Outcome, ReferralKind, Role
from bot.domain.programmes import Constraint, Every
from bot.domain.states import (
    JobState,
    OfferState,
    ReferralState,
    RelationshipState,
    RequestState,
    RoundState,
    SessionState,
)
from bot.store.tables import (
    Agenda,
    Agreement,
    Answer,
    Apart,
    Draft,
    Enrolment,
    Feedback,
    GoOn,
    Installation,
    Lead,
    Match,
    PeopleImport,
    Person,
    Place,
    ProgrammeDraft,
    ProgrammeSeries,
    Referral,
    Relationship,
    Round,
    RoundConstraint,
    RoundLeft,
    RoundPair,
    RoundReply,
    Session,
    SlotTick,
    TaskDone,
    ThankYou,
    Tick,
    Tie,
    TieReply,
)
from tests.support.clock import MONDAY
from tests.support.facts import TEAM, Facts

LATER = MONDAY - timedelta(days=7)


@dataclass
class Everything:
    """Ada, who asks what is held about her, and two who know her."""

    facts: Facts
    ada: Person
    bruno: Person
    chen: Person
    session: Session  # Ada learned from Bruno
    turned: Session  # and Bruno from her
    relationship: Relationship


async def everything(facts: Facts) -> Everything:
    """All of it, written and committed."""
    ada = await facts.person(
        "Ada Adeyemi",
        slack_id="UADA",
        title="ada: title",
        department="ada: department",
        location="ada: location",
        country="GB",
        languages=["en", "de"],
        windows=["thu_pm"],
        booking_url="https://ada.example",
        locale="en-GB",
        seniority=3,
        dm_channel="DADA",
        is_admin=True,
    )
    bruno = await facts.mentor("Bruno Costa", slack_id="UBRUNO", manager_id=ada.id)
    chen = await facts.person("Chen Wei", slack_id="UCHEN")
    session, turned = await _sessions(facts, ada, bruno)
    all_of_it = Everything(
        facts, ada, bruno, chen, session, turned, await _growing(facts, ada, bruno)
    )
    await _around_a_session(all_of_it)
    await _programmes(all_of_it)
    await _asking(all_of_it)
    for said, kind in enumerate((JobKind.AGENDA_SAVED, JobKind.MENTOR_WELCOME)):
        await facts.job(
            kind,
            recipient=ada,
            session_id=session.id,
            state=JobState.DONE,
            said_at=LATER,
            slack_channel="DADA",
            slack_ts=f"1.{said}",
            said_revision=1,
        )
    return all_of_it


async def _sessions(facts: Facts, ada: Person, bruno: Person) -> tuple[Session, Session]:
    closed = {"state": SessionState.CLOSED, "starts_at": LATER, "closed_at": LATER}
    session = await facts.session(
        bruno, ada, **closed, held_at=LATER, place="shown: the room", time_set_by_id=ada.id
    )
    turned = await facts.session(
        ada,
        bruno,
        state=SessionState.CANCELLED,
        closed_at=LATER,
        cancelled_by_id=ada.id,
        cancel_reason="ada: cancel reason",
    )
    return session, turned


async def _around_a_session(it: Everything) -> None:
    add, ada, bruno = it.facts.add, it.ada, it.bruno
    about: dict[str, Any] = {"session_id": it.session.id}
    agenda = {
        "topics": ["ada: agenda"],
        "outcome": "ada: outcome",
        "questions": [],
        "reading": "",
        "off_limits": "",
    }
    await add(Agenda(content=agenda, points=["shown: point"], written_at=LATER, **about))
    other = {**agenda, "topics": ["shown: agenda"], "outcome": "shown: outcome"}
    await add(
        Agenda(session_id=it.turned.id, content=other, points=["ada: point"], written_at=LATER)
    )
    await add(Tick(person_id=ada.id, item="question", ticked_at=LATER, **about))
    await add(SlotTick(person_id=ada.id, plan=1, starts_at=LATER, **about))
    for who, words, shared in ((ada, "ada", "ada"), (bruno, "private", "shown")):
        await add(Answer(person_id=who.id, plan=1, outcome=Outcome.YES, answered_at=LATER, **about))
        await add(ThankYou(from_id=who.id, text=f"{shared}: thanks", sent_at=LATER, **about))
        await add(
            Feedback(person_id=who.id, rating=4, text=f"{words}: feedback", given_at=LATER, **about)
        )
        await add(GoOn(person_id=who.id, wishes=[f"{words}: wish"], answered_at=LATER, **about))
        await it.facts.action(it.session, who, text=f"{shared}: step")


async def _growing(facts: Facts, ada: Person, bruno: Person) -> Relationship:
    programme = await facts.programme()
    tie = await facts.add(
        Tie(
            programme_id=programme.id,
            first_id=min(ada.id, bruno.id),
            second_id=max(ada.id, bruno.id),
            mentor_id=bruno.id,
            started_at=LATER,
        )
    )
    for who, wants in ((ada, True), (bruno, False)):
        await facts.add(
            TieReply(tie_id=tie.id, quarter=1, person_id=who.id, wants=wants, answered_at=LATER)
        )
    grown = await facts.add(
        Relationship(
            programme_id=programme.id,
            mentor_id=bruno.id,
            mentee_id=ada.id,
            state=RelationshipState.ACTIVE,
            version=1,
            began_at=LATER,
            gained={str(ada.id): "ada: gained", str(bruno.id): "private: gained"},
        )
    )
    await facts.add(
        Agreement(
            relationship_id=grown.id,
            version=1,
            content={"objective": "ada: agreed"},
            every=Every.MONTH,
            by_id=ada.id,
            made_at=LATER,
        )
    )
    await facts.add(
        TaskDone(relationship_id=grown.id, task="goal", note="ada: note", done_at=LATER)
    )
    await facts.add(
        ProgrammeSeries(programme_id=programme.id, content={}, by_id=ada.id, edited_at=LATER)
    )
    found: Relationship = grown
    return found


async def _programmes(it: Everything) -> None:
    add, ada, bruno, chen = it.facts.add, it.ada, it.bruno, it.chen
    programme = await it.facts.programme()
    of: dict[str, Any] = {"programme_id": programme.id}
    await add(Apart(person_id=ada.id, other_id=chen.id, made_at=LATER))
    await add(Apart(person_id=chen.id, other_id=ada.id, made_at=LATER))
    await add(Lead(person_id=ada.id, made_at=LATER, **of))
    await add(
        Enrolment(
            person_id=ada.id,
            role=Role.MENTOR,
            areas=["writing"],
            topics="ada: topics",
            windows=["tue_am"],
            created_at=LATER,
            **of,
        )
    )
    await add(Place(mentor_id=ada.id, month="2026-11", number=1, **of))
    draft = {"name": "ada: programme"}
    await add(
        ProgrammeDraft(
            workspace_id=ada.workspace_id, channel="C1", by_id=ada.id, form=draft, made_at=LATER
        )
    )
    named = [[2, "UADA", {"department": "listed: Ada"}], [3, "UCHEN", {"department": "Chen’s"}]]
    await add(PeopleImport(by_id=bruno.id, file="F1", rows=named, made_at=LATER, **of))
    await add(PeopleImport(by_id=ada.id, file="F2", rows=[], made_at=LATER, **of))
    await add(Draft(person_id=ada.id, text="ada: draft", made_at=LATER))
    await add(
        Installation(
            slack_id=TEAM,
            name="Acme",
            bot_user_id="UBOT",
            installed_by="UADA",
            installed_at=LATER,
            revoked_at=LATER,
        )
    )
    await _round(it, of)


async def _round(it: Everything, of: dict[str, Any]) -> None:
    add, ada, bruno = it.facts.add, it.ada, it.bruno
    row = await add(
        Round(
            due_on=date(2026, 11, 10),
            number=1,
            runs_at=LATER,
            state=RoundState.OPENED,
            made_at=LATER,
            approved_by_id=ada.id,
            **of,
        )
    )
    around: dict[str, Any] = {"round_id": row.id}
    await add(RoundReply(person_id=ada.id, is_in=True, answered_at=LATER, **around))
    two: dict[str, Any] = {"mentee_id": ada.id, "mentor_id": bruno.id}
    reasons = [{"key": "near", "facts": {"location": "ada: near"}}]
    match = await add(Match(made_at=LATER, reasons=reasons, **two, **around))
    await add(RoundPair(match_id=match.id, reasons=reasons, **two, **around))
    await add(
        RoundConstraint(
            constraint=Constraint.VETO, by_id=it.chen.id, made_at=LATER, **two, **around
        )
    )
    await add(
        RoundLeft(person_id=ada.id, role=Role.MENTEE, rule="topic", areas=["writing"], **around)
    )


async def _asking(it: Everything) -> None:
    facts, ada, bruno, chen = it.facts, it.ada, it.bruno, it.chen
    mine = await facts.request(
        ada,
        kind=Kind.SPOT,
        state=RequestState.WITHDRAWN,
        invited_id=bruno.id,
        topic="ada: topic",
        hoped_for="ada: hoped for",
        questions=["ada: question"],
        windows=["mon_am"],
    )
    await facts.offer(mine, bruno, state=OfferState.DECLINED, words="shown: not this time")
    theirs = await facts.request(
        bruno, topic="private: topic", hoped_for="private: hope", state=RequestState.WITHDRAWN
    )
    why = [{"key": "near", "facts": {"location": "ada: near"}}]
    await facts.offer(theirs, ada, state=OfferState.DECLINED, words="ada: a kind no", reasons=why)
    to_me = await facts.request(
        chen, invited_id=ada.id, topic="shown: invitation", state=RequestState.WITHDRAWN
    )
    await facts.offer(to_me, ada, state=OfferState.DECLINED)
    for words, named, state in (
        ("ada: referral", (ada, chen, bruno), ReferralState.NAMED),
        ("shown: introduced", (bruno, ada, chen), ReferralState.ACCEPTED),
        ("private: not asked yet", (chen, ada, bruno), ReferralState.NAMED),
    ):
        await facts.add(
            Referral(
                workspace_id=ada.workspace_id,
                kind=ReferralKind.INTRODUCTION,
                session_id=it.session.id,
                from_id=named[0].id,
                to_id=named[1].id,
                for_id=named[2].id,
                words=words,
                state=state,
                made_at=LATER,
            )
        )
