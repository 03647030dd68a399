/* The text as it will be published, line by line of the source, with the findings in it. */
import { element } from "./common.mjs";

const BLANK = "␣";

export class Text {
  constructor(frame, goTo, changes) {
    this.frame = frame;
    this.goTo = goTo;
    this.changes = changes; // asks what the program changed
    this.changed = {}; // by line
    this.marked = false; // the changes are shown
    this.articles = []; // { key, element }
    this.byLine = new Map(); // line → elements
    frame.addEventListener("click", (event) => {
      const piece = event.target.closest("[data-line]");
      if (piece && getSelection().isCollapsed) this.goTo(Number(piece.dataset.line));
    });
    document.addEventListener("selectionchange", () => {
      const node = getSelection().focusNode;
      const piece = node && frame.contains(node) && (node.nodeType === 1 ? node : node.parentElement).closest("[data-line]");
      if (piece && Number(piece.dataset.line) !== this.line) this.follow(Number(piece.dataset.line));
    });
  }

  follow(line) {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.goTo(line), 120);
  }

  /* Documents whose text, findings and corrections are as they were keep their elements: the place, and what is chosen, stay. */
  show(documents, findings, entries) {
    this.last = [documents, findings, entries];
    const byLine = new Map();
    for (const finding of findings) {
      for (let line = finding.line; line <= Math.min(finding.last, finding.line + 5); line += 1) {
        if (!byLine.has(line)) byLine.set(line, []);
        byLine.get(line).push(finding);
      }
    }
    const corrected = new Map();
    for (const { key, values } of entries) {
      if (key === "correction") corrected.set(values.line, [...(corrected.get(values.line) || []), values]);
    }
    const old = new Map(this.articles.map((one) => [one.key, one.element]));
    this.articles = documents.map(([digest, document_]) => {
      const own = (map) => document_.lines.flatMap((line) => map.get(line) || []);
      const key = JSON.stringify([digest, own(byLine).map((one) => [one.id, one.line]), own(corrected), this.marked && document_.lines.map((line) => this.changed[line])]);
      const element_ = old.get(key) || this.article(document_, byLine, corrected);
      old.delete(key);
      return { key, element: element_ };
    });
    const top = this.frame.scrollTop;
    this.articles.forEach(({ element: article }, n) => {
      const there = this.frame.children[n];
      if (there === article) return;
      if (there && !this.articles.some((one) => one.element === there)) there.replaceWith(article);
      else this.frame.insertBefore(article, there || null);
    });
    while (this.frame.children.length > this.articles.length) this.frame.lastElementChild.remove();
    this.frame.scrollTop = top;
    this.byLine.clear();
    for (const piece of this.frame.querySelectorAll("[data-line]")) {
      const line = Number(piece.dataset.line);
      this.byLine.set(line, [...(this.byLine.get(line) || []), piece]);
    }
    if (this.marked) this.refresh();
    if (this.line) this.mark(this.line, false);
  }

  /* Show, or hide, what the program removed or repaired. */
  async toggle(marked = !this.marked) {
    this.marked = marked;
    document.querySelector("[data-do=marks]").setAttribute("aria-pressed", String(marked));
    this.frame.classList.toggle("marked", marked);
    if (marked) await this.refresh();
    else if (this.last) this.show(...this.last);
  }

  async refresh() {
    if (!this.last) return;
    const found = await this.changes().catch(() => null);
    if (!found || JSON.stringify(found) === JSON.stringify(this.changed) && this.drawn) return;
    this.changed = found;
    this.drawn = true;
    this.show(...this.last);
  }

  /* How the program read a line, and what it did there. */
  told(line) {
    const change = this.marked && this.changed[line];
    return change ? [change.read_as, ...change.rules].filter(Boolean).join("，") : "";
  }

  article(document_, byLine, corrected) {
    const article = element("article", {});
    const leads = new Map(); // line → characters of it that are shown already
    const make = (line, words) => {
      const lead = leads.get(line) || 0;
      leads.set(line, lead + words.length);
      return this.piece(line, words, byLine.get(line) || [], corrected.get(line) || [], lead);
    };
    for (const block of document_.blocks) article.append(this.block(block, make, byLine));
    if (this.marked) this.removed(document_, article, leads);
    return article;
  }

  /* The lines that the program took out, after the line above them. */
  removed(document_, article, leads) {
    for (const line of document_.lines) {
      const change = this.changed[line];
      if (!change || leads.has(line)) continue;
      const above = [...article.querySelectorAll("[data-line]")].filter((piece) => Number(piece.dataset.line) < line).at(-1);
      const block = above && (above.closest("article > *"));
      const words = element("p", { className: "taken" });
      words.dataset.was = `第${line}行 ${change.rules.join("，") || change.read_as || "去掉"}：${change.received}`;
      if (block) block.after(words);
      else article.prepend(words);
    }
  }

  block(block, make, byLine) {
    if (block.kind === "attachment") return element("hr", {});
    if (block.kind === "table") {
      const parts = new Map(block.parts.map(([row, column, own]) => [`${row},${column}`, own]));
      return element("table", {}, element("tbody", {}, ...block.rows.map((row, n) => {
        const made = element("tr", {}, ...row.map((cell, c) => element(n < block.header_rows ? "th" : "td", {},
          ...(parts.get(`${n},${c}`) || [[block.row_lines[n], cell]]).filter(([, words]) => words).map(([line, words]) => make(line, words)))));
        const found = byLine.get(block.row_lines[n]);
        if (found) made.classList.add("row-found", found[0].severity);
        return made;
      })));
    }
    const name = block.kind === "title" ? "h2" : block.kind === "heading" ? "h3" : "p";
    const made = element(name, { className: `block ${block.kind}` });
    if (block.image) made.append(element("span", { className: "image" }, `［图：${block.image}］`));
    for (const [line, words] of block.pieces) made.append(make(line, words));
    return made;
  }

  piece(line, words, findings, corrections, lead) {
    const made = element("span", {});
    made.dataset.line = line;
    const spans = [];
    for (const finding of findings) {
      const place = finding.from ? words.indexOf(finding.from) : -1;
      if (place >= 0) spans.push([place, place + finding.from.length, element("mark", { className: `found ${finding.severity}`, title: finding.message })]);
    }
    for (const values of corrections) {
      const place = values.to ? words.indexOf(values.to) : -1;
      if (place >= 0) spans.push([place, place + values.to.length, element("span", { className: "corrected", title: `原作“${values.from}”：${values.why}` })]);
    }
    const isFound = spans.some((span) => span[2].classList.contains("found"));
    const change = this.marked && this.changed[line];
    for (const [start, end, was] of change ? change.edits : []) {
      if (end < lead || start > lead + words.length || (start === lead + words.length && start > lead && end > start)) continue;
      const mark = element("span", { className: "edited", title: `原来是“${was}”${change.rules.length ? `（${change.rules.join("，")}）` : ""}` });
      mark.dataset.was = was.replaceAll(/[ \t\u3000]/g, BLANK);
      spans.push([Math.max(start - lead, 0), Math.min(end - lead, words.length), mark]);
    }
    spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    let end = 0;
    for (const [first, last, mark] of spans) {
      if (first < end) continue;
      if (first > end) made.append(words.slice(end, first));
      if (last > first) mark.append(words.slice(first, last));
      made.append(mark);
      end = last;
    }
    if (end < words.length) made.append(words.slice(end));
    if (findings.length && !isFound && findings.some((one) => !one.from)) made.classList.add("found", findings[0].severity);
    return made;
  }

  mark(line, move = true, words = "") {
    for (const piece of this.frame.querySelectorAll(".at")) piece.classList.remove("at");
    this.line = line;
    const pieces = this.byLine.get(line) || [];
    for (const piece of pieces) piece.classList.add("at");
    const first = pieces[0];
    if (!first || !move) return;
    // of a long line the very place has to be in view
    const marks = words ? pieces.flatMap((piece) => [...piece.querySelectorAll("mark")]) : [];
    const target = marks.find((one) => one.textContent.includes(words)) || first;
    const frame = this.frame.getBoundingClientRect(), place = target.getBoundingClientRect();
    if (place.top < frame.top + 8 || place.bottom > frame.bottom - 8) {
      this.frame.scrollTop += place.top - frame.top - frame.height / 3;
    }
  }

  pieces(line) {
    return this.byLine.get(line) || [];
  }

  published(line) {
    return this.pieces(line).map((piece) => piece.textContent).join("");
  }

  /* What a line is: title, heading, paragraph, … */
  kindOf(line) {
    const block = this.pieces(line)[0]?.closest(".block");
    return block ? block.classList[1] : "";
  }

  /* The characters that the editor has chosen: null for none, false for more than one source line. */
  selection() {
    const chosen = getSelection();
    if (chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0);
    const of = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("[data-line]");
    if (!this.frame.contains(range.startContainer)) return null;
    const words = range.toString();
    const piece = of(range.startContainer) || of(range.endContainer);
    if (!piece) return words ? false : null;
    const own = document.createRange();
    own.selectNodeContents(piece);
    if (piece.contains(range.startContainer)) own.setStart(range.startContainer, range.startOffset);
    if (piece.contains(range.endContainer)) own.setEnd(range.endContainer, range.endOffset);
    if (own.toString() !== words) return false;
    const before = document.createRange();
    before.selectNodeContents(piece);
    before.setEnd(own.startContainer, own.startOffset);
    const line = Number(piece.dataset.line);
    const all = this.pieces(line);
    const lead = all.slice(0, all.indexOf(piece)).reduce((sum, other) => sum + other.textContent.length, 0);
    const start = lead + before.toString().length;
    return words ? { line, start, end: start + words.length, words } : null;
  }
}
