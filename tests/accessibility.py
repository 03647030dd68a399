"""Checks of a page's accessibility that a program can make: axe's rules, and scripts of our own.

Each look at a page gives its faults in words; none means that nothing was found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AXE = Axe()
# Axe.run brings the script again each time, and all that axe looked at
VIOLATIONS = "options => axe.run(options).then(found => found.violations)"
UNSEEN = "the focus is out of sight"

STRUCTURE = r"""() => {
  const faults = [];
  const shown = element => element.checkVisibility({visibilityProperty: true});
  const all = query => [...document.querySelectorAll(query)].filter(shown);
  const name = element => element.getAttribute("aria-label") ||
    (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
      .map(id => (document.getElementById(id) || {textContent: ""}).textContent).join(" ") ||
    (element.tagName === "TABLE" && element.caption ? element.caption.textContent : "");
  const tag = element => element.outerHTML.slice(0, 90);

  if (document.documentElement.lang !== "zh-CN") faults.push("the page is not in zh-CN");
  if (all("main").length !== 1) faults.push("not one main part");
  const ranks = all("h1, h2, h3, h4, h5, h6, [role=heading]")
    .map(h => [Number(h.getAttribute("aria-level") || h.tagName[1]), h]);
  if (ranks.filter(([rank]) => rank === 1).length !== 1) faults.push("not one h1");
  let above = 0;
  for (const [rank, heading] of ranks.filter(([, h]) => h.closest("main"))) {
    if (rank > above + 1) faults.push(`rank ${above} is followed by ${rank}: ${tag(heading)}`);
    above = rank;
  }
  for (const place of all("nav, aside, [role=search], [role=dialog], dialog, [role=region]"))
    if (!/[\u4e00-\u9fff]/.test(name(place))) faults.push(`no Chinese name: ${tag(place)}`);
  for (const label of all("label[for]"))
    if (!document.getElementById(label.htmlFor)) faults.push(`a label of nothing: ${tag(label)}`);
  for (const table of all("table")) {
    if (!name(table)) faults.push(`a table without a name: ${tag(table)}`);
    for (const cell of table.querySelectorAll("th"))
      if (!cell.scope) faults.push(`a header without a scope: ${tag(cell)}`);
  }
  return faults;
}"""

# elements that Tab should reach: one of a group of radio buttons, none that is hidden or empty
CANDIDATES = """() => {
  const seen = document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]");
  let count = 0;
  for (const element of seen) {
    const box = element.getBoundingClientRect();
    if (element.tabIndex < 0 || element.disabled || element.type === "hidden") continue;
    if (element.type === "radio" && !element.checked) continue;
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    if (!box.width && !box.height && !element.matches(".md-option")) continue;
    element.dataset.stop = count++;
  }
  return count;
}"""

# one stop of Tab: is the element visible, and did the previous one lose its focus mark
STOP = r"""() => {
  const element = document.activeElement, faults = [];
  const tag = element => element.outerHTML.slice(0, 90);
  // Material draws some controls as the label beside a box that is not seen
  const drawn = element => {
    if (element.matches(".md-option")) return element.nextElementSibling;
    if (!element.matches(".md-nav__toggle")) return element;
    const label = element.parentElement.querySelector("label.md-nav__link");
    return label.checkVisibility() ? label : element.parentElement.querySelector(".md-nav__title");
  };
  const mark = element => {
    const style = getComputedStyle(drawn(element));
    const outline = style.outlineStyle === "none" ? "" :
      style.outlineWidth + style.outlineColor + style.outlineStyle;
    return outline + "|" + (style.boxShadow === "none" ? "" : style.boxShadow);
  };
  const last = window.lastStop;
  const isLeft = last && last.element !== element && last.element.isConnected;
  if (isLeft && mark(last.element) === last.mark)
    faults.push("no sign of the focus: " + tag(last.element));
  if (!element || element === document.body || element === document.documentElement) {
    window.lastStop = null;
    return [null, faults];
  }
  window.lastStop = {element, mark: mark(element)};
  const boxes = [...drawn(element).getClientRects()].filter(box => box.width && box.height);
  const points = boxes.flatMap(box => [0.1, 0.5, 0.9].map(part =>
    [box.left + box.width * part, box.top + box.height / 2]));
  const isSeen = points.some(([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (drawn(element).contains(hit) || hit.contains(element) && hit.closest("a, main"));
  });
  const where = ` (page at ${scrollY}, element at ${element.getBoundingClientRect().top}): `;
  if (!isSeen) faults.push("the focus is out of sight" + where + tag(element));
  return [element.dataset.stop === undefined ? "" : element.dataset.stop, faults];
}"""

DRAWN_TEXT = """() => [...document.querySelectorAll("main svg text")].filter(text => {
  const ground = text.parentElement.querySelector("rect:not(.row, .bar)");
  const fill = getComputedStyle(text).fill;
  return fill === getComputedStyle(document.body).backgroundColor ||
    ground && fill === getComputedStyle(ground).fill;
}).map(text => "unreadable: " + text.textContent)"""


def axe_faults(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    """Run axe with its rules for WCAG 2.0 to 2.2, A and AA, and good practice, or only some."""
    run = {"type": "rule", "values": only} if only else {"type": "tag", "values": TAGS}
    options: dict[str, Any] = {"runOnly": run, "resultTypes": ["violations"]}
    if not only:
        options["rules"] = {"target-size": {"enabled": True}}
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate(VIOLATIONS, options)
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:120]} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def structure_faults(page: Page) -> list[str]:
    """Look at language, headings, landmarks and tables."""
    faults: list[str] = page.evaluate(STRUCTURE)
    return faults


def drawing_faults(page: Page) -> list[str]:
    """Look for words in drawings that have the colour of their background."""
    faults: list[str] = page.evaluate(DRAWN_TEXT)
    return faults


def focus_faults(page: Page) -> list[str]:
    """Check that the element with the focus is visible."""
    faults: list[str] = page.evaluate(STOP)[1]
    return faults


def keyboard_faults(page: Page) -> list[str]:
    """Go through a page by Tab: each control is reached and shows it, and the way ends.

    The page should be one of a reader who wants no motion: a box that still closes covers others.
    """
    faults = _walk(page)
    page.keyboard.up("Tab")
    return faults


def _walk(page: Page) -> list[str]:
    wanted: int = page.evaluate(CANDIDATES)
    reached: set[str] = set()
    faults: list[str] = []
    for stop, found in _stops(page, wanted * 2 + 20):
        faults += found
        if stop is None:
            missed = [n for n in range(wanted) if f"{n}" not in reached]
            return faults + [f"not reached: {_tag(page, n)}" for n in missed]
        reached.add(stop)
    return [*faults, "the way has no end"]


def _stops(page: Page, most: int) -> Iterator[tuple[str | None, list[str]]]:
    for _ in range(most):
        page.keyboard.down("Tab")  # held down: a stop for each time that it repeats
        stop, faults = page.evaluate(STOP)
        for _ in range(10):  # a box opens when it gets the focus, on a busy machine a little later
            if not any(fault.startswith(UNSEEN) for fault in faults):
                break
            page.wait_for_timeout(200)
            faults = [fault for fault in faults if not fault.startswith(UNSEEN)]
            faults += focus_faults(page)
        yield stop, faults


def _tag(page: Page, number: int) -> str:
    found: str = page.locator(f'[data-stop="{number}"]').evaluate("e => e.outerHTML.slice(0, 90)")
    return found
