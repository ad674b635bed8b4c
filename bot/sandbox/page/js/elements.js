// Block Kit's interactive elements. Each is drawn from the app's JSON and the person's own state.

import { combobox } from "./combobox.js";
import { localInput } from "./dates.js";
import { confirmed, menu } from "./dialogs.js";
import { avatar, h, icon, later, uid } from "./dom.js";
import { emojify } from "./emoji.js";
import { plain, text } from "./mrkdwn.js";
import { act, sentence, state } from "./state.js";
import { toast } from "./notes.js";

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

const ids = (ctx, el) => ({ where: ctx.where, block: ctx.block.block_id, action: el.action_id });

/** What was typed and not yet told, as `submit` takes it. */
export const untold = (pending) =>
  [...pending].map(([key, value]) => {
    const [block, action] = key.split("\n");
    return { block, action, value };
  });

/** Tell the workspace all that was typed, before the app hears of anything else. */
async function flush(ctx) {
  const before = [...ctx.pending];
  for (const one of untold(ctx.pending)) await act("hold", { where: ctx.where, ...one });
  for (const [key, value] of before) if (ctx.pending.get(key) === value) ctx.pending.delete(key);
}

/** Tell the app, after the confirm dialog if there is one; the control is busy meanwhile. */
async function send(ctx, el, verb, extra, node, undo = () => {}) {
  if (el.confirm && !(await confirmed(withDefaults(el.confirm), text))) return undo();
  node.touched = Infinity;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  try {
    await flush(ctx);
    await act(verb, { ...ids(ctx, el), ...extra });
  } catch (refused) {
    toast(sentence(refused), "bad");
    undo();
  } finally {
    node.touched = performance.now();
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
  }
}

const withDefaults = (confirm) => ({
  ...confirm,
  title: confirm.title || { text: "Are you sure?" },
  confirm: confirm.confirm || { text: "Yes" },
  deny: confirm.deny || { text: "Cancel" },
});

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
  const joined = state.screen.conversations.map((c) => ({ key: c.id, value: c.id, text: c.kind === "channel" ? `#${c.title}` : c.title, kind: c.kind }));
  if (/conversations/.test(el.type)) return joined;
  const open = state.world.channels.map((c) => ({ key: c.id, value: c.id, text: `#${c.name}` }));
  return [...open, ...joined.filter((c) => c.kind === "channel" && !open.some((o) => o.key === c.key))];
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

function picker(type, toInput = (v) => v || "") {
  return (ctx, el) => {
    const node = h("input", {
      type,
      class: "field picker",
      "aria-label": ctx.label || plain(el.placeholder) || { date: "Date", time: "Time" }[type] || "Date and time",
      "aria-describedby": ctx.describedby,
      "aria-invalid": ctx.invalid ? "true" : null,
      title: el.placeholder && plain(el.placeholder),
    });
    node.value = toInput(ctx.value);
    let told = node.value;
    const say = () => {
      if (node.value === told || node.validity.badInput) return;
      const before = told;
      told = node.value;
      send(ctx, el, "set", { value: node.value || null }, node, () => (node.value = told = before));
    };
    // While somebody types a date, each digit makes a date; the app hears of the last one.
    const soon = later(ctx.input ? 50 : 900, say);
    node.addEventListener("change", soon);
    node.addEventListener("blur", say);
    node.show = (value) => {
      if (document.activeElement !== node) node.value = told = toInput(value);
    };
    return node;
  };
}

function typed(ctx, el) {
  const multiline = el.type === "plain_text_input" && el.multiline;
  const kind = { email_text_input: "email", url_text_input: "url", number_input: "text" }[el.type] || "text";
  const field = h(multiline ? "textarea" : "input", {
    class: "field",
    id: ctx.id,
    type: multiline ? null : kind,
    rows: multiline ? 4 : null,
    inputmode: el.type === "number_input" ? "decimal" : null,
    placeholder: el.placeholder && plain(el.placeholder),
    "aria-label": ctx.id ? null : ctx.label,
    "aria-describedby": ctx.describedby,
    "aria-invalid": ctx.invalid ? "true" : null,
    "aria-required": ctx.input && !ctx.block.optional ? "true" : null,
    autocomplete: "off",
  });
  field.value = ctx.value || "";
  const most = el.type === "plain_text_input" ? el.max_length || 3000 : 0;
  const left = h("span", { class: "length", "aria-live": "off" });
  const count = () => {
    const rest = most - [...field.value].length;
    left.textContent = most && (rest <= Math.max(20, most * 0.2) || most <= 300) ? String(rest) : "";
    left.classList.toggle("over", rest < 0);
    left.title = `${rest} characters left`;
  };
  const tell = async () => {
    if (!field.isConnected || !ctx.pending.has(ctx.key)) return;
    const { value } = field;
    await act("hold", { ...ids(ctx, el), value }).catch(() => {});
    if (field.value === value) ctx.pending.delete(ctx.key);
  };
  const soon = later(400, tell);
  field.addEventListener("input", () => {
    ctx.pending.set(ctx.key, field.value);
    count();
    soon();
  });
  if (ctx.block.dispatch_action) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || (multiline && event.shiftKey)) return;
      event.preventDefault();
      send(ctx, el, "set", { value: field.value }, field);
    });
  }
  count();
  const node = h("div", { class: "typed" }, field, left);
  node.show = (value) => {
    if (ctx.pending.has(ctx.key) || field.value === (value || "")) return;
    field.value = value || "";
    count();
  };
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
};

