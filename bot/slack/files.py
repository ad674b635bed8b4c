"""Files on their way to Slack and from it.

An upload has three steps, and nobody sees anything before the last: the first two may always be
done again. Bytes go to Slack's own hosts and come from them, and the token with them goes nowhere
else.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import limits
from bot.slack.calls import Caller, Sure
from bot.slack.errors import Permanent, Transient, Uncertain
from bot.slack.message import Json
from bot.slack.proxy import proxy_for

GONE: Final = frozenset({"file_not_found", "file_deleted"})
"""What Slack says of a file that somebody has deleted."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be sent: what it is called, what it shows, and the same for who cannot see it."""

    name: str
    title: str
    alt: str
    content: bytes


def marked(name: str, mark: int) -> str:
    """The name of a file with a mark by which it is found again: "people.csv", 7 → people-7.csv."""
    path = PurePosixPath(name)
    return f"{path.stem}-{mark}{path.suffix}"


def together(ids: Iterable[str]) -> str:
    """The ids of the files of one message, in the place of the moment that Slack does not tell."""
    return ",".join(ids)


def ids_in(ts: str) -> tuple[str, ...]:
    """The files' ids that `together` put there; none for the moment of a message."""
    found = tuple(ts.split(","))
    return found if all(each.startswith("F") for each in found) else ()


def ids_of(message: Mapping[str, Any]) -> str:
    """The same of a message that was found."""
    return together(str(file["id"]) for file in message.get("files") or [])


def bears(message: Mapping[str, Any], mark: int) -> bool:
    """Whether a message of Slack's holds a file of that mark."""
    names = (str(file.get("name") or "") for file in message.get("files") or [])
    return any(PurePosixPath(name).stem.endswith(f"-{mark}") for name in names)


async def upload(
    client: AsyncWebClient,
    call: Caller,
    channel: str,
    files: Sequence[Attachment],
    *,
    thread_ts: str | None,
    blocks: list[Json] | None = None,
    sure: Sure | None = None,
) -> str:
    """Send the files in one message and return their ids, as `together` puts them.

    `sure` is asked before the step that shows them. Uncertain only when nobody can tell whether
    they are there.
    """
    try:
        sent = [{"id": await _send(client, call, file), "title": file.title} for file in files]
    except Uncertain as error:
        raise Transient(error.reason) from None
    said: dict[str, Any] = {} if blocks is None else {"blocks": json.dumps(blocks)}
    listed: list[dict[str, str | None]] = [dict(file) for file in sent]
    await call(
        "files.completeUploadExternal",
        lambda: client.files_completeUploadExternal(
            files=listed, channel_id=channel, thread_ts=thread_ts, **said
        ),
        sure=sure,
    )
    return together(each["id"] for each in sent)


async def _send(client: AsyncWebClient, call: Caller, file: Attachment) -> str:
    """The bytes of one file, which nobody sees yet."""
    answer = await call(
        "files.getUploadURLExternal",
        lambda: client.files_getUploadURLExternal(
            filename=file.name,
            length=len(file.content),
            alt_txt=file.alt[: limits.FILE_ALT] or None,
        ),
    )
    url = _own(client, str(answer["upload_url"]))
    async with _asked(client, "POST", url, data=file.content) as response:
        if response.status != 200:
            raise Transient(f"http_{response.status}")
    return str(answer["file_id"])


async def download(client: AsyncWebClient, call: Caller, file_id: str) -> bytes:
    """What is in a file that somebody sent.

    Raises Permanent "file_too_big" beyond our limit, "file_not_readable" where Slack gives nothing
    to read, and what `files.info` says ("file_not_found", "file_deleted").
    """
    answer = await call("files.info", lambda: client.files_info(file=file_id))
    about: dict[str, Any] = answer["file"]
    if int(about.get("size") or 0) > limits.DOWNLOAD_BYTES:
        raise Permanent("file_too_big")
    url = _own(client, str(about.get("url_private_download") or about.get("url_private") or ""))
    token = {"Authorization": f"Bearer {client.token}"}
    async with _asked(client, "GET", url, headers=token) as response:
        if response.status >= 500 or response.status == 429:
            raise Transient(f"http_{response.status}")
        if response.status != 200:  # a token that may not read it is sent to a page to sign in
            raise Permanent("file_not_readable")
        return await _read(response)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    """All of it, unless it is more than we take, whatever Slack said of its size."""
    raw = bytearray()
    async for piece in response.content.iter_chunked(1 << 16):
        raw += piece
        if len(raw) > limits.DOWNLOAD_BYTES:
            raise Permanent("file_too_big")
    return bytes(raw)


async def delete(client: AsyncWebClient, call: Caller, file_id: str) -> None:
    """Delete a file of ours, wherever it stands. One that is gone already is no error."""
    try:
        await call("files.delete", lambda: client.files_delete(file=file_id))
    except Permanent as error:
        if error.code not in GONE:
            raise


@asynccontextmanager
async def _asked(
    client: AsyncWebClient, method: str, url: str, **options: Any
) -> AsyncIterator[aiohttp.ClientResponse]:
    """One request for bytes, followed nowhere else. Raises Transient for what went wrong."""
    session = client.session or aiohttp.ClientSession()
    try:
        async with (
            asyncio.timeout(limits.FILE_SECONDS),
            session.request(
                method, url, allow_redirects=False, proxy=proxy_for(url), **options
            ) as response,
        ):
            yield response
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Transient(type(error).__name__) from None
    finally:
        if session is not client.session:
            await session.close()


def _own(client: AsyncWebClient, url: str) -> str:
    """The address, if it is Slack's: over https, or the very server that the client speaks to."""
    asked, ours = urlsplit(url), urlsplit(client.base_url)
    if (asked.scheme, asked.netloc) == (ours.scheme, ours.netloc):
        return url
    host = asked.hostname or ""
    if asked.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com")):
        return url
    raise Permanent("file_not_readable")
