// Slack's text markup as nodes: mentions, links, dates, bold, italics, code, quotes.

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { emojify } from "./emoji.js";
import { person, state, tell } from "./state.js";

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const SAFE = /^(https?:\/\/|mailto:|tel:)/i;

/** A link that opens elsewhere, or plain text when its address is of no safe kind. */
export function link(address, label) {
  if (!SAFE.test(address)) return label || address;
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label || address.replace(/^mailto:/i, ""));
}

function mention(id, label) {
  const who = person(id);
  const name = who ? who.name : label || "somebody";
  return h("span", { class: `mention${id === state.me ? " me" : ""}` }, `@${name}`);
}

function channel(id, label) {
  const found = state.screen?.conversations.find((c) => c.id === id) || state.world.channels.find((c) => c.id === id);
  const name = `#${found?.title || found?.name || label || "private channel"}`;
  if (!state.screen?.conversations.some((c) => c.id === id)) return h("span", { class: "mention" }, name);
  return h("button", { class: "mention", type: "button", onclick: () => tell("go", id) }, name);
}

function token(inside) {
  const bar = inside.indexOf("|");
  const body = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescape(inside.slice(bar + 1));
  if (body.startsWith("@")) return mention(body.slice(1), label);
  if (body.startsWith("#")) return channel(body.slice(1), label);
  if (body.startsWith("!date^")) return date(body, label);
  if (body.startsWith("!")) return h("span", { class: "mention me" }, `@${label.replace(/^@/, "") || body.slice(1).split("^")[0]}`);
  return link(unescape(body), label);
}

function date(body, fallback) {
  const [, stamp, form, address] = body.split("^");
  const text = slackDate(stamp, unescape(form || ""), fallback);
  const node = h("time", { title: fallback }, text);
  return address ? link(unescape(address), text) : node;
}

const STYLES = { "*": "b", _: "i", "~": "s" };
// A sign opens where a word begins and closes where it ends, on the same line.
const STYLED = /(^|[\s([{"'“‘.,;:!?—–/*_~-])([*_~])(?=\S)((?:(?!\2)[^\n])*?[^\s])\2(?=$|[\s)\]}"'”’.,;:!?—–/*_~-])/;
const BARE = /\bhttps?:\/\/(?:(?!&[lg]t;)[^\s<>"“”\uE000])+/;

/** Styles, bare addresses, emoji and line breaks of a text; `<…>` tokens are already nodes. */
function inline(text, slots) {
  const out = [];
  let rest = text;
  for (let found = STYLED.exec(rest); found; found = STYLED.exec(rest)) {
    const at = found.index + found[1].length;
    out.push(...addresses(rest.slice(0, at), slots), h(STYLES[found[2]], {}, inline(found[3], slots)));
    rest = rest.slice(at + found[3].length + 2);
  }
  out.push(...addresses(rest, slots));
  return out;
}

function addresses(text, slots) {
  const out = [];
  let rest = text;
  for (let found = BARE.exec(rest); found; found = BARE.exec(rest)) {
    const address = found[0].replace(/[.,;:!?)\]]+$/, "");
    out.push(...simple(rest.slice(0, found.index), slots), link(unescape(address)));
    rest = rest.slice(found.index + address.length);
  }
  out.push(...simple(rest, slots));
  return out;
}

const simple = (text, slots) =>
  text.split(/(\uE000\d+\uE001|\n)/).map((part) => {
    if (part === "\n") return h("br");
    const slot = /^\uE000(\d+)\uE001$/.exec(part);
    return slot ? slots[Number(slot[1])] : emojify(unescape(part));
  });

function lines(text, slots) {
  const out = [];
  let quoted = null;
  let plain = [];
  const flush = () => {
    if (plain.length) out.push(...inline(plain.join("\n"), slots));
    plain = [];
  };
  for (const line of text.split("\n")) {
    if (/^(&gt;|>)/.test(line)) {
      flush();
      if (!quoted) out.push((quoted = h("blockquote")));
      else quoted.append(h("br"));
      quoted.append(...inline(line.replace(/^(&gt;|>)\s?/, ""), slots));
    } else {
      quoted = null;
      plain.push(line);
    }
  }
  flush();
  return out;
}

/** A mrkdwn text as a list of nodes and strings. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const slots = [];
  const slot = (node) => `\uE000${slots.push(node) - 1}\uE001`;
  const clean = String(text).replace(/[\uE000\uE001]/g, "");
  const coded = clean
    .replace(/```\n?([\s\S]+?)\n?```\n?/g, (_, code) => slot(h("pre", {}, unescape(code))))
    .replace(/`([^`\n]+)`/g, (_, code) => slot(h("code", {}, unescape(code))));
  const tokens = coded.replace(/<([^<>\n]+)>/g, (_, inside) => slot(token(inside)));
  return verbatim ? inline(tokens, slots) : lines(tokens, slots);
}

/** A text object (mrkdwn or plain_text) as nodes. */
export function text(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return emojify(object.text).split(/(\n)/).map((part) => (part === "\n" ? h("br") : part));
}

/** A text object as one plain string. */
export const plain = (object) => {
  const box = h("span", {}, text(object));
  return box.textContent;
};
