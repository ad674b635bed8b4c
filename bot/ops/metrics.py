"""Every metric that Lantern keeps, with its words, and the registry they are read from.

`docs/metrics.md` is made from this file (`python -m bot.ops.metrics_page`). Labels are bounded:
words of Lantern's own and names of Slack's methods, never a person, a workspace or a text.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.meter import Answered, CallOutcome, JobOutcome, Turn, Where

QUICK: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
LATE: Final = (1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 6 * 3600.0, 24 * 3600.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric: its name as a monitoring tool knows it, and what it says."""

    name: str
    type: Literal["counter", "gauge", "histogram"]
    words: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = field(default=QUICK)


ANSWERED = Measure(
    "lantern_answer_seconds",
    "histogram",
    "How long people (or Slack) waited for an answer, by way in (command, click, submission, "
    "event, words) and outcome (done, repeated, refused, later, slow, fault). Slack waits three "
    "seconds.",
    ("way", "outcome"),
)
CALLS = Measure(
    "lantern_slack_call_seconds",
    "histogram",
    "How long calls to Slack took, by method and outcome (ok, ratelimited, refused, unavailable, "
    "uncertain, cancelled).",
    ("method", "outcome"),
)
WAITS = Measure(
    "lantern_pace_wait_seconds",
    "histogram",
    "How long calls waited for their turn at Slack's pace, by method and whether it came (came, "
    "put_off). What can wait does so for six seconds at most, what somebody waits for for two; "
    "then it is put off.",
    ("method", "turn"),
)
JOBS = Measure(
    "lantern_jobs_total",
    "counter",
    "What claims of jobs came to, by kind and outcome (said, same, done, skipped, moved, put_off, "
    "held, adopted, unsure, retried, failed, dead, lost).",
    ("kind", "outcome"),
)
LAG = Measure(
    "lantern_lag_seconds",
    "histogram",
    "How long after it was due something was said for the first time, by manner (answer, news, "
    "nudge, timely).",
    ("manner",),
    LATE,
)
CLAIMED = Measure("lantern_claimed_total", "counter", "Due jobs that this process took.")
TICKS = Measure("lantern_tick_seconds", "histogram", "How long ticks of the clockwork took.")
TICK_AGE = Measure(
    "lantern_tick_age_seconds",
    "gauge",
    "Since when this process has not ticked; -1 before the first tick. It ticks every second, "
    "unless a tick has much to do.",
)
FAULTS = Measure(
    "lantern_faults_total",
    "counter",
    "Faults of Lantern's own, by where they happened (listener, job, tick, sweep, background). "
    "Each stands in the log.",
    ("where",),
)
SWEPT = Measure(
    "lantern_swept_rows_total",
    "counter",
    "Rows that the retention sweep deleted, by table.",
    ("table",),
)
BACKLOG = Measure(
    "lantern_backlog_jobs",
    "gauge",
    "Jobs in the database that are not settled, by state: `due` (to be done now), `leased` (a "
    "process is at it), `held` (not taken again yet: it failed, Slack has no room, or Lantern was "
    "removed there), `waiting` (their time has not come). The same from every process. Counted up "
    "to 100,000.",
    ("state",),
)
OLDEST = Measure(
    "lantern_backlog_oldest_seconds",
    "gauge",
    "How long the job that is due and free has waited longest; 0 when there is none. The same "
    "from every process.",
)
SCRAPE_FAILED = Measure(
    "lantern_database_unread",
    "gauge",
    "1 when the database did not answer for the backlog and the totals, which then are as they "
    "were.",
)
MATCHES = Measure(
    "lantern_matches",
    "gauge",
    "Matches in the database, by how they were made (request, round, relationship, tie: two who "
    "keep in touch). The same from every process.",
    ("made_by",),
)
ROUNDS = Measure(
    "lantern_rounds",
    "gauge",
    "Rounds in the database, by state. The same from every process.",
    ("state",),
)
SESSIONS = Measure(
    "lantern_sessions",
    "gauge",
    "Sessions in the database, by state. The same from every process.",
    ("state",),
)
INFO = Measure(
    "lantern_info",
    "gauge",
    "Always 1; its labels say what runs: the version, the kind of database and the way in.",
    ("version", "database", "mode"),
)

MEASURES: Final = (
    ANSWERED,
    CALLS,
    WAITS,
    JOBS,
    LAG,
    CLAIMED,
    TICKS,
    TICK_AGE,
    FAULTS,
    SWEPT,
    BACKLOG,
    OLDEST,
    SCRAPE_FAILED,
    MATCHES,
    ROUNDS,
    SESSIONS,
    INFO,
)


class Metrics:
    """A `bot.meter.Meter` for Prometheus: one registry for one application."""

    def __init__(self) -> None:
        self.on_call: Callable[[CallOutcome], None] = lambda outcome: None
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._answered = self._histogram(ANSWERED)
        self._calls = self._histogram(CALLS)
        self._waits = self._histogram(WAITS)
        self._lag = self._histogram(LAG)
        self._ticks = self._histogram(TICKS)
        self._jobs = self._counter(JOBS)
        self._claimed = self._counter(CLAIMED)
        self._faults = self._counter(FAULTS)
        self._swept = self._counter(SWEPT)
        gauges = [each for each in MEASURES if each.type == "gauge"]
        self.gauges = {each.name: self._gauge(each) for each in gauges}

    def called(self, method: str, outcome: CallOutcome, seconds: float) -> None:
        self._calls.labels(method, outcome).observe(seconds)
        self.on_call(outcome)

    def waited(self, method: str, turn: Turn, seconds: float) -> None:
        self._waits.labels(method, turn).observe(seconds)

    def answered(self, way: str, outcome: Answered, seconds: float) -> None:
        self._answered.labels(way, outcome).observe(seconds)

    def claimed(self, jobs: int) -> None:
        self._claimed.inc(jobs)

    def job(self, kind: str, outcome: JobOutcome) -> None:
        self._jobs.labels(str(kind), outcome).inc()

    def lag(self, manner: str, seconds: float) -> None:
        self._lag.labels(str(manner)).observe(max(seconds, 0.0))

    def ticked(self, seconds: float) -> None:
        self._ticks.observe(seconds)

    def swept(self, table: str, rows: int) -> None:
        self._swept.labels(table).inc(rows)

    def faulted(self, where: Where) -> None:
        self._faults.labels(where).inc()

    def watch_tick(self, age: Callable[[], float]) -> None:
        """`age` says how long ago (seconds) the last tick was, whenever it is read."""
        self.gauges[TICK_AGE.name].set_function(age)

    def runs(self, *, version: str, database: str, mode: str) -> None:
        """What runs here."""
        self.gauges[INFO.name].labels(version, database, mode).set(1)

    def text(self) -> bytes:
        """Everything, in Prometheus's text format."""
        return generate_latest(self.registry)

    def _histogram(self, measure: Measure) -> Histogram:
        return Histogram(
            measure.name,
            measure.words,
            measure.labels,
            buckets=measure.buckets,
            registry=self.registry,
        )

    def _counter(self, measure: Measure) -> Counter:
        return Counter(measure.name, measure.words, measure.labels, registry=self.registry)

    def _gauge(self, measure: Measure) -> Gauge:
        return Gauge(measure.name, measure.words, measure.labels, registry=self.registry)
