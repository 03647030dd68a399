/* One issue at a glance, to be read once over before it is published. */
import { ask, element, say } from "./common.mjs";
import { building } from "./build.mjs";

const by = (id) => document.getElementById(id);
const name = by("title").dataset.name;
const api = `/api/issue/${name}`;
const SEVERITY = { error: "停止发布", warning: "提醒", info: "参考" };

const place = (line, words) => element("a", { href: `/desk/${name}#L${line}` }, words || `第${line}行`);

function table(head, rows) {
  return element("table", {}, element("thead", {}, element("tr", {}, ...head.map((words) => element("th", { scope: "col" }, words)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, ...(Array.isArray(cell) ? cell : [cell])))))));
}

function findings(list) {
  return list.map((one) => element("p", { className: `said ${one.severity}` }, element("b", {}, `${SEVERITY[one.severity]} `), place(one.line), ` ${one.message}`));
}

const KINDS = { title: "标题", number: "文号", addressees: "主送机关", heading: "小标题", paragraph: "正文", history: "题注", date: "日期", signature: "署名", table: "表格" };

/* A button that decides what a line is; the page reads the issue again. */
function decide(words, line, begins) {
  const button = element("button", { type: "button" }, words);
  button.addEventListener("click", async () => {
    try {
      const done = await ask(`${api}/act`, { act: { type: "decide", line, begins } });
      await load();
      say(`已保存：${done.label}（在校对页可以撤销）`);
    } catch (error) {
      say(error.message);
    }
  });
  return button;
}

/* The lines at the head of a document: what belongs to the title is chosen here. */
function head(found) {
  return element("details", { className: "head" }, element("summary", {}, "改标题"), ...found.head.map((one) => element("p", { className: one.line === found.line ? "first" : "" },
    place(one.line), ` ${one.text.length > 32 ? `${one.text.slice(0, 32)}…` : one.text} `, element("small", {}, KINDS[one.kind] || ""), " ",
    ...(one.kind === "title" && one.line !== found.line ? [] : [decide(one.line === found.line ? "从这里开始" : "这里开始一篇", one.line, "document"), " "]),
    one.kind === "title" ? decide("不是标题", one.line, "paragraph") : decide("是标题", one.line, "title"), " ",
    decide("接上一行", one.line, "joined"))));
}

function missing(entry, places) {
  return [element("strong", {}, "正文里没有找到"),
    ...places.map((one) => element("p", { className: "probable" }, "可能在", place(one.line), `：${one.text} `, decide("这里开始一篇", one.line, "document"))),
    places.length ? "" : element("p", { className: "probable" }, "正文里没有相近的标题。"),
    element("p", { className: "probable" }, decide("目录有，正文不印", entry.line, "entry-without-document"))];
}

function state(entry, found, said) {
  if (said.length) return findings(said);
  const [kind, words] = entry && found && entry.title === found.title ? ["fine", "一致"] : !entry && found ? ["warning", "目录没有"] : found ? ["warning", "请核对"] : ["error", "缺"];
  return [element("span", { className: `state ${kind}` }, words)];
}

function structure(data) {
  by("made").hidden = !data.made;
  by("rows").replaceChildren(table(["目录", "公文", "文号、日期", "发文机关", "页", "附件", "状态"], data.rows.map(({ entry, document: found, places, findings: said }) => [
    entry ? [entry.category ? element("span", { className: "category" }, entry.category) : "", place(entry.line, entry.title), entry.page === null ? "" : `　${entry.page}`]
      : data.made && found ? [found.category ? element("span", { className: "category" }, found.category) : "", found.title] : [element("span", { className: "hint" }, "目录没有")],
    found ? [place(found.line, found.title), head(found)] : missing(entry, places),
    found ? [element("span", { className: "whole" }, found.number || "无文号"), element("br", {}), element("span", { className: "whole" }, found.date || "无日期")] : "",
    found ? found.issuer || found.signature : "",
    found ? element("span", { className: "whole" }, found.pages.length > 1 ? `${found.pages[0]}–${found.pages.at(-1)}` : found.pages[0] || "") : "",
    found ? found.attachments.flatMap((one) => [place(one.line, one.title || "（无标题）"), element("br", {})]) : "",
    data.made && found && !said.length ? [element("span", { className: "state fine" }, "由标题编目")] : state(entry, found, said),
  ])));
}

