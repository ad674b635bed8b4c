// The drawer with one thread.

import { refresh } from "./blocks.js";
import { composer } from "./composer.js";
import { fill, h, icon } from "./dom.js";
import { message } from "./message.js";
import { entry, person, state, tell } from "./state.js";
import { keepingFocus, sync } from "./redraw.js";

let key = "";
let known = new Map();

/** Draw the open thread into the drawer; what has not changed stays as it stands. */
export function drawThread(drawer) {
  if (!state.open || state.open.id !== state.place) return;
  const ts = state.thread;
  const wanted = `${state.me} ${state.place} ${ts}`;
  if (key !== wanted || !drawer.querySelector(".thread")) build(drawer, wanted, ts);
  const loaded = state.open.thread?.some((m) => m.ts === ts) ? state.open.thread : state.open.messages;
  const shown = loaded.filter((m) => m.ts === ts || m.thread_ts === ts);
  state.seenThreads.set(ts, Math.max(0, ...shown.map((m) => m.posted)));
  const list = drawer.querySelector(".thread");
  const body = drawer.querySelector(".drawer-body");
  const next = new Map();
  const nodes = shown.map((m, i) => {
    const { state: values, order, posted, ...lasting } = m;
    const signature = JSON.stringify([lasting, i]);
    const old = known.get(m.ts);
    if (old?.signature === signature) {
      next.set(m.ts, old);
      refresh(old.node, values);
      return old.node;
    }
    const node = keepingFocus(old?.node, () => message(m, { inThread: true }));
    next.set(m.ts, { signature, node });
    return node;
  });
  const more = next.size > known.size;
  known = next;
  if (shown.length > 1) nodes.splice(1, 0, rule(list, shown.length - 1));
  sync(list, nodes.length ? nodes : [h("li", { class: "muted gone" }, "This message is gone.")]);
  if (more) body.scrollTop = body.scrollHeight;
}

function rule(list, count) {
  const node = list.querySelector(".thread-rule") || h("li", { class: "thread-rule" }, h("span", {}));
  node.firstChild.textContent = count === 1 ? "1 reply" : `${count} replies`;
  return node;
}

function build(drawer, wanted, ts) {
  key = wanted;
  known = new Map();
  const c = entry();
  const shut = person(state.me).deleted ? "This account has been deactivated." : c.archived ? "This channel has been archived." : "";
  drawer.setAttribute("aria-label", "Thread");
  fill(
    drawer,
    h("header", { class: "drawer-head" }, h("h2", {}, "Thread", h("small", {}, c.kind === "channel" ? `#${c.title}` : c.title)), h("button", { class: "icon-button", type: "button", "aria-label": "Close thread", onclick: () => tell("drawer", "") }, icon("close"))),
    h("div", { class: "drawer-body" }, h("ol", { class: "messages thread", "aria-label": "Thread" })),
    composer({ where: () => ({ channel: state.place, thread: ts }), label: "Reply…", closed: shut, thread: true }),
  );
  drawer.querySelector(".composer textarea")?.focus();
}
