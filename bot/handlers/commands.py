"""`/mentoring`: every subcommand, and an answer to everything that is none."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.handlers import (
    enrol,
    formal,
    inviting,
    lists,
    modals,
    own_data,
    people_file,
    programme,
    rounds,
    series,
    times,
    which,
)
from bot.handlers.answers import Answer, Reply
from bot.handlers.heard import Heard
from bot.handlers.parse import parse
from bot.services import home, people
from bot.services.growing import mentors, past
from bot.services.requests import asking
from bot.services.views import RequestView
from bot.slack.fitting import fitted_overview
from bot.slack.ids import Subcommand


async def mentoring(heard: Heard) -> Answer:
    """Read what was typed and do it; what is not understood is answered with the nearest word."""
    typed = parse(str(heard.body.get("text") or ""))
    if typed.word is None:
        facts = {"typed": typed.first, "suggestion": typed.suggestion}
        return Reply(heard.desk.templates.message("unknown", **facts))
    return await SUBCOMMANDS[typed.word](heard)


async def unknown_command(heard: Heard) -> Answer:
    """A command of the app that this version does not know."""
    facts = {"typed": str(heard.body.get("command") or ""), "suggestion": None}
    return Reply(heard.desk.templates.message("unknown", **facts))


async def _help(heard: Heard) -> Answer:
    return Reply(heard.desk.templates.message("help"))


async def _sessions(heard: Heard) -> Answer:
    overview = await home.open_now(heard.ctx, person_id=heard.person.id)
    return Reply(fitted_overview(heard.desk.templates, overview=overview))


async def _mentors(heard: Heard) -> Answer:
    """One's mentors by area, and the formal mentoring that has ended, on either side."""
    found = await mentors.mentors_of(heard.ctx, person_id=heard.person.id)
    ended = await past.past_of(heard.ctx, person_id=heard.person.id)
    return Reply(heard.desk.templates.message("mentors", mentors=found, past=ended))


async def _withdraw(heard: Heard) -> Answer:
    """Take back the one open request; with several, ask which; with none, say so."""
    requests = await asking.open_requests(heard.ctx, person_id=heard.person.id)
    if len(requests) != 1:
        return Reply(heard.desk.templates.message("withdraw_choice", requests=requests))
    return await _withdraw_one(heard, requests[0])


async def _withdraw_one(heard: Heard, request: RequestView) -> Answer:
    await asking.withdraw(
        heard.ctx, actor_id=heard.person.id, request_id=request.id, receipt=heard.receipt
    )
    return _done(heard, "withdrawn", topic=request.topic)


async def _resume(heard: Heard) -> Answer:
    """The card in their DM says that they are back, as it does after a click."""
    await people.resume(heard.ctx, actor_id=heard.person.id, receipt=heard.receipt)
    return Answer()


def _done(heard: Heard, key: str, **facts: object) -> Reply:
    sentence = heard.desk.sentence(key, **facts)
    return Reply(heard.desk.templates.message("done", sentence=sentence))


SUBCOMMANDS: Final[Mapping[Subcommand, Callable[[Heard], Awaitable[Answer]]]] = {
    Subcommand.TASTER: modals.open_taster,
    Subcommand.FLASH: modals.open_flash,
    Subcommand.OFFER: modals.open_offer,
    Subcommand.SPOT: inviting.spot,
    Subcommand.REVERSE: modals.open_reverse,
    Subcommand.SESSIONS: _sessions,
    Subcommand.WITHDRAW: _withdraw,
    Subcommand.PAUSE: modals.open_pause,
    Subcommand.RESUME: _resume,
    Subcommand.PROFILE: times.open_profile,
    Subcommand.MENTORS: _mentors,
    Subcommand.SERIES: series.here,
    **formal.SUBCOMMANDS,
    Subcommand.PROGRAMME: programme.open_here,
    Subcommand.ROUND: which.of_leads(Subcommand.ROUND, rounds.status),
    Subcommand.QUEUE: which.of_leads(Subcommand.QUEUE, lists.queue),
    Subcommand.REPORT: which.of_leads(Subcommand.REPORT, lists.report),
    Subcommand.PEOPLE: which.of_leads(Subcommand.PEOPLE, people_file.people),
    Subcommand.JOIN: which.of_members(Subcommand.JOIN, enrol.join),
    Subcommand.LEAVE: which.of_members(Subcommand.LEAVE, enrol.leave),
    **own_data.SUBCOMMANDS,
    Subcommand.HELP: _help,
}
