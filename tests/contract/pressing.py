"""Presses every id as anybody: from a row of `presses.py` to a signed request, and its outcome."""

import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from bot.slack.ids import Action, Callback, Shortcut, Subcommand
from tests.contract import presses
from tests.contract.authorisation import Id
from tests.contract.presses import Button, Chosen, Form, InForm, Opener, Words
from tests.support.door import FAR_TEAM, TEAM, Outcome
from tests.support.filling import filled
from tests.support.who import Who

Json = dict[str, Any]
Ids = Mapping[str, object]
_numbers: Final = itertools.count(1)


class Nothing(dict[str, object]):
    """Objects that do not exist: whatever is asked for has the same id."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self._value = value

    def __missing__(self, name: str) -> object:
        return self._value


class Entrance(Protocol):
    """Where things come in."""

    async def comes_in(self, body: Json) -> Outcome:
        """What came of a command's form or of an interaction."""


class Presser:
    """Presses things at a door. `ids` are the objects of the world behind it."""

    def __init__(self, door: Entrance, ids: Ids) -> None:
        self.door, self.ids = door, ids
        self._open: dict[str, Json] = {}

    async def prepare(self, key: Id) -> None:
        """Open the form that this id belongs to, if it belongs to one."""
        press: Button | InForm | Form | None = None
        if isinstance(key, Callback):
            press = presses.FORMS[key]
        elif isinstance(key, Action):
            press = presses.ACTIONS[key]
        if isinstance(press, Form | InForm):
            await self.opened(press.opener, press.by, self.ids, press.by)

    async def press(self, key: Id, who: Who, ids: Ids | None = None) -> Outcome:
        """What comes of this id when `who` uses it; `ids` are other objects than the world's."""
        objects = self.ids if ids is None else ids
        return await self.door.comes_in(await self.body(key, who, objects))

    async def body(self, key: Id, who: Who, ids: Ids) -> Json:
        """What Slack would send: a command's form, or the payload of an interaction."""
        match key:
            case Action():
                return await self._action(key, presses.ACTIONS[key], who, ids)
            case Callback():
                return await self._submission(presses.FORMS[key], who, ids)
            case Shortcut():
                return self._shortcut(key, presses.SHORTCUTS[key], who)
            case Subcommand():
                return self._command(presses.COMMANDS[key], who)

    def _command(self, words: Words, who: Who) -> Json:
        body = {"command": "/mentoring", "text": words.text, "channel_id": words.channel}
        named = {"channel_name": "directmessage" if words.channel[0] == "D" else "circle"}
        whose = {"user_id": who.slack_id, "team_id": TEAM}
        return {**body, **named, **whose, "trigger_id": _trigger()}

    def _shortcut(self, key: Shortcut, chosen: Chosen, who: Who) -> Json:
        body = {"type": "shortcut", "callback_id": key.value, **chosen.body}
        return {**_from(who), **body}

    async def _action(self, action: Action, press: Button | InForm, who: Who, ids: Ids) -> Json:
        if isinstance(press, InForm):
            view = await self.opened(press.opener, press.by, ids, who)
            button = Button(press.value, element=press.element, channel="")
            return _click(action, with_ids(button, ids), who, view=view)
        return _click(action, with_ids(press, ids), who)

    async def _submission(self, form: Form, who: Who, ids: Ids) -> Json:
        view = await self.opened(form.opener, form.by, ids, who, with_ids(form, ids).given)
        return {**_from(who), "type": "view_submission", "view": view}

    async def opened(
        self,
        opener: Opener,
        by: Who,
        ids: Ids,
        who: Who,
        given: Mapping[str, Json] | None = None,
    ) -> Json:
        """The form as it was drawn for `by`, as `who` fills it in; with other ids, about those."""
        key = repr((opener, by))
        if key not in self._open:
            self._open[key] = await self._draw(opener, by)
        view = dict(self._open[key])
        if ids is not self.ids:
            view["private_metadata"] = _about(view["private_metadata"], self.ids, ids)
        whom = Who.COLLEAGUE if who is Who.NAMED else Who.NAMED  # nobody chooses themselves
        return {**view, "state": {"values": filled(view, whom.slack_id, given)}}

    async def _draw(self, opener: Opener, by: Who) -> Json:
        match opener:
            case (action, button):
                body = _click(action, with_ids(button, self.ids), by)
            case _:
                body = await self.body(opener, by, self.ids)
        outcome = await self.door.comes_in(body)
        assert outcome.views, f"{by} could not open {opener}: {outcome.errors}"
        return {"id": "V1OPEN", "root_view_id": "V1OPEN", **outcome.views[-1]}


def is_about_something(key: Id) -> bool:
    """Whether what comes in names an object of the world by its id."""
    match key:
        case Action():
            press: Any = presses.ACTIONS[key]
        case Callback():
            press = presses.FORMS[key]
        case _:
            return False
    if isinstance(press, Button):
        return re.search(r"\{[a-z_]+\}", repr(press)) is not None
    return is_about(press.opener) and key not in ABOUT_NOTHING


def is_about(opener: Opener) -> bool:
    """Whether a form that was opened so is about an object."""
    return isinstance(opener, tuple) or is_about_something(opener)


ABOUT_NOTHING: Final = frozenset({Action.FIND_MENTOR})
"""What says nothing about an object, in a form that is about one."""
_MARKS: Final[Mapping[str, tuple[str, ...]]] = {
    "session": ("matched", "scheduled", "begun", "held", "of_two", "called_off"),
    "offer": ("offer", "invitation", "proposal"),
    "relationship": ("relationship", "asked_formally", "unbegun"),
    "programme": ("programme", "calm", "tables", "other_programme"),
    "draft": ("programme_draft",),
    "round": ("planned", "announced", "table"),
    "pair": ("pair", "seat"),
}
"""Which objects of the world a form's metadata may be about, by the mark's name."""


def _about(metadata: str, ids: Ids, others: Ids) -> str:
    """The metadata of a form, about the same things of another world."""
    marks = json.loads(metadata)
    for mark, names in _MARKS.items():
        if marks.get(mark):
            found = (name for name in names if marks[mark] == ids[name])
            marks[mark] = others[next(found, names[0])]
    return json.dumps(marks)


def with_ids(press: Any, ids: Ids) -> Any:
    """A press with the objects' ids in all its texts."""
    changed = {
        name: _filled(getattr(press, name), ids)
        for name in ("value", "block", "element", "body", "given")
        if hasattr(press, name)
    }
    return replace(press, **changed)


def _filled(value: Any, ids: Ids) -> Any:
    if isinstance(value, str):
        return value.format_map(ids) if "{" in value else value
    if isinstance(value, dict):
        return {_filled(key, ids): _filled(each, ids) for key, each in value.items()}
    return [_filled(each, ids) for each in value] if isinstance(value, list) else value


def _click(action: Action, button: Button, who: Who, view: Json | None = None) -> Json:
    element = {"type": "button", "action_id": action.value, "block_id": button.block}
    if not button.element:
        element["value"] = button.value
    body: Json = {"type": "block_actions", "actions": [{**element, **button.element}]}
    if button.channel:
        body["channel"] = {"id": button.channel}
    if view is not None:
        body["view"] = view
    return {**_from(who), **body, **button.body}


def _from(who: Who) -> Json:
    team = FAR_TEAM if who is Who.OUTSIDER else TEAM
    user = {"id": who.slack_id, "team_id": team}
    return {"user": user, "team": {"id": TEAM}, "trigger_id": _trigger()}


def _trigger() -> str:
    return f"1.{next(_numbers)}.trigger"
