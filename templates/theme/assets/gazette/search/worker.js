/* Answers Material's search box through the engine: the only file that knows its protocol.

   The box sends SETUP with the stub of search/search_index.json, then QUERY with what is typed, and
   draws RESULT. Runs as a Worker over http and in a frame from disk (disk.js). What this
   page is (#place=3 in its issue) comes with the address; nothing is loaded before the first key. */
"use strict";

(function () {
  var SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
  var SHOWN = 8;
  var source = typeof document === "undefined" ? self.location.href : document.currentScript.src;
  var folder = source.split(/[?#]/)[0].replace(/[^/]*$/, "");
  var place = /#place=(\d+)/.exec(source.replace(/\?\d+$/, ""));
  var engine = null, config = {}, asked = 0;

  function start() {
    if (!engine) {
      engine = Promise.resolve(importScripts(folder + "load.js", folder + "engine.js")).then(function () {
        return gazetteSearch(gazetteLoader(folder + "../../../search/"));
      });
      engine.catch(function () { engine = null; });
    }
    return engine;
  }

  function item(location, title, text, score) {
    return { location: location, title: title, text: text, score: score, terms: {} };
  }

  /* One document as the box draws it: its page, then the paragraphs that hold what was typed. */
  function toItem(hit, n) {
    var address = config.root + hit.url + (hit.marks ? "?h=" + encodeURIComponent(hit.marks) : ""); // see hits.js
    var about = [hit.gazette + hit.issue, hit.number, hit.date].filter(Boolean).join(" · ") +
      (hit.also.length ? " · 另刊于" + hit.also.map(function (other) { return other.name; }).join("、") : "");
    var label = hit.here ? "〔本文〕" : "", state = hit.state.label ? "〔" + hit.state.label + "〕" : "";
    return [item(address, label + hit.titleHtml + state, about, 1000 - n)].concat(hit.sections.map(function (section) {
      var location = section.anchor ? address + "#" + section.anchor : address;
      return item(location, section.unit || "正文", section.snippet, 1001 - n);
    }));
  }

  /* Where all hits are listed; a bundle of one issue has no such page. */
  function pageOf(query, found) {
    return found.page ? config.root + "search/index.html?q=" + encodeURIComponent(query) : config.root + config.here + "/index.html";
  }

  function noteItem(note, query, found) {
    var names = note.phrases.slice(0, 5).map(function (phrase) { return "“" + phrase + "”"; }).join("、");
    var text = {
      pinyin: "按拼音查找：" + names,
      number: "按文号查找（没有写年份）：" + names,
      issue: "包括这一期的各篇：" + names,
      forms: (note.literal ? "包括写法不同的：" : "没有写作“" + query + "”的，写法不同的有：") + names
    }[note.kind] || "没有找到完整的“" + query + "”，以下含有其中的" + names;
    return [item(pageOf(query, found), escapeHtml(text), "", 2000)];
  }

  function escapeHtml(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  async function answer(query) {
    var mine = ++asked, items = [];
    if (query.trim()) try {
      var found = await (await start()).search(query, {
        limit: SHOWN, sections: 2, quick: true, here: config.here, place: place ? Number(place[1]) : undefined,
        states: true, today: new Date().toLocaleDateString("sv") // Swedish writes year-month-day
      });
      items = found.hits.map(toItem);
      if (found.note && found.hits.length) items.unshift(noteItem(found.note, query, found));
      if (found.total > found.hits.length && found.page) {
        items.push([item(pageOf(query, found), "查看全部 " + found.total + " 篇", "", 3000)]);
      }
    } catch (error) {
      items = [[item(config.root + (config.here ? config.here + "/" : "") + "index.html", "检索没有完成",
        escapeHtml(error.message || String(error)) + "。请刷新页面再试。", 1)]];
    }
    if (mine === asked) postMessage({ type: RESULT, data: { items: items } });
  }

  addEventListener("message", function (event) {
    var message = event.data;
    if (message.type === SETUP) {
      config = message.data.config;
      postMessage({ type: READY });
    } else if (message.type === QUERY) answer(message.data);
  });
})();
