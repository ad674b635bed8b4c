// Small dialogs: a question with yes and no, a list to choose from, a menu at a button.

import { fill, h, icon, uid } from "./dom.js";

/** A <dialog> with a title; `build(body, close)` fills it. Resolves with what `close` got. */
export function ask(title, build, { wide = false, label = "" } = {}) {
  return new Promise((done) => {
    const id = uid("dialog");
    const before = document.activeElement;
    const box = h("dialog", { class: `small-dialog${wide ? " wide" : ""}`, "aria-labelledby": id });
    const close = (value) => {
      if (!box.open) return;
      box.close();
      box.remove();
      if (before?.isConnected) before.focus();
      done(value);
    };
    const body = h("div", { class: "dialog-body" });
    box.append(
      h(
        "header",
        {},
        h("h2", { id }, title),
        h("button", { class: "icon-button", type: "button", "aria-label": label || "Close", onclick: () => close(null) }, icon("close")),
      ),
      h("div", { class: "dialog-notes", role: "status" }),
      body,
    );
    build(body, close);
    box.addEventListener("cancel", (event) => (event.preventDefault(), close(null)));
    box.addEventListener("click", (event) => event.target === box && close(null));
    document.body.append(box);
    box.showModal();
    box.querySelector("[data-first]")?.focus();
  });
}

/** Block Kit's confirm object: true when the person says yes. */
export function confirmed(confirm, textOf) {
  return ask(confirm.title.text, (body, close) => {
    fill(
      body,
      h("p", {}, textOf(confirm.text)),
      h(
        "footer",
        {},
        h("button", { class: "button", type: "button", onclick: () => close(false) }, confirm.deny.text),
        h(
          "button",
          { class: `button ${confirm.style === "danger" ? "danger" : "primary"}`, type: "button", "data-first": true, onclick: () => close(true) },
          confirm.confirm.text,
        ),
      ),
    );
  }).then(Boolean);
}

/** A menu hanging from `button`; `items` are {label, about, run, danger}. */
export function menu(button, items) {
  document.querySelectorAll(".menu").forEach((m) => m.dispatchEvent(new Event("leave")));
  const list = h("div", { class: "menu", role: "menu" });
  const close = () => {
    list.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
  };
  const outside = (event) => !list.contains(event.target) && !button.contains(event.target) && close();
  list.addEventListener("leave", close);
  for (const item of items) {
    const run = () => (close(), button.focus(), item.run());
    list.append(
      h("button", { type: "button", role: "menuitem", class: item.danger ? "danger" : "", tabindex: -1, onclick: run }, item.label, item.about && h("small", {}, item.about)),
    );
  }
  list.addEventListener("keydown", (event) => {
    const all = [...list.children];
    const i = all.indexOf(document.activeElement);
    const to = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[(to + all.length) % all.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") (close(), button.focus());
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  (button.closest("dialog") || document.body).append(list);
  beside(list, button);
  button.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  list.firstElementChild?.focus();
}

/** Put a floating box by its anchor, inside the window. */
export function beside(box, anchor, { stretch = false } = {}) {
  const at = anchor.getBoundingClientRect();
  const below = innerHeight - at.bottom - 12;
  const above = at.top - 12;
  const up = below < Math.min(box.scrollHeight, 220) && above > below;
  if (stretch) box.style.width = `${at.width}px`;
  box.style.maxHeight = `${Math.max(120, Math.min(320, up ? above : below))}px`;
  const width = stretch ? at.width : box.offsetWidth;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  box.style.top = up ? "auto" : `${at.bottom + 4}px`;
  box.style.bottom = up ? `${innerHeight - at.top + 4}px` : "auto";
}
