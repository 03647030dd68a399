/* The three panes: their widths, moved by mouse or arrows; remembered with zoom and marks. */
import { ask } from "./common.mjs";

const LIMITS = { left: [15, 60], right: [18, 45] };

export class Panes {
  constructor(frame, sheet, text) {
    Object.assign(this, { frame, sheet, text });
    this.view = { left: 37.5, right: 23.5 };
    for (const bar of frame.querySelectorAll("[role=separator]")) {
      const side = bar.dataset.side, way = side === "left" ? 1 : -1;
      bar.addEventListener("keydown", (event) => {
        const step = { ArrowLeft: -2, ArrowRight: 2 }[event.code];
        if (!step) return;
        event.preventDefault();
        this.set(side, this.view[side] + way * step);
      });
      bar.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        bar.setPointerCapture(event.pointerId);
        bar.onpointermove = (moved) => {
          const box = frame.getBoundingClientRect();
          const share = 100 * (moved.clientX - box.left) / box.width;
          this.set(side, side === "left" ? share : 100 - share);
        };
      });
      for (const end of ["pointerup", "pointercancel"]) bar.addEventListener(end, () => { bar.onpointermove = null; });
    }
    addEventListener("resize", () => { sheet.fit(); sheet.frameLine(); });
    addEventListener("pagehide", () => { if (this.later) this.keep(); });
  }

  async restore() {
    const view = await ask("/api/view").catch(() => null);
    if (!view) return;
    Object.assign(this.sheet, { zoom: view.zoom, turned: view.turned });
    this.sheet.darken(view.dark);
    if (view.marked) this.text.toggle(true);
    for (const side of ["left", "right"]) this.set(side, view[side], false);
  }

  set(side, share, changed = true) {
    const [least, most] = LIMITS[side];
    const width = Math.min(Math.max(Math.round(share * 10) / 10, least), most);
    this.view[side] = width;
    this.frame.style.setProperty(`--${side}`, `${width}%`);
    this.frame.querySelector(`[data-side=${side}]`).setAttribute("aria-valuenow", Math.round(width));
    this.sheet.fit();
    if (changed) this.remember();
  }

  remember() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.keep(), 400);
  }

  keep() {
    clearTimeout(this.later);
    this.later = 0;
    const { zoom, turned, dark } = this.sheet;
    const body = JSON.stringify({ ...this.view, zoom, turned, dark, marked: this.text.marked });
    fetch("/api/view", { method: "POST", keepalive: true, headers: { "Content-Type": "application/json" }, body }).catch(() => {});
  }
}
