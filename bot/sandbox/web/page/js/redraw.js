// Drawing anew without a jolt: what stays is not moved, and the focus is where it was.

/** Make the children of a list exactly these nodes, moving as little as possible. */
export function sync(list, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, i) => {
    if (list.children[i] !== node) list.insertBefore(node, list.children[i] || null);
  });
}

/** Draw a message anew; if something in it had the focus, the same thing has it again. */
export function keepingFocus(old, draw) {
  const inside = old?.contains(document.activeElement) ? document.activeElement : null;
  const key = inside?.closest("[data-key]")?.dataset.key;
  const made = draw();
  if (inside) {
    queueMicrotask(() => {
      const place = key && made.querySelector(`[data-key="${CSS.escape(key)}"]`);
      const target = place ? (place.matches("button,input,textarea,a") ? place : place.querySelector("input,textarea,button")) : made;
      target?.focus({ preventScroll: true });
    });
  }
  return made;
}
