"""How text reads on a screen, and how what is typed is kept."""

import pytest

from bot.sandbox import markup
from bot.sandbox.workspace import Workspace

NOON = 1_795_521_600  # 2026-11-24 12:00 UTC


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&amp;lt;", "&lt;"),
        ("*bold* _soft_ ~gone~ `code`", "bold soft gone code"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("<https://x.y|here> <https://x.y>", "here https://x.y"),
        ("<mailto:a@b.c|write>", "write"),
        ("<!channel> <!here|here>", "@channel @here"),
        ("&lt;!channel&gt;", "<!channel>"),
        ("<!subteam^S1|@cooks>", "@cooks"),
        ("a\x000\x00b", "a0b"),
        ("guarded\u2060*", "guarded*"),
        (f"<!date^{NOON}^{{date_num}} {{time}}|x>", "2026-11-24 13:00"),
        (f"<!date^{NOON}^{{date_short_pretty}} at {{time}}|x>", "Nov 24, 2026 at 13:00"),
        (f"<!date^{NOON}^{{date_long}}|x>", "Tuesday, November 24, 2026"),
        ("<!date^soon^{time}|in a while>", "in a while"),
    ],
)
def test_a_text_as_mira_in_berlin_reads_it(ws: Workspace, text: str, read: str) -> None:
    assert markup.read(ws, text, ws.user("mira")) == read


def test_each_reads_a_date_in_their_own_zone(ws: Workspace) -> None:
    text = f"<!date^{NOON}^{{time}}|x>"
    read = [markup.read(ws, text, ws.user(handle)) for handle in ("mira", "omar", "ada")]
    assert read == ["13:00", "07:00", "12:00"]


def test_mentions_are_names(ws: Workspace) -> None:
    omar, general = ws.user("omar").id, ws.channel("general").id
    text = f"<@{omar}> in <#{general}>, not <@U0NOBODY>"
    assert markup.read(ws, text, ws.user("mira")) == "@Omar Said in #general, not <@U0NOBODY>"


def test_what_is_typed_is_escaped_and_known_names_become_ids(ws: Workspace) -> None:
    omar = ws.user("omar").id
    assert markup.encode(ws, "@omar & <!channel>") == f"<@{omar}> &amp; &lt;!channel&gt;"
    assert markup.encode(ws, "@omar.", with_names=True) == f"<@{omar}|omar>."
    assert markup.encode(ws, "a@omar @nobody #nowhere") == "a@omar @nobody #nowhere"
    assert markup.encode(ws, "@channel") == "<!channel>"


@pytest.mark.parametrize("raw", ["<!channel> & <script>", "&lt;", "*x* _y_", "👋🏽 " * 50, "a\nb"])
def test_what_is_typed_is_read_as_typed(ws: Workspace, raw: str) -> None:
    read = markup.read(ws, markup.encode(ws, raw), ws.user("mira"))
    assert read == markup.plain(raw)
