/* 引用、本段链接、报错: what a reader can do with a document, and with each of its paragraphs. */
(() => {
  "use strict";
  const source = document.getElementById("gazette-cite");
  const official = document.getElementById("official");
  if (!source || !official) return;
  const cite = JSON.parse(source.textContent);

  /** Name the place of an anchor as citations do: a8-2 → 第八条第（二）项, t1-r3 → 表1第3行. */
  const placeOf = (anchor) => {
    const [, table, row] = /^(.*t\d+(?:-b\d+)?)-r(\d+)$/.exec(anchor) ?? [];
    return cite.places[anchor] ?? (table ? `${cite.places[table] ?? ""}第${row}行` : "");
  };

  const addressOf = (anchor) => {
    const address = cite.address || location.href.split("#")[0];
    return anchor ? `${address}#${anchor}` : address;
  };
  /** Give the printed page on which an anchor is; cite.pages has those with which another one begins. */
  const pages = new Map();
  const pageOf = (anchor) => {
    if (cite.pages && !pages.size) {
      let page = "";
      for (const { id } of official.querySelectorAll("[id]")) {
        page = cite.pages[id] ?? page;
        pages.set(id, page);
      }
    }
    return pages.get(anchor) || cite.page;
  };
  const fill = (format, anchor) => {
    const place = anchor ? placeOf(anchor) : "";
    const said = {
      "place": place && `，${place}`, "bare-place": place, "anchor": anchor && `-${anchor}`,
      "address": addressOf(anchor), "today": window.gazetteToday(), "page": anchor ? pageOf(anchor) : cite.page,
    };
    return format.replace(/\x1f([a-z-]+)\x1f/g, (_, name) => said[name])
      .replace(/^(?: {2}note = \{\},|M1 {2}- )\n/gm, ""); // neither a number nor a place
  };

  const make = (tag, facts, ...inside) => {
    const element = Object.assign(document.createElement(tag), facts);
    element.append(...inside);
    return element;
  };

  const copy = async (text, area, status, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard from disk, or not allowed: what is selected can still be copied
      area.focus();
      area.select();
      if (!document.execCommand("copy")) {
        status.textContent = "已选中，请按 Ctrl+C 复制";
        return;
      }
    }
    status.textContent = "已复制";
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = "复制"; }, 3000);
  };

  let dialog;
  const open = (anchor) => {
    dialog?.remove();
    const status = make("span", { className: "copied" });
    status.setAttribute("role", "status");
    const place = anchor ? placeOf(anchor) : "";
    const rows = Object.entries(cite.formats).map(([name, format]) => {
      const text = fill(format, anchor);
      const area = make("textarea", { readOnly: true, rows: Math.min(text.split("\n").length + 2, 6), value: text });
      area.setAttribute("aria-label", name);
      const button = make("button", { type: "button", textContent: "复制" });
      button.setAttribute("aria-label", `复制 ${name}`);
      button.addEventListener("click", () => copy(text, area, status, button));
      return make("div", { className: "format" }, make("div", { className: "format-name" }, make("strong", { textContent: name }), button), area);
    });
    const close = make("button", { type: "button", textContent: "关闭" });
    dialog = make(
      "dialog", { className: "gazette-dialog", id: "gazette-citations" },
      make("h2", { textContent: place ? `引用：${place}` : "引用本文" }), ...rows,
      make("p", { className: "dialog-foot" }, close, status),
    );
    dialog.setAttribute("aria-label", "引用");
    close.addEventListener("click", () => dialog.close());
    document.body.append(dialog);
    dialog.showModal();
  };

  const button = (text, label, act) => {
    const made = make("button", { type: "button", textContent: text });
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };
  document.querySelector(".facts .tools")?.append(
    button("引用", "", () => open("")),
    button("打印", "", () => print()),
  );

  window.gazetteCite = { addressOf, placeOf, pageOf, make, button }; // share.js

  // paragraphs get their links when they come near the screen: a long document has a thousand
  const contact = official.dataset.contact;
  const reportOf = (block) => {
    const text = block.textContent.trim().slice(0, 300);
    const body = `位置：${addressOf(block.id)}\n\n网页文字：${text}\n\n应为：\n`;
    const subject = `公报文字报错：${document.title}`;
    return `${contact}${contact.includes("?") ? "&" : "?"}subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  };
  const BLOCK = ":is(p, h1, h2, h3, h4, h5, h6, tr)[id]";
  const blocks = [...official.querySelectorAll(BLOCK)];
  const withTools = new Set();
  // their labels are drawn by the style sheet: the text of a paragraph stays that of the document
  const addTools = (block) => {
    if (withTools.has(block)) return;
    withTools.add(block);
    const anchor = block.id;
    const name = placeOf(anchor);
    const about = name ? `：${name}` : "";
    const tool = (element, label, says) => {
      element.dataset.label = label;
      element.setAttribute("aria-label", `${says}${about}`);
      return element;
    };
    const link = make("a", { className: "permalink", href: `#${anchor}` });
    link.addEventListener("click", () => window.gazetteShare?.copyLink(anchor, link));
    const tools = make(
      "span", { className: "paragraph-tools" },
      tool(link, "链接", "本段链接"),
      tool(button("", "", () => open(anchor)), "引用", "引用本段"),
      tool(button("", "", () => window.gazetteShare?.open(anchor, block)), "分享", "分享本段"),
    );
    if (contact) tools.append(tool(make("a", { className: "report", href: reportOf(block) }), "报错", "报告本段的错误"));
    for (const one of tools.children) one.tabIndex = -1;
    // in front of the text: with something behind it, Chromium takes its last line for one to be justified
    (block.tagName === "TR" ? block.lastElementChild : block)?.prepend(tools);
  };

  const margin = matchMedia("(hover: hover) and (min-width: 60em)");
  /** Set the tools beside the first line that is seen of a block; of a row, and where there is no margin, above it. */
  const place = (block) => {
    const tools = block.querySelector(".paragraph-tools");
    if (!tools) return;
    const box = block.getBoundingClientRect();
    const frame = block.closest(".md-typeset__scrollwrap")?.getBoundingClientRect();
    const head = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
    if (margin.matches && block.tagName !== "TR") {
      tools.style.top = `${Math.min(Math.max(0, head - box.top), Math.max(0, box.height - tools.offsetHeight))}px`;
      tools.style.right = "";
      return;
    }
    tools.style.top = `${Math.min(Math.max(-tools.offsetHeight, head - box.top), box.height)}px`;
    tools.style.right = `${Math.max(0, box.right - (frame ?? box).right)}px`;
  };

  // Tab stops at one paragraph alone, not at a thousand; j and k lead to the next and the one before
  let current;
  const choose = (block) => {
    addTools(block);
    current?.classList.remove("current");
    for (const one of current?.querySelectorAll(".paragraph-tools > *") ?? []) one.tabIndex = -1;
    current = block;
    block.classList.add("current");
    for (const one of block.querySelectorAll(".paragraph-tools > *")) one.tabIndex = 0;
    place(block);
  };
  const step = (by) => {
    const inside = document.activeElement?.closest(".paragraph-tools");
    const at = blocks.indexOf(current);
    const next = blocks[inside ? at + by : at];
    if (!next) return;
    choose(next);
    next.querySelector(".permalink").focus();
  };
  Object.assign(window.gazetteKeys, { j: () => step(1), k: () => step(-1) }); // keys.js
  const arrive = () => {
    let anchor = location.hash.slice(1);
    try {
      anchor = decodeURIComponent(anchor);
    } catch { /* an address that somebody cut leads nowhere */ }
    let wanted = document.getElementById(anchor);
    while (wanted?.className === "alias") wanted = wanted.nextElementSibling; // an address of before
    const block = wanted?.closest(BLOCK);
    if (block && blocks.includes(block)) choose(block);
  };
  // not the title: its tools would be read out as part of it
  if (blocks.length) choose(blocks.find((block) => block.tagName === "P") ?? blocks[0]);
  arrive();
  addEventListener("hashchange", arrive);
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      addTools(entry.target);
    }
  }, { rootMargin: "50% 0px" });
  for (const block of blocks) observer.observe(block);

  let pointed;
  official.addEventListener("pointerover", (event) => {
    pointed = event.target.closest(BLOCK);
    if (pointed) place(pointed);
  });
  addEventListener("scroll", () => { if (pointed) place(pointed); }, { passive: true });

  // a finger has no hover: what is tapped shows its tools until something else is
  official.addEventListener("click", (event) => {
    const block = event.target.closest("[id]");
    if (event.target.closest("a, button") || !block || String(getSelection())) return;
    official.querySelector(".tapped")?.classList.remove("tapped");
    if (block === official) return;
    block.classList.add("tapped");
    if (blocks.includes(block)) choose(block);
  });
})();
