"""Every event Lantern is subscribed to, as Slack sends it."""

from typing import Any

from tests.support.door import TEAM
from tests.support.who import CHANNEL, Who

Json = dict[str, Any]


def events() -> dict[str, Json]:
    """An event's body by what it is called."""
    return {name: _event(event) for name, event in _EVENTS.items()}


def _event(event: Json) -> Json:
    around = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A0", "event_id": "Ev1"}
    return {**around, "event_time": 1, "event": {"event_ts": "1.1", **event}}


def _said(text: str, **more: Any) -> Json:
    where = {"channel_type": "im", "channel": f"D{Who.MENTEE.slack_id}", "ts": "1.1"}
    return {"type": "message", "user": Who.MENTEE.slack_id, "text": text, **where, **more}


def _channel(kind: str) -> Json:
    return {"type": kind, "channel": CHANNEL, "user": Who.LEAD.slack_id}


_USER: Json = {
    "id": Who.COLLEAGUE.slack_id,
    "team_id": TEAM,
    "name": "colleague",
    "tz": "Europe/London",
    "deleted": False,
    "is_admin": False,
    "profile": {
        "real_name": "Colleague Zzyzx",
        "display_name": "",
        "title": "Baker",
        "status_text": "Out of office",
        "status_emoji": ":palm_tree:",
        "status_expiration": 0,
    },
}
_EVENTS: dict[str, Json] = {
    "words": _said("Thursday 14:30"),
    "words in a thread": _said("- Where to begin\n- Whom to ask", thread_ts="1.0"),
    "a file": _said("", subtype="file_share", files=[{"id": "F1", "name": "cv.pdf"}]),
    "a file with words": _said("My CV", subtype="file_share", files=[{"id": "F1"}]),
    "an edit": {
        "type": "message",
        "subtype": "message_changed",
        "channel_type": "im",
        "channel": f"D{Who.MENTEE.slack_id}",
        "message": {"user": Who.MENTEE.slack_id, "text": "new", "edited": {"ts": "1"}, "ts": "1"},
        "previous_message": {"user": Who.MENTEE.slack_id, "text": "old", "ts": "1"},
    },
    "a deletion": {**_said("x"), "subtype": "message_deleted", "deleted_ts": "1.1"},
    "another app": _said("Hello", bot_id="B1"),
    "home": {
        "type": "app_home_opened",
        "user": Who.MENTEE.slack_id,
        "channel": "D1",
        "tab": "home",
    },
    "messages tab": {
        "type": "app_home_opened",
        "user": Who.LEAD.slack_id,
        "channel": "D1",
        "tab": "messages",
    },
    "user_change": {"type": "user_change", "user": _USER},
    **{
        kind: _channel(kind)
        for kind in (
            "channel_archive",
            "channel_unarchive",
            "channel_left",
            "group_archive",
            "group_unarchive",
            "group_left",
        )
    },
    "app_uninstalled": {"type": "app_uninstalled"},
    "tokens_revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0LANTERN"]}},
    "something new": {"type": "moon_landing", "user": Who.MENTEE.slack_id},
}
