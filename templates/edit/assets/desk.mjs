/* The desk: sheet, text and queue of an issue, in step, by keyboard. */
import { ask, element, say } from "./common.mjs";
import { Sheet } from "./sheet.mjs";
import { Text } from "./text.mjs";

const by = (id) => document.getElementById(id);
const name = by("title").dataset.name;
const api = `/api/issue/${name}`;
const page = crypto.randomUUID();
const SEVERITY = { error: "停止发布", warning: "提醒", info: "参考" };
const STATES = { open: "待定", done: "已改", confirmed: "原文如此", term: "不是错误", doubtful: "存疑", gone: "已没有" };

let desk = null; // the answer of the server
let queue = []; // the findings in the order that the editor sees, frozen until asked
let at = -1; // the card
let touched = false; // the editor has begun: the order stays
let waiting = 0; // acts that are not stored yet
let busy = Promise.resolve(); // acts one after another
const documents = new Map(); // by digest
const sheet = new Sheet(by("paper"), by("leaf"), by("scan"), by("boxes"), by("received"), by("sheet-name"), name);
const text = new Text(by("text"), goTo);

async function load() {
  const data = await ask(api, { known: [...documents.keys()] });
  for (const [digest, document_] of Object.entries(data.documents)) documents.set(digest, document_);
  const changed = desk ? data.order.filter((digest) => !desk.order.includes(digest)) : data.order;
  desk = data;
  by("title").textContent = `${data.title}　${data.name.split("/")[1]}`;
  const found = new Map(data.findings.map((finding) => [finding.id, finding]));
  if (queue.length) {
    for (const card of queue) {
      const now = found.get(card.id);
      if (now) Object.assign(card, now, { state: card.state === "doubtful" || data.doubtful.includes(card.id) ? "doubtful" : "open" });
      else if (card.state === "open" || card.state === "doubtful") card.state = "gone";
      found.delete(card.id);
    }
  }
  for (const finding of found.values()) queue.push({ ...finding, state: data.doubtful.includes(finding.id) ? "doubtful" : "open" });
  if (!touched) inOrder(data);
  text.show(data.order.map((digest) => [digest, documents.get(digest)]), data.findings, data.entries, changed);
  sheet.places(data.paper);
  for (const digest of [...documents.keys()]) if (!data.order.includes(digest)) documents.delete(digest);
  by("undo").disabled = !data.undo;
  by("undo").title = data.undo ? `撤销：${data.undo}（Ctrl+Z）` : "撤销（Ctrl+Z）";
  by("redo").disabled = !data.redo;
  by("redo").title = data.redo ? `重做：${data.redo}（Ctrl+Y）` : "重做（Ctrl+Y）";
  showEntries();
  by("faults").hidden = true;
  by("panes").hidden = false;
}

/* The likeliest first, as the server orders them. */
function inOrder(data) {
  const order = new Map(data.findings.map((finding, number) => [finding.id, number]));
  queue.sort((a, b) => (order.get(a.id) ?? -1) - (order.get(b.id) ?? -1));
  if (at >= 0) at = 0;
}

function fault(error) {
  if (error.status === 422 && !desk) {
    by("faults").hidden = false;
    by("faults").replaceChildren(element("p", {}, "这一期现在读不出，网页上仍是上一次发布的。请先改好下面各条："),
      ...(error.misplaced.length ? error.misplaced.map(misplaced) : error.message.split("\n").map((line) => element("p", {}, line))));
    by("panes").hidden = true;
  }
  say(error.message);
}

/* An entry of issue.toml whose text is elsewhere now: it is moved there, or taken back. */
function misplaced({ key, values, message, lines }) {
  const row = element("p", {}, message, " ");
  const add = (words, body) => {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", () => act(body).then(() => { if (desk && queue.length) enter(0); }));
    row.append(button, " ");
  };
  if (lines.length === 1) add(`改到第${lines[0]}行`, { type: "move", key, values, line: lines[0] });
  add("撤回这一条", { type: "drop", key, values });
  return row;
}

/* The queue */

function card(finding, number) {
  const item = element("li", { tabIndex: -1, className: `card ${finding.severity} ${finding.state}` });
  item.dataset.number = number;
  item.append(element("p", { className: "head" },
    element("span", { className: "severity" }, finding.state === "open" ? SEVERITY[finding.severity] : STATES[finding.state]),
    element("span", { className: "where" }, `${finding.file ? `${finding.file} ` : ""}第${finding.file_line}行`),
    finding.confidence === null ? "" : element("span", { className: "sure" }, `${Math.round(finding.confidence * 100)}%`)));
  if (finding.from) {
    item.append(element("p", { className: "reading" }, element("del", {}, finding.from), " → ", element("ins", {}, finding.to || "（删去）")));
  }
  item.append(element("p", { className: "message" }, finding.message));
  return item;
}

