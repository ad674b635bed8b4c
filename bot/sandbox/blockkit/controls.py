"""What can be operated in a list of blocks, and the values it holds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.shapes import Json

# element type → (the key of its value in state.values, the key of its initial value, what empty is)
VALUES: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "users_select": ("selected_user", "initial_user", None),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "multi_users_select": ("selected_users", "initial_users", []),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "radio_buttons": ("selected_option", "initial_option", None),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "file_input": ("files", "initial_files", []),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
}


@dataclass(frozen=True, slots=True)
class Control:
    """One interactive element where it stands; `label` is the text a person reads beside it."""

    block: Json
    element: Json
    label: str

    @property
    def block_id(self) -> str:
        """The id of the block around it."""
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        """The element's own id."""
        return str(self.element.get("action_id", ""))

    @property
    def kind(self) -> str:
        """The element's type."""
        return str(self.element["type"])

    @property
    def placeholder(self) -> str:
        """Its placeholder's text, or an empty string."""
        return text_of(self.element.get("placeholder"))

    @property
    def dispatches(self) -> bool:
        """Whether using it tells the app at once: all but plain inputs in an input block."""
        if self.block["type"] == "input":
            return bool(self.block.get("dispatch_action"))
        return self.kind != "image"


def text_of(thing: Any) -> str:
    """The text of a text object, or an empty string."""
    return str(thing.get("text", "")) if isinstance(thing, Mapping) else ""


def controls(blocks: Sequence[Json] | None) -> Iterator[Control]:
    """Every interactive element, in the order of reading."""
    for block in blocks or ():
        if block["type"] == "input":
            yield Control(block, block["element"], text_of(block.get("label")))
        elif block["type"] == "section" and block.get("accessory", {}).get("type") != "image":
            if accessory := block.get("accessory"):
                yield Control(block, accessory, text_of(block.get("text")))
        elif block["type"] == "actions":
            for element in block["elements"]:
                yield Control(block, element, "")


def initial_value(element: Json) -> Json | None:
    """The state of a freshly drawn element, or None for one that holds no value (a button)."""
    kind = element["type"]
    if kind not in VALUES:
        return None
    key, initial, empty = VALUES[kind]
    return {"type": kind, key: element.get(initial, empty)}


def held(kind: str, value: Any) -> Json:
    """The state object of an element of this type holding `value`."""
    return {"type": kind, VALUES[kind][0]: value}


def value_in(state: Mapping[str, Any]) -> Any:
    """The bare value out of a state object."""
    return state.get(VALUES[state["type"]][0])


def options_of(element: Json) -> list[Json]:
    """Its options, groups flattened."""
    grouped = [o for group in element.get("option_groups", ()) for o in group["options"]]
    return list(element.get("options", ())) + grouped
