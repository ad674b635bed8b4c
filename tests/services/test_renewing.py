"""Renewing a token: one lease, one use, and no word about a token that is not the last."""

from datetime import time, timedelta
from typing import Any

import pytest

from bot.renewal import Renewal
from bot.services import installations, installing, renewing
from bot.services.context import Context
from bot.services.installing import Grant
from bot.services.renewing import LEASE_FOR, RENEW_BEFORE, Renewable
from bot.slack.errors import Permanent, SlackError, Transient, Uncertain
from bot.slack.oauth import Renewed
from bot.store.tables import Installation, Job, Lead
from tests.support.clock import HandClock
from tests.support.facts import TEAM, Facts

LIFE = timedelta(hours=12)


class Slack:
    """The part of Slack that renews: a recorder of what it was given."""

    def __init__(self, *trouble: SlackError) -> None:
        self.given: list[str] = []
        self._trouble = list(trouble)

    async def refresh(self, refresh_token: str) -> Renewed:
        self.given.append(refresh_token)
        if self._trouble:
            raise self._trouble.pop(0)
        number = len(self.given) + 1
        return Renewed(f"xoxe.xoxb-{number}", f"xoxe-{number}", LIFE)


@pytest.fixture
async def held(context: Context) -> Renewable:
    """An installation whose token expires in twelve hours."""
    return await installed(context)


async def installed(context: Context, **more: Any) -> Renewable:
    given = {"slack_id": "TACME", "bot_user_id": "UBOT", "token": "xoxe.xoxb-1", "name": "Acme"}
    pair = {"refresh_token": "xoxe-1", "expires_in": LIFE}
    await installing.remember(context, grant=Grant.model_validate(given | pair | more))
    found = await renewing.find(context, installation_id=1)
    assert found is not None
    return found


def let_pass(context: Context, length: timedelta) -> None:
    assert isinstance(context.clock, HandClock)
    context.clock.let_pass(length)


async def row(context: Context) -> Installation:
    found: list[Installation] = await Facts(context.db).all(Installation)
    return found[0]


async def test_it_is_due_three_hours_before(context: Context, held: Renewable) -> None:
    assert await renewing.due(context, limit=9) == []
    let_pass(context, LIFE - RENEW_BEFORE + timedelta(seconds=1))
    assert await renewing.due(context, limit=9) == [held]
    assert "xoxe" not in repr(held)
    assert await renewing.claim(context, held)
    assert await renewing.due(context, limit=9) == []


async def test_a_token_that_does_not_expire_is_never_due(context: Context) -> None:
    await installed(context, refresh_token=None, expires_in=None)
    let_pass(context, timedelta(days=999))
    assert await renewing.due(context, limit=9) == []


async def test_the_lease_is_one_processs_until_it_lapses(context: Context, held: Renewable) -> None:
    assert await renewing.claim(context, held)
    assert not await renewing.claim(context, held)
    let_pass(context, LEASE_FOR + timedelta(seconds=1))
    assert await renewing.claim(context, held)


async def test_what_comes_late_does_not_count(context: Context, held: Renewable) -> None:
    assert await renewing.claim(context, held)
    await installed(context, token="xoxe.xoxb-anew", refresh_token="xoxe-anew")
    kept = await renewing.renewed(
        context, held, token="late", refresh_token="late", expires_in=LIFE
    )
    assert not kept
    assert not await renewing.refused(context, held, why="invalid_refresh_token")
    now = await row(context)
    assert (now.token, now.refresh_token, now.renewal_refused) == (
        "xoxe.xoxb-anew",
        "xoxe-anew",
        None,
    )
    assert now.renewing_until is None


async def test_a_removed_one_is_not_renewed(context: Context, held: Renewable) -> None:
    assert await installing.revoke(context, installation_id=held.id, version=held.version)
    assert not await renewing.claim(context, held)
    assert await renewing.find(context, installation_id=held.id) is None
    slack = Slack()
    assert await Renewal(context, slack).instead_of(held.id, held.token) is None
    assert slack.given == []


