/* The building of the site: its button, its progress, the link to the result. */
import { ask, say } from "./common.mjs";

export function building(after) {
  const progress = document.getElementById("progress");
  const look = document.getElementById("look");
  const button = document.getElementById("build");

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
    try {
      await ask("/api/build", {});
      await follow();
      await after();
    } catch (error) {
      say(error.message);
      button.disabled = false;
    }
  });
  follow().catch(() => {});
}
