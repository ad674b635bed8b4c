// Block Kit's interactive elements. Each is drawn from the app's JSON and the person's own state.

import { combobox } from "./combobox.js";
import { localInput } from "./dates.js";
import { menu } from "./dialogs.js";
import { avatar, h, icon, uid } from "./dom.js";
import { emojify } from "./emoji.js";
import { fileField } from "./filefield.js";
import { picker, typed } from "./fields.js";
import { plain, text } from "./mrkdwn.js";
import { send } from "./sending.js";
import { state } from "./state.js";

/**
 * `ctx` says where an element stands: {where, values, pending, block, label, describedby, invalid,
 * input} – `pending` holds what was typed and not yet told to the workspace, by the ids of block and action.
 */
export function element(ctx, el) {
  const draw = DRAWN[el.type];
  if (!draw) return h("span", { class: "unknown" }, `(${el.type})`);
  const key = `${ctx.block.block_id}\n${el.action_id}`;
  const node = draw({ ...ctx, key, value: ctx.pending.has(key) ? ctx.pending.get(key) : ctx.values[key] }, el);
  node.dataset.key = key;
  return node;
}

function button(ctx, el) {
  const face = { class: `button ${el.style || ""}`, "aria-label": el.accessibility_label };
  const press = (event) => node.classList.contains("busy") ? event.preventDefault() : send(ctx, el, "press", {}, node);
  const node = /^https?:\/\//i.test(el.url || "")
    ? h("a", { ...face, href: el.url, target: "_blank", rel: "noopener noreferrer", onclick: press }, emojify(el.text.text))
    : h("button", { ...face, type: "button", onclick: press }, emojify(el.text.text));
  return node;
}

function overflow(ctx, el) {
  const items = el.options.map((option) => ({
    label: emojify(option.text.text),
    about: option.description?.text,
    run: () => {
      if (/^https?:\/\//i.test(option.url || "")) open(option.url, "_blank", "noopener");
      send(ctx, el, "overflow", { option }, node);
    },
  }));
  const node = h("button", { class: "button square", type: "button", "aria-label": "More choices", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => menu(node, items) }, icon("more"));
  return node;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function boxes(ctx, el) {
  const radio = el.type === "radio_buttons";
  const name = uid("choice");
  const node = h("div", { class: "boxes", role: radio ? "radiogroup" : "group", "aria-label": ctx.label || "Choices", "aria-describedby": ctx.describedby });
  let value = ctx.value;
  const rows = el.options.map((option) => {
    const input = h("input", { type: radio ? "radio" : "checkbox", name, id: uid("box") });
    input.addEventListener("change", () => {
      const before = value;
      value = radio ? option : el.options.filter((o, i) => rows[i].input.checked);
      send(ctx, el, "set", { value }, node, () => node.show(before));
    });
    const label = h("label", { for: input.id }, h("span", {}, text(option.text)), option.description && h("small", {}, text(option.description)));
    node.append(h("div", { class: "box" }, input, label));
    return { input, option };
  });
  node.show = (now) => {
    value = now;
    for (const { input, option } of rows) input.checked = radio ? same(now, option) : (now || []).some((o) => same(o, option));
  };
  node.show(value);
  return node;
}

/** The options of any select as the combobox wants them, each with the value that Slack sends. */
function offered(el) {
  const option = (o, group) => ({ key: JSON.stringify(o), value: o, text: emojify(plain(o.text)), about: o.description && plain(o.description), group });
  if (/static|external/.test(el.type)) {
    const grouped = (el.option_groups || []).flatMap((g) => g.options.map((o) => option(o, plain(g.label))));
    return [...(el.options || []).map((o) => option(o)), ...grouped];
  }
  if (/users/.test(el.type)) {
    return Object.entries(state.world.people)
      .filter(([, p]) => !p.deleted && p.handle !== "slackbot")
      .map(([id, p]) => ({ key: id, value: id, text: p.name, about: p.title || `@${p.handle}`, icon: () => avatar(p, "tiny") }))
      .sort((a, b) => a.text.localeCompare(b.text));
  }
  const joined = state.screen.conversations.map((c) => ({ key: c.id, value: c.id, text: c.kind === "channel" ? `#${c.title}` : c.title, kind: c.kind, private: c.private, other: c.others[0] }));
  if (/conversations/.test(el.type)) return joined.filter((c) => fits(c, el.filter || {}));
  const open = state.world.channels.map((c) => ({ key: c.id, value: c.id, text: `#${c.name}` }));
  return [...open, ...joined.filter((c) => c.kind === "channel" && !open.some((o) => o.key === c.key))];
}

/** Whether a conversations_select with this filter offers the conversation. */
function fits(c, { include, exclude_bot_users: noBots }) {
  const kind = c.kind === "channel" ? (c.private ? "private" : "public") : c.kind === "mpim" ? "mpim" : "im";
  return (!include || include.includes(kind)) && !(noBots && kind === "im" && state.world.people[c.other]?.bot);
}

function select(ctx, el) {
  const multi = el.type.startsWith("multi_");
  const options = offered(el);
  const keyOf = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  const keysOf = (value) => (multi ? (value || []).map(keyOf) : value ? [keyOf(value)] : []);
  let last = ctx.value;
  const node = combobox({
    label: ctx.label || plain(el.placeholder) || "Choose",
    options,
    chosen: keysOf(ctx.value),
    multi,
    most: el.max_selected_items,
    placeholder: el.placeholder && plain(el.placeholder),
    clearable: !multi && Boolean(ctx.block.optional),
    describedby: ctx.describedby,
    invalid: ctx.invalid,
    change(keys) {
      const values = keys.map((key) => options.find((o) => o.key === key)?.value).filter(Boolean);
      const value = multi ? values : values[0] || null;
      const before = last;
      last = value;
      send(ctx, el, "set", { value }, node, () => ((last = before), draw(keysOf(before))));
    },
  });
  const draw = node.show;
  node.show = (value) => ((last = value), draw(keysOf(value)));
  return node;
}

const DRAWN = {
  button,
  overflow,
  checkboxes: boxes,
  radio_buttons: boxes,
  ...Object.fromEntries(
    ["static", "external", "users", "conversations", "channels"].flatMap((k) => [[`${k}_select`, select], [`multi_${k}_select`, select]]),
  ),
  datepicker: picker("date"),
  timepicker: picker("time"),
  datetimepicker: picker("datetime-local", (v) => (typeof v === "string" ? v : localInput(v))),
  plain_text_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  number_input: typed,
  file_input: fileField,
};

