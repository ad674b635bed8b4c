// The drawer with what goes over the wire, and the trouble one can make there.

import * as dates from "./dates.js";
import { fill, h, icon } from "./dom.js";
import { see, state, tell, tryAct } from "./state.js";

let data = null;
let filter = "";
let onlyBad = false;
let opened = new Set();
let rows = new Map();
let parts = null;

/** Read the traffic; returns how many calls of the app were refused. */
export async function readTraffic() {
  data = await see("traffic");
  return data;
}

/** Draw the drawer, keeping what is opened and typed in it. */
export function drawTraffic(drawer) {
  if (!parts || parts.drawer !== drawer || !drawer.contains(parts.list)) build(drawer);
  if (!data) return;
  status();
  list();
}

function build(drawer) {
  rows = new Map();
  const search = h("input", { class: "field", type: "search", placeholder: "Filter by name", "aria-label": "Filter by name", value: filter, oninput: () => ((filter = search.value.toLowerCase()), list()) });
  const bad = h("input", { type: "checkbox", id: "only-bad", checked: onlyBad, onchange: () => ((onlyBad = bad.checked), list()) });
  parts = { drawer, list: h("ol", { class: "records", "aria-label": "Requests and events, newest first" }), status: h("div", { class: "traffic-status" }) };
  fill(
    drawer,
    h("header", { class: "drawer-head" }, h("h2", {}, "Traffic"), h("button", { class: "icon-button", type: "button", "aria-label": "Close traffic", onclick: () => tell("drawer", "") }, icon("close"))),
    h(
      "div",
      { class: "drawer-body" },
      parts.status,
      trouble(),
      h("div", { class: "filters" }, search, h("label", { for: "only-bad", class: "check" }, bad, " Errors only")),
      parts.list,
    ),
  );
  drawer.setAttribute("aria-label", "Traffic");
}

function status() {
  const { app, limits, faults, duplicates } = data;
  const used = Object.entries(limits.used).sort((a, b) => b[1][0] / b[1][1] - a[1][0] / a[1][1]);
  const planned = faults.reduce((sum, f) => sum + f.times, 0) + duplicates;
  const key = JSON.stringify([app, limits, faults, duplicates]);
  if (parts.status.dataset.key === key) return;
  parts.status.dataset.key = key;
  const way = app.over === "http" ? "signed HTTP" : "Socket Mode";
  const toggle = h("input", { type: "checkbox", id: "limits-on", checked: limits.on, onchange: () => tryAct("limits", { on: toggle.checked }) });
  fill(
    parts.status,
    h("p", {}, h("span", { class: `lamp ${app.connected ? "good" : "bad"}` }), app.connected ? `The app is connected (${way}).` : "No app is connected."),
    h("label", { for: "limits-on", class: "check" }, toggle, " Slack's rate limits"),
    limits.on && h("ul", { class: "limits" }, used.length ? used.slice(0, 5).map(([name, [n, most]]) => limit(name, n, most)) : h("li", { class: "muted" }, "No calls in the last minute.")),
    planned > 0 && h("p", { class: "planned" }, `Trouble ahead: ${[...faults.map((f) => `${f.kind} for ${f.method === "*" ? "any call" : f.method} ×${f.times}`), duplicates ? `${duplicates} duplicate events` : ""].filter(Boolean).join(", ")}. `, h("button", { class: "link", type: "button", onclick: () => tryAct("fault", { kind: "clear" }) }, "Clear")),
  );
}

function limit(name, n, most) {
  return h("li", {}, h("span", {}, name), h("meter", { min: 0, max: most, high: most * 0.8, value: n, "aria-label": `${name}: ${n} of ${most} a minute` }), h("small", {}, `${n} of ${most} a minute`));
}

const KINDS = [
  ["429", "429: slow down"],
  ["500", "500: server error"],
  ["timeout_after_effect", "Time-out after effect"],
  ["drop_connection", "Connection dropped"],
  ["ok_false:fatal_error", "ok: false (fatal_error)"],
  ["duplicate_event", "Event delivered again"],
  ["parallel_duplicate", "Event twice at once"],
  ["drop_sockets", "Drop the sockets now"],
  ["refresh_sockets", "Ask sockets to reconnect"],
];
const METHODS = ["*", "chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.update", "views.publish", "conversations.open", "users.info"];

