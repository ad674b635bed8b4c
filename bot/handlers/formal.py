"""Going formal: asking a partner, the agreement in its two pages, signing, and ending well."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from bot.domain.agreements import Activity
from bot.domain.kinds import Format
from bot.domain.programmes import Every
from bot.domain.states import RelationshipState, advance
from bot.handlers.answers import AllClosed, Answer, OnTop, Reply
from bot.handlers.heard import Heard
from bot.handlers.showing import Marks, draw, show
from bot.services import notices, reading
from bot.services.access import known, known_areas
from bot.services.errors import RuleBroken
from bot.services.growing import agreements, ending, reading_growing, relating
from bot.services.growing.agreements import AgreementForm
from bot.services.growing.ending import LookBack
from bot.services.growing.views_growing import RelationshipView
from bot.slack.ids import Action, Block, Callback, Subcommand

Handler = Callable[[Heard], Awaitable[Answer]]


async def formal(heard: Heard) -> Answer:
    """Whom one could ask, and what one has already."""
    whose = heard.person.id
    return _reply(
        heard,
        "formal_choice",
        partners=await reading_growing.partners_of(heard.ctx, person_id=whose),
        relationships=await reading_growing.my_relationships(heard.ctx, person_id=whose),
    )


async def agreement(heard: Heard) -> Answer:
    """What one has agreed, with what can be done about it."""
    mine = await reading_growing.my_relationships(heard.ctx, person_id=heard.person.id)
    return _reply(heard, "agreements", relationships=mine)


async def end(heard: Heard) -> Answer:
    """The end of the one that goes on; with several, or none, all that there are."""
    mine = await reading_growing.my_relationships(heard.ctx, person_id=heard.person.id)
    active = [each for each in mine if each.state is RelationshipState.ACTIVE]
    if len(active) != 1:
        return _reply(heard, "agreements", relationships=mine)
    return await _open_end(heard, active[0])


async def ask(heard: Heard) -> Answer:
    """Answered by a sentence in the DM: a list that was typed for stays as it is.

    Of a mentor who has mentees enough, the form for a single talk opens instead.
    """
    me = heard.person.id
    try:
        await relating.ask(heard.ctx, actor_id=me, session_id=heard.subject, receipt=heard.receipt)
    except RuleBroken as error:
        if error.key != "mentees_enough":
            raise
        seen = await reading.access_session(heard.ctx, actor_id=me, session_id=heard.subject)
        mentor = seen.mentor
        return await show(heard, "invite", person=mentor.slack_id, full="", enough=mentor.name)
    await notices.tell(heard.ctx, person_id=me, key="formal_asked")
    return Answer()


async def agree(heard: Heard) -> Answer:
    await relating.agree(heard.ctx, actor_id=heard.person.id, relationship_id=heard.subject)
    return Answer()


async def drop(heard: Heard) -> Answer:
    await relating.drop(heard.ctx, actor_id=heard.person.id, relationship_id=heard.subject)
    return Answer()


async def sign(heard: Heard) -> Answer:
    """The value is "<relationship>:<version>": what was on the screen is what is signed."""
    relationship_id, version = heard.two
    await agreements.sign(
        heard.ctx,
        actor_id=heard.person.id,
        relationship_id=relationship_id,
        version=version,
    )
    return Answer()


async def open_agreement(heard: Heard) -> Answer:
    """The first page. It remembers the version it shows: a newer one must not be overwritten."""
    seen = await _seen(heard, heard.subject)
    if seen.agreement is None:
        raise RuleBroken("not_agreed_yet")
    advance(seen.state, "sign")  # nobody should fill in a form that will be refused
    marks: Marks = {"relationship": seen.id, "version": seen.agreement.version}
    return await show(
        heard, "agreement", marks, relationship=seen, areas=heard.ctx.library.area_groups
    )


async def submit_agreement(heard: Heard) -> Answer:
    """The second page over the first, which carries the choices of the first with it."""
    values = heard.values
    seen = await _seen(heard, heard.mark("relationship"))
    advance(seen.state, "sign")

    def one(block: Block) -> list[str]:
        return [chosen] if (chosen := values.one(block)) else []

    marks: Marks = {
        "relationship": seen.id,
        "version": heard.mark("version"),
        "every": "".join(known(Every, one(Block.EVERY), Block.EVERY)),
        "length": values.number(Block.LENGTH) or 0,
        "months": values.number(Block.MONTHS) or 0,
        "formats": " ".join(known(Format, values.many(Block.FORMATS), Block.FORMATS)),
        "activities": " ".join(known(Activity, values.many(Block.ACTIVITIES), Block.ACTIVITIES)),
        "ahead": int(bool(values.many(Block.AGENDA_AHEAD))),
        "area": "".join(known_areas(heard.ctx, one(Block.AREA))),
    }
    if heard.metadata.get("home"):
        marks["home"] = 1
    return OnTop(draw(heard, "agreement_words", marks, relationship=seen))


async def submit_words(heard: Heard) -> Answer:
    marks = heard.metadata
    await agreements.revise(
        heard.ctx,
        actor_id=heard.person.id,
        relationship_id=heard.mark("relationship"),
        version=heard.mark("version"),
        form=_form(heard, marks),
        receipt=heard.receipt,
    )
    return AllClosed()


def _form(heard: Heard, marks: Mapping[str, Any]) -> AgreementForm:
    values = heard.values
    return AgreementForm(
        objective=values.text(Block.OBJECTIVE),
        goals=values.lines(Block.GOALS),
        support=values.text(Block.SUPPORT),
        activities=str(marks.get("activities") or "").split(),
        formats=str(marks.get("formats") or "").split(),
        availability=values.text(Block.AVAILABILITY),
        cancelling=values.text(Block.CANCELLING),
        confidentiality=values.text(Block.CONFIDENTIALITY),
        ending=values.text(Block.ENDING),
        every=str(marks.get("every") or ""),
        length_minutes=heard.mark("length"),
        months=heard.mark("months"),
        agenda_ahead=bool(marks.get("ahead")),
        area=str(marks.get("area") or ""),
    )


async def start_afresh(heard: Heard) -> Answer:
    await ending.start_afresh(heard.ctx, actor_id=heard.person.id, relationship_id=heard.subject)
    return Answer()


async def open_end(heard: Heard) -> Answer:
    return await _open_end(heard, await _seen(heard, heard.subject))


async def submit_end(heard: Heard) -> Answer:
    values = heard.values
    form = LookBack(
        gained=values.text(Block.GAINED),
        thanks=values.text(Block.THANKS),
        keeps=bool(values.many(Block.KEEPS)),
    )
    await ending.end(
        heard.ctx,
        actor_id=heard.person.id,
        relationship_id=heard.mark("relationship"),
        form=form,
        receipt=heard.receipt,
    )
    return Answer()


async def _open_end(heard: Heard, seen: RelationshipView) -> Answer:
    if seen.is_erased or seen.state is RelationshipState.DROPPED:
        raise RuleBroken("relationship_over")
    return await show(heard, "look_back", {"relationship": seen.id}, relationship=seen)


async def _seen(heard: Heard, relationship_id: int) -> RelationshipView:
    return await reading_growing.relationship_view(
        heard.ctx, relationship_id=relationship_id, person_id=heard.person.id
    )


def _reply(heard: Heard, name: str, **facts: Any) -> Reply:
    return Reply(heard.desk.templates.message(name, **facts))


ACTIONS: Final[Mapping[Action, Handler]] = {
    Action.ASK_FORMAL: ask,
    Action.FORMAL_YES: agree,
    Action.FORMAL_NO: drop,
    Action.SIGN_AGREEMENT: sign,
    Action.CHANGE_AGREEMENT: open_agreement,
    Action.START_AFRESH: start_afresh,
    Action.END_RELATIONSHIP: open_end,
}
SUBMISSIONS: Final[Mapping[Callback, Handler]] = {
    Callback.AGREEMENT: submit_agreement,
    Callback.AGREEMENT_WORDS: submit_words,
    Callback.LOOK_BACK: submit_end,
}
SUBCOMMANDS: Final[Mapping[Subcommand, Handler]] = {
    Subcommand.FORMAL: formal,
    Subcommand.AGREEMENT: agreement,
    Subcommand.END: end,
}
