"""To the pair: the session for their calendars, as a file; again when it moves or falls through."""

from functools import partial

from bot.domain.job_kinds import JobKind
from bot.domain.states import SessionState
from bot.scheduling.look import pair, session_of
from bot.scheduling.steps import Skip, Step, Upload, Words
from bot.services.context import Context
from bot.services.sessions import calendar
from bot.services.sessions.calendar import CalendarEntry
from bot.services.views import SessionView
from bot.slack.files import Attachment
from bot.store.tables import Job

KIND = JobKind.CALENDAR_FILE


async def prepare(ctx: Context, job: Job) -> Step:
    session = await session_of(ctx, job)
    taken_out = job.note == calendar.TAKEN_OUT
    is_set = session.state is SessionState.SCHEDULED
    if job.plan != session.plan or is_set is taken_out:
        return Skip("replanned" if is_set else "settled")
    again = await calendar.sent_before(ctx, session_id=session.id, job_id=job.id)
    if taken_out and not again:
        return Skip("never_sent")
    gone_from = job.expires_at if taken_out else None
    entry = await calendar.calendar_entry(ctx, session_id=session.id, gone_from=gone_from)
    if entry is None or entry.starts_at <= ctx.now():
        return Skip("begun")
    facts = {"session": session, "again": again, "taken_out": taken_out}
    draw = partial(_file, entry, session)
    to = pair(session) if job.recipient_id is None else session.person(job.recipient_id)
    return Upload((), to, template=KIND, facts=facts, draw=draw)


def _file(entry: CalendarEntry, session: SessionView, words: Words) -> tuple[Attachment, ...]:
    title = words.sentence("calendar_title", session=session)
    content = calendar.calendar_file(
        entry, summary=title, description=words.sentence("calendar_where", session=session)
    )
    return (Attachment(calendar.NAME, title, "", content),)
