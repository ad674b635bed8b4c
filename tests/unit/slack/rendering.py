"""Templates written in a test, rendered by the real environment."""

from pathlib import Path
from typing import Any

from bot.slack.message import Json, Message
from bot.slack.templates import Templates


class Desk:
    """A folder of templates to write into, and what becomes of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, file: str, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def templates(self) -> Templates:
        return Templates(shipped=self.folder)

    def message(self, body: str, /, **facts: Any) -> Message:
        """The message whose blocks are `body`."""
        fallback = "" if "<fallback" in body else "<fallback>words</fallback>"
        self.write("messages/it.xml", f"<message>{fallback}{body}</message>")
        return self.templates().message("it", **facts)

    def block(self, body: str, /, **facts: Any) -> Json:
        """The one block that `body` is."""
        (block,) = self.message(body, **facts).blocks
        return block

    def mrkdwn(self, body: str, /, **facts: Any) -> str:
        """What a section of this content says."""
        text: Json = self.block(f"<section>{body}</section>", **facts)["text"]
        assert text["type"] == "mrkdwn"
        assert text["verbatim"] is True
        return str(text["text"])

    def element(self, body: str, /, **facts: Any) -> Json:
        """The one element that `body` is, in an actions block."""
        block = self.block(f"<actions>{body}</actions>", **facts)
        (element,) = block["elements"]
        assert isinstance(element, dict)
        return element

    def modal(self, body: str, attributes: str = "", /, **facts: Any) -> Json:
        """A modal with these blocks."""
        self.write(
            "modals/it.xml",
            f'<modal title="T" submit="Go" callback="c" {attributes}>{body}</modal>',
        )
        return self.templates().modal("it", **facts)

    def input(self, body: str, /, **facts: Any) -> Json:
        """The element in a modal's only input."""
        view = self.modal(f'<input block="b" label="L">{body}</input>', **facts)
        element = view["blocks"][0]["element"]
        assert isinstance(element, dict)
        return element
