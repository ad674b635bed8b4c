"""Why these two: the reasons of a pair as keys and facts, the weightiest first."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bot.matching.people import Member
from bot.matching.reasons import MatchReason, ReasonKey
from bot.matching.table import Table

Ints = npt.NDArray[np.int64]
Fact = tuple[ReasonKey, object]
KEYS = tuple(ReasonKey)


def reasons_of(table: Table, rows: Ints, cols: Ints) -> list[tuple[MatchReason, ...]]:
    """For each pair, mentee `rows[n]` with mentor `cols[n]`, what earned it something and can truly
    be said: an unknown is no reason."""
    parts = table.parts(rows, cols)
    minutes = table.week.along(rows, cols).astype(np.int64).tolist()
    columns = [parts.get(key, np.zeros(len(rows), np.float32)) for key in KEYS]
    earned: npt.NDArray[np.float32] = np.stack(columns, axis=1)
    # ties in the order of the keys' names, so that the words do not depend on the enum's order
    by_name = sorted(range(len(KEYS)), key=lambda n: KEYS[n].value)
    order = np.array(by_name)[np.argsort(-earned[:, by_name], axis=1, kind="stable")].tolist()
    points = earned.tolist()
    # a round says few different reasons: each is made once, and kept by what it says
    known: dict[Fact, MatchReason] = {}
    found = []
    for n, (row, col) in enumerate(zip(rows.tolist(), cols.tolist(), strict=True)):
        facts = dict(_facts(table.mentees[row], table.mentors[col], minutes[n]))
        said = [KEYS[k] for k in order[n] if points[n][k] > 0 and KEYS[k] in facts]
        found.append(tuple([_say(known, key, facts[key]) for key in said]))
    return found


def _facts(mentee: Member, mentor: Member, minutes: int) -> Iterator[Fact]:
    """What there is to say for each reason."""
    topics = tuple([topic for topic in mentee.seeks if topic in mentor.offers])
    if topics:
        yield ReasonKey.AREAS, topics
    if formats := mentee.formats & mentor.formats:
        yield ReasonKey.FORMATS, formats
    if languages := mentee.languages & mentor.languages:
        yield ReasonKey.LANGUAGES, languages
    if minutes and mentee.windows and mentor.windows:
        yield ReasonKey.HOURS, minutes
    if mentor.id not in mentee.past and mentee.id not in mentor.past:
        yield ReasonKey.FRESH, None
    if not mentor.held:
        yield ReasonKey.LOAD, mentor.as_mentor
    if mentee.seniority is not None and mentor.seniority is not None:
        yield ReasonKey.SENIORITY, mentor.seniority - mentee.seniority
    if mentee.location and mentee.location == mentor.location:
        yield ReasonKey.NEAR, mentor.location


NAMES = {
    ReasonKey.AREAS: "areas",
    ReasonKey.FORMATS: "formats",
    ReasonKey.LANGUAGES: "languages",
    ReasonKey.HOURS: "minutes",
    ReasonKey.LOAD: "free",
    ReasonKey.SENIORITY: "levels",
    ReasonKey.NEAR: "location",
}


def _say(known: dict[Fact, MatchReason], key: ReasonKey, fact: object) -> MatchReason:
    reason = known.get((key, fact))
    if reason is None:
        said = sorted(fact) if isinstance(fact, frozenset) else fact
        said = list(said) if isinstance(said, tuple) else said
        reason = known[key, fact] = MatchReason(key, {NAMES[key]: said} if key in NAMES else {})
    return reason
