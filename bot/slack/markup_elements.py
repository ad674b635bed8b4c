"""The interactive elements: what a person clicks, chooses or fills in."""

import re
from collections.abc import Callable

from bot.slack import limits
from bot.slack.markup_inline import cut, moment, plain, plain_words, web_address
from bot.slack.markup_options import choices, groups_or_options
from bot.slack.markup_tree import Node
from bot.slack.message import Json

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")
_COMMON = ("action", "focus")


def element(node: Node, action: str | None = None) -> Json:
    """One element; `action` is the action id to use where the tag names none."""
    render = ELEMENTS.get(node.tag)
    if render is None:
        raise node.error("is not an element")
    built = render(node)
    if node.tag != "image":
        built["action_id"] = _action(node, action)
    if node.flag("focus"):
        built["focus_on_load"] = True
    return built


def _action(node: Node, otherwise: str | None) -> str:
    if otherwise is not None and node.get("action") is None:
        return otherwise
    return node.id("action", limits.ACTION_ID)


def _button(node: Node) -> Json:
    node.only("action", "value", "style", "url")
    words = Node("button", {}, node.template, node.line, node.column, _without_confirm(node))
    built: Json = {"type": "button", "text": plain(plain_words(words), limits.BUTTON_TEXT)}
    if node.get("value"):
        built["value"] = node.id("value", limits.BUTTON_VALUE)
    if style := node.get("style"):
        if style not in ("primary", "danger"):
            raise node.error("takes primary or danger for 'style'")
        built["style"] = style
    if node.get("url"):
        built["url"] = address(node, "url", limits.BUTTON_URL)
    return _confirmed(node, built)


def address(node: Node, name: str, limit: int) -> str:
    """An attribute that must be a web address."""
    found = web_address(node.id(name, limit))
    if found is None:
        raise node.error(f"needs a web address in {name!r}")
    return found


def _without_confirm(node: Node) -> "list[Node | str]":
    return [c for c in node.children if isinstance(c, str) or c.tag != "confirm"]


def _confirmed(node: Node, built: Json) -> Json:
    """Add the element's confirmation dialog, if it has one."""
    found = [c for c in node.children if isinstance(c, Node) and c.tag == "confirm"]
    if len(found) > 1:
        raise node.error("holds at most one <confirm>")
    for child in found:
        child.only("title", "ok", "cancel", "style")
        built["confirm"] = {
            "title": plain(child.said("title"), limits.CONFIRM_TITLE),
            "text": plain(plain_words(child), limits.CONFIRM_TEXT),
            "confirm": plain(child.said("ok"), limits.CONFIRM_BUTTON),
            "deny": plain(child.said("cancel"), limits.CONFIRM_BUTTON),
        }
        if style := child.get("style"):
            if style not in ("primary", "danger"):
                raise child.error("takes primary or danger for 'style'")
            built["confirm"]["style"] = style
    return built


def _placeholder(node: Node, built: Json) -> Json:
    if words := node.words("placeholder"):
        built["placeholder"] = plain(words, limits.PLACEHOLDER)
    return built


def _select(node: Node) -> Json:
    node.only(*_COMMON, "placeholder", "initial")
    content, chosen = groups_or_options(node)
    if len(chosen) > 1:
        raise node.error("has more than one option selected")
    built: Json = {"type": "static_select", **content}
    if chosen:
        built["initial_option"] = chosen[0]
    return _confirmed(node, _placeholder(node, built))


def _multi_select(node: Node) -> Json:
    node.only(*_COMMON, "placeholder", "initial", "max")
    content, chosen = groups_or_options(node)
    built: Json = {"type": "multi_static_select", **content}
    if chosen:
        built["initial_options"] = chosen
    return _confirmed(node, _placeholder(node, _at_most(node, built)))


def _at_most(node: Node, built: Json) -> Json:
    most = node.number("max", 1, limits.SELECT_OPTIONS)
    if most is not None:
        built["max_selected_items"] = most
    return built


def _user_select(node: Node) -> Json:
    node.only(*_COMMON, "placeholder", "initial")
    built: Json = {"type": "users_select"}
    if initial := node.get("initial"):
        built["initial_user"] = initial
    _only_confirm(node)
    return _confirmed(node, _placeholder(node, built))


