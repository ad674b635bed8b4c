"""One workspace in the middle of everything: every object that a button can be about, in a state in
which the button does something, and every kind of person who might press it.

What a pair wrote to each other holds the word PRIVATE, what they asked for ASKED; nobody else is
ever to read the one, and only whom it is put to the other. With a mark, every word is marked.
"""

from datetime import date, timedelta
from typing import Any

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import ReferralKind
from bot.domain.programmes import Every
from bot.domain.states import (
    ReferralState,
    RelationshipState,
    RoundState,
)
from bot.store.tables import (
    Agreement,
    PeopleImport,
    Person,
    Referral,
    Relationship,
    Round,
    RoundPair,
    Tie,
)
from tests.support.facts import Facts
from tests.support.who import Who
from tests.support.world_people import FactsOf, World
from tests.support.world_talks import Talks


async def build_world(facts: Facts, team: str, *, mark: str = "") -> World:
    """All of it in the workspace `team`, committed. `mark` keeps two teams' keys apart."""
    made = _Everything(FactsOf(facts, team), mark)
    await made.build()
    return made.world


class _Everything(Talks):
    """Writes what grows from sessions, rounds and lists, after all the rest."""

    async def build(self) -> None:
        await self._people()
        await self._programmes()
        await self._asking()
        await self._sessions()
        await self._growing()
        await self._rounds()
        await self._lists()

    async def _growing(self) -> None:
        add, mentee, mentor = self.facts.add, self.who(Who.MENTEE), self.who(Who.MENTOR)
        of: dict[str, Any] = {"programme_id": self.world.ids["programme"]}
        pair: dict[str, Any] = {"first_id": mentee.id, "second_id": mentor.id}
        started = self.now - timedelta(days=100)
        tie = Tie(mentor_id=mentor.id, quarters=1, started_at=started, **pair, **of)
        self.keep("tie", await add(tie))
        active = await add(self._relationship(mentor, mentee, RelationshipState.ACTIVE))
        self.keep("relationship", active)
        unbegun = self._relationship(self.who(Who.THIRD), mentee, RelationshipState.ACTIVE)
        unbegun.series, unbegun.series_on = "", None
        self.keep("unbegun", await add(unbegun))
        await self._agreement(active, 1, signed=True)
        await self._agreement(active, 2, signed=False)
        asked = self._relationship(mentee, mentor, RelationshipState.DRAFTING)
        asked.asked_by_id = mentee.id
        self.keep("asked_formally", await add(asked))
        named: dict[str, Any] = {
            "from_id": mentor.id,
            "to_id": self.who(Who.NAMED).id,
            "for_id": mentee.id,
        }
        held = self.world.ids["of_two"]
        for name, state in (("referral", ReferralState.NAMED), ("intro", ReferralState.AGREED)):
            row = Referral(
                workspace_id=mentee.workspace_id,
                kind=ReferralKind.INTRODUCTION,
                session_id=held,
                words=f"{self.private} why",
                state=state,
                made_at=self.before,
                **named,
            )
            self.keep(name, await add(row))

    def _relationship(
        self, mentor: Person, mentee: Person, state: RelationshipState
    ) -> Relationship:
        is_active = state is RelationshipState.ACTIVE
        return Relationship(
            programme_id=self.world.ids["programme"],
            mentor_id=mentor.id,
            mentee_id=mentee.id,
            state=state,
            version=int(is_active),
            series="build_discover_connect" if is_active else "",
            series_on=date(2026, 11, 1) if is_active else None,
            began_at=self.before,
            started_on=date(2026, 11, 1) if is_active else None,
            ends_on=date(2027, 5, 1) if is_active else None,
        )

    async def _agreement(self, row: Relationship, version: int, *, signed: bool) -> None:
        names = ("objective", "support", "availability", "cancelling", "confidentiality", "ending")
        words = dict.fromkeys(names, f"{self.private} words")
        lists = {"goals": [f"{self.private} goal"], "activities": [], "formats": []}
        at = self.before if signed else None
        agreement = Agreement(
            relationship_id=row.id,
            version=version,
            content={**words, **lists},
            every=Every.MONTH,
            by_id=row.mentee_id,
            made_at=self.before,
            mentor_signed_at=at,
            mentee_signed_at=at,
        )
        await self.facts.add(agreement)

    async def _rounds(self) -> None:
        programme, tables = self.world.ids["programme"], self.world.ids["tables"]
        planned = await self._round("planned", programme, 1, RoundState.PLANNED)
        await self._round("announced", programme, 2, RoundState.ANNOUNCED)
        table = await self._round("table", tables, 1, RoundState.PLANNED)
        for name, row in (("pair", planned), ("seat", table)):
            mentee, mentor = self.who(Who.MENTEE), self.who(Who.MENTOR)
            two: dict[str, Any] = {"mentee_id": mentee.id, "mentor_id": mentor.id}
            self.keep(name, await self.facts.add(RoundPair(round_id=row.id, **two)))

    async def _round(self, name: str, programme_id: int, number: int, state: RoundState) -> Round:
        row: Round = await self.facts.add(
            Round(
                programme_id=programme_id,
                due_on=date(2026, 11, 23) + timedelta(days=number),
                number=number,
                runs_at=self.now + timedelta(days=number),
                state=state,
                run=1 if state is RoundState.PLANNED else 0,
                planned_at=self.now if state is RoundState.PLANNED else None,
                made_at=self.before,
            )
        )
        about = {"round_id": row.id, "programme_id": programme_id}
        for kind, key in ((JobKind.ROUND_REVIEW, "review"), (JobKind.ROUND_PAIRS, "pairs")):
            note = None if kind is JobKind.ROUND_REVIEW else "page:1"
            key = f"round:{row.id}:{key}"
            job = await self.facts.job(kind, dedupe_key=key, note=note, **about)
            self.keep(f"{name}_{kind.value}", job)
        self.keep(name, row)
        return row

    async def _lists(self) -> None:
        batch = PeopleImport(
            programme_id=self.world.ids["programme"],
            by_id=self.who(Who.LEAD).id,
            file="F1",
            rows=[],
            made_at=self.now,
            read_at=self.now,
        )
        self.keep("list", await self.facts.add(batch))
