// Starts the page, listens to the feed, and brings what changed up to date.

import { later } from "./dom.js";
import { drawModal } from "./modal.js";
import { announce, toast } from "./notes.js";
import { drawSide } from "./side.js";
import { me, on, person, remembered, see, state, tell, tryAct } from "./state.js";
import { switcher } from "./switcher.js";
import { drawTalk, read } from "./talk.js";
import { drawThread } from "./thread.js";
import { drawTop, theme } from "./top.js";
import { drawTraffic, readTraffic } from "./traffic.js";

const drawer = document.getElementById("drawer");
let socket = null;
let tries = 0;
let seenErrors = 0;
let lastRecord = 0;
let reading = null;
let again = false;

function draw() {
  if (!state.screen) return;
  drawTop();
  drawSide();
  drawTalk();
  drawModal();
  drawDrawer();
  const fresh = state.screen.conversations.reduce((sum, c) => sum + c.unread, 0);
  document.title = `${fresh ? `(${fresh}) ` : ""}${me().name} – ${state.world.team.name}`;
  tell("clock-drawn");
}

function drawDrawer() {
  drawer.hidden = !state.drawer;
  document.body.classList.toggle("with-drawer", Boolean(state.drawer));
  if (state.drawer === "traffic") drawTraffic(drawer);
  if (state.drawer === "thread") drawThread(drawer);
}

/** Read the screen and the open conversation anew; calls in the meantime come to one more reading. */
function reload() {
  if (reading) return (again = true), reading;
  reading = readAll()
    .catch(() => offline())
    .finally(() => {
      reading = null;
      if (again) ((again = false), reload());
    });
  return reading;
}

async function readAll() {
  const who = state.me;
  const asOf = performance.now();
  const screen = await see("screen");
  screen.clock.heard = performance.now();
  if (who !== state.me) return;
  news(screen);
  state.screen = screen;
  if (!screen.conversations.some((c) => c.id === state.place)) state.place = screen.conversations[0].id;
  const place = state.place;
  const open = await see("conversation", { id: place, most: state.most, thread: state.thread });
  if (who !== state.me || place !== state.place) return void (again = true);
  Object.assign(state, { open, asOf });
  draw();
}

/** Tell screen readers of what came elsewhere. */
function news(screen) {
  if (!state.screen || state.screen.me !== screen.me) return;
  const before = Object.fromEntries(state.screen.conversations.map((c) => [c.id, c.unread]));
  for (const c of screen.conversations) {
    if (c.id !== state.place && c.unread > (before[c.id] || 0)) announce(`New message in ${c.kind === "channel" ? "#" : ""}${c.title}`);
  }
}

async function readWorld() {
  state.world = await see("world");
  document.documentElement.dataset.team = state.world.team.id;
}

async function readClock(given = null) {
  const clock = given || (await see("clock").catch(() => null));
  if (!clock || !state.screen) return;
  clock.heard = performance.now();
  state.screen.clock = clock;
  drawTop();
  drawSide();
  tell("clock-drawn");
}

const lookAtTraffic = later(300, async () => {
  const data = await readTraffic().catch(() => null);
  if (!data) return;
  const refused = data.records.filter((r) => r.direction === "in" && r.kind === "api" && !r.good);
  const fresh = refused.filter((r) => r.seq > lastRecord);
  const last = fresh.at(-1);
  if (last && lastRecord && state.drawer !== "traffic") toast(`${state.world.app.name}: ${last.name} was refused (${last.outcome}).`, "bad", ["Show", () => tell("drawer", "traffic")]);
  lastRecord = Math.max(lastRecord, data.records.at(-1)?.seq || 0, 1);
  if (state.drawer === "traffic") seenErrors = refused.at(-1)?.seq || seenErrors;
  tell("errors", refused.filter((r) => r.seq > seenErrors).length);
  if (state.drawer === "traffic") drawTraffic(drawer);
});

const soonNews = later(400, () => reload());

