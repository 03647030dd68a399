/* Before anything is shown: where Material keeps what a reader chose, light or dark, and 大字版 (长辈版). */

/* What Material's bundle asks for by these names. One scope for the whole archive: who chooses dark
   pages on one issue's site has them on all. */
var __md_scope = new URL("../../../", document.currentScript.src);
var __md_hash = (text) => [...text].reduce((hash, char) => ((hash << 5) - hash + char.charCodeAt(0)) | 0, 0);
var __md_get = (key, storage, scope) => {
  try {
    return JSON.parse((storage ?? localStorage).getItem(`${(scope ?? __md_scope).pathname}.${key}`));
  } catch { // no storage, or what another program wrote there
    return null;
  }
};
var __md_set = (key, value, storage, scope) => {
  try {
    (storage ?? localStorage).setItem(`${(scope ?? __md_scope).pathname}.${key}`, JSON.stringify(value));
  } catch { /* not remembered */ }
};

/* Material takes the title of a link or a name for HTML when it shows it as a tooltip. Titles are
   words of a gazette: they are shown as they are. */
(() => {
  "use strict";
  const TIP = ".md-tooltip__inner, .md-tooltip2__inner";
  const html = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  Object.defineProperty(Element.prototype, "innerHTML", {
    ...html,
    set(text) {
      if (this.matches(TIP)) this.textContent = text;
      else html.set.call(this, text);
    }
  });
})();

(() => {
  "use strict";
  const KEY = "__type";
  const root = document.documentElement;

  // the colours that were chosen, when the body begins: a script in the body would halt the parser,
  // and a long page would be laid out anew for each part of it
  const colours = __md_get("__palette")?.color;
  if (colours) {
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      for (const [name, value] of Object.entries(colours)) document.body.setAttribute(`data-md-color-${name}`, value);
    }).observe(root, { childList: true });
  }

  const isLarge = () => root.dataset.gazetteType === "large";
  const set = (large) => {
    if (large) root.dataset.gazetteType = "large";
    else delete root.dataset.gazetteType;
    __md_set(KEY, large ? "large" : "plain");
  };
  if (__md_get(KEY) === "large") root.dataset.gazetteType = "large";

  document.addEventListener("DOMContentLoaded", () => {
    const header = document.querySelector(".md-header__inner");
    if (!header) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "md-header__button type-button";
    const say = () => {
      button.textContent = isLarge() ? "标准" : "大字";
      button.setAttribute("aria-label", isLarge() ? "改为标准字号" : "改为大字版（长辈版）");
    };
    button.addEventListener("click", () => { set(!isLarge()); say(); });
    say();
    const before = header.querySelector("[data-md-component=palette], label[for=__search]");
    header.insertBefore(button, before);
  });
})();
