"""By which way Slack is reached: a proxy, unless the environment says otherwise or it is here."""

import aiohttp
import pytest

from bot.slack.gateway import Gateway, new_client
from bot.slack.proxy import proxy_for
from tests.unit.slack.fake_slack import FakeSlack

HERE = "http://slack.example/api/"
SLACK = "https://slack.com/api/"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_without_one() -> None:
    assert proxy_for(SLACK) is None
    assert new_client("xoxb-1").proxy is None


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY"])
def test_by_the_one_that_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "http://proxy.example:3128")
    assert proxy_for(SLACK) == "http://proxy.example:3128"
    assert new_client("xoxb-1").proxy == "http://proxy.example:3128"


@pytest.mark.parametrize(
    "here", ["http://127.0.0.1:8765/api/", "http://localhost:1/api/", "http://[::1]:1/api/"]
)
def test_this_machine_is_reached_directly(here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert proxy_for(here) is None
    assert new_client("xoxb-1", here).proxy is None


@pytest.mark.parametrize("names", ["slack.com", ".slack.com", "example.com, slack.com", "*"])
def test_what_no_proxy_names_too(names: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", names)
    assert proxy_for(SLACK) is None


async def test_files_go_the_same_way(slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy is asked for whole addresses, and our server does not mind whose they are."""
    monkeypatch.setenv("HTTPS_PROXY", slack.url.removesuffix("/api/"))
    slack.says("files.info", file={"id": "F1", "url_private_download": f"{HERE}bytes"})
    slack.returns("bytes", "name", "text/csv", 200)
    async with aiohttp.ClientSession() as session:
        assert await Gateway(new_client("xoxb-1", HERE, session)).download("F1") == b"name"
