/* Extends Material's box: it reacts to pasted and spoken text, not only to keys; its counts are
   announced; focus loads its index; and ?h= marks the phrase that was searched for, across links
   and with any brackets. */
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

  function textNodes(block) {
    var walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(".added, .report")) nodes.push(walker.currentNode);
    }
    return nodes;
  }

  /* Mark a stretch of a block's text, part by part where elements divide it. */
  function mark(nodes, from, to) {
    var at = 0;
    nodes.forEach(function (node) {
      var start = Math.max(from - at, 0), end = Math.min(to - at, node.length);
      at += node.length;
      if (start >= end || node.parentElement.closest("mark")) return;
      var range = document.createRange(), made = document.createElement("mark");
      range.setStart(node, start);
      range.setEnd(node, end);
      made.dataset.mdHighlight = "";
      range.surroundContents(made);
    });
  }

  function highlight(phrase) {
    document.querySelectorAll(".official p, .official td, .official th, .official h1, .official h2, .official h3, .official h4, .official h5, .official h6").forEach(function (block) {
      var at = 0, text;
      for (;;) {
        var nodes = textNodes(block);
        text = nodes.map(function (node) { return node.data; }).join("");
        at = text.indexOf(phrase, at);
        if (at < 0) return;
        mark(nodes, at, at + phrase.length);
        at += phrase.length;
      }
    });
  }

  var wanted = new URLSearchParams(location.search).get("h");
  if (wanted) wanted.split(/\s{2,}/).concat(wanted).forEach(function (phrase) {
    if (phrase.trim()) highlight(phrase);
  });
})();
