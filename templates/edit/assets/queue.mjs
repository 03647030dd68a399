/* The queue: the findings as cards, in an order that stays once the editor has begun. */
import { element } from "./common.mjs";

const by = (id) => document.getElementById(id);
const SEVERITY = { error: "停止发布", warning: "提醒", info: "参考" };
const STATES = { open: "待定", done: "已改", confirmed: "原文如此", term: "不是错误", doubtful: "存疑", gone: "已没有" };

/* The place of a finding in its line, as the line is in the file: what stands there, what it may read. */
export function reading(finding, most) {
  const place = finding.from ? finding.text.indexOf(finding.from) : -1;
  if (place < 0) return [finding.text.slice(0, 2 * most)];
  const end = place + finding.from.length, first = Math.max(place - most, 0);
  return [first ? "…" : "", finding.text.slice(first, place), element("del", {}, finding.from), element("ins", {}, finding.to),
    finding.text.slice(end, end + most), end + most < finding.text.length ? "…" : ""];
}

/* How far through its line a finding stands, from 0 to 1. */
export function shareOf(finding) {
  const place = finding.from ? finding.text.indexOf(finding.from) : -1;
  return place < 0 ? 0 : place / finding.text.length;
}

export class Queue {
  constructor(goTo) {
    this.goTo = goTo;
    this.list = by("cards");
    this.cards = []; // the findings in the order that the editor sees
    this.at = -1;
    this.touched = false; // the editor has begun: the order stays
    this.isSearching = true;
    this.ended = false; // the last open one was settled
    this.does = []; // what can be done at a card: words, title, act, whether it fits the card
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("li");
      if (!item) return;
      this.touched = true;
      if (!event.target.closest("button") && Number(item.dataset.number) !== this.at) this.enter(Number(item.dataset.number));
    });
  }

  get here() {
    return this.cards[this.at];
  }

  /* The findings as they are now; a card stays where it is. */
  take(data) {
    this.isSearching = data.searching; // misreadings are still to come
    const found = new Map(data.findings.map((finding) => [finding.id, finding]));
    const aside = (id) => data.doubtful.includes(id);
    for (const card of this.cards) {
      const now = found.get(card.id);
      if (now) Object.assign(card, now, { state: card.state === "doubtful" || aside(card.id) ? "doubtful" : "open" });
      else if (card.state === "open" || card.state === "doubtful") card.state = "gone";
      found.delete(card.id);
    }
    for (const finding of found.values()) this.cards.push({ ...finding, state: aside(finding.id) ? "doubtful" : "open" });
    if (this.touched) return;
    const order = new Map(data.findings.map((finding, number) => [finding.id, number])); // the likeliest first
    this.cards.sort((a, b) => (order.get(a.id) ?? -1) - (order.get(b.id) ?? -1));
    if (this.at >= 0) this.at = 0;
  }

  /* The findings in the order of the server again. */
  sort(data) {
    this.cards = data.findings.map((one) => ({ ...one, state: data.doubtful.includes(one.id) ? "doubtful" : "open" }));
    this.at = 0;
  }

  alike(finding) {
    const key = (one) => `${one.code}\u0000${one.from}\u0000${one.to}`;
    return finding && finding.from ? this.cards.filter((other) => other.state === "open" && key(other) === key(finding)) : [];
  }

  show(waiting) {
    const focused = this.list.contains(document.activeElement);
    const old = [...this.list.children];
    const items = this.cards.map((card, number) => {
      const key = JSON.stringify([card.id, card.state, card.file_line, card.message]);
      if (card.key !== key || !card.element) Object.assign(card, { key, element: this.card(card) });
      card.element.dataset.number = number;
      return card.element;
    });
    if (items.length !== old.length) {
      const top = this.list.scrollTop;
      this.list.replaceChildren(...items);
      this.list.scrollTop = top;
    } else items.forEach((item, number) => { if (item !== this.list.children[number]) this.list.children[number].replaceWith(item); });
    const open = this.cards.filter((one) => one.state === "open").length;
    const stop = this.cards.filter((one) => one.state === "open" && one.severity === "error").length;
    by("left").textContent = open ? `还有 ${open} 处${stop ? `，其中 ${stop} 处停止发布` : ""}` : waiting ? "正在保存" : this.isSearching ? "正在查找误读" : "都看过了";
    by("count").textContent = `看过 ${this.cards.length - open}/${this.cards.length}${this.isSearching ? "，还在查找误读" : ""}`;
    if (this.ended && open && !waiting) return this.next(); // more was found after the last was settled
    if (this.here) this.light(focused && !this.list.contains(document.activeElement));
  }

  card(finding) {
    const item = element("li", { tabIndex: -1, className: `card ${finding.severity} ${finding.state}` });
    item.append(element("p", { className: "head" },
      element("span", { className: "severity" }, finding.state === "open" ? SEVERITY[finding.severity] : STATES[finding.state]),
      element("span", { className: "where" }, `${finding.file ? `${finding.file} ` : ""}第${finding.file_line}行`),
      finding.confidence === null ? "" : element("span", { className: "sure", title: "程序的把握" }, `${Math.round(finding.confidence * 100)}%`)));
    if (finding.from) {
      item.append(element("p", { className: "reading" }, element("del", {}, finding.from), " → ", element("ins", {}, finding.to || "（删去）")));
    }
    item.append(element("p", { className: "message" }, finding.message));
    return item;
  }

  actions(finding) {
    const fitting = this.does.filter((one) => !one.fits || one.fits(finding));
    return element("p", { className: "acts" }, ...fitting.map(({ words, title, act }) => {
      const button = element("button", { type: "button", title }, typeof words === "function" ? words(finding) : words);
      button.addEventListener("click", () => act(finding));
      return button;
    }));
  }

  /* Mark the card that the editor is at. */
  light(focus) {
    for (const other of this.list.querySelectorAll(".here")) {
      other.classList.remove("here");
      other.removeAttribute("aria-current");
      other.querySelector(".acts")?.remove();
    }
    const item = this.here.element;
    item.classList.add("here");
    item.setAttribute("aria-current", "true");
    item.append(this.actions(this.here));
    item.scrollIntoView({ block: "nearest" });
    if (focus) item.focus({ preventScroll: true });
  }

  enter(number, focus = true) {
    if (!this.cards.length) return;
    this.at = Math.min(Math.max(number, 0), this.cards.length - 1);
    if (!this.here.element) this.show();
    this.light(focus);
    this.goTo(this.here.line, this.here);
  }

  focus() {
    if (this.here) this.here.element.focus({ preventScroll: true });
    else by("text").focus();
  }

  next() {
    let number = this.at + 1;
    while (number < this.cards.length && this.cards[number].state !== "open") number += 1;
    if (number >= this.cards.length) number = this.cards.findIndex((one) => one.state === "open");
    this.ended = number < 0;
    if (number >= 0) this.enter(number);
    else this.show(true);
  }
}
