/* Cards: what a citation means, beside it: title, number, date, state, the words of the provision. */
(() => {
  "use strict";
  const official = document.getElementById("official");
  const documents = window.gazetteDocuments;
  if (!official || !documents) return;

  const LINKS = "a.held, a.own, a.short, a.elsewhere, a.not-held";
  const OPEN_AFTER = 250, CLOSE_AFTER = 300; // ms that the pointer rests on a link, or is elsewhere
  const MOST = 600; // characters of a provision
  const TASTE = 120; // characters of a document that is cited as a whole
  const PINNED = 4;
  const GAP = 6; // px between a link and its card

  const make = (tag, facts, ...inside) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...inside);
    return element;
  };
  const isTouch = () => matchMedia("(hover: none)").matches;
  const room = document.querySelector("main") ?? document.body; // a part of the page that has a name
  let open = null; // {card, link}: the card that is not pinned
  let timer = 0;

  /* ---- what a card says ---- */

  /** Cut texts so that together they have no more than so many characters. */
  const cut = (texts, most) => {
    const kept = [];
    let rest = most;
    for (const text of texts) {
      if (rest <= 0) break;
      kept.push(text.length > rest ? `${text.slice(0, rest)}…` : text);
      rest -= text.length;
    }
    return kept;
  };
  const wordsOf = (element) => {
    const copy = element.cloneNode(true);
    for (const added of copy.querySelectorAll(".added, .paragraph-tools, .page-begun")) added.remove();
    return copy.textContent.trim();
  };
  const textOfBlock = ([, kind, text]) =>
    (kind === "table" ? text.map((row) => row.join("　")).slice(0, 6).join("\n") : text);

  /** Whether a link means one paragraph (前款, 第一款), not the whole article that begins with it. */
  const isParagraph = (link) => /款$/.test(link.textContent.trim());

  /** Give the words of a part of this page. */
  const ownWords = (anchor, link) => {
    const first = document.getElementById(anchor);
    if (!first) return [];
    if (isParagraph(link)) return cut([wordsOf(first)], MOST);
    const parts = [...official.querySelectorAll(`[id="${CSS.escape(anchor)}"], [id^="${CSS.escape(anchor)}-"]`)];
    const outer = parts.filter((part) => !parts.some((other) => other !== part && other.contains(part)));
    return cut((outer.length ? outer : [first]).map(wordsOf).filter(Boolean), MOST);
  };

  const leadsTo = (link) => {
    if (link.classList.contains("own") || link.getAttribute("href")?.startsWith("#")) return "到这一处";
    if (link.classList.contains("elsewhere")) return "到其他网站看";
    return /\/works\//.test(link.href) ? "引用它的各处" : "打开全文";
  };

  /** Say whether the document still stands, on the reader's own day. */
  const stateOf = (data) => {
    const words = window.gazetteState; // of state.js, which a page loads before
    const said = data.state.map(([kind, label, day, name]) => {
      const held = day ? `${label}，${day}起` : label;
      return `${words.since(kind, day) || held}：${name}`;
    });
    if (data.ends) said.push(words.ends(data.ends) || `有效期至${data.ends}`);
    if (data.begins) said.push(words.begins(data.begins) || `${data.begins}起施行`);
    return said.length ? said : ["本站未见修改、废止"];
  };

  /** Fill a card; what stands in the title of the link beside number, title and date are notes. */
  const fill = async (card, link, title) => {
    const body = card.querySelector(".card-body");
    const where = link.getAttribute("href");
    if (where === null) { // in a bundle: what it does not hold
      body.append(make("p", { className: "card-title" }, link.textContent.trim()), make("p", { className: "card-note" }, title));
      return;
    }
    const [page, anchor] = link.href.split("#");
    const here = location.href.split("#")[0];
    if (link.classList.contains("short")) body.append(make("p", { className: "card-note" }, title));
    if (page === here || where.startsWith("#")) {
      body.append(...(link.classList.contains("short") ? [] : [make("p", { className: "card-title" }, link.textContent.trim())]), ...ownWords(decodeURIComponent(anchor), link).map((text) => make("p", {}, text)));
      return;
    }
    if (link.matches(".elsewhere, .not-held") || /\/works\//.test(page)) { // the site does not have it
      body.append(make("p", { className: "card-title" }, link.textContent.trim()), make("p", { className: "card-note" }, title));
      return;
    }
    let data;
    try {
      data = await documents.load(page);
    } catch {
      body.append(make("p", { className: "card-title" }, title), make("p", { className: "card-note" }, "这里没有所引文件的内容，请打开看"));
      return;
    }
    const facts = [data.number, data.issuer, data.date, `${data.gazette}${data.issue}`].filter(Boolean);
    const notes = title.split(" · ").filter((part) => ![data.title, ...facts].includes(part));
    body.append(
      make("p", { className: "card-title" }, data.title),
      make("p", { className: "card-facts" }, facts.join(" · ")),
      ...stateOf(data).map((text) => make("p", { className: "card-state" }, text)),
      ...(link.classList.contains("short") ? [] : notes.map((text) => make("p", { className: "card-note" }, text))),
    );
    const named = decodeURIComponent(anchor ?? "");
    const blocks = documents.provision(data, named).filter(([own]) => own === named || !isParagraph(link));
    const words = blocks.length && anchor !== "title"
      ? cut(blocks.map(textOfBlock), MOST)
      : cut(data.blocks.filter(([, kind]) => kind === "paragraph").slice(0, 1).map(textOfBlock), TASTE);
    body.append(...words.map((text) => make("p", { className: "card-text" }, text)));
  };

  /* ---- where it stands ---- */

  const place = (card, link) => {
    if (innerWidth < 768) { // at the foot of the screen: see gazette.css
      const over = link.getBoundingClientRect().bottom + GAP - card.getBoundingClientRect().top;
      if (over > 0 && !card.dataset.ready) scrollBy({ top: over, behavior: "instant" });
      return;
    }
    const boxes = [...link.getClientRects()];
    const box = boxes.at(-1) ?? link.getBoundingClientRect();
    const height = card.offsetHeight, width = card.offsetWidth;
    const isBelow = box.bottom + GAP + height <= innerHeight || box.top < height + GAP;
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    card.style.top = `${isBelow ? Math.min(box.bottom + GAP, innerHeight - height - 8) : box.top - GAP - height}px`;
  };

  const close = () => {
    clearTimeout(timer);
    if (!open) return;
    const { card, link } = open;
    link.removeAttribute("aria-describedby");
    card.remove();
    open = null;
  };

  const pinned = () => [...document.querySelectorAll(".gazette-card.pinned")];
  const pin = () => {
    if (!open) return;
    const { card, link } = open;
    if (pinned().length >= PINNED) pinned()[0].remove();
    card.classList.add("pinned");
    card.removeAttribute("id");
    card.style.left = card.style.top = "";
    card.querySelector(".card-pin").textContent = "关闭";
    card.querySelector(".card-pin").onclick = () => {
      card.remove();
      link.focus({ preventScroll: true });
    };
    const shelf = document.querySelector(".card-shelf") ?? make("div", { className: "card-shelf" });
    room.append(shelf);
    shelf.append(card);
    link.removeAttribute("aria-describedby");
    open = null;
    card.querySelector(".card-pin").focus({ preventScroll: true });
  };

  const show = async (link) => {
    clearTimeout(timer);
    if (open?.link === link) return;
    close();
    const title = link.dataset.about ?? "";
    const go = make("a", { href: link.href, className: "card-open", textContent: leadsTo(link) });
    const hold = make("button", { type: "button", className: "card-pin", textContent: "固定", title: "留在屏幕上对照（Shift+Enter）" });
    hold.onclick = pin;
    const card = make("div", { className: "gazette-card", id: "gazette-card" }, make("div", { className: "card-body" }), make("p", { className: "card-foot" }, ...(link.href ? [go] : []), hold));
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", "所引内容");
    card.querySelector(".card-body").setAttribute("aria-live", "polite");
    card.addEventListener("pointerenter", () => clearTimeout(timer));
    card.addEventListener("pointerleave", leave);
    go.addEventListener("click", () => setTimeout(close));
    open = { card, link };
    room.append(card);
    await fill(card, link, title);
    if (open?.card !== card) return;
    place(card, link);
    card.dataset.ready = "yes";
    link.setAttribute("aria-describedby", "gazette-card");
  };

  /* ---- hover, focus, tap ---- */

  // a card takes the place of the tooltip
  for (const link of official.querySelectorAll(LINKS)) {
    if (!link.title) continue;
    link.dataset.about = link.title;
    link.removeAttribute("title");
  }

  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { if (!open?.card.contains(document.activeElement)) close(); }, CLOSE_AFTER);
  };
  const linkAt = (target) => (target instanceof Element ? target.closest(LINKS) : null);

  official.addEventListener("pointerover", (event) => {
    const link = linkAt(event.target);
    if (!link || event.pointerType !== "mouse") return;
    clearTimeout(timer);
    timer = setTimeout(() => show(link), OPEN_AFTER);
  });
  official.addEventListener("pointerout", (event) => {
    if (linkAt(event.target) && event.pointerType === "mouse") leave();
  });
  official.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    if (link?.matches(":focus-visible")) show(link);
  });
  official.addEventListener("focusout", (event) => {
    // at once: the focus must not come to a card whose citation is out of sight
    if (linkAt(event.target) && !open?.card.contains(event.relatedTarget)) close();
  });
  // a finger opens the card first; the card leads on
  official.addEventListener("click", (event) => {
    const link = linkAt(event.target);
    if (!link || !isTouch() || open?.link === link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(link);
  });
  document.addEventListener("pointerdown", (event) => {
    if (open && event.target instanceof Node && !open.card.contains(event.target) && !open.link.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) {
      const { link, card } = open;
      if (card.contains(document.activeElement)) link.focus({ preventScroll: true });
      close();
    } else if (event.key === "Enter" && event.shiftKey && open && linkAt(document.activeElement) === open.link) {
      event.preventDefault();
      pin();
    }
  });
  addEventListener("scroll", () => { if (open && innerWidth >= 768) place(open.card, open.link); }, { passive: true });
})();
