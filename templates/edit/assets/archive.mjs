/* The list of issues, and the building of the site. */
import { building } from "./build.mjs";
import { ask, element, say } from "./common.mjs";
import { dropped } from "./drop.mjs";

const lists = document.getElementById("gazettes");

/* What is known of an issue since it was last opened or built. */
function state(issue) {
  const known = issue.state;
  if (!known) return [element("span", { className: "hint" }, "还没有看过")];
  if (!known.fresh) return [element("span", { className: "hint" }, "改动后还没有看过")];
  const mark = element("span", { className: `state ${known.stops ? "error" : known.warnings ? "warning" : "fine"}` },
    known.stops ? `停止发布 ${known.stops}` : known.warnings ? `提醒 ${known.warnings}` : "好");
  return [element("a", { href: `/overview/${issue.name}#ready` }, mark)];
}

function proofed(issue) {
  const known = issue.state;
  if (!known || !(known.pages || known.once || known.twice)) return "";
  const done = known.once + known.twice;
  return `${done}${known.pages ? ` / ${known.pages}` : ""} 页${known.twice ? `，两遍 ${known.twice}` : ""}`;
}

function row(issue) {
  const said = [];
  if (issue.fault) said.push(issue.fault);
  if (issue.draft) said.push("草稿");
  else if (issue.published) said.push("已发布");
  else said.push(issue.taken ? "已收入" : "未转换");
  const counts = [];
  if (issue.correction) counts.push(`更正 ${issue.correction}`);
  if (issue.confirmed) counts.push(`确认 ${issue.confirmed}`);
  if (issue.decision) counts.push(`判定 ${issue.decision}`);
  if (issue.doubtful) counts.push(`存疑 ${issue.doubtful}`);
  const when = issue.when ? new Date(issue.when * 1000).toLocaleString("zh-CN") : "";
  return element("tr", {},
    element("th", { scope: "row" }, element("a", { href: `/desk/${issue.name}` }, issue.folder)),
    element("td", {}, said.join("，"), " ", element("a", { href: `/overview/${issue.name}` }, "总览")), element("td", {}, ...state(issue)), element("td", {}, proofed(issue)), element("td", {}, counts.join("，")), element("td", {}, when));
}

async function show() {
  const data = await ask("/api/archive");
  const fault = document.getElementById("fault");
  fault.hidden = !data.fault;
  fault.textContent = data.fault;
  lists.replaceChildren(...data.gazettes.map((gazette) => element("section", {},
    element("h2", {}, gazette.title),
    gazette.fault ? element("p", { className: "fault" }, gazette.fault) : "",
    element("table", {}, element("thead", {}, element("tr", {}, ...["期", "状态", "可以发布了吗", "校过", "已记", "上次校对"].map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...gazette.issues.map(row))))));
}

building(show);
show().catch((error) => say(error.message));

/* Files that are dropped here wait for the page on which they are taken in. */
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", async (event) => {
  event.preventDefault();
  const files = await dropped(event.dataTransfer);
  if (!files.length) return;
  const batch = crypto.randomUUID();
  try {
    for (const file of files) {
      say(`正在放入 ${file.name}…`);
      const answer = await fetch(`/api/file/${batch}?name=${encodeURIComponent(file.name)}`, { method: "PUT", body: file });
      if (!answer.ok) throw new Error((await answer.json()).fault);
    }
    location.href = `/take-in#batch=${batch}`;
  } catch (error) {
    say(error.message);
  }
});