function actions(finding) {
  const group = queue.filter((other) => other.state === "open" && alikeKey(other) === alikeKey(finding));
  const buttons = [];
  const add = (words, title, act) => {
    const button = element("button", { type: "button", title }, words);
    button.addEventListener("click", act);
    buttons.push(button);
  };
  if (finding.from) add("改（Enter）", "按所示的字改", accept);
  add("另改（F2）", "改成别的字", type);
  add("原文如此（F8）", "核对过原件，不改", confirmHere);
  if (finding.from || selected()) add("不是错误", "这个词以后不再报（Shift+F8）", term);
  add(finding.state === "doubtful" ? "取消存疑" : "存疑", "以后再看（Shift+↓）", doubt);
  if (finding.from && group.length > 1) add(`同类 ${group.length}`, "看过每一处，一起接受", () => alike(group));
  return element("p", { className: "acts" }, ...buttons);
}

function showQueue() {
  const list = by("cards");
  const top = list.scrollTop;
  list.replaceChildren(...queue.map(card));
  list.scrollTop = top;
  const open = queue.filter((one) => one.state === "open").length;
  const stop = queue.filter((one) => one.state === "open" && one.severity === "error").length;
  by("left").textContent = open ? `还有 ${open} 处${stop ? `，其中 ${stop} 处停止发布` : ""}` : waiting ? "正在保存" : "都看过了";
  by("count").textContent = `${queue.length - open}/${queue.length}`;
  if (queue[at]) enter(at, false);
}

function enter(number, focus = true) {
  if (!queue.length) return;
  const items = by("cards").children;
  at = Math.min(Math.max(number, 0), queue.length - 1);
  for (const other of by("cards").querySelectorAll(".here")) {
    other.classList.remove("here");
    other.removeAttribute("aria-current");
    other.querySelector(".acts")?.remove();
  }
  const item = items[at];
  item.classList.add("here");
  item.setAttribute("aria-current", "true");
  item.append(actions(queue[at]));
  item.scrollIntoView({ block: "nearest" });
  if (focus) item.focus({ preventScroll: true });
  goTo(queue[at].line, queue[at]);
}

/* The place of a finding in its line, as the line is in the file: what stands there, what it may read. */
function reading(finding, most) {
  const place = finding.text.indexOf(finding.from);
  if (place < 0) return [finding.text.slice(0, 2 * most)];
  const end = place + finding.from.length, first = Math.max(place - most, 0);
  return [first ? "…" : "", finding.text.slice(first, place), element("del", {}, finding.from), element("ins", {}, finding.to),
    finding.text.slice(end, end + most), end + most < finding.text.length ? "…" : ""];
}

/* How far through its line a finding stands, from 0 to 1. */
function shareOf(finding) {
  const place = finding.from ? finding.text.indexOf(finding.from) : -1;
  return place < 0 ? 0 : place / finding.text.length;
}

/* Sheet, text and strip follow a line. */
function goTo(line, finding) {
  text.mark(line, finding);
  sheet.follow(line);
  const given = text.published(line);
  by("line-text").replaceChildren(...(finding && finding.from ? reading(finding, 46) : [given.length > 140 ? `${given.slice(0, 140)}…` : given]));
  by("strip").dataset.line = line;
  sheet.strip(by("line-picture"), line, finding ? shareOf(finding) : 0);
  ask(`${api}/source?first=${line}&last=${line}`).then((data) => {
    if (by("strip").dataset.line === String(line)) {
      by("line-received").textContent = data.lines[0] && data.lines[0] !== given ? `原来的文本：${data.lines[0]}` : "";
      sheet.words(line, data.lines[0] || "");
    }
  }).catch(() => {});
}

function next() {
  let number = at + 1;
  while (number < queue.length && queue[number].state !== "open") number += 1;
  if (number >= queue.length) number = queue.findIndex((one) => one.state === "open");
  if (number >= 0) enter(number);
  else showQueue();
}

/* Acts: the page moves on at once, the server stores and reads again. */

function act(body, finding, state) {
  touched = true;
  waiting += 1;
  const before = finding && finding.state;
  if (finding) finding.state = state;
  busy = busy.then(async () => {
    try {
      const done = await ask(`${api}/act`, { act: body });
      say(`已保存：${done.label}`);
    } catch (error) {
      if (finding) finding.state = before;
      say(error.message);
    }
    waiting -= 1;
    if (waiting) return; // the last of several reads the text again
    await load().catch(fault);
    showQueue();
  });
  return busy;
}

