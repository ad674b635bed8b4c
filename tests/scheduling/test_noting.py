"""What a claim came to is counted, also when the job only has to wait."""

from dataclasses import replace

from bot.domain.job_kinds import JobKind
from bot.meter import JobOutcome, Unmeasured
from bot.scheduling import failing
from bot.scheduling.desk import Desk
from bot.slack.errors import NotYet
from bot.slack.lines import NoLine
from tests.support.facts import Facts


class Counting(Unmeasured):
    def __init__(self) -> None:
        self.outcomes: list[tuple[str, JobOutcome]] = []

    def job(self, kind: str, outcome: JobOutcome) -> None:
        self.outcomes.append((kind, outcome))


async def test_waiting_for_slack_and_for_an_installation_are_counted_apart(
    desk: Desk, facts: Facts
) -> None:
    job = await facts.job(JobKind.PLAIN_ANSWER, recipient=await facts.person())
    desk = replace(desk, meter=(meter := Counting()))
    await failing.put_off(desk, job, NotYet(30, "chat.postMessage"))
    await failing.record(desk, job, NoLine())
    assert meter.outcomes == [(job.kind, "put_off"), (job.kind, "held")]
