// A form's file_input: files are sent to the workspace at once, and go to the app with the form.

import { h, icon } from "./dom.js";
import { toast } from "./notes.js";
import { send } from "./sending.js";
import { sentence, store } from "./state.js";

const MOST = 10;

export const sized = (bytes) => (bytes > 99_999 ? `${(bytes / 1e6).toFixed(1)} MB` : bytes > 999 ? `${Math.round(bytes / 1e3)} kB` : `${bytes} bytes`);

/** Draws the chosen files with a way to drop each, and a button (or a drop) to add more. */
export function fileField(ctx, el) {
  const most = el.max_files || MOST;
  const kinds = (el.filetypes || []).map((k) => k.replace(/^\./, ""));
  let files = ctx.value || [];
  const rules = [most === 1 ? "one file" : `up to ${most} files`, kinds.length && kinds.join(", "), "10 MB each"].filter(Boolean).join(" · ");
  const picked = h("input", { type: "file", class: "hidden-text", id: ctx.id, multiple: most > 1, accept: kinds.length ? kinds.map((k) => `.${k}`).join(",") : null, tabindex: -1, "aria-label": ctx.label });
  const add = h("button", { class: "button", type: "button", "aria-label": `Add a file: ${ctx.label}`, "aria-describedby": ctx.describedby, onclick: () => picked.click() }, icon("clip"), "Add a file");
  const list = h("ul", { class: "file-list" });
  const node = h("div", { class: "file-field" }, list, h("div", { class: "file-drop" }, add, h("small", {}, rules)), picked);

  function draw() {
    list.replaceChildren(
      ...files.map((f) =>
        h(
          "li",
          { class: "file" },
          h("span", { class: "file-kind" }, (f.filetype || "file").slice(0, 4)),
          h("span", { class: "file-name" }, h("b", {}, f.name), h("small", {}, sized(f.size))),
          h("button", { class: "icon-button", type: "button", "aria-label": `Remove ${f.name}`, onclick: () => tell(files.filter((o) => o !== f)) }, icon("close")),
        ),
      ),
    );
    add.disabled = files.length >= most;
  }

  function tell(next) {
    const before = files;
    files = next;
    draw();
    return send(ctx, el, "set", { value: files.map((f) => f.id) }, node, () => ((files = before), draw()));
  }

  async function take(chosen) {
    const added = [];
    node.setAttribute("aria-busy", "true");
    try {
      for (const one of chosen) added.push((await store(one)).file);
    } catch (refused) {
      toast(sentence(refused), "bad");
    }
    node.removeAttribute("aria-busy");
    if (added.length) await tell([...files, ...added]);
    add.focus();
  }

  picked.addEventListener("change", () => {
    const chosen = [...picked.files];
    picked.value = "";
    take(chosen);
  });
  node.addEventListener("dragover", (event) => (event.preventDefault(), node.classList.add("over")));
  node.addEventListener("dragleave", () => node.classList.remove("over"));
  node.addEventListener("drop", (event) => {
    event.preventDefault();
    node.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
  node.show = (value) => ((files = value || []), draw());
  draw();
  return node;
}
