/* Another reading of a finding, of any characters or of a whole line; and what a line is. */
import { ask, element, say } from "./common.mjs";

const by = (id) => document.getElementById(id);
const TAB = "⇥"; // a tab parts the cells of a row: an editor must see it
const HEADS = { title: "不是标题", heading: "不是小标题" };

export class Change {
  constructor(api, text, queue, act) {
    Object.assign(this, { api, text, queue, act });
    this.form = by("change");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.form.addEventListener("input", () => this.remember());
    by("change-line").addEventListener("click", () => this.line());
    by("decide").addEventListener("click", (event) => this.decide(event.target.dataset.begins));
    addEventListener("pagehide", () => { if (this.later) this.keep(true); });
  }

  get isOpen() {
    return !this.form.hidden;
  }

  /* Open the form at what is chosen in the text, else at the finding. */
  open(atStructure) {
    const chosen = this.text.selection();
    const finding = this.queue.here;
    if (chosen === false) return say("选中的字要在原文的同一行里");
    if (chosen) this.show(chosen);
    else if (finding && finding.from) this.show({ line: finding.line, printed: finding.from, words: finding.from, to: finding.to, finding });
    else if (finding || this.text.line) return this.line(finding ? finding.line : this.text.line, finding, atStructure);
    else return say("先选中要改的字");
    if (atStructure) this.toStructure();
  }

  /* A whole line, as it is in the file, for what cannot be chosen in the text: an empty cell. */
  async line(number, finding, atStructure) {
    const line = number || this.changing.line;
    const data = await ask(`${this.api}/source?first=${line}&last=${line}`).catch(() => null);
    if (!data || !data.now.length) return;
    const words = data.now[0].replaceAll("\t", TAB);
    const of = finding || (this.changing && this.changing.finding);
    this.show({ line, printed: data.now[0], words, whole: true, finding: of });
    // what the finding speaks of is chosen in the line: 年份“201”只有三位
    const quoted = of && !of.from && (of.message.match(/“([^”]{1,40})”/) || [])[1];
    const at = quoted ? words.indexOf(quoted) : -1;
    const field = by("change-to");
    field.setSelectionRange(Math.max(at, 0), at < 0 ? 0 : at + quoted.length);
    if (atStructure) this.toStructure();
  }

  show(changing) {
    this.changing = changing;
    this.form.hidden = false;
    const { line, words, whole, printed } = changing;
    by("change-of").textContent = whole ? `第${line}行，整行${words.includes(TAB) ? `（${TAB} 是两格之间）` : ""}` : `第${line}行：“${words}”`;
    by("change-to").value = changing.to ?? words;
    by("change-why").value = changing.why || "";
    this.form.elements.of.value = changing.of || "scan";
    by("change-line").hidden = Boolean(whole);
    const head = HEADS[this.text.kindOf(line)];
    by("not-head").hidden = !head;
    by("not-head").textContent = head || "";
    by("decide-at").textContent = whole || changing.printed || changing.start === undefined ? "这一行：" : "从选中的字起：";
    this.text.mark(line, true, printed);
    by("change-to").focus();
    if (!whole) by("change-to").select();
  }

  toStructure() {
    by("decide").querySelector("button:not([hidden])").focus();
  }

  leave() {
    this.form.hidden = true;
    this.changing = null;
    this.forget();
    this.queue.focus();
  }

  send() {
    if (!this.changing) return;
    const { line, printed, start, end, whole, finding, words } = this.changing;
    let to = by("change-to").value;
    if (to === words) return this.leave();
    if (whole) to = to.replaceAll(TAB, "\t");
    const body = { type: "correct", line, to, of: this.form.elements.of.value, why: by("change-why").value, finding: finding ? finding.id : "" };
    if (printed) body.printed = printed;
    else Object.assign(body, { start, end, words });
    this.act(body, finding, "done");
    this.leave();
    if (finding) this.queue.next();
  }

  decide(begins) {
    if (!begins || !this.changing) return;
    const { line, start, end, words, whole, printed, finding } = this.changing;
    const part = whole || printed || start === undefined ? {} : { start, end, words };
    this.act({ type: "decide", line, begins, ...part, finding: finding ? finding.id : "" }, finding, "done");
    this.leave();
  }

  /* What is typed is kept by the server until it is stored or given up. */
  remember() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.keep(), 300);
  }

  keep(leaving) {
    clearTimeout(this.later);
    this.later = 0;
    if (!this.changing) return;
    const { line, words, printed = "", start = 0, end = 0, finding } = this.changing;
    const unsent = { line, words, printed, start, end, to: by("change-to").value, why: by("change-why").value,
      of: this.form.elements.of.value, finding: finding ? finding.id : "" };
    this.kept = true;
    if (!leaving) return ask(`${this.api}/unsent`, { unsent }).catch(() => {});
    fetch(`${this.api}/unsent`, { method: "POST", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify({ unsent }) }).catch(() => {});
  }

  forget() {
    clearTimeout(this.later);
    this.later = 0;
    if (this.kept) ask(`${this.api}/unsent`, {}).catch(() => {});
    this.kept = false;
  }

  /* What was typed before a crash is offered again. */
  offer(unsent) {
    const box = by("unsent");
    box.hidden = !unsent;
    if (!unsent) return;
    this.kept = true;
    const go = element("button", { type: "button" }, "接着改");
    const drop = element("button", { type: "button" }, "不要了");
    go.addEventListener("click", () => {
      box.hidden = true;
      const whole = unsent.printed && unsent.words.includes(TAB) || unsent.words === unsent.printed && unsent.words.length > 40;
      this.show({ ...unsent, whole, finding: this.queue.cards.find((one) => one.id === unsent.finding) });
    });
    drop.addEventListener("click", () => { box.hidden = true; this.forget(); this.queue.focus(); });
    box.replaceChildren(`上次输入了还没有保存：第${unsent.line}行 “${unsent.words.slice(0, 30)}” → “${unsent.to.slice(0, 30)}” `, go, " ", drop);
  }
}
