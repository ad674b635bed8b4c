"""Every field that takes a person's own words: what is typed there is kept, and shown as typed.

The fields are those of the forms as they are drawn, so a new one is among them by itself.
"""

from typing import Any

import pytest
from sqlmodel import SQLModel, select

from bot.domain.job_kinds import JobKind
from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk as ClockDesk
from bot.slack.ids import Block, Callback
from bot.store.tables import Job
from tests.contract.authorisation import CALLBACKS
from tests.contract.pressing import Presser
from tests.hostile.judge import EVALUATED, judge, judge_texts
from tests.hostile.stage import Stage
from tests.hostile.values import FORGERIES
from tests.support.door import Outcome
from tests.support.filling import inputs
from tests.support.signing import signed_body

READ_BY_RULE = {
    Block.TYPED,  # a time
    Block.BOOKING_URL,  # an address
    Block.SEED,
    Block.WEIGHTS,
    Block.ZONE,
    *(Block.STAGE_1, Block.STAGE_2, Block.STAGE_3, Block.STAGE_4, Block.STAGE_5),
}
"""Fields with a grammar of their own: what does not keep to it is refused at the field."""
NOT_YET_KEPT = {Callback.AGREEMENT, Callback.PROGRAMME_RULES}
"""Forms that only lead on to another."""
WITH_WORDS = "{{ 7919 * 7 }} %(topic)s {0} \x00\u202e]]></typed> &lt;!channel&gt; " + " ".join(
    FORGERIES
)


def hostile_words(marker: str, most: int) -> str:
    """Words that would be markup, as long as the field lets them be, with a marker to find."""
    text = f"{marker} {WITH_WORDS} "
    return (text + "🎉 <!channel> " * most)[:most].rstrip("\x00") if most > 12 else marker[:most]


def words_in(view: dict[str, Any]) -> dict[str, int]:
    """The fields of a form that take free words, and how many characters each takes."""
    return {
        block: min(int(element.get("max_length") or 3000), 3000)
        for block, element in inputs(view)
        if element["type"] == "plain_text_input" and block not in READ_BY_RULE
    }


@pytest.mark.parametrize("key", CALLBACKS, ids=repr)
def test_words_are_kept_and_shown_as_typed(stage: Stage, key: Callback) -> None:
    try:
        stage.run(_typed_and_shown(stage, key))
    finally:
        stage.file.restore()


@pytest.mark.parametrize("key", CALLBACKS, ids=repr)
@pytest.mark.parametrize("most", ["\x00", " \n ", "\u200b\u2060", "\ud800", "\u202e"], ids=ascii)
def test_what_is_nothing_to_see_is_no_fault(stage: Stage, key: Callback, most: str) -> None:
    body = stage.bodies[repr(key)]
    values = {**body["view"]["state"]["values"]}
    for block in words_in(body["view"]):
        values[block] = {action: {"value": most} for action in values[block]}
    view = {**body["view"], "state": {"values": values}}
    judge(*stage.send(signed_body({**body, "view": view})))


async def _typed_and_shown(stage: Stage, key: Callback) -> None:
    who = sorted(CALLBACKS[key].may.who)[0]
    presser = Presser(stage.door, stage.world.ids)
    body = await presser.body(key, who, stage.world.ids)
    fields = words_in(body["view"])
    values = body["view"]["state"]["values"]
    markers = {block: f"mark{number}er" for number, block in enumerate(fields)}
    for block, most in fields.items():
        for held in values[block].values():
            held["value"] = hostile_words(markers[block], most)
    stage.forget_log()
    outcome = await stage.door.send(signed_body(body))
    assert not outcome.errors, outcome.errors
    judge(outcome, stage.logged())
    if key not in NOT_YET_KEPT:
        kept = await _everything_kept(stage)
        missing = [block for block, marker in markers.items() if marker not in kept]
        assert not missing, f"not kept: {missing}"
    await _everything_said(stage, outcome)


async def _everything_kept(stage: Stage) -> str:
    """Every row of every table, unsealed."""
    found = []
    async with stage.door.desk.ctx.db.read() as session:
        for mapper in SQLModel._sa_registry.mappers:
            rows = (await session.execute(select(mapper.class_))).scalars().all()
            found += [str(row.model_dump()) for row in rows]
    return "\n".join(found)


async def _everything_said(stage: Stage, outcome: Outcome) -> None:
    """All messages that are due because of it leave, valid and with nobody's markup."""
    desk = stage.door.desk
    stage.door.tape.take()
    clockwork = Clockwork(ClockDesk(desk.ctx, desk.gateway, desk.templates, me="one"), patience=0)
    for _ in range(3):
        await clockwork.tick()
    calls = stage.door.tape.take()
    assert [call for call in calls if call.method == "chat.postMessage"]
    judge_texts([call.args for call in calls])
    assert EVALUATED not in str([call.args for call in calls])
    async with desk.ctx.db.read() as session:
        dead = (await session.execute(select(Job).where(Job.state == "dead"))).scalars().all()
    # Nobody takes files here; what is in them is looked at where they are made.
    assert not [(job.kind, job.reason) for job in dead if job.kind != JobKind.CALENDAR_FILE]
