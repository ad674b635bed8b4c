"""Why these two: the reasons of a pair as keys and facts, the weightiest first."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.matching.people import Member
from bot.matching.reasons import MatchReason, ReasonKey
from bot.matching.table import Table

Ints = npt.NDArray[np.int64]
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
    found = []
    for n, (row, col) in enumerate(zip(rows.tolist(), cols.tolist(), strict=True)):
        facts = _facts(table.mentees[row], table.mentors[col], minutes[n])
        keys = [KEYS[k] for k in order[n] if points[n][k] > 0 and KEYS[k] in facts]
        found.append(tuple(MatchReason(key, facts[key]) for key in keys))
    return found


def _facts(mentee: Member, mentor: Member, minutes: int) -> dict[ReasonKey, Mapping[str, Any]]:
    facts: dict[ReasonKey, Mapping[str, Any]] = {}
    for key, shared in (
        (ReasonKey.AREAS, [topic for topic in mentee.seeks if topic in mentor.offers]),
        (ReasonKey.FORMATS, sorted(mentee.formats & mentor.formats)),
        (ReasonKey.LANGUAGES, sorted(mentee.languages & mentor.languages)),
    ):
        if shared:
            facts[key] = {key.value: shared}
    if mentee.windows and mentor.windows and minutes:
        facts[ReasonKey.HOURS] = {"minutes": minutes}
    if mentor.id not in mentee.past and mentee.id not in mentor.past:
        facts[ReasonKey.FRESH] = {}
    if not mentor.held:
        facts[ReasonKey.LOAD] = {"free": mentor.as_mentor}
    if mentee.seniority is not None and mentor.seniority is not None:
        facts[ReasonKey.SENIORITY] = {"levels": mentor.seniority - mentee.seniority}
    if mentee.location and mentee.location == mentor.location:
        facts[ReasonKey.NEAR] = {"location": mentor.location}
    return facts
