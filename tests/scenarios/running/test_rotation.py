"""The keys are changed under a Lantern that is running, and nobody notices."""

from pathlib import Path

from bot.ops.rotation import rotate
from bot.store.crypto import new_key
from tests.scenarios.acts import accepts, asks_flash, bot_messages, offers_to_mentor
from tests.scenarios.record import assert_all_said_once
from tests.support.company import Company, company
from tests.support.installation import settings_with

OLD, NEW = new_key(), new_key()


async def _starts_again_with(acme: Company, *keys: str) -> None:
    await acme.stop()
    acme.settings = settings_with(
        acme.settings.database_url.get_secret_value(),
        *keys,
        bot_token=acme.settings.bot_token,
        app_token=acme.settings.app_token,
        api_url=acme.settings.api_url,
    )
    await acme.start()


async def test_rotated_while_people_write(tmp_path: Path, database_url: str) -> None:
    async with company(tmp_path, database_url=database_url, keys=OLD) as acme:
        await offers_to_mentor(acme, "bruno")
        await asks_flash(acme, "ada", "Is typography for me?")
        await _starts_again_with(acme, NEW, OLD)
        steps = rotate(acme.settings)
        await anext(steps)  # it has begun, and people go on
        await accepts(acme, "bruno")
        await acme["ada"].says("- Where to begin")
        await acme.settle()
        anew = sum([column.anew async for column in steps])
        assert anew > 0
        await _starts_again_with(acme, NEW)
        await acme["bruno"].reads("Is typography for me?")
        await acme["ada"].types("/mentoring sessions")
        await acme.let_pass(days=1)
        assert bot_messages(acme, "ada", "Is typography for me?")
        await assert_all_said_once(acme)
