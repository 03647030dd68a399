/* The list of issues, and the building of the site. */
import { building } from "./build.mjs";
import { ask, element, say } from "./common.mjs";

const lists = document.getElementById("gazettes");

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
    element("td", {}, said.join("，"), " ", element("a", { href: `/overview/${issue.name}` }, "总览")), element("td", {}, counts.join("，")), element("td", {}, when));
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

building(show);
show().catch((error) => say(error.message));
