"""A gateway as strict as Slack, and words that try to be markup."""

from collections.abc import Sequence
from typing import Any

from bot.domain.job_kinds import FILES, JobKind
from bot.slack.blocks import check_message
from bot.slack.calls import Sure
from bot.slack.errors import Uncertain
from bot.slack.files import Attachment
from bot.slack.gateway import Posted
from bot.slack.message import Message
from tests.support.gateway import RecordingGateway

HOSTILE = "<!channel> & <script>alert('x')</script> ]]> {{ 7 * 7 }}"


class StrictGateway(RecordingGateway):
    """Refuses what Slack would refuse."""

    def answers_too_late(self, kind: JobKind) -> None:
        """What is said next, of this kind, arrives; nobody here hears so."""
        call = "upload" if kind in FILES else "post"
        self.fail(call, Uncertain("timeout"), after_effect=True)

    def check_said(self, job_id: int) -> None:
        """Raise AssertionError unless the job was said once, and `HOSTILE` calls nobody by it."""
        (said,) = self.of_job(job_id)
        assert "<!channel>" not in said.text

    async def post(self, channel: str, message: Message, **how: Any) -> Posted:
        check_message({"text": message.text, "blocks": message.blocks})
        return await super().post(channel, message, **how)

    async def update(self, channel: str, ts: str, message: Message, **how: Any) -> Posted:
        check_message({"text": message.text, "blocks": message.blocks})
        return await super().update(channel, ts, message, **how)

    async def upload(
        self,
        channel: str,
        attachments: Sequence[Attachment],
        *,
        mark: int,
        thread_ts: str | None = None,
        message: Message | None = None,
        sure: Sure | None = None,
    ) -> Posted:
        if message is not None:
            check_message({"text": message.text, "blocks": message.blocks})
        return await super().upload(
            channel, attachments, mark=mark, thread_ts=thread_ts, message=message, sure=sure
        )
