"""Hands events, commands and clicks to the app, and tries events again as Slack does."""

import asyncio
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.clock import Alarm
from bot.sandbox.wire.ack import Ack, Envelope, NoAck, Transport

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))


class Delivery:
    """The road from the workspace to the app; without a transport nobody is at home."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._running: set[asyncio.Task[None]] = set()
        self._later: list[tuple[datetime, Envelope]] = []
        self._held: list[Envelope] = []
        self.transport: Transport | None = None

    def send_event(self, envelope: Envelope) -> "asyncio.Task[None] | None":
        """Start delivering an event; the task ends after the first try and the retry at once. None
        when nobody is at home, or the event is held back by a fault."""
        if self.transport is None:
            return None
        if self._workspace.faults.take_late():
            self._held.append(envelope)
            return None
        copies = 2 if self._workspace.faults.take_parallel() else 1
        tasks = [self._start(envelope) for _ in range(copies)]
        overtaken, self._held = self._held, []
        for late in overtaken:
            self._start(late, after=tasks[0])
        return tasks[0]

    async def ask(self, envelope: Envelope) -> Ack:
        """Deliver something a person waits for; raises NoAck after the ack limit."""
        return await self._attempt(envelope)

    async def idle(self) -> None:
        """Return when no delivery is under way (planned retries apart)."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def stop(self) -> None:
        """Give up everything under way and planned."""
        self._later.clear()
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self.transport = None

    async def next_alarm(self, after: datetime) -> Alarm | None:
        """When the next planned retry falls due, by the workspace's clock."""
        due = min((at for at, _ in self._later if at > after), default=None)
        return Alarm(due, "an event is delivered again") if due else None

    async def wake(self) -> None:
        """Deliver the retries that are due."""
        now = self._workspace.clock.now()
        due = [envelope for at, envelope in self._later if at <= now]
        self._later = [(at, envelope) for at, envelope in self._later if at > now]
        tasks = [self._start(envelope) for envelope in due]
        if tasks:
            await asyncio.gather(*tasks, return_exceptions=True)

    def _start(
        self, envelope: Envelope, after: "asyncio.Task[None] | None" = None
    ) -> "asyncio.Task[None]":
        task = asyncio.create_task(self._deliver(envelope, after))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _deliver(self, envelope: Envelope, after: "asyncio.Task[None] | None" = None) -> None:
        if after is not None:
            await asyncio.wait([after])
        try:
            await self._attempt(envelope)
        except NoAck as lost:
            await self._plan_retry(envelope, lost.reason)
            return
        if envelope.retry_num == 0 and self._workspace.faults.take_duplicate():
            await self._deliver(replace(envelope, retry_num=1, retry_reason="timeout"))

    async def _plan_retry(self, envelope: Envelope, reason: str) -> None:
        if envelope.retry_num >= len(RETRY_AFTER) or self.transport is None:
            return
        wait = RETRY_AFTER[envelope.retry_num]
        again = replace(envelope, retry_num=envelope.retry_num + 1, retry_reason=reason)
        if wait:
            self._later.append((self._workspace.clock.now() + wait, again))
            return
        await self._deliver(again)

    async def _attempt(self, envelope: Envelope) -> Ack:
        kind = {"events_api": "event", "slash_commands": "command"}.get(
            envelope.kind, "interactive"
        )
        record = self._workspace.record("out", kind, envelope.name, envelope.payload)
        began = time.monotonic()
        try:
            if self.transport is None:
                raise NoAck("connection_failed")
            if envelope.kind == "interactive" and not self._workspace.manifest.interactive:
                raise NoAck("interactivity_is_off")
            ack = await self.transport.send(envelope, self._workspace.ack_limit)
        except NoAck as lost:
            record.outcome = lost.reason
            raise
        else:
            record.outcome, record.answer = "ok", ack.body
            return ack
        finally:
            record.ms = (time.monotonic() - began) * 1000
            self._workspace.changes.add("traffic", users=frozenset())
