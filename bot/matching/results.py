"""What a round's matching hands back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.kinds import Role
from bot.matching.reasons import MatchReason, Rule


@dataclass(frozen=True, slots=True)
class Pair:
    """A mentor and a mentee put together; suitability 0 to 1000, the weightiest reason first."""

    mentee_id: int
    mentor_id: int
    suitability: int
    reasons: tuple[MatchReason, ...]
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Someone left out, and the rule that removed the last of their candidates.

    `left` says how many candidates each rule left, in the order in which they were looked at: three
    for TOPIC and none for HOURS is "three mentors for it, none free in your hours". For TAKEN there
    were candidates until the end: they are in `candidates`. APART is for no one's eyes but the
    lead's."""

    id: int
    role: Role
    rule: Rule
    candidates: int
    left: Mapping[Rule, int] = field(default_factory=dict)
    topics: tuple[str, ...] = ()  # of those sought (or offered): the ones somebody answers


@dataclass(frozen=True, slots=True)
class Totals:
    """A round in numbers. Suitability is summed over all pairs; `worst` is None without any."""

    mentees: int
    mentees_matched: int
    mentors: int
    mentors_matched: int
    pairs: int
    suitability: int
    worst: int | None
    allowed: int  # pairs that no rule forbids


@dataclass(frozen=True, slots=True)
class Proof:
    """How far the plan can be from the best over all allowed pairs.

    `most_people`: it is proven that no plan matches more (weighted by waiting). `bound` is what the
    total suitability could be at most before the worst-off were lifted, `gap` the share of it that
    is open: 0 is the best there is, and 1 the most that is said, while people are open. `lifted`
    says from where to where the worst pair came and what it cost in total; `highest` that no floor
    lies higher at that cost. `cut`: time ran out, and the same seed may give another plan on
    another day. `rule`: joint limits were kept by a rule, not exactly, and the proof holds for the
    roles it chose."""

    most_people: bool
    bound: int
    gap: float
    lifted: tuple[int, int, int]
    highest: bool
    rounds: int
    solves: int
    seconds: float
    cut: bool
    rule: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of a programme's matching, in order of the mentees' ids."""

    seed: int
    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    totals: Totals
    proof: Proof


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long plan is: `done` 0 to 1, an estimate that never goes back."""

    stage: str  # "sweep", "solve", "lift", "explain"
    done: float
    pairs: int = 0
    gap: float | None = None
