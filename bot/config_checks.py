"""What makes the value of a setting right.

A check raises ValueError with the end of a sentence that begins with the setting's name and says
what to do; `config` makes the whole of it.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr

from bot.store.crypto import KeyProblem, Keyring
from bot.store.engine import driver_url, sqlite_file

WHERE: Final = {
    "bot_token": "Slack shows it under OAuth & Permissions, and it begins with xoxb-",
    "app_token": "make one under Basic Information, App-Level Tokens, with connections:write; "
    "it begins with xapp-",
    "signing_secret": "Slack shows it under Basic Information, App Credentials",
    "client_secret": "Slack shows it under Basic Information, App Credentials",
    "secret_keys": "`python -m bot key` makes one",
}
"""Where each secret comes from."""

LAST_PORT: Final = 65535
_EXPIRING: Final = "xoxe"
"""What Slack's token rotation begins its tokens with (xoxe.xoxb-…, and xoxe-… to renew them)."""
_TEAM = re.compile(r"[TE][A-Z0-9]{2,}")


def listed(value: str) -> list[str]:
    """What stands between the commas, without what is empty."""
    return [each.strip() for each in value.split(",") if each.strip()]


def split_keys(value: SecretStr) -> list[str]:
    """The keys, which stand between commas, or a line each in a file."""
    return value.get_secret_value().replace(",", " ").split()


def host_and_port(given: str) -> tuple[str, int]:
    """Of `HOST:PORT`. Raises ValueError with what it takes."""
    host, _, port = given.rpartition(":")
    if not host or not port.isdecimal() or int(port) > LAST_PORT:
        raise ValueError(f"takes HOST:PORT, such as 127.0.0.1:3000, not {given[:80]!r}")
    return host.strip("[]"), int(port)


def _strip(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


def _begins(prefix: str, name: str) -> Callable[[SecretStr], SecretStr]:
    def check(value: SecretStr) -> SecretStr:
        if value.get_secret_value().startswith(_EXPIRING):
            raise ValueError(
                "is a token that expires within hours, which nothing could renew here: make the "
                "app anew from manifest.yml, without token rotation (Slack lets nobody turn it "
                "off), or take it out, set SLACK_CLIENT_ID and install it in a browser "
                "(docs/install.md)"
            )
        if value.get_secret_value() and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"does not begin with {prefix}: {WHERE[name]}")
        return value

    return check


def _keys(value: SecretStr) -> SecretStr:
    keys = split_keys(value)
    try:
        if keys:
            Keyring(keys)
    except KeyProblem as error:
        raise ValueError(f"does not hold: {error}; {WHERE['secret_keys']}") from error
    return value


def _web_address(value: str) -> str:
    problem = "has to be a URL that begins with https:// (or http:// on this machine)"
    if not value.startswith(("https://", "http://")):
        raise ValueError(problem)
    try:
        host = urlsplit(value).hostname
    except ValueError:
        host = None  # such as half of an IPv6 address
    if not host or not value.isprintable() or " " in value:
        raise ValueError(f"{problem}, and names a host")
    return value


def _api_url(value: str) -> str:
    return _web_address(value).removesuffix("/") + "/"


def _public_url(value: str) -> str:
    return _web_address(value).rstrip("/") if value else value


def _slack_ids(value: str) -> str:
    if not all(_TEAM.fullmatch(each) for each in listed(value)):
        raise ValueError(
            "has something in it that is no Slack id: a workspace's begins with T, an "
            "organisation's with E, as in the address app.slack.com/client/T0123ABCD"
        )
    return value


def _database(value: SecretStr) -> SecretStr:
    url = value.get_secret_value()
    try:
        is_sqlite = driver_url(url).get_backend_name() == "sqlite"
    except Exception as error:
        raise ValueError(
            "has to look like sqlite:///path or postgresql://user:password@host/name"
        ) from error
    if is_sqlite and sqlite_file(url) is None:
        raise ValueError(
            "names no file: what is in memory is lost with the process; write sqlite:///path"
        )
    return value


def _address(value: str) -> str:
    if value:
        host_and_port(value)
    return value


def _folder(value: Path | None) -> Path | None:
    try:
        is_there = value is None or value.is_dir()
    except OSError:  # a name that no folder can have, or one that may not be looked into
        is_there = False
    if not is_there:
        raise ValueError("names a folder that does not exist: make it, or leave the setting out")
    return value


Secret = Annotated[SecretStr, BeforeValidator(_strip)]
BotToken = Annotated[Secret, AfterValidator(_begins("xoxb-", "bot_token"))]
AppToken = Annotated[Secret, AfterValidator(_begins("xapp-", "app_token"))]
Keys = Annotated[Secret, AfterValidator(_keys)]
ApiUrl = Annotated[str, AfterValidator(_api_url)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
SlackIds = Annotated[str, AfterValidator(_slack_ids)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_database)]
Folder = Annotated[Path | None, AfterValidator(_folder)]
HostAndPort = Annotated[str, AfterValidator(_address)]
lowered: Final = BeforeValidator(_lower)
