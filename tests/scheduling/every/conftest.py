"""Every kind of job, said with the real words to a gateway as strict as Slack."""

import pytest

from bot.scheduling.clockwork import Clockwork
from bot.scheduling.desk import Desk
from bot.services.context import Context
from bot.slack.templates import Templates
from tests.scheduling.every.late import Late
from tests.scheduling.strict import StrictGateway
from tests.support.clock import HandClock


@pytest.fixture
def gateway() -> StrictGateway:
    return StrictGateway()


@pytest.fixture(scope="session")
def templates() -> Templates:
    """Compiling them takes a moment."""
    return Templates()


@pytest.fixture
def clockwork(context: Context, gateway: StrictGateway, templates: Templates) -> Clockwork:
    return Clockwork(Desk(context, gateway, templates, me="one"), patience=0)


@pytest.fixture(params=[False, True], ids=["answers", "answers_too_late"])
def late(
    request: pytest.FixtureRequest, clockwork: Clockwork, gateway: StrictGateway, clock: HandClock
) -> Late:
    """Whether Slack's first answer is heard."""
    return Late(clockwork, gateway, clock, request.param)
