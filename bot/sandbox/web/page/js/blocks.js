// Block Kit's blocks, drawn from the app's JSON.

import { element } from "./elements.js";
import { h, icon, uid } from "./dom.js";
import { emojify } from "./emoji.js";
import { sized } from "./filefield.js";
import { link, mrkdwn, plain, text } from "./mrkdwn.js";
import { rich } from "./rich.js";
import { state } from "./state.js";

/**
 * `surface`: {where, values, errors, pending}. Returns the nodes, each with its block's id.
 */
export function blocks(list, surface) {
  return (list || []).map((block) => {
    const node = (DRAWN[block.type] || unknown)(block, { ...surface, block });
    node.classList.add("block");
    node.dataset.block = block.block_id || "";
    return node;
  });
}

/** Show other values in what is already drawn (another window of the same person changed them). */
export function refresh(box, values) {
  for (const node of box.querySelectorAll("[data-key]")) {
    // What was read before the person's last touch is older than what they see.
    if (!(node.touched > state.asOf)) node.show?.(values[node.dataset.key]);
  }
}

function picture(image, size) {
  const file = image.slack_file?.id || /\b(F[A-Z0-9]{8,})\b/.exec(image.slack_file?.url || "")?.[1];
  const address = file ? `/open/${encodeURIComponent(file)}?as=${encodeURIComponent(state.me)}` : image.image_url;
  const node = h("img", { class: `picture ${size}`, src: address, alt: image.alt_text, loading: "lazy", referrerpolicy: "no-referrer" });
  node.addEventListener("error", () => node.replaceWith(h("span", { class: `picture missing ${size}`, role: "img", "aria-label": image.alt_text }, size === "small" ? "" : image.alt_text)));
  return node;
}

function section(block, ctx) {
  const label = block.text ? plain(block.text).slice(0, 200) : "";
  const words = h("div", { class: "words" }, block.text && h("div", { class: "text" }, text(block.text)));
  if (block.fields) words.append(h("div", { class: "fields" }, block.fields.map((f) => h("div", {}, text(f)))));
  const node = h("div", { class: "section" }, words);
  if (block.accessory) {
    const inner = block.accessory.type === "image" ? picture(block.accessory, "side") : element({ ...ctx, label }, block.accessory);
    node.append(h("div", { class: `accessory with-${block.accessory.type}` }, inner));
  }
  return node;
}

function input(block, ctx) {
  const id = uid("field");
  const [hintId, errorId] = [uid("hint"), uid("error")];
  const error = ctx.errors?.[block.block_id];
  const described = [error && errorId, block.hint && hintId].filter(Boolean).join(" ");
  const grouped = ["checkboxes", "radio_buttons", "file_input"].includes(block.element.type);
  const label = plain(block.label);
  const inner = element({ ...ctx, input: true, id, label, describedby: described || null, invalid: Boolean(error) }, block.element);
  const heading = [emojify(block.label.text), block.optional && h("span", { class: "optional" }, " (optional)")];
  const typed = inner.classList.contains("typed");
  return h(
    "div",
    { class: `input${error ? " wrong" : ""}` },
    typed && !grouped ? h("label", { for: id, class: "label" }, heading) : h("div", { class: "label" }, heading),
    inner,
    error && h("p", { class: "error", id: errorId }, h("span", { "aria-hidden": "true" }, "⚠ "), error),
    block.hint && h("p", { class: "hint", id: hintId }, text(block.hint)),
  );
}

const DRAWN = {
  section,
  input,
  rich_text: (block) => h("div", { class: "rich" }, rich(block)),
  header: (block) => h("h3", { class: "header" }, emojify(block.text.text)),
  divider: () => h("hr"),
  image: (block) => h("figure", {}, block.title && h("figcaption", {}, text(block.title)), picture(block, "large")),
  context: (block) => h("div", { class: "context" }, block.elements.map((e) => (e.type === "image" ? picture(e, "small") : h("span", {}, text(e))))),
  actions: (block, ctx) => h("div", { class: "actions" }, block.elements.map((e) => element({ ...ctx, label: e.placeholder && plain(e.placeholder) }, e))),
};

const unknown = (block) => h("div", { class: "unknown" }, `(${block.type})`);

/** Files shared in a message: pictures are shown, the rest is offered for download. */
export function files(list) {
  return (list || []).map((file) => {
    if (file.mode === "tombstone") return h("p", { class: "muted" }, "This file was deleted.");
    const address = `/open/${encodeURIComponent(file.id)}?as=${encodeURIComponent(state.me)}`;
    const size = sized(file.size);
    const card = h(
      "a",
      { class: "file", href: `${address}&download=1`, download: file.name, "aria-label": `Download ${file.title}, ${size}` },
      h("span", { class: "file-kind" }, (file.filetype || "file").slice(0, 4)),
      h("span", { class: "file-name" }, h("b", {}, file.title), h("small", {}, size)),
      icon("download"),
    );
    if (!/^image\/(png|jpeg|gif|webp)$/.test(file.mimetype)) return card;
    const shown = h("a", { href: address, target: "_blank", rel: "noopener" }, h("img", { class: "picture large", src: address, alt: file.alt_txt || file.title, loading: "lazy", width: file.original_w, height: file.original_h }));
    return h("div", { class: "file-picture" }, shown, card);
  });
}

/** Old-style attachments: a bar with a title, a text, or blocks. */
export function attachments(list, surface) {
  return (list || []).map((a) =>
    h(
      "div",
      { class: "attachment" },
      a.pretext && h("div", {}, mrkdwn(a.pretext)),
      a.title && h("b", {}, a.title_link ? link(a.title_link, a.title) : a.title),
      a.text && h("div", {}, mrkdwn(a.text)),
      a.blocks && blocks(a.blocks, surface),
      !a.text && !a.blocks && a.fallback,
    ),
  );
}
