"""How far a long plan is, shown on the leads' card of the round while it is made."""

import asyncio
from types import TracebackType
from typing import Self

import structlog

from bot.matching.results import Progress
from bot.scheduling.desk import Desk
from bot.scheduling.look_programmes import leads
from bot.scheduling.render import render
from bot.scheduling.steps import Say
from bot.slack.errors import SlackError, Transient
from bot.store import standing

EDIT_EVERY = 3.0
"""Seconds (real) between two edits of the card, at least."""

log = structlog.get_logger(__name__)


class Progressing:
    """While it is entered, `tell` shows on the card what it is told last, and never more often.

    `tell` may be called from any thread. What Slack refuses is left: the card is said again anyway
    when the plan is made.
    """

    def __init__(self, desk: Desk, round_id: int) -> None:
        self._desk = desk
        self._round_id = round_id
        self._percent = 0
        self._news = asyncio.Event()
        self._editing = asyncio.Lock()
        self._edited = False

    async def __aenter__(self) -> Self:
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(self._show())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        async with self._editing:  # what is on its way arrives before the plan's own card
            self._task.cancel()
        await asyncio.wait([self._task])
        if self._edited:  # and should it have come after, the card is put right once more
            await standing.touch_card(self._desk.ctx.db, self._round_id, self._desk.ctx.now())

    def tell(self, progress: Progress) -> None:
        """Remember how far it is, for the next edit."""
        percent = round(100 * min(1.0, max(0.0, progress.done)))
        self._loop.call_soon_threadsafe(self._hear, percent)

    def _hear(self, percent: int) -> None:
        if percent > self._percent:
            self._percent = percent
            self._news.set()

    async def _show(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            wait = EDIT_EVERY
            async with self._editing:
                try:
                    await self._edit()
                except SlackError as error:
                    log.info("progress_not_shown", round=self._round_id, error=str(error))
                    if isinstance(error, Transient) and error.retry_after:
                        wait = max(wait, error.retry_after)
                except Exception as error:  # noqa: BLE001 - the plan matters, this does not
                    log.warning("progress_failed", error=type(error).__name__)
            await asyncio.sleep(wait)

    async def _edit(self) -> None:
        from bot.services.rounds import reviewing

        ctx = self._desk.ctx
        card = await standing.card_of(ctx.db, self._round_id)
        if card is None or card.slack_channel is None or card.slack_ts is None:
            return
        review = await reviewing.review(ctx, round_id=self._round_id)
        facts = {"review": review, "progress": self._percent}
        step = Say(card.kind, facts, await leads(ctx, review.round.programme))
        self._edited = True
        await standing.doubt(ctx.db, card.id)
        await self._desk.gateway.update(
            card.slack_channel, card.slack_ts, render(self._desk, card, step)
        )
