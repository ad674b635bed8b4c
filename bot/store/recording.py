"""Writing down what became of a claimed job: SQL that is built once, with its values beside it.

To build such a statement takes SQLAlchemy longer than to send it. Each counts only for whom the
lease belongs to. `claimed` is the revision that was claimed: a job that was touched since stays
pending, and one that was cancelled stays so.
"""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Table,
    Update,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    null,
    update,
)

from bot.domain.ranks import Rank
from bot.store.columns import Moment
from bot.store.due import PENDING
from bot.store.engine import Database
from bot.store.tables import Job

_JOB: Table = Job.__table__  # type: ignore[attr-defined]
_ROW = _JOB.c

_MINE = _ROW.leased_by == bindparam("me")
_UNTOUCHED = _ROW.revision == bindparam("claimed")
_FREE: dict[str, Any] = {"leased_by": null(), "leased_until": null()}
_NO_ATTEMPT = case((_ROW.attempts > 0, _ROW.attempts - 1), else_=0)
# Gives back a place in the day's count that was taken for a message that did not go out.
_UNSAID = case((_ROW.slack_ts.is_(None), None), else_=_ROW.said_at)
# The same where no earlier attempt can have arrived: one that may have keeps its place.
_NEVER_SENT = case((and_(_ROW.slack_ts.is_(None), _ROW.attempts <= 1), None), else_=_ROW.said_at)


def _settled(state: str) -> ColumnElement[str]:
    ours = and_(_ROW.state == PENDING, _UNTOUCHED)
    return case((ours, _word(state)), else_=_ROW.state)


def _word(state: str) -> ColumnElement[str]:
    return literal_column(f"'{state}'")


KEPT: Final = update(_JOB).where(_ROW.id == bindparam("job_id"), _MINE)
"""It stays ours: what is given beside it is written down, by the names of the columns."""

SAID: Final = KEPT.values(
    said_at=func.coalesce(_ROW.said_at, bindparam("now", type_=Moment)),
    # Touched or cancelled on its way: it stands in Slack now, so it must be put right there.
    state=case((_UNTOUCHED, _word("done")), else_=PENDING),
    attempts=literal_column("0"),
    rank=literal_column(str(int(Rank.PUT_RIGHT))),  # whatever comes of it from now on
    **_FREE,
)
DONE: Final = KEPT.values(state=_settled("done"), **_FREE)
SKIPPED: Final = KEPT.values(state=_settled("skipped"), said_at=_UNSAID, **_FREE)
DEAD: Final = KEPT.values(state=_settled("dead"), said_at=_UNSAID, **_FREE)
MOVED: Final = KEPT.values(attempts=_NO_ATTEMPT, said_at=_UNSAID, **_FREE)
FAILED: Final = KEPT.values(leased_by=null())
REFUSED: Final = FAILED.values(said_at=_NEVER_SENT)
HELD: Final = REFUSED.values(attempts=_NO_ATTEMPT)
GIVEN_BACK: Final = (
    update(_JOB)
    .where(_ROW.id.in_(bindparam("job_ids", expanding=True)), _MINE)
    .values(attempts=_NO_ATTEMPT, **_FREE)
)


async def record(db: Database, statement: Update, job: Job, me: str, **values: Any) -> bool:
    """Run one of these for `job`; False when its lease is not `me`'s any more."""
    values |= {"job_id": job.id, "me": me, "claimed": job.revision}
    return bool(await db.change(statement, values))
