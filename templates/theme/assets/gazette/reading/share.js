/* 复制链接、复制原文和出处、分享图片: what takes a paragraph out of the page. All is made in the browser,
   and works from disk, too. cite.js tells of places and addresses. */
(() => {
  "use strict";
  const cite = window.gazetteCite;
  if (!cite) return;
  const LONGEST = 180; // characters of a paragraph on the picture
  const WIDTH = 1080;
  const EDGE = 84;
  const NOT_FIRST = "、，。；：！？）》〉〕】”’…—%";

  const labels = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  const title = labels("DC.title");
  const named = labels("DC.identifier");
  const number = /^https?:/.test(named) ? "" : named;
  const pageOf = (anchor) => {
    const page = cite.pageOf(anchor);
    return page ? `第${page}页` : "";
  };
  const issue = labels("ContentSource");

  /** Give the text of a block, as the document has it. */
  const textOf = (block) => {
    const copy = block.cloneNode(true);
    for (const added of copy.querySelectorAll(".added, .paragraph-tools, .page-begun")) added.remove();
    const cells = [...copy.querySelectorAll("th, td")];
    return (cells.length ? cells.map((cell) => cell.textContent.trim()).join("　") : copy.textContent).trim();
  };

  /** Give a paragraph and its source in one line. */
  const withSource = (anchor, block) => {
    const place = cite.placeOf(anchor);
    const printed = `${issue}${pageOf(anchor)}`;
    const source = [`《${title}》${number && `（${number}）`}${place}`, printed && `载${printed}`, cite.addressOf(anchor)];
    return `${textOf(block).replace(/\s*\n\s*/g, " ")}（${source.filter(Boolean).join("，")}）`;
  };

  // says what was done, to those who do not see the buttons too
  const status = Object.assign(document.createElement("p"), { className: "done" });
  status.setAttribute("role", "status");
  document.body.append(status);
  let waiting;
  const say = (words, button) => {
    status.textContent = words;
    button?.setAttribute("data-done", words);
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = "";
      for (const one of document.querySelectorAll("[data-done]")) one.removeAttribute("data-done");
    }, 3000);
  };

  /** Copy a text; where the clipboard is refused, by a selection, and last by the reader's own hand. */
  const copy = async (text, button, area) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // not over plain http, or not allowed
      const from = area ?? document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
      const focused = document.activeElement;
      from.focus({ preventScroll: true });
      from.select();
      const isDone = document.execCommand("copy");
      if (!area) from.remove();
      if (!isDone) {
        if (!area) prompt("请按 Ctrl+C 复制", text);
        else say("已选中，请按 Ctrl+C 复制", button);
        return;
      }
      focused?.focus({ preventScroll: true });
    }
    say("已复制", button);
  };

  /** Break a text into lines of a width; no line begins with closing punctuation. */
  const linesOf = (pen, text, width) => {
    const lines = [""];
    for (const char of text) {
      const line = lines[lines.length - 1];
      if (line && !NOT_FIRST.includes(char) && pen.measureText(line + char).width > width) lines.push(char);
      else lines[lines.length - 1] = line + char;
    }
    return lines;
  };

  /** Draw the page's QR code, which has the address of the document, from the path of its picture. */
  const drawCode = (pen, left, top, size) => {
    const picture = document.querySelector(".qr-frame svg");
    const path = picture?.querySelector("path");
    if (!path) return false;
    const count = picture.viewBox.baseVal.width;
    pen.save();
    pen.fillStyle = "#fff";
    pen.fillRect(left, top, size, size);
    pen.translate(left, top);
    pen.scale(size / count, size / count);
    const moved = path.transform.baseVal.consolidate()?.matrix;
    if (moved) pen.transform(moved.a, moved.b, moved.c, moved.d, moved.e, moved.f);
    pen.strokeStyle = "#000";
    pen.lineWidth = 1;
    pen.stroke(new Path2D(path.getAttribute("d")));
    pen.restore();
    return true;
  };

  /** Draw the picture of a paragraph: its text, title, number, issue and page, code, and what it is not. */
  const draw = (anchor, block) => {
    const style = getComputedStyle(document.documentElement);
    const family = (name) => style.getPropertyValue(name) || "serif";
    const text = textOf(block);
    const characters = [...text];
    const shown = characters.length > LONGEST ? `${characters.slice(0, LONGEST).join("")}……` : text;
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const rows = [];
    const add = (words, font, height, colour, width = WIDTH - 2 * EDGE) => {
      pen.font = font;
      for (const line of linesOf(pen, words, width)) rows.push([line, font, height, colour]);
    };
    const space = (height) => rows.push(["", "", height, ""]);
    add(title, `700 46px ${family("--title")}`, 66, "#1f1d1b");
    space(14);
    const place = cite.placeOf(anchor);
    if (number || place) add([number, place].filter(Boolean).join("　"), `32px ${family("--kai")}`, 46, "#5a554e");
    space(34);
    add(shown, `40px ${family("--fang")}`, 70, "#1f1d1b");
    space(50);
    const foot = 260;
    canvas.width = WIDTH;
    canvas.height = rows.reduce((sum, row) => sum + row[2], 0) + 2 * EDGE + foot;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, WIDTH, canvas.height);
    pen.fillStyle = "#a3140f";
    pen.fillRect(EDGE, EDGE - 24, WIDTH - 2 * EDGE, 5);
    pen.textBaseline = "middle";
    let top = EDGE + 10;
    for (const [line, font, height, colour] of rows) {
      pen.font = font;
      pen.fillStyle = colour;
      pen.fillText(line, EDGE, top + height / 2);
      top += height;
    }
    pen.fillStyle = "#ddd8d0";
    pen.fillRect(EDGE, top, WIDTH - 2 * EDGE, 2);
    const size = 200;
    const hasCode = drawCode(pen, WIDTH - EDGE - size, top + 34, size);
    pen.fillStyle = "#5a554e";
    pen.font = `28px ${family("--hei")}`;
    const room = WIDTH - 2 * EDGE - (hasCode ? size + 40 : 0);
    const said = [`载${issue}${pageOf(anchor)}`, "本图由网站制作，非官方文件，以印刷本为准。"];
    if (hasCode) said.push("扫码看全文");
    top += 60;
    for (const line of said.flatMap((words) => linesOf(pen, words, room))) {
      pen.fillText(line, EDGE, top);
      top += 44;
    }
    return canvas;
  };

  const nameOf = (anchor) => `${title.slice(0, 30)}${cite.placeOf(anchor)}.png`.replace(/[\\/:*?"<>|]/g, "");
  const blobOf = (canvas) => new Promise((done) => { canvas.toBlob(done, "image/png"); });

  /** Show the picture, to be saved, or passed on by the system where it can. */
  const showPicture = async (dialog, anchor, block) => {
    dialog.querySelector(".card-picture")?.remove();
    const canvas = draw(anchor, block);
    const blob = await blobOf(canvas);
    const name = nameOf(anchor);
    const file = new File([blob], name, { type: "image/png" });
    const address = URL.createObjectURL(blob);
    const save = cite.make("a", { className: "card-save", href: address, download: name, textContent: "保存图片" });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `分享图片：${textOf(block).slice(0, LONGEST)}`);
    const foot = cite.make("p", { className: "dialog-foot" }, save);
    if (navigator.canShare?.({ files: [file] })) {
      foot.append(cite.button("分享图片", "", () => navigator.share({ files: [file] }).catch(() => {})));
    }
    dialog.querySelector(".dialog-foot").before(cite.make("div", { className: "card-picture" }, canvas, foot));
    dialog.addEventListener("close", () => URL.revokeObjectURL(address), { once: true });
    save.focus();
  };

  let dialog;
  /** Open the ways to share a paragraph. */
  const open = (anchor, block) => {
    dialog?.remove();
    const place = cite.placeOf(anchor);
    const line = withSource(anchor, block);
    const area = cite.make("textarea", { readOnly: true, rows: 5, value: line });
    area.setAttribute("aria-label", "原文和出处");
    const acts = [
      cite.button("复制原文和出处", "", (event) => copy(line, event.currentTarget, area)),
      cite.button("复制链接", "", (event) => copy(cite.addressOf(anchor), event.currentTarget)),
      cite.button("做成图片", "", () => showPicture(dialog, anchor, block)),
    ];
    if (navigator.share) {
      const facts = { title, text: line, url: cite.addressOf(anchor) };
      acts.push(cite.button("发给……", "用系统的分享功能发送", () => navigator.share(facts).catch(() => {})));
    }
    const close = cite.button("关闭", "", () => dialog.close());
    dialog = cite.make(
      "dialog", { className: "gazette-dialog", id: "gazette-share" },
      cite.make("h2", { textContent: place ? `分享：${place}` : "分享" }), area,
      cite.make("p", { className: "share-acts" }, ...acts), cite.make("p", { className: "dialog-foot" }, close),
    );
    dialog.setAttribute("aria-label", "分享");
    document.body.append(dialog);
    dialog.append(status); // what is outside an open dialog is not read out
    dialog.addEventListener("close", () => document.body.append(status), { once: true });
    dialog.showModal();
  };

  window.gazetteShare = { open, copyLink: (anchor, link) => copy(cite.addressOf(anchor), link) };
})();