function accept() {
  const finding = queue[at];
  if (!finding || !finding.from || finding.state === "done") return;
  act({ type: "correct", line: finding.line, printed: finding.from, to: finding.to, finding: finding.id }, finding, "done");
  next();
}

function confirmHere() {
  const finding = queue[at];
  if (!finding) return;
  act({ type: "confirm", finding: finding.id }, finding, "confirmed");
  next();
}

function selected() {
  return getSelection().toString().trim();
}

function term() {
  const finding = queue[at];
  const word = selected() || (finding && finding.from);
  if (!word) return say("先在文本里选中这个词");
  act({ type: "term", word, finding: finding ? finding.id : "" }, finding, "term");
  next();
}

function doubt() {
  const finding = queue[at];
  if (!finding) return;
  const aside = finding.state !== "doubtful";
  finding.state = aside ? "doubtful" : "open";
  busy = busy.then(() => ask(`${api}/kept`, aside ? { doubtful: finding.id } : { settled: finding.id }))
    .then(() => say(aside ? "已记为存疑" : "已取消存疑")).catch((error) => say(error.message));
  showQueue();
  if (aside) next();
}

async function step(way) {
  busy = busy.then(async () => {
    try {
      const done = await ask(`${api}/${way}`, {});
      say(done.saved ? `${way === "undo" ? "已撤销" : "已重做"}：${done.label}` : "没有可以撤销的了");
      for (const card of queue) if (card.id === done.finding) card.state = way === "undo" ? "open" : "done";
    } catch (error) {
      say(error.message);
    }
    await load().catch(fault);
    showQueue();
  });
  return busy;
}

/* Another reading, of a finding or of any characters */

let changing = null;

function type() {
  const chosen = text.selection();
  const finding = queue[at];
  if (chosen) changing = { ...chosen, words: chosen.words };
  else if (finding && finding.from) changing = { line: finding.line, printed: finding.from, words: finding.from, to: finding.to, finding };
  else if (finding) changing = { line: finding.line, words: text.published(finding.line), whole: true, finding };
  else return say("先选中要改的字");
  by("change").hidden = false;
  by("change-of").textContent = `第${changing.line}行：“${changing.words}”`;
  by("change-to").value = changing.to || changing.words;
  by("change-why").value = "";
  by("change-to").focus();
  by("change-to").select();
}

function leave() {
  by("change").hidden = true;
  changing = null;
  const item = by("cards").children[at];
  if (item) item.focus({ preventScroll: true });
  else by("text").focus();
}

by("change").addEventListener("submit", (event) => {
  event.preventDefault();
  if (!changing) return;
  const { line, printed, start, end, whole, finding, words } = changing;
  const to = by("change-to").value;
  if (to === words) return leave();
  const of = by("change").elements.of.value;
  const body = { type: "correct", line, to, of, why: by("change-why").value, finding: finding ? finding.id : "" };
  if (printed) body.printed = printed;
  else Object.assign(body, whole ? { start: 0, end: words.length } : { start, end });
  act(body, finding, "done");
  leave();
  if (finding) next();
});

by("decide").addEventListener("click", (event) => {
  const begins = event.target.dataset.begins;
  if (!begins || !changing) return;
  const finding = changing.finding;
  act({ type: "decide", line: changing.line, begins, finding: finding ? finding.id : "" }, finding, "done");
  leave();
});

/* All places of one kind, seen before they are accepted together */

function alikeKey(finding) {
  return `${finding.code}\u0000${finding.from}\u0000${finding.to}`;
}

function alike(group) {
  by("alike-title").textContent = `同类：${group[0].from} → ${group[0].to}，${group.length} 处`;
  const list = by("alike-list");
  list.replaceChildren(...group.map((one) => {
    const box = element("input", { type: "checkbox", checked: true });
    box.dataset.id = one.id;
    const canvas = element("canvas", { hidden: true });
    sheet.strip(canvas, one.line, shareOf(one));
    return element("p", {}, element("label", {}, box, ` 第${one.file_line}行　`, ...reading(one, 24)), canvas);
  }));
  const accept_ = by("alike-accept");
  const look = () => { if (list.scrollTop + list.clientHeight >= list.scrollHeight - 4) accept_.disabled = false; };
  accept_.disabled = true;
  list.onscroll = look;
  by("alike").showModal();
  look();
  list.focus();
}

