/* What Material's page lacks for keys and screen readers: the label that opens the drawer becomes a
   button, the drawer takes the focus and Esc gives it back, lists say whether they are open, hits in
   the box are no first headings of the page, what is typed into the box shows its hits, a table wider than the screen is scrolled by keys, and
   the contents that follow the reader do not leave the keyboard behind. */
"use strict";

(function () {
  var drawer = document.getElementById("__drawer");
  var label = document.querySelector("label.md-header__button[for=__drawer]");
  var nav = document.querySelector(".md-nav--primary");
  var hits = document.querySelector(".md-search-result__list");

  function say(control, box) {
    control.setAttribute("aria-expanded", String(box.checked));
  }

  /* The drawer shows the innermost list that is open, over the others. */
  function firstShown() {
    var open = nav.querySelectorAll(".md-nav__toggle:checked ~ .md-nav");
    var links = (open.length ? open[open.length - 1] : nav).querySelectorAll("a");
    return Array.from(links).find(function (link) { return link.checkVisibility({ visibilityProperty: true }); });
  }

  if (label && nav) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.setAttribute("for", "__drawer"); // Material's styles ask for it
    button.setAttribute("aria-label", nav.getAttribute("aria-label"));
    button.append(...label.childNodes);
    label.replaceWith(button);
    say(button, drawer);
    button.addEventListener("click", function () {
      drawer.click();
      if (drawer.checked && button.matches(":focus-visible")) (firstShown() || button).focus();
    });
    drawer.addEventListener("change", function () { say(button, drawer); });
    nav.querySelectorAll(".md-nav__toggle").forEach(function (box) { say(box, box); });
    nav.addEventListener("change", function (event) { say(event.target, event.target); });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Enter" && event.target.matches(".md-nav__toggle")) event.target.click();
      if (event.key === "Escape" && drawer.checked) {
        drawer.click();
        button.focus();
      }
    });
  }

  if (hits) {
    new MutationObserver(function () {
      hits.querySelectorAll("h1, h2").forEach(function (title) {
        title.setAttribute("aria-level", title.tagName === "H1" ? "2" : "3");
      });
    }).observe(hits, { childList: true, subtree: true });
  }

  /* Material looks at the focus a moment later: of a box left and entered at once it sees nothing, and
     its hits would stay hidden. */
  var query = document.querySelector(".md-search__input");
  var shown = document.getElementById("__search");
  if (query && shown) {
    query.addEventListener("input", function () { if (!shown.checked) shown.click(); });
  }

  /* Material scrolls the contents after the page: what has the focus there would be out of sight. */
  document.querySelectorAll(".md-sidebar__scrollwrap").forEach(function (frame) {
    frame.scrollTo = function (options) {
      if (!frame.querySelector(":focus-visible")) Element.prototype.scrollTo.call(frame, options);
    };
  });

  /* Material puts tables into frames when the page is there. */
  addEventListener("load", function () {
    var frames = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        var frame = entry.target, table = frame.querySelector("table");
        if (frame.scrollWidth <= frame.clientWidth) {
          frame.removeAttribute("tabindex");
        } else if (table) {
          var named = table.getAttribute("aria-labelledby");
          frame.tabIndex = 0;
          frame.setAttribute("role", "group");
          frame.setAttribute(named ? "aria-labelledby" : "aria-label", named || "表格，可左右滚动");
        }
      });
    });
    document.querySelectorAll(".md-typeset__scrollwrap").forEach(function (frame) { frames.observe(frame); });
  });
})();
