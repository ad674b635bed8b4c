"""Whole rounds: `python -m tests.benchmarks.matching --people 100 1000 10000 100000`.

Each size is a process of its own, so that memory is its own. On the same seeded people, in one
run: Lantern's plan from people to reasons; the bare flow solver (over all allowed pairs where these
are kept, else on the pairs of Lantern's last solve); greedy and random order over those; and
networkx's flow on a pruned graph: so many best partners for everybody that its best plan leaves
nobody out and is as good as the best over all pairs, since nothing proves that of a pruned graph
afterwards. mentor-match is measured where it is installed; it is not in the lock, and is as slow as
it was known to be with the munkres of its day: `pip install mentor-match==7.0.1 munkres==1.1.4`.
Last line: one JSON object.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn
from rich.progress import Progress as Bar

import bot.matching.generate as generating
from bot.matching.flow import Problem, best_flow, problem_of
from bot.matching.people import Member, Rules
from bot.matching.plan import plan, table_in_order
from bot.matching.pool import KEPT
from bot.matching.results import Plan, Progress
from bot.matching.sweep import Edges, all_edges
from tests.benchmarks.rivals import mentor_match, networkx_flow, pruned, taken_in_order
from tests.support.round import AT, people

T = TypeVar("T")
NETWORKX_UP_TO = 10_000
MENTOR_MATCH_AT = 300  # mentors, and as many mentees


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.seed)))
        return
    found: dict[str, Any] = {}
    for count in options.people:
        print(f"{count} people", file=sys.stderr)
        command = [sys.executable, "-m", "tests.benchmarks.matching", "--one", str(count)]
        done = subprocess.run(
            [*command, "--seed", str(options.seed)], stdout=subprocess.PIPE, check=True, text=True
        )
        result = json.loads(done.stdout.splitlines()[-1])
        show(count, result.pop("table"))
        found[str(count)] = result
    beside_mentor_match(found)
    print(json.dumps(found))


def beside_mentor_match(found: dict[str, Any]) -> None:
    """The same 300 mentors and 300 mentees, their suitability given to mentor-match for nothing."""
    members = people(4 * MENTOR_MATCH_AT)[: 2 * MENTOR_MATCH_AT]
    table = table_in_order(members, Rules(), AT, 1)
    rows, cols = np.divmod(np.arange(MENTOR_MATCH_AT**2), MENTOR_MATCH_AT)
    theirs = mentor_match(table.along(rows, cols).reshape(MENTOR_MATCH_AT, MENTOR_MATCH_AT))
    if theirs is None:
        print("mentor-match is not installed: left out")
        return
    runs = [timed(lambda: plan(members, Rules(), at=AT, seed=1))[1] for _ in range(5)]
    ours = sorted(runs)[2]
    print(f"\n{MENTOR_MATCH_AT} mentors and as many mentees; Lantern's the median of five")
    print(f"  mentor-match, munkres {version('munkres')} {theirs:.3f} s; Lantern {ours:.3f} s")
    found["mentor_match_ratio"] = round(theirs / ours)
    found["mentor_match_munkres"] = version("munkres")


def timed(what: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = what()
    return result, time.perf_counter() - start


def measure(count: int, seed: int) -> dict[str, Any]:
    """Lantern first, while the process is small; then the others on the same people."""
    members = people(count, seed)
    last, ours, seconds = planned(members, seed)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    table = table_in_order(members, Rules(), AT, seed)
    problem = problem_of(table)
    graph = all_edges(table, KEPT) or last
    bare, bare_for = timed(lambda: best_flow(problem, graph))
    best = value(graph, bare)
    lines = [line("Lantern", seconds, ours.totals.mentees_matched, ours.totals.suitability)]
    lines.append(line("bare solver", bare_for, *best))
    order = np.argsort(-graph.suits, kind="stable")
    chance = np.random.default_rng(seed).permutation(len(graph))
    for name, tried in (("greedy", order), ("random", chance)):
        took, took_for = timed(lambda: taken_in_order(problem, graph, tried))  # noqa: B023
        lines.append(line(name, took_for, *value(graph, took)))
    found = summary(ours, seconds, rss, best, bare_for) | {"bare_pairs": len(graph)}
    if count <= NETWORKX_UP_TO:
        few = pruned(problem, graph)
        by_networkx, network = timed(lambda: networkx_flow(problem, few))
        like = timed(lambda: best_flow(problem, few))[1]
        lines.append(line(f"networkx, {len(few)} pairs", network, *value(few, by_networkx)))
        # beside Lantern's whole plan; and like with like, both solvers on the pruned graph
        found["networkx_ratio"] = round(network / seconds, 1)
        found["networkx_solver_ratio"] = round(network / like, 1)
    return {"table": lines} | found


def planned(members: list[Member], seed: int) -> tuple[Edges, Plan, float]:
    """Lantern's plan and its seconds, with a bar in the terminal; and the pairs of the last solve
    before the worst-off are lifted."""
    solved: list[Edges] = []
    last: list[Edges] = []

    def recording(problem: Problem, edges: Edges) -> npt.NDArray[np.bool_]:
        solved[:] = [edges]
        return best_flow(problem, edges)

    setattr(generating, "best_flow", recording)  # noqa: B010
    columns = (TextColumn("{task.description:8}"), BarColumn(), TaskProgressColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("sweep", total=1.0)

        def hear(progress: Progress) -> None:
            if progress.stage == "solve" and progress.gap is not None:
                last[:] = solved
            bar.update(task, description=progress.stage, completed=progress.done)

        ours, seconds = timed(lambda: plan(members, Rules(), at=AT, seed=seed, tell=hear))
    return last[0], ours, seconds


def summary(
    ours: Plan, seconds: float, rss: int, best: tuple[int, int], bare_for: float
) -> dict[str, Any]:
    """`suitability_share` is of the optimum before the worst-off are lifted, `after_lift` after."""
    before_lift = ours.totals.suitability + ours.proof.lifted[2]
    return {
        "matched_share": ours.totals.mentees_matched / best[0],
        "suitability_share": before_lift / best[1],
        "after_lift": ours.totals.suitability / best[1],
        "worst": ours.proof.lifted[:2],
        "gap": ours.proof.gap,
        "most_people": ours.proof.most_people,
        "seconds": round(seconds, 3),
        "bare_seconds": round(bare_for, 3),
        "time_ratio": round(seconds / bare_for, 2),
        "networkx_ratio": None,
        "rss_mb": rss,
    }


def value(edges: Edges, chosen: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Mentees matched and total suitability."""
    return len(np.unique(edges.rows[chosen])), int(edges.suits[chosen].sum(dtype=np.int64))


def line(name: str, seconds: float, matched: int, total: int) -> list[Any]:
    return [name, round(seconds, 2), matched, total]


def show(count: int, lines: list[list[Any]]) -> None:
    print(f"\n{f'{count} people':24} seconds   matched  suitability   of the best")
    best = lines[1][3]
    for name, seconds, matched, total in lines:
        print(f"  {name:22} {seconds:9.2f} {matched:9} {total:12} {total / best:12.2%}")


if __name__ == "__main__":
    main()
