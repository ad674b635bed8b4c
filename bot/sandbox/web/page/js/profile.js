// Anybody's profile: what they do, what they are up to, whether they are still here.

import { ask } from "./dialogs.js";
import { avatar, h, uid } from "./dom.js";
import { person, state, tryAct } from "./state.js";

const ENDS = [
  ["0", "Until I change it"],
  ["1", "For 1 hour"],
  ["4", "For 4 hours"],
  ["24", "For 1 day"],
  ["168", "For 1 week"],
];

/** Show, and change as the person themselves or the workspace's admin would. */
export async function profile(id) {
  const who = person(id);
  const fixed = who.app || who.handle === "slackbot";
  const given = await ask(who.name, (body, close) => {
    body.append(h("div", { class: "profile-head" }, avatar(who, "middle"), h("div", {}, h("b", {}, `@${who.handle}`), h("small", {}, [who.tz, who.admin && "admin", who.guest && "guest", who.deleted && "deactivated"].filter(Boolean).join(" · ")))));
    if (fixed) return void body.append(h("p", { class: "muted" }, state.world.app.about || ""));
    const [title, titleBox] = text("Title", who.title);
    const [status, statusBox] = text("Status", who.status, "What is going on?");
    const [emoji, emojiBox] = text("Emoji", who.statusEmoji, ":palm_tree:");
    const [ends, endsBox] = choice("Clear status", ENDS);
    const [admin, adminBox] = tick("Workspace admin", who.admin);
    const [guest, guestBox] = tick("Guest", who.guest);
    const done = (active) => close({ title: title.value, status: status.value, emoji: emoji.value, hours: Number(ends.value), is_admin: admin.checked, guest: guest.checked, active });
    body.append(
      titleBox,
      h("div", { class: "profile-status" }, statusBox, emojiBox, endsBox),
      h("div", { class: "boxes spaced" }, adminBox, guestBox),
      h(
        "footer",
        {},
        h("button", { class: `button${who.deleted ? "" : " danger"} left`, type: "button", onclick: () => done(who.deleted) }, who.deleted ? "Reactivate" : "Deactivate"),
        h("button", { class: "button primary", type: "button", onclick: () => done(!who.deleted) }, "Save"),
      ),
    );
  });
  if (given) await save(id, who, given);
}

async function save(id, who, given) {
  const before = { title: who.title, is_admin: who.admin, guest: who.guest, active: !who.deleted };
  const changed = Object.fromEntries(Object.entries(before).filter(([key, value]) => given[key] !== value).map(([key]) => [key, given[key]]));
  const says = given.status !== who.status || given.emoji !== who.statusEmoji || (given.hours > 0 && given.status);
  // One who leaves says so first; one who is back says it then.
  const speak = () => says && tryAct("status", { as: id, text: given.status, emoji: given.emoji, hours: given.hours });
  if (!who.deleted) await speak();
  if (Object.keys(changed).length) await tryAct("profile", { person: id, ...changed });
  if (who.deleted && given.active) await speak();
}

function text(label, value, placeholder = "") {
  const id = uid("field");
  const field = h("input", { class: "field", id, placeholder, autocomplete: "off", maxlength: 100 });
  field.value = value || "";
  return [field, h("div", { class: "profile-field" }, h("label", { class: "label", for: id }, label), field)];
}

function choice(label, options) {
  const id = uid("field");
  const field = h("select", { class: "field", id }, options.map(([value, words]) => h("option", { value }, words)));
  return [field, h("div", { class: "profile-field" }, h("label", { class: "label", for: id }, label), field)];
}

function tick(label, on) {
  const id = uid("box");
  const field = h("input", { type: "checkbox", id, checked: Boolean(on) });
  return [field, h("div", { class: "box" }, field, h("label", { for: id }, label))];
}
