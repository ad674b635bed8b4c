// A select one can search in, for one choice or several (WAI-ARIA combobox with a listbox).

import { beside } from "./dialogs.js";
import { fill, h, icon, uid } from "./dom.js";

const flat = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const MOST = 200;

/**
 * `options`: [{key, text, about, group, icon}]; `chosen`: keys. `change(keys)` is called with what
 * is chosen after each choice. Returns a node with `show(keys)` to draw other choices.
 */
export function combobox({ label, options, chosen, multi, most, placeholder, clearable, describedby, invalid, change }) {
  let keys = [...chosen];
  let list = null;
  let at = -1;
  let shown = [];
  const listId = uid("list");
  const byKey = new Map(options.map((o) => [o.key, o]));
  const input = h("input", {
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": label,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-describedby": describedby,
    "aria-invalid": invalid ? "true" : null,
  });
  const chips = h("span", { class: "chips" });
  const clear = h("button", { type: "button", class: "icon-button clear", "aria-label": `Clear ${label}`, onclick: () => choose([]) }, icon("close"));
  const box = h("div", { class: `combo${multi ? " multi" : ""}` }, chips, input, clearable && clear, icon("down"));

  function draw() {
    clear.hidden = !keys.length;
    const hint = placeholder || (multi ? "Choose one or more" : "Choose an option");
    input.placeholder = multi && keys.length ? "" : hint;
    if (!multi) {
      if (document.activeElement !== input || !list) input.value = byKey.get(keys[0])?.text || "";
      return;
    }
    fill(chips, keys.map((key) => {
      const name = byKey.get(key)?.text || key;
      const drop = () => (choose(keys.filter((k) => k !== key)), input.focus());
      return h("span", { class: "chip" }, name, h("button", { type: "button", "aria-label": `Remove ${name}`, onclick: drop }, icon("close")));
    }));
  }

  function choose(next) {
    keys = next;
    draw();
    change(keys);
  }

  function pick(option) {
    if (!multi) {
      close();
      input.value = option.text;
      choose([option.key]);
      return;
    }
    input.value = "";
    const has = keys.includes(option.key);
    if (!has && most && keys.length >= most) return;
    choose(has ? keys.filter((k) => k !== option.key) : [...keys, option.key]);
    drawList();
  }

  function drawList() {
    const sought = flat(multi || input.value !== (byKey.get(keys[0])?.text || "") ? input.value.trim() : "");
    const fits = options.filter((o) => !sought || flat(`${o.text} ${o.about || ""}`).includes(sought));
    shown = fits.slice(0, MOST);
    at = shown.length ? Math.max(0, shown.findIndex((o) => keys.includes(o.key))) : -1;
    if (multi) at = Math.min(Math.max(at, 0), shown.length - 1);
    let group;
    const rows = [];
    for (const [i, o] of shown.entries()) {
      if (o.group && o.group !== group) rows.push(h("li", { class: "group", role: "presentation" }, o.group));
      group = o.group;
      const full = multi && most && keys.length >= most && !keys.includes(o.key);
      rows.push(
        h(
          "li",
          { id: `${listId}-${i}`, role: "option", "data-i": i, "aria-selected": String(keys.includes(o.key)), "aria-disabled": full ? "true" : null },
          o.icon?.(),
          h("span", {}, o.text, o.about && h("small", {}, o.about)),
          keys.includes(o.key) && icon("check"),
        ),
      );
    }
    fill(list, rows.length ? rows : h("li", { class: "none", role: "presentation" }, "Nothing found"));
    point(at);
    beside(list, box, { stretch: true });
  }

  function point(i) {
    at = i;
    list.querySelectorAll("[role=option]").forEach((n) => n.classList.toggle("active", Number(n.dataset.i) === i));
    const active = list.querySelector(".active");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function open() {
    if (list) return;
    list = h("ul", { class: "listbox", role: "listbox", id: listId, "aria-label": label, "aria-multiselectable": multi ? "true" : null });
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const row = event.target.closest("[role=option]");
      if (row) list.dataset.pressed = row.dataset.i;
    });
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) pick(shown[Number(row.dataset.i)]);
    });
    (box.closest("dialog") || document.body).append(list);
    input.setAttribute("aria-expanded", "true");
    addEventListener("scroll", follow, true);
    drawList();
  }

  function close() {
    list?.remove();
    list = null;
    removeEventListener("scroll", follow, true);
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    if (multi) input.value = "";
    draw();
  }

  const follow = (event) => {
    if (!box.isConnected) close();
    else if (event.target !== list) beside(list, box, { stretch: true });
  };

  input.addEventListener("click", open);
  input.addEventListener("input", () => (open(), drawList()));
  input.addEventListener("focus", () => !multi && input.select());
  input.addEventListener("blur", () => {
    close();
    if (!multi) input.value = byKey.get(keys[0])?.text || "";
  });
  box.addEventListener("pointerdown", (event) => {
    if (event.target.closest("button") || event.target === input) return;
    event.preventDefault();
    input.focus();
    if (list) close();
    else open();
  });
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!list) return open();
      if (shown.length) point((at + (key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
    } else if (key === "Enter") {
      event.preventDefault();
      if (!list) open();
      else if (shown[at]) pick(shown[at]);
    } else if (key === "Escape" && list) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (key === "Backspace" && multi && !input.value && keys.length) {
      choose(keys.slice(0, -1));
    } else if (key === "Backspace" && clearable && !multi && !input.value && keys.length) {
      choose([]);
    }
  });
  box.show = (next) => {
    if (list) return;
    keys = [...next];
    draw();
  };
  box.input = input;
  draw();
  return box;
}