function listen() {
  socket?.close();
  const who = state.me;
  const made = new WebSocket(`ws://${location.host}/feed?as=${encodeURIComponent(who)}`);
  socket = made;
  made.addEventListener("message", async (event) => {
    if (made !== socket) return;
    if (tries) (document.getElementById("toasts").replaceChildren(), toast("Connected again.", "good"));
    tries = 0;
    const { kinds, others } = JSON.parse(event.data);
    const has = (...some) => some.some((k) => kinds.includes(k));
    if (has("people", "channel", "start")) await readWorld().catch(() => {});
    if (has("start", "message", "view", "unread", "channel", "people", "typed")) reload();
    else if (has("clock")) readClock();
    if (has("traffic", "start")) lookAtTraffic();
    if (others) soonNews();
  });
  made.addEventListener("close", () => {
    if (made !== socket) return;
    if (!tries) offline();
    tries += 1;
    setTimeout(listen, Math.min(2000, 300 * tries));
  });
}

function offline() {
  if (!tries) toast("The local workspace does not answer. Trying again…", "bad");
}

function become(id) {
  if (!person(id) || id === state.me) return;
  const recent = [state.me, ...remembered.get("recent", [])].filter((r) => r && r !== id && person(r));
  remembered.set("recent", [...new Set(recent)].slice(0, 8));
  remembered.set("me", id);
  Object.assign(state, { me: id, place: "", tab: "messages", thread: "", open: null, most: 120 });
  if (state.drawer === "thread") state.drawer = "";
  tell("place");
  note();
  listen();
  reload().then(() => announce(`Acting as ${me().name}`));
}

function go(id) {
  const app = state.screen?.conversations.find((c) => c.kind === "app");
  if (id !== state.place) Object.assign(state, { place: id, most: 120, thread: "", drawer: state.drawer === "thread" ? "" : state.drawer });
  state.tab = "messages";
  tell("place");
  note();
  document.body.classList.remove("with-side");
  reload().then(() => {
    document.querySelector(".composer textarea")?.focus();
    if (app?.id === id) tryAct("messages");
  });
}

function tab(name) {
  state.tab = name;
  note();
  tell("place");
  drawTalk();
  if (name === "home") tryAct("home");
  else {
    tryAct("messages");
    read();
  }
  document.querySelector("#main [role=tab][aria-selected=true]")?.focus();
}

/** The address says who and where, so that a reload, or a second window, is the same. */
function note() {
  const parts = [me().handle, state.tab === "home" ? "home" : state.place].filter(Boolean);
  history.replaceState(null, "", `#${parts.map(encodeURIComponent).join("/")}`);
}

on("reload", reload);
on("clock", readClock);
on("minute", drawSide);
on("become", become);
on("go", go);
on("tab", tab);
on("side", () => document.body.classList.toggle("with-side"));
on("shortcut", (id) => tryAct("shortcut", { id }));
on("thread", (ts) => (Object.assign(state, { thread: ts, drawer: "thread" }), draw(), reload()));
on("drawer", (which) => {
  state.drawer = which;
  if (which === "traffic") ((seenErrors = lastRecord), lookAtTraffic(), tell("errors", 0));
  draw();
  const focus = which ? drawer.querySelector("button,input") : document.querySelector(".composer textarea");
  focus?.focus();
});

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    switcher();
  } else if (event.key === "Escape" && !event.defaultPrevented) {
    if (document.body.classList.contains("with-side")) document.body.classList.remove("with-side");
    else if (drawer.contains(event.target)) tell("drawer", "");
  }
});
document.addEventListener("pointerdown", (event) => {
  if (document.body.classList.contains("with-side") && !event.target.closest("#side,#top,dialog")) document.body.classList.remove("with-side");
});

// Somebody wrote another person, or place, into the address.
addEventListener("hashchange", () => location.reload());

async function start() {
  theme();
  await readWorld();
  const people = Object.entries(state.world.people).filter(([id, p]) => id !== state.world.app.user && !p.bot && p.handle !== "slackbot");
  const [handle, place] = location.hash.slice(1).split("/").map(decodeURIComponent);
  const asked = people.find(([, p]) => p.handle === handle)?.[0];
  const last = people.find(([id]) => id === remembered.get("me", ""))?.[0];
  state.me = asked || last || people.find(([, p]) => !p.deleted)?.[0] || "";
  if (!state.me) return toast("There is nobody in this workspace to act as.", "bad");
  if (place === "home") state.tab = "home";
  else if (place) state.place = place;
  remembered.set("me", state.me);
  lastRecord = (await readTraffic()).total || 1;
  await reload();
  note();
  if (state.tab === "home") tryAct("home");
  listen();
}

start().catch(() => toast("The local workspace does not answer. Reload the page to try again.", "bad"));
