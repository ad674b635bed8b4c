"""Everyone, page by page; a channel and its members; a message among the replies of another."""

from datetime import UTC, datetime

import pytest

from bot.slack import limits
from bot.slack.errors import Permanent, Transient
from bot.slack.gateway import Gateway, Posted
from bot.slack.listing import SlackChannel
from tests.unit.slack.fake_slack import FakeSlack
from tests.unit.slack.test_gateway import said


async def test_everyone_comes_page_by_page(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says(
        "users.list",
        members=[{"id": "U1", "name": "ada"}],
        response_metadata={"next_cursor": "more"},
    )
    slack.says("users.list", members=[{"id": "U2", "name": "bo", "deleted": True}])
    found = [user async for user in gateway.everyone()]
    assert [(user.id, user.deleted) for user in found] == [("U1", False), ("U2", True)]
    first, second = (asked.arguments for asked in slack.asked)
    assert (first["limit"], first["include_locale"]) == (str(limits.USERS_PAGE), "1")
    assert second["cursor"] == "more"


async def test_a_listing_keeps_a_short_wait_that_slack_asks_for(
    slack: FakeSlack, gateway: Gateway
) -> None:
    slack.says("users.list", status=429, headers={"Retry-After": "0"}, ok=False)
    slack.says("users.list", members=[{"id": "U1", "name": "ada"}])
    assert [user.id async for user in gateway.everyone()] == ["U1"]


@pytest.mark.parametrize("wait", ["3600", None])
async def test_a_long_wait_or_none_is_the_callers(
    slack: FakeSlack, gateway: Gateway, wait: str | None
) -> None:
    headers = None if wait is None else {"Retry-After": wait}
    slack.says("users.list", status=429, headers=headers, ok=False)
    with pytest.raises(Transient):
        [user async for user in gateway.everyone()]
    assert len(slack.asked) == 1


async def test_a_listing_does_not_wait_for_ever(slack: FakeSlack, gateway: Gateway) -> None:
    for _ in range(limits.LISTING_WAITS + 1):
        slack.says("users.list", status=429, headers={"Retry-After": "0"}, ok=False)
    with pytest.raises(Transient):
        [user async for user in gateway.everyone()]
    assert len(slack.asked) == limits.LISTING_WAITS + 1


async def test_members_of_a_channel(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("conversations.members", members=["U1", "U2"])
    assert [user async for user in gateway.members("C1")] == ["U1", "U2"]
    assert slack.asked[0].arguments["channel"] == "C1"


async def test_a_channel(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says(
        "conversations.info",
        channel={"id": "C1", "name": "tea", "creator": "U1", "is_member": True},
    )
    slack.says("conversations.info", channel={"id": "D1", "is_im": True})
    channel = await gateway.channel("C1")
    assert channel == SlackChannel("C1", "tea", "U1", False, True, False)
    assert channel.in_our_words() == {
        "slack_id": "C1",
        "name": "tea",
        "creator_slack_id": "U1",
        "is_archived": False,
        "is_member": True,
    }
    assert (await gateway.channel("D1")).is_direct
    slack.says("conversations.info", ok=False, error="channel_not_found")
    with pytest.raises(Permanent):
        await gateway.channel("C2")


async def test_a_reply_is_looked_for_in_its_thread(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("conversations.replies", messages=[said("1.0", 41), said("1.1", 42)])
    oldest = datetime(2026, 11, 24, tzinfo=UTC)
    assert await gateway.find_posted("G1", 42, oldest, "1.0") == Posted("G1", "1.1")
    (asked,) = slack.asked
    assert (asked.method, asked.arguments["ts"]) == ("conversations.replies", "1.0")
    assert asked.arguments["include_all_metadata"] == "1"


async def test_looking_for_a_message_does_not_wait(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("conversations.history", status=429, headers={"Retry-After": "1"}, ok=False)
    with pytest.raises(Transient):
        await gateway.find_posted("D1", 42, datetime.now(UTC))
    assert len(slack.asked) == 1
