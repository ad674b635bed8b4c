"""The page's own API: who may ask it, what it answers, and what Slack's client would refuse."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from bot.sandbox.screen.own_commands import OWN
from bot.sandbox.server import Server, serve
from bot.sandbox.workspace import Workspace

OURS = {"X-Local-Workspace": "1"}
Answer = tuple[int, dict[str, Any]]


class Browser:
    """Asks as the page does."""

    def __init__(self, session: ClientSession, server: Server) -> None:
        self.session = session
        self.url = server.url
        self.headers = OURS | {"Origin": server.url.rstrip("/")}

    async def see(self, what: str, who: str = "mira", **query: str) -> Answer:
        params = {"as": who} | query
        async with self.session.get(f"{self.url}see/{what}", params=params) as got:
            return got.status, await got.json()

    async def do(self, verb: str, who: str = "mira", **body: Any) -> Answer:
        asked = {"as": who} | body
        async with self.session.post(
            f"{self.url}do/{verb}", json=asked, headers=self.headers
        ) as got:
            return got.status, await got.json()


@pytest.fixture
async def paged(ws: Workspace) -> AsyncIterator[Server]:
    async with serve(ws, page=True) as served:
        yield served


@pytest.fixture
async def browser(paged: Server) -> AsyncIterator[Browser]:
    async with ClientSession() as session:
        yield Browser(session, paged)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (OURS, 200),
        ({}, 403),
        (OURS | {"Origin": "http://elsewhere.example"}, 403),
        (OURS | {"Origin": "null"}, 403),
        (OURS | {"Host": "elsewhere.example"}, 403),
        (OURS | {"Sec-Fetch-Site": "cross-site"}, 403),
        (OURS | {"Sec-Fetch-Site": "same-site"}, 403),
        (OURS | {"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_only_the_page_itself_may_act(
    browser: Browser, ws: Workspace, headers: dict[str, str], status: int
) -> None:
    said = {"as": "mira", "channel": ws.channel("general").id, "text": "hello"}
    async with browser.session.post(f"{browser.url}do/say", json=said, headers=headers) as got:
        assert got.status == status
    assert len(ws.channel("general").messages) == (status == 200)


@pytest.mark.parametrize("path", ["see/world", "see/screen?as=mira", "see/traffic", ""])
async def test_a_name_that_points_here_reads_nothing(browser: Browser, path: str) -> None:
    headers = {"Host": "rebound.example"}
    async with browser.session.get(f"{browser.url}{path}", headers=headers) as got:
        assert got.status == 403


async def test_the_feed_is_for_the_page_alone(browser: Browser) -> None:
    feed = f"{browser.url}feed?as=mira"
    with pytest.raises(WSServerHandshakeError):
        await browser.session.ws_connect(feed, origin="http://elsewhere.example")
    async with browser.session.ws_connect(feed, headers=browser.headers) as socket:
        assert (await socket.receive_json())["kinds"] == ["start"]


async def test_the_page_runs_its_own_scripts_only(browser: Browser) -> None:
    async with browser.session.get(browser.url) as got:
        policy = got.headers["Content-Security-Policy"]
        assert got.status == 200
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


async def test_the_feed_tells_what_changed_and_for_whom(browser: Browser, ws: Workspace) -> None:
    general = ws.channel("general").id
    async with browser.session.ws_connect(
        f"{browser.url}feed?as=ada", headers=browser.headers
    ) as socket:
        await socket.receive_json()
        await browser.do("say", channel=general, text="for all of us")
        async with asyncio.timeout(5):
            while general not in (hint := await socket.receive_json())["channels"]:
                pass
        assert "message" in hint["kinds"]
        await browser.do("say", channel=ws.channel("random").id, text="not for Ada")
        async with asyncio.timeout(5):
            while not (hint := await socket.receive_json())["others"]:
                assert ws.channel("random").id not in hint["channels"]


async def test_each_person_sees_only_their_own(browser: Browser, ws: Workspace) -> None:
    secret = ws.channel("secret").id
    _, screen = await browser.see("screen")
    assert secret not in [c["id"] for c in screen["conversations"]]
    assert await browser.see("conversation", id=secret) == (
        409,
        {"error": "you are not in this conversation"},
    )
    status, _ = await browser.do("say", channel=secret, text="let me in")
    assert status == 409
    assert ws.channel("secret").messages == []


async def test_what_slacks_client_refuses_has_a_sentence(browser: Browser, ws: Workspace) -> None:
    general = ws.channel("general").id
    assert (await browser.do("say", channel=general, text="x" * 40_001))[0] == 409
    assert (await browser.do("say", who="gone", channel=general, text="hello"))[0] == 409
    assert (await browser.do("say", who="nobody", channel=general, text="hello"))[0] == 409
    assert (await browser.do("say", who=ws.bot_user_id, channel=general, text="hello"))[0] == 409
    assert (await browser.do("submit", view="V0"))[0] == 409
    assert (await browser.do("join", channel=ws.channel("secret").id))[0] == 409
    assert (await browser.do("join", channel="C0"))[0] == 404
    assert (await browser.do("write-to", people=[]))[0] == 409
    assert ws.channel("general").messages == []


async def test_a_file_is_for_those_it_was_shared_with(browser: Browser, ws: Workspace) -> None:
    random = ws.channel("random").id
    asked = {"as": "mira", "channel": random, "name": "<script>.html"}
    async with browser.session.post(
        f"{browser.url}do/upload", params=asked, data=b"<script>x</script>", headers=browser.headers
    ) as got:
        assert got.status == 200
    file = ws.channel("random").messages[-1].files[0]["id"]
    async with browser.session.get(f"{browser.url}open/{file}?as=omar") as got:
        assert got.headers["Content-Type"] == "application/octet-stream"
        assert got.headers["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in got.headers["Content-Security-Policy"]
        assert await got.read() == b"<script>x</script>"
    async with browser.session.get(f"{browser.url}open/{file}?as=ada") as got:
        assert got.status == 404


async def test_the_clock_moves_forward_only_and_not_too_far(
    browser: Browser, ws: Workspace
) -> None:
    before = ws.clock.now()
    for wrong in ({"advance": -60}, {"advance": 0}, {"advance": 1e12}, {"play": -1}, {}):
        status, _ = await browser.do("clock", **wrong)
        assert status == 409, wrong
    assert (await browser.do("clock", to="next")) == (409, {"error": "nothing is planned"})
    assert ws.clock.now() == before
    status, clock = await browser.do("clock", advance=31_536_000)
    assert status == 200
    assert clock["target"] == before.timestamp() + 31_536_000
    async with asyncio.timeout(5):
        while (await browser.see("clock"))[1]["target"] is not None:
            pass
    assert (ws.clock.now() - before).days == 365


async def test_unread_counts_what_came_and_not_what_changed(
    browser: Browser, ws: Workspace
) -> None:
    general = ws.channel("general").id
    _, said = await browser.do("say", channel=general, text="one")
    _, screen = await browser.see("screen", "ada")
    assert screen["news"] == {ws.user("ada").id: 1, ws.user("omar").id: 1}
    await browser.do("read", "ada", channel=general)
    await browser.do("edit", where={"channel": general, "ts": said["ts"]}, text="two")
    _, screen = await browser.see("screen", "ada")
    assert screen["news"] == {ws.user("omar").id: 1}


async def test_faults_and_limits(browser: Browser, ws: Workspace) -> None:
    await browser.do("fault", kind="429", method="chat.postMessage", times=2)
    await browser.do("fault", kind="duplicate_event", times=3)
    await browser.do("limits", on=True)
    _, traffic = await browser.see("traffic")
    assert traffic["faults"] == [{"method": "chat.postMessage", "kind": "429", "times": 2}]
    assert traffic["duplicates"] == 3
    assert traffic["limits"] == {"on": True, "used": {}}
    assert (await browser.do("fault", kind="nonsense"))[0] == 400
    assert (await browser.do("fault", kind="500", times=0))[0] == 200
    await browser.do("fault", kind="clear")
    await browser.do("limits", on=False)
    _, traffic = await browser.see("traffic")
    assert (traffic["faults"], traffic["duplicates"], traffic["limits"]["on"]) == ([], 0, False)


async def test_channels_are_made_changed_and_closed(browser: Browser, ws: Workspace) -> None:
    status, made = await browser.do("create-channel", name="#soup-club", private=True, app=True)
    assert status == 200
    channel = ws.channel("soup-club")
    assert channel.id == made["channel"]
    assert channel.members == [ws.user("mira").id, ws.bot_user_id]
    await browser.do("invite", channel=channel.id, people=[ws.user("omar").id])
    await browser.do("remove", channel=channel.id, person=ws.bot_user_id)
    assert channel.members == [ws.user("mira").id, ws.user("omar").id]
    await browser.do("rename", channel=channel.id, name="stew-club")
    assert channel.name == "stew-club"
    assert (await browser.do("rename", channel=channel.id, name="random"))[0] == 409
    await browser.do("archive", channel=channel.id)
    assert (await browser.do("say", channel=channel.id, text="x"))[0] == 409
    await browser.do("unarchive", channel=channel.id)
    await browser.do("leave", channel=channel.id)
    assert channel.members == [ws.user("omar").id]
    dm = ws.app_dm(ws.user("mira").id).id
    assert (await browser.do("archive", channel=dm))[0] == 409


async def test_the_composer_knows_slacks_own_commands(browser: Browser) -> None:
    _, world = await browser.see("world")
    assert {c["name"] for c in world["ownCommands"]} == set(OWN)
    assert not {c["name"] for c in world["commands"]} & set(OWN)


async def test_anybodys_profile_can_be_changed(browser: Browser, ws: Workspace) -> None:
    omar = ws.user("omar")
    await browser.do("profile", person=omar.id, title="Cook", is_admin=True)
    await browser.do("status", who=omar.id, text="Away", emoji=":palm_tree:", hours=2)
    assert (omar.title, omar.is_admin, omar.status_text) == ("Cook", True, "Away")
    assert omar.status_expiration == int(ws.clock.now().timestamp()) + 7200
    await browser.do("profile", person=omar.id, active=False)
    assert omar.deleted
    assert (await browser.do("status", who=omar.id, text="Back"))[0] == 409
    await browser.do("profile", person=omar.id, active=True)
    assert not ws.user("omar").deleted
    assert (await browser.do("profile", person="nobody", title="x"))[0] == 404


async def test_a_file_for_a_form_is_ones_own(browser: Browser, ws: Workspace) -> None:
    asked = {"as": "mira", "name": "people.csv"}
    async with browser.session.post(
        f"{browser.url}do/store", params=asked, data=b"name", headers=browser.headers
    ) as got:
        file = (await got.json())["file"]
    assert file["name"] == "people.csv"
    for who, status in (("mira", 200), ("omar", 404)):
        async with browser.session.get(f"{browser.url}open/{file['id']}?as={who}") as got:
            assert got.status == status


async def test_a_thread_is_whole_however_long_the_talk(browser: Browser, ws: Workspace) -> None:
    general = ws.channel("general").id
    _, root = await browser.do("say", channel=general, text="the root")
    await browser.do("say", channel=general, text="an answer", thread=root["ts"])
    for number in range(130):
        await browser.do("say", channel=general, text=str(number))
    _, seen = await browser.see("conversation", id=general, thread=root["ts"])
    assert seen["earlier"] == 12
    assert [m["text"] for m in seen["thread"]] == ["the root", "an answer"]
    assert seen["thread"][0]["reply_count"] == 1