function trouble() {
  const kind = h("select", { class: "field", id: "fault-kind" }, KINDS.map(([value, label]) => h("option", { value }, label)));
  const method = h("select", { class: "field", id: "fault-method" }, METHODS.map((m) => h("option", { value: m }, m === "*" ? "any call" : m)));
  const times = h("input", { class: "field", id: "fault-times", type: "number", min: 1, max: 1000, value: 1 });
  const fit = () => {
    method.disabled = /event|duplicate|sockets/.test(kind.value);
    times.disabled = /sockets/.test(kind.value);
  };
  kind.addEventListener("change", fit);
  const make = () => tryAct("fault", { kind: kind.value, method: method.value, times: Number(times.value) || 1 });
  return h(
    "details",
    { class: "fault" },
    h("summary", {}, "Inject a fault"),
    h(
      "div",
      { class: "fault-form" },
      h("label", { for: "fault-kind" }, "What"),
      kind,
      h("label", { for: "fault-method" }, "Where"),
      method,
      h("label", { for: "fault-times" }, "Times"),
      times,
      h("button", { class: "button danger", type: "button", onclick: make }, "Inject"),
    ),
  );
}

function list() {
  if (!data) return;
  const shown = data.records.filter((r) => (!onlyBad || !r.good) && (!filter || `${r.name} ${r.kind} ${r.outcome}`.toLowerCase().includes(filter)));
  const nodes = shown.reverse().map((r) => {
    const signature = JSON.stringify([r, opened.has(r.seq)]);
    const old = rows.get(r.seq);
    if (old?.signature === signature) return old.node;
    const node = record(r);
    rows.set(r.seq, { signature, node });
    return node;
  });
  const wanted = new Set(nodes);
  for (const child of [...parts.list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((n, i) => parts.list.children[i] !== n && parts.list.insertBefore(n, parts.list.children[i] || null));
  if (!nodes.length) fill(parts.list, h("li", { class: "muted none" }, data.total ? "Nothing fits the filter." : "Nothing has happened yet."));
}

function record(r) {
  const into = r.direction === "in";
  const details = h("details", { class: `record ${r.good ? "" : "bad"}`, open: opened.has(r.seq) });
  const box = h("div", { class: "json" });
  details.append(
    h(
      "summary",
      {},
      h("span", { class: `way ${r.direction}`, title: into ? "from the app" : "to the app" }, into ? "←" : "→", h("span", { class: "hidden-text" }, into ? "from the app: " : "to the app: ")),
      h("b", {}, r.name),
      h("span", { class: "outcome" }, r.outcome || "…"),
      h("small", {}, `${dates.time(r.at)} · ${r.kind}${r.ms ? ` · ${r.ms < 10 ? r.ms : Math.round(r.ms)} ms` : ""}`),
    ),
    box,
  );
  const load = async () => {
    const { payload, answer } = await see(`traffic/${r.seq}`);
    fill(box, h("h3", {}, "Sent"), tree(payload), answer !== null && [h("h3", {}, into ? "Answer" : "Ack"), tree(answer)]);
  };
  details.addEventListener("toggle", () => {
    if (details.open) (opened.add(r.seq), load());
    else opened.delete(r.seq);
  });
  if (details.open) load();
  return h("li", {}, details);
}

/** JSON as a tree that opens and closes. */
function tree(value, key = null, depth = 0) {
  const name = key === null ? null : h("span", { class: "key" }, `${key}: `);
  if (value === null || typeof value !== "object") {
    const long = typeof value === "string" ? JSON.stringify(value) : String(value);
    return h("div", { class: "leaf" }, name, h("span", { class: `value ${typeof value}` }, long));
  }
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  const label = list ? `[${entries.length}]` : `{${entries.length}}`;
  if (!entries.length) return h("div", { class: "leaf" }, name, h("span", { class: "value" }, list ? "[]" : "{}"));
  const open = depth < 1 || (depth < 3 && entries.length < 4);
  const node = h("details", { open }, h("summary", {}, name, h("span", { class: "value" }, label)));
  const grow = () => node.append(h("div", { class: "branch" }, entries.map(([k, v]) => tree(v, k, depth + 1))));
  if (open) grow();
  else node.addEventListener("toggle", grow, { once: true });
  return node;
}
