"""A round's plan in its leads' hands: approve, run again, turn pages, look for somebody, change."""

from bot.domain.numbers import whole
from bot.domain.programmes import Shape
from bot.handlers.answers import Answer
from bot.handlers.heard import Heard
from bot.handlers.showing import show
from bot.services.errors import RuleBroken
from bot.services.programmes.views_programmes import ReviewView
from bot.services.rounds import looking, reviewing, running
from bot.slack.ids import Block

SEEDS = 1_000_000  # those given by chance: short enough to be typed in again


async def _review(heard: Heard, round_id: int) -> ReviewView:
    return await looking.review_for(heard.ctx, actor_id=heard.person.id, round_id=round_id)


async def approve(heard: Heard) -> Answer:
    """The yes to one plan: "<round>:<run>". A group flash is asked first when and where."""
    round_id, run = heard.two
    review = await _review(heard, round_id)
    if review.round.programme.shape is Shape.GROUPS:
        return await show(heard, "approve", {"round": round_id, "run": run}, review=review)
    await reviewing.approve(
        heard.ctx, actor_id=heard.person.id, round_id=round_id, run=run, receipt=heard.receipt
    )
    return Answer()


async def submit_approve(heard: Heard) -> Answer:
    await reviewing.approve(
        heard.ctx,
        actor_id=heard.person.id,
        round_id=heard.mark("round"),
        run=heard.mark("run"),
        meets_at=heard.values.moment(Block.MEETS_AT),
        place=heard.values.text(Block.PLACE),
        receipt=heard.receipt,
    )
    return Answer()


async def open_rerun(heard: Heard) -> Answer:
    await running.may_rerun(heard.ctx, actor_id=heard.person.id, round_id=heard.subject)
    review = await _review(heard, heard.subject)
    return await show(heard, "rerun", {"round": review.round.id}, review=review)


async def submit_rerun(heard: Heard) -> Answer:
    await running.rerun(
        heard.ctx,
        actor_id=heard.person.id,
        round_id=heard.mark("round"),
        seed=_seed(heard),
        receipt=heard.receipt,
    )
    return Answer()


def _seed(heard: Heard) -> int:
    """The number typed; without one, any that chance gives."""
    typed = heard.values.text(Block.SEED).strip()
    if not typed:
        return heard.ctx.chance.randrange(SEEDS)
    seed = whole(typed)
    if seed is None:
        raise RuleBroken("seed", field=Block.SEED, limit=running.SEED_MAX)
    return seed


async def turn_page(heard: Heard) -> Answer:
    """A button or a menu: "<job>:page:<number>"."""
    await reviewing.turn_page(
        heard.ctx, actor_id=heard.person.id, job_id=heard.subject, note=heard.note
    )
    return Answer()


async def find(heard: Heard) -> Answer:
    """Somebody was chosen in the menu of a round's card: their pairs are shown in its thread."""
    round_id = heard.block_subject
    chosen = heard.action.get("selected_user")
    await looking.find_in_round(
        heard.ctx,
        actor_id=heard.person.id,
        round_id=round_id,
        slack_id=str(chosen) if chosen else None,
    )
    return Answer()


async def pair_menu(heard: Heard) -> Answer:
    """The menu behind a pair's three dots: "<pair>:lock", ":unlock", ":veto" or ":swap"."""
    pair_id, verb = heard.subject, heard.note
    if verb == "swap":
        return await _open_swap(heard, pair_id)
    await reviewing.constrain(heard.ctx, actor_id=heard.person.id, pair_id=pair_id, verb=verb)
    return Answer()


async def _open_swap(heard: Heard, pair_id: int) -> Answer:
    actor_id = heard.person.id
    others = await reviewing.alternatives(heard.ctx, actor_id=actor_id, pair_id=pair_id)
    pair = await looking.pair_for(heard.ctx, actor_id=actor_id, pair_id=pair_id)
    return await show(heard, "swap", {"pair": pair_id}, pair=pair, alternatives=others)


async def submit_swap(heard: Heard) -> Answer:
    await reviewing.swap(
        heard.ctx,
        actor_id=heard.person.id,
        pair_id=heard.mark("pair"),
        mentor_id=heard.values.number(Block.PARTNER) or 0,
        receipt=heard.receipt,
    )
    return Answer()
