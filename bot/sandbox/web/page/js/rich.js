// rich_text blocks: what newer apps send instead of mrkdwn.

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { link, mrkdwn } from "./mrkdwn.js";

function styled(nodes, style = {}) {
  return ["code", "bold", "italic", "strike"].reduce(
    (inner, name) => (style[name] ? h({ code: "code", bold: "b", italic: "i", strike: "s" }[name], {}, inner) : inner),
    nodes,
  );
}

const INLINE = {
  text: (e) => e.text.split(/(\n)/).map((part) => (part === "\n" ? h("br") : part)),
  link: (e) => link(e.url, e.text),
  user: (e) => mrkdwn(`<@${e.user_id}>`),
  channel: (e) => mrkdwn(`<#${e.channel_id}>`),
  broadcast: (e) => mrkdwn(`<!${e.range}>`),
  emoji: (e) => EMOJI.get(e.name) || `:${e.name}:`,
  date: (e) => slackDate(e.timestamp, e.format || "{date} {time}", e.fallback || ""),
};

const run = (list) => (list || []).map((e) => styled(INLINE[e.type]?.(e) ?? "", e.style));

/** The nodes of one rich_text block. */
export function rich(block) {
  return block.elements.map((part) => {
    if (part.type === "rich_text_list") {
      const list = h(part.style === "ordered" ? "ol" : "ul", {}, part.elements.map((e) => h("li", {}, run(e.elements))));
      list.style.marginLeft = `${(part.indent || 0) * 24}px`;
      return list;
    }
    if (part.type === "rich_text_quote") return h("blockquote", {}, run(part.elements));
    if (part.type === "rich_text_preformatted") return h("pre", {}, run(part.elements));
    return h("div", {}, run(part.elements));
  });
}
