"""A round: what its people answer to its notice, and what its leads do with its plan."""

from bot.handlers.answers import Answer, Reply
from bot.handlers.heard import Heard
from bot.handlers.parse import parse
from bot.services.programmes.views_programmes import ProgrammeView
from bot.services.rounds import looking, planning_rounds

NOW = "now"


async def skip(heard: Heard) -> Answer:
    return await _answer(heard, is_in=False)


async def take_part(heard: Heard) -> Answer:
    return await _answer(heard, is_in=True)


async def _answer(heard: Heard, *, is_in: bool) -> Answer:
    await planning_rounds.reply(
        heard.ctx, actor_id=heard.person.id, round_id=heard.subject, is_in=is_in
    )
    return Answer()


async def status(heard: Heard, programme: ProgrammeView) -> Answer:
    """`round` says how things stand; `round start` and `round now` do something about it."""
    rest = parse(str(heard.body.get("text") or "")).rest
    if NOW in rest or "start" in rest:
        return await _start(heard, programme.id, now=NOW in rest)
    led = await looking.led_view(heard.ctx, actor_id=heard.person.id, programme_id=programme.id)
    return Reply(heard.desk.templates.message("round_status", led=led))


async def run_now(heard: Heard) -> Answer:
    """The button: "<programme>" announces a round, "<programme>:now" plans it at once."""
    return await _start(heard, heard.subject, now=heard.value.endswith(f":{NOW}"))


async def _start(heard: Heard, programme_id: int, *, now: bool) -> Answer:
    await planning_rounds.start_round(
        heard.ctx,
        actor_id=heard.person.id,
        programme_id=programme_id,
        now=now,
        receipt=heard.receipt,
    )
    return Answer()


async def cancel(heard: Heard) -> Answer:
    await planning_rounds.cancel_round(heard.ctx, actor_id=heard.person.id, round_id=heard.subject)
    return Answer()
