/* The desk: sheet, text and queue of an issue, in step. */
import { Alike } from "./alike.mjs";
import { Change } from "./change.mjs";
import { ask, element, say } from "./common.mjs";
import { Cursor } from "./cursor.mjs";
import { listenToKeys } from "./keys.mjs";
import { Panes } from "./panes.mjs";
import { Queue, reading, shareOf } from "./queue.mjs";
import { Sheet } from "./sheet.mjs";
import { Text } from "./text.mjs";

const by = (id) => document.getElementById(id);
const name = by("title").dataset.name;
const api = `/api/issue/${name}`;
const page = crypto.randomUUID();
const STRIP = 34; // characters beside a place that are shown under its picture

let desk = null; // the answer of the server
let waiting = 0; // acts that are not stored yet
let begun = 0; // acts in all
let busy = Promise.resolve(); // acts one after another
const documents = new Map(); // by digest
const sheet = new Sheet(by("paper"), by("leaf"), by("scan"), by("boxes"), by("received"), by("sheet-name"), name);
const text = new Text(by("text"), goTo, () => ask(`${api}/changes`));
const queue = new Queue(goTo);
const change = new Change(api, text, queue, act);
const cursor = new Cursor(by("text"));
const alike = new Alike(queue, sheet, (chosen) => { chosen.forEach(correct); queue.next(); });
const panes = new Panes(by("panes"), sheet, text);

async function load() {
  const first = !desk, asked = begun;
  const data = await ask(api, { known: [...documents.keys()] });
  for (const [digest, document_] of Object.entries(data.documents)) documents.set(digest, document_);
  if (!first && asked !== begun) return; // older than an act that has begun meanwhile, which loads again
  desk = data;
  by("title").textContent = `${data.title}　${data.name.split("/")[1]}`;
  queue.take(data);
  sheet.places(data.paper);
  by("faults").hidden = true;
  by("panes").hidden = false;
  text.show(data.order.map((digest) => [digest, documents.get(digest)]), data.findings, data.entries);
  for (const digest of [...documents.keys()]) if (!data.order.includes(digest)) documents.delete(digest);
  by("undo").disabled = !data.undo;
  by("undo").title = data.undo ? `撤销：${data.undo}（Ctrl+Z）` : "撤销（Ctrl+Z）";
  by("redo").disabled = !data.redo;
  by("redo").title = data.redo ? `重做：${data.redo}（Ctrl+Y）` : "重做（Ctrl+Y）";
  showEntries();
  if (first) change.offer(data.unsent);
}

function show() {
  queue.show(waiting);
}

function fault(error) {
  if (error.status === 422 && !desk) {
    by("faults").hidden = false;
    by("faults").replaceChildren(element("p", {}, "这一期现在读不出，网页上仍是上一次发布的。请先改好下面各条："),
      ...(error.misplaced.length ? error.misplaced.map(misplaced) : error.message.split("\n").map((line) => element("p", {}, line))));
    by("panes").hidden = true;
  } else say(error.message);
  if (error.status === 422 && error.misplaced.length && desk) {
    by("faults").hidden = false;
    by("faults").replaceChildren(element("p", {}, "下面各条的字已经不在它写的那一行："), ...error.misplaced.map(misplaced));
  }
}

/* An entry whose text is on another line now: moved by one click. */
function misplaced({ key, values, message, lines }) {
  const row = element("p", {}, message, " ");
  const add = (words, body) => {
    const button = element("button", { type: "button" }, words);
    button.addEventListener("click", () => act(body).then(() => { if (desk && queue.cards.length) queue.enter(0); }));
    row.append(button, " ");
  };
  for (const line of lines.slice(0, 4)) add(`改到第${line}行`, { type: "move", key, values, line });
  add("撤回这一条", { type: "drop", key, values });
  return row;
}

/* Sheet, text and strip follow a line. */
function goTo(line, finding) {
  text.mark(line, true, finding && finding.from);
  sheet.follow(line);
  const given = text.published(line);
  by("line-text").replaceChildren(...(finding && finding.from ? reading(finding, STRIP) : [given.length > 140 ? `${given.slice(0, 140)}…` : given]));
  by("strip").dataset.line = line;
  sheet.strip(by("line-picture"), line, finding ? shareOf(finding) : 0);
  ask(`${api}/source?first=${line}&last=${line}`).then((data) => {
    if (by("strip").dataset.line !== String(line)) return;
    const told = text.told(line);
    by("line-received").textContent = [data.lines[0] && data.lines[0] !== given ? `原来的文本：${data.lines[0]}` : "", told].filter(Boolean).join("　");
    sheet.words(line, data.lines[0] || "");
  }).catch(() => {});
}

/* Acts: the page moves on at once, the server stores and reads again. */

function act(body, finding, state) {
  queue.touched = true;
  waiting += 1;
  begun += 1;
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
    show();
  });
  return busy;
}

