/* The list of issues, and the building of the site. */
import { ask, element, say } from "./common.mjs";

const lists = document.getElementById("gazettes");
const progress = document.getElementById("progress");
const look = document.getElementById("look");
const button = document.getElementById("build");

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
    element("td", {}, said.join("，")), element("td", {}, counts.join("，")), element("td", {}, when));
}

async function show() {
  const data = await ask("/api/archive");
  const fault = document.getElementById("fault");
  fault.hidden = !data.fault;
  fault.textContent = data.fault;
  lists.replaceChildren(...data.gazettes.map((gazette) => element("section", {},
    element("h2", {}, gazette.title),
    gazette.fault ? element("p", { className: "fault" }, gazette.fault) : "",
    element("table", {}, element("thead", {}, element("tr", {}, ...["期", "状态", "已记", "上次校对"].map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...gazette.issues.map(row))))));
}

async function follow() {
  for (;;) {
    const state = await ask("/api/build");
    progress.hidden = !state.lines.length;
    progress.textContent = state.lines.join("\n");
    progress.scrollTop = progress.scrollHeight;
    button.disabled = state.running;
    if (!state.running) {
      if (state.status === null) return;
      say(state.status === 0 ? "网站已生成" : "没有发布：请看下面的说明，网站仍是原来的");
      look.hidden = state.status !== 0;
      if (state.site) look.href = state.site;
      return;
    }
    say("正在生成网站…");
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

button.addEventListener("click", async () => {
  button.disabled = true;
  look.hidden = true;
  await ask("/api/build", {});
  await follow();
  await show();
});

show().catch((error) => say(error.message));
follow().catch(() => {});
