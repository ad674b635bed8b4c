"""Files: three steps up, two steps down, and no token for anybody but Slack."""

import json
from typing import Any

import pytest
from aiohttp import web

from bot.slack import limits
from bot.slack.errors import Permanent, SlackError, Transient, Uncertain
from bot.slack.files import Attachment, bears, ids_in, marked
from bot.slack.gateway import Gateway, Posted
from tests.unit.slack.fake_slack import FakeSlack
from tests.unit.slack.test_gateway import HELLO

SHEET = Attachment("people.csv", "People of Tea", "", b"name\nAda\n")
REPORT = [{"id": "F1", "name": "steps-7.png"}, {"id": "F2", "name": "report-7.csv"}]
CHART = Attachment("steps.png", "Steps", "Ten asked, five met.", b"\x89PNG")


def promise(slack: FakeSlack, *ids: str) -> None:
    for each in ids:
        slack.says("files.getUploadURLExternal", upload_url=f"{slack.url}bytes", file_id=each)


async def test_an_upload_sends_every_file_and_shows_them_in_one_message(
    slack: FakeSlack, gateway: Gateway
) -> None:
    promise(slack, "F1", "F2")
    posted = await gateway.upload("C1", [SHEET, CHART], mark=7, thread_ts="1.0", message=HELLO)
    assert posted == Posted("C1", "F1,F2")
    first, _, second, _, done = slack.asked
    assert first.arguments == {"filename": "people-7.csv", "length": "9"}
    assert second.arguments["alt_txt"] == "Ten asked, five met."
    assert json.loads(done.arguments["files"]) == [
        {"id": "F1", "title": "People of Tea"},
        {"id": "F2", "title": "Steps"},
    ]
    assert (done.arguments["channel_id"], done.arguments["thread_ts"]) == ("C1", "1.0")
    assert json.loads(done.arguments["blocks"]) == HELLO.blocks
    sent = [asked for asked in slack.asked if asked.method == "bytes"]
    assert [asked.token for asked in sent] == ["", ""]


async def test_files_may_come_without_words(slack: FakeSlack, gateway: Gateway) -> None:
    promise(slack, "F1")
    await gateway.upload("C1", [SHEET], mark=7)
    arguments = slack.asked[-1].arguments
    assert not {"blocks", "initial_comment", "thread_ts"} & arguments.keys()


@pytest.mark.parametrize("step", ["files.getUploadURLExternal", "bytes"])
async def test_nothing_was_shown_when_the_first_steps_fail(
    slack: FakeSlack, gateway: Gateway, step: str
) -> None:
    if step == "bytes":
        promise(slack, "F1")
    slack.drops(step)
    with pytest.raises(Transient):
        await gateway.upload("C1", [SHEET], mark=7)
    assert "files.completeUploadExternal" not in {asked.method for asked in slack.asked}


async def test_bytes_that_are_refused_may_be_sent_again(slack: FakeSlack, gateway: Gateway) -> None:
    promise(slack, "F1")
    slack.returns("bytes", "sorry", "text/plain", 500)
    with pytest.raises(Transient):
        await gateway.upload("C1", [SHEET], mark=7)


async def test_nobody_can_tell_whether_the_last_step_worked(
    slack: FakeSlack, gateway: Gateway
) -> None:
    promise(slack, "F1")
    slack.drops("files.completeUploadExternal")
    with pytest.raises(Uncertain):
        await gateway.upload("C1", [SHEET], mark=7)


async def test_bytes_go_to_slack_alone(slack: FakeSlack, gateway: Gateway) -> None:
    slack.says(
        "files.getUploadURLExternal", upload_url="https://slack.com.evil.org/up", file_id="F1"
    )
    with pytest.raises(Permanent):
        await gateway.upload("C1", [SHEET], mark=7)


def test_a_mark_is_part_of_the_name() -> None:
    assert marked("people.csv", 7) == "people-7.csv"
    assert bears({"files": [{"name": "people-7.csv"}]}, 7)
    assert not bears({"files": [{"name": "people-17.csv"}, {}]}, 7)
    assert not bears({"text": "people-7.csv"}, 7)


