"""Buttons, tick boxes and menus. Values are row ids; the service checks whose they are."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.domain.kinds import Outcome
from bot.handlers import (
    afterwards,
    enrol,
    formal,
    growing,
    inviting,
    lists,
    modals,
    not_for_a_bot,
    own_data,
    people_file,
    programme,
    review,
    rounds,
    series,
    times,
)
from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.parse_state import chosen, drawn
from bot.services import notices, people, snoozing
from bot.services.requests import answering, asking, offering
from bot.services.sessions import actions as steps
from bot.services.sessions import following, preparing, words
from bot.slack.ids import Action, Block

Handler = Callable[[Heard], Awaitable[Answer]]


async def accept_offer(heard: Heard) -> Answer:
    await answering.accept(
        heard.ctx, actor_id=heard.person.id, offer_id=heard.subject, receipt=heard.receipt
    )
    return Answer()


async def decline_offer(heard: Heard) -> Answer:
    await answering.decline(
        heard.ctx, actor_id=heard.person.id, offer_id=heard.subject, receipt=heard.receipt
    )
    return Answer()


async def withdraw(heard: Heard) -> Answer:
    await asking.withdraw(
        heard.ctx, actor_id=heard.person.id, request_id=heard.subject, receipt=heard.receipt
    )
    return Answer()


async def stop_offer(heard: Heard) -> Answer:
    await offering.stop_offering(heard.ctx, actor_id=heard.person.id)
    return Answer()


async def tick(heard: Heard) -> Answer:
    """The whole checklist as it is ticked now, over all boxes of the message."""
    session_id = heard.block_subject
    boxes = f"{Block.TICK}:{session_id}"
    await preparing.tick(
        heard.ctx,
        actor_id=heard.person.id,
        session_id=session_id,
        ticked=frozenset(chosen(heard.body.get("state"), boxes)),
        drawn=drawn(heard.body.get("message"), boxes),
    )
    return Answer()


async def snooze(heard: Heard) -> Answer:
    await snoozing.snooze(
        heard.ctx, actor_id=heard.person.id, job_id=heard.subject, choice=heard.note
    )
    return Answer()


async def choose_prompt(heard: Heard) -> Answer:
    """What the words in a draft were meant for: "<draft id>:<choice>"."""
    await words.use_draft(
        heard.ctx, actor_id=heard.person.id, draft_id=heard.subject, choice=heard.note
    )
    return Answer()


async def resume(heard: Heard) -> Answer:
    await people.resume(heard.ctx, actor_id=heard.person.id, receipt=heard.receipt)
    return Answer()


async def forgotten(heard: Heard) -> Answer:
    """A button from a message of long ago, which nothing here knows any more."""
    await notices.tell(heard.ctx, person_id=heard.person.id, key="button_gone")
    return Answer()


def _report(outcome: Outcome) -> Handler:
    async def report(heard: Heard) -> Answer:
        session_id, plan = heard.two
        await following.report_outcome(
            heard.ctx,
            actor_id=heard.person.id,
            session_id=session_id,
            plan=plan,
            outcome=outcome,
        )
        return Answer()

    return report


def _settle(verb: str) -> Handler:
    async def settle(heard: Heard) -> Answer:
        await steps.settle_action(
            heard.ctx, actor_id=heard.person.id, action_id=heard.subject, verb=verb
        )
        return Answer()

    return settle


ACTIONS: Final[Mapping[Action, Handler]] = {
    Action.OPEN_TASTER: modals.open_taster,
    Action.OPEN_FLASH: modals.open_flash,
    Action.OPEN_REVERSE: modals.open_reverse,
    Action.OPEN_OFFER: modals.open_offer,
    Action.STOP_OFFER: stop_offer,
    Action.TASTER_ROLE: modals.change_taster_role,
    Action.CHOOSE_PROMPT: choose_prompt,
    Action.ACCEPT_OFFER: accept_offer,
    Action.DECLINE_OFFER: decline_offer,
    Action.WITHDRAW: withdraw,
    Action.SET_TIME: modals.open_set_time,
    Action.CANCEL_SESSION: modals.open_cancel,
    Action.TICK: tick,
    Action.WRITE_AGENDA: modals.open_agenda,
    Action.SNOOZE: snooze,
    Action.OUTCOME_YES: _report(Outcome.YES),
    Action.OUTCOME_NO: _report(Outcome.NO),
    Action.OUTCOME_NOT_YET: _report(Outcome.NOT_YET),
    Action.ADD_ACTION: modals.open_actions,
    Action.ACTION_DONE: _settle("finish"),
    Action.ACTION_OPEN: _settle("keep"),
    Action.ACTION_DROPPED: _settle("drop"),
    Action.SAY_THANKS: modals.open_thanks,
    Action.PAUSE: modals.open_pause,
    Action.RESUME: resume,
    Action.OPEN_PROGRAMME: programme.open_one,
    Action.PROGRAMME_EVERY: programme.change_every,
    Action.PROGRAMME_RULES: programme.open_rules,
    Action.POST_AGAIN: programme.post_again,
    Action.JOIN: enrol.open_join,
    Action.LEAVE: enrol.leave_one,
    Action.SKIP_ROUND: rounds.skip,
    Action.TAKE_PART: rounds.take_part,
    Action.RUN_NOW: rounds.run_now,
    Action.CANCEL_ROUND: rounds.cancel,
    Action.APPROVE_ROUND: review.approve,
    Action.RERUN_ROUND: review.open_rerun,
    Action.TURN_PAGE: review.turn_page,
    Action.FIND_IN_ROUND: review.find,
    Action.PAIR_MENU: review.pair_menu,
    Action.OPEN_QUEUE: lists.open_queue,
    Action.FIND_MENTOR: lists.not_sent_yet,
    Action.OPEN_REPORT: lists.open_report,
    Action.POST_REPORT: lists.post_report,
    Action.OPEN_PEOPLE: people_file.open_people,
    Action.SEND_PEOPLE: people_file.send_people,
    Action.TAKE_IMPORT: people_file.take_import,
    Action.DISCARD_IMPORT: people_file.discard_import,
    **times.ACTIONS,
    **afterwards.ACTIONS,
    **growing.ACTIONS,
    **formal.ACTIONS,
    **own_data.ACTIONS,
    **inviting.ACTIONS,
    **not_for_a_bot.ACTIONS,
    **series.ACTIONS,
}
