"""The blocks a message, a modal or the Home tab is made of."""

from collections.abc import Callable

from bot.slack import limits
from bot.slack.markup.elements import element
from bot.slack.markup.extras import image
from bot.slack.markup.inline import inline
from bot.slack.markup.text import mrkdwn, plain, plain_words, typed_text
from bot.slack.markup.tree import Node, fold
from bot.slack.message import Json


def block(node: Node) -> Json:
    """One block, with its `block` attribute as its id."""
    render = BLOCKS.get(node.tag)
    if render is None:
        raise node.error("is not a block")
    built = render(node)
    if node.get("block"):
        built["block_id"] = node.id("block", limits.BLOCK_ID)
    return built


def _header(node: Node) -> Json:
    node.only("block")
    return {"type": "header", "text": plain(plain_words(node), limits.HEADER_TEXT)}


def _section(node: Node) -> Json:
    node.only("block")
    accessories = [c for c in node.children if isinstance(c, Node) and c.tag == "accessory"]
    rest = [c for c in node.children if isinstance(c, str) or c.tag != "accessory"]
    if len(accessories) > 1:
        raise node.error("holds at most one <accessory>")
    built: Json = {"type": "section", "text": _words(node, rest, limits.SECTION_TEXT)}
    for child in accessories:
        child.only()
        built["accessory"] = element(child.sole())
    return built


def _typed(node: Node) -> Json:
    """A section of a person's own words, shown exactly as typed."""
    node.only("block")
    return {"type": "section", "text": plain(typed_text(node), limits.SECTION_TEXT)}


def _words(node: Node, children: "list[Node | str]", limit: int) -> Json:
    """Inline content as mrkdwn, or a lone `<typed>` as plain text."""
    typed = [c for c in children if isinstance(c, Node) and c.tag == "typed"]
    if not typed:
        return mrkdwn(inline(children), limit)
    others = [c for c in children if c is not typed[0] and (isinstance(c, Node) or fold(c) != " ")]
    if others:
        raise typed[0].error(f"must be all that <{node.tag}> says")
    typed[0].only()
    return plain(typed_text(typed[0]), limit)


def _fields(node: Node) -> Json:
    node.only("block")
    fields: list[Json] = []
    for child in node.elements():
        if child.tag != "field":
            raise child.error("cannot stand in <fields>: it holds <field>")
        child.only()
        fields.append(_words(child, child.children, limits.FIELD_TEXT))
    if not 1 <= len(fields) <= limits.SECTION_FIELDS:
        raise node.error(f"needs 1 to {limits.SECTION_FIELDS} fields and has {len(fields)}")
    return {"type": "section", "fields": fields}


def _context(node: Node) -> Json:
    """Small print: each run of words is one element, each picture or `<typed>` its own."""
    node.only("block")
    elements: list[Json] = []
    run: list[Node | str] = []

    def end_run() -> None:
        if words := inline(run):
            elements.append(mrkdwn(words, limits.CONTEXT_TEXT))
        run.clear()

    for child in node.children:
        if isinstance(child, Node) and child.tag in ("image", "typed"):
            end_run()
            elements.append(
                element(child)
                if child.tag == "image"
                else _words(node, [child], limits.CONTEXT_TEXT)
            )
        else:
            run.append(child)
    end_run()
    if len(elements) > limits.CONTEXT_ELEMENTS:
        raise node.error(f"holds at most {limits.CONTEXT_ELEMENTS} elements")
    return {"type": "context", "elements": elements or [mrkdwn("", limits.CONTEXT_TEXT)]}


def _divider(node: Node) -> Json:
    node.only("block")
    node.empty()
    return {"type": "divider"}


def _image(node: Node) -> Json:
    node.only("block", "url", "file", "alt")
    built = image(node)
    if title := plain_words(node):
        built["title"] = plain(title, limits.IMAGE_TITLE)
    return built


def _actions(node: Node) -> Json:
    node.only("block")
    elements = [element(child) for child in node.elements()]
    if not 1 <= len(elements) <= limits.ACTIONS_ELEMENTS:
        raise node.error(f"needs 1 to {limits.ACTIONS_ELEMENTS} elements, has {len(elements)}")
    for child in node.elements():
        if child.tag in ("text", "number", "file", "image"):
            raise child.error("cannot stand in <actions>")
    return {"type": "actions", "elements": elements}


def _input(node: Node) -> Json:
    node.only("block", "label", "hint", "optional", "dispatch")
    block_id = node.id("block", limits.BLOCK_ID)
    child = node.sole()
    if child.tag in ("button", "overflow", "image"):
        raise child.error("cannot stand in <input>")
    built: Json = {
        "type": "input",
        "label": plain(node.said("label"), limits.INPUT_LABEL),
        "element": element(child, action=block_id),
        "optional": node.flag("optional"),
    }
    if words := node.words("hint"):
        built["hint"] = plain(words, limits.INPUT_HINT)
    if node.flag("dispatch"):
        built["dispatch_action"] = True
    return built


BLOCKS: dict[str, Callable[[Node], Json]] = {
    "header": _header,
    "section": _section,
    "typed": _typed,
    "fields": _fields,
    "context": _context,
    "divider": _divider,
    "image": _image,
    "actions": _actions,
    "input": _input,
}
