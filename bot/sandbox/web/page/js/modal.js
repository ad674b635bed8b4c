// The app's modals: the topmost of the stack, with its errors, its foot and its corner.

import { blocks, refresh } from "./blocks.js";
import { fill, h, icon } from "./dom.js";
import { emojify } from "./emoji.js";
import { toast } from "./notes.js";
import { untold } from "./sending.js";
import { act, sentence, state, tell, tryAct } from "./state.js";

let box = null;
let drawn = "";
let before = null;
let view = null;
let pending = new Map(); // what was typed and not yet told, of the view that is shown
let busy = false;

/** Show, bring up to date, or close the modal. */
export function drawModal() {
  const top = state.screen.modals.at(-1) || null;
  if (!top) return shut();
  if (!box) open();
  if (view?.id !== top.id) pending = new Map();
  view = top;
  const key = JSON.stringify([state.me, top.id, top.hash, top.errors, state.screen.modals.length]);
  if (key === drawn) {
    refresh(box.querySelector(".modal-body"), top.state);
    trouble();
    return;
  }
  draw(key);
}

function open() {
  before = document.activeElement;
  box = h("dialog", { class: "modal", "aria-labelledby": "modal-title" });
  box.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!document.querySelector(".listbox,.menu")) closeTop();
  });
  document.body.append(box);
  box.showModal();
}

function shut() {
  if (!box) return;
  box.close();
  box.remove();
  box = view = null;
  drawn = "";
  const back = before?.isConnected && before !== document.body ? before : document.querySelector(".composer textarea");
  back?.focus();
}

function draw(key) {
  const active = box.contains(document.activeElement) ? document.activeElement : null;
  const focusKey = active?.closest("[data-key]")?.dataset.key;
  const selection = active && "selectionStart" in active ? [active.selectionStart, active.selectionEnd] : null;
  const old = box.querySelector(".modal-body");
  const isNew = !drawn || !drawn.includes(view.id);
  const at = old?.scrollTop || 0;
  drawn = key;
  const body = h("div", { class: "modal-body" });
  const surface = { where: { view: view.id }, values: view.state, errors: view.errors, pending };
  const content = blocks(view.blocks, surface);
  if (!content.length) content.push(h("p", { class: "muted" }, "There is nothing here."));
  fill(body, content);
  const deep = state.screen.modals.length > 1;
  fill(
    box,
    h(
      "header",
      {},
      deep && h("button", { class: "icon-button", type: "button", "aria-label": "Back", onclick: closeTop }, icon("back")),
      h("h2", { id: "modal-title" }, emojify(view.title?.text || "")),
      h("button", { class: "icon-button", type: "button", "aria-label": "Close", onclick: () => closeAll() }, icon("close")),
    ),
    h("p", { class: "trouble", role: "alert" }),
    h("div", { class: "dialog-notes", role: "status" }),
    body,
    foot(),
  );
  trouble();
  if (isNew) body.scrollTop = 0;
  else body.scrollTop = at;
  focus(isNew, focusKey, selection);
}

function foot() {
  const closeText = view.close?.text || (view.submit ? "Cancel" : "Close");
  const submit = view.submit && h("button", { class: "button primary", type: "button", id: "modal-submit", disabled: Boolean(view.submit_disabled), onclick: send }, emojify(view.submit.text));
  const needed = view.blocks.some((b) => b.type === "input" && !b.optional);
  return h(
    "footer",
    {},
    h("span", { class: "by" }, state.world.app.name, needed && view.submit ? null : null),
    h("button", { class: "button", type: "button", onclick: closeTop }, emojify(closeText)),
    submit,
  );
}

function trouble() {
  const line = box.querySelector(".trouble");
  if (line.textContent !== view.trouble) line.textContent = view.trouble || "";
  line.hidden = !view.trouble;
}

function focus(isNew, key, selection) {
  const field = (n) => (n?.matches?.("input,textarea,button,a") ? n : n?.querySelector?.("input,textarea,button"));
  const wrong = box.querySelector(".input.wrong [data-key]");
  const asked = view.blocks.flatMap((b) => [b.element, b.accessory, ...(b.elements || [])]).find((e) => e?.focus_on_load);
  const inBox = (k) => [...box.querySelectorAll("[data-key]")].find((n) => n.dataset.key === k);
  let target = wrong || (!isNew && key && inBox(key));
  if (isNew) target = (asked && [...box.querySelectorAll("[data-key]")].find((n) => n.dataset.key.endsWith(`\n${asked.action_id}`))) || box.querySelector(".modal-body [data-key]");
  const node = field(target) || box.querySelector("footer .button:last-child");
  node?.focus({ preventScroll: isNew });
  if (wrong) node?.scrollIntoView({ block: "center" });
  if (!wrong && selection && key && node?.setSelectionRange && node.type !== "email") {
    try {
      node.setSelectionRange(...selection);
    } catch {
      // Some kinds of fields have no selection to restore.
    }
  }
}

async function send() {
  if (busy) return;
  busy = true;
  const button = box.querySelector("#modal-submit");
  button.classList.add("busy");
  button.setAttribute("aria-busy", "true");
  try {
    await act("submit", { view: view.id, values: untold(pending) });
    pending.clear();
  } catch (refused) {
    toast(sentence(refused), "bad");
  } finally {
    busy = false;
    button.classList.remove("busy");
    button.removeAttribute("aria-busy");
    tell("reload");
  }
}

const closeTop = () => view && tryAct("close", { view: view.id }).then(() => tell("reload"));
const closeAll = () => view && tryAct("close", { view: view.id, everything: true }).then(() => tell("reload"));
