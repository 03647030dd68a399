/* 大字版 (长辈版): set before anything is shown, remembered where the browser can remember. */
(() => {
  "use strict";
  const KEY = "gazette-type";
  const root = document.documentElement;
  const read = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const isLarge = () => root.dataset.gazetteType === "large";
  const set = (large) => {
    if (large) root.dataset.gazetteType = "large";
    else delete root.dataset.gazetteType;
    try { localStorage.setItem(KEY, large ? "large" : "plain"); } catch { /* not remembered */ }
  };
  if (read() === "large") root.dataset.gazetteType = "large";

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
