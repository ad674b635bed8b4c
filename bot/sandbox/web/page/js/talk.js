// The open conversation: its heading, its messages, and where one types.

import { refresh } from "./blocks.js";
import { composer } from "./composer.js";
import * as dates from "./dates.js";
import { channelTools } from "./channel.js";
import { avatar, fill, h, icon, rove } from "./dom.js";
import { emojify } from "./emoji.js";
import { home } from "./home.js";
import { message } from "./message.js";
import { profile } from "./profile.js";
import { announce } from "./notes.js";
import { keepingFocus, sync } from "./redraw.js";
import { act, entry, on, person, state, tell } from "./state.js";

const main = document.getElementById("main");
const CLOSE_IN_TIME = 300; // seconds within which messages of one person stand together
let drawnFor = "";
let parts = null;
let unreadFrom = 0;
let repliesFrom = 0; // answers in threads that came later are new until their thread is opened
let known = new Map();
let heard = -1; // the newest message a screen reader knows of; none yet

on("place", () => (drawnFor = ""));
on("redraw-messages", () => ((known = new Map()), drawMessages(true)));

/** Draw, or bring up to date, the main pane. */
export function drawTalk() {
  const now = entry();
  if (!now) return;
  const wanted = `${state.me}/${state.place}/${state.tab}/${now.title}/${closed(now)}`;
  if (drawnFor !== wanted) build(now, wanted);
  heading(now);
  if (state.tab === "home" && now.kind === "app") return home(parts.scroller);
  drawMessages(false);
}

function build(now, wanted) {
  drawnFor = wanted;
  known = new Map();
  unreadFrom = -1;
  heard = -1;
  const isHome = state.tab === "home" && now.kind === "app";
  const head = h("header", { class: "talk-head" });
  const list = h("ol", { class: "messages", "aria-label": `Messages in ${now.title}` });
  const scroller = h("div", { class: isHome ? "scroller home" : "scroller", role: isHome ? "tabpanel" : null, tabindex: isHome ? 0 : null, "aria-label": isHome ? "Home" : null }, isHome ? null : list);
  rove(list, ".message");
  parts = { head, list, scroller, box: isHome ? null : composer({ where: () => ({ channel: state.place }), label: placeholder(now), closed: closed(now) }) };
  fill(main, head, scroller, parts.box);
  scroller.addEventListener("scroll", () => read());
}

const placeholder = (c) => `Message ${c.kind === "channel" ? `#${c.title}` : c.title}`;

function closed(c) {
  const { app } = state.world;
  if (person(state.me).deleted) return "This account has been deactivated.";
  if (c.archived) return "This channel has been archived.";
  if (c.kind === "app" && (!app.messages || app.readOnly)) return "Sending messages to this app has been turned off.";
  return "";
}

function heading(c) {
  const others = c.others.map(person);
  const title = h("h1", {}, c.kind === "channel" ? (c.private ? icon("lock") : "#") : null, h("span", {}, c.kind === "channel" ? c.title : c.title));
  const about = c.kind === "channel" ? [`${c.members.length} members`, c.purpose].filter(Boolean).join(" · ") : c.kind === "mpim" ? `${c.members.length} people` : c.kind === "im" ? describe(others[0]) : state.world.app.about;
  const key = JSON.stringify([c.title, String(about), state.tab, c.kind, c.archived, c.members, c.private]);
  if (parts.head.dataset.key === key) return;
  parts.head.dataset.key = key;
  fill(
    parts.head,
    c.kind === "channel" || c.kind === "mpim" ? null : avatar(others[0], "middle"),
    h("div", { class: "talk-title" }, title, h("p", {}, about)),
    c.kind === "app" && state.world.app.home && tabs(),
    c.kind === "channel" && channelTools(c),
    c.kind === "im" && h("button", { class: "icon-button", type: "button", "aria-label": `Profile of ${c.title}`, onclick: () => profile(c.others[0]) }, icon("pencil")),
  );
}

const describe = (p) => (p ? [p.status && emojify(`${p.statusEmoji} ${p.status}`), p.title, p.tz && `${dates.time(dates.now(), p.tz)} in ${dates.city(p.tz)}`].filter(Boolean).join(" · ") : "");

function tabs() {
  const tab = (name, label) =>
    h("button", { role: "tab", type: "button", "aria-selected": String(state.tab === name), tabindex: state.tab === name ? 0 : -1, onclick: () => tell("tab", name) }, label);
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": state.world.app.name }, tab("home", "Home"), tab("messages", "Messages"));
  rove(list, "[role=tab]", { horizontal: true });
  return list;
}

