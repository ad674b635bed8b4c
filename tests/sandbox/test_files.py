"""Files: uploads in three steps, where they show, and who may take their bytes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.screen.person import Person
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace
from tests.sandbox.conftest import CHANNELS, PEOPLE, ShiftedClock
from tests.sandbox.test_api_calls import refusal
from tests.sandbox.test_channels import manifest

PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000030000000208060000001f15c489")


@pytest.fixture
def ws(clock: ShiftedClock) -> Workspace:
    """The app may read files and public channels here."""
    allowed = manifest("files:read", "channels:history")
    return Workspace(allowed, PEOPLE, clock, channels=CHANNELS)


@pytest.fixture
async def server(ws: Workspace) -> AsyncIterator[Server]:
    async with serve(ws) as served:
        yield served


async def uploaded(
    client: AsyncWebClient, name: str, data: bytes, *, announce: int = 0, **more: Any
) -> tuple[str, int]:
    """The first two steps: the file's id, and the status the upload answered with."""
    got = await client.files_getUploadURLExternal(
        filename=name, length=announce or len(data), **more
    )
    async with ClientSession() as session, session.post(got["upload_url"], data=data) as answer:
        return got["file_id"], answer.status


async def test_a_picture_is_shared_in_a_channel(client: AsyncWebClient, ws: Workspace) -> None:
    general, mira = ws.channel("general").id, Person(ws, "mira")
    file, _ = await uploaded(client, "chart.png", PICTURE, alt_txt="Three bars, growing")
    done = await client.files_completeUploadExternal(
        files=[{"id": file, "title": "Growth"}], channel_id=general, initial_comment="Look"
    )
    assert done["files"][0]["shares"] == {}
    assert done["files"][0]["mimetype"] == ""
    seen = await mira.reads("Growth", where="#general")
    assert "Look" in seen.text
    assert seen.files == {"Growth": "Three bars, growing"}
    assert mira.downloads("Growth") == PICTURE
    said = (await client.conversations_history(channel=general))["messages"][0]
    assert said["subtype"] == "file_share"
    shown = said["files"][0]
    assert (shown["alt_txt"], shown["mimetype"]) == ("Three bars, growing", "image/png")
    assert (shown["original_w"], shown["original_h"]) == (3, 2)
    about = (await client.files_info(file=file))["file"]
    assert about["shares"]["public"][general][0]["ts"] == said["ts"]


async def test_a_file_goes_into_a_thread(client: AsyncWebClient, ws: Workspace) -> None:
    general = ws.channel("general").id
    root = await client.chat_postMessage(channel=general, text="Round 1")
    await client.files_upload_v2(
        filename="list.csv", content="a,b", channel=general, thread_ts=root["ts"]
    )
    got = await client.conversations_replies(channel=general, ts=root["ts"])
    assert [f["name"] for f in got["messages"][1]["files"]] == ["list.csv"]
    seen = Person(ws, "mira").thread("Round 1")
    assert "list.csv" in seen[1].text


async def test_a_file_goes_to_one_or_several_people(client: AsyncWebClient, ws: Workspace) -> None:
    mira, omar = Person(ws, "mira"), Person(ws, "omar")
    group = (await client.conversations_open(users=[mira.id, omar.id]))["channel"]["id"]
    for where in (group, ws.app_dm(mira.id).id):
        await client.files_upload_v2(filename="a.txt", content="hello", channel=where)
    await omar.reads("a.txt", where="group")
    await mira.reads("a.txt", where="dm")


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ("random", "not_in_channel"),
        ("secret", "channel_not_found"),
        ("U0NOBODY00", "invalid_arguments"),
        ("C0NOWHERE0", "channel_not_found"),
    ],
)
async def test_where_a_file_cannot_go(
    client: AsyncWebClient, ws: Workspace, where: str, error: str
) -> None:
    channel = where if where[0].isupper() else ws.channel(where).id
    file, _ = await uploaded(client, "a.txt", b"hello")
    call = client.files_completeUploadExternal(files=[{"id": file}], channel_id=channel)
    assert await refusal(call) == error
    assert (await client.files_completeUploadExternal(files=[{"id": file}]))["ok"]


