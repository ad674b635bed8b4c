// The app's Home tab.

import { blocks, refresh } from "./blocks.js";
import { fill, h } from "./dom.js";
import { keepingFocus } from "./redraw.js";
import { state } from "./state.js";

let drawn = "";

/** Draw the Home tab into `box`, keeping the focus where it was. */
export function home(box) {
  const view = state.screen.home;
  if (!view) {
    drawn = "";
    return fill(box, h("div", { class: "nothing" }, h("p", {}, `${state.world.app.name} has not published a Home tab for you yet.`)));
  }
  const key = `${state.me} ${view.id} ${view.hash}`;
  const old = box.querySelector(".home-view");
  if (old && drawn === key) return refresh(old, view.state);
  drawn = key;
  const at = box.scrollTop;
  fill(box, keepingFocus(old, () => h("div", { class: "home-view" }, blocks(view.blocks, { where: { view: view.id }, values: view.state, pending: new Map() }))));
  box.scrollTop = old ? at : 0;
}
