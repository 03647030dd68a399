/* What every page of the workspace shares: requests to the server, words for the editor. */

export const status = document.getElementById("status");

export function say(words) {
  status.textContent = words;
}

/* Ask the server; a fault comes as an error whose message is for the editor. */
export async function ask(address, body, method) {
  const way = method || (body === undefined ? "GET" : "POST");
  const options = { method: way };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(address, options);
  } catch {
    throw new Error("连不上校对台：它可能已经结束。请重新运行 gazette edit；已显示“已保存”的都在文件里。");
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const error = new Error(data.fault || "校对台没有做成，请重试");
    error.status = answer.status;
    error.misplaced = data.misplaced || [];
    throw error;
  }
  return data;
}

export function element(name, properties, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (key in made && key !== "list") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...inside);
  return made;
}

document.getElementById("quit").addEventListener("click", async () => {
  await ask("/api/quit", {}).catch(() => {});
  document.body.replaceChildren(element("main", {}, element("h1", {}, "校对台已结束"), element("p", {}, "可以关上这个窗口。")));
});
