"""Slack's own commands, typed in the composer: /invite, /remove, /leave, /rename, /archive, …"""

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

from bot.sandbox import posting
from bot.sandbox.conversations import Conversation
from bot.sandbox.screen import allowed

if TYPE_CHECKING:
    from bot.sandbox.screen.client import Client

Run = Callable[["Client", Conversation, str], Awaitable[None]]


async def run(client: "Client", conversation: Conversation, name: str, text: str) -> bool:
    """Do it if it is one of Slack's own; False for a command of the app's. What is not allowed
    comes back as Slackbot's word."""
    act = OWN.get(name)
    if act is None:
        return False
    try:
        await act(client, conversation, text)
    except allowed.Refused as refused:
        said = str(refused)
        words = f"{said[:1].upper()}{said[1:]}."
        posting.notice(client.workspace, conversation, client.user.id, words)
    return True


async def _invite(client: "Client", conversation: Conversation, text: str) -> None:
    for user_id in _named(client, text):
        await client.channels.invite(conversation, user_id)


async def _remove(client: "Client", conversation: Conversation, text: str) -> None:
    for user_id in _named(client, text):
        await client.channels.remove(conversation, user_id)


async def _leave(client: "Client", conversation: Conversation, _: str) -> None:
    await client.channels.leave(conversation)


async def _rename(client: "Client", conversation: Conversation, text: str) -> None:
    await client.channels.rename(conversation, text.strip().removeprefix("#"))


async def _archive(client: "Client", conversation: Conversation, _: str) -> None:
    await client.channels.archive(conversation)


async def _status(client: "Client", _: Conversation, text: str) -> None:
    client.set_status("" if text.strip() == "clear" else text.strip())


def _named(client: "Client", text: str) -> Iterator[str]:
    """The people named with @handle; the app by its handle or its name."""
    ws, found = client.workspace, False
    for word in text.split():
        handle = word.removeprefix("@").rstrip(",").lower()
        known = (u for u in ws.users.values() if u.handle.lower() == handle)
        user = next(known, None)
        if user is None and handle == ws.manifest.app_name.lower():
            user = ws.users[ws.bot_user_id]
        if user is None:
            raise allowed.Refused(f"nobody here is called {word}")
        found = True
        yield user.id
    if not found:
        raise allowed.Refused("say whom, with an @ before each name")


# What the composer says of each: its arguments, and what it does.
ABOUT = {
    "/invite": ("@somebody", "Bring people, or the app, into this channel"),
    "/remove": ("@somebody", "Take people, or the app, out of this channel"),
    "/leave": ("", "Leave this channel"),
    "/rename": ("new-name", "Give this channel another name"),
    "/archive": ("", "Close this channel"),
    "/status": ("[text | clear]", "Say in your profile what you are up to"),
}
OWN: dict[str, Run] = {
    "/invite": _invite,
    "/remove": _remove,
    "/leave": _leave,
    "/rename": _rename,
    "/archive": _archive,
    "/status": _status,
}