by("alike-accept").addEventListener("click", () => {
  for (const box of by("alike-list").querySelectorAll("input:checked")) {
    const finding = queue.find((one) => one.id === box.dataset.id);
    if (finding) act({ type: "correct", line: finding.line, printed: finding.from, to: finding.to, finding: finding.id }, finding, "done");
  }
  by("alike").close();
  next();
});

/* The entries of issue.toml: each can be taken back or moved to where its text is. */
function showEntries() {
  by("entry-count").textContent = desk.entries.length;
  by("entry-list").replaceChildren(...desk.entries.map((entry) => {
    const { key, values } = entry;
    const words = key === "correction" ? `${values.from} → ${values.to}` : key === "decision" ? `${values.text}（${values.begins}）` : values.text || "";
    const back = element("button", { type: "button", title: "从 issue.toml 里删去这一条" }, "撤回");
    back.addEventListener("click", () => act({ type: "drop", key, values }));
    const go = element("button", { type: "button", className: "plain" }, `第${values.line}行`);
    go.addEventListener("click", () => goTo(values.line));
    return element("li", {}, go, ` ${words} `, back);
  }));
}

/* Keys: by code, on keydown, never a letter or a punctuation mark: an input method takes those. */
let composing = false;
document.addEventListener("compositionstart", () => { composing = true; });
document.addEventListener("compositionend", () => { setTimeout(() => { composing = false; }); });

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || composing) {
    if (event.code === "Enter") event.preventDefault();
    return;
  }
  const field = event.target.matches("input, textarea, select");
  const inDialog = event.target.closest("dialog");
  if (inDialog) return;
  const control = event.ctrlKey || event.metaKey;
  const does = {
    Enter: () => !field && !control && event.target.closest("#cards, body") && !event.target.matches("button, a, summary") && accept,
    F2: () => type,
    F8: () => (event.shiftKey ? term : confirmHere),
    ArrowDown: () => (field && !control ? null : event.shiftKey ? doubt : () => enter(at + 1)),
    ArrowUp: () => (field && !control ? null : () => enter(at - 1)),
    PageDown: () => () => sheet.turnTo(1),
    PageUp: () => () => sheet.turnTo(-1),
    KeyZ: () => control && !field && (event.shiftKey ? () => step("redo") : () => step("undo")),
    KeyY: () => control && !field && (() => step("redo")),
    Escape: () => !by("change").hidden && leave,
  }[event.code];
  const chosen = does && does();
  if (!chosen) return;
  if (["ArrowDown", "ArrowUp"].includes(event.code) && event.target.closest("#text, #paper, details") && !control) return;
  event.preventDefault();
  if (event.repeat && !event.code.startsWith("Arrow") && !event.code.startsWith("Page")) return; // a held key accepts once
  touched = true;
  chosen();
});

by("cards").addEventListener("click", (event) => {
  const item = event.target.closest("li");
  if (!item) return;
  touched = true;
  if (!event.target.closest("button") && Number(item.dataset.number) !== at) enter(Number(item.dataset.number));
});
by("undo").addEventListener("click", () => step("undo"));
by("redo").addEventListener("click", () => step("redo"));
by("help").addEventListener("click", () => by("keys").showModal());
document.addEventListener("click", (event) => {
  const does = event.target.dataset && event.target.dataset.do;
  if (does === "change-leave") leave();
  else if (does === "alike-leave") by("alike").close();
  else if (does === "sort") {
    queue = desk.findings.map((one) => ({ ...one, state: desk.doubtful.includes(one.id) ? "doubtful" : "open" }));
    at = 0;
    showQueue();
  } else if (does) sheet.do(does, event.target);
});

/* What is not stored yet must not be lost with the window. */
addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

/* News: files that another window or hand changed. */
async function listen() {
  for (;;) {
    try {
      const news = await ask(`${api}/wait?page=${page}&version=${desk ? desk.version : ""}`);
      by("others").hidden = !news.others;
      by("others").textContent = news.others ? `这一期在另外 ${news.others} 个窗口里也开着；各自的改动都会保存，也都会显示出来。` : "";
      if (desk && news.version !== desk.version) {
        await busy;
        // what the editor has chosen or is writing must not go away
        while (text.selection() || !by("change").hidden) await new Promise((resolve) => setTimeout(resolve, 300));
        await load().then(showQueue).catch(fault);
      } else if (!desk) await load().then(showQueue).catch(fault);
    } catch (error) {
      say(error.message);
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    if (!desk) await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

load().then(() => {
  showQueue();
  const line = Number((location.hash.match(/^#L(\d+)$/) || [])[1]);
  const there = queue.findIndex((one) => one.line === line);
  if (line && there < 0) goTo(line);
  else if (queue.length) enter(Math.max(there, 0));
}).catch(fault).finally(listen);
