/* What is different between an issue and a new reading of it. */
import { element } from "./common.mjs";

const STATES = { added: "新增", gone: "没有了", changed: "有改动", same: "相同" };
const MOST = 40; // texts of a document that are shown

/* The characters that two texts do not share: one piece each, at its place. */
export function pieces(before, after) {
  let start = 0;
  const least = Math.min(before.length, after.length);
  while (start < least && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < least - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const around = 24;
  const head = before.slice(0, start);
  const tail = end ? before.slice(-end) : "";
  return {
    head: head.length > around ? `…${head.slice(-around)}` : head,
    old: before.slice(start, before.length - end),
    now: after.slice(start, after.length - end),
    tail: tail.length > around ? `${tail.slice(0, around)}…` : tail,
  };
}

function changed(one) {
  if (!one.before || !one.after) {
    const mark = one.before ? element("del", {}, one.before) : element("ins", {}, one.after);
    return element("li", {}, mark);
  }
  const { head, old, now, tail } = pieces(one.before, one.after);
  return element("li", {}, head, old ? element("del", {}, old) : "", now ? element("ins", {}, now) : "", tail);
}

function facts(list) {
  return list.map((one) => element("p", { className: "fact" }, `${one.name}：`, one.before ? element("del", {}, one.before) : "（无）", " → ", one.after ? element("ins", {}, one.after) : "（无）"));
}

function documentOf(one) {
  const head = [element("span", { className: `state ${one.state}` }, STATES[one.state]), ` ${one.title}${one.number ? `　${one.number}` : ""}`];
  if (one.state !== "changed") return element("p", { className: "asked" }, ...head);
  const count = one.texts.length ? `　${one.texts.length} 段不同` : "";
  const more = one.texts.length > MOST ? element("p", {}, `另有 ${one.texts.length - MOST} 段没有列出。`) : "";
  return element("details", { open: true }, element("summary", {}, ...head, count), ...facts(one.facts), element("ul", { className: "texts" }, ...one.texts.slice(0, MOST).map(changed)), more);
}

export function differenceOf(found) {
  const differ = found.documents.filter((one) => one.state !== "same");
  const same = found.documents.length - differ.length;
  const count = (state) => differ.filter((one) => one.state === state).length;
  const said = ["changed", "added", "gone"].filter(count).map((state) => `${STATES[state]} ${count(state)} 篇`);
  const shown = [element("p", { className: `verdict ${found.lost.length ? "error" : ""}` }, differ.length || found.facts.length
    ? `${said.join("，") || "公文没有不同"}${same ? `；${same} 篇相同` : ""}` : "发布的文字与已有的完全相同，不必换")];
  if (found.facts.length) shown.push(element("p", { className: "fault" }, "刊头不同，请核对是不是同一期："), ...facts(found.facts));
  shown.push(...differ.map(documentOf));
  shown.push(element("h3", {}, "更正、确认和判定"), element("p", {}, found.kept || found.lost.length ? `${found.kept} 条的文字还在，保留${found.lost.length ? `；${found.lost.length} 条在新文本里找不到，换上以后不起作用，要逐条处理：` : "。"}` : "这一期还没有更正、确认和判定。"));
  if (found.lost.length) shown.push(element("ul", { className: "texts" }, ...found.lost.map((line) => element("li", {}, line.replace(/^\S+:\d+: /, "").replace(/；请核对后改写 line.*$/, "").replace(/（已改为 line = 0）$/, "")))));
  return { shown, isNone: !differ.length && !found.facts.length };
}
