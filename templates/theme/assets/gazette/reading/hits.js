/* What was searched for, on the page that a hit leads to: ?h= marks it, across links and with any
   blanks; 上一处 and 下一处 lead through it, paragraphs with all words first. */
(() => {
  "use strict";
  const BLOCKS = ["p", "td", "th", "caption", "h1", "h2", "h3", "h4", "h5", "h6"].map((name) => `.official ${name}`).join(", ");
  const address = new URL(location.href);
  const wanted = address.searchParams.get("h");
  if (!wanted) return;

  /** Words, each with the forms in which it is printed: 一带一路|“一带一路”  建设. */
  const words = wanted.split(/\s{2,}/).map((word) => word.split("|").map((form) => form.trim()).filter(Boolean)).filter((forms) => forms.length);
  const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\s+/g, "\\s+");
  const patterns = words.map((forms) => new RegExp(forms.sort((a, b) => b.length - a.length).map(escaped).join("|"), "gi"));

  const textNodes = (block) => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.closest(".added, .report, .paragraph-tools")) nodes.push(walker.currentNode);
    }
    return nodes;
  };

  /** Mark a stretch of a block's text, part by part where elements divide it; gives the parts. */
  const mark = (block, from, to) => {
    let at = 0;
    const made = [];
    for (const node of textNodes(block)) {
      const start = Math.max(from - at, 0), end = Math.min(to - at, node.length);
      at += node.length;
      if (start >= end) continue;
      const range = document.createRange(), part = document.createElement("mark");
      range.setStart(node, start);
      range.setEnd(node, end);
      part.className = "hit";
      range.surroundContents(part);
      made.push(part);
    }
    return made;
  };

  const blocks = []; // {marks: stretches, each a list of its parts, all: whether each word is there}
  for (const block of document.querySelectorAll(BLOCKS)) {
    if (block.querySelector("p, td")) continue; // the inner one has the text
    const text = textNodes(block).map((node) => node.data).join("");
    const found = patterns.map((pattern) => [...text.matchAll(pattern)].map(({ index, 0: { length } }) => [index, index + length]));
    const merged = [];
    for (const [from, to] of found.flat().sort((a, b) => a[0] - b[0])) {
      const last = merged.at(-1);
      if (last && from < last[1]) last[1] = Math.max(last[1], to);
      else merged.push([from, to]);
    }
    if (merged.length) blocks.push({ marks: merged.map(([from, to]) => mark(block, from, to)), all: found.every((list) => list.length) });
  }
  if (!blocks.length) return;

  // one word: from place to place; several: from paragraph to paragraph, those with all words first
  const isOne = words.length === 1;
  const stops = isOne
    ? blocks.flatMap(({ marks }) => marks.map((parts) => ({ parts, marks: [parts] })))
    : [...blocks.filter(({ all }) => all), ...blocks.filter(({ all }) => !all)].map(({ marks }) => ({ parts: marks[0], marks }));
  let current = -1;

  const make = (tag, facts, ...inside) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...inside);
    return element;
  };
  const button = (text, name, act) => {
    const made = make("button", { type: "button", textContent: text, title: name });
    made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    return made;
  };
  const count = make("span", { className: "hit-count" });
  count.setAttribute("role", "status");

  const height = (selector) => {
    const element = document.querySelector(selector);
    return element && getComputedStyle(element).position === "fixed" ? element.getBoundingClientRect().height : 0;
  };
  /** Show a stop in the middle between the header and the bar. */
  const show = (at) => {
    for (const part of stops[current]?.marks.flat() ?? []) part.classList.remove("now");
    current = (at + stops.length) % stops.length;
    const { parts, marks } = stops[current];
    for (const part of marks.flat()) part.classList.add("now");
    count.textContent = `${current + 1}/${stops.length}${isOne ? "处" : "段"}`;
    const box = parts[0].getBoundingClientRect();
    const head = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    const middle = (Math.max(head, 0) + innerHeight - height(".reading-bar")) / 2;
    parts[0].scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" }); // in a table's frame
    scrollBy({ top: parts[0].getBoundingClientRect().top + box.height / 2 - middle, behavior: "instant" });
  };

  const clear = () => {
    for (const part of document.querySelectorAll("mark.hit")) {
      const { parentNode } = part;
      part.replaceWith(...part.childNodes);
      parentNode.normalize();
    }
    bar.classList.remove("has-hits");
    steps.remove();
    delete window.gazetteKeys.n;
    delete window.gazetteKeys.p;
    const to = new URL(location.href);
    to.searchParams.delete("h");
    history.replaceState(history.state, "", to.href);
  };

  const next = () => show(current + 1), before = () => show(current - 1);
  const steps = make(
    "div", { className: "hit-steps" },
    button("‹", "上一处（p）", before), count, button("›", "下一处（n）", next), button("✕", "去掉标记", clear),
  );
  steps.setAttribute("role", "group");
  steps.setAttribute("aria-label", "检索到的各处");
  const bar = document.querySelector(".reading-bar");
  bar.append(steps);
  bar.classList.add("has-hits");
  Object.assign(window.gazetteKeys, { n: next, p: before });

  /** Where the link leads: to its paragraph, which need not be the first that has the words. */
  const arrive = () => {
    let anchor = location.hash.slice(1);
    try {
      anchor = decodeURIComponent(anchor);
    } catch { /* cut by somebody: it leads nowhere */ }
    const target = anchor ? document.getElementById(anchor) : null;
    const place = target?.closest("tr") ?? target; // the anchor of a row is in one of its cells
    const at = stops.findIndex(({ parts }) => place?.contains(parts[0]));
    show(Math.max(at, 0));
  };
  if (document.readyState === "complete") arrive();
  else addEventListener("load", () => requestAnimationFrame(arrive)); // tables get their frames then
})();
