// Completion in the composer: / commands and shortcuts, @ people, # channels, : emoji.

import { avatar, fill, h, icon, uid } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { state, tell } from "./state.js";

const flat = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const MOST = 8;

/** The word at the cursor that may be completed: [sign, what follows it, where it starts]. */
function sought(field) {
  const before = field.value.slice(0, field.selectionStart);
  if (/^\/\S*$/.test(before)) return ["/", before.slice(1), 0];
  const found = /(^|[\s(])([@#:])([\p{L}\p{N}_.+-]*)$/u.exec(before);
  if (!found || (found[2] === ":" && found[3].length < 2)) return null;
  return [found[2], found[3], before.length - found[3].length - 1];
}

function candidates(sign, word) {
  const { world } = state;
  const has = (text) => flat(text).includes(flat(word));
  if (sign === "/") {
    const all = [...world.commands, ...world.ownCommands];
    const commands = all.filter((c) => c.name.slice(1).startsWith(word)).map((c) => ({ text: c.name, about: [c.hint, c.about].filter(Boolean).join(" – "), put: `${c.name} ` }));
    const shortcuts = world.shortcuts.filter((s) => s.kind === "global" && has(s.name)).map((s) => ({ text: s.name, about: `Shortcut of ${world.app.name}`, icon: () => icon("bolt"), run: () => tell("shortcut", s.id) }));
    return [...commands, ...shortcuts];
  }
  if (sign === "@") {
    const starts = (p) => flat(p.name).startsWith(flat(word)) || p.handle.startsWith(word.toLowerCase());
    return Object.values(world.people)
      .filter((p) => !p.deleted && p.handle !== "slackbot" && has(`${p.name} ${p.handle}`))
      .sort((a, b) => starts(b) - starts(a) || a.name.localeCompare(b.name))
      .map((p) => ({ text: p.name, about: `@${p.handle}${p.title ? ` · ${p.title}` : ""}`, put: `@${p.handle} `, icon: () => avatar(p, "tiny") }));
  }
  if (sign === "#") {
    return state.screen.conversations.filter((c) => c.kind === "channel" && has(c.title)).map((c) => ({ text: `#${c.title}`, about: c.purpose, put: `#${c.title} ` }));
  }
  return [...EMOJI].filter(([name]) => name.includes(word)).map(([name, sign]) => ({ text: `${sign} :${name}:`, put: `:${name}: ` }));
}

/** Attach completion to a textarea; the list appears in `box`. Returns {keydown} to call first. */
export function completion(field, box) {
  const id = uid("complete");
  const list = h("ul", { class: "complete", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  box.append(list);
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-autocomplete", "list");
  let rows = [];
  let at = 0;
  let from = 0;
  let dismissed = "";

  function update() {
    const found = sought(field);
    const key = found ? `${found[0]}${found[2]}` : "";
    rows = found && key !== dismissed ? candidates(found[0], found[1]).slice(0, MOST) : [];
    if (!found) dismissed = "";
    // A command typed in full needs no list any more.
    if (found?.[0] === "/" && rows.length === 1 && rows[0].text === field.value) rows = [];
    if (!rows.length) return hide();
    from = found[2];
    at = 0;
    fill(list, rows.map((r, i) => h("li", { role: "option", id: `${id}-${i}`, "data-i": i }, r.icon?.(), h("b", {}, r.text), r.about && h("small", {}, r.about))));
    list.hidden = false;
    point(0);
  }

  function point(i) {
    at = i;
    [...list.children].forEach((n, k) => (n.classList.toggle("active", k === i), n.setAttribute("aria-selected", String(k === i))));
    list.children[i].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", `${id}-${i}`);
  }

  function hide() {
    list.hidden = true;
    rows = [];
    field.removeAttribute("aria-activedescendant");
  }

  function take(i) {
    const row = rows[i];
    const end = field.selectionStart;
    field.setRangeText(row.put || "", from, end, "end");
    hide();
    field.dispatchEvent(new Event("input"));
    field.focus();
    row.run?.();
  }

  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-i]");
    if (row) take(Number(row.dataset.i));
  });
  field.addEventListener("input", update);
  field.addEventListener("click", update);
  field.addEventListener("blur", hide);
  return {
    /** True when the key was for the list. */
    keydown(event) {
      if (list.hidden) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) point((at + step + rows.length) % rows.length);
      else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) take(at);
      else if (event.key === "Escape") {
        const found = sought(field);
        dismissed = found ? `${found[0]}${found[2]}` : "";
        hide();
      } else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}