async def test_an_upload_is_completed_once_and_whole(client: AsyncWebClient, ws: Workspace) -> None:
    file, status = await uploaded(client, "a.txt", b"hello", announce=6)
    assert status == 400
    again = client.files_completeUploadExternal(files=[{"id": file}])
    assert await refusal(again) == "file_not_found"
    file, _ = await uploaded(client, "a.txt", b"hello")
    await client.files_completeUploadExternal(files=[{"id": file}])
    again = client.files_completeUploadExternal(files=[{"id": file}])
    assert await refusal(again) == "file_not_found"
    thread = client.files_completeUploadExternal(files=[{"id": file}], thread_ts="1.0")
    assert await refusal(thread) == "file_not_found"


async def take(ws: Workspace, address: str, token: str | None) -> tuple[str, bytes]:
    """What an address answers: the content type and the body."""
    head = {"Authorization": f"Bearer {token}"} if token else {}
    async with ClientSession(headers=head) as session, session.get(address) as got:
        assert got.status == 200
        return got.content_type, await got.read()


async def test_bytes_are_for_the_apps_token(client: AsyncWebClient, ws: Workspace) -> None:
    omar = Person(ws, "omar")
    await omar.shares("people.csv", b"name", channel="general")
    await omar.shares("secret.csv", b"name", channel="secret")
    everyone = ws.channel("general").messages[-1].files[0]
    secret = ws.channel("secret").messages[-1].files[0]
    for key in ("url_private", "url_private_download"):
        assert await take(ws, everyone[key], ws.bot_token) == ("text/csv", b"name")
        for token in (None, "xoxb-other", ws.app_token):
            kind, page = await take(ws, everyone[key], token)
            assert kind == "text/html"
            assert page.startswith(b"<!DOCTYPE html>")
    assert (await take(ws, secret["url_private"], ws.bot_token))[0] == "text/html"
    assert await refusal(client.files_info(file=secret["id"])) == "file_not_found"


async def test_strangers_are_redirected_and_wrong_tokens_are_not(
    client: AsyncWebClient, ws: Workspace
) -> None:
    await Person(ws, "mira").shares("people.csv", b"name", channel="general")
    address = ws.channel("general").messages[-1].files[0]["url_private"]
    wrong = {"Authorization": "Bearer xoxb-other"}
    async with ClientSession() as session:
        for head, status in (({}, 302), (wrong, 200)):
            got = await session.get(address, headers=head, allow_redirects=False)
            assert got.status == status


async def test_bytes_need_their_scope(clock: ShiftedClock) -> None:
    ws = Workspace(manifest(), PEOPLE, clock, channels=CHANNELS)
    async with serve(ws):
        await Person(ws, "mira").shares("people.csv", b"name", channel="general")
        file = ws.channel("general").messages[-1].files[0]
        assert (await take(ws, file["url_private"], ws.bot_token))[0] == "text/html"


async def test_a_deleted_file_is_gone(client: AsyncWebClient, ws: Workspace) -> None:
    general = ws.channel("general").id
    await client.files_upload_v2(filename="a.txt", content="hello", channel=general)
    file = ws.channel("general").messages[-1].files[0]["id"]
    await client.files_delete(file=file)
    assert await refusal(client.files_info(file=file)) == "file_not_found"
    assert ws.channel("general").messages[-1].files[0]["mode"] == "tombstone"


async def test_files_keep_their_place_when_the_workspace_moves(
    client: AsyncWebClient, ws: Workspace, clock: ShiftedClock, tmp_path: Any
) -> None:
    general = ws.channel("general").id
    await client.files_upload_v2(filename="a.txt", content="hello", channel=general)
    ws.save(tmp_path / "kept.json")
    again = Workspace.load(tmp_path / "kept.json", manifest("files:read"), clock)
    async with serve(again):
        file = again.channel("general").messages[-1].files[0]
        assert file is again.files.objects[file["id"]]
        assert await take(again, file["url_private"], again.bot_token) == ("text/plain", b"hello")
