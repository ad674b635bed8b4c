// The sidebar: who I am, others with news, and my conversations.

import * as dates from "./dates.js";
import { avatar, fill, h, icon, rove } from "./dom.js";
import { emojify } from "./emoji.js";
import { profile } from "./profile.js";
import { me, person, remembered, state, tell } from "./state.js";
import { browseChannels, switcher, writeTo } from "./switcher.js";

const side = document.getElementById("side");
rove(side, ".row");
let drawn = "";

/** Draw the sidebar if anything in it changed. */
export function drawSide() {
  const { screen, world } = state;
  const time = dates.weekdayTime(dates.now());
  const key = JSON.stringify([state.me, state.place, screen.conversations, screen.news, screen.app, time, world.people]);
  if (key === drawn) return;
  drawn = key;
  const focused = side.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
  const lists = { app: [], channel: [], im: [], mpim: [] };
  for (const c of screen.conversations) lists[c.kind].push(c);
  lists.channel.sort((a, b) => a.title.localeCompare(b.title));
  const top = side.querySelector(".side-scroll")?.scrollTop || 0;
  fill(
    side,
    whoAmI(time),
    others(),
    h(
      "div",
      { class: "side-scroll" },
      group("App", lists.app),
      group("Channels", lists.channel, ["Browse channels", browseChannels]),
      group("Direct messages", [...lists.im, ...lists.mpim].sort((a, b) => b.last - a.last), ["New message", writeTo]),
    ),
  );
  side.querySelector(".side-scroll").scrollTop = top;
  const rows = [...side.querySelectorAll(".row")];
  (rows.find((r) => r.getAttribute("aria-current")) || rows[0]).tabIndex = 0;
  if (focused) [...side.querySelectorAll("[data-focus]")].find((n) => n.dataset.focus === focused)?.focus();
}

function whoAmI(time) {
  const who = me();
  const about = [who.title, who.deleted && "deactivated", who.guest && "guest", who.status && emojify(`${who.statusEmoji} ${who.status}`)].filter(Boolean).join(" · ");
  const edit = h("button", { class: "icon-button", type: "button", "aria-label": "My profile", title: "My profile", "data-focus": "profile", onclick: () => profile(state.me) }, icon("pencil"));
  const card = h(
    "button",
    { class: "who", type: "button", "data-focus": "who", "aria-haspopup": "dialog", title: "Act as somebody else (Ctrl+K)", onclick: switcher },
    avatar(who, "big"),
    h("span", { class: "who-words" }, h("small", { class: "hidden-text" }, "Acting as "), h("b", {}, who.name), about && h("small", {}, about), h("small", { class: "local" }, `${time} · ${dates.city(who.tz)}`)),
    icon("down"),
  );
  return h("div", { class: "who-row" }, card, edit);
}

/** Those one acted as lately, and whoever has something unread: one click away. */
function others() {
  const recent = remembered.get("recent", []).filter((id) => id !== state.me && person(id));
  const fresh = Object.keys(state.screen.news).filter((id) => id !== state.me && !person(id).bot && !recent.includes(id));
  fresh.sort((a, b) => state.screen.news[b] - state.screen.news[a]);
  const shown = [...recent.slice(0, 5), ...fresh].slice(0, 6);
  if (!shown.length) return null;
  return h(
    "div",
    { class: "others", role: "group", "aria-label": "Recently acted as" },
    shown.map((id) => {
      const count = state.screen.news[id] || 0;
      const who = person(id);
      const words = `${who.name}, ${dates.weekdayTime(dates.now(), who.tz)}${count ? `, ${count} unread` : ""}`;
      return h("button", { class: "other", type: "button", title: words, "aria-label": `Act as ${words}`, "data-focus": id, onclick: () => tell("become", id) }, avatar(who), h("span", { class: "other-name", "aria-hidden": "true" }, who.name.split(" ")[0]), count > 0 && h("span", { class: "dot", "aria-hidden": "true" }, count > 9 ? "9+" : String(count)));
    }),
  );
}

function group(title, list, button) {
  return h(
    "section",
    { "aria-label": title },
    h("div", { class: "group-head" }, h("h2", {}, title), button && h("button", { class: "icon-button", type: "button", "aria-label": button[0], title: button[0], "data-focus": button[0], onclick: button[1] }, icon("plus"))),
    list.map(row),
  );
}

function row(c) {
  const here = c.id === state.place;
  const sign = c.kind === "channel" ? h("span", { class: "sign", "aria-hidden": "true" }, c.private ? icon("lock") : "#") : c.kind === "mpim" ? h("span", { class: "sign count", "aria-hidden": "true" }, String(c.others.length)) : avatar(person(c.others[0]), "tiny");
  const away = c.kind === "app" && !state.screen.app.connected;
  return h(
    "button",
    { class: `row${c.unread ? " unread" : ""}`, type: "button", tabindex: -1, "aria-current": here ? "page" : null, "data-focus": c.id, onclick: () => tell("go", c.id) },
    sign,
    h("span", { class: "row-title" }, c.title, c.kind === "im" && person(c.others[0])?.status && h("span", { class: "row-status", title: person(c.others[0]).status }, emojify(person(c.others[0]).statusEmoji))),
    c.archived && h("small", { class: "away" }, "archived"),
    away && h("small", { class: "away", title: "No app is connected to this workspace" }, "not connected"),
    c.unread > 0 && h("span", { class: "unread-count" }, c.unread > 99 ? "99+" : String(c.unread), h("span", { class: "hidden-text" }, " unread")),
  );
}
