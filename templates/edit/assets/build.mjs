/* The building of the site: its button, its progress, the link to the result, what it changed. */
import { ask, element, say } from "./common.mjs";
import { draw, follow } from "./progress.mjs";

const by = (id) => document.getElementById(id);
const FAULT = "gazette: ";

function changes(found, site) {
  const list = by("site-change-list");
  const said = found.first ? ["第一次生成，全部内容都是新的。", ...found.said] : found.said;
  const sections = found.sections.map((section) => element("details", { open: section.count <= 12 },
    element("summary", {}, `${section.heading} ${section.count}`),
    element("ul", { className: "texts" }, ...section.items.map((one) => element("li", {}, one.url ? element("a", { href: site + one.url, target: "_blank", rel: "noopener" }, one.text) : one.text)),
      section.count > section.items.length ? element("li", {}, `另有 ${section.count - section.items.length} 项没有列出`) : "")));
  if (!sections.length && !said.length) said.push("网站的内容没有变化。");
  list.replaceChildren(...said.map((words) => element("p", {}, words)), ...sections);
  by("site-changes").hidden = false;
}

export function building(after) {
  const button = by("build");

  function see(state) {
    by("building").hidden = !state.running;
    draw(state.progress, by("build-bar"), by("build-task"), by("build-left"));
    by("build-log").hidden = !state.lines.length;
    by("progress").textContent = state.lines.join("\n");
    button.disabled = state.running;
    if (state.running) say("正在生成网站…");
  }

  async function watch() {
    const state = await follow("/api/build", see);
    if (state.status === null) return;
    const isDone = state.status === 0;
    say(isDone ? "网站已生成" : "没有发布：请看下面的说明，网站仍是原来的");
    const faults = state.lines.filter((line) => line.startsWith(FAULT)).map((line) => line.slice(FAULT.length));
    by("build-fault").hidden = isDone;
    by("build-fault").textContent = `没有发布，网站仍是原来的。${faults.join("\n")}`;
    by("look").hidden = !isDone;
    if (!isDone) return;
    by("look").href = state.site;
    if (state.changes) changes(state.changes, state.site);
  }

  button.addEventListener("click", async () => {
    button.disabled = true;
    by("look").hidden = true;
    by("site-changes").hidden = true;
    by("build-fault").hidden = true;
    try {
      await ask("/api/build", {});
      await watch();
      await after();
      if (!by("look").hidden) by("look").focus();
    } catch (error) {
      say(error.message);
      button.disabled = false;
    }
  });
  watch().catch(() => {});
}
