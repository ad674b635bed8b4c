// Short words at the edge of the screen, and what a screen reader is told.

import { fill, h, icon } from "./dom.js";

/** Show a sentence for a while; `kind` is "", "good" or "bad"; `button` is [label, run]. */
export function toast(text, kind = "", button = null) {
  const box = document.getElementById("toasts");
  const note = h("div", { class: `toast ${kind}` }, h("span", {}, text));
  if (button) note.append(h("button", { class: "link", onclick: () => (note.remove(), button[1]()) }, button[0]));
  note.append(h("button", { class: "icon-button", "aria-label": "Dismiss", onclick: () => note.remove() }, icon("close")));
  for (const old of [...box.children].slice(0, -2)) old.remove();
  // An open modal is in the top layer; a note has to be there too to be seen.
  const modal = [...document.querySelectorAll("dialog[open]")].at(-1);
  (modal?.querySelector(".dialog-notes") || box).append(note);
  setTimeout(() => note.remove(), kind === "bad" ? 9000 : 5000);
}

/** Say something to screen readers only. */
export function announce(text) {
  const live = document.getElementById("live");
  if (live.childElementCount > 20) fill(live);
  live.append(h("p", {}, text));
}
