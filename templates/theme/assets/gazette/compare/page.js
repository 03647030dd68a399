/* The page compare/index.html: ?a=…&b=… name two documents by the addresses of their pages. Their own
   scripts have the texts, so that it works from disk too. Without both it helps to find them. */
(() => {
  "use strict";
  const place = document.querySelector(".compare-place");
  const documents = window.gazetteDocuments;
  if (!place || !documents) return;
  const root = new URL("../../../", document.currentScript.src).href;
  const ADDRESS = /^[\w-]+\/[\w-]+\/[\w.-]+$/; // gazette/issue/document
  const TYPED = /([\w-]+\/[\w-]+\/[\w.-]+?)\.html/; // the address of a page, as copied
  const SIDES = { a: "左边", b: "右边" };
  const FOUND = 20; // documents that the search lists
  const NARROW = matchMedia("screen and (max-width: 44.9375em)");

  const make = (tag, facts, ...inside) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...inside);
    return element;
  };
  const button = (text, act) => {
    const made = make("button", { type: "button", textContent: text });
    made.addEventListener("click", act);
    return made;
  };

  /* ---- the address ---- */

  const asked = new URLSearchParams(location.search);
  const read = (side) => (asked.get(side) ?? "").replace(/[?#].*$/, "").replace(/\.html$/, "");
  const chosen = { a: read("a"), b: read("b") };
  const addressOf = (pair) => {
    const to = new URLSearchParams(Object.entries(pair).filter(([, page]) => page));
    return `?${to.toString().replaceAll("%2F", "/")}`;
  };
  const pageOf = (page) => `${root}${page}.html`;

  /** Load a document; gives {page, data}, or {page, fault} with what to say to the reader. */
  const load = async (page) => {
    if (!page) return { page };
    if (!ADDRESS.test(page)) return { page: "", fault: `“${page.slice(0, 80)}”不是本站文件的地址。` };
    try {
      return { page, data: await documents.load(pageOf(page)) };
    } catch {
      if (!window.DecompressionStream) return { page: "", fault: "这个浏览器太旧，不能在网页里对照，请换一个新的。" };
      return { page: "", fault: `打不开 ${page}：本站没有这份文件，或者这个离线包没有带上它。` };
    }
  };

  /* ---- to choose a document ---- */

  /** List documents of which one is to stand on a side: {page, title, facts}. */
  const listOf = (side, found) => make("ul", { className: "rows" }, ...found.map(({ page, title, facts }) =>
    make("li", {}, make("a", { className: "row-title", href: addressOf({ ...chosen, [side]: page }), textContent: title }), make("span", { className: "row-facts" }, ...facts.filter(Boolean).map((text) => make("span", { textContent: text }))))));

  let engine;
  const search = (query, limit) => {
    engine ??= gazetteSearch(gazetteLoader(`${root}search/`));
    return engine.search(query, { limit });
  };
  const entryOf = (hit) => ({ page: hit.url.replace(/\.html$/, ""), title: hit.title, facts: [hit.number, hit.date, hit.gazette + hit.issue] });

  /** Strip what tells versions of one title apart: （2019年修订）, （试行）. */
  const bare = (title) => title.replace(/\s/g, "").replace(/(?:（[^（）]*）)+$/, "");

  /** Give the texts that a reader may want beside a document: its own versions, later ones, same titles. */
  const relatedTo = async ({ page, data }) => {
    const own = page.replace(/\.\d{4}-\d\d-\d\d[^/]*$/, "");
    const groups = [
      ["本文经修改的文本（本站整理）", (data.arranged ?? []).map(([name, text]) => ({ page: `${own.replace(/[^/]+$/, "")}${name}`, title: data.title, facts: [text] }))],
      ["代替本文的文件", (data.later ?? []).map(([to, title, text]) => ({ page: to, title, facts: [text] }))],
    ];
    if (own !== page) groups[0] = ["修改前的文本", [{ page: own, title: data.title, facts: [data.number, data.date] }]];
    const title = bare(data.title);
    try {
      const known = new Set([own, page, ...(data.later ?? []).map(([to]) => to)]);
      const { hits } = await search(`“${title}”`, 50);
      groups.push(["同名的文件", hits.map(entryOf).filter((entry) => bare(entry.title) === title && !known.has(entry.page))]);
    } catch { /* the field below says that the search does not answer */ }
    return groups.filter(([, found]) => found.length);
  };

  const chooser = (side, other) => {
    const field = make("input", { type: "search", id: `compare-${side}`, autocomplete: "off", maxLength: 200 });
    const status = make("p", { className: "compare-status" });
    status.setAttribute("role", "status");
    const results = make("div", {});
    const form = make("form", { className: "search-form" }, make("label", { htmlFor: field.id, textContent: "文号、标题或网址" }), field, make("button", { type: "submit", textContent: "查找" }));
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", `查找放在${SIDES[side]}的文件`);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const query = field.value.trim();
      results.replaceChildren();
      if (!query) {
        status.textContent = "请填写文号、标题，或文件网页的地址。";
        return;
      }
      const typed = TYPED.exec(query);
      if (typed) {
        location.href = addressOf({ ...chosen, [side]: typed[1] });
        return;
      }
      status.textContent = "正在检索…";
      try {
        const { hits, total } = await search(query, FOUND);
        status.textContent = total ? `找到 ${total} 篇${total > FOUND ? `，这里是前 ${FOUND} 篇；写得再具体一些，可以少一些` : ""}。请选一篇。` : "没有找到。请换一个写法，或者粘贴文件网页的地址。";
        results.replaceChildren(listOf(side, hits.map(entryOf)));
      } catch {
        status.textContent = "检索没有完成，请刷新页面再试；也可以粘贴文件网页的地址。";
      }
    });
    const section = make("section", { className: "compare-choose" }, make("h2", { textContent: `选${SIDES[side]}的文件` }));
    section.append(form, status, results);
    if (other?.data) {
      relatedTo(other).then((groups) => {
        form.before(...groups.flatMap(([name, found]) => [make("h3", { textContent: name }), listOf(side, found)]));
        if (groups.length) form.before(make("h3", { textContent: "其他文件" }));
      });
    }
    return section;
  };

  /* ---- the comparison ---- */

  const factsOf = (data) => [data.version, data.number, data.date, `${data.gazette}${data.issue}`].filter(Boolean);
  const headOf = (side, { page, data }) => {
    const head = make("div", { className: side === "a" ? "old" : "new" });
    head.append(
      make("p", { className: "compare-title" }, make("span", { className: "compare-side", textContent: `${SIDES[side]} ` }), make("a", { href: pageOf(page), textContent: data.title })),
      make("p", { className: "compare-facts", textContent: factsOf(data).join(" · ") }),
      ...data.state.map((text) => make("p", { className: "compare-facts", textContent: text })),
      make("p", { className: "compare-facts" }, make("a", { href: addressOf({ ...chosen, [side]: "" }), textContent: `换${SIDES[side]}的文件` })),
    );
    return head;
  };

  const TAGS = { "-": "del", "+": "ins" };
  const wordsOf = (parts, signs) => parts.filter(([sign]) => signs.includes(sign))
    .map(([sign, text]) => (TAGS[sign] ? make(TAGS[sign], { textContent: text }) : text));
  const isChanged = ({ parts }) => parts.some(([sign]) => sign !== "=");
  const kindOf = (piece) => ({ title: "is-title", heading: "is-heading", row: "is-row" })[piece?.kind] ?? "";
  /** Make the text of a side; where it is changed, with a link to its place. */
  const cell = (name, row, signs, side, page) => {
    const piece = row[side];
    const made = make("div", { className: `${name} ${kindOf(piece)}`.trim() }, ...wordsOf(row.parts, signs));
    if (piece && page && piece.anchor) {
      const link = make("a", { className: "compare-at", href: `${pageOf(page)}#${piece.anchor}`, textContent: "见原文" });
      made.append(" ", link);
    }
    if (!piece) made.classList.add("is-empty");
    return made;
  };

  const show = (left, right) => {
    let pair = [left, right];
    let isMerged = false, isOnly = false, current = -1, stops = [];
    const heads = make("div", { className: "compare-heads pair" });
    const count = make("span", { className: "hit-count" });
    count.setAttribute("role", "status");
    const said = make("p", { className: "compare-status" });
    said.setAttribute("role", "status");
    const rows = make("div", { className: "compare-rows" });
    const step = (by) => {
      if (!stops.length) return;
      stops[current]?.classList.remove("now");
      current = (current + by + stops.length) % stops.length;
      if (current < 0) current = stops.length - 1;
      const row = stops[current];
      row.classList.add("now");
      count.textContent = `${current + 1}/${stops.length}处`;
      row.focus({ preventScroll: true });
      const box = row.getBoundingClientRect();
      const tall = box.height > innerHeight * .6;
      scrollBy({ top: box.top - (tall ? innerHeight * .2 : (innerHeight - box.height) / 2), behavior: "instant" });
    };
    const toggle = (name, act) => {
      const made = button(name, () => {
        const isOn = made.getAttribute("aria-pressed") !== "true";
        made.setAttribute("aria-pressed", `${isOn}`);
        act(isOn);
      });
      made.setAttribute("aria-pressed", "false");
      return made;
    };
    const before = button("‹", () => step(current < 0 ? 0 : -1)), next = button("›", () => step(1));
    for (const [made, name] of [[before, "上一处（p）"], [next, "下一处（n）"]]) {
      made.title = name;
      made.setAttribute("aria-label", name);
    }
    const only = toggle("只看不同", (isOn) => {
      isOnly = isOn;
      rows.classList.toggle("only", isOnly);
    });
    const merge = toggle("合为一栏", (isOn) => {
      isMerged = isOn;
      draw();
    });
    merge.classList.add("compare-merge");
    const swap = button("左右交换", () => {
      pair = [pair[1], pair[0]];
      [chosen.a, chosen.b] = [chosen.b, chosen.a];
      history.replaceState(history.state, "", addressOf(chosen));
      compare();
    });
    const bar = make("div", { className: "compare-bar" }, make("div", { className: "hit-steps" }, before, count, next), only, swap, merge);
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "改动");

    let found;
    const draw = () => {
      const isOne = isMerged || NARROW.matches;
      const [{ page: a }, { page: b }] = pair;
      stops = [];
      rows.classList.toggle("one", isOne);
      let same = 0;
      const drawn = [];
      const gap = () => {
        if (same) drawn.push(make("p", { className: "compare-same", textContent: `（${same} 段相同，没有显示）` }));
        same = 0;
      };
      for (const row of found.rows) {
        if (!isChanged(row)) {
          same += 1;
          const made = make("div", { className: "pair same" }, cell("old", row, "=", "left"));
          if (!isOne) {
            made.append(cell("new", row, "=", "right"));
            made.lastChild.setAttribute("aria-hidden", "true"); // said once
          }
          drawn.push(made);
          continue;
        }
        gap();
        const made = make("div", { className: "pair changed", tabIndex: -1 });
        made.setAttribute("role", "group");
        made.setAttribute("aria-label", `第${stops.length + 1}处不同`);
        if (isOne) made.append(row.right ? cell("both", row, "=-+", "right", b) : cell("both", row, "=-+", "left", a));
        else made.append(cell("old", row, "=-", "left", a), cell("new", row, "=+", "right", b));
        stops.push(made);
        drawn.push(made);
      }
      gap();
      rows.replaceChildren(...drawn);
      current = -1;
      count.textContent = stops.length ? `${stops.length}处` : "";
    };
    const summary = () => {
      if (found.tooLong) return "这两份文件太长，本页不能对照；请分别打开看。";
      const changed = found.rows.filter(isChanged);
      if (!changed.length) return "两份文本的文字没有不同。";
      const added = changed.filter(({ left: one }) => !one).length, gone = changed.filter(({ right: one }) => !one).length;
      const parts = [[changed.length - added - gone, "改动"], [added, "增加"], [gone, "删去"]].filter(([number]) => number);
      const rough = found.isRough ? "两份文件很长，各段是按序号对上的。" : "";
      return `共有 ${changed.length} 处不同：${parts.map(([number, name]) => `${name} ${number} 段`).join("，")}；相同的有 ${found.rows.length - changed.length} 段。${rough}`;
    };
    const compare = () => {
      const [one, other] = pair;
      found = gazetteCompare(one.data.blocks, other.data.blocks, Diff.diffArrays);
      heads.replaceChildren(headOf("a", one), headOf("b", other));
      said.textContent = summary();
      if (found.tooLong) found.rows = [];
      for (const made of [before, next, only]) made.disabled = !found.rows.some(isChanged);
      draw();
      document.title = `对照：${one.data.title}；${other.data.title}`;
    };
    place.replaceChildren(heads, said, bar, rows);
    place.classList.add("is-shown");
    compare();
    NARROW.addEventListener("change", () => { if (matchMedia("screen").matches) draw(); });
    Object.assign(window.gazetteKeys ?? {}, { n: () => step(1), p: () => step(current < 0 ? 0 : -1) });
  };

  /* ---- what there is to show ---- */

  const start = async () => {
    const [left, right] = await Promise.all([load(chosen.a), load(chosen.b)]);
    [chosen.a, chosen.b] = [left.page, right.page];
    if (left.data && right.data) {
      show(left, right);
      return;
    }
    const faults = [left, right].map(({ fault }) => fault).filter(Boolean).map((text) => make("p", { className: "compare-fault", textContent: text }));
    for (const fault of faults) fault.setAttribute("role", "alert");
    place.replaceChildren(
      ...faults,
      left.data ? make("div", { className: "compare-heads" }, headOf("a", left)) : chooser("a", right),
      right.data ? make("div", { className: "compare-heads" }, headOf("b", right)) : chooser("b", left),
    );
  };
  start();
})();
