/* Files are dropped, their gazette and issue proposed, and they are taken in. */
import { ask, element, say } from "./common.mjs";

const by = (id) => document.getElementById(id);
const NEW = "\u0000new";
let batch = crypto.randomUUID();

function size(bytes) {
  return bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} KB`;
}

async function give(files) {
  for (const file of files) {
    const row = element("li", {}, `${file.name}（${size(file.size)}）… `);
    by("given").append(row);
    try {
      const answer = await fetch(`/api/file/${batch}?name=${encodeURIComponent(file.name)}`, { method: "PUT", body: file });
      const data = await answer.json();
      row.append(answer.ok ? "已放入" : data.fault);
      row.className = answer.ok ? "" : "fault";
    } catch {
      row.append("没有放入，请重试");
    }
  }
  await propose();
}

async function propose() {
  say("正在看是哪一期…");
  const found = await ask(`/api/propose/${batch}`);
  say("");
  by("said").hidden = !found.said;
  by("said").textContent = found.said;
  by("gazette").replaceChildren(...found.gazettes.map((one) => element("option", { value: one.id }, one.title)), element("option", { value: NEW }, "新的公报…"));
  const known = found.gazettes.some((one) => one.id === found.gazette);
  by("gazette").value = known ? found.gazette : NEW;
  if (!known) {
    by("new-title").value = found.title;
    by("new-id").value = found.gazette;
  }
  by("issue").value = found.issue;
  by("as").hidden = false;
  show();
  by("issue").focus();
}

function show() {
  const fresh = by("gazette").value === NEW;
  by("new-gazette").hidden = !fresh;
  by("new-title").required = fresh;
  by("new-id").required = fresh;
}

async function follow(gazette, issue) {
  for (;;) {
    const state = await ask("/api/take-in");
    by("progress").hidden = !state.lines.length;
    by("progress").textContent = state.lines.join("\n");
    by("progress").scrollTop = by("progress").scrollHeight;
    if (!state.running) {
      say(state.status === 0 ? "已收入" : "没有收入，原因见下");
      by("done").hidden = state.status !== 0;
      by("go").href = `/desk/${gazette}/${issue}`;
      by("as").hidden = state.status === 0;
      if (state.status === 0) ask(`/api/file/${batch}`, undefined, "DELETE").catch(() => {});
      return;
    }
    say("正在收入…");
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

by("as").addEventListener("submit", async (event) => {
  event.preventDefault();
  const fresh = by("gazette").value === NEW;
  const gazette = fresh ? by("new-id").value : by("gazette").value;
  try {
    const begun = await ask("/api/take-in", { batch, gazette, issue: by("issue").value, title: fresh ? by("new-title").value : "" });
    await follow(gazette, begun.issue);
  } catch (error) {
    say(error.message);
    by("said").hidden = false;
    by("said").textContent = error.message;
  }
});
by("again").addEventListener("click", async () => {
  await ask(`/api/file/${batch}`, undefined, "DELETE").catch(() => {});
  batch = crypto.randomUUID();
  by("given").replaceChildren();
  by("as").hidden = true;
  say("");
});
by("gazette").addEventListener("change", show);
by("files").addEventListener("change", (event) => give(event.target.files));
for (const name of ["dragover", "dragenter"]) addEventListener(name, (event) => { event.preventDefault(); by("drop").classList.add("over"); });
addEventListener("dragleave", (event) => { if (!event.relatedTarget) by("drop").classList.remove("over"); });
addEventListener("drop", (event) => {
  event.preventDefault();
  by("drop").classList.remove("over");
  if (event.dataTransfer.files.length) give(event.dataTransfer.files);
});
if (by("files").files.length) give(by("files").files); // chosen before this script was there
