/* The text as it will be published, line by line of the source, with the findings in it. */
import { element } from "./common.mjs";

export class Text {
  constructor(frame, goTo) {
    this.frame = frame;
    this.goTo = goTo;
    this.shown = new Map(); // digest → article
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

  show(documents, findings, entries, changed) {
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
    const top = this.frame.scrollTop;
    const articles = documents.map(([digest, document_]) => this.article(document_, byLine, corrected, changed.includes(digest)));
    this.frame.replaceChildren(...articles);
    this.frame.scrollTop = top;
    this.byLine.clear();
    for (const piece of this.frame.querySelectorAll("[data-line]")) {
      const line = Number(piece.dataset.line);
      this.byLine.set(line, [...(this.byLine.get(line) || []), piece]);
    }
    if (this.line) this.mark(this.line);
  }

  article(document_, byLine, corrected) {
    const article = element("article", {});
    for (const block of document_.blocks) article.append(this.block(block, byLine, corrected));
    return article;
  }

  block(block, byLine, corrected) {
    if (block.kind === "attachment") return element("hr", {});
    if (block.kind === "table") {
      return element("table", {}, element("tbody", {}, ...block.rows.map((row, n) => {
        const made = element("tr", {}, ...row.map((cell) => element(n < block.header_rows ? "th" : "td", {}, cell)));
        made.dataset.line = block.row_lines[n];
        if (byLine.has(block.row_lines[n])) made.classList.add("found", byLine.get(block.row_lines[n])[0].severity);
        return made;
      })));
    }
    const name = block.kind === "title" ? "h2" : block.kind === "heading" ? "h3" : "p";
    const made = element(name, { className: `block ${block.kind}` });
    if (block.image) made.append(element("span", { className: "image" }, `［图：${block.image}］`));
    for (const [line, words] of block.pieces) made.append(this.piece(line, words, byLine.get(line) || [], corrected.get(line) || []));
    return made;
  }

  piece(line, words, findings, corrections) {
    const made = element("span", {});
    made.dataset.line = line;
    const spans = [];
    for (const finding of findings) {
      const place = finding.from ? words.indexOf(finding.from) : -1;
      if (place >= 0) spans.push([place, place + finding.from.length, finding]);
    }
    for (const values of corrections) {
      const place = values.to ? words.indexOf(values.to) : -1;
      if (place >= 0) spans.push([place, place + values.to.length, null, values]);
    }
    spans.sort((a, b) => a[0] - b[0]);
    let end = 0;
    for (const [first, last, finding, values] of spans) {
      if (first < end) continue;
      made.append(words.slice(end, first));
      made.append(finding
        ? element("mark", { className: `found ${finding.severity}`, title: finding.message }, words.slice(first, last))
        : element("span", { className: "corrected", title: `原作“${values.from}”：${values.why}` }, words.slice(first, last)));
      end = last;
    }
    made.append(words.slice(end));
    if (findings.length && !spans.some((span) => span[2])) made.classList.add("found", findings[0].severity);
    return made;
  }

  mark(line) {
    for (const piece of this.frame.querySelectorAll(".at")) piece.classList.remove("at");
    this.line = line;
    const pieces = this.byLine.get(line) || [];
    for (const piece of pieces) piece.classList.add("at");
    const first = pieces[0];
    if (!first) return;
    const frame = this.frame.getBoundingClientRect(), place = first.getBoundingClientRect();
    if (place.top < frame.top + 8 || place.bottom > frame.bottom - 8) {
      this.frame.scrollTop += place.top - frame.top - frame.height / 3;
    }
  }

  published(line) {
    return (this.byLine.get(line) || []).map((piece) => piece.textContent).join("");
  }

  /* The characters that the editor has chosen, within one line of the source. */
  selection() {
    const chosen = getSelection();
    if (chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0);
    const of = (node) => (node.nodeType === 1 ? node : node.parentElement).closest("[data-line]");
    const piece = of(range.startContainer);
    if (!piece || !this.frame.contains(piece) || of(range.endContainer) !== piece) return null;
    const before = document.createRange();
    before.selectNodeContents(piece);
    before.setEnd(range.startContainer, range.startOffset);
    const line = Number(piece.dataset.line);
    const own = this.byLine.get(line);
    const lead = own.slice(0, own.indexOf(piece)).reduce((sum, other) => sum + other.textContent.length, 0);
    const start = lead + before.toString().length;
    return { line, start, end: start + range.toString().length, words: range.toString() };
  }
}
