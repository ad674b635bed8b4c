"""How the leads set up their programmes, on a good day, before anything is allowed to go wrong."""

from bot.sandbox.screen.person import Person
from bot.sandbox.workspace import Workspace

PATIENCE = 10.0
TRIES = 5  # of somebody who is told that Lantern is busy
WHO = "Who meets whom"
PEERS, GROUPS = "Peers: equals, two by two", "Group flash: a mentor, three to five mentees"
Answers = dict[str, str | list[str]]
KINDS: tuple[tuple[Answers, Answers], ...] = (
    ({}, {"Public holidays of": "United Kingdom"}),
    ({WHO: PEERS}, {"What two people must share": []}),  # three where the number is odd
    ({WHO: GROUPS}, {}),
    ({}, {"Public holidays of": "Germany"}),
)
"""What the programmes are like, in turns: the answers in their forms, and in those of the rules."""


async def found_programme(workspace: Workspace, number: int, every: str) -> None:
    """The lead of this number makes the programme of the channel of this number."""
    lead, channel = Person(workspace, f"lead{number}", PATIENCE), f"circle{number}"
    for left in reversed(range(TRIES)):
        try:
            await _fills_in(lead, channel, f"Circle {number}", every, *KINDS[number % len(KINDS)])
            return
        except AssertionError:
            if not left:
                raise
            if lead.modal is not None:
                await lead.closes(everything=True)


async def _fills_in(
    lead: Person, channel: str, name: str, every: str, kind: Answers, rules: Answers
) -> None:
    await lead.types("/mentoring programme", channel)
    await lead.reads("Nothing is posted yet", where="modal")
    if every != "Every four weeks":
        await lead.picks("How often I bring people together", every)
        await lead.reads("How often I bring people together", where="modal")
    await lead.fills({"Name": name, "Day of the week": "Thursday", **kind}, submit=True)
    await lead.reads("Nothing is posted before you say so.", where="modal")
    if rules:
        await lead.clicks("Rules and hours")
        await lead.reads("All of this is set sensibly already.", where="modal")
        await lead.fills(rules, submit=True)
        await lead.reads("Nothing is posted before you say so.", where="modal")
    await lead.clicks("Post it")
    await lead.reads("Joining takes two minutes", where=f"#{channel}")
