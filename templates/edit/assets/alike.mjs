/* All places of one kind, seen before they are accepted together. */
import { element } from "./common.mjs";
import { reading, shareOf } from "./queue.mjs";

const by = (id) => document.getElementById(id);

export class Alike {
  constructor(queue, sheet, accept) {
    Object.assign(this, { queue, sheet });
    this.button = by("alike-accept");
    this.list = by("alike-list");
    this.button.addEventListener("click", () => {
      const chosen = [...this.list.querySelectorAll("input:checked")].map((box) => queue.cards.find((one) => one.id === box.dataset.id));
      by("alike").close();
      accept(chosen.filter(Boolean));
    });
    this.list.addEventListener("scroll", () => this.look());
    by("alike").addEventListener("close", () => queue.focus());
  }

  open(group) {
    if (group.length < 2) return;
    by("alike-title").textContent = `同类：${group[0].from} → ${group[0].to || "（删去）"}，${group.length} 处`;
    this.list.replaceChildren(...group.map((one) => {
      const box = element("input", { type: "checkbox", checked: true });
      box.dataset.id = one.id;
      const canvas = element("canvas", { hidden: true });
      this.sheet.strip(canvas, one.line, shareOf(one));
      return element("p", {}, element("label", {}, box, ` 第${one.file_line}行　`, ...reading(one, 24)), canvas);
    }));
    this.button.disabled = true;
    by("alike").showModal();
    this.list.focus();
    this.look();
  }

  /* All were in view: they may be accepted, by Enter. */
  look() {
    if (!this.button.disabled || this.list.scrollTop + this.list.clientHeight < this.list.scrollHeight - 4) return;
    this.button.disabled = false;
    if (document.activeElement === this.list) this.button.focus();
  }
}