function correct(finding) {
  act({ type: "correct", line: finding.line, printed: finding.from, to: finding.to, finding: finding.id }, finding, "done");
}

function accept() {
  const finding = queue.here;
  if (finding && !["open", "doubtful"].includes(finding.state)) return queue.next();
  if (!finding || !finding.from) return say("这一处没有现成的读法：F2 输入，F8 原文如此");
  correct(finding);
  queue.next();
}

function confirm() {
  const finding = queue.here;
  if (!finding) return;
  act({ type: "confirm", finding: finding.id }, finding, "confirmed");
  queue.next();
}

function term() {
  const finding = queue.here;
  const word = getSelection().toString().trim() || (finding && finding.from);
  if (!word) return say("先在文本里选中这个词");
  act({ type: "term", word, finding: finding ? finding.id : "" }, finding, "term");
  queue.next();
}

function doubt() {
  const finding = queue.here;
  if (!finding) return;
  const aside = finding.state !== "doubtful";
  finding.state = aside ? "doubtful" : "open";
  busy = busy.then(() => ask(`${api}/kept`, aside ? { doubtful: finding.id } : { settled: finding.id }))
    .then(() => say(aside ? "已记为存疑" : "已取消存疑")).catch((error) => say(error.message));
  show();
  if (aside) queue.next();
}

function step(way) {
  begun += 1;
  busy = busy.then(async () => {
    try {
      const done = await ask(`${api}/${way}`, {});
      const nothing = way === "undo" ? "没有可以撤销的了" : "没有可以重做的了";
      say(done.saved ? `${way === "undo" ? "已撤销" : "已重做"}：${done.label}` : nothing);
      for (const card of queue.cards) if (done.finding && card.id === done.finding) card.state = way === "undo" ? "open" : "done";
    } catch (error) {
      say(error.message);
    }
    await load().catch(fault);
    show();
  });
  return busy;
}

const does = { accept, confirm, term, doubt, alike: () => alike.open(queue.alike(queue.here)), undo: () => step("undo"), redo: () => step("redo") };
queue.does = [
  { words: "改（Enter）", title: "按所示的字改（Enter）", act: accept, fits: (one) => one.from },
  { words: "另改（F2）", title: "改成别的字，或改结构（F2）", act: () => change.open() },
  { words: "原文如此（F8）", title: "核对过原件，不改（F8）", act: confirm },
  { words: "不是错误", title: "这个词以后不再报（Shift+F8）", act: term, fits: (one) => one.from },
  { words: (one) => (one.state === "doubtful" ? "取消存疑" : "存疑"), title: "以后再看（Shift+↓）", act: doubt },
  { words: (one) => `同类 ${queue.alike(one).length}`, title: "看过每一处，一起接受（Ctrl+Enter）", act: (one) => alike.open(queue.alike(one)), fits: (one) => queue.alike(one).length > 1 },
];

/* The entries of issue.toml: each can be taken back. */
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

listenToKeys({ queue, change, cursor, sheet, text, does });
by("undo").addEventListener("click", does.undo);
by("redo").addEventListener("click", does.redo);
by("help").addEventListener("click", () => by("keys").showModal());
by("keys").addEventListener("close", () => queue.focus());
document.addEventListener("click", (event) => {
  const does_ = event.target.dataset && event.target.dataset.do;
  if (!does_) return;
  if (does_ === "change-leave") change.leave();
  else if (does_ === "type") change.open();
  else if (does_ === "alike-leave") by("alike").close();
  else if (does_ === "marks") text.toggle().then(() => { panes.remember(); });
  else if (does_ === "sort") {
    queue.sort(desk);
    show();
    queue.enter(0);
  } else {
    sheet.do(does_);
    panes.remember();
  }
});
by("paper").addEventListener("wheel", () => panes.remember(), { passive: true });
document.addEventListener("keyup", (event) => { if (event.altKey) panes.remember(); });

/* What is not stored yet must not be lost with the window. */
addEventListener("beforeunload", (event) => { if (waiting) event.preventDefault(); });

/* News: files that another window or hand changed, misreadings that were found. */
async function listen() {
  for (;;) {
    try {
      const news = await ask(`${api}/wait?page=${page}&version=${desk ? desk.version : ""}`);
      by("others").hidden = !news.others;
      by("others").textContent = news.others ? `这一期在另外 ${news.others} 个窗口里也开着；各自的改动都会保存，也都会显示出来。` : "";
      if (desk && news.version !== desk.version) {
        await busy;
        if (news.version !== desk.version) await load().then(show).catch(fault);
      } else if (!desk) await load().then(show).catch(fault);
    } catch (error) {
      say(error.message);
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
    if (!desk) await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

panes.restore().then(load).then(() => {
  show();
  const line = Number((location.hash.match(/^#L(\d+)$/) || [])[1]);
  const there = queue.cards.findIndex((one) => one.line === line);
  if (line && there < 0) goTo(line);
  else if (queue.cards.length) queue.enter(Math.max(there, 0));
}).catch(fault).finally(listen);
