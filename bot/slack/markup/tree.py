"""From the text a template rendered to a tree of elements that know where they stood.

A person's text may hold characters that XML does not allow (most control characters, lone
surrogates): they are dropped, for Slack shows nothing for them either. Document types and entities
beyond XML's five are refused.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from xml.parsers import expat

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TRUE, _FALSE = "true", "false"
SPACE = " \t\r\n\f"
_FOLD = re.compile(f"[{SPACE}]+")


def fold(text: str) -> str:
    """White space as in HTML: any run of it is one space."""
    return _FOLD.sub(" ", text)


class MarkupError(Exception):
    """A template that does not keep to the vocabulary.

    Says which template and where in its *rendered* text; never what a person wrote.
    """

    def __init__(self, template: str, line: int, column: int, rule: str) -> None:
        super().__init__(f"{template}, rendered line {line}, column {column}: {rule}")
        self.template = template
        self.line = line
        self.column = column
        self.rule = rule


@dataclass(slots=True)
class Node:
    """One element: its tag, its attributes as written, its children (text is str) in order."""

    tag: str
    attributes: dict[str, str]
    template: str
    line: int
    column: int
    children: "list[Node | str]" = field(default_factory=list)

    def error(self, rule: str) -> MarkupError:
        """An error at this element, to be raised."""
        return MarkupError(self.template, self.line, self.column, f"<{self.tag}> {rule}")

    def only(self, *allowed: str) -> None:
        """Raise MarkupError unless every attribute is one of `allowed`."""
        for name in self.attributes:
            if name not in allowed:
                raise self.error(f"has no attribute {name!r}")

    def get(self, name: str) -> str | None:
        """The attribute, or None when it is missing or empty."""
        return self.attributes.get(name) or None

    def words(self, name: str) -> str | None:
        """The attribute as words to show: white space folded; None when nothing is left."""
        return fold(self.attributes.get(name, "")).strip(" ") or None

    def said(self, name: str) -> str:
        """The same where there must be words: an attribute left empty shows an ellipsis."""
        if name not in self.attributes:
            raise self.error(f"needs the attribute {name!r}")
        return self.words(name) or "…"

    def need(self, name: str) -> str:
        """The attribute; MarkupError when it is missing or empty."""
        value = self.get(name)
        if value is None:
            raise self.error(f"needs the attribute {name!r}")
        return value

    def id(self, name: str, limit: int) -> str:
        """An id or value that Slack echoes back: needed, and never cut to fit."""
        value = self.need(name)
        if len(value) > limit:
            raise self.error(f"has more than {limit} characters in {name!r}")
        return value

    def flag(self, name: str) -> bool:
        """A yes-or-no attribute: `true` or `false` (missing or empty is false)."""
        value = (self.get(name) or _FALSE).lower()
        if value not in (_TRUE, _FALSE):
            raise self.error(f"takes true or false for {name!r}")
        return value == _TRUE

    def number(self, name: str, low: int, high: int) -> int | None:
        """A whole number between `low` and `high`, or None when the attribute is missing."""
        value = self.get(name)
        if value is None:
            return None
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise self.error(f"takes a number from {low} to {high} for {name!r}")
        return int(value)

    def moment(self, name: str) -> int:
        """A moment, written as ISO 8601 with its offset or as Unix seconds, as Unix seconds."""
        value = self.need(name)
        if value.isascii() and value.isdigit():
            return int(value)
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            raise self.error(f"takes an ISO 8601 moment or Unix seconds for {name!r}") from None
        if at.tzinfo is None:
            raise self.error(f"needs an offset in {name!r}: a moment without a zone is nobody's")
        return int(at.timestamp())

    def elements(self) -> "list[Node]":
        """The children, where no text may stand between them."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                found.append(child)
            elif child.strip(SPACE):
                raise self.error("takes no text here, only elements")
        return found

    def sole(self) -> "Node":
        """The one child that this element must hold."""
        children = self.elements()
        if len(children) != 1:
            raise self.error("holds exactly one element")
        return children[0]

    def empty(self) -> None:
        """Raise MarkupError if this element has any content."""
        if self.elements():
            raise self.error("takes no content")


def parse(xml: str, template: str) -> Node:
    """The tree of a rendered template. Raises MarkupError where it is not well-formed."""
    builder = _Builder(template)
    return builder.parse(_ILLEGAL.sub("", xml))


class _Builder:
    def __init__(self, template: str) -> None:
        self._template = template
        self._top = Node("", {}, template, 1, 0)
        self._open = [self._top]
        self._parser = expat.ParserCreate(encoding="utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype

    def parse(self, xml: str) -> Node:
        try:
            self._parser.Parse(xml.encode(), True)
        except expat.ExpatError as error:
            words = expat.ErrorString(error.code)
            raise MarkupError(self._template, error.lineno, error.offset + 1, words) from None
        return self._top.sole()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(
            tag,
            attributes,
            self._template,
            self._parser.CurrentLineNumber,
            self._parser.CurrentColumnNumber + 1,
        )
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, tag: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].children.append(text)

    def _doctype(self, *_: object) -> None:
        raise MarkupError(
            self._template, self._parser.CurrentLineNumber, 1, "document types are not allowed"
        )
