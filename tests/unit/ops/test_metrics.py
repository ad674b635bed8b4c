"""Every metric is documented, bounded, and what the rules for alarms ask for."""

import re
from pathlib import Path
from typing import get_args

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.meter import UNMEASURED, Answered, CallOutcome, JobOutcome, Meter, Turn, Where
from bot.ops.metrics import MEASURES, Metrics
from bot.ops.metrics_page import page
from bot.ops.pulse import ASK_EVERY, Pulse

DOCS = Path(__file__).resolve().parents[3] / "docs"


def busy(meter: Meter) -> None:
    """Everything that can be told, told once."""
    for outcome in get_args(CallOutcome):
        meter.called("chat.postMessage", outcome, 0.2)
    for turn in get_args(Turn):
        meter.waited("chat.postMessage", turn, 1.5)
    for answered in get_args(Answered):
        meter.answered("command", answered, 0.1)
    for came_to in get_args(JobOutcome):
        meter.job("agenda_ask", came_to)
    for where in get_args(Where):
        meter.faulted(where)
    meter.lag("nudge", 20)
    meter.claimed(3)
    meter.ticked(0.01)
    meter.swept("receipt", 5)


def names(text: str) -> set[str]:
    """The series of a page, and the families they belong to."""
    families = list(text_string_to_metric_families(text))
    return {sample.name for family in families for sample in family.samples}


def test_the_page_is_made_from_the_code() -> None:
    """`python -m bot.ops.metrics_page > docs/metrics.md` makes the page anew."""
    assert (DOCS / "metrics.md").read_text("utf-8") == page()


def test_what_is_told_is_shown_with_its_words() -> None:
    metrics = Metrics()
    busy(metrics)
    text = metrics.text().decode()
    assert 'lantern_jobs_total{kind="agenda_ask",outcome="dead"} 1.0' in text
    assert 'lantern_slack_call_seconds_count{method="chat.postMessage",outcome="ok"} 1.0' in text
    assert 'lantern_lag_seconds_bucket{le="15.0",manner="nudge"} 0.0' in text
    assert "lantern_claimed_total 3.0" in text
    for measure in MEASURES:
        assert f"# TYPE {measure.name.removesuffix('_total')}" in text
        for value in set(re.findall(r"\((\w+(?:, \w+)+)\)", measure.words)):
            assert measure.labels, value


def test_the_words_name_every_outcome() -> None:
    words = {measure.name: measure.words for measure in MEASURES}
    for name, told in (
        ("lantern_slack_call_seconds", CallOutcome),
        ("lantern_answer_seconds", Answered),
        ("lantern_pace_wait_seconds", Turn),
        ("lantern_jobs_total", JobOutcome),
        ("lantern_faults_total", Where),
    ):
        assert f"({', '.join(get_args(told))})" in words[name]


def test_two_applications_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.claimed(3)
    assert b"lantern_claimed_total 0.0" in other.text()


def test_counting_nothing_takes_everything() -> None:
    busy(UNMEASURED)


def test_the_alarms_ask_for_metrics_that_exist() -> None:
    metrics = Metrics()
    busy(metrics)
    metrics.runs(version="1", database="sqlite", mode="socket")
    metrics.gauges["lantern_backlog_jobs"].labels("due").set(0)
    there = names(metrics.text().decode())
    (group,) = yaml.safe_load((DOCS / "alerts.yml").read_text("utf-8"))["groups"]
    asked: set[str] = set()
    for rule in group["rules"]:
        found = set(re.findall(r"lantern_\w+", rule["expr"]))
        assert found, rule["alert"]
        asked |= found
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"]
    assert asked <= there
    assert "lantern_tick_age_seconds" in asked


@pytest.mark.parametrize(
    ("metric", "label", "told"),
    [
        ("lantern_answer_seconds_count", "outcome", Answered),
        ("lantern_slack_call_seconds_count", "outcome", CallOutcome),
        ("lantern_jobs_total", "outcome", JobOutcome),
    ],
)
def test_the_alarms_ask_for_labels_that_exist(metric: str, label: str, told: object) -> None:
    rules = (DOCS / "alerts.yml").read_text("utf-8")
    asked = re.findall(rf'{metric}\{{{label}=~?"([\w|]+)"\}}', rules)
    assert asked
    assert {one for each in asked for one in each.split("|")} <= set(get_args(told))


async def test_slack_is_asked_again_only_while_it_is_silent() -> None:
    moment, asked = 0.0, 0

    async def ask() -> None:
        nonlocal asked
        asked += 1
        pulse.felt("unavailable" if moment < 100 else "ok")

    pulse = Pulse(ask, lambda: moment)
    for _ in range(2):
        pulse.felt("unavailable")
    pulse.felt("cancelled")
    assert await pulse.beats()
    assert asked == 0
    pulse.felt("uncertain")
    assert not await pulse.beats()
    assert not await pulse.beats()
    assert asked == 1
    moment = 100 + ASK_EVERY
    assert await pulse.beats()
    pulse.felt("refused")
    assert await pulse.beats()
    assert asked == 2
