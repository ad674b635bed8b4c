"""A stranger's app for the local workspace: it asks who wants lunch, and knows no Lantern."""

from typing import Any

from slack_bolt.async_app import AsyncApp

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Lunch", "description": "Who comes to lunch?"},
    "features": {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "lunch", "always_online": True},
        "slash_commands": [
            {"command": "/lunch", "description": "Ask for lunch", "should_escape": True},
            {"command": "/raw", "description": "Says what came", "should_escape": False},
            {"command": "/deaf", "description": "Is never answered"},
        ],
        "shortcuts": [
            {"name": "Lunch now", "type": "global", "callback_id": "lunch_now"},
            {"name": "Eat this", "type": "message", "callback_id": "eat_this"},
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
                "mpim:write",
                "mpim:history",
                "mpim:read",
                "channels:read",
                "channels:join",
                "channels:manage",
                "users:read",
                "users:read.email",
                "users.profile:read",
                "reactions:write",
                "files:write",
                "team:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "message.im",
                "app_home_opened",
                "app_uninstalled",
                "channel_archive",
                "channel_rename",
                "member_joined_channel",
                "tokens_revoked",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def text(what: str) -> dict[str, str]:
    return {"type": "plain_text", "text": what}


def modal(dish: str = "") -> dict[str, Any]:
    """Asks what to eat and how much of it."""
    sizes = [{"text": text(word), "value": word} for word in ("small", "large")]
    what: dict[str, Any] = {"type": "plain_text_input", "action_id": "dish", "max_length": 80}
    if dish:
        what["initial_value"] = dish
    size = {"type": "static_select", "action_id": "size", "options": sizes}
    return {
        "type": "modal",
        "callback_id": "order",
        "title": text("Lunch"),
        "submit": text("Order"),
        "close": text("Not today"),
        "notify_on_close": True,
        "blocks": [
            {"type": "input", "block_id": "dish", "label": text("Dish"), "element": what},
            {
                "type": "input",
                "block_id": "size",
                "optional": True,
                "label": text("How much?"),
                "element": size,
            },
        ],
    }


def invitation(dish: str) -> list[dict[str, Any]]:
    """A message with a button and a tick box."""
    button = {"type": "button", "action_id": "join", "text": text("I am in"), "value": dish}
    bring = {"text": {"type": "mrkdwn", "text": "Bring a spoon"}, "value": "spoon"}
    boxes = {"type": "checkboxes", "action_id": "bring", "options": [bring]}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{dish}* for lunch?"}},
        {"type": "actions", "block_id": "answer", "elements": [button, boxes]},
    ]


def build(app: AsyncApp, heard: list[dict[str, Any]]) -> AsyncApp:
    """Put the listeners on; `heard` collects every body that came in."""

    @app.command("/lunch")
    async def lunch(ack: Any, body: dict[str, Any], client: Any) -> None:
        heard.append(body)
        if body["text"] == "help":
            await ack("Say /lunch and a dish.")
            return
        await ack()
        if body["text"] != "later":
            await client.views_open(trigger_id=body["trigger_id"], view=modal(body["text"]))

    @app.command("/raw")
    async def raw(ack: Any, body: dict[str, Any], respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond(text=f"You said {body['text']}")

    @app.command("/deaf")
    async def deaf(body: dict[str, Any]) -> None:
        heard.append(body)

    @app.view("order")
    async def order(ack: Any, body: dict[str, Any], client: Any) -> None:
        heard.append(body)
        values = body["view"]["state"]["values"]
        dish = values["dish"]["dish"]["value"]
        if dish == "nothing":
            await ack(response_action="errors", errors={"dish": "Eat something."})
            return
        await ack()
        user = body["user"]["id"]
        await client.chat_postMessage(channel=user, text=dish, blocks=invitation(dish))

    @app.view_closed("order")
    async def closed(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    @app.action("join")
    async def join(ack: Any, body: dict[str, Any], client: Any) -> None:
        heard.append(body)
        await ack()
        channel, ts = body["container"]["channel_id"], body["container"]["message_ts"]
        await client.chat_update(channel=channel, ts=ts, text="You are in.", blocks=[])

    @app.action("bring")
    async def bring(ack: Any, body: dict[str, Any], respond: Any) -> None:
        heard.append(body)
        await ack()
        await respond(text="A spoon, noted.", replace_original=False)

    @app.shortcut("lunch_now")
    async def now(ack: Any, body: dict[str, Any], client: Any) -> None:
        heard.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.shortcut("eat_this")
    async def this(ack: Any, body: dict[str, Any], client: Any) -> None:
        heard.append(body)
        await ack()
        dish = body["message"]["text"][:80]
        await client.views_open(trigger_id=body["trigger_id"], view=modal(dish))

    @app.event("app_home_opened")
    async def home(body: dict[str, Any], client: Any) -> None:
        heard.append(body)
        view = {"type": "home", "blocks": [{"type": "header", "text": text("Today: soup")}]}
        await client.views_publish(user_id=body["event"]["user"], view=view)

    @app.event("message")
    async def echo(body: dict[str, Any], say: Any) -> None:
        heard.append(body)
        event = body["event"]
        if "subtype" not in event:
            await say(f"Soup of {event['text']}")

    @app.event("app_uninstalled")
    @app.event("channel_archive")
    @app.event("channel_rename")
    @app.event("member_joined_channel")
    @app.event("tokens_revoked")
    @app.event("user_change")
    async def noted(body: dict[str, Any]) -> None:
        heard.append(body)

    return app
