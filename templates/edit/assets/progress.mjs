/* How a command goes that runs behind the page: its bar, the step, the time that is left. */
import { ask } from "./common.mjs";

const PAUSE = 400; // milliseconds between two looks

export function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} 秒`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`;
}

export function shown(progress) {
  if (!progress) return "";
  const words = [`${progress.done} / ${progress.count}`];
  if (progress.step) words.push(progress.step);
  if (progress.left !== null && progress.left > 0) words.push(`还要约 ${duration(progress.left)}`);
  return words.join("，");
}

/* Look until the command has ended; `see` is told its state each time. */
export async function follow(address, see) {
  for (;;) {
    const state = await ask(address);
    see(state);
    if (!state.running) return state;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/* A <progress>, the name of the task and the words beside it. */
export function draw(progress, bar, task, words) {
  if (progress) {
    bar.max = Math.max(progress.count, 1);
    bar.value = progress.done;
    if (progress.task) task.textContent = progress.task;
  } else {
    bar.removeAttribute("value");
  }
  words.textContent = shown(progress);
}