function drawMessages(whole) {
  if (!state.open || state.open.id !== state.place || !parts?.list) return;
  const { list, scroller } = parts;
  const atEnd = !list.childElementCount || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 80;
  if (unreadFrom < 0) {
    unreadFrom = state.open.unread ? state.open.read : Infinity;
    repliesFrom = state.open.unread ? state.open.read : Math.max(0, ...state.open.messages.map((m) => m.posted));
  }
  const rows = layout();
  const next = new Map();
  const nodes = rows.map(({ key, signature, draw, state: values }) => {
    const old = known.get(key);
    if (!whole && old?.signature === signature) {
      next.set(key, old);
      if (values) refresh(old.node, values);
      return old.node;
    }
    const made = keepingFocus(old?.node, draw);
    next.set(key, { signature, node: made });
    return made;
  });
  known = next;
  sync(list, nodes);
  const focusable = list.querySelector(".message[tabindex='0']") || [...list.querySelectorAll(".message")].at(-1);
  if (focusable) focusable.tabIndex = 0;
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  say();
  read();
}

/** Days, the line before what is new, and messages: what stands in the list, top to bottom. */
function layout() {
  const shown = state.open.messages.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.only);
  const rows = [];
  if (state.open.earlier) rows.push({ key: "earlier", signature: String(state.open.earlier), draw: earlier });
  if (!shown.length) rows.push({ key: "empty", signature: "", draw: empty });
  let before = null;
  let marked = false;
  for (const m of shown) {
    const at = Number(m.ts);
    if (!before || !dates.sameDay(Number(before.ts), at)) {
      const day = dates.dayHeading(at);
      rows.push({ key: `day ${m.ts}`, signature: day, draw: () => h("li", { class: "day" }, h("span", {}, day)) });
      before = null;
    }
    if (!marked && m.posted > unreadFrom && !m.mine && !m.line) {
      marked = true;
      before = null;
      rows.push({ key: "new", signature: m.ts, draw: () => h("li", { class: "new" }, h("span", {}, "New")) });
    }
    const grouped = Boolean(before) && before.user === m.user && before.line === m.line && at - Number(before.ts) < CLOSE_IN_TIME && before.only === m.only;
    const replies = m.reply_count || 0;
    const fresh = replies ? freshIn(m.ts) : 0;
    const { state: values, order, posted, ...lasting } = m;
    // “Tomorrow” in a message becomes “today” at midnight.
    rows.push({ key: m.ts, signature: JSON.stringify([lasting, grouped, fresh, dates.today()]), draw: () => message(m, { grouped, fresh }), state: values });
    before = m;
  }
  return rows;
}

function freshIn(ts) {
  const seen = Math.max(repliesFrom, state.seenThreads.get(ts) || 0);
  if (state.drawer === "thread" && state.thread === ts) return 0;
  return state.open.messages.filter((o) => o.thread_ts === ts && o.ts !== ts && o.posted > seen && !o.mine).length;
}

const earlier = () => h("li", { class: "earlier" }, h("button", { class: "button", type: "button", onclick: () => ((state.most += 200), tell("reload")) }, "Show earlier messages"));

function empty() {
  const c = entry();
  const words = c.kind === "app" ? `This is the very beginning of your messages with ${c.title}.` : c.kind === "channel" ? `This is the very beginning of #${c.title}.` : `This is the very beginning of your conversation with ${c.title}.`;
  const commands = state.world.commands.slice(0, 3).map((k) => k.name);
  return h("li", { class: "empty" }, h("p", {}, words), c.kind === "app" && commands.length > 0 && h("p", { class: "muted" }, "Try ", commands.map((k, i) => [i ? ", " : "", h("code", {}, k)]), "."));
}

function say() {
  const last = state.open.messages.at(-1);
  const newest = last?.posted || 0;
  if (heard >= 0 && newest > heard) {
    for (const m of state.open.messages.filter((m) => m.posted > heard && !m.mine && !m.line).slice(-3)) {
      const node = known.get(m.ts)?.node;
      const words = node?.querySelector(".body")?.innerText.replace(/\s+/g, " ").slice(0, 300) || m.text;
      announce(`${person(m.user)?.name || "Somebody"}: ${words}`);
    }
  }
  heard = Math.max(heard, newest);
}

/** Whoever looks at the end of a conversation has read it. */
export function read() {
  const now = entry();
  if (!now?.unread || document.visibilityState !== "visible" || state.tab === "home") return;
  if (!state.open || state.open.id !== now.id || !parts?.scroller) return;
  const { scroller } = parts;
  if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight > 80) return;
  now.unread = 0;
  act("read", { channel: now.id }).catch(() => {});
}
document.addEventListener("visibilitychange", () => read());
