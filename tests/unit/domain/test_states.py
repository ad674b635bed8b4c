"""The table of transitions, and a session that lives through it in every order."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.errors import NotAllowed, RuleBroken
from bot.domain.kinds import Outcome
from bot.domain.outcome import settle
from bot.domain.states import (
    STATES,
    TRANSITIONS,
    AnyState,
    JobState,
    OfferState,
    RequestState,
    SessionState,
    advance,
    is_final,
    may,
    verbs,
)


@pytest.mark.parametrize("kind", STATES)
def test_every_state_can_be_reached_and_every_row_says_why(kind: type[AnyState]) -> None:
    rows = TRANSITIONS[kind].values()
    first = next(iter(kind))
    assert {row.to for row in rows} | {first} == set(kind)
    for row in rows:
        assert row.why.endswith(".")
        assert row.why[0].isupper()
        assert ". " not in row.why


@pytest.mark.parametrize("kind", STATES)
def test_the_table_is_the_whole_truth(kind: type[Any]) -> None:
    for state in kind:
        for verb in verbs(kind):
            if may(state, verb):
                assert advance(state, verb) is TRANSITIONS[kind][state, verb].to
            else:
                with pytest.raises(NotAllowed):
                    advance(state, verb)


def test_final_states() -> None:
    finals = [state for kind in STATES for state in kind if is_final(state)]
    assert {(type(state).__name__, state.value) for state in finals} == {
        ("RequestState", "matched"),
        ("RequestState", "withdrawn"),
        ("RequestState", "declined"),
        ("OfferState", "accepted"),
        ("OfferState", "declined"),
        ("OfferState", "expired"),
        ("OfferState", "withdrawn"),
        ("SessionState", "closed"),
        ("SessionState", "cancelled"),
        ("JobState", "done"),
        ("JobState", "skipped"),
        ("RoundState", "opened"),
        ("RoundState", "cancelled"),
        ("ReferralState", "accepted"),
        ("ReferralState", "declined"),
        ("ReferralState", "dropped"),
        ("RelationshipState", "ended"),
        ("RelationshipState", "dropped"),
    }


def test_a_refusal_says_what_is_the_matter() -> None:
    with pytest.raises(NotAllowed) as refused:
        advance(SessionState.CLOSED, "set_time")
    assert refused.value.key == "session_over"
    assert refused.value.facts == {"state": "closed", "verb": "set_time"}
    with pytest.raises(RuleBroken) as early:
        advance(SessionState.MATCHED, "miss")
    assert early.value.key == "session_matched"
    with pytest.raises(NotAllowed) as gone:
        advance(OfferState.EXPIRED, "accept")
    assert gone.value.key == "offer_over"


def test_a_slip_in_the_code_is_not_a_refusal() -> None:
    with pytest.raises(ValueError, match="knows no verb 'acept'"):
        advance(OfferState.PENDING, "acept")


def test_states_of_different_things_do_not_mix() -> None:
    assert str(RequestState.MATCHED) == str(SessionState.MATCHED)  # which is why types count
    assert may(SessionState.MATCHED, "set_time")
    assert not may(RequestState.MATCHED, "set_time")
    assert advance(JobState.DEAD, "revive") is JobState.PENDING


class SessionLife(RuleBasedStateMachine):
    """Two people and Lantern do anything at any time; the session never lies about itself."""

    def __init__(self) -> None:
        super().__init__()
        self.state = SessionState.MATCHED
        self.has_time = False
        self.answers: dict[str, Outcome] = {}
        self.said_yes = False

    def do(self, verb: str) -> bool:
        if not may(self.state, verb):
            before = self.state
            with pytest.raises(NotAllowed):
                advance(before, verb)
            return False
        self.state = advance(self.state, verb)
        return True

    @rule()
    def set_time(self) -> None:
        if self.do("set_time"):
            self.has_time, self.answers = True, {}

    @rule()
    def unset_time(self) -> None:
        if self.do("unset_time"):
            self.has_time = False

    @rule()
    def cancel(self) -> None:
        self.do("cancel")

    @rule()
    def close(self) -> None:
        self.do("close")

    @precondition(lambda self: self.state in (SessionState.SCHEDULED, SessionState.MISSED))
    @rule(who=st.sampled_from(["mentor", "mentee"]), said=st.sampled_from(Outcome))
    def answer(self, who: str, said: Outcome) -> None:
        self.answers[who] = said
        self.said_yes = self.said_yes or said is Outcome.YES
        self.settle(deadline_passed=False)

    @precondition(lambda self: self.state is SessionState.SCHEDULED)
    @rule()
    def deadline(self) -> None:
        self.settle(deadline_passed=True)

    def settle(self, *, deadline_passed: bool) -> None:
        settled = settle(self.answers.get("mentor"), self.answers.get("mentee"), deadline_passed)
        verb = settled.verdict.verb
        if verb is None:
            return
        if verb == "miss" and self.state is SessionState.MISSED:
            return
        assert may(self.state, verb), "what two answers come to is always possible"
        self.do(verb)
        if self.state is SessionState.MATCHED:
            self.has_time = False

    @invariant()
    def only_a_scheduled_session_waits_for_its_time(self) -> None:
        if self.state is SessionState.SCHEDULED:
            assert self.has_time
        if self.state is SessionState.MATCHED:
            assert not self.has_time

    @invariant()
    def held_means_that_somebody_said_so(self) -> None:
        if self.state is SessionState.HELD:
            assert self.said_yes

    @invariant()
    def what_is_over_stays_over(self) -> None:
        if is_final(self.state):
            assert not any(may(self.state, verb) for verb in verbs(SessionState))


TestSessionLife = SessionLife.TestCase
TestSessionLife.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)


@given(st.lists(st.sampled_from(sorted(verbs(OfferState)))))
def test_an_offer_is_settled_once(tries: list[str]) -> None:
    state, settled = OfferState.PENDING, 0
    for verb in tries:
        if may(state, verb):
            state = advance(state, verb)
            settled += is_final(state)
    assert settled == any(verb != "propose" for verb in tries)
