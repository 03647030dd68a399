/* 订阅: makes the address of a feed from what the reader chooses; the lists of the page have all of them. */
"use strict";

(function () {
  var place = document.querySelector(".feed-maker");
  if (!place) return;
  var groups = Array.from(document.querySelectorAll(".feed-list details"));
  var isHere = /^https?:$/.test(location.protocol);
  var site = place.dataset.site;

  function field(label, control) {
    var holder = document.createElement("label");
    holder.append(label, control);
    place.append(holder);
    return control;
  }

  function select(options) {
    var made = document.createElement("select");
    options.forEach(function (option) { made.append(new Option(option, option)); });
    return made;
  }

  /* The whole address; "" on a disk, if the site has not named its own. */
  function addressOf(link) {
    if (isHere) return link.href;
    return site ? new URL(link.getAttribute("href").replace(/^(\.\.\/)+/, ""), site).href : "";
  }

  place.setAttribute("role", "group");
  place.setAttribute("aria-label", "选订阅的内容");
  var kinds = field("范围", select(groups.map(function (group) { return group.dataset.name; })));
  var names = field("选择", select([]));
  var forms = field("内容", select([]));
  var output = document.createElement("input");
  output.readOnly = true;
  output.className = "feed-address";
  field("地址", output);
  var copy = document.createElement("button");
  copy.type = "button";
  copy.textContent = "复制地址";
  var told = document.createElement("span");
  told.setAttribute("role", "status");
  place.append(copy, told);

  function fill(into, options) {
    var before = into.value;
    into.replaceChildren.apply(into, options.map(function (option) { return new Option(option, option); }));
    if (options.includes(before)) into.value = before;
    into.closest("label").hidden = options.length < 2;
  }

  function items() { return Array.from(groups[kinds.selectedIndex].querySelectorAll("li")); }

  function links() { return Array.from(items()[names.selectedIndex].querySelectorAll("a")); }

  function showAddress() {
    output.value = addressOf(links()[forms.selectedIndex]);
    var is = Boolean(output.value);
    output.closest("label").hidden = copy.hidden = !is;
    told.textContent = is ? "" : "这是离线的副本，没有网址：请到网站的这一页取地址。";
  }

  function showForms() {
    fill(forms, links().map(function (link) { return link.textContent; }));
    showAddress();
  }

  function showNames() {
    fill(names, items().map(function (item) { return item.dataset.name; }));
    showForms();
  }

  kinds.addEventListener("change", showNames);
  names.addEventListener("change", showForms);
  forms.addEventListener("change", showAddress);
  output.addEventListener("focus", function () { output.select(); });
  copy.addEventListener("click", function () {
    output.focus();
    output.select();
    var done = navigator.clipboard ? navigator.clipboard.writeText(output.value) : Promise.reject();
    done.then(function () { told.textContent = "已复制"; }, function () { told.textContent = "地址已选中，请复制"; });
  });
  showNames();
})();
