/* Loads the files of search/: by fetch over http, by script elements on file://. */
"use strict";

function gazetteLoader(root) {
  function address(path) { return root + path + ".js"; }

  function byFetch(path, fresh) {
    return fetch(address(path), { cache: fresh ? "reload" : "default" }).then(function (response) {
      if (!response.ok) throw new Error("检索文件缺失：" + path + "（" + response.status + "）");
      return response.text();
    }).then(function (text) {
      var found = /^gazette_part\("[^"]*",([\s\S]*)\);\s*$/.exec(text);
      if (!found) throw new Error("检索文件不完整：" + path);
      return JSON.parse(found[1]);
    });
  }

  var waiting = new Map();

  function byScript(path, fresh) {
    return new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address(path) + (fresh ? "?again" : "");
      function end() {
        waiting.delete(script);
        script.remove();
      }
      waiting.set(script, function (payload) {
        end();
        resolve(payload);
      });
      script.onload = function () { // it ran without handing anything over
        if (waiting.has(script)) reject(new Error("检索文件不完整：" + path));
        end();
      };
      script.onerror = function () {
        end();
        reject(new Error("检索文件缺失：" + path));
      };
      document.body.appendChild(script);
    });
  }

  if (/^https?:/.test(root)) return byFetch;
  self.gazette_part = function (name, payload) {
    var resolve = waiting.get(document.currentScript);
    if (resolve) resolve(payload);
  };
  return byScript;
}
