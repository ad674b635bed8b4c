// Block Kit's fields to type in: texts, numbers, dates and times.

import { h, later } from "./dom.js";
import { plain } from "./mrkdwn.js";
import { ids, send } from "./sending.js";
import { act } from "./state.js";

/** A date, a time, or both; `toInput` turns what Slack keeps into what the field takes. */
export function picker(type, toInput = (v) => v || "") {
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

/** A line, or lines, of text; with the length that is left where it matters. */
export function typed(ctx, el) {
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
  const on = el.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const eachLetter = ctx.block.dispatch_action && on.includes("on_character_entered");
  const letters = later(500, () => field.isConnected && send(ctx, el, "set", { value: field.value }, field));
  field.addEventListener("input", () => {
    ctx.pending.set(ctx.key, field.value);
    count();
    soon();
    if (eachLetter) letters();
  });
  if (!multiline && !ctx.block.dispatch_action) {
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) document.getElementById("modal-submit")?.click();
    });
  }
  if (ctx.block.dispatch_action && on.includes("on_enter_pressed")) {
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
