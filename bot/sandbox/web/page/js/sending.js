// From an element to the workspace: what was typed first, then what was done.

import { confirmed } from "./dialogs.js";
import { text } from "./mrkdwn.js";
import { toast } from "./notes.js";
import { act, sentence } from "./state.js";

/** Which element it is, as the workspace wants it. */
export const ids = (ctx, el) => ({ where: ctx.where, block: ctx.block.block_id, action: el.action_id });

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
export async function send(ctx, el, verb, extra, node, undo = () => {}) {
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
