"""The places where a person finds something to operate: a message, a modal, the Home tab."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.sandbox.blockkit.controls import Control, controls, initial_value, text_of
from bot.sandbox.conversations import Conversation, Message
from bot.sandbox.people import User
from bot.sandbox.screen import rendering
from bot.sandbox.shapes import Json
from bot.sandbox.views import View

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

State = dict[str, dict[str, Json]]


@dataclass(frozen=True, slots=True)
class MessageSurface:
    """A message on one person's screen."""

    ws: "Workspace"
    user: User
    conversation: Conversation
    message: Message

    @property
    def order(self) -> int:
        """Higher for what was drawn later."""
        return self.message.order

    @property
    def blocks(self) -> list[Json]:
        """The message's blocks, if any."""
        return self.message.blocks or []

    @property
    def state(self) -> State:
        """What this person has ticked and chosen in it; made from the initial values at first."""
        key = (self.conversation.id, self.message.ts, self.user.id)
        if key not in self.ws.message_state:
            self.ws.message_state[key] = fresh_state(self.blocks)
        return self.ws.message_state[key]

    @property
    def text(self) -> str:
        """As the person reads it."""
        return rendering.message_text(self.ws, self.message, self.user, self.state)


@dataclass(frozen=True, slots=True)
class ViewSurface:
    """A modal, or the Home tab, on one person's screen."""

    ws: "Workspace"
    user: User
    view: View
    order: int

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks."""
        return self.view.blocks

    @property
    def state(self) -> State:
        """What was typed and chosen in it."""
        return self.view.typed

    @property
    def text(self) -> str:
        """As the person reads it: title, blocks, errors, and the buttons at the foot."""
        view = self.view
        title = text_of(view.given.get("title"))
        body = rendering.blocks_text(self.ws, self.blocks, self.user, self.state)
        foot = [f"[{text_of(view.given[k])}]" for k in ("submit", "close") if view.given.get(k)]
        return "\n".join(filter(None, [title, body, *view.errors.values(), view.trouble, *foot]))


Surface = MessageSurface | ViewSurface


def fresh_state(blocks: list[Json]) -> State:
    """The initial values of everything that holds one."""
    state: State = {}
    for control in controls(blocks):
        value = initial_value(control.element)
        if value is not None:
            state.setdefault(control.block_id, {})[control.action_id] = value
    return state


def find(surface: Surface, block_id: str, action_id: str) -> Control:
    """A control by its ids; raises LookupError when the surface has no such control (any more)."""
    for control in controls(surface.blocks):
        if control.block_id == block_id and control.action_id == action_id:
            return control
    raise LookupError(f"there is no {action_id} in {block_id} here")
