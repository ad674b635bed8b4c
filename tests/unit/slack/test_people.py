"""People as Slack describes them, in our words."""

from typing import Any

import pytest

from bot.services.people import Profile
from bot.slack.people import read_user


def user(profile: dict[str, Any] | None = None, **facts: Any) -> Any:
    return read_user({"id": "U1", "team_id": "T1", "profile": profile or {}, **facts})


@pytest.mark.parametrize("facts", [{"is_admin": True}, {"is_owner": True}])
def test_owners_are_admins(facts: dict[str, Any]) -> None:
    assert user(**facts).is_admin
    assert not user().is_admin


def test_status_and_address() -> None:
    profile = {
        "email": "ada@example.com",
        "status_text": "On leave",
        "status_emoji": ":palm_tree:",
        "status_expiration": 1795528800,
    }
    seen = user(profile)
    assert (seen.email, seen.status_text) == ("ada@example.com", "On leave")
    assert (seen.status_emoji, seen.status_expiration) == (":palm_tree:", 1795528800)


@pytest.mark.parametrize("said", [None, 0, -1, "soon"])
def test_a_status_without_an_end(said: Any) -> None:
    assert user({"status_expiration": said}).status_expiration == 0


def test_the_services_take_it_as_it_is() -> None:
    words = user({"status_text": "On leave"}, is_admin=True).in_our_words()
    assert words.keys() <= Profile.model_fields.keys()
    profile = Profile(team_id="T1", **words)
    assert (profile.is_admin, profile.status_text) == (True, "On leave")