async def test_a_file_is_found_among_the_replies(slack: FakeSlack, gateway: Gateway) -> None:
    from datetime import UTC, datetime

    replies = [{"ts": "1.0"}, {"ts": "1.1", "files": REPORT}]
    slack.says("conversations.replies", messages=replies)
    oldest = datetime(2026, 11, 24, tzinfo=UTC)
    assert await gateway.find_files("D1", 7, oldest, "1.0") == Posted("D1", "F1,F2")
    assert slack.asked[0].arguments["ts"] == "1.0"
    assert await gateway.find_files("D1", 7, oldest) is None


class TestDownload:
    """A list that a lead sent, read with the token."""

    def about(self, slack: FakeSlack, **facts: Any) -> None:
        url = f"{slack.url}bytes"
        slack.says("files.info", file={"id": "F1", "url_private_download": url, **facts})

    async def refused(self, gateway: Gateway) -> SlackError:
        with pytest.raises(SlackError) as caught:
            await gateway.download("F1")
        return caught.value

    async def test_it_is_read_with_the_token(self, slack: FakeSlack, gateway: Gateway) -> None:
        self.about(slack, size=9)
        slack.returns("bytes", "name\nAda\n", "text/csv", 200)
        assert await gateway.download("F1") == b"name\nAda\n"
        assert slack.asked[-1].token == "xoxb-1"

    async def test_one_that_is_too_big_is_not_fetched(
        self, slack: FakeSlack, gateway: Gateway
    ) -> None:
        self.about(slack, size=limits.DOWNLOAD_BYTES + 1)
        error = await self.refused(gateway)
        assert isinstance(error, Permanent)
        assert error.code == "file_too_big"
        assert [asked.method for asked in slack.asked] == ["files.info"]

    async def test_one_that_is_bigger_than_it_says_is_not_read_to_the_end(
        self, slack: FakeSlack, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "DOWNLOAD_BYTES", 10)
        self.about(slack, size=9)
        slack.returns("bytes", "x" * 1000, "text/csv", 200)
        error = await self.refused(gateway)
        assert isinstance(error, Permanent)
        assert error.code == "file_too_big"

    @pytest.mark.parametrize(
        "url",
        [
            "https://evil.org/files.slack.com/list.csv",
            "https://slack.com@evil.org/list.csv",
            "http://files.slack.com/list.csv",
            "file:///etc/passwd",
            "",
        ],
    )
    async def test_the_token_goes_to_slack_alone(
        self, slack: FakeSlack, gateway: Gateway, url: str
    ) -> None:
        self.about(slack, url_private_download=url)
        error = await self.refused(gateway)
        assert isinstance(error, Permanent)
        assert error.code == "file_not_readable"

    async def test_it_is_followed_nowhere_else(self, slack: FakeSlack, gateway: Gateway) -> None:
        self.about(slack)

        async def elsewhere(_request: web.Request) -> web.StreamResponse:
            raise web.HTTPFound(f"{slack.url}stolen")

        slack._answers["bytes"].append(elsewhere)
        error = await self.refused(gateway)
        assert isinstance(error, Permanent)
        assert "stolen" not in {asked.method for asked in slack.asked}

    @pytest.mark.parametrize("code", ["file_not_found", "file_deleted", "missing_scope"])
    async def test_what_slack_says_of_it_is_kept(
        self, slack: FakeSlack, gateway: Gateway, code: str
    ) -> None:
        slack.says("files.info", ok=False, error=code)
        error = await self.refused(gateway)
        assert isinstance(error, Permanent)
        assert error.code == code

    async def test_a_slack_that_is_down_may_be_asked_again(
        self, slack: FakeSlack, gateway: Gateway
    ) -> None:
        self.about(slack)
        slack.returns("bytes", "sorry", "text/html", 503)
        assert isinstance(await self.refused(gateway), Transient)


async def test_a_file_is_deleted_and_one_that_is_gone_is_no_error(
    slack: FakeSlack, gateway: Gateway
) -> None:
    slack.says("files.delete")
    await gateway.delete_file("F1")
    assert slack.asked[-1].arguments == {"file": "F1"}
    slack.says("files.delete", ok=False, error="file_deleted")
    await gateway.delete_file("F1")
    slack.says("files.delete", ok=False, error="cant_delete_file")
    with pytest.raises(Permanent, match="cant_delete_file"):
        await gateway.delete_file("F1")


def test_ids_of_files_are_told_from_the_moment_of_a_message() -> None:
    assert ids_in("F1,F2") == ("F1", "F2")
    assert ids_in("1700000000.000001") == ()
