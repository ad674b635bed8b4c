"""A stranger's app that uses all of Block Kit: what the page has to draw and to operate."""

import asyncio
import re
from typing import Any

from slack_bolt.async_app import AsyncApp

from tests.browser.exhibits import PIXEL, Json, blocks, button, form, mrkdwn, page, plain


def build(app: AsyncApp, heard: list[Json]) -> AsyncApp:
    """Put the listeners on; `heard` collects every action and submission."""

    @app.command("/gallery")
    async def gallery(ack: Any, body: Json, client: Any) -> None:
        await ack()
        user = body["user_id"]
        await client.chat_postMessage(
            channel=user, text="One of each", blocks=blocks(user), unfurl_links=False
        )

    @app.command("/form")
    async def ask(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form(body["text"] or "A form"))

    @app.command("/slow")
    async def slow(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await asyncio.sleep(3.1)
        await client.views_open(trigger_id=body["trigger_id"], view=form())

    @app.command("/wrong")
    async def wrong(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.chat_postMessage(
            channel=body["user_id"], text="x", blocks=[{"type": "header", "text": mrkdwn("no")}]
        )

    @app.command("/deaf")
    async def deaf(body: Json) -> None:
        heard.append(body)

    @app.command("/thread")
    async def thread(ack: Any, body: Json, client: Any) -> None:
        await ack()
        top = await client.chat_postMessage(channel=body["user_id"], text="A question")
        where = {"channel": top["channel"], "thread_ts": top["ts"]}
        await client.chat_postMessage(text="A first answer", **where)

    @app.command("/file")
    async def file(ack: Any, body: Json, client: Any) -> None:
        await ack()
        to = (await client.conversations_open(users=body["user_id"]))["channel"]["id"]
        calendar = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
        await client.files_upload_v2(
            channel=to,
            file_uploads=[
                {"content": calendar, "filename": "<b>lunch</b>.ics", "title": "<b>lunch</b>.ics"},
                {"content": PIXEL, "filename": "dot.png", "title": "dot.png"},
            ],
        )

    @app.view("form")
    async def submitted(ack: Any, body: Json, client: Any) -> None:
        heard.append(body)
        values = body["view"]["state"]["values"]
        name = values["name"]["it"]["value"]
        if name == "nobody":
            await ack(response_action="errors", errors={"name": "Everybody has a name."})
        elif name == "update":
            await ack(response_action="update", view=page("Updated", "This is *new*."))
        else:
            await ack()
            await client.chat_postMessage(channel=body["user"]["id"], text=f"Thank you, {name}.")

    @app.action("deeper")
    async def deeper(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_push(trigger_id=body["trigger_id"], view=page("Deeper", "Below it all"))

    @app.action("other")
    async def other(ack: Any, body: Json, client: Any) -> None:
        await ack()
        changed = form("Another title")
        await client.views_update(view_id=body["view"]["id"], view=changed)

    @app.action(re.compile(".*"))
    async def acted(ack: Any, body: Json, client: Any) -> None:
        heard.append(body)
        await ack()

    @app.shortcut("form")
    async def by_shortcut(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form("By shortcut"))

    @app.shortcut("remember")
    async def remember(ack: Any, body: Json, client: Any) -> None:
        await ack()
        kept = f"Remembered: {body['message']['text']}"
        await client.chat_postMessage(channel=body["user"]["id"], text=kept)

    @app.event("app_home_opened")
    async def home(body: Json, client: Any) -> None:
        who = body["event"]["user"]
        shown = [
            {"type": "header", "text": plain("Your fruit")},
            {"type": "section", "text": mrkdwn(f"Good day, <@{who}>.")},
            {"type": "actions", "block_id": "home", "elements": [button("count", "Count")]},
        ]
        await client.views_publish(user_id=who, view={"type": "home", "blocks": shown})

    @app.event("message")
    async def echo(event: Json, client: Any) -> None:
        if "subtype" in event or "bot_id" in event:
            return
        await client.reactions_add(channel=event["channel"], timestamp=event["ts"], name="eyes")

    return app
