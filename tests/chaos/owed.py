"""What the facts themselves demand, whatever jobs there are: a fact without its word is a loss."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from tests.chaos.facts import Facts, Row
from tests.chaos.record import Said

HANGS_AFTER = timedelta(days=4)
"""Beyond every deadline that moves a matter on by itself, weekends included."""
EVERYBODY = ("mentor_id", "mentee_id", "third_id")
EXCUSES = frozenset({"person_gone", "unsure", "forgotten", "channel_archived"})


def owed(facts: Facts, said: Mapping[int, Sequence[Said]]) -> list[str]:
    """One line for each fact that nobody was told of, and each matter that hangs."""
    return [
        *_untold(facts, said),
        *_unasked(facts),
        *_unseated(facts, said),
        *_half_introduced(facts, said),
        *_hanging(facts),
    ]


def _untold(facts: Facts, said: Mapping[int, Sequence[Said]]) -> Iterator[str]:
    jobs = facts.by("job", "kind", "session_id")
    asked = facts.by("job", "kind", "request_id")
    named = facts.by("referral", "request_id")
    agreed = facts.by("job", "kind", "referral_id")
    for request in facts["request"].values():
        # Whoever said yes to somebody named in a talk reads on that card what happens next.
        cards = [
            row for one in named[(request["id"],)] for row in agreed["referral_ask", one["id"]]
        ]
        receipts = [*asked["request_receipt", request["id"]], *cards]
        if _is_forgotten(request["mentee_id"], facts):
            continue  # and with them what was said to them
        if not _was_told(receipts, said, facts):
            yield f"request {request['id']}: no receipt{_instead(receipts)}"
    for session in facts["session"].values():
        if session["state"] == "cancelled" or session["relationship_id"] is not None:
            continue
        if not _was_told(jobs["introduction", session["id"]], said, facts):
            yield f"session {session['id']}: nobody was introduced"
    for thanks in facts["thank_you"].values():
        pair = facts["session"][thanks["session_id"]]
        if any(_is_forgotten(pair[who], facts) for who in EVERYBODY):
            continue
        cards = [
            row
            for row in jobs["thanks_card", thanks["session_id"]]
            if row["recipient_id"] != thanks["from_id"]
        ]
        if not _was_told(cards, said, facts):
            yield f"thank-you {thanks['id']}: never arrived"


def _was_told(rows: Sequence[Row], said: Mapping[int, Sequence[Said]], facts: Facts) -> bool:
    """Whether one of these jobs was said, waits for its hour, or has a good excuse."""
    return any(
        said.get(row["id"])
        or (row["state"] == "pending" and row["due_at"] > facts.now)
        or row["reason"] in EXCUSES
        or _has_left(row, facts)
        for row in rows
    )


def _instead(rows: Sequence[Row]) -> str:
    """What became of the jobs that were to say it."""
    return "".join(f", job {row['id']} {row['state']} {row['reason']}" for row in rows)


def _is_forgotten(person_id: int | None, facts: Facts) -> bool:
    person = facts["person"].get(person_id or 0)
    return person is not None and person["forgotten_at"] is not None


def _has_left(row: Row, facts: Facts) -> bool:
    person = facts["person"].get(row["recipient_id"] or 0)
    return person is not None and bool(person["is_deleted"] or person["forgotten_at"])


def _unasked(facts: Facts) -> Iterator[str]:
    """Everybody whose session was to take place is asked whether it did."""
    asks = facts.by("job", "kind", "session_id", "recipient_id", "plan")
    for session in facts["session"].values():
        starts_at = session["starts_at"]
        if starts_at is None or session["state"] not in ("scheduled", "held", "missed"):
            continue
        if starts_at + timedelta(days=1) > facts.now:
            continue
        for who in ("mentor_id", "mentee_id"):
            if not asks["outcome_ask", session["id"], session[who], session["plan"]]:
                yield f"session {session['id']}: its {who} was never asked whether it took place"


def _unseated(facts: Facts, said: Mapping[int, Sequence[Said]]) -> Iterator[str]:
    """Everybody at a table of a group flash is told where they sit."""
    rotas = facts.by("job", "kind", "round_id", "recipient_id")
    for seat in facts["round_pair"].values():
        at = facts["round"][seat["round_id"]]
        if not seat["turn"] or seat["is_out"] or at["opened_at"] is None or not at["meets_at"]:
            continue
        if at["meets_at"] - at["approved_at"] < HANGS_AFTER:
            continue  # good hours may not have come before
        for who in (seat["mentor_id"], seat["mentee_id"]):
            told = _was_told(rotas["rota", at["id"], who], said, facts)
            if not told and not _is_forgotten(who, facts):
                yield f"round {at['id']}: person {who} does not know where they sit"


def _half_introduced(facts: Facts, said: Mapping[int, Sequence[Said]]) -> Iterator[str]:
    """Whoever belongs to a session, two people or three, can read its introduction."""
    jobs = facts.by("job", "kind", "session_id")
    for session in facts["session"].values():
        there = [
            one for row in jobs["introduction", session["id"]] for one in said.get(row["id"], ())
        ]
        for who in EVERYBODY:
            person = facts["person"].get(session[who] or 0)
            if not there or person is None or _is_forgotten(session[who], facts):
                continue
            if not any(person["slack_id"] in one.readers for one in there):
                yield f"session {session['id']}: its {who} was not introduced"


def _hanging(facts: Facts) -> Iterator[str]:
    long_ago = facts.now - HANGS_AFTER
    live = facts.by("offer", "request_id")
    for request in facts["request"].values():
        if request["state"] != "routing":
            continue
        offers = [o for o in live[(request["id"],)] if o["state"] in ("pending", "proposed")]
        if not offers and request["created_at"] < long_ago and request["invited_id"] is None:
            yield f"request {request['id']}: with nobody"
    for offer in facts["offer"].values():
        if offer["state"] in ("pending", "proposed") and offer["expires_at"] < long_ago:
            yield f"offer {offer['id']}: never expired"
    for one in facts["round"].values():
        if one["state"] in ("announced", "running", "approved") and one["runs_at"] < long_ago:
            yield f"round {one['id']}: still {one['state']}"
    for session in facts["session"].values():
        starts_at = session["starts_at"]
        is_over = starts_at is not None and starts_at < facts.now - timedelta(days=21)
        if session["state"] == "scheduled" and is_over:
            yield f"session {session['id']}: nobody settled what became of it"
