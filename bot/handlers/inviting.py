"""Asking one person for a conversation: from the invitation to its answers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.domain.kinds import ReferralKind
from bot.handlers.answers import Answer, Redrawn
from bot.handlers.gate import Gate
from bot.handlers.heard import Heard, keeping
from bot.handlers.parse import parse
from bot.handlers.showing import Marks, show
from bot.services import reading
from bot.services.errors import RuleBroken
from bot.services.growing import past
from bot.services.requests import answering, board, introducing, inviting, proposing, referring
from bot.services.requests.inviting import InviteForm
from bot.slack.ids import Action, Block, Callback

Handler = Callable[[Heard], Awaitable[Answer]]
TYPED: Final = (Block.TOPIC, Block.HOPED_FOR, Block.LENGTH)


async def spot(heard: Heard) -> Answer:
    """`/mentoring spot @person`; without a name the form asks for one."""
    named = parse(str(heard.body.get("text") or "")).mentions
    return await _open(heard, named[0] if named else "")


async def open_invite(heard: Heard) -> Answer:
    """The button, and the shortcut."""
    return await _open(heard, "")


async def talk_again(heard: Heard) -> Answer:
    """The same form, for the partner of formal mentoring that has ended."""
    partner = await past.partner_of(
        heard.ctx, actor_id=heard.person.id, relationship_id=heard.subject
    )
    return await _open(heard, partner.slack_id)


async def ask_author(heard: Heard) -> Answer:
    """The shortcut on a message: whoever wrote it, unless that was oneself or an app."""
    message: Mapping[str, Any] = heard.body.get("message") or {}
    author = "" if message.get("bot_id") else str(message.get("user") or "")
    return await _open(heard, "" if author == heard.person.slack_id else author)


async def _open(heard: Heard, slack_id: str) -> Answer:
    return await show(heard, "invite", person=slack_id, full="")


async def submit_invite(heard: Heard) -> Answer:
    """The invitation goes out; about somebody without room the same form says so first."""
    values = heard.values
    person = await Gate(heard.desk).person(values.people(Block.PERSON), Block.PERSON)
    if person is None:
        raise RuleBroken("no_choice", field=Block.PERSON)
    form = InviteForm(
        person_id=person.id,
        topic=values.text(Block.TOPIC),
        hoped_for=values.text(Block.HOPED_FOR),
        formats=values.many(Block.FORMATS),
        windows=values.many(Block.WINDOWS),
        length_minutes=values.number(Block.LENGTH) or 30,
        one_off=heard.metadata.get("one_off") == person.id,
    )
    try:
        await inviting.invite(heard.ctx, asker_id=heard.person.id, form=form, receipt=heard.receipt)
    except RuleBroken as error:
        if error.key != "invitee_full":
            raise
        return _say_full(heard, form, person.slack_id, person.name)
    return Answer()


def _say_full(heard: Heard, form: InviteForm, slack_id: str, name: str) -> Answer:
    """The form once more, with all that was typed, and that they have no room this month."""
    old = heard.metadata
    marks: dict[str, Any] = {key: old[key] for key in ("token", "home") if key in old}
    kept = heard.values.typed(TYPED)
    return Redrawn(
        heard.desk.templates.modal(
            "invite",
            me=heard.person,
            metadata=keeping({**marks, "one_off": form.person_id}, {}),
            person=slack_id,
            full=name,
            kept=kept,
            formats=form.formats,
            windows=form.windows,
        )
    )


async def open_decline(heard: Heard) -> Answer:
    offer = await inviting.invitation(heard.ctx, actor_id=heard.person.id, offer_id=heard.subject)
    return await show(heard, "decline", {"offer": offer.id}, offer=offer)


async def submit_decline(heard: Heard) -> Answer:
    await answering.decline(
        heard.ctx,
        actor_id=heard.person.id,
        offer_id=heard.mark("offer"),
        words=heard.values.text(Block.WHY),
        receipt=heard.receipt,
    )
    return Answer()


async def propose_shorter(heard: Heard) -> Answer:
    """One of the shorter lengths was chosen: "<offer>:<minutes>"."""
    offer, minutes = heard.two
    await proposing.propose(heard.ctx, actor_id=heard.person.id, offer_id=offer, minutes=minutes)
    return Answer()


async def take_shorter(heard: Heard) -> Answer:
    await proposing.take_shorter(heard.ctx, actor_id=heard.person.id, offer_id=heard.subject)
    return Answer()


async def rather_not(heard: Heard) -> Answer:
    await proposing.rather_not(heard.ctx, actor_id=heard.person.id, offer_id=heard.subject)
    return Answer()


async def open_refer(heard: Heard) -> Answer:
    offer = await inviting.invitation(heard.ctx, actor_id=heard.person.id, offer_id=heard.subject)
    facts = {"kind": ReferralKind.INSTEAD, "in_session": False}
    return await show(heard, "refer", {"offer": offer.id}, mentee=offer.request.mentee, **facts)


async def open_beyond(heard: Heard) -> Answer:
    """The mentor of a talk knows somebody better placed for it."""
    return await _open_naming(heard, ReferralKind.INSTEAD, "cancel")


async def open_introduce(heard: Heard) -> Answer:
    """The mentor of a talk knows somebody whom their mentee should know."""
    return await _open_naming(heard, ReferralKind.INTRODUCTION)


async def _open_naming(heard: Heard, kind: ReferralKind, verb: str | None = None) -> Answer:
    session = await reading.access_session(
        heard.ctx, actor_id=heard.person.id, session_id=heard.subject, verb=verb
    )
    if session.mentor.id != heard.person.id:
        raise RuleBroken("not_yours")
    marks: Marks = {"session": session.id, "kind": kind.value}
    return await show(heard, "refer", marks, mentee=session.mentee, kind=kind, in_session=True)


async def submit_refer(heard: Heard) -> Answer:
    person = await Gate(heard.desk).person(heard.values.people(Block.PERSON), Block.PERSON)
    if person is None:
        raise RuleBroken("no_choice", field=Block.PERSON)
    words, marks, actor = heard.values.text(Block.WHY), heard.metadata, heard.person.id
    if "session" in marks:
        await introducing.name_in_session(
            heard.ctx,
            actor_id=actor,
            session_id=heard.mark("session"),
            to_id=person.id,
            kind=_kind(marks.get("kind")),
            words=words,
            receipt=heard.receipt,
        )
        return Answer()
    await referring.name_instead(
        heard.ctx,
        actor_id=actor,
        offer_id=heard.mark("offer"),
        to_id=person.id,
        words=words,
        receipt=heard.receipt,
    )
    return Answer()


def _kind(carried: object) -> ReferralKind:
    try:
        return ReferralKind(str(carried))
    except ValueError:
        raise RuleBroken("button_gone") from None


async def agree_referral(heard: Heard) -> Answer:
    await referring.agree(heard.ctx, actor_id=heard.person.id, referral_id=heard.subject)
    return Answer()


async def drop_referral(heard: Heard) -> Answer:
    await referring.drop(heard.ctx, actor_id=heard.person.id, referral_id=heard.subject)
    return Answer()


async def welcome_referral(heard: Heard) -> Answer:
    await introducing.welcome(heard.ctx, actor_id=heard.person.id, referral_id=heard.subject)
    return Answer()


async def pass_referral(heard: Heard) -> Answer:
    await introducing.pass_on(heard.ctx, actor_id=heard.person.id, referral_id=heard.subject)
    return Answer()


async def claim(heard: Heard) -> Answer:
    """Somebody can help with what they saw on the open board."""
    await board.claim(
        heard.ctx, actor_id=heard.person.id, request_id=heard.subject, receipt=heard.receipt
    )
    return Answer()


ACTIONS: Final[Mapping[Action, Handler]] = {
    Action.CLAIM: claim,
    Action.OPEN_BEYOND: open_beyond,
    Action.OPEN_INTRODUCE: open_introduce,
    Action.WELCOME_REFERRAL: welcome_referral,
    Action.TURN_DOWN: pass_referral,
    Action.OPEN_INVITE: open_invite,
    Action.TALK_AGAIN: talk_again,
    Action.OPEN_DECLINE: open_decline,
    Action.PROPOSE_SHORTER: propose_shorter,
    Action.TAKE_SHORTER: take_shorter,
    Action.RATHER_NOT: rather_not,
    Action.OPEN_REFER: open_refer,
    Action.AGREE_REFERRAL: agree_referral,
    Action.DROP_REFERRAL: drop_referral,
}
SUBMISSIONS: Final[Mapping[Callback, Handler]] = {
    Callback.INVITE: submit_invite,
    Callback.DECLINE: submit_decline,
    Callback.REFER: submit_refer,
}
