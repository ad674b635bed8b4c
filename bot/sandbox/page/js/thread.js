// The drawer with one thread.

import { composer } from "./composer.js";
import { fill, h, icon } from "./dom.js";
import { message } from "./message.js";
import { entry, state, tell } from "./state.js";

let drawn = "";
let key = "";

/** Draw the open thread into the drawer. */
export function drawThread(drawer) {
  if (!state.open || state.open.id !== state.place) return;
  const ts = state.thread;
  const shown = state.open.messages.filter((m) => m.ts === ts || m.thread_ts === ts);
  const wanted = `${state.me} ${state.place} ${ts}`;
  if (key !== wanted || !drawer.querySelector(".thread")) {
    key = wanted;
    drawn = "";
    const c = entry();
    drawer.setAttribute("aria-label", "Thread");
    fill(
      drawer,
      h("header", { class: "drawer-head" }, h("h2", {}, "Thread", h("small", {}, c.kind === "channel" ? `#${c.title}` : c.title)), h("button", { class: "icon-button", type: "button", "aria-label": "Close thread", onclick: () => tell("drawer", "") }, icon("close"))),
      h("div", { class: "drawer-body" }, h("ol", { class: "messages thread", "aria-label": "Thread" })),
      composer({ where: () => ({ channel: state.place, thread: ts }), label: "Reply…", closed: "", thread: true }),
    );
    drawer.querySelector(".composer textarea")?.focus();
  }
  const signature = JSON.stringify(shown);
  if (signature === drawn) return;
  drawn = signature;
  const list = drawer.querySelector(".thread");
  fill(list, shown.length ? shown.map((m) => message(m, { inThread: true })) : h("li", { class: "muted" }, "This message is gone."));
  const body = drawer.querySelector(".drawer-body");
  body.scrollTop = body.scrollHeight;
}
