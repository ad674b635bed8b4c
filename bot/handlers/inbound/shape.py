"""The shape of what Slack sends: what is read anywhere is of the type it should be, or absent.

Asked once for each request, before anything reads it. Whatever else Slack sends is let through.
"""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError


def _of(kind: type[date] | type[time]) -> AfterValidator:
    def check(text: str | None) -> str | None:
        if text:
            kind.fromisoformat(text)
        return text

    return AfterValidator(check)


Day = Annotated[str | None, _of(date)]
Clock = Annotated[str | None, _of(time)]


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", defer_build=True)


class _Named(_Part):
    id: str


class _Option(_Part):
    value: str


class _Held(_Part):
    """What one input holds."""

    value: str | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_user: str | None = None
    selected_users: list[str] | None = None
    selected_date: Day = None
    selected_time: Clock = None
    selected_date_time: int | None = None
    files: list[_Named] | None = None


class _Element(_Held):
    action_id: str
    block_id: str = ""


class _Boxes(_Part):
    options: list[_Option] = []
    initial_options: list[_Option] | None = None


class _Block(_Part):
    type: str = ""
    block_id: str = ""
    elements: list[_Boxes] | None = None


class _State(_Part):
    values: dict[str, dict[str, _Held]] = {}


class _View(_Part):
    id: str = Field(min_length=1)
    type: str = ""
    callback_id: str = ""
    private_metadata: str | None = None
    root_view_id: str | None = None
    blocks: list[_Block] = []
    state: _State | None = None


class _SentView(_View):
    type: str
    callback_id: str


class _Message(_Part):
    """A message as Slack tells of it; it may be anybody's."""

    user: str | None = None
    text: str | None = None
    bot_id: str | None = None
    thread_ts: str | None = None


class _OurMessage(_Message):
    """One that something was pressed in."""

    blocks: list[_Block] | None = None


class _Interaction(_Part):
    type: str
    user: _Named
    team: _Named | None = None
    trigger_id: str | None = None
    channel: _Named | None = None


class _Click(_Interaction):
    actions: list[_Element] = Field(min_length=1)
    view: _View | None = None
    message: _OurMessage | None = None
    state: _State | None = None


class _Submission(_Interaction):
    view: _SentView


class _Shortcut(_Interaction):
    callback_id: str
    message: _Message | None = None


class _Command(_Part):
    command: str
    user_id: str
    text: str = ""
    trigger_id: str | None = None
    channel_id: str | None = None
    channel_name: str | None = None


class _Profile(_Part):
    display_name: str | None = None
    real_name: str | None = None
    title: str | None = None
    email: str | None = None
    status_text: str | None = None
    status_emoji: str | None = None
    status_expiration: int | None = None


class _User(_Named):
    team_id: str | None = None
    name: str | None = None
    real_name: str | None = None
    tz: str | None = None
    locale: str | None = None
    profile: _Profile | None = None


class _Happening(_Part):
    type: str
    user: str | _User | None = None
    channel: str | _Named | None = None
    channel_type: str | None = None
    subtype: str | None = None
    text: str | None = None
    bot_id: str | None = None
    thread_ts: str | None = None
    tab: str | None = None
    message: _Message | None = None
    previous_message: _Message | None = None


class _Opened(_Happening):
    user: str


class _InChannel(_Happening):
    channel: str


class _Changed(_Happening):
    user: _User


class _Event(_Part):
    event: _Happening
    event_id: str | None = None
    team_id: str | None = None


class _OpenedEvent(_Event):
    event: _Opened


class _ChannelEvent(_Event):
    event: _InChannel


class _ChangedEvent(_Event):
    event: _Changed


_EVENTS: Final[Mapping[str, type[BaseModel]]] = {
    "app_home_opened": _OpenedEvent,
    "user_change": _ChangedEvent,
    "channel_archive": _ChannelEvent,
    "channel_unarchive": _ChannelEvent,
    "channel_left": _ChannelEvent,
    "group_archive": _ChannelEvent,
    "group_unarchive": _ChannelEvent,
    "group_left": _ChannelEvent,
}
"""Of which more is read than of others."""
_SHAPES: Final[Mapping[str, type[BaseModel]]] = {
    "block_actions": _Click,
    "view_submission": _Submission,
    "view_closed": _Submission,
    "shortcut": _Shortcut,
    "message_action": _Shortcut,
}


LEVELS: Final = 60
"""How deep JSON may be nested; nothing of Slack's comes near it, and what reads it goes down."""


def is_in_shape(body: Mapping[str, Any]) -> bool:
    """Whether what will be read of it is as Slack says it is."""
    if _is_deeper(body, LEVELS):
        return False
    shape = _shape(body)
    if shape is None:
        return True  # nothing is read of it; Bolt answers
    try:
        shape.model_validate(body)
    except ValidationError:
        return False
    return True


def _is_deeper(part: Any, levels: int) -> bool:
    if isinstance(part, dict):
        part = part.values()
    elif not isinstance(part, list):
        return False
    return not levels or any(_is_deeper(each, levels - 1) for each in part)


def _shape(body: Mapping[str, Any]) -> type[BaseModel] | None:
    if "command" in body:
        return _Command
    if "event" in body:
        event = body["event"]
        return _EVENTS.get(str(event.get("type")), _Event) if isinstance(event, dict) else _Event
    return _SHAPES.get(str(body.get("type")))
