/* Other documents of the site, each from its own script (docs/data.md): over http and from disk. */
(() => {
  "use strict";
  const root = new URL("../../../", document.currentScript.src).href; // of the site, or of the bundle
  const waiting = new Map(); // address of a page → a promise of its document

  let latest = ""; // what a script gave just now
  window.gazetteDocument = (_, data) => { latest = data; };

  const inflate = async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return JSON.parse(await new Response(stream).text());
  };

  /** Load the document of a page: {title, number, issuer, date, gazette, issue, blocks, …}. */
  const load = (page) => {
    const address = page.replace(/[?#].*$/, "");
    if (!address.startsWith(root)) return Promise.reject(new Error("outside")); // in a bundle of one issue
    if (!waiting.has(address)) {
      const loading = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address.replace(/\.html$/, ".js");
        script.addEventListener("load", () => {
          script.remove();
          // the load event follows the run of the script at once: what it gave is from this script
          const given = latest;
          latest = "";
          if (given) inflate(given).then(resolve, reject);
          else reject(new Error("no document"));
        });
        script.addEventListener("error", () => {
          script.remove();
          reject(new Error("not found"));
        });
        document.head.append(script);
      });
      waiting.set(address, loading);
      loading.catch(() => waiting.delete(address)); // to be tried again
    }
    return waiting.get(address);
  };

  /** Give the blocks of a provision: the block of the anchor, and those below it. */
  const provision = (data, anchor) =>
    data.blocks.filter(([own]) => own === anchor || own.startsWith(`${anchor}-`));

  window.gazetteDocuments = { load, provision };
})();
