"""Everything that Slack sends, bent by hypothesis: nothing breaks, is forged, or is told."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.events import SPOKEN, UNSPOKEN
from bot.shipped import MANIFEST
from tests.hostile.bending import bent_shape, bent_values
from tests.hostile.counting import COUNTED
from tests.hostile.events import events
from tests.hostile.judge import judge
from tests.hostile.profiles import examples
from tests.hostile.stage import Stage
from tests.support.signing import json_request, signed_body


@examples(4500)
@given(data=st.data())
def test_values_that_were_tampered_with(stage: Stage, data: st.DataObject) -> None:
    _, body = data.draw(bent_values(stage.bodies))
    judge(*stage.send(signed_body(body)))
    COUNTED["values"] += 1


@examples(1500)
@given(data=st.data())
def test_shapes_that_slack_never_sends(stage: Stage, data: st.DataObject) -> None:
    _, body = data.draw(bent_shape(stage.bodies))
    judge(*stage.send(signed_body(body)), misshapen=True)
    COUNTED["shapes"] += 1


@examples(1500)
@given(data=st.data())
def test_events_with_any_values(stage: Stage, data: st.DataObject) -> None:
    _, body = data.draw(bent_values(events()))
    judge(*stage.send(json_request(body)))
    COUNTED["events"] += 1


@examples(2000)
@given(data=st.data())
def test_events_of_any_shape(stage: Stage, data: st.DataObject) -> None:
    _, body = data.draw(bent_shape(events()))
    judge(*stage.send(json_request(body)), misshapen=True)
    COUNTED["event_shapes"] += 1


def test_every_event_that_slack_may_send_is_among_them() -> None:
    manifest = yaml.safe_load(MANIFEST.read_text("utf-8"))
    asked = manifest["settings"]["event_subscriptions"]["bot_events"]
    sent = {body["event"]["type"] for body in events().values()}
    assert {name.removesuffix(".im") for name in asked} <= sent
    assert {*SPOKEN, *UNSPOKEN} <= sent
