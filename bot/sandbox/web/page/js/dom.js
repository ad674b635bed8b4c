// Building nodes. Nothing in this page ever parses a text as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** h("button", {class: "quiet", onclick: f, "aria-label": "Close"}, "text", node, …) */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else if (key === "value" || key === "checked" || key === "disabled") node[key] = value;
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  return put(node, ...children);
}

/** Append children: nodes, texts, lists of them; null and false are left out. */
export function put(node, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/** Replace what is in a node. */
export function fill(node, ...children) {
  node.replaceChildren();
  return put(node, ...children);
}

const PATHS = {
  menu: "M4 6h16M4 12h16M4 18h16",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-7-6 16-3-7z",
  clip: "M20 11l-8.5 8.5a5 5 0 01-7-7L13 4a3.4 3.4 0 015 5l-8.5 8.5a1.7 1.7 0 01-2.5-2.5L15 7",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  reply: "M21 15a2 2 0 01-2 2H8l-5 4V6a2 2 0 012-2h14a2 2 0 012 2z",
  down: "M6 9l6 6 6-6",
  right: "M9 6l6 6-6 6",
  back: "M15 6l-6 6 6 6",
  search: "M11 4a7 7 0 100 14 7 7 0 000-14zM20 20l-4-4",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 016 0v3",
  plus: "M12 5v14M5 12h14",
  play: "M7 5l12 7-12 7z",
  stop: "M7 7h10v10H7z",
  next: "M5 5l9 7-9 7zM18 5v14",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.500 17.500L19 19M5 19l1.500-1.500M17.500 6.500L19 5",
  moon: "M20 14.500A8 8 0 019.500 4a8 8 0 1010.500 10.500z",
  traffic: "M7 4v15M7 19l-3-3M7 19l3-3M17 20V5M17 5l-3 3M17 5l3 3",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3 2",
  check: "M5 12l5 5 9-10",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  people: "M9 5a3.500 3.500 0 100 7 3.500 3.500 0 000-7zM2.500 20c0-3.500 3-5.500 6.500-5.500s6.500 2 6.500 5.500M16 5.500a3 3 0 010 6M18 15c2 .7 3.500 2.500 3.500 5",
  pencil: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 100 6 3 3 0 000-6z",
};

/** A line icon; decorative, so it is hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A person's initials on their own colour; the app and robots get a squarer one. */
export function avatar(person, size = "") {
  const words = (person?.name || "?").split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((w) => [...w][0] || "");
  const kind = person?.app ? " app" : person?.bot ? " bot" : "";
  const node = h("span", { class: `avatar${kind} ${size}`, "aria-hidden": "true" }, letters.join("").toUpperCase());
  let hue = 0;
  for (const c of person?.handle || "") hue = (hue * 31 + c.codePointAt(0)) % 360;
  node.style.setProperty("--hue", hue);
  return node;
}

let numbers = 0;
/** A fresh id for labels and descriptions. */
export const uid = (word) => `${word}-${++numbers}`;

/** Arrow keys move within `box` over `selector`; one of them takes part in the tab order. */
export function rove(box, selector, { horizontal = false } = {}) {
  const [back, on] = horizontal ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  box.addEventListener("keydown", (event) => {
    const at = event.target.closest(selector);
    if (!at || ![back, on, "Home", "End"].includes(event.key)) return;
    if (event.target !== at) return;
    const all = [...box.querySelectorAll(selector)].filter((n) => n.offsetParent);
    const i = all.indexOf(at);
    const to = { [back]: i - 1, [on]: i + 1, Home: 0, End: all.length - 1 }[event.key];
    if (!all[to]) return;
    event.preventDefault();
    all.forEach((n) => (n.tabIndex = -1));
    all[to].tabIndex = 0;
    all[to].focus();
  });
}

/** Call `run` once, `ms` after the last of several calls. */
export function later(ms, run) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };
}
