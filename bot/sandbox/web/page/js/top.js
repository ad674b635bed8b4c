// The bar at the top: the workspace, its clock, traffic, light and dark.

import * as dates from "./dates.js";
import { ask } from "./dialogs.js";
import { fill, h, icon } from "./dom.js";
import { announce, toast } from "./notes.js";
import { me, on, remembered, state, tell, tryAct } from "./state.js";

const top = document.getElementById("top");
const narrow = matchMedia("(max-width: 1199px)"); // too narrow for the clock's buttons
let drawn = "";
let errors = 0;
let asking = 0;
let trouble = "";

const STEPS = [
  ["+15 min", 900],
  ["+1 h", 3600],
  ["+1 day", 86_400],
];

on("errors", (count) => ((errors = count), drawTop()));
narrow.addEventListener("change", () => ((drawn = ""), state.screen && drawTop()));

/** Draw the bar; the clock's face alone when nothing else changed. */
export function drawTop() {
  const { clock } = state.screen;
  const key = JSON.stringify([state.me, clock.plays, clock.runs, clock.target, clock.next, clock.movable, errors, state.drawer, narrow.matches, document.documentElement.dataset.theme]);
  if (key !== drawn) {
    const focused = top.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") || document.activeElement.textContent : "";
    drawn = key;
    build(clock);
    if (focused) [...top.querySelectorAll("button")].find((b) => (b.getAttribute("aria-label") || b.textContent) === focused)?.focus();
  }
  if (!asking && clock.target === null) top.removeAttribute("aria-busy");
  if (clock.trouble && clock.trouble !== trouble) toast(clock.trouble, "bad");
  trouble = clock.trouble;
  face();
}

function face() {
  const now = dates.now();
  for (const node of document.querySelectorAll(".clock-face")) {
    const text = `${dates.shortDate(now)}, ${dates.time(now)}`;
    const b = node.querySelector("b");
    if (b.textContent !== dates.time(now)) b.textContent = dates.time(now);
    const brief = node.closest(".clock-button");
    node.querySelector(".clock-date").textContent = brief ? dates.dayMonth(now) : dates.shortDate(now);
    node.title = `${text} in ${dates.city(me().tz)}`;
  }
}
setInterval(() => state.screen?.clock.runs && (face(), tell("minute")), 1000);

const clockFace = () => h("span", { class: "clock-face" }, h("b", {}), h("span", { class: "clock-date" }), h("small", {}, dates.city(me().tz)));

function build(clock) {
  const dark = document.documentElement.dataset.theme === "dark";
  const traffic = state.drawer === "traffic";
  fill(
    top,
    h("button", { class: "icon-button only-narrow", type: "button", "aria-label": "Conversations", "aria-controls": "side", onclick: () => tell("side") }, icon("menu")),
    h("span", { class: "team" }, h("img", { src: "/page/icon.svg", alt: "", width: 22, height: 22 }), h("b", {}, state.world.team.name), h("small", {}, "local workspace")),
    narrow.matches
      ? h("button", { class: "clock-button", type: "button", "aria-haspopup": "dialog", "aria-label": "Clock", onclick: clockDialog }, icon("clock"), clockFace())
      : h("div", { class: "clock", role: "group", "aria-label": "Clock" }, clockFace(), controls(clock)),
    h(
      "div",
      { class: "top-end" },
      h("button", { class: `quiet${traffic ? " on" : ""}`, type: "button", "aria-label": errors ? `Traffic, ${errors} refused` : "Traffic", "aria-pressed": String(traffic), onclick: () => tell("drawer", traffic ? "" : "traffic") }, icon("traffic"), h("span", { class: "wide-only" }, "Traffic"), errors > 0 && h("span", { class: "bad-count" }, String(errors))),
      h("button", { class: "icon-button", type: "button", "aria-label": dark ? "Light colours" : "Dark colours", onclick: () => theme(dark ? "light" : "dark") }, icon(dark ? "sun" : "moon")),
    ),
  );
}

function controls(clock) {
  if (!clock.movable) return h("small", { class: "muted" }, "real time");
  const moving = clock.target !== null;
  const speed = clock.plays || clock.runs;
  const step = ([label, seconds]) => h("button", { class: "button small", type: "button", onclick: () => move({ advance: seconds }) }, label);
  return [
    h("span", { class: "steps" }, STEPS.map(step)),
    moving || speed
      ? h("button", { class: "button small on", type: "button", onclick: () => move({ play: 0 }) }, icon("stop"), speed ? `Stop ×${speed}` : "Stop")
      : h("button", { class: "button small", type: "button", "aria-label": "Play at real speed", onclick: () => move({ play: 1 }) }, icon("play"), "×1"),
    speed !== 60 && !moving && h("button", { class: "button small", type: "button", "aria-label": "Play 60 times as fast", onclick: () => move({ play: 60 }) }, icon("play"), "×60"),
    next(clock),
  ];
}

function next(clock) {
  if (clock.target !== null) return h("span", { class: "next moving" }, "Moving to ", dates.dayTime(clock.target), "…");
  if (!clock.next) return h("span", { class: "next none" }, "Nothing planned");
  return h(
    "button",
    { class: "button small next", type: "button", title: "Move to the next thing that will happen", onclick: () => move({ to: "next" }) },
    icon("next"),
    h("b", {}, dates.sameDay(clock.next.at, dates.now()) ? dates.time(clock.next.at) : dates.weekdayTime(clock.next.at)),
    h("span", { class: "what" }, ` – ${clock.next.what}`),
  );
}

/** While a move is asked for or under way the bar is busy. */
async function move(body) {
  asking += 1;
  top.setAttribute("aria-busy", "true");
  const clock = await tryAct("clock", body);
  asking -= 1;
  tell("clock", clock);
}

/** On a narrow screen the clock's buttons are in a dialog. */
function clockDialog() {
  const keep = { stop: null };
  ask("Clock", (body) => {
    const draw = () => {
      if (!body.isConnected) return;
      fill(body, h("p", { class: "clock-line" }, clockFace()), h("div", { class: "clock tall" }, controls(state.screen.clock)));
      face();
    };
    requestAnimationFrame(draw);
    keep.stop = on("clock-drawn", draw);
  });
}

/** Light or dark, remembered in this browser. */
export function theme(wanted) {
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = wanted || remembered.get("theme", null) || system;
  if (wanted) {
    remembered.set("theme", wanted);
    drawTop();
    announce(wanted === "dark" ? "Dark colours" : "Light colours");
  }
}
