/* A cursor in the published text, by arrows: the character at it is chosen, so it can be seen. */

const CLAUSE = /[，。；：、！？（）《》“”]/;

export class Cursor {
  constructor(frame) {
    this.frame = frame;
    this.piece = null; // the element of a source line
    this.from = 0; // the character that was chosen first
    this.to = 0; // … and last
    frame.addEventListener("mouseup", () => { this.piece = null; });
  }

  /* Put the cursor at characters of a line, or where the text was chosen or is shown. */
  place(pieces, words) {
    const piece = pieces.find((one) => words && one.textContent.includes(words)) || pieces[0] || this.pieces()[0];
    if (!piece) return;
    const at = words ? Math.max(piece.textContent.indexOf(words), 0) : 0;
    this.choose(piece, at, words && piece.textContent.includes(words) ? at + words.length - 1 : at);
  }

  key(code, extend, far) {
    this.find();
    if (!this.piece) return this.place([]);
    const last = this.piece.textContent.length - 1;
    let step = { ArrowLeft: -1, ArrowRight: 1 }[code];
    if (step && far) step = this.clause(step) - this.to;
    if (code === "Home") this.choose(this.piece, extend ? this.from : 0, 0);
    else if (code === "End") this.choose(this.piece, extend ? this.from : last, last);
    else if (step && extend) this.choose(this.piece, this.from, Math.min(Math.max(this.to + step, 0), last));
    else if (step) {
      const at = this.to + step;
      if (at < 0 || at > last) this.beside(step, step > 0 ? 0 : Infinity);
      else this.choose(this.piece, at, at);
    } else this.beside(code === "ArrowDown" ? 1 : -1, this.to);
  }

  /* The place after the next mark of punctuation, or the one before. */
  clause(step) {
    const words = this.piece.textContent;
    for (let at = this.to + step; at > 0 && at < words.length; at += step) if (CLAUSE.test(words[at - 1]) && at !== this.to) return at;
    return step > 0 ? words.length : Math.min(this.to - 1, 0);
  }

  pieces() {
    return [...this.frame.querySelectorAll("[data-line]")].filter((one) => one.textContent);
  }

  beside(step, at) {
    const all = this.pieces();
    const piece = all[all.indexOf(this.piece) + step];
    if (!piece) return;
    const place = Math.min(at, piece.textContent.length - 1);
    this.choose(piece, place, place);
  }

  /* After the text was shown anew, or the mouse chose: where the choice is now. */
  find() {
    if (this.piece && this.piece.isConnected) return;
    this.piece = null;
    const chosen = getSelection();
    const node = chosen.rangeCount && chosen.getRangeAt(0).startContainer;
    const piece = node && this.frame.contains(node) && (node.nodeType === 1 ? node : node.parentElement).closest("[data-line]");
    if (piece) {
      const before = document.createRange();
      before.selectNodeContents(piece);
      before.setEnd(node, chosen.getRangeAt(0).startOffset);
      const at = Math.min(before.toString().length, piece.textContent.length - 1);
      Object.assign(this, { piece, from: at, to: at });
    } else {
      const line = this.frame.querySelector(".at");
      if (line) Object.assign(this, { piece: line, from: -1, to: -1 });
    }
  }

  choose(piece, from, to) {
    Object.assign(this, { piece, from, to });
    const spot = (offset) => {
      const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
      let left = offset, node = walker.nextNode();
      while (node && left > node.data.length) {
        left -= node.data.length;
        node = walker.nextNode();
      }
      return [node, left];
    };
    const [start, at] = spot(Math.min(from, to)), [end, stop] = spot(Math.max(from, to) + 1);
    if (!start || !end) return;
    getSelection().setBaseAndExtent(start, at, end, stop);
    const box = piece.getBoundingClientRect(), frame = this.frame.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) piece.scrollIntoView({ block: "nearest" });
  }
}
