/* Files are dropped, their gazette and issue proposed, and they are taken in. */
import { ask, element, say } from "./common.mjs";
import { differenceOf } from "./difference.mjs";
import { dropped } from "./drop.mjs";
import { draw, follow } from "./progress.mjs";

const by = (id) => document.getElementById(id);
const NEW = "\u0000new";
const wanted = new URLSearchParams(location.hash.slice(1));
let batch = wanted.get("batch") || crypto.randomUUID();
let place = { there: false, sheets: 0 };
let looking = 0;

const form = () => Object.fromEntries([...by("new-gazette").querySelectorAll("input[name]")].map((field) => [field.name, field.value]));
const isNew = () => by("gazette").value === NEW;
const gazette = () => (isNew() ? by("new-id").value.trim() : by("gazette").value);

function size(bytes) {
  return bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} KB`;
}

function fault(words) {
  by("said").hidden = !words;
  by("said").textContent = words;
}

async function give(files) {
  fault("");
  for (const file of files) {
    const state = element("span", {}, "正在放入…");
    const row = element("li", {}, `${file.name}（${size(file.size)}） `, state);
    by("given").append(row);
    try {
      const answer = await fetch(`/api/file/${batch}?name=${encodeURIComponent(file.name)}`, { method: "PUT", body: file });
      const data = await answer.json();
      state.textContent = answer.ok ? "已放入" : data.fault;
      row.className = answer.ok ? "" : "fault";
    } catch {
      state.textContent = "没有放入，请重试";
    }
  }
  await propose();
}

async function propose() {
  by("as").hidden = true;
  say("正在看是哪一期；扫描件要识别第一张，约十秒…");
  let found;
  try {
    found = await ask(`/api/propose/${batch}`);
  } catch (error) {
    say("");
    return fault(error.message);
  }
  say("");
  if (!by("given").children.length) by("given").append(...found.files.map((one) => element("li", {}, `${one.name}（${size(one.size)}） 已放入`)));
  by("what").textContent = found.what ? `读作：${found.what}` : "";
  by("asked").hidden = !found.asked.length;
  by("asked").replaceChildren(...found.asked.map((words) => element("li", {}, words)));
  const known = found.gazettes.map((one) => element("option", { value: one.id }, one.title));
  by("gazette").replaceChildren(...(found.gazette || found.id || !known.length ? [] : [element("option", { value: "" }, "请选公报")]), ...known, element("option", { value: NEW }, "新的公报…"));
  const [ofGazette, ofIssue] = (wanted.get("issue") || "").split("/");
  by("gazette").value = ofGazette || found.gazette || (found.id || !known.length ? NEW : "");
  by("new-id").value = found.id;
  for (const name of ["title", "organ", "phone"]) by("new-gazette").querySelector(`[name=${name}]`).value = found[name];
  by("issue").value = ofIssue || found.issue;
  by("sheet").value = wanted.get("sheet") || found.sheet || "";
  if (wanted.get("sheet")) document.querySelector("input[name=way][value=sheet]").checked = true;
  by("as").hidden = false;
  by("drop").classList.add("some");
  await show();
  (by("gazette").value ? by("issue").value ? by("go-on") : by("issue") : by("gazette")).focus();
}

/* What the form asks depends on the gazette and on whether the issue is there. */
async function show() {
  by("new-gazette").hidden = !isNew();
  for (const field of [by("new-id"), by("new-gazette").querySelector("[name=title]")]) field.required = isNew();
  const mine = ++looking;
  const found = by("issue").value.trim() ? await ask(`/api/place?${new URLSearchParams({ gazette: gazette(), issue: by("issue").value })}`).catch(() => null) : null;
  if (mine !== looking) return;
  place = found || { there: false, sheets: 0 };
  by("tidied").hidden = !found || found.issue === by("issue").value.trim() || !found.fits;
  by("tidied").textContent = found ? `记作 ${found.issue}` : "";
  by("there").hidden = !place.there;
  by("one-sheet").hidden = !place.sheets;
  by("sheet").max = place.sheets || "";
  if (!place.sheets) document.querySelector("input[name=way][value=whole]").checked = true;
  by("go-on").textContent = place.there ? "看看有什么不同" : "收入";
  by("difference").hidden = true;
}

function see(state) {
  by("working").hidden = !state.running;
  draw(state.progress, by("bar"), by("task"), by("left"));
  by("progress").hidden = !state.lines.length;
  by("progress").textContent = state.lines.join("\n");
  by("progress").scrollTop = by("progress").scrollHeight;
}

async function run(way) {
  fault("");
  by("difference").hidden = true;
  const isSheet = place.there && document.querySelector("input[name=way]:checked").value === "sheet";
  if (isSheet && !by("sheet").value) {
    by("sheet").focus();
    return fault("请写是第几张");
  }
  for (const button of [by("go-on"), by("again"), by("exchange")]) button.disabled = true;
  try {
    const asked = { batch, gazette: gazette(), issue: by("issue").value, way, sheet: isSheet ? Number(by("sheet").value) : 0 };
    if (isNew() && way === "new") asked.form = form();
    by("task").textContent = way === "compare" ? "正在读" : "正在收入";
    say(way === "compare" ? "正在比较…" : "正在收入…");
    const begun = await ask("/api/take-in", asked);
    const state = await follow("/api/take-in", see);
    ended(state, way, `${asked.gazette}/${begun.issue}`);
  } catch (error) {
    by("working").hidden = true;
    say("");
    fault(error.message);
  } finally {
    for (const button of [by("go-on"), by("again"), by("exchange")]) button.disabled = false;
  }
}

function ended(state, way, name) {
  if (state.status !== 0) {
    say(way === "compare" ? "没有读成" : "没有收入");
    if (state.stopped) {
      by("progress").hidden = true;
      return fault("已停止，什么也没有改动；再做一次，识别过的页不再识别");
    }
    const words = state.lines.filter((line) => line.startsWith("gazette: ")).map((line) => line.slice("gazette: ".length));
    return fault(words.join("\n") || "没有做成，原因见下");
  }
  if (way === "compare") {
    say("");
    const { shown, isNone } = differenceOf(state.difference);
    by("changes").replaceChildren(...shown);
    by("difference").hidden = false;
    by("exchange").hidden = isNone;
    (isNone ? by("leave") : by("exchange")).focus();
    return;
  }
  by("done-title").textContent = way === "new" ? "已收入" : "已换上新文本";
  say(by("done-title").textContent);
  by("as").hidden = true;
  by("drop").hidden = true;
  by("done").hidden = false;
  by("go").href = `/desk/${name}`;
  by("look-over").href = `/overview/${name}`;
  by("go").focus();
}

async function again() {
  await ask(`/api/file/${batch}`, undefined, "DELETE").catch(() => {});
  location.href = "/take-in";
}

by("as").addEventListener("submit", (event) => {
  event.preventDefault();
  run(place.there ? "compare" : "new");
});
by("exchange").addEventListener("click", () => run("retake"));
by("other").addEventListener("click", () => {
  by("difference").hidden = true;
  by("issue").focus();
  by("issue").select();
});
by("leave").addEventListener("click", again);
by("again").addEventListener("click", again);
by("stop").addEventListener("click", () => ask("/api/take-in/stop", {}).catch((error) => say(error.message)));
for (const id of ["gazette", "issue", "new-id"]) by(id).addEventListener("change", show);
by("issue").addEventListener("input", show);
by("files").addEventListener("change", (event) => give(event.target.files));
for (const name of ["dragover", "dragenter"]) addEventListener(name, (event) => { event.preventDefault(); by("drop").classList.add("over"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) by("drop").classList.remove("over"); });
addEventListener("drop", async (event) => {
  event.preventDefault();
  by("drop").classList.remove("over");
  const files = await dropped(event.dataTransfer).catch(() => []);
  if (files.length) give(files);
  else fault("没有读到文件；文件夹请打开，选里面的文件再拖进来");
});
if (wanted.get("batch")) propose();
if (by("files").files.length) give(by("files").files); // chosen before this script was there
