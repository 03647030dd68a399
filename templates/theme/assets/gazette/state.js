/* Says what depends on today's date, which no build knows: whether a document is in force already,
   whether its term is over, whether a repeal is still to come; and up to which day the archive
   was searched for repeals (held.js). Without this script the page shows the days. */
"use strict";

(function () {
  var root = document.currentScript.src.replace(/assets\/gazette\/[^/]*$/, "");
  var COMING = { repealed: "废止", "partly-repealed": "部分废止", suspended: "停止执行", amended: "修改" };
  /* The reader's own day (YYYY-MM-DD) for the other scripts of the page, too. */
  self.gazetteToday = function () {
    var now = new Date();
    return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
  };
  var today = self.gazetteToday();

  function printed(day) {
    var parts = day.split("-").map(Number);
    return parts[0] + "年" + parts[1] + "月" + parts[2] + "日";
  }

  function each(name, tell) {
    document.querySelectorAll("[data-" + name + "]").forEach(function (part) { tell(part, part.getAttribute("data-" + name)); });
  }

  each("since", function (part, day) {
    var word = COMING[part.dataset.state];
    if (word && day > today) part.textContent = "将于" + day + word;
  });
  each("begins", function (part, day) {
    if (day > today) part.textContent = "尚未施行（" + day + "起施行）";
    else part.remove();
  });
  each("ends", function (part, day) {
    if (day < today) part.textContent = "有效期已满（至" + day + "）";
  });
  each("says-since", function (part, day) {
    if (day > today) part.textContent += "，日期还没有到";
  });
  each("clock", function (part, day) { // beside a day of the document's own words
    if (part.dataset.kind === "effective" && day > today) part.textContent = "尚未施行";
    else if (part.dataset.kind === "expires" && day < today) part.textContent = "有效期已满";
  });

  var held = document.querySelector("[data-held]");
  if (!held) return;
  var before = self.gazette_part; // the search on disk has one of its own
  var script = document.createElement("script");
  function give() { if (before) self.gazette_part = before; else delete self.gazette_part; }
  self.gazette_part = function (name, payload) {
    if (document.currentScript !== script) return before && before(name, payload);
    if (payload && /^\d{4}-\d\d-\d\d$/.test(payload.day)) held.textContent = "（查至" + printed(payload.day) + "的文件）";
  };
  script.onload = script.onerror = give;
  script.src = root + "held.js";
  document.head.appendChild(script);
})();
