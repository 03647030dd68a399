/* Extends Material's box: it reacts to pasted and spoken text, not only to keys; its counts are
   announced; focus loads its index; Enter leads to the page of all hits. */
"use strict";

(function () {
  var script = document.currentScript;
  var folder = script.src.replace(/assets\/gazette\/search\/[^/]*$/, "search/");

  var meta = document.querySelector(".md-search-result__meta");
  if (meta) {
    meta.setAttribute("role", "status");
    meta.setAttribute("aria-live", "polite");
  }
  var input = document.querySelector(".md-search__input");
  if (input) {
    input.addEventListener("input", function () { input.dispatchEvent(new Event("keyup")); });
  }
  if (input && /^http/.test(folder)) {
    input.addEventListener("focus", function () {
      fetch(folder + "manifest.js").catch(function () {});
    }, { once: true });
  }

  /* Material counts the entries of the box; a reader wants to know how many documents there are. */
  var list = document.querySelector(".md-search-result__list");
  if (list && meta) {
    new MutationObserver(function () {
      var links = Array.from(list.querySelectorAll(".md-search-result__item > a"));
      var all = links.map(function (link) { return /查看全部 (\d+) 篇/.exec(link.textContent); }).find(Boolean);
      var own = links.filter(function (link) { return !/search\/index\.html\?/.test(link.href); }).length;
      if (own) meta.textContent = "共 " + (all ? all[1] : own) + " 篇";
    }).observe(list, { childList: true });
  }

  /* Enter before the hits are there, or with none: the page answers, with what it tried. A chosen
     entry has the focus itself, so that Enter opens it. */
  var archive = document.querySelector(".site-parts a:not([data-outside], [data-online])"); // a bundle has no such page
  if (input && archive) {
    addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing || event.target !== input || !input.value.trim()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      location.href = new URL("search/index.html?q=" + encodeURIComponent(input.value.trim()), archive.href).href;
    }, true);
  }
})();
