// Where a person types: messages, commands, mentions, files, shortcuts.

import { completion } from "./complete.js";
import { menu } from "./dialogs.js";
import { h, icon } from "./dom.js";
import { toast } from "./notes.js";
import { act, sentence, state, tell, upload } from "./state.js";

const MOST = 40_000;
const WARN = 38_000;
const drafts = new Map();

/** `where()` gives {channel} or {channel, thread}; `closed` is why nothing can be written. */
export function composer({ where, label, closed, thread = false }) {
  if (closed) return h("p", { class: "composer closed" }, closed);
  const field = h("textarea", { rows: 1, "aria-label": label, placeholder: label, enterkeyhint: "send" });
  const wrong = h("p", { class: "error", role: "alert", hidden: true });
  const count = h("span", { class: "length" });
  const picked = h("input", { type: "file", class: "hidden-text", tabindex: -1, "aria-hidden": "true" });
  const file = h("button", { class: "icon-button", type: "button", "aria-label": "Share a file", onclick: () => picked.click() }, icon("clip"));
  const shortcuts = state.world.shortcuts.filter((s) => s.kind === "global");
  const bolt = h("button", { class: "icon-button", type: "button", "aria-label": "Shortcuts", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => menu(bolt, shortcuts.map((s) => ({ label: s.name, about: state.world.app.name, run: () => tell("shortcut", s.id) }))) }, icon("bolt"));
  const sendButton = h("button", { class: "icon-button send", type: "button", "aria-label": "Send", disabled: true, onclick: () => send() }, icon("send"));
  const inner = h("div", { class: "composer-box" }, field, h("div", { class: "composer-tools" }, file, shortcuts.length > 0 && bolt, count, sendButton), picked);
  const box = h("div", { class: "composer" }, wrong, inner);
  const complete = completion(field, box);
  const key = () => `${state.me} ${JSON.stringify(where())}`;
  const myKey = key();

  function changed() {
    const length = field.value.length;
    sendButton.disabled = !field.value.trim();
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, innerHeight * 0.4)}px`;
    count.textContent = length > WARN ? (MOST - length).toLocaleString("en") : "";
    count.classList.toggle("over", length > MOST);
    drafts.set(myKey, field.value);
    say("");
  }

  function say(text) {
    wrong.textContent = text;
    wrong.hidden = !text;
  }

  async function send() {
    const text = field.value.trim();
    if (!text) return;
    if (text.length > MOST) return say(`Your message is too long: ${text.length.toLocaleString("en")} characters, and Slack takes ${MOST.toLocaleString("en")} at most.`);
    const target = where();
    const command = text.startsWith("/") && !text.startsWith("//") && /^\/[^\s/]/.test(text);
    if (command && thread) return say(`${text.split(/\s/)[0]} is not supported in threads. Sorry!`);
    field.value = "";
    changed();
    field.focus();
    try {
      await (command ? act("command", { ...target, line: text }) : act("say", { ...target, text }));
    } catch (refused) {
      if (!field.value) {
        field.value = text;
        changed();
      }
      say(sentence(refused));
    }
  }

  field.addEventListener("input", changed);
  field.addEventListener("keydown", (event) => {
    if (complete.keydown(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  });
  picked.addEventListener("change", async () => {
    const [chosen] = picked.files;
    picked.value = "";
    if (!chosen) return;
    try {
      await upload(chosen, where(), field.value.trim());
      field.value = "";
      changed();
    } catch (refused) {
      say(sentence(refused));
      toast(sentence(refused), "bad");
    }
  });
  field.value = drafts.get(myKey) || "";
  requestAnimationFrame(changed);
  box.field = field;
  return box;
}
