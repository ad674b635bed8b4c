"""The story: a flash session, and a taster whose first mentor declines."""

from datetime import UTC, datetime, timedelta

from bot.tour.teller import Actor, Teller

CAST = ("sofia", "mira", "oluwaseun", "dana", "clara")


async def tell(teller: Teller) -> None:
    """Both sessions, from the offer to the thank-you."""
    mira, dana, clara = (teller.actor(each) for each in ("mira", "dana", "clara"))
    teller.chapter("Three people offer to mentor")
    await _offers(
        teller, mira, "Databases, and how to stay calm on call", ["Systems and architecture"], 2
    )
    await _offers(teller, dana, "Product discovery", ["Product management"], 1)
    await _offers(teller, clara, "From analyst to product lead", ["Product management"], 1)
    await _flash(teller, teller.actor("sofia"), mira)
    await _taster(teller, teller.actor("oluwaseun"), dana, clara)
    await _afterwards(teller)


async def _offers(
    teller: Teller, mentor: Actor, topics: str, areas: list[str], capacity: int
) -> None:
    async with teller.scene():
        mentor.does("types /mentoring offer")
        await mentor.types("/mentoring offer")
        await mentor.fills(
            {
                "What can you help with?": topics,
                "Areas you know": areas,
                "Sessions a month, at most": str(capacity),
            },
            submit=True,
        )


async def _flash(teller: Teller, sofia: Actor, mira: Actor) -> None:
    teller.chapter("A flash session")
    async with teller.scene():
        sofia.does("types /mentoring flash and says what it is about")
        await sofia.types("/mentoring flash")
        await sofia.fills(
            {
                "What is it about?": "Our nightly job locks the orders table",
                "What do you hope to leave with?": "A way to find out which query is to blame",
                "Areas it touches": ["Systems and architecture"],
            },
            submit=True,
        )
    async with teller.scene():
        mira.does("clicks “I can help”")
        await mira.clicks("I can help")
    async with teller.scene():
        sofia.does("answers in plain words, in the DM: the agenda")
        await sofia.says(
            "- How to see who holds a lock\n- What to do about it\nOutcome: a first thing to try\n"
            "Should I be on call at all?"
        )
    async with teller.scene():
        mira.does("sets a time by typing it: Thursday 14:30")
        await mira.clicks("Set a time")
        await mira.fills(
            {"Or type it": "Thursday 14:30", "Where": "video.example/mira"}, submit=True
        )
    async with teller.scene():
        sofia.does("ticks a line of her checklist")
        await sofia.ticks(_first_box(sofia))
    await teller.until(datetime(2026, 11, 26, 14, 20, tzinfo=UTC), "until after the session")
    async with teller.scene():
        sofia.does("says that it took place")
        await sofia.clicks("Yes")
        mira.does("says so too")
        await mira.clicks("Yes")
    async with teller.scene():
        sofia.does("answers in the DM: the next steps")
        await sofia.says(
            "- Turn on lock logging by tomorrow\n- Show Mira what it says by Wednesday"
        )
    await teller.passes(timedelta(hours=2), "a little later")
    async with teller.scene():
        for each in (sofia, mira):
            each.does("says thanks")
            await each.clicks("Say thanks")
            await each.submits()


async def _taster(teller: Teller, seun: Actor, dana: Actor, clara: Actor) -> None:
    teller.chapter("A taster, with a decline on the way")
    await teller.until(datetime(2026, 11, 27, 15, tzinfo=UTC), "Friday afternoon")
    async with teller.scene():
        seun.does("types /mentoring taster")
        await seun.types("/mentoring taster")
        await seun.fills(
            {
                "What would you like to talk about?": "Is product management for me?",
                "What do you hope to leave with?": "One honest day in the life",
                "Areas it touches": ["Product management"],
            },
            submit=True,
        )
    first, second = (dana, clara) if _was_asked(dana) else (clara, dana)
    async with teller.scene():
        first.does("clicks “Not this time”")
        await first.clicks("Not this time")
    await teller.passes(timedelta(hours=1), "an hour later")
    async with teller.scene():
        second.does("clicks “I can help”")
        await second.clicks("I can help")
    async with teller.scene():
        seun.does("types a time into the DM")
        await seun.says("next Tuesday 15:00")
    await teller.until(datetime(2026, 12, 1, 15, 0, tzinfo=UTC), "until after the session")
    async with teller.scene():
        seun.does("says that it took place")
        await seun.clicks("Yes")
    await teller.passes(timedelta(days=1), "the next day")
    async with teller.scene():
        seun.does("says thanks")
        await seun.clicks("Say thanks")
        await seun.submits()


async def _afterwards(teller: Teller) -> None:
    teller.chapter("And afterwards")
    await teller.passes(timedelta(days=21), "three weeks: nudges, follow-ups, and both are closed")


def _was_asked(person: Actor) -> bool:
    return any("I can help" in seen.buttons for seen in person.screen())


def _first_box(person: Actor) -> str:
    """The first line of the checklist on this person's screen."""
    boxes = [line for seen in person.screen() for line in seen.text.splitlines() if "☐" in line]
    return boxes[0].replace("☐", "").strip()
