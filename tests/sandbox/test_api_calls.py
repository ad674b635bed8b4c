"""Tokens, scopes, arguments and what every method has in common, through the real SDK."""

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import Server
from bot.sandbox.workspace import Workspace


async def refusal(call: object) -> str:
    """The error of a call that is refused."""
    with pytest.raises(SlackApiError) as caught:
        await call  # type: ignore[misc]
    return str(caught.value.response["error"])


async def test_auth_test_says_who_the_app_is(client: AsyncWebClient, ws: Workspace) -> None:
    answer = await client.auth_test()
    assert answer["user_id"] == ws.bot_user_id
    assert answer["team_id"] == ws.team_id


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-other", "invalid_auth"), ("app", "not_allowed_token_type")],
)
async def test_a_wrong_token_is_refused(
    ws: Workspace, server: Server, token: str, error: str
) -> None:
    given = ws.app_token if token == "app" else token
    client = AsyncWebClient(token=given or None, base_url=server.api_url)
    assert await refusal(client.auth_test()) == error


async def test_the_bot_token_opens_no_socket(client: AsyncWebClient, ws: Workspace) -> None:
    assert await refusal(client.apps_connections_open(app_token=ws.bot_token)) == (
        "not_allowed_token_type"
    )


async def test_an_unknown_method(client: AsyncWebClient) -> None:
    assert await refusal(client.api_call("chat.sing")) == "unknown_method"


async def test_scheduling_is_refused(client: AsyncWebClient, ws: Workspace) -> None:
    call = client.chat_scheduleMessage(channel="C", post_at=1, text="x")
    assert await refusal(call) == "restricted_action_scheduling"


async def test_a_missing_scope_names_it(client: AsyncWebClient, ws: Workspace) -> None:
    general = ws.channel("general").id
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_history(channel=general)
    answer = caught.value.response
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "channels:history"
    assert "im:history" in answer["provided"]


async def test_a_missing_argument_names_it(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("users.info", params={})
    assert caught.value.response["error"] == "invalid_arguments"
    assert "user" in caught.value.response["response_metadata"]["messages"][0]


async def test_every_encoding_is_read(ws: Workspace, server: Server) -> None:
    mira = ws.user("mira").id
    head = {"Authorization": f"Bearer {ws.bot_token}"}
    url = f"{server.api_url}users.info"
    async with ClientSession(headers=head) as session:
        for answer in (
            await session.get(url, params={"user": mira, "include_locale": "1"}),
            await session.post(url, params={"user": mira, "include_locale": "1"}, data=b""),
            await session.post(url, data={"user": mira, "include_locale": "true"}),
            await session.post(url, json={"user": mira, "include_locale": True}),
        ):
            body = await answer.json()
            assert body["user"]["locale"] == "en-GB"


async def test_a_token_may_come_in_the_body(ws: Workspace, server: Server) -> None:
    async with ClientSession() as session:
        answer = await session.post(f"{server.api_url}auth.test", data={"token": ws.bot_token})
        assert (await answer.json())["ok"]
    assert ws.bot_token not in str(ws.traffic)


async def test_broken_json_is_no_arguments(ws: Workspace, server: Server) -> None:
    head = {"Authorization": f"Bearer {ws.bot_token}", "Content-Type": "application/json"}
    async with ClientSession(headers=head) as session:
        answer = await session.post(f"{server.api_url}users.info", data="{")
        assert (await answer.json())["error"] == "invalid_arguments"
