"""What there is to choose from: options, groups of them, and which are chosen at first."""

from bot.slack import limits
from bot.slack.markup.text import plain, plain_words
from bot.slack.markup.tree import Node
from bot.slack.message import Json


def choices(node: Node, most: int, least: int = 1) -> tuple[list[Json], list[Json]]:
    """The options of an element and the chosen ones; MarkupError unless `least` to `most`."""
    options, chosen = _options(node, _asked(node), most, ("option", "confirm"), least)
    _know_initial(node, options)
    return options, _in_order(node, chosen)


def groups_or_options(node: Node) -> tuple[Json, list[Json]]:
    """What a select holds, as `options` or `option_groups`, and the chosen options."""
    groups = [child for child in node.elements() if child.tag == "group"]
    if not groups:
        options, chosen = choices(node, limits.SELECT_OPTIONS)
        return {"options": options}, chosen
    if len(groups) > limits.SELECT_GROUPS:
        raise node.error(f"has more than {limits.SELECT_GROUPS} groups")
    built: list[Json] = []
    every: list[Json] = []
    picked: list[Json] = []
    for child in node.elements():
        if child.tag == "confirm":
            continue
        if child.tag != "group":
            raise child.error("cannot stand beside a <group>")
        child.only("label")
        options, chosen = _options(child, _asked(node), limits.SELECT_OPTIONS, ("option",))
        built.append({"label": plain(child.said("label"), limits.GROUP_LABEL), "options": options})
        every += options
        picked += chosen
    _know_initial(node, every)
    return {"option_groups": built}, _in_order(node, picked)


def _in_order(node: Node, chosen: list[Json]) -> list[Json]:
    """The chosen options as `initial` names them, for where the order says something."""
    named = (node.get("initial") or "").split()
    places = {value: place for place, value in enumerate(named)}
    return sorted(chosen, key=lambda option: places.get(option["value"], len(places)))


def _asked(node: Node) -> set[str]:
    """The values named by `initial`: one value, or several with spaces between."""
    initial = node.get("initial")
    if initial is None:
        return set()
    return {initial, *initial.split()}


def _know_initial(node: Node, options: list[Json]) -> None:
    initial = node.get("initial")
    values = {option["value"] for option in options}
    if initial is not None and initial not in values and not values.issuperset(initial.split()):
        raise node.error("has an 'initial' that is none of its options")


def _options(
    node: Node, asked: set[str], most: int, allowed: tuple[str, ...], least: int = 1
) -> tuple[list[Json], list[Json]]:
    options: list[Json] = []
    chosen: list[Json] = []
    for child in node.elements():
        if child.tag not in allowed:
            raise child.error(f"cannot stand in <{node.tag}>")
        if child.tag == "option":
            options.append(_option(child))
            if child.flag("selected") or options[-1]["value"] in asked:
                chosen.append(options[-1])
    if not least <= len(options) <= most:
        raise node.error(f"needs {least} to {most} options and has {len(options)}")
    return options, chosen


def _option(node: Node) -> Json:
    node.only("value", "description", "selected")
    built: Json = {
        "text": plain(plain_words(node), limits.OPTION_TEXT),
        "value": node.id("value", limits.OPTION_VALUE),
    }
    if words := node.words("description"):
        built["description"] = plain(words, limits.OPTION_DESCRIPTION)
    return built
