"""The elements in which a person chooses: menus, tick boxes, radio buttons, people."""

from bot.slack import limits
from bot.slack.markup.extras import COMMON, confirmed, only_confirm, placeholder
from bot.slack.markup.options import choices, groups_or_options
from bot.slack.markup.tree import Node
from bot.slack.message import Json


def select(node: Node) -> Json:
    """A menu of which one is chosen."""
    node.only(*COMMON, "placeholder", "initial")
    content, chosen = groups_or_options(node)
    if len(chosen) > 1:
        raise node.error("has more than one option selected")
    built: Json = {"type": "static_select", **content}
    if chosen:
        built["initial_option"] = chosen[0]
    return confirmed(node, placeholder(node, built))


def multi_select(node: Node) -> Json:
    """A menu of which several may be chosen."""
    node.only(*COMMON, "placeholder", "initial", "max")
    content, chosen = groups_or_options(node)
    built: Json = {"type": "multi_static_select", **content}
    if chosen:
        built["initial_options"] = chosen
    return confirmed(node, placeholder(node, _at_most(node, built)))


def _at_most(node: Node, built: Json) -> Json:
    most = node.number("max", 1, limits.SELECT_OPTIONS)
    if most is not None:
        built["max_selected_items"] = most
    return built


def user_select(node: Node) -> Json:
    """One person of the workspace."""
    node.only(*COMMON, "placeholder", "initial")
    built: Json = {"type": "users_select"}
    if initial := node.get("initial"):
        built["initial_user"] = initial
    only_confirm(node)
    return confirmed(node, placeholder(node, built))


def multi_user_select(node: Node) -> Json:
    """Several people of the workspace."""
    node.only(*COMMON, "placeholder", "initial", "max")
    built: Json = {"type": "multi_users_select"}
    if initial := node.get("initial"):
        built["initial_users"] = initial.split()
    only_confirm(node)
    return confirmed(node, placeholder(node, _at_most(node, built)))


def checkboxes(node: Node) -> Json:
    """Tick boxes."""
    node.only(*COMMON, "initial")
    options, chosen = choices(node, limits.BOX_OPTIONS)
    built: Json = {"type": "checkboxes", "options": options}
    if chosen:
        built["initial_options"] = chosen
    return confirmed(node, built)


def radio(node: Node) -> Json:
    """Radio buttons."""
    node.only(*COMMON, "initial")
    options, chosen = choices(node, limits.BOX_OPTIONS)
    if len(chosen) > 1:
        raise node.error("has more than one option selected")
    built: Json = {"type": "radio_buttons", "options": options}
    if chosen:
        built["initial_option"] = chosen[0]
    return confirmed(node, built)


def overflow(node: Node) -> Json:
    """The menu behind three dots."""
    node.only("action")
    options, chosen = choices(node, limits.OVERFLOW_OPTIONS, limits.OVERFLOW_OPTIONS_LEAST)
    if chosen:
        raise node.error("has no selected option")
    return confirmed(node, {"type": "overflow", "options": options})