function tables(data) {
  by("table-list").replaceChildren(...(data.tables.length ? data.tables.map((one) => {
    const covered = new Set();
    const spans = new Map();
    for (const [row, column, high, wide] of one.spans) {
      spans.set(`${row},${column}`, [high, wide]);
      for (let r = row; r < row + high; r += 1) for (let c = column; c < column + wide; c += 1) if (r !== row || c !== column) covered.add(`${r},${c}`);
    }
    const rows = one.rows.map((row, r) => element("tr", {}, ...row.flatMap((cell, c) => {
      if (covered.has(`${r},${c}`)) return [];
      const [high, wide] = spans.get(`${r},${c}`) || [1, 1];
      return [element(r < one.header_rows ? "th" : "td", { rowSpan: high, colSpan: wide }, cell)];
    })));
    const shown = element("table", { className: "printed" }, element("tbody", {}, ...rows));
    const frame = element("div", { className: "wide", tabIndex: 0, role: "region" }, shown);
    frame.setAttribute("aria-label", one.caption || "表格");
    return element("details", {}, element("summary", {}, `${one.caption || one.document}　${one.count} 行 ${one.columns} 列`), element("p", {}, place(one.line)), frame);
  }) : [element("p", {}, "本期没有表格。")]));
}

function verdict(data) {
  const stops = data.counts.error || 0;
  const unread = data.pages.filter((one) => !one.readers.length).length;
  const left = [];
  if (data.counts.warning) left.push(`${data.counts.warning} 处提醒没有看`);
  if (data.doubtful) left.push(`${data.doubtful} 处存疑`);
  if (unread) left.push(`${unread} 页没有校过`);
  by("verdict").textContent = stops ? `还不能发布：有 ${stops} 处停止发布` : left.length ? `可以发布；还有 ${left.join("，")}` : "可以发布";
  by("verdict").className = `verdict ${stops ? "error" : left.length ? "warning" : "fine"}`;
}

function row(question, state, kind, inside, open) {
  const mark = element("span", { className: `state ${kind}` }, state);
  if (!inside.length) return element("p", { className: "asked" }, mark, ` ${question}`);
  return element("details", { open }, element("summary", {}, mark, ` ${question}`), ...inside);
}

function questions(data) {
  const rows = data.questions.map((one) => row(one.question, one.stops ? "停止发布" : one.count ? `${one.count} 处待核对` : "好",
    one.stops ? "error" : one.count ? "warning" : "fine", one.count ? [...findings(one.findings), one.count > one.findings.length ? element("p", { className: "said" }, `另有 ${one.count - one.findings.length} 处没有列出`) : ""] : [], one.stops > 0));
  const unread = data.pages.filter((one) => !one.readers.length);
  rows.push(row("存疑的都定了", data.doubtful ? `${data.doubtful} 处存疑` : "好", data.doubtful ? "warning" : "fine",
    data.doubtful ? [element("p", { className: "said" }, element("a", { href: `/desk/${name}` }, "到校对里看存疑的"))] : [], false));
  rows.push(row("各页都校过", unread.length ? `${unread.length} 页没有校` : "好", unread.length ? "warning" : "fine",
    unread.length ? [element("p", { className: "said" }, ...unread.slice(0, 60).flatMap((one) => [place(one.line, one.label), "　"]))] : [], false));
  const rank = (one) => ["error", "warning", "fine"].findIndex((kind) => one.querySelector(`.state.${kind}`));
  by("questions").replaceChildren(...rows.sort((one, other) => rank(one) - rank(other)));
}

const STATES = ["没有读", "校过一遍", "校过两遍"];

