/* What a Worker has and a frame lacks: see disk.js. */
"use strict";

var postMessage = (data) => parent.postMessage(data, "*");
var importScripts = async (...addresses) => {
  for (const address of addresses) {
    await new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = address;
      element.addEventListener("load", done);
      element.addEventListener("error", () => failed(new Error(address)));
      document.body.append(element);
    });
  }
};
