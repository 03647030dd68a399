/* From disk no browser starts a Worker: this runs the worker's script in a hidden frame, which
   loads only files, so that a page need not allow inline scripts. */
(() => {
  "use strict";
  if (location.protocol !== "file:") return;
  const folder = document.currentScript.src.replace(/[^/]*$/, "");

  const script = (address) => {
    const element = document.createElement("script");
    element.src = address;
    return element.outerHTML;
  };

  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      const frame = this.frame = document.createElement("iframe");
      frame.hidden = true;
      frame.title = "检索";
      frame.srcdoc = `<!doctype html><body>${script(`${folder}disk-frame.js`)}${script(address)}`;
      this.loaded = new Promise((done) => { frame.addEventListener("load", done); });
      addEventListener("message", (event) => {
        if (event.source !== frame.contentWindow) return;
        const own = new MessageEvent("message", { data: event.data });
        this.dispatchEvent(own);
        this.onmessage?.(own);
      });
      document.body.append(frame);
    }

    postMessage(data) {
      this.loaded.then(() => {
        this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
      });
    }

    terminate() {
      this.frame.remove();
    }
  };
})();
