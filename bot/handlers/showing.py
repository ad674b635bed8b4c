"""Drawing modals: the facts they show, and a fresh token so that one submission counts."""

from typing import Any

from bot.handlers.answers import Answer
from bot.handlers.heard import Heard, new_metadata
from bot.slack.message import Json

Marks = dict[str, int | str]


def draw(heard: Heard, name: str, marks: Marks | None = None, **facts: Any) -> Json:
    """The modal `name` as a view. `marks` come back with whatever is done in it."""
    metadata = new_metadata(home=heard.from_home, **(marks or {}))
    return heard.desk.templates.modal(name, me=heard.person, metadata=metadata, **facts)


async def show(heard: Heard, name: str, marks: Marks | None = None, **facts: Any) -> Answer:
    """Open the modal; over the one that was clicked in, where there is one."""
    view = draw(heard, name, marks, **facts)
    if heard.view.get("type") == "modal":
        await heard.desk.gateway.push_view(heard.trigger_id, view)
    else:
        await heard.desk.gateway.open_view(heard.trigger_id, view)
    return Answer()