def _multi_user_select(node: Node) -> Json:
    node.only(*_COMMON, "placeholder", "initial", "max")
    built: Json = {"type": "multi_users_select"}
    if initial := node.get("initial"):
        built["initial_users"] = initial.split()
    _only_confirm(node)
    return _confirmed(node, _placeholder(node, _at_most(node, built)))


def _checkboxes(node: Node) -> Json:
    node.only(*_COMMON, "initial")
    options, chosen = choices(node, limits.BOX_OPTIONS)
    built: Json = {"type": "checkboxes", "options": options}
    if chosen:
        built["initial_options"] = chosen
    return _confirmed(node, built)


def _radio(node: Node) -> Json:
    node.only(*_COMMON, "initial")
    options, chosen = choices(node, limits.BOX_OPTIONS)
    if len(chosen) > 1:
        raise node.error("has more than one option selected")
    built: Json = {"type": "radio_buttons", "options": options}
    if chosen:
        built["initial_option"] = chosen[0]
    return _confirmed(node, built)


def _overflow(node: Node) -> Json:
    node.only("action")
    options, chosen = choices(node, limits.OVERFLOW_OPTIONS)
    if chosen:
        raise node.error("has no selected option")
    return _confirmed(node, {"type": "overflow", "options": options})


def _date(node: Node) -> Json:
    node.only(*_COMMON, "placeholder", "initial")
    return _picker(node, {"type": "datepicker"}, "initial_date", _DAY)


def _time(node: Node) -> Json:
    node.only(*_COMMON, "placeholder", "initial", "timezone")
    built: Json = {"type": "timepicker"}
    if zone := node.get("timezone"):
        built["timezone"] = zone
    return _picker(node, built, "initial_time", _TIME)


def _picker(node: Node, built: Json, key: str, form: re.Pattern[str]) -> Json:
    if initial := node.get("initial"):
        if not form.fullmatch(initial):
            raise node.error("has an 'initial' that is no date or time (YYYY-MM-DD, HH:MM)")
        built[key] = initial
    _only_confirm(node)
    return _confirmed(node, _placeholder(node, built))


def _datetime(node: Node) -> Json:
    node.only(*_COMMON, "initial")
    built: Json = {"type": "datetimepicker"}
    if node.get("initial"):
        built["initial_date_time"] = moment(node, "initial")
    _only_confirm(node)
    return _confirmed(node, built)


def _text(node: Node) -> Json:
    node.only(*_COMMON, "placeholder", "initial", "multiline", "min_length", "max_length")
    node.empty()
    built: Json = {"type": "plain_text_input", "multiline": node.flag("multiline")}
    least = node.number("min_length", 0, limits.TEXT_INPUT)
    most = node.number("max_length", 1, limits.TEXT_INPUT)
    if least is not None:
        built["min_length"] = least
    if most is not None:
        built["max_length"] = most
    if initial := node.get("initial"):
        built["initial_value"] = cut(initial, most or limits.TEXT_INPUT)
    return _placeholder(node, built)


def image(node: Node) -> Json:
    """A picture, by `url` or by the id of a Slack `file`, with words for those who cannot see."""
    built: Json = {"type": "image", "alt_text": plain(node.said("alt"), limits.IMAGE_ALT)["text"]}
    if (node.get("url") is None) == (node.get("file") is None):
        raise node.error("needs either 'url' or 'file'")
    if node.get("url"):
        built["image_url"] = address(node, "url", limits.IMAGE_URL)
    else:
        built["slack_file"] = {"id": node.need("file")}
    return built


def _image(node: Node) -> Json:
    node.only("url", "file", "alt")
    node.empty()
    return image(node)


def _only_confirm(node: Node) -> None:
    for child in node.elements():
        if child.tag != "confirm":
            raise child.error(f"cannot stand in <{node.tag}>")


ELEMENTS: dict[str, Callable[[Node], Json]] = {
    "button": _button,
    "select": _select,
    "multi_select": _multi_select,
    "user_select": _user_select,
    "multi_user_select": _multi_user_select,
    "checkboxes": _checkboxes,
    "radio": _radio,
    "overflow": _overflow,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "text": _text,
    "image": _image,
}
