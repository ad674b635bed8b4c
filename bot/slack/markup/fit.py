"""Making a message fit Slack's ceiling on all of its text together.

Five people's long answers can each be within their own limit and still be too much for one message.
Rather than not arriving at all, the longest texts are cut, each to the same length.
"""

from collections.abc import Iterator

from bot.slack import limits
from bot.slack.markup.text import cut, cut_mrkdwn
from bot.slack.message import Json


def fit_text(blocks: list[Json], most: int = limits.MESSAGE_TEXT_TOTAL) -> list[Json]:
    """The same blocks, the longest of their texts cut until they hold `most` characters in all."""
    texts = [text for block in blocks for text in _texts(block)]
    lengths = sorted(len(text["text"]) for text in texts)
    if sum(lengths) > most:
        share = _share(lengths, most)
        for text in texts:
            shorten = cut if text["type"] == "plain_text" else cut_mrkdwn
            text["text"] = shorten(text["text"], share)
    return blocks


def _texts(block: Json) -> Iterator[Json]:
    """The text objects that Slack counts: of headers, sections and context."""
    if block["type"] in ("header", "section"):
        yield from block.get("fields", [])
        if "text" in block:
            yield block["text"]
    elif block["type"] == "context":
        yield from (item for item in block["elements"] if item["type"] != "image")


def _share(lengths: list[int], most: int) -> int:
    """The length to which the longest are cut so that all together hold `most`."""
    left, many = most, len(lengths)
    for length in lengths:
        if length * many > left:
            return max(left // many, 1)
        left -= length
        many -= 1
    return lengths[-1]