function reader(one) {
  return one ? `${one.who}${one.when ? `，${one.when}` : ""}` : "";
}

async function keep(body) {
  try {
    await ask(`${api}/kept`, body);
    await load();
  } catch (error) {
    say(error.message);
  }
}

function pageRow(one) {
  const times = Math.min(one.readers.length, 2);
  const mark = element("button", { type: "button" }, times ? "再校过一遍" : "校过了");
  mark.setAttribute("aria-label", `${one.label} ${mark.textContent}`);
  mark.addEventListener("click", () => {
    const who = by("reader").value.trim();
    if (!who) {
      by("reader").focus();
      return say("请先填校对人");
    }
    return keep({ proofed: one.key, by: who });
  });
  const acts = [mark];
  if (times) {
    const back = element("button", { type: "button" }, "撤回");
    back.setAttribute("aria-label", `${one.label} 撤回`);
    back.addEventListener("click", () => keep({ unproofed: one.key }));
    acts.push(" ", back);
  }
  if (one.sheet) acts.push(" ", element("a", { href: `/take-in#issue=${name}&sheet=${one.sheet}` }, "换这一张"));
  const [first, second] = one.readers;
  const same = first && second && first.who === second.who ? "（同一人）" : "";
  return [[place(one.line, one.label)],
    [element("span", { className: `state page${times}` }, one.exchanged ? "文本已换，请再校" : STATES[times])],
    reader(first), `${reader(one.readers.length > 1 ? one.readers[one.readers.length - 1] : null)}${same}`, one.open ? [place(one.line, `${one.open} 处`)] : "", acts];
}

function pages(data) {
  const count = [0, 0, 0];
  for (const one of data.pages) count[Math.min(one.readers.length, 2)] += 1;
  by("pages-count").textContent = `共 ${data.pages.length} 页：没有读 ${count[0]}，校过一遍 ${count[1]}，校过两遍 ${count[2]}`;
  by("pages").replaceChildren(table(["页", "状态", "一校", "二校", "待核对", "记下"], data.pages.map(pageRow)));
  if (!by("reader").value) by("reader").value = data.reader;
}

function ready(data) {
  verdict(data);
  questions(data);
  pages(data);
}

async function git() {
  const state = await ask(`${api}/git`).catch((error) => ({ is_there: true, files: [], fault: error.message }));
  by("git").hidden = !state.is_there;
  by("commit").disabled = !state.files.length || state.fault !== "";
  by("git-words").textContent = state.fault || (state.files.length ? `将记入：${state.message}` : "没有要记入的改动。");
  by("git-words").className = state.fault ? "fault" : "";
  by("git-files").replaceChildren(...state.files.map((file) => element("li", {}, file)));
}

by("commit").addEventListener("click", async () => {
  by("commit").disabled = true;
  try {
    const done = await ask(`${api}/git`, {});
    await git();
    by("git-words").textContent = `已记入 ${done.committed}：${done.message}`;
    say("已记入 git");
  } catch (error) {
    by("git-words").textContent = error.message;
    by("git-words").className = "fault";
    say("没有记入");
    by("commit").disabled = false;
  }
});

async function load() {
  const data = await ask(`${api}/overview`);
  by("title").textContent = `${data.title}　${data.name.split("/")[1]}`;
  ready(data);
  structure(data);
  tables(data);
  by("appointment-list").replaceChildren(data.appointments.length ? table(["姓名", "任免", "单位", "职务", "备注", "位置"], data.appointments.map((row) => [...row.slice(0, 5), [place(row[5])]])) : element("p", {}, "本期没有任免。"));
  by("duty-list").replaceChildren(data.duties.length ? table(["任务", "单位", "时限", "位置"], data.duties.map((row) => [...row.slice(0, 3), [place(row[3])]])) : element("p", {}, "本期没有写明分工的任务。"));
}

const reload = () => load().catch((error) => {
  by("fault").hidden = false;
  by("fault").textContent = error.message;
});
building(reload);
reload();
git();
