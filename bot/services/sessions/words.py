"""Plain words said in the DM: an agenda, next steps, a time or thanks (3.2, 3.4, 3.8, 3.9).

When two things are open (see `matters`) nothing is guessed: the words are kept, and the person says
which they are for.
"""

from dataclasses import dataclass

from bot.domain.errors import RuleBroken
from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.numbers import whole
from bot.domain.words import MAX_TOPICS, clean, read_actions, read_agenda
from bot.services.access import access_session_row
from bot.services.context import Context
from bot.services.jobs import job_to
from bot.services.notices import plan_notice
from bot.services.reading_session import SESSIONS_BY_ID, session_views
from bot.services.seeing import see_agenda
from bot.services.sessions.actions import ActionForm, store_actions
from bot.services.sessions.following import store_thanks
from bot.services.sessions.matters import (
    ACTIONS,
    AGENDA,
    THANKS,
    TIME,
    Matter,
    asked_in_thread,
    open_matters,
)
from bot.services.sessions.preparing import AgendaForm, find_agenda, store_agenda
from bot.services.sessions.timing import set_typed_time
from bot.services.views import SessionView
from bot.store.tables import Draft, Job, Person, Session
from bot.store.work import Work

DROP = "drop"  # the choice of those who meant none of it


@dataclass(frozen=True, slots=True)
class Choice:
    """A matter as a button: its value, its kind, and the session it is about."""

    value: str
    what: str
    session: SessionView


@dataclass(frozen=True, slots=True)
class DraftView:
    """Words kept until their writer says what they are for."""

    id: int
    text: str
    is_used: bool
    choices: tuple[Choice, ...]


async def take_words(
    ctx: Context,
    *,
    actor_id: int,
    text: str,
    thread_ts: str | None = None,
    receipt: str | None = None,
) -> None:
    """Take what somebody said in the DM for what it answers, and plan the reply.

    In the thread of a question it answers that question. Otherwise: one open matter, it is that;
    several, the words are kept and the person is asked; none, a sentence says what can be done.
    Raises RuleBroken for words that break a rule of that matter ("too_long", "time_past", …) and
    AlreadyDone for an event seen before.
    """
    now = ctx.now()
    async with ctx.db.work() as work:
        await work.once(receipt, now)
        person = await work.session.get_one(Person, actor_id)
        said = clean(text)
        matters = await asked_in_thread(work.session, actor_id, thread_ts)
        if not matters:
            matters = await open_matters(work.session, person, said, now)
        if not said or not matters:
            await plan_notice(ctx, work, actor_id, "words_unclear")
        elif len(matters) == 1 and matters[0].is_sure:
            await _apply(ctx, work, person, matters[0], said)
        else:
            await _keep_draft(ctx, work, person, said)
        await work.commit()


async def use_draft(ctx: Context, *, actor_id: int, draft_id: int, choice: str) -> None:
    """Use kept words for the matter chosen, or drop them. RuleBroken "not_yours", "draft_used"."""
    async with ctx.db.work() as work:
        draft = await work.lock(Draft, draft_id)
        if draft is None or draft.person_id != actor_id:
            raise RuleBroken("not_yours")
        if draft.used_at is not None or draft.text is None:
            raise RuleBroken("draft_used")
        words, draft.used_at, draft.text = draft.text, ctx.now(), None
        if choice != DROP:
            what, _, session_id = choice.partition(":")
            about = whole(session_id)
            if what not in (AGENDA, ACTIONS, TIME, THANKS) or about is None:
                raise RuleBroken("unknown_choice")
            person = await work.session.get_one(Person, actor_id)
            await _apply(ctx, work, person, Matter(what, about), words)
        await work.touch(Job.draft_id == draft.id, now=ctx.now())
        await work.commit()


async def draft_view(ctx: Context, *, draft_id: int) -> DraftView:
    """The kept words and what they could be for now; KeyError when there are none."""
    async with ctx.db.read() as session:
        draft = await session.get(Draft, draft_id)
        if draft is None:
            raise KeyError(draft_id)
        person = await session.get_one(Person, draft.person_id)
        if draft.text is None:
            return DraftView(draft.id, "", True, ())
        matters = await open_matters(session, person, draft.text, ctx.now())
        ids = [each.session_id for each in matters]
        found = await session_views(ctx, session, SESSIONS_BY_ID, ids=ids)
        views = {view.id: view for view in found}
    choices = [Choice(each.choice, each.what, views[each.session_id]) for each in matters]
    return DraftView(draft.id, draft.text, False, tuple(choices))


async def _apply(ctx: Context, work: Work, person: Person, matter: Matter, said: str) -> None:
    session = await access_session_row(work, person.id, matter.session_id)
    if matter.what == AGENDA:
        form = await _with_what_was_written(work, session, said)
        await store_agenda(ctx, work, session, person.id, form)
    elif matter.what == ACTIONS:
        await store_actions(ctx, work, session, person.id, _steps(ctx, session, person, said))
    elif matter.what == THANKS:
        await store_thanks(ctx, work, session, person.id, said)
    else:
        await set_typed_time(ctx, work, session, person, said)


async def _with_what_was_written(work: Work, session: Session, said: str) -> AgendaForm:
    """The words as an agenda, added to the one that is there: nobody's words are lost."""
    new = read_agenda(said)
    old = see_agenda(await find_agenda(work, session.id))
    if old is None:
        return AgendaForm(
            topics=new.topics,
            outcome=new.outcome,
            questions=new.questions,
            reading=new.reading,
            off_limits=new.off_limits,
        )
    topics = [*old.topics, *new.topics]
    first, rest = topics[: MAX_TOPICS - 1], topics[MAX_TOPICS - 1 :]
    return AgendaForm(
        topics=[*first, "\n".join(rest)] if rest else first,
        outcome=_joined(old.outcome, new.outcome),
        questions=[*old.questions, *new.questions],
        reading=_joined(old.reading, new.reading),
        off_limits=_joined(old.off_limits, new.off_limits),
    )


def _joined(old: str, new: str) -> str:
    return "\n".join(each for each in (old, new) if each)


def _steps(ctx: Context, session: Session, person: Person, said: str) -> list[ActionForm]:
    role = Role.MENTOR if person.id == session.mentor_id else Role.MENTEE
    return [
        ActionForm(text=each.text, due_on=each.due_on, owner=each.owner or "me")
        for each in read_actions(said, ctx.now(), person.zone, role, person.locale)
    ]


async def _keep_draft(ctx: Context, work: Work, person: Person, said: str) -> None:
    draft = await work.add(Draft(person_id=person.id, text=said, made_at=ctx.now()))
    key = f"draft:{draft.id}"
    await work.plan(job_to(person, JobKind.PROMPT_CHOICE, key, now=ctx.now(), draft_id=draft.id))
