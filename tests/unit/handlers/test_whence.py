"""Of which team a payload speaks, in every shape that Slack sends."""

from typing import Any

import pytest

from bot.handlers.inbound.whence import Whence, read


def event(authorization: dict[str, Any] | None, **more: Any) -> dict[str, Any]:
    listed = {} if authorization is None else {"authorizations": [authorization]}
    return {"type": "event_callback", "event": {"type": "message", "team": "TX"}, **listed, **more}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"command": "/x", "team_id": "T1", "user_id": "U1"}, Whence("T1")),
        (
            {"command": "/x", "team_id": "T1", "enterprise_id": "E1"},
            Whence("T1", "E1"),
        ),
        ({"type": "block_actions", "team": {"id": "T1"}, "user": {"team_id": "T2"}}, Whence("T1")),
        (
            {
                "type": "view_submission",
                "team": {"id": "T2"},
                "view": {"app_installed_team_id": "T1"},
                "user": {"team_id": "T2"},
            },
            Whence("T1"),
        ),
        (
            {
                "type": "shortcut",
                "team": None,
                "enterprise": {"id": "E1"},
                "user": {"id": "U1", "team_id": "T1"},
                "is_enterprise_install": True,
            },
            Whence("T1", "E1"),
        ),
        (event({"team_id": "T1", "enterprise_id": None}, team_id="T2"), Whence("T1")),
        (
            event(
                {"team_id": None, "enterprise_id": "E1", "is_enterprise_install": True},
                team_id="T1",
                context_team_id="T1",
            ),
            Whence("T1", "E1"),
        ),
        (event(None, team_id="T1"), Whence("T1")),
        (event(None, context_team_id="T1", context_enterprise_id="E1"), Whence("T1", "E1")),
        (
            {  # a form, where the whole organisation installed it
                "type": "view_submission",
                "team": None,
                "enterprise": {"id": "E1"},
                "view": {"app_installed_team_id": "E1", "team_id": "T2"},
                "user": {"id": "U1", "team_id": "T1"},
            },
            Whence("T2", "E1"),
        ),
        (
            {  # the same of a tab whose view names the organisation twice
                "type": "block_actions",
                "team": None,
                "enterprise": {"id": "E1"},
                "view": {"app_installed_team_id": "E1", "team_id": "E1"},
                "user": {"id": "U1", "team_id": "T1"},
            },
            Whence("T1", "E1"),
        ),
        (
            {  # a form in a team's own installation, used by somebody of an organisation
                "type": "view_submission",
                "team": {"id": "T2"},
                "enterprise": {"id": "E2"},
                "view": {"app_installed_team_id": "T1", "team_id": "T2"},
            },
            Whence("T1", "E2"),
        ),
        # An organisation, and a team of one, as app_uninstalled tells of them.
        (event(None, enterprise_id="E1"), Whence("", "E1")),
        (event(None, team_id="T1", enterprise_id="E1"), Whence("T1", "E1")),
        # In a shared channel the outermost ids are those of whoever acted there.
        (event({"team_id": "T1"}, team_id="T2", enterprise_id="E2"), Whence("T1")),
        (event({"team_id": None, "enterprise_id": "E1"}, team_id="E1"), Whence("", "E1")),
        ({}, Whence()),
        ({"team": 7, "user": "U1", "view": None}, Whence()),
        ({"type": "event_callback", "authorizations": [None]}, Whence()),
    ],
)
def test_the_team_is_found(body: dict[str, Any], found: Whence) -> None:
    assert read(body) == found
