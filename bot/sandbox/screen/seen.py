"""One thing on a person's screen, as plain text."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox import markup
from bot.sandbox.blockkit.controls import controls, options_of, text_of
from bot.sandbox.screen.rendering import value_text
from bot.sandbox.screen.surfaces import MessageSurface, Surface, ViewSurface

if TYPE_CHECKING:
    from bot.sandbox.screen.client import Client


@dataclass(frozen=True, slots=True)
class Seen:
    """A message, modal or Home tab: `where` is dm, group, #channel, modal or home.

    `channel` is the conversation's id, `author` a name, `buttons` the visible labels, `links` label
    → address, `files` title → alternative text. `ephemeral` is what Slack marks "only visible to
    you".
    """

    text: str
    ts: str
    channel: str
    where: str
    author: str = ""
    buttons: tuple[str, ...] = ()
    ephemeral: bool = False
    thread_ts: str = ""
    links: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    surface: Surface | None = field(default=None, repr=False, compare=False)

    def has(self, fragment: str) -> bool:
        """Whether the fragment is there, however the lines are broken."""
        return fragment in self.text or _flat(markup.plain(fragment)) in _flat(self.text)

    def __str__(self) -> str:
        who = f"{self.author}: " if self.author else ""
        only = " (only visible to you)" if self.ephemeral else ""
        return f"[{self.where}{only}] {who}{self.text}"


@dataclass(frozen=True, slots=True)
class Modal:
    """The open modal: `errors` and `values` by visible label, values as they are shown."""

    title: str
    text: str
    errors: dict[str, str]
    values: dict[str, str]
    buttons: tuple[str, ...]
    submit: str
    close: str
    trouble: str = ""


def see(client: "Client", surface: Surface) -> Seen:
    """What the person sees of one surface."""
    if isinstance(surface, ViewSurface):
        return Seen(surface.text, "", "", surface.view.kind, "", _buttons(surface), surface=surface)
    message = surface.message
    author = client.workspace.users.get(message.user)
    return Seen(
        text=surface.text,
        ts=message.ts,
        channel=surface.conversation.id,
        where=_where(client, surface),
        author=author.name if author else "Slackbot",
        buttons=_buttons(surface),
        ephemeral=bool(message.only_for),
        thread_ts=message.thread_ts,
        links=_links(surface),
        files={f["title"]: f.get("alt_txt", "") for f in message.files},
        surface=surface,
    )


def see_modal(client: "Client", surface: ViewSurface) -> Modal:
    """What the person sees of an open modal."""
    view = surface.view
    values, errors = {}, {}
    for control in controls(view.blocks):
        label = control.label or control.placeholder
        values[label] = value_text(client.workspace, control, view.typed, client.user)
        if control.block_id in view.errors:
            errors[label] = view.errors[control.block_id]
    return Modal(
        title=text_of(view.given["title"]),
        text=surface.text,
        errors=errors,
        values=values,
        buttons=_buttons(surface),
        submit=text_of(view.given.get("submit")),
        close=text_of(view.given.get("close")) or "Close",
        trouble=view.trouble,
    )


def _where(client: "Client", surface: MessageSurface) -> str:
    conversation = surface.conversation
    if conversation.kind == "channel":
        return f"#{conversation.name}"
    if conversation.kind == "mpim":
        return "group"
    return "dm" if conversation is client.app_dm else client.title(conversation)


def _buttons(surface: Surface) -> tuple[str, ...]:
    found = []
    for control in controls(surface.blocks):
        if control.kind == "button":
            found.append(text_of(control.element["text"]))
        elif control.kind == "overflow":
            found += [text_of(o["text"]) for o in options_of(control.element)]
    return tuple(found)


def _links(surface: MessageSurface) -> dict[str, str]:
    blocks = None if surface.message.client_msg_id else surface.message.blocks
    shown = list(markup.mrkdwn_texts(blocks)) if blocks else [surface.message.text]
    found = {label: address for one in shown for label, address in markup.links(one)}
    for control in controls(blocks):
        if control.kind == "button" and "url" in control.element:
            found[text_of(control.element["text"])] = control.element["url"]
    return found


def _flat(text: str) -> str:
    return " ".join(text.split())
