/* The sheet: its picture, the frame of the line that the editor is at, zoom and turns. */
import { element } from "./common.mjs";

const SVG = "http://www.w3.org/2000/svg";
const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];

export class Sheet {
  constructor(frame, leaf, picture, boxes, received, label, name) {
    Object.assign(this, { frame, leaf, picture, boxes, received, label, name });
    this.zoom = 1;
    this.turned = 0;
    this.dark = false;
    this.sheet = 0;
    this.lines = new Map(); // line → places
    this.sheets = [];
    this.missing = new Set();
    picture.addEventListener("load", () => { this.shown = this.asked; leaf.classList.remove("loading"); this.fit(); this.frameLine(); });
    picture.addEventListener("error", () => { this.missing.add(this.sheet); this.noPicture(); });
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.do(event.deltaY < 0 ? "larger" : "smaller");
    }, { passive: false });
  }

  places(paper) {
    this.lines.clear();
    const sheets = new Map();
    for (const [line, sheet, printed, box] of paper) {
      if (!sheet) continue;
      if (!this.lines.has(line)) this.lines.set(line, []);
      this.lines.get(line).push({ sheet, box });
      sheets.set(sheet, printed);
    }
    this.sheets = [...sheets.keys()].sort((a, b) => a - b);
    this.printed = sheets;
    if (!this.sheet && this.sheets.length) this.open(this.sheets[0]);
    if (!this.sheets.length) this.noPicture();
  }

  open(sheet) {
    if (this.sheet === sheet) return;
    this.sheet = sheet;
    const printed = this.printed && this.printed.get(sheet);
    this.label.textContent = `第${sheet}张${printed ? `（第${printed}页）` : ""}`;
    if (this.missing.has(sheet)) return this.noPicture();
    this.received.hidden = true;
    this.leaf.hidden = false;
    this.picture.alt = `原件第${sheet}张`;
    this.asked = sheet;
    this.leaf.classList.add("loading");
    this.picture.src = `/sheet/${this.name}/${sheet}?width=1600`;
  }

  noPicture() {
    this.leaf.hidden = true;
    this.received.hidden = false;
    if (!this.sheets.length) this.label.textContent = "没有原件的图，显示原来的文本";
  }

  words(line, words) {
    if (!this.received.hidden) this.received.textContent = `第${line}行\n${words}`;
  }

  follow(line) {
    this.line = line;
    const place = (this.lines.get(line) || [])[0];
    if (place) this.open(place.sheet);
    this.frameLine();
  }

  frameLine() {
    this.boxes.replaceChildren();
    if (this.shown !== this.sheet) return; // no frame over the picture of another sheet
    for (const { sheet, box } of this.lines.get(this.line) || []) {
      if (sheet !== this.sheet || !box) continue;
      const frame = document.createElementNS(SVG, "rect");
      const [left, top, right, bottom] = box;
      for (const [key, value] of Object.entries({ x: left, y: top, width: right - left, height: bottom - top })) frame.setAttribute(key, value);
      this.boxes.append(frame);
      const x = left * this.leaf.offsetWidth;
      if (x < this.frame.scrollLeft || x > this.frame.scrollLeft + this.frame.clientWidth * 0.8) this.frame.scrollLeft = x - 24;
      const y = top * this.leaf.offsetHeight, end = bottom * this.leaf.offsetHeight;
      if (y < this.frame.scrollTop || end > this.frame.scrollTop + this.frame.clientHeight) {
        this.frame.scrollTop = y - this.frame.clientHeight / 3;
      }
    }
  }

  fit() {
    this.boxes.setAttribute("viewBox", "0 0 1 1");
    this.boxes.setAttribute("preserveAspectRatio", "none");
    this.leaf.style.width = `${this.frame.clientWidth * this.zoom - 18}px`;
    this.leaf.style.transform = this.turned ? `rotate(${this.turned}deg)` : "";
  }

  do(act) {
    const at = STEPS.indexOf(this.zoom);
    if (act === "larger") this.zoom = STEPS[Math.min(at + 1, STEPS.length - 1)];
    else if (act === "smaller") this.zoom = STEPS[Math.max(at - 1, 0)];
    else if (act === "wide") Object.assign(this, { zoom: 1, turned: 0 });
    else if (act === "turn") this.turned = (this.turned + 90) % 360;
    else if (act === "page-on") return this.turnTo(1);
    else if (act === "page-back") return this.turnTo(-1);
    else if (act === "dark") this.darken(!this.dark);
    this.fit();
    this.frameLine();
  }

  darken(dark) {
    this.dark = dark;
    this.picture.classList.toggle("dark", dark);
    document.querySelector("[data-do=dark]").setAttribute("aria-pressed", String(dark));
  }

  turnTo(step) {
    const at = this.sheets.indexOf(this.sheet);
    const next = this.sheets[at + step];
    if (next) this.open(next);
  }

  /* Draw a line of the sheet into a canvas, a little of the lines above and below with it. Of a line
     that takes several printed ones, or goes on over a page, the part is drawn that is ``share``
     of the way through its text. */
  strip(canvas, line, share = 0) {
    const places = (this.lines.get(line) || []).filter((one) => one.box);
    const height = (one) => one.box[3] - one.box[1];
    let through = share * places.reduce((sum, one) => sum + height(one), 0);
    let place = places[0];
    for (const one of places) {
      place = one;
      if (through <= height(one)) break;
      through -= height(one);
    }
    canvas.hidden = true;
    const wanted = `${line} ${share}`;
    canvas.dataset.wanted = wanted;
    if (!place || this.missing.has(place.sheet)) return;
    const draw = (picture) => {
      if (canvas.dataset.wanted !== wanted) return; // the editor is at another line by now
      const [left, top, right, bottom] = place.box;
      const high = Math.min(bottom - top, 0.04), more = high * 0.35;
      const begin = Math.max(top, Math.min(top + through - high / 2, bottom - high));
      const x = Math.max(left - 0.01, 0) * picture.naturalWidth, y = Math.max(begin - more, 0) * picture.naturalHeight;
      const width = Math.min(right - left + 0.02, 1) * picture.naturalWidth, height = (high + 2 * more) * picture.naturalHeight;
      canvas.width = width;
      canvas.height = height;
      canvas.getContext("2d").drawImage(picture, x, y, width, height, 0, 0, width, height);
      canvas.hidden = false;
    };
    if (place.sheet === this.shown && this.shown === this.sheet && this.picture.complete && this.picture.naturalWidth) return draw(this.picture);
    const other = element("img", {});
    other.addEventListener("load", () => draw(other));
    other.src = `/sheet/${this.name}/${place.sheet}?width=1600`;
  }
}
