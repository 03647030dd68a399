/* Keys: by code, on keydown, never a letter or a punctuation mark: an input method takes those. */

const by = (id) => document.getElementById(id);

export function listenToKeys({ queue, change, cursor, sheet, text, does }) {
  let composing = false;
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => { setTimeout(() => { composing = false; }); });

  /* In the text the arrows move the cursor. */
  function inText(event) {
    const far = event.ctrlKey || event.metaKey;
    if (event.altKey || (far && !/^Arrow(Left|Right)$/.test(event.code))) return null;
    if (/^(Arrow|Home|End)/.test(event.code)) return () => cursor.key(event.code, event.shiftKey, far);
    if (event.code === "Enter") return () => change.open();
    if (event.code === "Escape") return () => { getSelection().removeAllRanges(); queue.focus(); };
    return null;
  }

  /* Among the buttons of structure the arrows go from one to the other. */
  function inRow(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.code];
    if (!step) return null;
    const buttons = [...by("decide").querySelectorAll("button:not([hidden])")];
    return () => buttons.at((buttons.indexOf(event.target) + step) % buttons.length).focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || composing) {
      if (event.code === "Enter") event.preventDefault();
      return;
    }
    if (event.target.closest("dialog, [role=separator]")) return;
    const field = event.target.matches("input, textarea, select");
    const control = event.ctrlKey || event.metaKey;
    const atCard = (event.target === document.body || event.target.closest("#cards")) && !event.target.matches("button");
    const up = () => (event.altKey ? () => sheet.do("larger") : field && !control ? null : () => queue.enter(queue.at - 1));
    const down = () => (event.altKey ? () => sheet.do("smaller") : field && !control ? null : event.shiftKey ? does.doubt : () => queue.enter(queue.at + 1));
    const keys = {
      Enter: () => atCard && (control ? does.alike : does.accept),
      F2: () => () => change.open(event.shiftKey),
      F8: () => (event.shiftKey ? does.term : does.confirm),
      ArrowDown: down,
      ArrowUp: up,
      ArrowLeft: () => atCard && (() => { by("text").focus(); cursor.place(text.pieces(queue.here?.line), queue.here?.from); }),
      PageDown: () => () => sheet.turnTo(1),
      PageUp: () => () => sheet.turnTo(-1),
      KeyZ: () => control && !field && (event.shiftKey ? does.redo : does.undo),
      KeyY: () => control && !field && does.redo,
      Escape: () => (change.isOpen ? () => change.leave() : !atCard && (() => queue.focus())),
    };
    const within = event.target.closest("#text") ? inText(event) : event.target.closest("#decide") ? inRow(event) : null;
    const scrolls = event.target.closest("#paper, details") && /^Arrow/.test(event.code) && !control && !event.altKey;
    if (scrolls) return;
    const chosen = within || (keys[event.code] && keys[event.code]());
    if (!chosen) return;
    event.preventDefault();
    if (event.repeat && !/^(Arrow|Page)/.test(event.code)) return; // a held key accepts once
    queue.touched = true;
    chosen();
  });
}
