from datetime import UTC, datetime

import pytest

from bot.slack.blocks import BlockError
from bot.slack.errors import Permanent
from bot.slack.gateway import Gateway, Opened, Posted
from bot.slack.message import Json, Message
from bot.slack.people import Identity, SlackUser
from tests.unit.slack.fake_slack import Asked, FakeSlack

HELLO = Message("hello", [{"type": "section", "text": {"type": "mrkdwn", "text": "*hello*"}}])
VIEW: Json = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "T"},
    "blocks": [{"type": "divider"}],
}
HOME: Json = {"type": "home", "blocks": [{"type": "divider"}]}


async def test_post_says_it_once_without_unfurling(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("chat.postMessage", channel="D1", ts="1.2")
    assert await gateway.post("D1", HELLO) == Posted("D1", "1.2")
    assert slack.asked == [
        Asked(
            "chat.postMessage",
            {
                "channel": "D1",
                "text": "hello",
                "blocks": HELLO.blocks,
                "unfurl_links": False,
                "unfurl_media": False,
            },
            "xoxb-1",
        )
    ]


async def test_post_carries_the_job_and_the_thread(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("chat.postMessage", channel="C1", ts="1.2")
    await gateway.post("C1", HELLO, metadata_id=42, thread_ts="1.0")
    arguments = slack.asked[0].arguments
    assert arguments["metadata"] == {"event_type": "lantern_job", "event_payload": {"job": 42}}
    assert arguments["thread_ts"] == "1.0"


async def test_a_long_fallback_is_cut(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("chat.postMessage", channel="C1", ts="1.2")
    await gateway.post("C1", Message("x" * 5000, HELLO.blocks))
    assert slack.asked[0].arguments["text"] == "x" * 3999 + "…"


async def test_what_slack_would_refuse_is_not_sent(slack: FakeSlack, gateway: Gateway) -> None:
    with pytest.raises(BlockError):
        await gateway.post("C1", Message("x", []))
    with pytest.raises(BlockError):
        await gateway.update("C1", "1.2", Message("x", [{"type": "nope"}]))
    with pytest.raises(BlockError):
        await gateway.open_view("t", {**VIEW, "title": None})
    with pytest.raises(BlockError):
        await gateway.update_view("V1", None, {**VIEW, "blocks": []})
    with pytest.raises(BlockError):
        await gateway.publish_home("U1", {})
    assert slack.asked == []


async def test_update_and_ephemeral(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("chat.update", channel="D1", ts="1.2")
    assert await gateway.update("D1", "1.2", HELLO) == Posted("D1", "1.2")
    await gateway.ephemeral("C1", "U1", HELLO, thread_ts="1.1")
    content = {"text": "hello", "blocks": HELLO.blocks}
    assert [asked.method for asked in slack.asked] == ["chat.update", "chat.postEphemeral"]
    assert slack.asked[0].arguments == {"channel": "D1", "ts": "1.2", **content}
    assert slack.asked[1].arguments == {
        "channel": "C1",
        "user": "U1",
        "thread_ts": "1.1",
        **content,
    }


async def test_open_dm(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("conversations.open", channel={"id": "G1"})
    assert await gateway.open_dm(["U1", "U2"]) == "G1"
    assert slack.asked[0].arguments["users"] == "U1,U2"


@pytest.mark.parametrize("people", [[], ["U1"] * 9])
async def test_open_dm_takes_one_to_eight(gateway: Gateway, people: list[str]) -> None:
    with pytest.raises(ValueError, match="1 to 8"):
        await gateway.open_dm(people)


async def test_views(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("views.open", view={"id": "V1", "hash": "h1"})
    slack.says("views.push", view={"id": "V2", "hash": "h1"})
    slack.says("views.update", view={"id": "V1", "hash": "h2"})
    assert await gateway.open_view("trigger", VIEW) == Opened("V1", "h1")
    assert await gateway.push_view("another", VIEW) == Opened("V2", "h1")
    assert await gateway.update_view("V1", "h1", VIEW) == Opened("V1", "h2")
    await gateway.publish_home("U1", HOME)
    assert [asked.arguments for asked in slack.asked] == [
        {"trigger_id": "trigger", "view": VIEW},
        {"trigger_id": "another", "view": VIEW},
        {"view_id": "V1", "hash": "h1", "view": VIEW},
        {"user_id": "U1", "view": HOME},
    ]


async def test_a_modal_that_was_closed_meanwhile_is_left_alone(
    slack: FakeSlack, gateway: Gateway
) -> None:
    slack.says("views.update", ok=False, error="not_found")
    assert await gateway.update_view("V1", None, VIEW) is None
    assert await gateway.update_view("", None, VIEW) is None  # somebody tampered with its marks
    slack.says("views.update", ok=False, error="invalid_arguments")
    with pytest.raises(Permanent, match="invalid_arguments"):
        await gateway.update_view("V1", None, VIEW)


def said(ts: str, job: int | None = None, event: str = "lantern_job") -> Json:
    if job is None:
        return {"ts": ts, "text": "words"}
    return {"ts": ts, "metadata": {"event_type": event, "event_payload": {"job": job}}}


async def test_find_posted_reads_every_page(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says(
        "conversations.history",
        messages=[said("9.1"), said("9.0", 41), said("8.9", 42, "other_app")],
        response_metadata={"next_cursor": "more"},
    )
    slack.says("conversations.history", messages=[said("8.8", 42)], response_metadata={})
    oldest = datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert await gateway.find_posted("D1", 42, oldest) == Posted("D1", "8.8")
    first, second = (asked.arguments for asked in slack.asked)
    assert first["include_all_metadata"] == "1"
    assert first["oldest"] == "1795528800.000000"
    assert "cursor" not in first
    assert second["cursor"] == "more"


async def test_find_posted_finds_nothing(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says("conversations.history", messages=[said("9.1")])
    assert await gateway.find_posted("D1", 42, datetime.now(UTC)) is None


async def test_user(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says(
        "users.info",
        user={
            "id": "U1",
            "team_id": "T1",
            "name": "ada",
            "tz": "Europe/London",
            "locale": "en-GB",
            "is_restricted": True,
            "profile": {"display_name": "", "real_name": "Ada L", "title": "Engineer"},
        },
    )
    slack.says("users.info", user={"id": "U2", "name": "gone", "deleted": True})
    slack.says("users.info", user={"id": "USLACKBOT", "name": "slackbot", "is_bot": False})
    assert await gateway.user("U1") == SlackUser(
        id="U1",
        team_id="T1",
        name="Ada L",
        real_name="Ada L",
        tz="Europe/London",
        locale="en-GB",
        title="Engineer",
        deleted=False,
        is_bot=False,
        is_restricted=True,
        is_ultra_restricted=False,
        is_stranger=False,
    )
    gone = await gateway.user("U2")
    assert (gone.name, gone.deleted, gone.tz, gone.locale) == ("gone", True, None, None)
    assert (await gateway.user("USLACKBOT")).is_bot
    assert slack.asked[0].arguments == {"user": "U1", "include_locale": "1"}


async def test_whoami(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says(
        "auth.test",
        headers={"x-oauth-scopes": "chat:write,im:write, users:read"},
        team_id="T1",
        team="Acme",
        user_id="UBOT",
    )
    assert await gateway.whoami() == Identity(
        "T1", "Acme", "UBOT", frozenset({"chat:write", "im:write", "users:read"})
    )
