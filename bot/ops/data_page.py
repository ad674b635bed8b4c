"""The reference page of personal data, made from the code: `python -m bot.ops.data_page`.

Prints docs/data.md; a test holds the page to it.
"""

import sys

from bot.services.clearing import CLEARINGS, LISTS_FOR, Clearing
from bot.services.own_data.forgetting import GIVE_UP_AFTER, LAST_AFTER
from bot.services.own_data.own_data import not_in_here
from bot.slack.templates import Templates
from bot.store.personal import Held, table_of
from bot.store.personal_tables import PERSONAL

_HEAD = """\
# What Lantern holds about people

Every table that refers to a person, or holds words that somebody wrote, is listed here, with what
its owner is sent by `/mentoring export` and what becomes of it by `/mentoring forget`.
[Decision 011](decisions/011-one-s-own-data.md) says why it is so.

This page is made from the code (`bot/store/personal_tables.py`) by
`python -m bot.ops.data_page > docs/data.md`. A table that is missing there fails a test.

- Words that a pair or a requester writes are encrypted in the database, and deleted after the
  programme's retention time (90 days after a session is closed, unless its leads chose otherwise).
- **Export** sends one JSON file to the person's direct messages: their rows, their words, and the
  words of others that they were shown.
- **Forget** settles what is open, then deletes rows or empties them, as the table says, in one
  transaction. The person's row stays without a name, a Slack id or anything else, so that counts
  still count somebody. Lantern's messages to the person are replaced by one line each, the files it
  sent them are deleted in Slack (of a report that 0.1.0 sent, the first alone), messages to
  others that name them are said anew; {last} later the rows of those messages go too (after
  {give_up} if Slack does not let Lantern replace one).
- **Leaving the workspace** settles what is open at once, and forgets the person after the longest
  retention time of the programmes they had to do with, unless they come back before.
- **A company that removes Lantern** is silent at once and deleted whole after the longest retention
  time of its programmes, unless it installs Lantern again before ([Installing](install.md)).
- Backups hold what was there when they were made. Delete them when they are older than the time you
  promised.
- A list of people that a lead sent, and nobody took over, is thrown away after {lists}.
- A message that Lantern sent longer ago than the table below says is not found any more, and stays
  in Slack as it is for as long as Slack keeps it.
- Old rows are deleted once a day, a little at a time:

| what | kept for | why so long |
|---|---|---|
{clearings}
What the file does not hold:

"""
_TABLE = """
| table | in the file, under | not sent | when somebody is forgotten | why |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page, in Markdown."""
    head = _HEAD.format(
        last=f"{LAST_AFTER.days} day",
        give_up=f"{GIVE_UP_AFTER.days} days",
        lists=f"{LISTS_FOR.days} days",
        clearings="".join(_clearing(each) for each in CLEARINGS),
    )
    listed = "".join(f"- {each}\n" for each in not_in_here(Templates()))
    return head + listed + _TABLE + "".join(_row(held) for held in PERSONAL)


def _clearing(clearing: Clearing) -> str:
    return f"| {clearing.what} | {clearing.after.days} days | {clearing.why} |\n"


def _row(held: Held) -> str:
    name = table_of(held.table).name
    return f"| `{name}` | {held.title} | {_hidden(held)} | {held.fate} | {held.why} |\n"


def _hidden(held: Held) -> str:
    if not held.hides:
        return ""
    columns = list(table_of(held.table).columns.keys())
    hidden = [each for each in columns if each in held.hides]
    if len(hidden) > len(columns) / 2:
        return f"most of it. {held.because}"
    return ", ".join(f"`{each}`" for each in hidden) + f". {held.because}"


if __name__ == "__main__":
    sys.stdout.write(page())
