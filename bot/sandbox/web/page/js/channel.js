// What one does with a channel: members, inviting, renaming, closing, leaving, making one.

import { ask, menu } from "./dialogs.js";
import { avatar, fill, h, icon, rove, uid } from "./dom.js";
import { combobox } from "./combobox.js";
import { profile } from "./profile.js";
import { entry, person, state, tell, tryAct } from "./state.js";

/** The buttons at the end of a channel's heading. */
export function channelTools(c) {
  const withApp = c.members.includes(state.world.app.user);
  const more = h("button", { class: "icon-button", type: "button", "aria-label": "Channel actions", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => menu(more, actions(c, withApp)) }, icon("more"));
  return [
    !withApp && !c.archived && h("button", { class: "button", type: "button", onclick: () => tryAct("invite-app", { channel: c.id }) }, `Add ${state.world.app.name}`),
    h("button", { class: "icon-button count-button", type: "button", "aria-label": `Members, ${c.members.length}`, onclick: () => members(c.id) }, icon("people"), String(c.members.length)),
    more,
  ];
}

function actions(c, withApp) {
  const { app } = state.world;
  if (c.archived) return [{ label: "Unarchive channel", run: () => tryAct("unarchive", { channel: c.id }) }, { label: "Members", run: () => members(c.id) }];
  return [
    { label: "Members", run: () => members(c.id) },
    { label: "Add people", run: () => addPeople(c) },
    withApp
      ? { label: `Remove ${app.name}`, run: () => tryAct("remove", { channel: c.id, person: app.user }) }
      : { label: `Add ${app.name}`, run: () => tryAct("invite-app", { channel: c.id }) },
    { label: "Rename channel", run: () => rename(c) },
    { label: "Leave channel", run: () => tryAct("leave", { channel: c.id }) },
    { label: "Archive channel", danger: true, run: () => tryAct("archive", { channel: c.id }) },
  ];
}

/** Who is in it, with a way to take each out. */
function members(id) {
  ask("Members", (body) => {
    const list = h("div", { class: "pick-list" });
    const draw = () => {
      const c = entry();
      if (!c || c.id !== id) return;
      const sorted = c.members.map((m) => [m, person(m)]).sort(([, a], [, b]) => a.bot - b.bot || a.name.localeCompare(b.name));
      fill(list, sorted.map(([m, p]) => member(c, m, p, draw)));
      const first = list.querySelector(".pick");
      if (first) first.tabIndex = 0;
    };
    rove(list, ".pick");
    draw();
    body.append(list);
  });
}

function member(c, id, p, draw) {
  const about = [p.title, p.guest && "guest", p.deleted && "deactivated", p.app && "app", p.status].filter(Boolean).join(" · ");
  const remove = async () => {
    if (!(await tryAct("remove", { channel: c.id, person: id }))) return;
    c.members = c.members.filter((m) => m !== id);
    draw();
  };
  return h(
    "div",
    { class: "pick-row" },
    h("button", { class: "pick", type: "button", tabindex: -1, onclick: () => profile(id) }, avatar(p), h("span", { class: "pick-words" }, h("b", {}, p.name), h("small", {}, about || `@${p.handle}`))),
    !c.archived && id !== state.me && h("button", { class: "button small", type: "button", "aria-label": `Remove ${p.name}`, onclick: remove }, "Remove"),
  );
}

async function addPeople(c) {
  const people = await ask(`Add people to #${c.title}`, (body, close) => {
    let chosen = [];
    const options = Object.entries(state.world.people)
      .filter(([id, p]) => !c.members.includes(id) && !p.deleted && p.handle !== "slackbot")
      .map(([id, p]) => ({ key: id, text: p.name, about: p.title || (p.app ? "app" : ""), icon: () => avatar(p, "tiny") }))
      .sort((a, b) => a.text.localeCompare(b.text));
    const add = h("button", { class: "button primary", type: "button", disabled: true, onclick: () => close(chosen) }, "Add");
    const box = combobox({ label: "People", options, chosen: [], multi: true, placeholder: "One person or several", change: (keys) => ((chosen = keys), (add.disabled = !keys.length)) });
    box.input.dataset.first = "true";
    body.append(box, h("footer", {}, add));
  });
  if (people?.length) tryAct("invite", { channel: c.id, people });
}

async function rename(c) {
  const name = await ask("Rename channel", (body, close) => {
    const id = uid("name");
    const field = h("input", { class: "field", id, "data-first": true, autocomplete: "off", spellcheck: "false", maxlength: 80 });
    field.value = c.title;
    const save = h("button", { class: "button primary", type: "button", onclick: () => close(field.value) }, "Rename");
    field.addEventListener("keydown", (event) => event.key === "Enter" && save.click());
    body.append(h("label", { class: "label", for: id }, "Name"), field, h("footer", {}, save));
  });
  if (name && name !== c.title) tryAct("rename", { channel: c.id, name });
}

/** Make a channel, with or without the app in it. */
export async function newChannel() {
  const made = await ask("New channel", (body, close) => {
    const [nameId, privateId, appId] = [uid("name"), uid("box"), uid("box")];
    const name = h("input", { class: "field", id: nameId, "data-first": true, autocomplete: "off", spellcheck: "false", maxlength: 80, placeholder: "mentoring-leads" });
    const hidden = h("input", { type: "checkbox", id: privateId });
    const app = h("input", { type: "checkbox", id: appId, checked: true });
    const create = h("button", { class: "button primary", type: "button", onclick: () => close({ name: name.value, private: hidden.checked, app: app.checked }) }, "Create");
    name.addEventListener("keydown", (event) => event.key === "Enter" && create.click());
    const box = (input, id, label) => h("div", { class: "box" }, input, h("label", { for: id }, label));
    body.append(h("label", { class: "label", for: nameId }, "Name"), name, h("div", { class: "boxes spaced" }, box(hidden, privateId, "Private"), box(app, appId, `Add ${state.world.app.name}`)), h("footer", {}, create));
  });
  if (!made?.name) return;
  const answer = await tryAct("create-channel", made);
  if (answer) tell("go", answer.channel);
}
