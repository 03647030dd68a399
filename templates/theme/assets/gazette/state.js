/* Says what depends on today's date, which no build knows: whether a document is in force already,
   whether its term is over, whether a repeal is still to come; and up to which day the archive
   was searched for repeals, and what it holds (held.js). Without this script the page shows the days. */
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

  /* The words for a state that depends on the day, also for cards; empty if what is printed holds. */
  var words = self.gazetteState = {
    since: function (kind, day) { return COMING[kind] && day > today ? "将于" + day + COMING[kind] : ""; },
    begins: function (day) { return day > today ? "尚未施行（" + day + "起施行）" : ""; },
    ends: function (day) { return day < today ? "有效期已满（至" + day + "）" : ""; }
  };
  each("since", function (part, day) {
    part.textContent = words.since(part.dataset.state, day) || part.textContent;
  });
  each("begins", function (part, day) {
    part.textContent = words.begins(day);
    if (!part.textContent) part.remove();
  });
  each("ends", function (part, day) {
    part.textContent = words.ends(day) || part.textContent;
  });
  each("says-since", function (part, day) {
    if (day > today) part.textContent += "，日期还没有到";
  });
  each("clock", function (part, day) { // beside a day of the document's own words
    if (part.dataset.kind === "effective" && day > today) part.textContent = "尚未施行";
    else if (part.dataset.kind === "expires" && day < today) part.textContent = "有效期已满";
  });

  function fill(selector, text) {
    var part = document.querySelector(selector);
    if (part && text) part.textContent = text;
  }
  function span(years) {
    return years[0] === years[1] ? years[0] + "年" : years[0] + "—" + years[1] + "年";
  }
  self.gazetteHeld = function (held) {
    if (/^\d{4}-\d\d-\d\d$/.test(held.day)) fill("[data-held]", "（查至" + printed(held.day) + "的文件）");
    if (!held.issues) return; // a bundle does not know
    fill("[data-holdings]", (held.gazettes > 1 ? held.gazettes + " 种公报，" : "") + held.issues + " 期，" + held.documents + " 篇公文" + (held.years.length ? "（" + span(held.years) + "）" : ""));
    if (held.added) fill("[data-added]", "最近收入 " + held.added);
  };
  if (!document.querySelector("[data-held], [data-holdings]")) return;
  var script = document.createElement("script");
  script.src = root + "held.js";
  document.head.appendChild(script);
})();
