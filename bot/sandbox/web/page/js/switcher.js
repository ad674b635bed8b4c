// Lists to choose from: whom to act as, whom to write to, which channel to join.

import * as dates from "./dates.js";
import { ask } from "./dialogs.js";
import { newChannel } from "./channel.js";
import { avatar, fill, h, icon, rove, uid } from "./dom.js";
import { person, remembered, state, tell, tryAct } from "./state.js";
import { combobox } from "./combobox.js";

const flat = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** A searchable list in a dialog; resolves with the key that was chosen, or null. */
function choose(title, label, draw) {
  return ask(title, (body, close) => {
    const search = h("input", { type: "search", class: "field", "aria-label": label, placeholder: label, "data-first": true, autocomplete: "off" });
    const list = h("div", { class: "pick-list" });
    const show = () => {
      fill(list, draw(flat(search.value.trim()), close));
      const first = list.querySelector(".pick");
      if (first) first.tabIndex = 0;
      else fill(list, h("p", { class: "muted" }, "Nothing found"));
    };
    search.addEventListener("input", show);
    search.addEventListener("keydown", (event) => {
      const first = list.querySelector(".pick");
      if (event.key === "Enter" && first) (event.preventDefault(), first.click());
      if (event.key === "ArrowDown" && first) (event.preventDefault(), first.focus());
    });
    rove(list, ".pick");
    body.append(search, list);
    show();
  });
}

/** Act as somebody else. */
export async function switcher() {
  const recent = remembered.get("recent", []).filter((id) => person(id));
  const id = await choose("Act as", "Search people", (sought, close) => {
    const all = Object.keys(state.world.people).filter((id) => id !== state.world.app.user && person(id).handle !== "slackbot" && !person(id).bot);
    const fits = all.filter((id) => flat([person(id).name, person(id).handle, person(id).title, person(id).department, person(id).tz].join(" ")).includes(sought));
    fits.sort((a, b) => person(a).deleted - person(b).deleted || person(a).name.localeCompare(person(b).name));
    const rows = (ids) => ids.map((id) => pick(id, () => close(id)));
    const late = sought ? [] : recent.filter((id) => fits.includes(id)).slice(0, 5);
    const rest = fits.filter((id) => !late.includes(id));
    return [late.length > 0 && h("h3", {}, "Recent"), rows(late), late.length > 0 && h("h3", {}, "Everybody"), rows(rest)];
  });
  if (id) tell("become", id);
}

function pick(id, run) {
  const who = person(id);
  const count = state.screen.news[id] || 0;
  const about = [who.title, who.department !== who.title && who.department, who.guest && "guest", who.deleted && "deactivated", who.status].filter(Boolean).join(" · ");
  return h(
    "button",
    { class: "pick", type: "button", tabindex: -1, "aria-current": id === state.me ? "true" : null, onclick: run },
    avatar(who),
    h("span", { class: "pick-words" }, h("b", {}, who.name), h("small", {}, about || `@${who.handle}`)),
    count > 0 && h("span", { class: "unread-count" }, String(count), h("span", { class: "hidden-text" }, " unread")),
    h("small", { class: "local" }, dates.weekdayTime(dates.now(), who.tz), h("br"), dates.city(who.tz)),
  );
}

/** Start, or find again, a conversation with one person or several. */
export async function writeTo() {
  const people = await ask("New message", (body, close) => {
    let chosen = [];
    const options = Object.entries(state.world.people)
      .filter(([id, p]) => id !== state.me && !p.deleted && p.handle !== "slackbot")
      .map(([id, p]) => ({ key: id, text: p.name, about: p.title, icon: () => avatar(p, "tiny") }))
      .sort((a, b) => a.text.localeCompare(b.text));
    const start = h("button", { class: "button primary", type: "button", disabled: true, onclick: () => close(chosen) }, "Start");
    const box = combobox({ label: "To", options, chosen: [], multi: true, most: 8, placeholder: "One person or several", change: (keys) => ((chosen = keys), (start.disabled = !keys.length)) });
    box.input.dataset.first = "true";
    const label = h("div", { class: "label", id: uid("to") }, "To");
    body.append(label, box, h("footer", {}, start));
  });
  if (!people?.length) return;
  const made = await tryAct("write-to", { people });
  if (made) tell("go", made.channel);
}

/** Join, or open, one of the public channels. */
export async function browseChannels() {
  const mine = new Set(state.screen.conversations.map((c) => c.id));
  const id = await choose("Channels", "Search channels", (sought, close) => [
    h("button", { class: "pick", type: "button", tabindex: -1, onclick: () => close("new") }, icon("plus"), h("span", { class: "pick-words" }, h("b", {}, "New channel"))),
    ...state.world.channels
      .filter((c) => flat(c.name).includes(sought))
      .map((c) => h("button", { class: "pick", type: "button", tabindex: -1, onclick: () => close(c.id) }, h("span", { class: "pick-words" }, h("b", {}, `#${c.name}`), h("small", {}, `${c.members} members`)), h("small", {}, mine.has(c.id) ? "joined" : "join"))),
  ]);
  if (!id) return;
  if (id === "new") return newChannel();
  if (mine.has(id) || (await tryAct("join", { channel: id }))) tell("go", id);
}
