/* The page search/index.html: the same engine with filters, pages and counts, and a link that
   reproduces what is shown. Any page that loads it may call gazette.search(query, {limit}). */
"use strict";

(function () {
  var PAGE = 20;
  var ASK = "请填写检索词，或选一项筛选。";
  var NAMED = 20; // names that a field proposes
  var MOST = 200, SHOWN = 40; // characters of a query that are taken, and said again
  var script = document.currentScript;
  var root = script.src.replace(/assets\/gazette\/search\/[^/]*$/, "");
  var engine = gazetteSearch(gazetteLoader(root + "search/"));
  self.gazette = { search: engine.search, prefetch: engine.prefetch, fold: engine.fold, names: engine.names, suggest: engine.suggest };

  var FACETS = [["gazette", "公报"], ["year", "年份"], ["issuer", "发文机关"], ["type", "文种"]];
  var STATES = engine.states;
  var TYPED = [["agency", "责任单位"], ["person", "任免人员"]];
  var place = document.querySelector(".search");
  if (!place) return;

  var opened = self.gazetteAddress || ""; // see address.js

  function element(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (key === "text") made.textContent = attributes[key];
      else made.setAttribute(key, attributes[key]);
    });
    (children || []).forEach(function (child) { made.appendChild(child); });
    return made;
  }

  var input = element("input", { type: "search", name: "q", id: "q", autocomplete: "off", maxlength: MOST, "aria-describedby": "search-status" });
  var selects = {}, typed = {};
  var filters = element("fieldset", { class: "search-filters", "aria-labelledby": "filters" });
  var fold = element("details", { class: "search-fold" }, [element("summary", { id: "filters", text: "筛选" }), filters]);
  FACETS.forEach(function (facet) {
    selects[facet[0]] = element("select", { name: facet[0] }, [element("option", { value: "", text: "全部" })]);
    filters.appendChild(element("label", { text: facet[1] + " " }, [selects[facet[0]]]));
  });
  selects.state = element("select", { name: "state" }, [element("option", { value: "", text: "全部" })]);
  filters.appendChild(element("label", { text: "效力 " }, [selects.state]));
  TYPED.forEach(function (facet) {
    var names = element("datalist", { id: "names-" + facet[0] });
    var field = typed[facet[0]] = element("input", { name: facet[0], autocomplete: "off", list: names.id, placeholder: "名称或其中几个字" });
    filters.appendChild(element("label", { text: facet[1] + " " }, [field]));
    filters.appendChild(names);
    field.addEventListener("input", function () { propose(facet[0], field, names); });
  });
  var status = element("p", { id: "search-status", role: "status", "aria-live": "polite" });
  var list = element("ol", { class: "search-hits" });
  var pages = element("nav", { class: "search-pages", "aria-label": "结果分页" });
  var form = element("form", { class: "search-form", role: "search", "aria-label": "检索全部公报", action: "" }, [
    element("label", { for: "q", text: "检索词" }), input, element("button", { type: "submit", text: "检索" }), fold
  ]);
  var help = place.querySelector("#help");
  [form, status, list, pages].forEach(function (part) { place.insertBefore(part, help); });

  /* Proposes names that contain what was typed so far. */
  async function propose(kind, field, list) {
    var part = field.value.trim(), names = part ? await engine.names(kind, part).catch(function () { return []; }) : [];
    if (part !== field.value.trim()) return;
    list.textContent = "";
    names.slice(0, NAMED).forEach(function (name) { list.appendChild(element("option", { value: name })); });
  }

  function read() {
    var from = new URLSearchParams(location.search || opened), state = { q: from.get("q") || "", page: Math.max(1, parseInt(from.get("page"), 10) || 1), literal: from.get("literal") || "" };
    FACETS.concat(TYPED).forEach(function (facet) { state[facet[0]] = from.get(facet[0]) || ""; });
    state.state = STATES[from.get("state")] ? from.get("state") : "";
    return state;
  }

  /* What was found beside the words as typed, and how to leave it out. */
  var ALSO = {
    forms: ["包括写法不同的", "只找原样的"], issue: ["包括这一期的各篇：", "只找原文里的"],
    number: ["按文号查找（没有写年份）：", ""], pinyin: ["按拼音查找", ""]
  };

  /* Lists names with 、 between them; the first eight of more. */
  function quoteAll(names) {
    return names.slice(0, 8).map(function (name) { return "“" + name + "”"; }).join("、") + (names.length > 8 ? "等" : "");
  }

  function say(found, query, state) {
    var said = found.total ? "找到 " + found.total + " 篇" : "没有找到", note = found.note;
    if (!query) return [said + "，新的在前" + (found.names.length ? "，涉及" + quoteAll(found.names) : "")];
    if (!note || !found.hits.length) return [said];
    var names = quoteAll(note.phrases);
    if (note.kind === "pieces") return ["没有完整的“" + short(query) + "”，含有其中的" + names + "的有：" + said];
    var also = ALSO[note.kind];
    if (!also[1] || !note.literal) {
      var none = note.kind === "forms" ? "没有写作“" + short(query) + "”的，写法不同的有" : also[0];
      return [none + names + "：" + said];
    }
    var only = element("a", { href: address(Object.assign({}, state, { literal: "1", page: 1 })), text: also[1] + "（" + note.literal + " 篇）" });
    return [said + "，" + also[0] + names + "。", only];
  }

  function address(state) {
    var to = new URLSearchParams();
    Object.keys(state).forEach(function (key) {
      if (state[key] && !(key === "page" && state[key] === 1)) to.set(key, state[key]);
    });
    return "?" + to.toString();
  }

  function fill(select, counts, chosen) {
    select.textContent = "";
    select.appendChild(element("option", { value: "", text: "全部" }));
    var isYears = select.name === "year"; // the newest first; else the most frequent
    var names = Object.keys(counts).sort(function (a, b) { return isYears ? b - a : counts[b] - counts[a] || (a < b ? -1 : 1); });
    if (chosen && names.indexOf(chosen) < 0) names.unshift(chosen);
    names.slice(0, 300).forEach(function (name) {
      select.appendChild(element("option", { value: name, text: name + "（" + (counts[name] || 0) + "）" }));
    });
    select.value = chosen;
  }

  /* The choices are named, and stand in the order of STATES; only those that some hit has. */
  function fillStates(counts, chosen) {
    selects.state.textContent = "";
    selects.state.appendChild(element("option", { value: "", text: "全部" }));
    Object.keys(STATES).forEach(function (kind) {
      if (counts[kind] || kind === chosen) {
        selects.state.appendChild(element("option", { value: kind, text: STATES[kind] + "（" + (counts[kind] || 0) + "）" }));
      }
    });
    selects.state.value = chosen;
  }

  function short(text) {
    var signs = Array.from(text);
    return signs.length > SHOWN ? signs.slice(0, SHOWN).join("") + "…" : text;
  }

  /* The other printings of a hit, for which it is the one row. */
  function also(hit) {
    if (!hit.also.length) return [];
    var links = element("p", { class: "search-facts also", text: "另刊于" });
    hit.also.forEach(function (other, n) {
      links.append(n ? "、" : "", element("a", { href: root + other.url, text: other.name }));
    });
    return [links];
  }

  function hitElement(hit) {
    var url = root + hit.url, query = "";
    if (hit.marks) query = "?h=" + encodeURIComponent(hit.marks);
    var link = element("a", { href: url + query + (hit.anchor ? "#" + hit.anchor : ""), class: "search-title" });
    link.innerHTML = hit.titleHtml;
    var facts = element("p", { class: "search-facts" });
    [hit.gazette + hit.issue, hit.number, hit.issuer, hit.date].filter(Boolean).forEach(function (fact, n) {
      facts.append(n ? " · " : "", element("span", { text: fact }));
    });
    if (hit.state.kind) facts.append(" ", element("em", { class: "state", text: hit.state.label }));
    var parts = hit.sections.map(function (section) {
      var text = element("p", { class: "search-snippet" });
      text.innerHTML = section.snippet;
      if (section.unit && !section.begins) text.prepend(element("b", { text: section.unit }), " ");
      return text;
    });
    return element("li", {}, [link, facts].concat(also(hit), parts));
  }

  var asked = 0;
  async function show(state) {
    var mine = ++asked, query = state.q.trim();
    var isChosen = FACETS.concat(TYPED).some(function (facet) { return state[facet[0]]; });
    var isList = query || isChosen; // else the page only says what can be chosen
    status.textContent = isList ? "正在检索…" : "";
    var found;
    try {
      found = await engine.search(query, {
        limit: isList ? PAGE : 0, offset: (state.page - 1) * PAGE, filter: state, facets: true, sections: 2, literal: !!state.literal, today: self.gazetteToday()
      });
    } catch (error) {
      if (mine === asked) {
        list.textContent = pages.textContent = "";
        status.textContent = "检索没有完成：" + (error.message || error) + "。请刷新页面再试。";
      }
      return;
    }
    if (mine !== asked) return;
    status.textContent = "";
    if (isList) status.append.apply(status, say(found, query, state));
    if (isList && !found.total) leadOn(found, query, state);
    if (state.literal) status.append("，只找了原样的。", element("a", { href: address(Object.assign({}, state, { literal: "", page: 1 })), text: "也找写法不同的" }));
    FACETS.forEach(function (facet) { fill(selects[facet[0]], found.facets[facet[0]], state[facet[0]]); });
    fillStates(found.facets.state, state.state);
    list.textContent = "";
    list.start = (state.page - 1) * PAGE + 1;
    found.hits.forEach(function (hit) { list.appendChild(hitElement(hit)); });
    pages.textContent = "";
    var last = isList ? Math.ceil(found.total / PAGE) : 0;
    for (var n = Math.max(1, state.page - 4); n <= Math.min(last, state.page + 5) && last > 1; n++) {
      var to = Object.assign({}, state, { page: n });
      var link = element("a", { href: address(to), text: String(n) });
      if (n === state.page) link.setAttribute("aria-current", "page");
      pages.appendChild(link);
    }
    document.title = (query ? short(query) + " - " : "") + "检索";
  }

  function linkTo(state, text) { return element("a", { href: address(state), text: text }); }

  /* Nothing was found: says what else was tried, and leads on. */
  async function leadOn(found, query, state) {
    var mine = asked;
    if (found.unfiltered) {
      status.append("。不加筛选有 " + found.unfiltered + " 篇：", linkTo({ q: state.q, literal: state.literal }, "去掉筛选"));
      return;
    }
    if (found.tried.length) status.append("，写作" + quoteAll(found.tried) + "的也没有");
    status.append("。");
    var names = await engine.suggest(query || state.agency || state.person).catch(function () { return []; });
    if (mine !== asked || !names.length) return;
    status.append("相近的名称：");
    names.forEach(function (name, n) { status.append(n ? "、" : "", linkTo({ q: name }, name)); });
  }

  function apply(state) {
    input.value = state.q;
    // on a phone the filters would push the hits off the first screen
    var isSet = !!state.state || FACETS.concat(TYPED).some(function (facet) { return state[facet[0]]; });
    fold.open = isSet || !state.q || matchMedia("(min-width: 45em)").matches;
    TYPED.forEach(function (facet) { typed[facet[0]].value = state[facet[0]]; });
    return show(state);
  }

  /* Restores the scroll position: hits come after the browser has tried to restore it. */
  function comeBack() {
    var left = history.state && history.state.top;
    apply(read()).then(function () { if (left) scrollTo(0, left); });
  }

  function leave() {
    history.replaceState({ top: scrollY }, "");
  }

  function changed() {
    opened = "";
    leave();
    var state = { q: input.value, page: 1 };
    FACETS.forEach(function (facet) { state[facet[0]] = selects[facet[0]].value; });
    state.state = selects.state.value;
    TYPED.forEach(function (facet) { state[facet[0]] = typed[facet[0]].value.trim(); });
    history.pushState(null, "", address(state));
    show(state).then(function () { if (!status.textContent) status.textContent = ASK; });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    changed();
  });
  filters.addEventListener("change", function () { changed(); });
  /* Follows a link to another state of this page, without loading it again. */
  function follow(event) {
    var link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    opened = "";
    leave();
    history.pushState(null, "", link.getAttribute("href"));
    apply(read());
    status.scrollIntoView();
  }
  pages.addEventListener("click", follow);
  input.addEventListener("focus", function () { engine.prefetch().catch(function () {}); });
  status.addEventListener("click", follow);
  list.addEventListener("click", leave);
  history.scrollRestoration = "manual";
  addEventListener("pagehide", leave);
  addEventListener("popstate", comeBack);
  comeBack();
})();
