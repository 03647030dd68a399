/* The reading bar at the foot of a phone: contents with the present part, large type, share, search,
   and how far the reader is. On a desk it shows only the steps through what was searched for. */
(() => {
  "use strict";
  const official = document.getElementById("official");
  if (!official) return;
  const LONG = 40; // entries of the contents, above which a field for 第__条 is there
  const NEAR = 48; // px below the header, where a part begins to which a link led
  const ARTICLE = /(?:^|-)a(\d+)$/; // the anchor of an article

  const make = (tag, facts, ...inside) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...inside);
    return element;
  };
  const button = (name, act) => {
    const made = make("button", { type: "button", className: `bar-${name}` });
    made.addEventListener("click", act);
    return made;
  };

  /* ---- the parts of the text ---- */

  const nameOf = (link) => link.textContent.trim().replace(/\s+/g, " ");
  const entries = [...document.querySelectorAll(".md-sidebar--secondary .md-nav--secondary .md-nav__link[href^='#']")]
    .map((link) => ({ name: nameOf(link), target: document.getElementById(decodeURIComponent(link.hash.slice(1))), depth: depthOf(link) }))
    .filter(({ target }) => target && official.contains(target));
  function depthOf(link) {
    let depth = -1;
    for (let list = link.closest("ul"); list; list = list.parentElement.closest(".md-nav--secondary ul")) depth += 1;
    return depth;
  }
  const articles = [...official.querySelectorAll("[id]")].filter(({ id }) => ARTICLE.test(id));
  const articleName = (element) => /^\s*(第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?)/.exec(element.textContent)?.[1] ?? "";
  const listed = new Set(entries.map(({ target }) => target));
  const places = [...entries, ...articles.filter((one) => !listed.has(one)).map((target) => ({ name: articleName(target), target }))]
    .filter(({ name }) => name)
    .sort((a, b) => (a.target.compareDocumentPosition(b.target) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));

  const head = () => Math.max(document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0, 0);

  /** Find the part that is read: the last that begins at the upper edge of what is seen, or above. */
  const present = () => {
    const line = head() + NEAR;
    let low = 0, high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle].target.getBoundingClientRect().top <= line) low = middle + 1;
      else high = middle;
    }
    return places[low - 1];
  };

  /* ---- 目录 ---- */

  let sheet;
  const go = (target) => {
    sheet.close();
    if (location.hash === `#${target.id}`) target.scrollIntoView();
    else location.hash = target.id;
  };
  const articleForm = () => {
    const field = make("input", { type: "text", inputMode: "numeric", size: 4, autocomplete: "off" });
    field.setAttribute("aria-label", "条的序号");
    const said = make("span", { className: "sheet-said" });
    said.setAttribute("role", "status");
    const form = make("form", { className: "sheet-article" }, "第", field, "条 ", make("button", { type: "submit", textContent: "去" }), said);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const found = articles.find(({ id }) => ARTICLE.exec(id)[1] === String(Number(field.value)));
      if (found) go(found);
      else said.textContent = "没有这一条";
    });
    return form;
  };
  const openSheet = () => {
    if (!sheet) {
      const list = make("ol", {}, ...entries.map(({ name, target, depth }) => {
        const link = make("a", { href: `#${target.id}`, textContent: name });
        link.addEventListener("click", () => sheet.close());
        const item = make("li", {}, link);
        item.style.setProperty("--depth", depth);
        return item;
      }));
      const close = make("button", { type: "button", textContent: "关闭" });
      close.addEventListener("click", () => sheet.close());
      sheet = make("dialog", { className: "reading-sheet", id: "reading-contents" }, make("div", { className: "sheet-head" }, make("h2", { textContent: "目录" }), close));
      if (articles.length && Math.max(entries.length, articles.length) > LONG) sheet.append(articleForm());
      sheet.append(list);
      sheet.setAttribute("aria-label", "目录");
      sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); }); // beside it
      document.body.append(sheet);
    }
    const now = present()?.target;
    const at = entries.findLastIndex(({ target }) => now && (target === now || target.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING));
    const links = [...sheet.querySelectorAll("li a")];
    links.forEach((link, n) => { if (n === at) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current"); });
    sheet.showModal();
    links[at]?.scrollIntoView({ block: "center" });
    (links[at] ?? links[0])?.focus({ preventScroll: true });
  };

  /* ---- 分享 ---- */

  const addressOf = () => {
    const own = JSON.parse(document.getElementById("gazette-cite")?.textContent ?? "{}").address;
    if (own) return own;
    const here = new URL(location.href);
    here.searchParams.delete("h");
    here.hash = "";
    return here.href;
  };
  const copied = make("span", { className: "bar-said" });
  copied.setAttribute("role", "status");
  const share = async () => {
    const url = addressOf(), title = document.title;
    if (navigator.share) {
      try {
        await navigator.share({ title, url });
        return;
      } catch (error) {
        if (error.name === "AbortError") return; // the reader changed his mind
      }
    }
    try {
      await navigator.clipboard.writeText(url);
      copied.textContent = "链接已复制";
    } catch { // no clipboard from disk, or over plain http
      const area = make("textarea", { value: url, className: "bar-copy", readOnly: true });
      bar.append(area);
      area.select();
      copied.textContent = document.execCommand("copy") ? "链接已复制" : "请从地址栏复制链接";
      area.remove();
    }
    setTimeout(() => { copied.textContent = ""; }, 3000);
  };

  /* ---- the bar ---- */

  const now = make("span", { className: "bar-now" });
  const contents = button("contents", openSheet);
  contents.append(make("span", { className: "bar-label", textContent: "目录" }), now);
  const type = button("type", () => {
    document.querySelector(".type-button")?.click();
    sayType();
  });
  const sayType = () => { type.textContent = document.documentElement.dataset.gazetteType === "large" ? "标准" : "大字"; };
  const sharing = button("share", share);
  sharing.textContent = navigator.share ? "分享" : "复制链接";
  const search = button("search", () => document.querySelector(".md-header label[for=__search]")?.click());
  search.textContent = "检索";
  const line = make("div", { className: "bar-progress" });
  line.setAttribute("aria-hidden", "true");
  const bar = make("nav", { className: "reading-bar" }, line, ...(entries.length ? [contents] : []), make("div", { className: "bar-tools" }, type, sharing, search), copied);
  bar.setAttribute("aria-label", "阅读");
  document.body.append(bar);
  sayType();

  let waiting = 0;
  const follow = () => {
    waiting = 0;
    const box = official.getBoundingClientRect(), room = box.height - (innerHeight - head());
    const read = room > 0 ? Math.min(Math.max((head() - box.top) / room, 0), 1) : 1;
    line.style.transform = `scaleX(${read})`;
    const name = present()?.name ?? "";
    if (now.textContent !== name) now.textContent = name;
  };
  const later = () => { waiting ||= requestAnimationFrame(follow); };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  addEventListener("load", later);
  follow();
})();
