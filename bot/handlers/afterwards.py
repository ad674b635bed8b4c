"""The mentor's answer to an agenda, and what follows a talk beside next steps and thanks."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.showing import Marks, show
from bot.services import reading
from bot.services.errors import RuleBroken
from bot.services.requests import asking_again
from bot.services.sessions import (
    after_no,
    agenda_answers,
    feedback,
    going_on,
    open_for,
    public_thanks,
)
from bot.services.views import SessionView
from bot.slack.ids import Action, Block, Callback

Handler = Callable[[Heard], Awaitable[Answer]]


async def open_point(heard: Heard) -> Answer:
    session = await _session(heard)
    if session.mentor.id != heard.person.id:
        raise RuleBroken("not_yours")
    open_for.check_agenda(session, heard.ctx.now())
    return await show(heard, "point", session=session, marks={"session": session.id})


async def submit_point(heard: Heard) -> Answer:
    await agenda_answers.set_points(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.mark("session"),
        points=heard.values.lines(Block.POINTS),
        receipt=heard.receipt,
    )
    return Answer()


async def good_as_it_is(heard: Heard) -> Answer:
    """The value is "<session>:<version of the agenda that was read>"."""
    session_id, version = heard.two
    await agenda_answers.find_good(
        heard.ctx, actor_id=heard.person.id, session_id=session_id, version=version
    )
    return Answer()


async def open_go_on(heard: Heard) -> Answer:
    session = await _session(heard)
    mine = await going_on.go_on_view(heard.ctx, session_id=session.id, person_id=heard.person.id)
    if not mine.is_open:  # nobody should fill in a form that will be refused
        raise RuleBroken("go_on_closed")
    other = session.other(heard.person.id)
    marks: Marks = {"session": session.id}
    return await show(heard, "go_on", session=session, other=other, go_on=mine, marks=marks)


async def submit_go_on(heard: Heard) -> Answer:
    await going_on.answer(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.mark("session"),
        wishes=heard.values.many(Block.WISHES),
        receipt=heard.receipt,
    )
    return Answer()


async def ask_again(heard: Heard) -> Answer:
    await asking_again.ask_again(heard.ctx, actor_id=heard.person.id, session_id=heard.subject)
    return Answer()


async def open_feedback(heard: Heard) -> Answer:
    session = await _session(heard)
    open_for.check_words_after(session.state, is_erased=session.is_erased)
    who = heard.person.id
    mine = await feedback.own_feedback(heard.ctx, session_id=session.id, person_id=who)
    marks: Marks = {"session": session.id}
    return await show(heard, "feedback", session=session, feedback=mine, marks=marks)


async def submit_feedback(heard: Heard) -> Answer:
    await feedback.give(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=heard.mark("session"),
        rating=heard.values.number(Block.RATING),
        text=heard.values.text(Block.SENTENCE),
        receipt=heard.receipt,
    )
    return Answer()


async def let_go(heard: Heard) -> Answer:
    return await _after_no(heard, after_no.LET_GO)


async def talk_to_lead(heard: Heard) -> Answer:
    return await _after_no(heard, after_no.TALK)


async def _after_no(heard: Heard, choice: str) -> Answer:
    who = heard.person.id
    await after_no.choose(heard.ctx, actor_id=who, session_id=heard.subject, choice=choice)
    return Answer()


async def show_thanks(heard: Heard) -> Answer:
    await public_thanks.agree(heard.ctx, actor_id=heard.person.id, session_id=heard.subject)
    return Answer()


async def keep_thanks(heard: Heard) -> Answer:
    await public_thanks.keep_private(heard.ctx, actor_id=heard.person.id, session_id=heard.subject)
    return Answer()


async def _session(heard: Heard) -> SessionView:
    return await reading.access_session(
        heard.ctx, actor_id=heard.person.id, session_id=heard.subject
    )


ACTIONS: Final[Mapping[Action, Handler]] = {
    Action.ADD_POINT: open_point,
    Action.GOOD_AS_IT_IS: good_as_it_is,
    Action.LET_GO: let_go,
    Action.TALK_TO_LEAD: talk_to_lead,
    Action.SHOW_THANKS: show_thanks,
    Action.KEEP_THANKS: keep_thanks,
    Action.GO_ON: open_go_on,
    Action.ASK_AGAIN: ask_again,
    Action.GIVE_FEEDBACK: open_feedback,
}

SUBMISSIONS: Final[Mapping[Callback, Handler]] = {
    Callback.POINT: submit_point,
    Callback.GO_ON: submit_go_on,
    Callback.FEEDBACK: submit_feedback,
}
