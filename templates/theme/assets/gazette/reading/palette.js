/* The colours that a reader chose, or those of the reader's system. */
(() => {
  "use strict";
  const chosen = __md_get("__palette")?.color;
  if (!chosen) return;
  if (chosen.media === "(prefers-color-scheme)") {
    const wanted = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
    const input = document.querySelector(`[data-md-color-media='(prefers-color-scheme: ${wanted})']`);
    for (const name of ["media", "scheme", "primary", "accent"]) {
      chosen[name] = input?.getAttribute(`data-md-color-${name}`) ?? chosen[name];
    }
  }
  for (const [name, value] of Object.entries(chosen)) document.body.setAttribute(`data-md-color-${name}`, value);
})();
