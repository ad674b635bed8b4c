// One message as a person sees it.

import { attachments, blocks, files } from "./blocks.js";
import * as dates from "./dates.js";
import { menu } from "./dialogs.js";
import { avatar, h, icon, put } from "./dom.js";
import { emojify } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { me, person, state, tell, tryAct } from "./state.js";

const LONG = 2500; // characters after which a message is folded

/** `grouped`: it follows another of the same person; `inThread`: drawn in the thread's drawer. */
export function message(m, { grouped = false, inThread = false, fresh = 0 } = {}) {
  if (m.line) return line(m);
  const who = person(m.user) || { name: "Somebody", handle: "?" };
  const at = Number(m.ts);
  const where = { channel: state.place, ts: m.ts };
  const node = h("li", { class: `message${grouped ? " grouped" : ""}${m.only ? " only" : ""}`, tabindex: -1, "data-ts": m.ts });
  const stamp = h("time", { class: "stamp", title: dates.full(at) }, dates.time(at));
  const head = h("div", { class: "head" }, h("b", { class: "name" }, who.name), (who.app || who.bot) && h("span", { class: "badge" }, "APP"), stamp);
  const body = h("div", { class: "body" }, said(m, where));
  return put(
    node,
    grouped ? h("span", { class: "gutter" }, stamp.cloneNode(true)) : avatar(who),
    h(
      "div",
      { class: "content" },
      grouped ? h("span", { class: "hidden-text" }, `${who.name}, ${dates.time(at)}: `) : head,
      m.only && onlyYou(where),
      body,
      reactions(m),
      !inThread && replies(m, fresh),
    ),
    tools(m, where, node, inThread),
  );
}

function said(m, where) {
  const drawn = { where, values: m.state, pending: new Map() };
  const out = [];
  // A person's own blocks only repeat the text; an app's text is only for notifications.
  if (m.blocks?.length && !m.byHand) out.push(h("div", { class: "blocks" }, blocks(m.blocks, drawn)));
  else if (m.text) out.push(folded(h("div", { class: "text" }, mrkdwn(m.text)), m.text));
  if (m.edited && m.byHand) out.push(h("span", { class: "edited" }, "(edited)"));
  out.push(attachments(m.attachments, drawn), files(m.files));
  return out;
}

function folded(node, text) {
  if (text.length < LONG && text.split("\n").length < 30) return node;
  node.classList.add("folded");
  const more = h("button", { class: "link", type: "button", "aria-expanded": "false" }, "Show more");
  more.addEventListener("click", () => {
    const open = !node.classList.toggle("folded");
    more.textContent = open ? "Show less" : "Show more";
    more.setAttribute("aria-expanded", String(open));
  });
  return [node, more];
}

function onlyYou(where) {
  const dismiss = h("button", { class: "link", type: "button", onclick: () => tryAct("delete", { where }) }, "Dismiss");
  return h("p", { class: "only-you" }, icon("eye"), "Only visible to you", dismiss);
}

const reactions = (m) =>
  m.reactions?.length &&
  h(
    "div",
    { class: "reactions" },
    m.reactions.map((r) => h("span", { class: "reaction", title: `:${r.name}: ${(r.users || []).map((u) => person(u)?.name).join(", ")}` }, emojify(`:${r.name}:`), ` ${r.count || r.users?.length || 1}`)),
  );

function replies(m, fresh) {
  if (!m.reply_count) return null;
  const count = m.reply_count === 1 ? "1 reply" : `${m.reply_count} replies`;
  return h(
    "button",
    { class: `replies${fresh ? " fresh" : ""}`, type: "button", onclick: () => tell("thread", m.ts) },
    icon("reply"),
    count,
    fresh > 0 && h("b", {}, `${fresh} new`),
    h("small", {}, `last ${dates.dayTime(Number(m.latest_reply))}`),
  );
}

/** Slack's own line: somebody joined, left, renamed it. */
function line(m) {
  const at = Number(m.ts);
  const said = m.text.replace(/<@(\w+)>/g, (_, id) => person(id)?.name || "Somebody");
  return h("li", { class: "message line", tabindex: -1, "data-ts": m.ts }, h("span", { class: "body" }, said), h("time", { class: "stamp", title: dates.full(at) }, dates.time(at)));
}

function tools(m, where, node, inThread) {
  const items = [];
  if (!m.only && !inThread) items.push({ label: "Reply in thread", run: () => tell("thread", m.thread_ts || m.ts) });
  if (!m.only) {
    for (const s of state.world.shortcuts.filter((s) => s.kind === "message")) {
      items.push({ label: s.name, about: state.world.app.name, run: () => tryAct("message-shortcut", { id: s.id, where }) });
    }
  }
  if (m.mine && m.byHand && !me().deleted) {
    if (m.text) items.push({ label: "Edit message", run: () => edit(m, where, node) });
    items.push({ label: "Delete message", danger: true, run: () => tryAct("delete", { where }) });
  }
  if (m.only) items.push({ label: "Dismiss", run: () => tryAct("delete", { where }) });
  if (!items.length) return null;
  const button = h("button", { class: "tools icon-button", type: "button", "aria-label": "Message actions", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => menu(button, items) }, icon("more"));
  return button;
}

function edit(m, where, node) {
  const body = node.querySelector(".body");
  const field = h("textarea", { class: "field", rows: 3, "aria-label": "Edit message" });
  field.value = asTyped(m);
  const stop = () => tell("redraw-messages");
  const save = async () => {
    if (await tryAct("edit", { where, text: field.value })) stop();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") (event.stopPropagation(), stop());
    if (event.key === "Enter" && !event.shiftKey) (event.preventDefault(), save());
  });
  body.replaceChildren(
    field,
    h("div", { class: "actions" }, h("button", { class: "button", type: "button", onclick: stop }, "Cancel"), h("button", { class: "button primary", type: "button", onclick: save }, "Save")),
  );
  field.focus();
}

/** What the person typed, out of what is kept: their own rich text has it word for word. */
const asTyped = (m) => m.blocks?.[0]?.elements?.[0]?.elements?.[0]?.text ?? m.text;
