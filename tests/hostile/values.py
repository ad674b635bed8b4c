"""What somebody hostile would send in the place of a text, a number, a date, or anything."""

from typing import Any, Final

from hypothesis import strategies as st

MARK: Final = "rowan"
"""Stands in every text that is typed, so that the log can be searched for it."""

FORGERIES: Final = (
    "<!channel>",
    "<!here|here>",
    "<!everyone>",
    "<!subteam^S0FORGED>",
    "<@U0FORGED>",
    "<@U0FORGED|Ada>",
    "<#C0FORGED|general>",
    "<https://evil.example|your bank>",
    "<!date^0^{date}^https://evil.example|now>",
    "&lt;!channel&gt;",
    "&amp;lt;!channel&amp;gt;",
    "<<!channel>>",
    "<\u200b!channel>",
    "*bold* _it_ ~no~ `code` ```block``` > quote",
)
NASTY: Final = (
    *FORGERIES,
    "",
    " ",
    "\n\n\n",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800 turned round",
    "\u202eevitcepsrep fo egnahc\u202c",
    "\u200b\u200d\ufeff\u2060",
    "e" + "\u0301" * 300,
    "👩‍👩‍👧‍👦" * 300,
    "ﷺ" * 500,
    "]]></typed><button action='x'>",
    "<section>&entity;</section>",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    "{{ 7919 * 7 }} {% for x in () %} {# no #}",
    "%s %(topic)s %d %n {0} {topic} {topic.__class__} ${topic}",
    "'; DROP TABLE person; --",
    "../../etc/passwd",
    "javascript:alert(1)",
    "https://user:password@evil.example/<!channel>|x",
    "http://[::1",
    '=HYPERLINK("https://evil.example")',
    "ada:bruno:chen:3",
    ":",
    "::::",
    "1:2:3:4",
    "null",
    "[]",
    "x" * 4000,
    "🎉" * 3001,
)
NUMBERS: Final = (
    *("0", "-1", "1", "2", "7", "999999", "9999999999", str(2**31), str(2**63 - 1), str(2**63)),
    *(
        "9" * 30,
        "-" + "9" * 30,
        "9" * 5000,
        "1e3",
        "1_0",
        "0x10",
        " 3 ",
        "+4",
        "³",
        "٣",
        "½",
        "NaN",
    ),
)
DATES: Final = ("0001-01-01", "1970-01-01", "2026-11-23", "2026-12-24", "9999-12-31")
TIMES: Final = ("00:00", "09:00", "23:59")
MOMENTS: Final = (
    10**40,
    2**63,
    0,
    1,
    1_764_000_000,
    1_796_119_200,
    9_999_999_999,
    253_402_300_799,
    -1,
)
ZONES: Final = (
    "",
    "UTC",
    "Mars/Olympus",
    "Europe/London",
    "../UTC",
    "Europe/London\x00",
    "a" * 300,
)

texts: Final = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from(NASTY).flatmap(lambda one: st.text(max_size=20).map(lambda two: one + two)),
    st.text(max_size=80),
    st.text(st.characters(codec=None), max_size=40),  # half a surrogate pair, too
).map(lambda text: f"{text} {MARK}" if text.strip() else text)
"""What can be typed. What is not empty holds MARK."""

numbers: Final = st.one_of(st.sampled_from(NUMBERS), st.integers().map(str))
keys: Final = st.one_of(
    numbers,
    st.sampled_from(NASTY),
    st.lists(st.one_of(numbers, st.sampled_from(("page", "swap", "yes", "x", ""))), max_size=4).map(
        ":".join
    ),
)
"""What a value, a block's id or a mark of ours could be turned into."""

anything: Final[st.SearchStrategy[Any]] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(NASTY)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("id", "type", "value", "user", "values", "")), inner),
    ),
    max_leaves=5,
)
"""Any JSON in the place of any other."""
