/* Keys: / search (Material's own), [ and ] the document before and after, ? what keys there are. */
(() => {
  "use strict";
  const KEYS = [
    ["/", "检索"], ["[", "上一篇"], ["]", "下一篇"], ["j", "下一段"], ["k", "上一段"], ["n", "下一处（检索到的、改动的）"], ["p", "上一处"], ["Shift+Enter", "固定引文卡片"], ["?", "本帮助"], ["Esc", "关闭"],
  ];
  const isTyping = (event) => {
    const at = event.target;
    return at.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(at.tagName);
  };
  const follow = (rel) => {
    const link = document.querySelector(`link[rel=${rel}]`);
    if (link) location.href = link.href;
  };

  const help = () => {
    let dialog = document.getElementById("gazette-keys");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "gazette-keys";
      dialog.className = "gazette-dialog";
      dialog.setAttribute("aria-label", "键盘操作");
      const list = document.createElement("dl");
      const more = acts.o ? [["o", "对照原页"]] : [];
      for (const [key, does] of [...KEYS, ...more]) {
        const term = document.createElement("dt");
        term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
        list.append(term, Object.assign(document.createElement("dd"), { textContent: does }));
      }
      const close = Object.assign(document.createElement("button"), { type: "button", textContent: "关闭" });
      close.addEventListener("click", () => dialog.close());
      dialog.append(Object.assign(document.createElement("h2"), { textContent: "键盘操作" }), list, close);
      document.body.append(dialog);
    }
    dialog.showModal();
  };

  // scripts of the page may add keys; no key acts during typing or in a dialog
  const acts = window.gazetteKeys = { "[": () => follow("prev"), "]": () => follow("next"), "?": help };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    if (document.querySelector("dialog[open]")) return;
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : null;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation(); // n and p are Material's keys for the documents beside this one
    act();
  });
})();
