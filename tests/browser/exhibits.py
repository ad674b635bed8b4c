"""What the gallery shows: its manifest, one of each block and one of each field."""

from typing import Any

Json = dict[str, Any]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

MANIFEST: Json = {
    "display_information": {"name": "Gallery", "description": "One of each."},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "Gallery"},
        "slash_commands": [
            {"command": "/gallery", "description": "One of each block", "should_escape": True},
            {"command": "/form", "description": "One of each field", "usage_hint": "[title]"},
            {"command": "/slow", "description": "Opens its modal too late"},
            {"command": "/wrong", "description": "Sends what Slack refuses"},
            {"command": "/deaf", "description": "Is never answered"},
            {"command": "/thread", "description": "Starts a thread"},
            {"command": "/file", "description": "Shares two files"},
        ],
        "shortcuts": [
            {"name": "Fill in a form", "type": "global", "callback_id": "form"},
            {"name": "Remember this", "type": "message", "callback_id": "remember"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "chat:write",
                "commands",
                "im:write",
                "im:history",
                "im:read",
                "channels:read",
                "users:read",
                "reactions:write",
                "files:write",
                "files:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {"bot_events": ["message.im", "app_home_opened"]},
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def plain(what: str) -> Json:
    return {"type": "plain_text", "text": what, "emoji": True}


def mrkdwn(what: str) -> Json:
    return {"type": "mrkdwn", "text": what}


def option(what: str, about: str = "") -> Json:
    made: Json = {"text": plain(what), "value": what.lower()}
    return made | ({"description": plain(about)} if about else {})


def button(action: str, what: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action, "text": plain(what), "value": action} | more


FRUIT = [option("Apple", "Green or red"), option("Banana"), option("Cherry")]
CONFIRM: Json = {
    "title": plain("Eat the last one?"),
    "text": mrkdwn("There will be *none* left."),
    "confirm": plain("Eat it"),
    "deny": plain("Leave it"),
    "style": "danger",
}


def field(label: str, element: Json, **more: Any) -> Json:
    element = {"action_id": "it"} | element
    block_id = label.lower().replace(" ", "_")
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        **more,
    }


def blocks(user: str) -> list[Json]:
    """One of each block of a message."""
    hello = (
        f"Hello <@{user}>, *bold*, _italic_, ~gone~, `code`, <https://example.com|a link>, "
        "see <#C0|general>\n> quoted\n> twice\n```a = 1 &lt; 2```\n"
        ":tada: &lt;b&gt;not bold&lt;/b&gt;"
    )
    when = "<!date^1795773600^{date_short_pretty} at {time}|some day>"
    return [
        {"type": "header", "text": plain("One of each :sparkles:")},
        {"type": "section", "text": mrkdwn(hello)},
        {"type": "section", "fields": [mrkdwn(f"*When*\n{when}"), mrkdwn("*Where*\nThe kitchen")]},
        {
            "type": "section",
            "text": mrkdwn("With a menu beside it"),
            "accessory": {
                "type": "overflow",
                "action_id": "menu",
                "options": [option("Peel"), option("Bake")],
            },
        },
        {
            "type": "section",
            "text": mrkdwn("Pick a fruit"),
            "accessory": {
                "type": "static_select",
                "action_id": "fruit",
                "placeholder": plain("A fruit"),
                "options": FRUIT,
            },
        },
        {"type": "divider"},
        {
            "type": "context",
            "elements": [
                {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "An apple"},
                mrkdwn("Small print with a <https://example.com|link>"),
            ],
        },
        {
            "type": "actions",
            "block_id": "first",
            "elements": [
                button("eat", "Eat", style="primary"),
                button("last", "Eat the last", style="danger", confirm=CONFIRM),
                button("site", "Read more", url="https://example.com"),
            ],
        },
        {
            "type": "actions",
            "block_id": "second",
            "elements": [
                {"type": "users_select", "action_id": "who", "placeholder": plain("With whom")},
                {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-27"},
                {"type": "timepicker", "action_id": "hour", "initial_time": "12:30"},
                {
                    "type": "checkboxes",
                    "action_id": "extras",
                    "options": [{"text": mrkdwn("With *cream*"), "value": "cream"}],
                },
                {"type": "radio_buttons", "action_id": "size", "options": FRUIT[:2]},
            ],
        },
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "rich", "style": {"bold": True}}],
                        }
                    ],
                }
            ],
        },
    ]


def form(title: str = "A form") -> Json:
    """One of each field."""
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "close": plain("Never mind"),
        "blocks": [
            {"type": "section", "text": mrkdwn("Please tell us *everything*.")},
            field("Name", {"type": "plain_text_input", "max_length": 40}),
            field("Story", {"type": "plain_text_input", "multiline": True}, optional=True),
            field("Post", {"type": "email_text_input"}, optional=True, hint=plain("For the bill")),
            field("How many", {"type": "number_input", "is_decimal_allowed": False}, optional=True),
            field("Fruit", {"type": "static_select", "options": FRUIT}, optional=True),
            field("More fruit", {"type": "multi_static_select", "options": FRUIT}, optional=True),
            field("Guests", {"type": "multi_users_select", "max_selected_items": 2}, optional=True),
            field("Day", {"type": "datepicker"}, optional=True),
            field("Hour", {"type": "timepicker"}, optional=True),
            field("Moment", {"type": "datetimepicker"}, optional=True),
            field("Size", {"type": "radio_buttons", "options": FRUIT[:2]}, optional=True),
            field("Extras", {"type": "checkboxes", "options": FRUIT}, optional=True),
            {"type": "actions", "elements": [button("deeper", "Deeper"), button("other", "Other")]},
        ],
    }


def page(title: str, text: str) -> Json:
    return {
        "type": "modal",
        "callback_id": "page",
        "title": plain(title),
        "blocks": [{"type": "section", "text": mrkdwn(text)}],
    }
