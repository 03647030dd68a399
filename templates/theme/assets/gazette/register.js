/* Registers: a filter over the rows of the page, by words and by what a column says; the address of the
   page keeps it. An anchor that moved to another page leads on to it. Days that are over are named. */
"use strict";

(function () {
  var contents = document.querySelector(".register-contents[data-moved]");

  /* The register was one page before it was split: its anchors are links now. */
  function follow() {
    var id = decodeURIComponent(location.hash.slice(1));
    var entry = id && document.getElementById(id);
    if (entry && entry.matches(".register-contents[data-moved] a[href]")) location.replace(entry.href);
  }
  var moved = document.querySelector("a[data-moved]"); /* the whole page moved */
  if (moved) location.replace(moved.href);
  if (contents) {
    follow();
    addEventListener("hashchange", follow);
  }

  var today = self.gazetteToday ? self.gazetteToday() : "";
  document.querySelectorAll("tr[data-due]").forEach(function (row) {
    if (!today || row.dataset.due >= today) return;
    var note = document.createElement("span");
    note.className = "cell-note past";
    note.textContent = "期限已过";
    row.querySelector(".day").append(note);
  });

  var box = document.querySelector(".register-filter");
  var rows = Array.from(document.querySelectorAll(".register-table tbody tr:not(.group), .names > li, .work"));
  if (!box || rows.length < 2) {
    if (box) box.remove();
    return;
  }
  var groups = Array.from(document.querySelectorAll(".register-table tbody, .register-contents details"));
  var opened = groups.map(function (group) { return group.open; });
  var texts = rows.map(function (row) { return fold(row.textContent); });
  var names = (box.dataset.selects || "").split(",").filter(Boolean);
  var LABELS = { year: "到期年份", role: "角色" };
  var fields = {};

  function fold(text) {
    return text.normalize("NFKC").toLowerCase().replace(/[\s〔〕[\]()]+/g, "");
  }

  function add(name, label, field) {
    var holder = document.createElement("label");
    holder.append(label, field);
    field.name = name;
    fields[name] = field;
    box.append(holder);
  }

  var input = document.createElement("input");
  input.type = "search";
  input.autocomplete = "off";
  input.maxLength = 100;
  add("filter", "筛选", input);
  names.forEach(function (name) {
    var found = new Set();
    rows.forEach(function (row) {
      (row.dataset[name] || "").split(" ").filter(Boolean).forEach(function (value) { found.add(value); });
    });
    if (found.size < 2) return;
    var select = document.createElement("select");
    select.append(new Option("全部", ""));
    Array.from(found).sort().reverse().forEach(function (value) { select.append(new Option(value, value)); });
    add(name, LABELS[name], select);
  });
  var clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "清除";
  var told = document.createElement("span");
  told.setAttribute("role", "status");
  box.append(clear, told);
  box.setAttribute("role", "search");
  box.setAttribute("aria-label", "筛选本页：" + box.dataset.label);

  function wanted() {
    return Object.keys(fields).filter(function (name) { return fields[name].value.trim(); });
  }

  function show() {
    var set = wanted();
    var words = input.value.trim().split(/\s+/).map(fold).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row, nth) {
      var fits = words.every(function (word) { return texts[nth].includes(word); }) && names.every(function (name) {
        return !fields[name] || !fields[name].value || (row.dataset[name] || "").split(" ").includes(fields[name].value);
      });
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    groups.forEach(function (group, nth) {
      var left = group.querySelector("tr:not(.group):not([hidden]), li:not([hidden])");
      group.hidden = !left;
      if ("open" in group) group.open = set.length ? Boolean(left) : opened[nth];
    });
    clear.hidden = !set.length;
    told.textContent = set.length ? (shown ? "显示 " + shown + " / " + rows.length + " 项" : "没有符合的，共 " + rows.length + " 项") : "共 " + rows.length + " 项";
  }

  function keep() {
    var address = new URL(location.href);
    Object.keys(fields).forEach(function (name) {
      if (fields[name].value.trim()) address.searchParams.set(name, fields[name].value.trim());
      else address.searchParams.delete(name);
    });
    try { history.replaceState(history.state, "", address.href); } catch (refused) { /* some browsers keep the address of a file as it is */ }
  }

  function changed() {
    show();
    keep();
  }
  box.addEventListener("input", changed);
  clear.addEventListener("click", function () {
    Object.keys(fields).forEach(function (name) { fields[name].value = ""; });
    changed();
    input.focus();
  });

  var given = new URL(location.href).searchParams;
  Object.keys(fields).forEach(function (name) {
    var value = given.get(name) || "";
    if (name === "filter" || Array.from(fields[name].options).some(function (o) { return o.value === value; })) fields[name].value = value;
  });
  show();
})();