async def test_a_token_that_the_database_did_not_take_is_not_lost(
    context: Context, held: Renewable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack gives it once: it is kept in memory until it can be written down."""
    slack, keep = Slack(), renewing.renewed

    async def broken(*_: Any, **__: Any) -> bool:
        raise OSError("the database is away")

    monkeypatch.setattr("bot.renewal.LOOK_EVERY", 0)
    renewal = Renewal(context, slack)
    monkeypatch.setattr(renewing, "renewed", broken)
    with pytest.raises(OSError, match="away"):
        await renewal.instead_of(held.id, held.token)
    monkeypatch.setattr(renewing, "renewed", keep)
    let_pass(context, LEASE_FOR + timedelta(seconds=1))
    assert await renewal.instead_of(held.id, held.token) == "xoxe.xoxb-2"
    assert slack.given == ["xoxe-1"]
    assert (await row(context)).refresh_token == "xoxe-2"


async def test_a_busy_database_is_asked_again(
    context: Context, held: Renewable, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack, keep = Slack(), renewing.renewed
    failed: list[int] = []

    async def busy_once(*args: Any, **given: Any) -> bool:
        if not failed:
            failed.append(1)
            raise OSError("busy")
        return await keep(*args, **given)

    monkeypatch.setattr("bot.renewal.LOOK_EVERY", 0)
    monkeypatch.setattr(renewing, "renewed", busy_once)
    renewal = Renewal(context, slack)
    assert await renewal.instead_of(held.id, held.token) == "xoxe.xoxb-2"
    assert (slack.given, failed) == (["xoxe-1"], [1])


@pytest.mark.parametrize(
    "trouble",
    [Transient("ratelimited", 30.0), Uncertain("timeout"), Permanent("bad_client_secret")],
)
async def test_after_trouble_it_is_tried_again(
    context: Context, held: Renewable, monkeypatch: pytest.MonkeyPatch, trouble: SlackError
) -> None:
    slack = Slack(trouble)
    monkeypatch.setattr("bot.renewal.LOOK_EVERY", 0)
    renewal = Renewal(context, slack)
    for _ in range(2):  # the second finds that it is to wait
        with pytest.raises(Transient):
            await renewal.instead_of(held.id, held.token)
    assert slack.given == ["xoxe-1"]
    let_pass(context, timedelta(minutes=2))
    assert await renewal.instead_of(held.id, held.token) == "xoxe.xoxb-3"
    assert slack.given == ["xoxe-1"] * 2


async def test_what_slack_will_never_renew_is_not_asked_for_again(
    context: Context, held: Renewable
) -> None:
    slack = Slack(Permanent("invalid_refresh_token"))
    renewal = Renewal(context, slack)
    for _ in range(2):
        assert await renewal.instead_of(held.id, held.token) is None
    assert slack.given == ["xoxe-1"]
    now = await row(context)
    assert (now.token, now.renewal_refused) == ("xoxe.xoxb-1", "invalid_refresh_token")


async def told(context: Context) -> list[tuple[str | None, int | None]]:
    """What is to be said by now, and to whom."""
    return [(job.note, job.recipient_id) for job in await Facts(context.db).all(Job)]


async def test_whoever_can_install_it_again_is_asked_to_while_it_can_speak(
    context: Context,
) -> None:
    facts = Facts(context.db)
    lead, admin, _, installer = [
        await facts.person(name, **more)
        for name, more in (
            ("Lena", {}),
            ("Ada", {"is_admin": True}),
            ("Gone", {"is_admin": True, "is_deleted": True}),
            ("Ines", {"slack_id": "UINES"}),
        )
    ]
    programme = await facts.programme()
    await facts.add(Lead(programme_id=programme.id, person_id=lead.id, made_at=context.now()))
    held = await installed(context, slack_id=TEAM, installed_by="UINES")
    for _ in range(2):
        await renewing.refused(context, held, why="invalid_refresh_token")
    assert await told(context) == [("token_lost", installer.id), ("token_lost", admin.id)]


@pytest.mark.parametrize(
    ("hour", "asked_at"),
    [(3, time(3)), (8, time(9)), (12, time(12))],
    ids=["the morning would be too late", "it can wait for the morning", "they are there"],
)
async def test_they_are_asked_at_a_civil_hour_where_that_is_in_time(
    context: Context, clock: HandClock, hour: int, asked_at: time
) -> None:
    await Facts(context.db).person("Ada", is_admin=True, zone="Europe/London")
    await clock.move_to(clock.now().replace(hour=hour, minute=0) + timedelta(days=1))
    held = await installed(context, slack_id=TEAM)
    assert await renewing.refused(context, held, why="invalid_refresh_token")
    (job,) = await Facts(context.db).all(Job)
    assert job.due_at.time() == asked_at


async def test_where_lantern_met_no_admin_the_leads_hear_of_it(context: Context) -> None:
    facts = Facts(context.db)
    lead = await facts.person("Lena")
    programme = await facts.programme()
    await facts.add(Lead(programme_id=programme.id, person_id=lead.id, made_at=context.now()))
    held = await installed(context, slack_id=TEAM, installed_by="UELSE")
    assert await renewing.refused(context, held, why="invalid_refresh_token")
    assert await told(context) == [("token_lost", lead.id)]


@pytest.mark.parametrize("why", ["token_revoked", "account_inactive"])
async def test_where_it_was_removed_nobody_is_asked(context: Context, why: str) -> None:
    await Facts(context.db).person("Ada", is_admin=True)
    held = await installed(context, slack_id=TEAM)
    assert await renewing.refused(context, held, why=why)
    assert await told(context) == []
    assert await installations.not_renewable(context) == []
